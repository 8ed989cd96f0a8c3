"""Editions to start from, as data. Pure. A committee picks one and may change everything until judging begins."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.rubric import Rubric
from scoring.templates import DESK, SHORT, STAGE_DAY


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage of a template: when it lies after the deadline, in days, and how many of each category go on.

    What decides places is as on the table of stages; without a `tie_chain` the heaviest criteria part equals first.
    """

    name: str
    rubric: Rubric
    starts_after: float
    ends_after: float
    advance: Mapping[str, int]
    tie_chain: tuple[str, ...] | None = None
    method: str = "mean"
    missing: str = "wait"
    line_rule: str = "decision"
    carry_over: int = 0


@dataclass(frozen=True, slots=True)
class EditionTemplate:
    """Categories and stages of an edition."""

    label: str
    categories: tuple[str, ...]
    stages: tuple[StagePlan, ...]


OPD, KELURAHAN = "Perangkat Daerah", "Kelurahan"

TEMPLATES: Mapping[str, EditionTemplate] = {
    "corong-16-6": EditionTemplate(
        "Perangkat Daerah 16 → 6 → juara; Kelurahan 6 → juara di lapangan",
        (OPD, KELURAHAN),
        (
            StagePlan("Penilaian risalah", DESK, 1, 14, {OPD: 16, KELURAHAN: 6}),
            StagePlan("Penilaian lapangan", SHORT, 16, 26, {OPD: 6}),
            StagePlan("Gelar budaya kerja", STAGE_DAY, 35, 36, {}),
        ),
    ),
    "dua-tahap": EditionTemplate(
        "Risalah → 10 finalis → gelar, satu kategori",
        (OPD,),
        (
            StagePlan("Penilaian risalah", DESK, 1, 14, {OPD: 10}),
            StagePlan("Gelar budaya kerja", STAGE_DAY, 28, 29, {}),
        ),
    ),
    "satu-tahap": EditionTemplate(
        "Hanya penilaian risalah, dua kategori",
        (OPD, KELURAHAN),
        (StagePlan("Penilaian risalah", DESK, 1, 21, {}),),
    ),
}
