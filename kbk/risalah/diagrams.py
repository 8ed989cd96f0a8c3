"""Diagrams of a risalah: what a group typed, drawn, or why it cannot be drawn yet. Pure.

What is stored is what was typed; what a hand-in freezes is the tool's input made of it. Drawing takes less than a
millisecond, so no drawing is stored.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from markupsafe import Markup

from kbk.seven_tools import DataTable, ToolInputError, tool
from kbk.seven_tools.entry import EntryError, Typed, entry

_REMEMBERED = 128
_LINE_END = re.compile(r"\r\n?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Control characters and separators; some programs take them for the end of a line."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram as pages show it: what it is called, the SVG, and the same data as rows."""

    title: str
    svg: Markup
    table: DataTable


@dataclass(frozen=True, slots=True)
class Fault:
    """Why nothing can be drawn yet, and where: line from 1 below the headings, column from 0, key of a setting.

    `empty` tells that nothing stands below the headings, which is no mistake.
    """

    sentence: str
    row: int | None = None
    column: int | None = None
    setting: str | None = None
    empty: bool = False


def compose(kind: str, typed: Typed) -> Mapping[str, object] | Fault:
    """The tool's input made of what was typed, or why there is none.

    Remembered, because whatever is saved in a risalah, all its diagrams are asked whether they can be drawn.
    """
    return _composed(kind, tuple(sorted(typed.settings.items())), typed.table)


@lru_cache(_REMEMBERED)
def _composed(kind: str, settings: tuple[tuple[str, str], ...], table: str) -> Mapping[str, object] | Fault:
    try:
        return MappingProxyType(entry(kind).compose(Typed(dict(settings), table)))
    except EntryError as error:
        return Fault(str(error), error.row, error.column, error.setting, empty=not filled_lines(table))


def draw(kind: str, data: Mapping[str, object]) -> Drawing:
    """The drawing of a tool's input. Raises ToolInputError."""
    chosen = tool(kind)
    result = chosen.parse(data)
    # The drawing is our own: its canvas escapes every text of people that it writes.
    svg = Markup(chosen.draw(result))  # noqa: S704
    return Drawing(str(data.get("title") or chosen.name), svg, chosen.table(result))


def drawn(kind: str, typed: Typed) -> Drawing | Fault:
    """The drawing of what was typed, or why there is none."""
    found = compose(kind, typed)
    return found if isinstance(found, Fault) else draw(kind, found)


def drawn_again(kind: str, data: Mapping[str, object]) -> Drawing | None:
    """The drawing of what was frozen, or None should a tool no longer take what it once took."""
    try:
        return draw(kind, data)
    except (ToolInputError, KeyError):
        return None


@cache
def example(kind: str) -> Drawing:
    """The drawing of the tool's own example."""
    found = drawn(kind, entry(kind).example)
    if isinstance(found, Fault):
        raise ValueError(found.sentence)
    return found


def tidy(text: str) -> str:
    """A typed table as it is stored: lines end in one way, and nothing that nobody sees stands in it."""
    return _UNSEEN.sub(" ", _LINE_END.sub("\n", text))


def cells(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a typed table by line, headings first; every line has as many as the longest."""
    lines = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    width = max(len(line) for line in lines)
    return tuple((*line, *[""] * (width - len(line))) for line in lines)


def filled_lines(text: str) -> int:
    """How many lines below the headings hold anything."""
    return sum(bool(line.strip()) for line in text.split("\n")[1:])
