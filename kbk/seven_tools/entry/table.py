"""A typed table: lines of cells as Excel hands them over, and the one way in which a cell is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from kbk.seven_tools.entry.dates import read_day
from kbk.seven_tools.entry.numbers import Mark, mark_of, read_number
from kbk.seven_tools.parsing import clean, same_name

MOST_LINES = 5_000
MOST_COLUMNS = 60
MOST_LETTERS = 1_000_000
NUMBER_WANTED = "harus berupa angka seperti 1.250 atau 12,5"
OR_ZERO = "belum diisi; tulislah 0 bila tidak ada"

_MOST_QUOTED = 40
_TOTALS = frozenset({"jumlah", "total", "jumlah total", "total jumlah", "grand total", "jumlah seluruhnya"})

_Meaning = TypeVar("_Meaning")


class EntryError(ValueError):
    """What was typed cannot be drawn yet, told in one Indonesian sentence that names the place.

    For marking it: `row` counts the lines below the headings from 1, `column` the columns from 0; `setting` is the key
    of a setting.
    """

    def __init__(
        self, sentence: str, row: int | None = None, column: int | None = None, setting: str | None = None
    ) -> None:
        super().__init__(sentence)
        self.row = row
        self.column = column
        self.setting = setting


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table; the hint says what belongs into it."""

    heading: str
    numeric: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a line, cleaned and as many as there are headings; `number` counts typed lines from 1."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_total(self) -> bool:
        """Whether the line sums up those above it, as it often does in Excel."""
        return is_total(self.cells[0])


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and the lines below them that are not blank; `point` tells that a full stop sets off decimals."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    point: bool

    def fail(self, row: Row | None, column: int | None, problem: str) -> EntryError:
        """The problem of a cell, line, column or the table; `problem` is a predicate such as `belum diisi`."""
        heading = "" if column is None else f"kolom {quoted(self.headings[column])}"
        line = "" if row is None else f"Baris {row.number}"
        subject = ", ".join(filter(None, (line, heading))) or "Isi tabel"
        number = None if row is None else row.number
        return EntryError(f"{subject[0].upper()}{subject[1:]} {problem}.", number, column)

    def text(self, row: Row, column: int) -> str:
        """The text of a cell that must not be blank. Raises EntryError."""
        if not row.cells[column]:
            raise self.fail(row, column, "belum diisi")
        return row.cells[column]

    def texts(self, column: int) -> list[str]:
        """The column's texts, none of which may be blank. Raises EntryError."""
        return [self.text(row, column) for row in self.rows]

    def names(self, rows: Sequence[Row]) -> list[str]:
        """The first cells of the rows, all filled and different but for case. Raises EntryError."""
        seen: dict[str, int] = {}
        for row in rows:
            name = self.text(row, 0)
            first = seen.setdefault(same_name(name), row.number)
            if first != row.number:
                raise self.fail(row, 0, f"memakai nama {quoted(name)} yang sudah dipakai di baris {first}")
        return [row.cells[0] for row in rows]

    def number(self, row: Row, column: int, blank: str = "belum diisi") -> float:
        """The number in a cell; `blank` is the problem of a blank one. Raises EntryError."""
        words = row.cells[column]
        if not words:
            raise self.fail(row, column, blank)
        found = read_number(words, self.point)
        if found is None:
            raise self.fail(row, column, f"{NUMBER_WANTED}, bukan {quoted(words)}")
        return found

    def number_or_none(self, row: Row, column: int) -> float | None:
        """The number in a cell, None for a blank one. Raises EntryError for anything else."""
        return self.number(row, column) if row.cells[column] else None

    def day(self, row: Row, column: int) -> date:
        """The day in a cell that must not be blank. Raises EntryError."""
        words = self.text(row, column)
        found = read_day(words)
        if found is None:
            raise self.fail(row, column, day_problem(words))
        return found

    def meaning(self, row: Row, column: int, words: Mapping[str, _Meaning], wanted: str) -> _Meaning:
        """What a word stands for; `wanted` names those that people should write. Raises EntryError."""
        word = self.text(row, column)
        if same_name(word) not in words:
            raise self.fail(row, column, f"harus berisi {wanted}, bukan {quoted(word)}")
        return words[same_name(word)]

    def has(self, column: int) -> bool:
        """Whether anything stands in the column."""
        return any(row.cells[column] for row in self.rows)

    def check_headings(self, fixed: int, wanted: str) -> None:
        """Refuse a table without columns after the first `fixed`, or with two of one name. Raises EntryError."""
        if len(self.headings) == fixed:
            raise EntryError(f"Tabel ini belum mempunyai kolom {wanted}.")
        seen: dict[str, int] = {}
        for column, heading in enumerate(self.headings):
            first = seen.setdefault(same_name(heading), column)
            if first != column:
                raise EntryError(
                    f"Kolom ke-{column + 1} berjudul {quoted(heading)} seperti kolom ke-{first + 1}; "
                    "pakailah judul yang berbeda.",
                    column=column,
                )

    def refuse_total(self) -> None:
        """Refuse a last line that sums up the others: it would count everything twice. Raises EntryError."""
        if len(self.rows) > 1 and self.rows[-1].is_total:
            raise self.fail(
                self.rows[-1], None, "adalah baris jumlah; hapuslah, sebab jumlah dihitung sendiri"
            )


def is_total(words: str) -> bool:
    """Whether a heading or a name says that it sums up the others."""
    return same_name(words) in _TOTALS


