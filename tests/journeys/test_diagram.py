"""A team adds a diagram to its risalah: the drawing follows the typing, and a fault is told and kept."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.test_two_tabs import SAVED
from tests.journeys.test_writing import open_step
from tests.journeys.visitor import Visitor


def cell(page: Page, heading: str, row: int) -> Locator:
    return page.get_by_role("textbox", name=f"{heading} Baris {row}", exact=True)


def fill(page: Page, row: int, name: str, count: str) -> None:
    cell(page, "Jenis", row).fill(name)
    cell(page, "Jumlah", row).fill(count)


def test_the_drawing_follows_the_typing(visit: Callable[..., Visitor]) -> None:
    member = visit(1366)
    open_step(member, 6)
    page = member.page
    page.get_by_role("link", name="Tambah diagram pada Manfaat").click()
    page.get_by_role("button", name="Pakai Diagram Pareto").click()
    expect(member.heading).to_have_text("Diagram Pareto")
    drawing, told = page.locator("#gambar"), page.locator("#kabar-gambar")
    expect(drawing).to_contain_text("Tabelnya belum diisi.")

    fill(page, 1, "Antrean", "delapan")
    expect(told).to_contain_text("Belum dapat digambar: Baris 1, kolom “Jumlah”")
    expect(cell(page, "Jumlah", 1)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-save-status]")).to_have_text(SAVED)

    fill(page, 1, "Antrean", "8")
    fill(page, 2, "Berkas", "4")
    expect(drawing.get_by_role("img")).to_be_visible()
    expect(told).to_have_text("Gambar mengikuti isian.")
    expect(cell(page, "Jumlah", 1)).not_to_have_attribute("aria-invalid", "true")
    drawing.get_by_text("Data gambar dalam tabel").click()
    fill(page, 3, "Lain", "1")
    # What was opened beside the drawing stays open while it is drawn anew.
    expect(drawing.get_by_role("rowheader", name="Lain")).to_be_visible()

    page.get_by_role("button", name="Simpan", exact=True).click()
    part = page.locator("#diagram-manfaat")
    expect(part).to_contain_text("Berhasil: Diagram Pareto disimpan.")
    part.get_by_role("button", name="Hapus Diagram Pareto").click()
    expect(part).to_contain_text("dihapus. Di bawah ini dapat dikembalikan.")
    expect(part.get_by_role("link", name=re.compile("^Ubah"))).to_have_count(0)
