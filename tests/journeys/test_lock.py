"""A tablet left alone: the page hides the marks, nothing typed is lost, and the password brings back the same page."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from kbk import clock
from kbk.accounts.models import UserSession
from kbk.db import db, transaction
from kbk.demo.edition import PASSWORD
from tests.journeys.site import Site
from tests.journeys.test_judge import SAVED, field, sheet_id, status, stored, turn_to
from tests.journeys.visitor import Visitor

A_WHILE = "15:01"


def begin(judge: Visitor) -> str:
    """Sign in and open the next sheet on a page whose clock the test holds; gives the sheet's public id."""
    judge.page.clock.install()
    judge.sign_in("juri-5")
    judge.to_next_sheet()
    turn_to(judge, "Lembar nilai")
    expect(field(judge, 1)).to_be_visible()
    return sheet_id(judge)


def leave_on_the_server(site: Site) -> None:
    """Let a quarter of an hour pass on the server too."""
    ago = clock.now() - timedelta(minutes=15)
    with site.inside(), transaction():
        db.session.execute(update(UserSession).values(confirmed_at=ago, judged_at=ago))


def type_password(judge: Visitor, password: str = PASSWORD) -> None:
    box = judge.page.get_by_role("dialog")
    box.get_by_label("Kata sandi Anda").fill(password)
    box.get_by_role("button", name="Buka kunci").click()


def expect_locked(judge: Visitor) -> None:
    expect(judge.page.get_by_role("dialog", name="Lembar nilai terkunci")).to_be_visible()
    expect(judge.page.get_by_label("Kata sandi Anda")).to_be_focused()
    expect(judge.page.locator("main:visible")).to_have_count(0)
    assert judge.page.locator("input:visible").count() == 1
    assert judge.overflow() == 0


@pytest.mark.parametrize("width", [1366, 820, 390])
def test_a_page_left_alone_hides_the_marks(visit: Callable[..., Visitor], width: int) -> None:
    judge = visit(width)
    begin(judge)
    address = judge.page.url
    judge.page.clock.fast_forward("14:50")
    expect(field(judge, 1)).to_be_visible()
    judge.page.clock.fast_forward("00:20")
    expect_locked(judge)
    with judge.refused(400):
        type_password(judge, "bukan ini sama sekali")
        expect(judge.page.get_by_role("alert")).to_contain_text("Kata sandi tidak cocok")
    expect(judge.page.get_by_label("Kata sandi Anda")).to_be_focused()
    type_password(judge)
    expect(field(judge, 1)).to_be_visible()
    assert judge.page.url == address


def test_a_touch_keeps_the_page_open_and_tells_the_server(visit: Callable[..., Visitor], site: Site) -> None:
    judge = visit(1366)
    begin(judge)
    long_ago = clock.now() - timedelta(minutes=14)
    with site.inside(), transaction():
        db.session.execute(update(UserSession).values(judged_at=long_ago))
    judge.page.clock.fast_forward("14:50")
    with judge.page.expect_response(lambda answer: answer.request.method == "HEAD") as told:
        judge.page.mouse.wheel(0, 50)
    assert told.value.status == 200
    judge.page.clock.fast_forward("14:50")
    expect(field(judge, 1)).to_be_visible()
    leave_on_the_server(site)
    with judge.refused(423):
        judge.page.mouse.wheel(0, -50)
        expect_locked(judge)
    type_password(judge)
    expect(field(judge, 1)).to_be_visible()


def test_marks_typed_without_a_network_survive_the_lock(visit: Callable[..., Visitor], site: Site) -> None:
    judge = visit(820)
    public_id = begin(judge)
    with judge.offline():
        field(judge, 4).fill("6,5")
        judge.page.clock.run_for(2_000)
        expect(status(judge)).to_have_text("Belum tersimpan, mencoba lagi")
        judge.page.clock.fast_forward(A_WHILE)
        expect_locked(judge)
        type_password(judge)
        expect(judge.page.get_by_role("alert")).to_contain_text("Belum ada sambungan ke server")
        leave_on_the_server(site)
    # The page tries to save by itself as soon as there is a network, and the server asks for the password first.
    judge.page.clock.run_for(60_000)
    judge.page.wait_for_timeout(500)
    assert stored(site, public_id)[0].get("s04") != Decimal("6.5")
    assert set(judge.refusals) <= {423}
    judge.refusals.clear()
    type_password(judge)
    expect(field(judge, 4)).to_have_value("6,5")
    judge.page.clock.run_for(60_000)
    expect(status(judge)).to_have_text(SAVED)
    assert stored(site, public_id)[0]["s04"] == Decimal("6.5")


@pytest.mark.parametrize("width", [1366, 820, 390])
def test_a_judge_locks_before_leaving_and_what_was_typed_is_saved_first(
    visit: Callable[..., Visitor], site: Site, width: int
) -> None:
    judge = visit(width)
    public_id = begin(judge)
    field(judge, 2).fill("7,5")
    with judge.page.expect_response("**/kunci") as told:
        judge.page.locator("[data-lock-now]").click()
        expect_locked(judge)
    assert told.value.status == 200
    assert stored(site, public_id)[0]["s02"] == Decimal("7.5")
    with judge.refused(423):
        judge.page.reload()
        expect(judge.heading).to_have_text("Lembar nilai terkunci")
    judge.page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    judge.press("Buka kunci")
    expect(judge.heading).to_contain_text("KBK")


