"""A team adds a diagram to its risalah: the drawing follows the typing, and a fault is told and kept."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.test_two_tabs import SAVED
from tests.journeys.test_writing import open_step
from tests.journeys.visitor import Visitor

TYPE = """(table, text) => {
    table.value = text;
    table.dispatchEvent(new Event("input", { bubbles: true }));
}"""
HEADINGS = "Jenis\tJumlah\tJumlah sesudah\n"


def test_the_drawing_follows_the_typing(visit: Callable[..., Visitor]) -> None:
    member = visit(1366)
    open_step(member, 6)
    page = member.page
    page.get_by_role("link", name="Tambah diagram pada Manfaat").click()
    page.get_by_role("button", name="Pakai Diagram Pareto").click()
    expect(member.heading).to_have_text("Diagram Pareto")
    table, drawing, announced = page.locator("#table"), page.locator("#gambar"), "[data-announcer]"
    status = page.locator("[data-save-status]")
    expect(drawing).to_contain_text("Tabelnya belum diisi.")

    table.evaluate(TYPE, f"{HEADINGS}Antrean\tdelapan\t\n")
    expect(drawing.locator("[data-fault]")).to_have_attribute("data-row", "1")
    expect(page.locator(announced)).to_contain_text("Belum dapat digambar: Baris 1, kolom “Jumlah”")
    expect(status).to_have_text(SAVED)

    table.evaluate(TYPE, f"{HEADINGS}Antrean\t8\t\nBerkas\t4\t\n")
    expect(drawing.get_by_role("img")).to_be_visible()
    expect(page.locator(announced)).to_have_text("Gambar mengikuti isian.")
    drawing.get_by_text("Data gambar dalam tabel").click()
    table.evaluate(TYPE, f"{HEADINGS}Antrean\t8\t\nBerkas\t4\t\nLain\t1\t\n")
    # What was opened beside the drawing stays open while it is drawn anew.
    expect(drawing.get_by_role("rowheader", name="Lain")).to_be_visible()

    page.get_by_role("button", name="Simpan", exact=True).click()
    part = page.locator("#diagram-manfaat")
    expect(part).to_contain_text("Berhasil: Diagram Pareto disimpan.")
    part.get_by_role("button", name="Hapus Diagram Pareto").click()
    expect(part).to_contain_text("dihapus. Di bawah ini dapat dikembalikan.")
    expect(part.get_by_role("link", name=re.compile("^Ubah"))).to_have_count(0)
