"""The open score record "kbk-scores/1": reading one that may come from anybody. The format is in docs/score-record.md.

Everything is checked before anything is counted; the first fault is raised as one Indonesian sentence.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from scoring.aggregate import Method, Missing, Penalty
from scoring.ballot import Ballot
from scoring.errors import ScoringError
from scoring.numbers import DIGITS
from scoring.rubric import Criterion, Rubric
from scoring.scales import NumberScale
from scoring.stage import StageRules, TieChain
from scoring.ties import Decision

FORMAT = "kbk-scores/1"
MAX_BYTES = 8 * 1024 * 1024
"""Larger files are not read; 280 entries, 7 judges and 41 criteria need less than 2 MB."""
MAX_NAME = 200
"""Characters of an id, a name, a note or a reason."""
MAX_STAGES = 20
MAX_CRITERIA = 200
MAX_JUDGES = 100
MAX_SHEETS = 20_000
FINEST_STEP = Decimal(1).scaleb(-DIGITS)
"""Marks of a record may have this many decimals, unless the criterion names its own step."""

_NUMBER = re.compile(rf"[0-9]{{1,{DIGITS}}}(?:\.[0-9]{{1,{DIGITS}}})?")
_Choice = TypeVar("_Choice", Method, Missing)


@dataclass(frozen=True)
class StageRecord:
    """One stage: its rules, its rubric, the panels if they are written down, and every sheet handed in."""

    name: str
    weight: Decimal
    rules: StageRules
    rubric: Rubric
    ballots: tuple[Ballot, ...]
    panels: Mapping[str, tuple[str, ...]] | None = None

    @property
    def entries(self) -> tuple[str, ...]:
        """Every entry that has a sheet or a panel here, in order of ids."""
        return tuple(sorted({ballot.entry for ballot in self.ballots} | (self.panels or {}).keys()))


@dataclass(frozen=True)
class StagePenalty:
    """A penalty in the stage of that name, or on the final score when `stage` is empty."""

    stage: str
    penalty: Penalty


@dataclass(frozen=True)
class Record:
    """A whole contest: its stages in order, the panel's decisions, and penalties."""

    stages: tuple[StageRecord, ...]
    decisions: tuple[Decision, ...] = ()
    penalties: tuple[StagePenalty, ...] = ()

    def penalties_of(self, stage: str) -> tuple[Penalty, ...]:
        """The penalties of one stage, or with "" those on the final score."""
        return tuple(item.penalty for item in self.penalties if item.stage == stage)


def read_record(path: Path) -> Record:
    """The record in a file. Raises ScoringError for whatever is wrong with it, from its size to its last mark."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError:
        raise ScoringError("Berkas catatan nilai tidak dapat dibuka.") from None
    if len(content) > MAX_BYTES:
        raise ScoringError(f"Berkas catatan nilai lebih besar dari {MAX_BYTES // 1024**2} MB.")
    return parse_record(content)


def parse_record(content: bytes) -> Record:
    """The record in some bytes of JSON. Raises ScoringError as `read_record` does."""
    try:
        data = json.loads(
            content.decode("utf-8"),
            parse_float=_Literal,
            parse_int=_Literal,
            parse_constant=_Literal,
            object_pairs_hook=_without_doubles,
        )
    except UnicodeDecodeError:
        raise ScoringError("Berkas catatan nilai bukan teks UTF-8.") from None
    except json.JSONDecodeError as error:
        raise ScoringError(f"Berkas catatan nilai bukan JSON yang benar (baris {error.lineno}).") from None
    except RecursionError:
        raise ScoringError("Berkas catatan nilai bersarang terlalu dalam.") from None
    return record_from_data(data)


class _Literal(str):
    """A number as it was written in the file, so that no digit is lost and none is made up."""

    __slots__ = ()


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ScoringError("Berkas catatan nilai memuat nama yang sama dua kali dalam satu objek.")
    return found


class _Fields:
    """One JSON object and where it stands; every getter raises ScoringError for what does not belong."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise ScoringError(f"{where} harus berupa objek JSON.")
        self._data = data
        self._where = where

    def text(self, key: str, default: str | None = None) -> str:
        value = self._data.get(key, default)
        return read_text(value, f"{self._where}: {key}")

    def number(self, key: str) -> Decimal:
        return read_number(self._data.get(key), f"{self._where}: {key}")

    def flag(self, key: str, default: bool) -> bool:
        value = self._data.get(key, default)
        if not isinstance(value, bool):
            raise ScoringError(f"{self._where}: {key} harus true atau false.")
        return value

    def choice(self, key: str, options: type[_Choice], default: _Choice | None = None) -> _Choice:
        value = self._data.get(key, default.value if default else None)
        if value not in [option.value for option in options]:
            raise ScoringError(
                f"{self._where}: {key} harus salah satu dari {', '.join(o.value for o in options)}."
            )
        return options(value)

    def items(self, key: str, optional: bool = False) -> list[object]:
        value = self._data.get(key, [] if optional else None)
        if not isinstance(value, list):
            raise ScoringError(f"{self._where}: {key} harus berupa daftar JSON.")
        return value

    def texts(self, key: str, optional: bool = False) -> tuple[str, ...]:
        return tuple(read_text(item, f"{self._where}: {key}") for item in self.items(key, optional))

    def inner(self, key: str) -> dict[str, object]:
        value = self._data.get(key)
        if not isinstance(value, dict):
            raise ScoringError(f"{self._where}: {key} harus berupa objek JSON.")
        return value

    def has(self, key: str) -> bool:
        return key in self._data


