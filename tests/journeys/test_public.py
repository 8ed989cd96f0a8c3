"""What everybody may see works without scripts, and so does signing in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.contest import places
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

EDITION = "Gelar Budaya Kerja Kota Semarang 2024"


@pytest.mark.parametrize("width", [1366, 390])
def test_public_pages_work_without_scripts(visit: Callable[..., Visitor], site: Site, width: int) -> None:
    visitor = visit(width, java_script_enabled=False)
    visitor.open("/")
    expect(visitor.heading).to_have_text("Gelar Budaya Kerja")
    visitor.follow("Jadwal dan aturan")
    expect(visitor.heading).to_have_text(EDITION)
    visitor.page.locator("summary").first.click()
    expect(visitor.page.locator("details[open] li").first).to_be_visible()
    visitor.follow("Lihat hasil")
    expect(visitor.heading).to_have_text(f"Hasil {EDITION}")
    offices = visitor.page.locator(".board", has_text="Perangkat Daerah").locator(".board-names strong")
    advanced = [place.group for place in places(site, 1, "Perangkat Daerah") if place.advanced]
    assert sorted(offices.all_inner_texts()) == sorted(advanced)
    visitor.follow("Periksa keasliannya")
    visitor.page.get_by_label("Kode piagam").fill("salah")
    with visitor.refused(400):
        visitor.page.locator("main form button").click()
        expect(visitor.page.locator("main")).to_contain_text("Kode terdiri atas 16 huruf")
    visitor.sign_in("ketua")
    expect(visitor.heading).to_have_text("Adminduk Sigap")
