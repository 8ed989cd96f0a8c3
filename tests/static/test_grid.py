"""The table that a diagram's data are typed into: typing, moving, lines and columns, undoing, saving."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.test_accessibility import AXE, SERIOUS
from tests.static.grid_page import FILLED, HEADINGS, PERIOD, SERIES, GridPage

OpenGrid = Callable[..., GridPage]

FAULT = (
    '<p data-fault data-row="2" data-column="1" id="salah">Baris 2, kolom “Jumlah” harus berupa angka.</p>'
)
LINES = f"{HEADINGS}" + "".join(f"Jenis {number}\t{number}\t\n" for number in range(1, 302))
SELECT = """<select name="type" data-reloads aria-label="Jenis peta">
<option value="p">p</option><option value="c">c</option></select>"""


def test_table_holds_the_text_and_sends_it_untouched(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    assert [grid.cell(2, column).input_value() for column in range(3)] == ["Antrean panjang", "80", "12"]
    assert grid.page.locator("#table").is_hidden()
    grid.press("Simpan")
    grid.page.wait_for_load_state()
    assert [post["table"] for post in grid.posts] == [FILLED]
    assert grid.faults == []


def test_typing_fills_the_field_and_adds_a_line(open_grid: OpenGrid) -> None:
    grid = open_grid("")
    grid.cell(1, 0).click()
    grid.page.keyboard.type("Salah ketik")
    grid.page.keyboard.press("Tab")
    grid.page.keyboard.type("66")
    assert grid.text == f"{HEADINGS}Salah ketik\t66\t\n"
    assert grid.page.locator(".grid-table tbody tr").count() == 2
    with grid.page.expect_response("**/coba/tabel"):
        pass
    assert grid.posts[-1]["table"] == f"{HEADINGS}Salah ketik\t66\t\n"
    assert grid.faults == []


def test_keys_lead_from_cell_to_cell(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.cell(1, 0).focus()
    found = []
    keys = [
        "Enter",
        "ArrowDown",
        "ArrowUp",
        "Shift+Enter",
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
        "ArrowLeft",
        "Tab",
    ]
    for key in keys:
        grid.page.keyboard.press(key)
        found.append(grid.focused)
    assert found == [
        "Jenis Baris 2",
        "Jenis Baris 3",
        "Jenis Baris 2",
        "Jenis Baris 1",
        "Jumlah Baris 1",
        "Jumlah sesudah Baris 1",
        "Hapus baris 1",
        "Jumlah sesudah Baris 1",
        "Jenis Baris 2",
    ]


def test_arrows_move_within_a_text_first(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.cell(2, 1).click()
    grid.page.keyboard.press("End")
    grid.page.keyboard.press("ArrowLeft")
    assert grid.focused == "Jumlah Baris 2"
    grid.page.keyboard.type("5")
    assert grid.cell(2, 1).input_value() == "850"


def test_typing_over_a_cell_is_undone_by_the_browser(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.cell(1, 1).focus()
    grid.page.keyboard.press("Enter")
    grid.page.keyboard.type("7")
    assert grid.text == FILLED.replace("80", "7")
    grid.page.keyboard.press("Control+z")
    assert grid.text == FILLED


def test_lines_are_removed_and_brought_back(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.press("Hapus baris 1")
    grid.press("Hapus baris 2")
    assert (grid.text, grid.told) == (f"{HEADINGS}Antrean panjang\t80\t12\n", "Baris 2 dihapus.")
    grid.cell(1, 1).fill("81")
    grid.press("Batalkan")
    grid.press("Batalkan")
    assert grid.text == FILLED.replace("80", "81")
    assert not grid.page.get_by_role("button", name="Batalkan").is_visible()
    assert grid.faults == []


def test_line_is_added_below_the_one_in_use(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.cell(1, 1).click()
    grid.press("Tambah baris")
    assert grid.focused == "Jenis Baris 2"
    grid.page.keyboard.type("Baru")
    assert grid.text == FILLED.replace("94\t\n", "94\t\nBaru\t\t\n")
    assert grid.page.locator(".grid-table tbody th").all_inner_texts()[-1].endswith("5")


def test_columns_are_added_named_and_removed(open_grid: OpenGrid) -> None:
    grid = open_grid("Bulan\tLoket A\nJan\t4\n", columns=PERIOD, further=SERIES)
    grid.press("Tambah kolom")
    grid.page.keyboard.type("Loket B")
    grid.page.keyboard.press("Enter")
    assert grid.focused == "Loket B Baris 1"
    grid.page.keyboard.type("6,5")
    assert grid.text == "Bulan\tLoket A\tLoket B\nJan\t4\t6,5\n"
    grid.press("Hapus kolom “Loket A”")
    assert (grid.text, grid.told) == ("Bulan\tLoket B\nJan\t6,5\n", "Kolom “Loket A” dihapus.")
    grid.press("Batalkan")
    assert grid.text == "Bulan\tLoket A\tLoket B\nJan\t4\t6,5\n"
    assert grid.faults == []


def test_only_column_is_emptied_when_it_is_removed(open_grid: OpenGrid) -> None:
    grid = open_grid("Data\n4\n5\n", columns=[], further=SERIES)
    grid.press("Hapus kolom “Data”")
    assert grid.text == "\n"
    grid.press("Batalkan")
    assert grid.text == "Data\n4\n5\n"


def test_text_without_headings_is_data(open_grid: OpenGrid) -> None:
    grid = open_grid("Salah ketik\t66\n\nAntrean\t12\n\n")
    grid.cell(2, 2).fill("1")
    assert grid.text == f"{HEADINGS}Salah ketik\t66\t\n\t\t1\nAntrean\t12\t\n"


def test_cells_without_a_heading_stay_and_can_be_removed(open_grid: OpenGrid) -> None:
    grid = open_grid(f"{HEADINGS}Salah ketik\t66\t\tcatatan\n")
    grid.cell(1, 1).fill("67")
    assert grid.text == "Jenis\tJumlah\tJumlah sesudah\t\nSalah ketik\t67\t\tcatatan\n"
    grid.press("Hapus kolom “Kolom 4”")
    assert grid.text == f"{HEADINGS}Salah ketik\t67\t\n"


def test_table_can_be_written_as_text(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.press("Tulis sebagai teks")
    grid.page.locator("#table").press("Control+End")
    grid.page.keyboard.insert_text("Listrik padam\t3\n")
    grid.press("Tampilkan sebagai tabel")
    assert grid.cell(4, 0).input_value() == "Listrik padam"
    assert grid.text == f"{FILLED}Listrik padam\t3\n"
    assert grid.faults == []


def test_long_table_starts_as_text(open_grid: OpenGrid) -> None:
    grid = open_grid(LINES)
    assert grid.told == "Tabel ini besar (301 baris, 3 kolom), karena itu ditampilkan sebagai teks."
    assert grid.page.locator("#table").is_visible()
    grid.press("Tampilkan sebagai tabel")
    assert grid.cell(301, 0).input_value() == "Jenis 301"


def test_huge_table_stays_text(open_grid: OpenGrid) -> None:
    grid = open_grid(HEADINGS + "A\t1\t\n" * 4000)
    grid.press("Tampilkan sebagai tabel")
    assert grid.told == (
        "Tabel ini terlalu besar (4000 baris, 3 kolom) untuk ditampilkan sebagai tabel. Ubahlah teksnya."
    )
    assert grid.page.locator("#table").is_visible()


def test_whole_table_is_copied(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED, permissions=["clipboard-read", "clipboard-write"])
    grid.press("Salin tabel")
    grid.page.wait_for_function("document.querySelector('.grid-told').textContent")
    assert grid.page.evaluate("navigator.clipboard.readText()") == FILLED


def test_faulty_cell_is_marked_and_unmarked(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED.replace("80", "delapan"), drawing=FAULT)
    wrong, marked = grid.cell(2, 1), grid.page.locator(".grid-table [aria-invalid]")
    assert (marked.count(), wrong.get_attribute("aria-describedby")) == (1, "salah")
    grid.drawing = FAULT.replace('row="2"', 'row="3"').replace('column="1"', 'column="2"')
    grid.cell(1, 2).fill("5")
    grid.page.wait_for_selector("[data-save-status][data-state=saved]")
    assert (wrong.get_attribute("aria-invalid"), wrong.get_attribute("aria-describedby")) == (None, None)
    assert grid.cell(3, 2).get_attribute("aria-describedby") == "table-column-2-hint salah"
    assert grid.focused == "Jumlah sesudah Baris 1"
    grid.drawing = "<svg></svg>"
    grid.cell(1, 2).fill("6")
    grid.page.wait_for_selector("#gambar svg")
    assert marked.count() == 0
    assert grid.faults == []


def test_choice_that_changes_the_columns_sends_the_form(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED, select=SELECT)
    grid.cell(1, 1).fill("95")
    with grid.page.expect_navigation():
        grid.page.get_by_label("Jenis peta").select_option("c")
    assert [(post["type"], post["table"]) for post in grid.posts] == [("c", FILLED.replace("94", "95"))]


def test_choice_made_without_a_network_is_sent_later(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED, select=SELECT)
    grid.away = True
    grid.page.context.set_offline(True)
    grid.page.get_by_label("Jenis peta").select_option("c")
    grid.page.wait_for_selector("[data-save-status][data-state=retrying]")
    grid.away = False
    with grid.page.expect_navigation():
        grid.page.context.set_offline(False)
    assert [post["type"] for post in grid.posts] == ["c", "c"]


def test_kept_text_is_shown_in_the_table_again(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED)
    grid.away = True
    grid.cell(3, 1).fill("67")
    grid.page.wait_for_selector("[data-save-status][data-state=retrying]")
    grid.page.reload()
    grid.press("Pulihkan isian")
    assert (grid.cell(3, 1).input_value(), grid.text) == ("67", FILLED.replace("66", "67"))


def test_page_that_is_only_opened_has_nothing_to_restore(open_grid: OpenGrid) -> None:
    grid = open_grid("Salah ketik\t66")
    grid.page.reload()
    assert grid.page.locator(".restore-offer").count() == 0


def test_typing_stays_quick_in_a_large_table(open_grid: OpenGrid) -> None:
    headings = "\t".join(f"Loket {number}" for number in range(1, 12))
    rows = "".join(f"Bulan {row}" + "\t7" * 11 + "\n" for row in range(300))
    grid = open_grid(f"Bulan\t{headings}\n{rows}", columns=PERIOD, further=SERIES)
    took = grid.page.evaluate(
        """() => {
        const field = document.querySelector(".grid-table tbody tr:nth-child(150) textarea");
        field.focus();
        const begun = performance.now();
        for (let key = 0; key < 20; key += 1) {
            field.value += "a";
            field.dispatchEvent(new Event("input", { bubbles: true }));
            document.body.offsetHeight;
        }
        return (performance.now() - begun) / 20;
        }"""
    )
    assert took < 50


@pytest.mark.parametrize("width", [1366, 390])
def test_table_is_accessible_and_fits(open_grid: OpenGrid, width: int) -> None:
    grid = open_grid(FILLED, width, columns=PERIOD, further=SERIES, drawing=FAULT, bypass_csp=True)
    grid.press("Hapus baris 3")
    grid.page.add_script_tag(path=Path(AXE))
    assert grid.page.evaluate(SERIOUS) == []
    assert grid.page.evaluate("document.documentElement.scrollWidth") == width
    assert grid.faults == []


def test_fields_are_large_enough_for_fingers(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED, 390, has_touch=True, is_mobile=True)
    low = grid.page.locator(".grid :is(button, .grid-field):visible").evaluate_all(
        "all => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"
    )
    assert low == []


def test_first_column_stays_in_sight_on_a_phone(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED, 390)
    grid.cell(1, 2).focus()
    assert grid.page.locator(".grid-scroll").evaluate("box => box.scrollLeft") > 0
    first, last = grid.cell(1, 0).bounding_box(), grid.cell(1, 2).bounding_box()
    assert 0 < first["x"] < first["x"] + first["width"] <= last["x"]


def test_textarea_is_used_without_scripts(open_grid: OpenGrid) -> None:
    grid = open_grid(FILLED, java_script_enabled=False)
    area = grid.page.locator("#table")
    area.fill(f"{HEADINGS}A\t1")
    assert grid.page.locator(".grid").count() == 0
    assert area.evaluate("area => getComputedStyle(area).whiteSpace") == "pre"
