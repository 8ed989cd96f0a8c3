"""Finding the table in a sheet, without losing a row."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbk.files.spreadsheets import SheetRows
from kbk.groups.import_reading import NO_TABLE, Field, ReadRow, cell_text, read_rows

HEADING = ("No", "Perangkat Daerah / Kelurahan", "Nama KBK", "Ketua", "NIP Ketua", "No. HP/WA", "E-mail")


def _read(*rows):
    return read_rows([SheetRows("Daftar", tuple(rows))])


def test_the_heading_is_found_below_titles_and_blank_rows():
    rows = _read(
        ("DAFTAR KBK", None), (None, None), HEADING, (1, " Dinas  X ", "Sigap\u00a0", "Ani", "", "0812", None)
    )
    assert [(row.number, row.skipped) for row in rows] == [
        (1, "judul di atas kepala tabel"),
        (3, "kepala tabel; kolom yang tidak dipakai: No"),
        (4, ""),
    ]
    assert rows[2].values == {
        Field.UNIT: "Dinas X",
        Field.GROUP: "Sigap",
        Field.LEADER: "Ani",
        Field.PHONE: "0812",
    }


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("OPD", Field.UNIT),
        ("UNIT KERJA *", Field.UNIT),
        ("Instansi", Field.UNIT),
        ("Nama Ketua", Field.LEADER),
        ("NIP/NIPPPK", Field.NIP),
        ("HP/WA", Field.PHONE),
        ("No. Telp.", Field.PHONE),
        ("Alamat Surel", Field.EMAIL),
        ("Kategori (OPD/Kelurahan)", Field.CATEGORY),
        ("Jabatan", Field.JOB_TITLE),
    ],
)
def test_headings_have_synonyms(heading, field):
    rows = _read(("Nama Kelompok", "Satker", heading), ("Sigap", "", "isi"))
    assert rows[1].values[field] == "isi"


def test_a_second_heading_row_names_the_columns_below_a_merged_one():
    rows = _read(
        ("No", "OPD", "Nama KBK", "Ketua", None, None),
        ("No", "OPD", "Nama KBK", "Nama", "NIP", "No HP"),
        (1, "Dinas X", "Sigap", "Ani", "199001012015011001", "0812"),
    )
    assert rows[2].values == {
        Field.UNIT: "Dinas X",
        Field.GROUP: "Sigap",
        Field.LEADER: "Ani",
        Field.NIP: "199001012015011001",
        Field.PHONE: "0812",
    }


def test_numbers_are_remembered_as_numbers():
    rows = _read(HEADING, (1, "Dinas X", "Sigap", "Ani", 199001012015011008, 81234567890, None))
    assert rows[1].values[Field.NIP] == "199001012015011008"
    assert rows[1].numeric == {Field.NIP, Field.PHONE}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (HEADING, "kepala tabel yang terulang"),
        (("(1)", "(2)", "(3)", "(4)", "(5)"), "nomor kolom"),
        (("Catatan: NIP boleh kosong", None, None), "catatan, bukan baris kelompok"),
        ((None, "Jumlah 40 kelompok", None), "catatan, bukan baris kelompok"),
        ((41, None, None), "catatan, bukan baris kelompok"),
    ],
)
def test_rows_that_are_no_entry_say_why(row, reason):
    rows = _read(HEADING, (1, "Dinas X", "Sigap"), row)
    assert rows[2].skipped == reason


def test_a_sheet_without_a_table_is_told_row_by_row():
    rows = read_rows([SheetRows("Petunjuk", (("Isi lembar berikut",), (None,), ("Terima kasih",)))])
    assert [(row.sheet, row.number, row.skipped) for row in rows] == [
        ("Petunjuk", 1, NO_TABLE),
        ("Petunjuk", 3, NO_TABLE),
    ]


def test_cell_text_of_each_type():
    assert cell_text(None) == ""
    assert cell_text(date(2024, 8, 2)) == "2 Agustus 2024"
    assert cell_text(8.5) == "8.5"
    assert cell_text("a\x00b\u200b c\nd") == "a b c d"
    assert cell_text("e\u0301") == "é"


CELLS = st.one_of(
    st.none(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=20),
    st.sampled_from([*HEADING, "Kecamatan", "Catatan", "(1)", " ", "=1"]),
)
SHEETS = st.lists(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=8), max_size=3)


@given(SHEETS)
def test_every_row_that_is_not_empty_comes_back_once(sheets):
    read = read_rows([SheetRows(f"S{n}", tuple(map(tuple, rows))) for n, rows in enumerate(sheets)])
    filled = [
        (f"S{n}", number)
        for n, rows in enumerate(sheets)
        for number, row in enumerate(rows, 1)
        if any(cell_text(cell) for cell in row)
    ]
    assert [(row.sheet, row.number) for row in read] == filled


@given(SHEETS)
def test_rows_survive_their_storage(sheets):
    read = read_rows([SheetRows("S", tuple(map(tuple, rows))) for rows in sheets])
    assert [ReadRow.from_data(row.to_data()) for row in read] == read