def quoted(words: str) -> str:
    """The words as a sentence names them, long ones shortened."""
    return f"“{words}”" if len(words) <= _MOST_QUOTED else f"“{words[:_MOST_QUOTED]}…”"


def day_problem(words: str) -> str:
    """Why the words are no day."""
    return (
        f"harus berupa tanggal (hari/bulan/tahun) seperti 2/8/2024 atau 2 Agustus 2024, bukan {quoted(words)}"
    )


def cells_of(text: str) -> list[list[str]]:
    """The cells of each line as typed; blank lines at the end do not count."""
    return [line.split("\t") for line in text.rstrip().splitlines() or [""]]


def is_too_large(text: str) -> bool:
    """Whether a table has more letters or lines than are read."""
    return len(text) > MOST_LETTERS or len(text.rstrip().splitlines()) > MOST_LINES + 1


def read_table(text: str, columns: Sequence[Column], further: Column | None) -> Table:
    """The table of a text whose first line holds the headings and whose cells are set apart by tabs.

    Where `further` is given the group may add columns: they are called as the first line says, and one without a name
    after `further` and its number. A first line that holds no headings counts as data, so that nothing pasted over
    everything is lost. Raises EntryError.
    """
    if is_too_large(text):
        raise _too_large()
    lines = [[clean(cell) for cell in cells] for cells in cells_of(text)]
    named = has_headings(lines[0], columns, further)
    first, below = (lines[0], lines[1:]) if named else ([], lines)
    widest = max((_width(cells) for cells in lines), default=0)
    if len(below) > MOST_LINES or widest > MOST_COLUMNS:
        raise _too_large()
    shown = [*columns, *_added_columns(further, first, range(len(columns), widest))]
    headings = [column.heading for column in shown]
    rows = []
    for number, cells in enumerate(below, 1):
        if any(cells[len(headings) :]):
            raise _outside(number, cells, first, len(headings))
        if any(cells):
            rows.append(Row(number, tuple((cells + [""] * len(headings))[: len(headings)])))
    table = Table(tuple(headings), tuple(rows), point=False)
    numeric = [at for at, column in enumerate(shown) if column.numeric]
    return replace(table, point=_decimal_point(table, numeric))


def has_headings(cells: Sequence[str], columns: Sequence[Column], further: Column | None) -> bool:
    """Whether a first line holds headings: those of the fixed columns or their beginning, or the group's own words.

    Own words are taken for headings only where the group names columns, and if no number stands among them.
    """
    typed = [same_name(cell) for cell in cells[: len(columns)]]
    while typed and not typed[-1]:
        typed.pop()
    if typed and typed == [same_name(column.heading) for column in columns[: len(typed)]]:
        return True
    if further is None:
        return False
    counted = [cell for column, cell in zip(columns, cells, strict=False) if column.numeric and cell]
    counted += [cell for cell in cells[len(columns) :] if cell]
    return bool(counted) and all(
        read_number(cell) is None and read_number(cell, point=True) is None for cell in counted
    )


def _added_columns(further: Column | None, first: Sequence[str], added: Sequence[int]) -> list[Column]:
    """The columns of the group, called as the first line says."""
    if further is None:
        return []
    names = [first[at] if at < len(first) else "" for at in added]
    return [
        replace(further, heading=name or f"{further.heading} {number}")
        for number, name in enumerate(names, 1)
    ]


def _width(cells: Sequence[str]) -> int:
    return max((at for at, cell in enumerate(cells, 1) if cell), default=0)


def _too_large() -> EntryError:
    return EntryError("Tabel ini terlalu besar; paling banyak 5.000 baris, 60 kolom, dan 1.000.000 huruf.")


def _outside(number: int, cells: Sequence[str], first: Sequence[str], columns: int) -> EntryError:
    """Cells beyond the columns, which may still stand below the heading of a former one."""
    at = next(at for at in range(columns, len(cells)) if cells[at])
    heading = first[at] if at < len(first) else ""
    below = f", yaitu di bawah {quoted(heading)}" if heading else ""
    return EntryError(f"Baris {number} memuat isi di luar kolom yang dipakai{below}.", number, at)


def _decimal_point(table: Table, numeric: Sequence[int]) -> bool:
    """Whether decimals are set off by full stops, as in numbers copied from an English Excel.

    Both marks in one table are refused, and so are numbers such as 1.234 in a column that does not show by others
    what its full stops mean: a wrong guess would be a thousandfold. Raises EntryError.
    """
    found: dict[Mark, dict[int, Row]] = {mark: {} for mark in Mark}
    for row in table.rows:
        for column in numeric:
            mark = mark_of(row.cells[column])
            if mark is not None:
                found[mark].setdefault(column, row)
    if not found[Mark.POINT]:
        return False
    column, row = next(iter(found[Mark.POINT].items()))
    written = quoted(row.cells[column])
    advice = "pakailah koma desimal di semua baris"
    for other, comma in found[Mark.COMMA].items():
        there = f"baris {comma.number}, kolom {quoted(table.headings[other])} memakai koma"
        raise table.fail(row, column, f"menulis {written} dengan titik, sedangkan {there}; {advice}")
    for other, doubtful in found[Mark.DOUBTFUL].items():
        if other not in found[Mark.POINT]:
            unclear = f"memuat {quoted(doubtful.cells[other])} yang tidak jelas titiknya"
            raise table.fail(
                doubtful, other, f"{unclear}, sebab baris {row.number} menulis {written}; {advice}"
            )
    return True
