"""The components in a real browser: they obey the policy, fit a phone, and lose nothing that was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

Gallery = Callable[..., tuple[Page, list[str]]]

PASTE = """(html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(".editor-text").dispatchEvent(event);
}"""
FROM_WORD = """<html><head><style><!-- p.MsoNormal {margin:0} --></style></head><body lang=IN><!--StartFragment-->
<h1 style='margin:0'>Bab Satu<o:p></o:p></h1>
<p class=MsoNormal style='font-family:"Calibri"'><b style='mso-bidi-font-weight:normal'>Tebal</b> dan
<span style='font-weight:bold'>tebal</span><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Satu</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>Anak</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Dua</p>
<p class=MsoNormal>Antara</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>Nomor</p>
<table border=1 onclick="alert(1)"><tr><td width=100 style='width:75pt'><p>A</p></td><td>B</td></tr></table>
<img src="https://example.org/x.png" onerror="alert(1)"><a href="javascript:alert(1)">tautan</a>
<script>alert(1)</script><!--EndFragment--></body></html>"""
CLEANED = (
    "<h3>Bab Satu</h3><p><strong>Tebal</strong> dan <strong>tebal</strong></p>"
    "<ul><li><p>Satu</p><ul><li><p>Anak</p></li></ul></li><li><p>Dua</p></li></ul><p>Antara</p>"
    "<ol><li><p>Nomor</p></li></ol>"
    "<table><tbody><tr><td><p>A</p></td><td><p>B</p></td></tr></tbody></table><p>tautan</p>"
)


@pytest.mark.parametrize("width", [1366, 390])
def test_gallery_obeys_the_policy_and_fits(open_gallery: Gallery, width: int) -> None:
    page, faults = open_gallery(width)
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("style").count() == 0


def test_editor_keeps_the_textarea_in_step(open_gallery: Gallery) -> None:
    page, faults = open_gallery()
    page.locator(".editor-text").click()
    page.keyboard.type("Halo ")
    page.keyboard.press("Control+b")
    page.keyboard.type("tebal")
    assert page.locator("#story").input_value() == "<p>Halo <strong>tebal</strong></p>"
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    assert page.locator("#story").input_value() == ""
    assert faults == []


def test_editor_cleans_what_word_pastes(open_gallery: Gallery) -> None:
    page, faults = open_gallery()
    page.locator(".editor-text").click()
    page.evaluate(PASTE, FROM_WORD)
    assert page.locator("#story").input_value() == CLEANED
    assert faults == []


def test_editor_changes_tables_from_its_toolbar(open_gallery: Gallery) -> None:
    page, faults = open_gallery()
    page.locator(".editor-text").click()
    page.get_by_role("button", name="Sisipkan tabel").click()
    page.get_by_role("button", name="Tambah baris").click()
    page.get_by_role("button", name="Hapus kolom").click()
    page.get_by_role("button", name="Baris judul").click()
    row = "<tr><td><p></p></td><td><p></p></td></tr>"
    assert page.locator("#story").input_value() == f"<table><tbody>{row * 4}</tbody></table>"
    assert faults == []


PASTE_PLAIN = PASTE.replace("text/html", "text/plain")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "Jenis\tJumlah\r\nAntre <b>\t12,5\r\n",
            "<table><tbody><tr><td><p>Jenis</p></td><td><p>Jumlah</p></td></tr>"
            "<tr><td><p>Antre &lt;b&gt;</p></td><td><p>12,5</p></td></tr></tbody></table>",
        ),
        ("Satu\tdua", "<p>Satu\tdua</p>"),
        ("Satu\tdua\nTiga", "<p>Satu\tdua</p><p>Tiga</p>"),
    ],
)
def test_cells_pasted_as_plain_text_become_a_table(open_gallery: Gallery, text: str, html: str) -> None:
    page, faults = open_gallery()
    page.locator(".editor-text").click()
    page.evaluate(PASTE_PLAIN, text)
    assert page.locator("#story").input_value() == html
    assert faults == []


def test_buttons_for_tables_hold_their_words_on_a_phone(open_gallery: Gallery) -> None:
    page, _ = open_gallery(390)
    page.locator(".editor-text").click()
    page.get_by_role("button", name="Sisipkan tabel").click()
    spilling = page.locator(".editor-table button").evaluate_all(
        "buttons => buttons.map(b => b.scrollWidth - b.clientWidth)"
    )
    assert spilling == [0] * 6


def test_place_of_announcements_is_there_before_its_words(open_gallery: Gallery) -> None:
    page, _ = open_gallery()
    assert page.locator("[data-announcer]").evaluate("place => getComputedStyle(place).display") == "block"


def test_typed_text_survives_a_post_that_fails(open_gallery: Gallery) -> None:
    page, _ = open_gallery()
    page.fill("#name", "Mutiara")
    page.check("#category-1")
    page.get_by_role("button", name="Simpan profil").click()
    page.wait_for_selector("[data-failed]")
    page.goto(page.url)
    page.get_by_role("button", name="Pulihkan isian").click()
    assert (page.input_value("#name"), page.is_checked("#category-1")) == ("Mutiara", True)


def test_action_is_asked_about_before_it_is_sent(open_gallery: Gallery) -> None:
    page, _ = open_gallery()
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.get_by_role("button", name="Tutup tahap").click()
    assert page.locator("dialog h2").inner_text() == "Tutup tahap penilaian?"
    page.keyboard.press("Escape")
    assert sent == []
    page.get_by_role("button", name="Tutup tahap").click()
    with page.expect_request(lambda request: request.method == "POST"):
        page.locator("dialog .button-danger").click()
    page.wait_for_load_state()
    assert len(sent) == 1


def test_file_that_is_too_large_is_not_sent(open_gallery: Gallery) -> None:
    page, _ = open_gallery()
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.evaluate("document.querySelector('#document').dataset.maxBytes = 1024")
    page.set_input_files(
        "#document", {"name": "besar.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2048}
    )
    assert page.locator("[data-file-info]").inner_text() == (
        "“besar.pdf” berukuran 2 KB, lebih besar dari batas 1 KB. "
        "Pilih berkas lain atau perkecil lebih dahulu."
    )
    page.get_by_role("button", name="Simpan profil").click()
    assert sent == []


def test_files_on_their_way_are_not_sent_once_more(open_gallery: Gallery) -> None:
    page, _ = open_gallery()
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.clock.install()
    # The sending hangs in a frame, so that the page can be looked at meanwhile.
    page.route("**/komponen", lambda _route: None)
    page.evaluate(
        "() => { const frame = document.createElement('iframe'); frame.name = 'hangs'; document.body.append(frame); "
        "document.querySelector('#document').form.target = 'hangs'; }"
    )
    page.set_input_files(
        "#document", {"name": "risalah.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2048}
    )
    page.get_by_role("button", name="Simpan profil").click()
    page.clock.fast_forward(30_000)
    assert page.locator("[data-file-info]").inner_text() == (
        "Mengunggah 2 KB … Tetaplah di halaman ini sampai selesai."
    )
    page.get_by_role("button", name="Simpan profil").click()
    assert len(sent) == 1


def test_filter_shows_the_rows_that_hold_every_word(open_gallery: Gallery) -> None:
    page, _ = open_gallery()
    page.get_by_role("searchbox", name="Cari kelompok").fill("kel tambakaji")
    assert page.locator(".data-table tbody tr:visible").count() == 1
    assert page.locator("[data-table-count]").inner_text() == "1 dari 4 baris"


def test_one_box_ticks_all_and_tells_how_many(open_gallery: Gallery) -> None:
    page, _ = open_gallery()
    every, first = page.get_by_label("Centang semua di halaman ini"), page.get_by_role("checkbox", name="Mutiara Sehat")
    told = page.locator("[data-tick-count]")
    assert told.inner_text() == "0 dicentang"
    first.check()
    assert (told.inner_text(), every.evaluate("box => box.indeterminate")) == ("1 dicentang", True)
    every.check()
    assert (told.inner_text(), page.get_by_role("checkbox", name="Gerbang Terpadu").is_checked()) == ("2 dicentang", True)
    every.uncheck()
    assert (told.inner_text(), first.is_checked()) == ("0 dicentang", False)


def test_nothing_can_be_ticked_together_without_scripts(open_gallery: Gallery) -> None:
    page, _ = open_gallery(390, java_script_enabled=False)
    assert not page.get_by_label("Centang semua di halaman ini").is_visible()
    page.get_by_role("checkbox", name="Mutiara Sehat").check()


def test_menu_opens_on_a_phone_without_scripts(open_gallery: Gallery) -> None:
    page, _ = open_gallery(390, java_script_enabled=False)
    assert not page.locator("#navigasi").is_visible()
    page.locator(".bottombar button").click()
    assert page.locator("#navigasi").is_visible()
