"""What an entry is: the columns and settings that a tool asks for, and how they become its input."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kbk.seven_tools.entry.places import Locate
from kbk.seven_tools.entry.refitting import refit
from kbk.seven_tools.entry.settings import CAPTION, Answers, Setting, read_settings
from kbk.seven_tools.entry.table import Column, EntryError, Table, read_table
from kbk.seven_tools.errors import ToolInputError
from kbk.seven_tools.registry import tool

Data = dict[str, object]

_CAPTION_KEYS = tuple(setting.key for setting in CAPTION)
_QUOTED = re.compile('"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the settings by key and the table as lines of cells set apart by tabs, headings first."""

    settings: Mapping[str, str] = field(default_factory=dict)
    table: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """How one tool is typed.

    `further` are columns that the group adds and names in the heading line, as many as it needs; an empty table
    begins with those named in `begin`. `columns_for` tells the fixed columns where they depend on settings (the type
    of a control chart). `write` makes the tool's input of the table and the settings; the caption is added to it.
    `locate` finds the cell of a path into that input.
    """

    kind: str
    purpose: str
    columns: tuple[Column, ...]
    write: Callable[[Table, Answers], Data]
    locate: Locate
    example: Typed
    further: Column | None = None
    begin: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    columns_for: Callable[[Mapping[str, str]], tuple[Column, ...]] | None = None

    @property
    def name(self) -> str:
        """The tool's Indonesian name."""
        return tool(self.kind).name

    @property
    def all_settings(self) -> tuple[Setting, ...]:
        """The tool's own settings and those of every caption."""
        return (*self.settings, *CAPTION)

    def fixed_columns(self, settings: Mapping[str, str]) -> tuple[Column, ...]:
        """The columns that the table always has."""
        return self.columns_for(settings) if self.columns_for else self.columns

    def heading_line(self, settings: Mapping[str, str]) -> str:
        """The first line of an empty table."""
        return "\t".join([*(column.heading for column in self.fixed_columns(settings)), *self.begin])

    def fitted(self, typed: Typed, former_settings: Mapping[str, str]) -> Typed:
        """What was typed under other settings, below the headings that belong to the present ones.

        Nothing typed is dropped: cells for which there is no column any more stand beyond the last one.
        """
        former, present = self.fixed_columns(former_settings), self.fixed_columns(typed.settings)
        if former == present:
            return typed
        return Typed(typed.settings, refit(typed.table, former, present))

    def compose(self, typed: Typed) -> Data:
        """The tool's input, which its `parse` takes. Raises EntryError."""
        table = read_table(typed.table, self.fixed_columns(typed.settings), self.further)
        if not table.rows:
            raise EntryError("Tabelnya belum diisi.")
        words = read_settings(self.all_settings, typed.settings)
        answers = Answers(self.all_settings, words, table.point)
        data = self.write(table, answers) | answers.given(*_CAPTION_KEYS)
        try:
            tool(self.kind).parse(data)
        except ToolInputError as error:
            raise self._told(error, table, words) from error
        return data

    def _told(self, error: ToolInputError, table: Table, words: Mapping[str, str]) -> EntryError:
        """A tool's refusal at the place where people typed the fault, in their words."""
        labels = {setting.key: setting.label for setting in self.all_settings}
        problem = _QUOTED.sub(lambda found: f"“{labels.get(found[1], found[1])}”", error.problem)
        key = str(error.path[0])
        if key in words:
            return EntryError(f"{labels[key]} {problem}.", setting=key)
        place = self.locate(error.path, table)
        return table.fail(place.row, place.column, problem.replace(" butir", f" {place.counted}"))
