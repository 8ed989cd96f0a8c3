"""What people do to pages: two tabs, double clicks, the back button."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from kbk.db import db, transaction
from kbk.demo.edition import sign_in_as
from kbk.groups.models import Group
from kbk.policy import MemberRole
from kbk.risalah.models import Risalah, Submission
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

SAVED = re.compile(r"^Tersimpan \d\d\.\d\d WIB$")


def give_sign_in(site: Site, group: str, username: str) -> None:
    """Let the group's ketua sign in with the demonstration's password."""
    with site.inside(), transaction():
        found = db.session.scalars(select(Group).where(Group.name == group)).one()
        sign_in_as(found, MemberRole.KETUA, username)


def write(page: Page, section: str, words: str) -> None:
    """Put words in the place of a section's text."""
    page.locator(f"#bagian-{section} .editor-text").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def test_second_tab_sees_both_texts_and_loses_nothing(visit: Callable[..., Visitor]) -> None:
    member = visit()
    member.sign_in("anggota")
    member.to_risalah()
    member.page.get_by_role("link", name=re.compile("Langkah 2: ")).click()
    first, second = member.page, member.context.new_page()
    second.goto(first.url)
    write(first, "target", "Tulisan tab pertama.")
    expect(first.locator("#bagian-target [data-save-status]")).to_have_text(SAVED)
    write(second, "target", "Tulisan tab kedua.")
    refusal = second.locator("#bagian-target [data-save-status]")
    expect(refusal).to_contain_text("Tekan Simpan untuk membandingkan kedua naskah.")
    member.press("Simpan Sasaran", second)
    expect(second.locator("h1")).to_have_text("Dua naskah untuk “Sasaran”")
    expect(second.locator(".panel-body > .prose")).to_have_text("Tulisan tab pertama.")
    expect(second.locator(".editor-text")).to_have_text("Tulisan tab kedua.")
    second.locator(".editor-text").click()
    second.keyboard.press("Control+End")
    second.keyboard.type(" Dan pertama.")
    member.press("Simpan naskah saya", second)
    expect(second.get_by_text("Bagian “Sasaran” disimpan.")).to_be_visible()
    second.goto(second.url.split("#")[0])
    expect(second.locator("#bagian-target .editor-text")).to_have_text("Tulisan tab kedua. Dan pertama.")
    second.locator("#bagian-target").get_by_role("link", name="Riwayat").click()
    expect(second.locator("main")).to_contain_text("Tulisan tab pertama.")
    member.allow_refusals(409, 409)


def test_double_click_hands_in_once(visit: Callable[..., Visitor], site: Site) -> None:
    give_sign_in(site, "Mina Jaya", "ketua-mina")
    member = visit()
    member.sign_in("ketua-mina")
    member.to_risalah()
    member.follow("Periksa dan serahkan")
    member.page.get_by_label("Naskah ini karya kelompok kami sendiri").check()
    member.page.get_by_role("button", name="Serahkan risalah").dblclick()
    expect(member.page.locator("h2", has_text="Tanda Terima Risalah")).to_be_visible()
    with site.inside():
        handed_in = db.session.scalars(
            select(func.count(Submission.id))
            .join(Submission.risalah)
            .join(Risalah.group)
            .where(Group.name == "Mina Jaya")
        ).one()
    assert handed_in == 2
    member.page.go_back()
    expect(member.page.locator("h2", has_text="Tanda Terima Risalah")).to_be_visible()


def test_back_button_after_sign_out_shows_nothing_private(visit: Callable[..., Visitor]) -> None:
    member = visit()
    member.sign_in("fasilitator")
    expect(member.heading).to_have_text("Tani Makmur")
    member.to_risalah()
    expect(member.heading).to_have_text("Risalah KBK Tani Makmur")
    member.sign_out()
    member.page.go_back()
    expect(member.heading).to_have_text("Masuk")
    assert "Tani Makmur" not in member.page.content()
