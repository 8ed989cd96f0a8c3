"""What an entry is: the columns and settings that a tool asks for, and how they become its input."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from kbk.seven_tools.entry.table import Column, EntryError, Table, read_table
from kbk.seven_tools.errors import Path, ToolInputError
from kbk.seven_tools.registry import tool

Settings = Mapping[str, str]
Data = dict[str, object]


class SettingKind(Enum):
    """How a setting is filled in."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Setting:
    """One field beside the table; `choices` are (value, label), that of "" is the usual one; a flag holds "ya" or "".

    All may stay empty but those that are `required`. On a setting that `reshapes` the columns of the table depend.
    """

    key: str
    label: str
    kind: SettingKind = SettingKind.TEXT
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    reshapes: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the settings by key and the table as lines of cells set apart by tabs, headings first."""

    settings: Settings = field(default_factory=dict)
    table: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """How one tool is typed.

    `further` are columns that the group adds and names in the heading line, as many as it needs. `columns_for` tells
    the fixed columns where they depend on a setting (the type of a control chart). `write` makes the tool's input
    of the table and the settings; the caption is added to it.
    """

    kind: str
    purpose: str
    columns: tuple[Column, ...]
    write: Callable[[Table, Settings], Data]
    example: Typed
    further: Column | None = None
    settings: tuple[Setting, ...] = ()
    columns_for: Callable[[Settings], tuple[Column, ...]] | None = None
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The tool's Indonesian name."""
        return tool(self.kind).name

    @property
    def all_settings(self) -> tuple[Setting, ...]:
        """The tool's own settings and those of every caption."""
        return (*self.settings, *CAPTION)

    def fixed_columns(self, settings: Settings) -> tuple[Column, ...]:
        """The columns that the table always has."""
        return self.columns_for(settings) if self.columns_for else self.columns

    def heading_line(self, settings: Settings) -> str:
        """The first line of an empty table."""
        return "\t".join(column.heading for column in self.fixed_columns(settings))

    def fitted(self, typed: Typed, former_settings: Settings) -> Typed:
        """The same cells under the headings that belong to the present settings."""
        former, present = self.heading_line(former_settings), self.heading_line(typed.settings)
        if former == present or not typed.table.startswith(former):
            return typed
        return Typed(typed.settings, present + typed.table.removeprefix(former))

    def compose(self, typed: Typed) -> Data:
        """The tool's input, which its `parse` takes. Raises EntryError."""
        settings = {key: value.strip() for key, value in typed.settings.items() if value.strip()}
        table = read_table(typed.table, self.fixed_columns(settings), self.further)
        if not table.rows:
            raise EntryError("Tabelnya belum diisi.")
        data = self.write(table, settings)
        data |= {setting.key: settings[setting.key] for setting in CAPTION if setting.key in settings}
        try:
            tool(self.kind).parse(data)
        except ToolInputError as error:
            raise self._told(error, table) from error
        return data

    def _told(self, error: ToolInputError, table: Table) -> EntryError:
        """A tool's refusal at the place where people typed the fault."""
        setting = next((one for one in self.all_settings if error.path[:1] == (one.key,)), None)
        if setting is not None:
            return EntryError(f"{setting.label} {error.problem}.", setting=setting.key)
        row, column = self._cell(error.path, table)
        if row is None:
            return EntryError(f"Tabel ini {error.problem}.")
        heading = f", kolom “{table.headings[column]}”" if column is not None else ""
        return EntryError(f"Baris {row}{heading} {error.problem}.", row, column)

    def _cell(self, path: Path, table: Table) -> tuple[int | None, int | None]:
        """Row and column of a path: its first number is a row, a key of `places` a column."""
        numbers = [step for step in path if isinstance(step, int)]
        columns = [self.places[step] for step in path if isinstance(step, str) and step in self.places]
        if not numbers or numbers[0] > len(table.rows):
            return None, None
        column = columns[-1] if columns else None
        if column is not None and len(numbers) > 1:
            column += numbers[1] - 1
        inside = column is not None and column < len(table.headings)
        return table.rows[numbers[0] - 1].number, column if inside else None


CAPTION = (
    Setting("title", "Judul gambar", hint="Apa yang digambarkan, di mana, dan kapan."),
    Setting("subtitle", "Keterangan"),
    Setting("source", "Sumber data", hint="Asal dan masa datanya; juri menanyakannya lebih dahulu."),
)
