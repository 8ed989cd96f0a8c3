"""What Excel, LibreOffice, Word and WPS put on the clipboard, pasted into the table."""

from collections.abc import Callable

import pytest

from tests.static.grid_page import FILLED, HEADINGS, PERIOD, SERIES, GridPage

OpenGrid = Callable[..., GridPage]

FROM_EXCEL = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- td {color:black} --></style></head><body>
<table border=0 style='width:96pt' onclick="alert(1)"><!--StartFragment-->
<col width=64 style='width:48pt'><tr height=20>
<td rowspan=2 class=xl65 style='width:48pt'>Antre
  lama<br>sekali</td><td align=right>12</td></tr><tr><td align=right><p>13</p></td></tr>
<tr><td colspan=2>Gabung</td><td>7</td></tr><!--EndFragment--></table><img src=x onerror="alert(1)"></body></html>"""


@pytest.mark.parametrize(
    ("plain", "told", "rows"),
    [
        ("A\t1\r\nB\t2\r\n", "2 baris ditempel.", "A\t1\t\nB\t2\t\n"),
        ("A\t1\nB\t2\n\t\n", "2 baris ditempel.", "A\t1\t\nB\t2\t\n"),
        (
            '"Antre\n""lama"""\t"1\t2"\r\n"Siap" kerja\t3\r\n',
            "2 baris ditempel.",
            'Antre "lama"\t1 2\t\n"Siap" kerja\t3\t\n',
        ),
        ("A\t1\t2\t\t\t\r\n", "1 baris ditempel.", "A\t1\t2\n"),
        (
            "jenis \tJumlah\r\nA\t1\r\n",
            "1 baris ditempel. Baris pertama dibaca sebagai judul kolom.",
            "A\t1\t\n",
        ),
        ("Jenis\tJumlah\r\n", "Baris pertama dibaca sebagai judul kolom.", ""),
        ("Jenis\tUnit\r\nA\tB\r\n", "2 baris ditempel.", "Jenis\tUnit\t\nA\tB\t\n"),
    ],
)
def test_cells_fill_the_table(open_grid: OpenGrid, plain: str, told: str, rows: str) -> None:
    grid = open_grid()
    grid.paste(1, 0, plain)
    assert (grid.told, grid.text) == (told, HEADINGS + rows)
    assert grid.focused == "Jenis Baris 1"
    assert grid.faults == []


def test_cells_go_right_and_down_and_are_taken_back(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.paste(3, 1, "1\t2\r\n3\t4\r\n5\t6\r\n")
    assert grid.text == FILLED.replace("66\t", "1\t2") + "\t3\t4\n\t5\t6\n"
    grid.cell(4, 0).fill("Baru")
    grid.press("Batalkan")
    assert grid.text == FILLED + "Baru\t\t\n"


def test_single_value_goes_into_the_text(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.cell(2, 0).focus()
    grid.page.keyboard.press("End")
    grid.paste(2, 0, " sekali\r\n")
    assert grid.text == FILLED.replace("panjang", "panjangsekali")
    grid.page.keyboard.press("Control+z")
    assert grid.text == FILLED


def test_too_many_columns_are_refused(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.paste(1, 1, "1\t2\t3\r\n")
    assert grid.text == FILLED
    assert grid.told == (
        "Tidak ditempel: tabel ini mempunyai 3 kolom, sedangkan yang disalin memerlukan 4 kolom bila dimulai dari "
        "kolom 2. Salin kolom yang diperlukan saja."
    )


def test_table_of_html_is_read_when_there_are_no_tabs(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.paste(1, 0, "Antre lama sekali", FROM_EXCEL)
    assert grid.text == f"{HEADINGS}Antre lama sekali\t12\t\n\t13\t\nGabung\t\t7\n"
    assert grid.faults == []


def test_further_columns_are_added_with_their_headings(open_grid: OpenGrid) -> None:
    grid = open_grid("Bulan\t\n", columns=PERIOD, further=SERIES)
    grid.paste(1, 0, "Bulan\tLoket A\tLoket B\r\nJan\t4\t5\r\n")
    assert grid.text == "Bulan\tLoket A\tLoket B\nJan\t4\t5\n"
    grid.paste(2, 2, "6\t7\r\n")
    assert grid.text == "Bulan\tLoket A\tLoket B\t\nJan\t4\t5\t\n\t\t6\t7\n"
    grid.press("Batalkan")
    grid.press("Batalkan")
    assert grid.text == "Bulan\n"


def test_words_above_numbers_name_the_columns(open_grid: OpenGrid) -> None:
    grid = open_grid("", columns=[], further=SERIES)
    grid.paste(1, 0, "Loket A\tLoket B\r\n4\t5\r\n")
    assert grid.text == "Loket A\tLoket B\n4\t5\n"


def test_block_pasted_into_a_heading_begins_with_headings(open_grid: OpenGrid) -> None:
    grid = open_grid("Bulan\tLoket A\nJan\t4\n", columns=PERIOD, further=SERIES)
    grid.paste(0, 1, "2023\t2024\r\n8\t9\r\n")
    assert grid.text == "Bulan\t2023\t2024\nJan\t8\t9\n"


def test_table_that_became_long_is_shown_as_text(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.paste(4, 0, "A\t1\r\n" * 298)
    assert (
        grid.told
        == "298 baris ditempel. Tabel kini besar (301 baris, 3 kolom), karena itu ditampilkan sebagai teks."
    )
    assert grid.text == FILLED + "A\t1\t\n" * 298
    grid.press("Batalkan")
    assert (grid.text, grid.cell(3, 1).input_value()) == (FILLED, "66")


def test_table_with_its_headings_goes_below_them_wherever_the_caret_stands(open_grid: OpenGrid) -> None:
    grid = open_grid()
    grid.paste(1, 2, HEADINGS + "A\t1\t2\r\n")
    assert grid.text == HEADINGS + "A\t1\t2\n"
