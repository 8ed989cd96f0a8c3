"""Tables as they are pasted: headings, decimal marks, sizes."""

import pytest

from kbk.seven_tools.entry import Column, EntryError
from kbk.seven_tools.entry.table import Table, read_table

FIXED = (Column("Jenis"), Column("Jumlah", numeric=True), Column("Biaya", numeric=True))
FIRST = (Column("Waktu"),)
SERIES = Column("Angka", numeric=True)
TOO_LARGE = "Tabel ini terlalu besar; paling banyak 5.000 baris, 60 kolom, dan 1.000.000 huruf."


def fixed(*lines: str) -> Table:
    return read_table("\n".join(lines), FIXED, None)


def further(*lines: str) -> Table:
    return read_table("\n".join(lines), FIRST, SERIES)


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def refusal(*lines: str) -> tuple[str, int | None, int | None]:
    with pytest.raises(EntryError) as raised:
        fixed(*lines)
    return str(raised.value), raised.value.row, raised.value.column


@pytest.mark.parametrize(
    "heading", ["Jenis\tJumlah\tBiaya", "jenis \t JUMLAH\tBiaya\t", "Jenis\tJumlah", "Jenis"]
)
def test_heading_line_is_known_by_its_beginning(heading: str) -> None:
    table = fixed(heading, "A\t1\t2")
    assert (table.headings, cells(table)) == (("Jenis", "Jumlah", "Biaya"), [("A", "1", "2")])


def test_first_line_without_headings_is_data() -> None:
    assert cells(fixed("A\t1\t2", "B\t3\t4")) == [("A", "1", "2"), ("B", "3", "4")]


def test_blank_lines_are_left_out_but_counted() -> None:
    table = fixed("Jenis\tJumlah\tBiaya", "", "A\t1", "\t \t", "B\t2", "", "")
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("A", "1", "")), (4, ("B", "2", ""))]


def test_cells_lose_what_nobody_sees() -> None:
    assert cells(fixed("  A \u200b B\u00a0C \t1\u200e\r", "D\t2\r\n")) == [("A B C", "1", ""), ("D", "2", "")]


def test_cells_outside_the_columns_are_refused() -> None:
    assert refusal("A\t1\t2", "B\t3\t4\t\tx") == ("Baris 2 memuat isi di luar kolom yang dipakai.", 2, 4)
    assert refusal("Jenis\tJumlah\tBiaya\tDiperiksa", "A\t1\t2\t50") == (
        "Baris 1 memuat isi di luar kolom yang dipakai, yaitu di bawah “Diperiksa”.",
        1,
        3,
    )


def test_columns_of_the_group_are_called_as_it_names_them() -> None:
    assert further("Waktu\tPagi\tSore", "Jan\t1\t2").headings == ("Waktu", "Pagi", "Sore")


def test_own_words_above_numbers_are_headings() -> None:
    table = further("Bulan ke\tKeluhan warga", "Jan\t1")
    assert (table.headings, cells(table)) == (("Waktu", "Keluhan warga"), [("Jan", "1")])


def test_column_without_a_name_is_called_by_its_number() -> None:
    assert further("Jan\t1\t2", "Feb\t3\t4").headings == ("Waktu", "Angka 1", "Angka 2")
    assert further("Waktu\tPagi\t\tSore", "Jan\t1\t2\t3").headings == ("Waktu", "Pagi", "Angka 2", "Sore")


@pytest.mark.parametrize(
    ("lines", "point"),
    [
        (["A\t1250\t3"], False),
        (["A\t1.250\t3"], False),
        (["A\t12,5\t1.250"], False),
        (["A\t12.5\t3"], True),
        (["A\t74.002\t3", "B\t74.03\t3"], True),
        (["A\t1,250,000\t3"], True),
        (["1.5\t1.250\t3", "2,5\t1.250\t3"], False),
    ],
)
def test_decimal_mark_is_found_in_the_columns_of_numbers(lines: list[str], point: bool) -> None:
    assert fixed(*lines).point is point


def test_both_decimal_marks_in_one_table_are_refused() -> None:
    assert refusal("A\t12,5\t1", "B\t1\t3.75") == (
        (
            "Baris 2, kolom “Biaya” menulis “3.75” dengan titik, sedangkan baris 1, kolom “Jumlah” memakai koma; "
            "pakailah koma desimal di semua baris."
        ),
        2,
        2,
    )
    assert refusal("A\t1.250.000\t1", "B\t1\t3.75")[1:] == (2, 2)
    assert refusal("A\t1,250\t1", "B\t12.5\t1")[1:] == (2, 1)


def test_full_stop_that_may_mean_either_is_refused() -> None:
    assert refusal("A\t12.5\t1", "B\t1\t1.250") == (
        (
            "Baris 2, kolom “Biaya” memuat “1.250” yang tidak jelas titiknya, sebab baris 1 menulis “12.5”; "
            "pakailah koma desimal di semua baris."
        ),
        2,
        2,
    )


@pytest.mark.parametrize("text", ["A\t1\n" * 5001, "A" + "\t1" * 60, "A" * 1_000_001])
def test_too_large_a_table_is_refused(text: str) -> None:
    with pytest.raises(EntryError, match=TOO_LARGE):
        read_table(text, FIRST, SERIES)


def test_largest_table_is_read() -> None:
    table = read_table("Waktu\tA\n" + "Jan\t12,5\n" * 5000, FIRST, SERIES)
    assert (len(table.rows), table.rows[-1].number) == (5000, 5000)


def test_long_words_are_shortened_in_sentences() -> None:
    table = fixed("A\t" + "x" * 50)
    with pytest.raises(EntryError) as raised:
        table.number(table.rows[0], 1)
    assert str(raised.value) == (
        f"Baris 1, kolom “Jumlah” harus berupa angka seperti 1.250 atau 12,5, bukan “{'x' * 40}…”."
    )
