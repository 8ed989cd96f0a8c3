"""A typed table: lines of cells as Excel hands them over, read with Indonesian numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kbk.seven_tools.parsing import clean

MOST_LINES = 5_001
MOST_COLUMNS = 60

_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*|[+-]?[.,][0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_COMMA_DECIMALS = re.compile(r"[0-9]*,[0-9]+|[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
_POINT_DECIMALS = re.compile(r"[0-9]*\.[0-9]+|[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")


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


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and the lines below them that are not blank; `point` tells that a full stop sets off decimals."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    point: bool

    def fail(self, row: Row, column: int, problem: str) -> EntryError:
        """The problem of one cell; `problem` is a predicate such as `belum diisi`."""
        return EntryError(
            f"Baris {row.number}, kolom “{self.headings[column]}” {problem}.", row.number, column
        )

    def text(self, row: Row, column: int) -> str:
        """The text of a cell that must not be blank. Raises EntryError."""
        if not row.cells[column]:
            raise self.fail(row, column, "belum diisi")
        return row.cells[column]

    def number(self, row: Row, column: int) -> float:
        """The number in a cell that must not be blank. Raises EntryError."""
        words = self.text(row, column)
        found = read_number(words, self.point)
        if found is None:
            raise self.fail(row, column, f"harus berupa angka seperti 1.250 atau 12,5, bukan “{words[:40]}”")
        return found

    def number_or_none(self, row: Row, column: int) -> float | None:
        """The number in a cell, None for a blank one. Raises EntryError for anything else."""
        return self.number(row, column) if row.cells[column] else None

    def has(self, column: int) -> bool:
        """Whether anything stands in the column."""
        return any(row.cells[column] for row in self.rows)


def read_table(text: str, columns: Sequence[Column], further: Column | None) -> Table:
    """The table of a text whose first line holds the headings and whose cells are set apart by tabs.

    A first line that does not begin with the headings of the fixed columns counts as data, so that nothing pasted over
    everything is lost; only tables whose further columns the group names itself must have one. Raises EntryError.
    """
    lines = [[clean(cell) for cell in line.split("\t")] for line in text.splitlines()]
    fixed = tuple(column.heading for column in columns)
    named = bool(lines) and _same(lines[0][: len(fixed)], fixed)
    headings = tuple(lines[0]) if named and further is not None else fixed
    while len(headings) > len(fixed) and not headings[-1]:
        headings = headings[:-1]
    if len(headings) > MOST_COLUMNS or len(lines) > MOST_LINES:
        raise EntryError(f"Tabel terlalu besar: paling banyak {MOST_COLUMNS} kolom dan 5.000 baris.")
    rows = []
    for number, cells in enumerate(lines[1:] if named else lines, 1):
        if any(cells[len(headings) :]):
            raise EntryError(f"Baris {number} memuat isi di luar kolom yang berjudul.", number, len(headings))
        if any(cells):
            rows.append(Row(number, tuple((cells + [""] * len(headings))[: len(headings)])))
    return Table(headings, tuple(rows), _decimal_point(rows, headings))


def read_number(words: str, point: bool = False) -> float | None:
    """`1.250`, `12,5`, `Rp 3.000.000`, `45%` as a number, whole ones as int; None for anything else.

    `point` reads `12.5` and `1,250` in the English way.
    """
    plain = _plain(words)
    if not _NUMBER.fullmatch(plain):
        return None
    group, mark = (",", ".") if point else (".", ",")
    sign, digits = (plain[0], plain[1:]) if plain[0] in "+-" else ("", plain)
    whole, has_mark, part = digits.partition(mark)
    if group in whole and not _GROUPED.fullmatch(whole.replace(group, ".")):
        return None
    if has_mark and not part.isdigit():
        return None
    whole = whole.replace(group, "")
    return float(f"{sign}{whole or 0}.{part}") if has_mark else int(sign + whole)


def _plain(words: str) -> str:
    words = words.replace("−", "-").removesuffix("%").strip()
    if words[:2].casefold() == "rp":
        words = words[2:].lstrip(". ")
    return re.sub(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9])", "", words)


def _decimal_point(rows: Sequence[Row], headings: Sequence[str]) -> bool:
    """Whether decimals are set off by full stops, as in numbers copied from an English Excel."""
    comma = point = None
    for row in rows:
        for column, cell in enumerate(row.cells):
            plain = _plain(cell).lstrip("+-")
            if _GROUPED.fullmatch(plain) and not plain.startswith("0"):
                continue
            if _POINT_DECIMALS.fullmatch(plain):
                point = point or (row, column)
            elif _COMMA_DECIMALS.fullmatch(plain):
                comma = comma or (row, column)
    if comma and point:
        (row, column), (other, _) = point, comma
        raise EntryError(
            f"Baris {row.number}, kolom “{headings[column]}” memakai titik sebagai koma desimal, sedangkan baris "
            f"{other.number} memakai koma. Pakailah koma di semua baris.",
            row.number,
            column,
        )
    return point is not None


def _same(cells: Sequence[str], headings: Sequence[str]) -> bool:
    return [cell.casefold() for cell in cells] == [heading.casefold() for heading in headings]