def read_text(value: object, where: str) -> str:
    """A readable text of 1 to MAX_NAME characters without blanks around it."""
    if not isinstance(value, str) or isinstance(value, _Literal):
        raise ScoringError(f"{where} harus berupa teks.")
    if not (1 <= len(value) <= MAX_NAME and value.isprintable() and value == value.strip()):
        raise ScoringError(f"{where} harus teks biasa sepanjang 1 sampai {MAX_NAME} huruf.")
    return value


def read_number(value: object, where: str) -> Decimal:
    """A plain decimal number with a dot, written as text or as a JSON number."""
    if not (isinstance(value, str) and _NUMBER.fullmatch(value)):
        raise ScoringError(f"{where} harus angka desimal biasa, misalnya 8.5.")
    return Decimal(value)


def record_from_data(data: object) -> Record:
    """The record in data as `parse_record` decodes it. Raises ScoringError as `read_record` does."""
    fields = _Fields(data, "Catatan nilai")
    if fields.text("format") != FORMAT:
        raise ScoringError(f"Format catatan nilai harus {FORMAT}.")
    stages = tuple(_stage(item) for item in fields.items("stages"))
    if not 1 <= len(stages) <= MAX_STAGES:
        raise ScoringError(f"Catatan nilai harus memuat 1 sampai {MAX_STAGES} tahap.")
    names = [stage.name for stage in stages]
    if len(set(names)) < len(names):
        raise ScoringError("Setiap tahap harus mempunyai nama yang berbeda.")
    if sum(len(stage.ballots) for stage in stages) > MAX_SHEETS:
        raise ScoringError(f"Catatan nilai memuat lebih dari {MAX_SHEETS} lembar.")
    entries = {entry for stage in stages for entry in stage.entries}
    decisions = tuple(_decision(item, entries) for item in fields.items("decisions", optional=True))
    penalties = tuple(_penalty(item, stages, entries) for item in fields.items("penalties", optional=True))
    return Record(stages, decisions, penalties)


def _stage(data: object) -> StageRecord:
    name = _Fields(data, "Tahap").text("name")
    fields = _Fields(data, f"Tahap {name}")
    chain = TieChain(
        fields.texts("ties", optional=True), fields.flag("first_places", True), fields.flag("joint", False)
    )
    rules = StageRules(
        fields.choice("method", Method), fields.choice("missing", Missing, Missing.WAIT), chain
    )
    rubric = _rubric(fields.inner("rubric"), name)
    ballots = tuple(_ballot(item, name) for item in fields.items("sheets"))
    seen: set[tuple[str, str]] = set()
    for ballot in ballots:
        if (ballot.entry, ballot.judge) in seen:
            raise ScoringError(
                f"Tahap {name}: juri {ballot.judge} mempunyai dua lembar untuk {ballot.entry}."
            )
        seen.add((ballot.entry, ballot.judge))
    panels = None
    if fields.has("panels"):
        inner = _Fields(fields.inner("panels"), f"Tahap {name}: panels")
        panels = {
            read_text(entry, f"Tahap {name}: panels"): inner.texts(entry) for entry in fields.inner("panels")
        }
    judges = {ballot.judge for ballot in ballots}.union(*(panels or {}).values())
    if len(judges) > MAX_JUDGES:
        raise ScoringError(f"Tahap {name} mempunyai lebih dari {MAX_JUDGES} juri.")
    return StageRecord(name, fields.number("weight"), rules, rubric, ballots, panels)


