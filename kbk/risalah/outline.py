"""The steps of a risalah as data. Pure.

Each file in `outlines/` is one step model; its name is the key that a risalah keeps from the day it is begun.
"""

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from kbk.errors import NotFound

OUTLINES = ("tulta-7", "delta-8", "qc-story-7")
"""The keys of all step models, the default first."""

_FOLDER = Path(__file__).parent / "outlines"


class Phase(Enum):
    """A quarter of the improvement circle; the value is how pages name it."""

    PLAN = "Rencana (Plan)"
    DO = "Pelaksanaan (Do)"
    CHECK = "Pemeriksaan (Check)"
    ACT = "Tindak lanjut (Act)"


@dataclass(frozen=True, slots=True)
class StepSection:
    """One text that a step asks for; `words` is how long it should be at least, as advice."""

    key: str
    label: str
    hint: str
    required: bool
    words: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is written in it, with which tools, and what judges look at.

    `tools` are named as people know them; `diagrams` are the kinds of those that can be drawn, the usual ones first.
    """

    number: int
    phase: Phase
    name: str
    guidance: str
    tools: tuple[str, ...]
    diagrams: tuple[str, ...]
    checks: tuple[str, ...]
    sections: tuple[StepSection, ...]

    @property
    def key(self) -> str:
        """The number as text, as attachments keep it."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Outline:
    """A step model: its steps in order."""

    key: str
    name: str
    expansion: str
    steps: tuple[Step, ...]

    @property
    def sections(self) -> tuple[StepSection, ...]:
        """All sections in the order of the steps."""
        return tuple(section for step in self.steps for section in step.sections)

    def step(self, number: int) -> Step:
        """The step with this number from 1. Raises NotFound."""
        if not 1 <= number <= len(self.steps):
            raise NotFound(f"Risalah ini tidak mempunyai langkah {number}.")
        return self.steps[number - 1]

    def step_of(self, section_key: str) -> Step:
        """The step that a section belongs to. Raises NotFound."""
        for step in self.steps:
            if any(section.key == section_key for section in step.sections):
                return step
        raise NotFound("Bagian ini tidak ada dalam susunan risalah.")

    def section(self, key: str) -> StepSection:
        """The section with this key. Raises NotFound."""
        return next(section for section in self.step_of(key).sections if section.key == key)


@cache
def outline(key: str) -> Outline:
    """The step model with this key. Raises KeyError for one that is not shipped."""
    if key not in OUTLINES:
        raise KeyError(key)
    data = tomllib.loads((_FOLDER / f"{key}.toml").read_text("utf-8"))
    steps = tuple(_step(number, step) for number, step in enumerate(data["step"], 1))
    return Outline(key, data["name"], data["expansion"], steps)


def _step(number: int, data: dict[str, Any]) -> Step:
    sections = tuple(
        StepSection(s["key"], s["label"], s["hint"], s.get("required", True), s.get("words", 0))
        for s in data["section"]
    )
    return Step(
        number=number,
        phase=Phase[data["phase"].upper()],
        name=data["name"],
        guidance=data["guidance"],
        tools=tuple(data["tools"]),
        diagrams=tuple(data["diagrams"]),
        checks=tuple(data["checks"]),
        sections=sections,
    )
