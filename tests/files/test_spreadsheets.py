import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from kbk.errors import FileProblem
from kbk.files.inspection import inspect
from kbk.files.kinds import Purpose
from kbk.files.spreadsheets import SheetRows, read_sheets
from tests.files import hostile

LISTS = Path(__file__).parent.parent / "groups" / "data"
"""Lists saved by LibreOffice 7.4."""

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


def old_list(name: str) -> tuple[tuple[object, ...], ...]:
    """The rows of the only sheet of a list, found under a name that tells nothing."""
    (sheet,) = read_sheets(LISTS / name, name)
    assert sheet.name == "Daftar KBK"
    return sheet.rows


def unnamed(folder: Path, content: bytes) -> Path:
    path = folder / "data"
    path.write_bytes(content)
    return path


def test_read_sheets_reads_an_old_excel_file() -> None:
    rows = old_list("daftar-kbk.xls")
    assert [row[:4] for row in rows[3:]] == [
        (1, "Dinas Perdagangan", "Niaga Prima", "Ani Lestari, S.E."),
        (2, "Dinas Perdagangan", "Pasar Bersih", "Dewi Anggraini"),
        (3, "RSD K.R.M.T. Wongsonegoro", "Sehat Mandiri", "dr. Budi Santoso"),
        (4, "Kelurahan Miroto", "Rukun Warga", "Citra Dewi"),
        ("Jumlah", 4, None, None),
    ]
    assert [row[4:] for row in rows[3:6]] == [
        ("199001012015012001", "081234567890", date(2024, 1, 15)),
        (None, None, date(2024, 1, 20)),
        ("198505052010011002", "081300000000", date(2023, 11, 2)),
    ]


def test_read_sheets_reads_a_calc_file_with_the_results_of_its_formulas() -> None:
    rows = old_list("daftar-kbk.ods")
    assert [row[:3] for row in rows[2:]] == [
        ("No", "Perangkat Daerah / Kelurahan", "Nama KBK"),
        (1, "Dinas Perdagangan", "Niaga Prima"),
        (2, "RSD K.R.M.T. Wongsonegoro", "Sehat Mandiri"),
        (3, "Kelurahan Miroto", "Rukun Warga"),
        ("Jumlah", 3, None),
    ]
    assert rows[3][6] == date(2024, 1, 15)


def calc_with(rows: str, more: dict[str, bytes] | None = None) -> bytes:
    """The Calc list with other rows and more parts."""
    with zipfile.ZipFile(LISTS / "daftar-kbk.ods") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    content = parts["content.xml"].decode()
    first, last = content.index("<table:table-row"), content.rindex("</table:table>")
    parts["content.xml"] = (content[:first] + rows + content[last:]).encode()
    return hostile.archive(parts | (more or {}))


CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
WIDE = CELL.format(' table:number-columns-repeated="16384"')
ROW = "<table:table-row{}>{}</table:table-row>"
MANY = ' table:number-rows-repeated="1048576"'
FAR = ' table:number-rows-repeated="4000000000"'


@pytest.mark.parametrize(
    "rows",
    [ROW.format(MANY, CELL.format("")), ROW.format("", WIDE), ROW.format(MANY, WIDE), ROW.format(FAR, WIDE)],
    ids=["rows", "columns", "both", "beyond numbers"],
)
def test_read_sheets_refuses_repeated_cells_within_two_seconds(tmp_path: Path, rows: str) -> None:
    began = time.monotonic()
    with pytest.raises(FileProblem):
        read_sheets(unnamed(tmp_path, calc_with(rows)), "data.ods")
    assert time.monotonic() - began < 2


def test_read_sheets_passes_over_macros_and_the_empty_rest_of_a_calc_sheet(tmp_path: Path) -> None:
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    content = calc_with(
        ROW.format("", CELL.format("")) + ROW.format(MANY, rest),
        {"Basic/script-lc.xml": b'<!DOCTYPE library:libraries PUBLIC "-//x" "libraries.dtd"><l/>'},
    )
    assert read_sheets(unnamed(tmp_path, content), "data.ods")[0].rows == (("x",),)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (calc_with("", {"content.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "data.ods", "(DTD)"),
        (calc_with("", {"media/0": b"\0" * 50_000_000}), "data.ods", "terlalu besar setelah dibuka"),
        (calc_with("")[:-40], "data.ods", "rusak, terpotong"),
        (hostile.xlsx(), "data.ods", "bukan dokumen .ods yang benar"),
        (calc_with(""), "data.xlsx", "bukan dokumen .xlsx yang benar"),
        ((LISTS / "daftar-kbk.xls").read_bytes()[:3000], "data.xls", "tidak dapat dibaca"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 3000, "data.xls", "tidak dapat dibaca"),
    ],
    ids=["dtd", "bomb", "truncated", "xlsx as ods", "ods as xlsx", "half an xls", "empty xls"],
)
def test_read_sheets_refuses_hostile_old_files(tmp_path: Path, content: bytes, name: str, words: str) -> None:
    with pytest.raises(FileProblem) as caught:
        read_sheets(unnamed(tmp_path, content), name)
    assert words in caught.value.message


@pytest.mark.parametrize("name", ["daftar-kbk.xlsx", "daftar-kbk.xls", "daftar-kbk.ods"])
def test_only_imports_take_old_files(tmp_path: Path, name: str) -> None:
    upload = unnamed(tmp_path, (LISTS / name).read_bytes())
    assert inspect(upload, name, Purpose.IMPORT).extension == name.rpartition(".")[2]
    if not name.endswith(".xlsx"):
        with pytest.raises(FileProblem, match="tidak dapat diterima di sini"):
            inspect(upload, name, Purpose.ATTACHMENT)