def _rubric(data: object, stage: str) -> Rubric:
    where = f"Tahap {stage}: rubric"
    fields = _Fields(data, where)
    items = fields.items("criteria")
    if len(items) > MAX_CRITERIA:
        raise ScoringError(f"{where} memuat lebih dari {MAX_CRITERIA} kriteria.")
    return Rubric(stage, tuple(_criterion(item, where) for item in items), fields.flag("normalised", False))


def _criterion(data: object, where: str) -> Criterion:
    fields = _Fields(data, f"{where}: criteria")
    key = fields.text("id")
    maximum = fields.number("maximum")
    scale = NumberScale(Decimal(0), maximum, FINEST_STEP)
    return Criterion(key, fields.text("name", key), fields.number("weight"), scale)


def _ballot(data: object, stage: str) -> Ballot:
    fields = _Fields(data, f"Tahap {stage}: sheets")
    entry, judge = fields.text("entry"), fields.text("judge")
    where = f"Tahap {stage}: lembar juri {judge} untuk {entry}"
    marks = fields.inner("marks").items()
    return Ballot(judge, entry, {read_text(key, where): read_number(mark, where) for key, mark in marks})


def _decision(data: object, entries: Collection[str]) -> Decision:
    fields = _Fields(data, "Keputusan panel")
    order = fields.texts("entries")
    if len(order) < 2 or len(set(order)) < len(order):
        raise ScoringError("Keputusan panel harus menyebut sedikitnya dua peserta yang berbeda.")
    if strangers := sorted(set(order).difference(entries)):
        raise ScoringError(f"Keputusan panel menyebut peserta {strangers[0]}, yang tidak ada.")
    return Decision(order, fields.text("note"), fields.flag("joint", False))


def _penalty(data: object, stages: Sequence[StageRecord], entries: Collection[str]) -> StagePenalty:
    fields = _Fields(data, "Pengurangan nilai")
    entry = fields.text("entry")
    only = stages[0].name if len(stages) == 1 else None
    stage = fields.text("stage", only) if only or fields.has("stage") else ""
    if stage and stage not in [known.name for known in stages]:
        raise ScoringError(f"Pengurangan nilai menyebut tahap {stage}, yang tidak ada.")
    known = next((item.entries for item in stages if item.name == stage), entries)
    if entry not in known:
        raise ScoringError(f"Pengurangan nilai menyebut peserta {entry}, yang tidak ada.")
    return StagePenalty(stage, Penalty(entry, fields.number("points"), fields.text("reason")))


def record_to_data(record: Record) -> dict[str, Any]:
    """The record as JSON-able data, sheets in order of entry and judge."""
    return {
        "format": FORMAT,
        "stages": [_stage_to_data(stage) for stage in record.stages],
        "decisions": [
            {"entries": list(item.order), "note": item.note, "joint": item.joint} for item in record.decisions
        ],
        "penalties": [_penalty_to_data(item) for item in record.penalties],
    }


def _stage_to_data(stage: StageRecord) -> dict[str, Any]:
    ordered = sorted(stage.ballots, key=lambda ballot: (ballot.entry, ballot.judge))
    data: dict[str, Any] = {
        "name": stage.name,
        "weight": f"{stage.weight:f}",
        "method": stage.rules.method.value,
        "missing": stage.rules.missing.value,
        "ties": list(stage.rules.ties.criteria),
        "first_places": stage.rules.ties.first_places,
        "joint": stage.rules.ties.joint,
        "rubric": {
            "normalised": stage.rubric.normalised,
            "criteria": [
                {
                    "id": item.id,
                    "name": item.name,
                    "weight": f"{item.weight:f}",
                    "maximum": f"{item.scale.maximum:f}",
                }
                for item in stage.rubric.criteria
            ],
        },
        "sheets": [
            {
                "entry": ballot.entry,
                "judge": ballot.judge,
                "marks": {key: f"{mark:f}" for key, mark in ballot.marks.items()},
            }
            for ballot in ordered
        ],
    }
    if stage.panels is not None:
        data["panels"] = {entry: sorted(judges) for entry, judges in sorted(stage.panels.items())}
    return data


def _penalty_to_data(item: StagePenalty) -> dict[str, str]:
    data = {
        "entry": item.penalty.entry,
        "points": f"{item.penalty.points:f}",
        "reason": item.penalty.reason,
    }
    return {**data, "stage": item.stage} if item.stage else data