def test_locking_without_a_network_hides_all_tabs_and_tells_the_server_later(
    visit: Callable[..., Visitor], site: Site
) -> None:
    judge = visit(820)
    public_id = begin(judge)
    other = judge.context.new_page()
    other.goto("/juri")
    with judge.offline():
        field(judge, 3).fill("8,5")
        judge.page.locator("[data-lock-now]").click()
        expect_locked(judge)
        expect(other.locator("[data-lock]")).to_be_visible()
        judge.page.clock.run_for(10_000)
        expect(judge.page.get_by_label("Kata sandi Anda")).to_be_visible()
    # Second by second, because the page gives the save three of them before it tells of the lock.
    for _second in range(10):
        judge.page.clock.run_for(1_000)
        judge.page.wait_for_timeout(300)
    assert stored(site, public_id)[0]["s03"] == Decimal("8.5")
    assert judge.context.request.head(site.url("/juri")).status == 423
    type_password(judge)
    expect(field(judge, 3)).to_be_visible()
    expect(field(judge, 3)).to_have_value("8,5")
    judge.page.clock.run_for(20_000)
    assert judge.context.request.head(site.url("/juri")).status == 200


def test_a_browser_closed_before_the_server_was_told_is_locked_when_it_opens_again(
    visit: Callable[..., Visitor], site: Site
) -> None:
    judge = visit(820)
    begin(judge)
    address = judge.page.url
    with judge.offline():
        judge.page.locator("[data-lock-now]").click()
        expect_locked(judge)
        judge.page.close()
    judge.page = judge.context.new_page()
    with judge.page.expect_response("**/kunci"):
        judge.page.goto(address)
    expect(judge.page.get_by_role("dialog", name="Lembar nilai terkunci")).to_be_visible()
    expect(judge.page.locator("main:visible")).to_have_count(0)
    assert judge.context.request.head(site.url("/juri")).status == 423
    type_password(judge)
    expect(judge.heading).to_be_visible()
    assert judge.context.request.head(site.url("/juri")).status == 200


def test_a_locked_server_answers_no_reload(visit: Callable[..., Visitor], site: Site) -> None:
    judge = visit(390)
    begin(judge)
    address = judge.page.url
    leave_on_the_server(site)
    with judge.refused(423):
        judge.page.reload()
        expect(judge.heading).to_have_text("Lembar nilai terkunci")
    judge.page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    judge.press("Buka kunci")
    expect(judge.page).to_have_url(re.compile(re.escape(address.split("#")[0])))
    turn_to(judge, "Lembar nilai")
    expect(field(judge, 1)).to_be_visible()


def test_without_scripts_a_form_sent_while_locked_is_sent_again(
    visit: Callable[..., Visitor], site: Site
) -> None:
    judge = visit(java_script_enabled=False)
    judge.sign_in("juri-5")
    judge.to_next_sheet()
    public_id = sheet_id(judge)
    field(judge, 4).fill("5,5")
    leave_on_the_server(site)
    with judge.refused(423):
        judge.press("Simpan dan periksa")
        expect(judge.heading).to_have_text("Lembar nilai terkunci")
    judge.page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    judge.press("Buka kunci")
    judge.press("Kirim isian saya")
    expect(judge.heading).to_have_text("Periksa dan tandatangani")
    assert stored(site, public_id)[0]["s04"] == Decimal("5.5")


def test_when_the_session_has_ended_too_the_way_leads_to_signing_in(
    visit: Callable[..., Visitor], site: Site
) -> None:
    judge = visit(820)
    begin(judge)
    judge.page.clock.fast_forward(A_WHILE)
    expect_locked(judge)
    with site.inside(), transaction():
        db.session.execute(update(UserSession).values(seen_at=clock.now() - timedelta(hours=2)))
    with judge.refused(401):
        type_password(judge)
        expect(judge.page.get_by_role("alert")).to_contain_text("Sesi Anda sudah berakhir")
    judge.follow("Masuk lagi")
    expect(judge.heading).to_have_text("Masuk")


def test_the_next_blank_criterion_is_one_tap_away(visit: Callable[..., Visitor], site: Site) -> None:
    judge = visit(390)
    judge.sign_in("juri-5")
    judge.to_next_sheet()
    turn_to(judge, "Lembar nilai")
    for number in (1, 3):
        field(judge, number).fill("")
    for number in (2, 4, 5):
        field(judge, number).fill("7")
    jump = judge.page.locator("[data-next-blank]")
    expect(jump).to_contain_text("Nomor 1")
    jump.click()
    expect(judge.page.locator("#kriteria-s01")).to_be_in_viewport()
    judge.page.locator("#kriteria-s01").get_by_role("button", name="8", exact=True).click()
    expect(jump).to_contain_text("Nomor 3")
    jump.click()
    expect(judge.page.locator("#kriteria-s03")).to_be_in_viewport()
    judge.page.locator("#kriteria-s03").get_by_role("button", name="9", exact=True).click()
    expect(jump).to_be_hidden()
    expect(judge.page.locator(".sheet-total")).to_contain_text("5 dari 5 dinilai")
    expect(status(judge)).to_have_text(SAVED)
    small = judge.page.evaluate(
        """() => [...document.querySelectorAll(".sheet-form :is(button, a, input, summary):not([type=hidden])")]
            .filter((target) => target.checkVisibility() && !target.closest(".unfold-body"))
            .map((target) => [target.getBoundingClientRect(), target.textContent.trim() || target.name])
            .filter(([box]) => box.width < 44 || box.height < 44)
            .map(([box, name]) => `${name}: ${box.width} x ${box.height}`)"""
    )
    assert small == []
