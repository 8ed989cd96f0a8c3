"""What the page of a step does by itself while it is written, and when the network fails."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Route, expect
from sqlalchemy import select

from kbk.db import db
from kbk.groups.models import Group
from kbk.risalah.models import Risalah, Section
from tests.journeys.site import Site
from tests.journeys.test_two_tabs import SAVED
from tests.journeys.visitor import Visitor

GROUP = "Tani Makmur"


def open_step(member: Visitor, number: int) -> None:
    member.sign_in("anggota")
    member.to_risalah()
    member.page.get_by_role("link", name=re.compile(f"Langkah {number}: ")).click()
    expect(member.heading).to_have_text(re.compile(f"^Langkah {number}: "))


def type_into(member: Visitor, section: str, words: str) -> Locator:
    """Type at the end of a section; gives the place where its saving is told."""
    part = member.page.locator(f"#bagian-{section}")
    part.locator(".editor-text").click()
    member.page.keyboard.press("Control+End")
    member.page.keyboard.type(words)
    return part.locator("[data-save-status]")


def stored(site: Site, key: str) -> str:
    with site.inside():
        found = select(Section.html).join(Section.risalah).join(Risalah.group)
        return str(db.session.scalars(found.where(Group.name == GROUP, Section.key == key)).one())


def test_step_tracker_follows_what_is_saved_by_itself(visit: Callable[..., Visitor]) -> None:
    member = visit(390)
    open_step(member, 6)
    here = member.page.locator(".steps [aria-current=step]")
    announced = member.page.locator("[data-announcer]")
    expect(here).to_contain_text("belum dimulai")
    expect(type_into(member, "perbandingan", "Dari 60 menjadi 15 menit.")).to_have_text(SAVED)
    expect(here).to_contain_text("1 bagian kosong")
    expect(announced).to_have_text("Langkah 6 belum lengkap: 1 bagian kosong.")
    expect(member.page.locator("#disimpan-perbandingan").get_by_role("link")).to_have_text(
        re.compile("^Riwayat")
    )
    # Whoever stands on a step of the tracker with the keyboard stays there while it is drawn anew.
    type_into(member, "manfaat", "Warga tidak menunggu.")
    here.get_by_role("link").focus()
    expect(announced).to_have_text("Langkah 6 selesai.")
    expect(here).to_contain_text("selesai")
    expect(here.get_by_role("link")).to_be_focused()


def test_saving_without_a_network_keeps_the_page(visit: Callable[..., Visitor], site: Site) -> None:
    member = visit()
    open_step(member, 5)
    with member.offline():
        status = type_into(member, "pelaksanaan", "Loket dibuka pukul 7.")
        member.press("Simpan Pelaksanaan")
        expect(status).to_contain_text("Tetaplah di halaman ini")
        expect(member.heading).to_have_text(re.compile("^Langkah 5: "))
    expect(status).to_have_text(SAVED)
    assert stored(site, "pelaksanaan") == "<p>Loket dibuka pukul 7.</p>"
    member.press("Simpan Pelaksanaan")
    expect(member.page.get_by_text("Bagian “Pelaksanaan” disimpan.")).to_be_visible()


def test_an_answer_that_gets_lost_is_no_conflict_with_oneself(
    visit: Callable[..., Visitor], site: Site
) -> None:
    member = visit()
    open_step(member, 4)
    lost = 0

    def lose_first(route: Route) -> None:
        nonlocal lost
        lost += 1
        if lost > 1:
            route.continue_()
        else:
            assert route.fetch().status == 200
            route.fulfill(status=502, content_type="text/html", body="<h1>Bad Gateway</h1>")

    member.page.route("**/bagian/**", lose_first)
    status = type_into(member, "alternatif", "Dua loket.")
    expect(status).to_have_text("Belum tersimpan, mencoba lagi")
    assert stored(site, "alternatif") == "<p>Dua loket.</p>"
    type_into(member, "alternatif", " Satu antrean.")
    expect(status).to_have_text(SAVED)
    expect(member.page.locator("#keadaan-alternatif")).to_contain_text("4 dari")
    assert stored(site, "alternatif") == "<p>Dua loket. Satu antrean.</p>"
    assert [fault for fault in member.faults if "502" not in fault] == []
    member.faults.clear()


def test_text_that_was_too_long_is_saved_once_it_is_shorter(
    visit: Callable[..., Visitor], site: Site
) -> None:
    member = visit()
    open_step(member, 7)
    status = type_into(member, "standar", "Panjang. ")
    expect(status).to_have_text(SAVED)
    member.page.locator("#bagian-standar textarea").evaluate(
        "field => { field.value = `<p>${'x'.repeat(200001)}</p>`; field.dispatchEvent(new Event('kbk:restored')); "
        "field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(status).to_contain_text("terlalu panjang")
    member.allow_refusals(400)
    member.page.locator("#bagian-standar .editor-text").click()
    member.page.keyboard.press("Control+a")
    member.page.keyboard.type("SOP nomor 12.")
    expect(status).to_have_text(SAVED)
    assert stored(site, "standar") == "<p>SOP nomor 12.</p>"
