"""Reads the sheets of an Excel (.xlsx, .xls) or Calc (.ods) file as plain rows, for the imports."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from kbk.cage import MEGABYTE, CageError, run_caged
from kbk.errors import FileProblem
from kbk.files.kinds import Kind
from kbk.files.office_check import check_office
from kbk.files.refusals import clean_filename, refusal
from kbk.indonesian import format_integer

MAX_ROWS = 10_000
MAX_COLUMNS = 100

Cell = str | int | float | date | None


@dataclass(frozen=True)
class SheetRows:
    """A sheet as a rectangle of cells; ``rows[0]`` is row 1 of the sheet, whatever is empty before the data.

    Whole numbers are int, dates date (datetime when a time of day belongs to them), truth values the words
    Excel shows, empty cells None. A formula is its last result. A cell merged over several rows stands in each
    of them, except in Calc files, which tell no reader about merging.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_sheets(path: Path, filename: str) -> list[SheetRows]:
    """The worksheets of the file at ``path``, in their order, read in the cage.

    ``path`` must have no extension, since the parser would believe it. At most 10,000 rows and 100 columns per
    sheet. ``filename`` is what the messages call the file. Raises FileProblem.
    """
    name = clean_filename(filename)
    try:
        return run_caged(_read, path, name, cpu_seconds=10, wall_seconds=20, memory_bytes=600 * MEGABYTE)
    except CageError:
        raise _too_large(name) from None


def check_workbook(path: Path, name: str) -> None:
    """Raises FileProblem unless the workbook can be opened. Runs in the cage only."""
    try:
        CalamineWorkbook.from_path(path).close()
    except CalamineError:
        raise _unreadable(name) from None


def _read(path: Path, name: str) -> list[SheetRows]:
    with path.open("rb") as stream:
        is_archive = not stream.read(8).startswith(Kind.XLS.value.starts_with)
    if is_archive:
        check_office(path, name, "ods" if name.casefold().endswith(".ods") else "xlsx")
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            return [_sheet_rows(workbook.get_sheet_by_name(sheet.name), name) for sheet in sheets]
    except CalamineError:
        raise _unreadable(name) from None


def _sheet_rows(sheet: CalamineSheet, name: str) -> SheetRows:
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= MAX_ROWS or last_column >= MAX_COLUMNS:
        raise _too_large(name)
    rows = sheet.to_python(skip_empty_area=False)
    for (top, column), (bottom, _right) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if column < len(row) and row[column] == "":
                row[column] = rows[top][column]
    return SheetRows(sheet.name, tuple(tuple(map(_cell, row)) for row in rows))


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    assert isinstance(value, str | int | float | date)
    return None if value == "" else value


def _unreadable(name: str) -> FileProblem:
    return refusal(
        name,
        "tidak dapat dibaca sebagai Excel",
        "Buka dengan Excel, simpan ulang sebagai .xlsx, lalu unggah lagi",
    )


def _too_large(name: str) -> FileProblem:
    return refusal(
        name,
        f"terlalu besar untuk dibaca; paling banyak {format_integer(MAX_ROWS)} baris dan {MAX_COLUMNS} kolom",
        "Hapus baris dan kolom yang tidak terpakai, simpan ulang, lalu unggah lagi",
    )
