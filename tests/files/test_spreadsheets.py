import time
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from kbk.errors import FileProblem
from kbk.files.spreadsheets import SheetRows, read_sheets
from tests.files import hostile

DAY = datetime(2024, 8, 2)  # noqa: DTZ001 - a workbook knows no zones
MOMENT = DAY.replace(hour=10, minute=42)
TOO_LARGE = (
    "Berkas “data.xlsx” terlalu besar untuk dibaca; paling banyak 10.000 baris dan 100 kolom. "
    "Hapus baris dan kolom yang tidak terpakai, simpan ulang, lalu unggah lagi."
)


def test_read_sheets_gives_cells_by_their_place_and_type(tmp_path: Path) -> None:
    path = tmp_path / "data"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Daftar KBK")
        sheet.write_row(1, 1, ["KBK Ma'ruf", 8, 8.5, True])
        sheet.write_datetime(2, 1, DAY, workbook.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_datetime(2, 2, MOMENT, workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
        sheet.write_string(2, 3, "=1+1")
        workbook.add_worksheet("Kosong")
    assert read_sheets(path, "daftar.xlsx") == [
        SheetRows(
            "Daftar KBK",
            (
                (None, None, None, None, None),
                (None, "KBK Ma'ruf", 8, 8.5, "TRUE"),
                (None, date(2024, 8, 2), MOMENT, "=1+1", None),
            ),
        ),
        SheetRows("Kosong", ()),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (hostile.far_cell_xlsx(), TOO_LARGE),
        (hostile.many_rows_xlsx(10_001), TOO_LARGE),
        (hostile.xlsx([["x"] * 101]), TOO_LARGE),
    ],
    ids=["far cell", "rows", "columns"],
)
def test_read_sheets_refuses_bombs_within_two_seconds(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "data"
    path.write_bytes(content)
    began = time.monotonic()
    with pytest.raises(FileProblem) as caught:
        read_sheets(path, "data.xlsx")
    assert caught.value.message == message
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("content", [b"", b"nama;nilai\n", hostile.docx(), hostile.xlsx()[:-50]])
def test_read_sheets_refuses_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=r"^Berkas “data\.xlsx” "):
        read_sheets(path, "data.xlsx")


def test_read_sheets_refuses_a_workbook_with_a_broken_sheet(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(hostile.xlsx_with_sheet(b"<worksheet><sheetData><row><c t='s'><v>99</v></c>"))
    with pytest.raises(FileProblem) as caught:
        read_sheets(path, "data.xlsx")
    assert caught.value.message == (
        "Berkas “data.xlsx” tidak dapat dibaca sebagai Excel. "
        "Buka dengan Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
    )


def test_read_sheets_reads_ten_thousand_rows(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(hostile.many_rows_xlsx(10_000))
    assert len(read_sheets(path, "data.xlsx")[0].rows) == 10_000


def test_read_sheets_repeats_a_cell_merged_over_rows(tmp_path: Path) -> None:
    path = tmp_path / "data"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.merge_range(0, 0, 2, 0, "Dinas Perdagangan")
        sheet.write_column(0, 1, ["KBK A", "KBK B", "KBK C"])
    assert read_sheets(path, "data.xlsx")[0].rows == (
        ("Dinas Perdagangan", "KBK A"),
        ("Dinas Perdagangan", "KBK B"),
        ("Dinas Perdagangan", "KBK C"),
    )
