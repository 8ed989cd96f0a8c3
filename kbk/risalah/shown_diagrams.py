"""The stored diagrams of a risalah with their drawings, for the pages that show them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kbk.risalah import queries
from kbk.risalah.diagrams import Drawing, Fault, drawn
from kbk.risalah.models import Diagram, Risalah
from kbk.seven_tools.entry import Entry, entry

MOST_ROWS_BESIDE = 60
"""Longer tables are not shown again beside what was typed: the answer to every automatic save would carry them."""


@dataclass(frozen=True, slots=True)
class ShownDiagram:
    """A diagram and what became of drawing it."""

    diagram: Diagram
    outcome: Drawing | Fault

    @property
    def entry(self) -> Entry:
        """How its tool is typed."""
        return entry(self.diagram.kind)

    @property
    def drawing(self) -> Drawing | None:
        """The drawing, if there is one."""
        return self.outcome if isinstance(self.outcome, Drawing) else None

    @property
    def has_short_table(self) -> bool:
        """Whether the drawing's data are shown beside what was typed."""
        return self.drawing is not None and len(self.drawing.table.rows) <= MOST_ROWS_BESIDE

    @property
    def fault(self) -> Fault | None:
        """Why there is no drawing yet."""
        return self.outcome if isinstance(self.outcome, Fault) else None

    @property
    def told(self) -> str:
        """One sentence on it, for those who do not see the drawing."""
        return told(self.outcome)


def told(outcome: Drawing | Fault) -> str:
    """One sentence on what became of drawing."""
    if isinstance(outcome, Drawing):
        return "Gambar mengikuti isian."
    return outcome.sentence if outcome.empty else f"Belum dapat digambar: {outcome.sentence}"


def shown(diagram: Diagram) -> ShownDiagram:
    """One diagram with its drawing."""
    return ShownDiagram(diagram, drawn(diagram.kind, diagram.typed))


def shown_by_section(risalah: Risalah, sections: Sequence[str]) -> Mapping[str, Sequence[ShownDiagram]]:
    """The diagrams of these sections that count now, oldest first."""
    found: Mapping[str, list[ShownDiagram]] = defaultdict(list)
    for diagram in queries.diagrams(risalah):
        if diagram.section in sections:
            found[diagram.section].append(shown(diagram))
    return found


def not_drawn(risalah: Risalah) -> list[ShownDiagram]:
    """The diagrams that cannot be drawn yet, and so are not handed in."""
    return [found for found in map(shown, queries.diagrams(risalah)) if found.fault]
