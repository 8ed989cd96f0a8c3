"""A judge's way through a sheet: reading, marking, losing the network, signing, going on to the next one."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Route, expect
from sqlalchemy import select, update

from kbk import clock
from kbk.accounts.models import UserSession
from kbk.db import db, transaction
from kbk.demo.edition import PASSWORD
from kbk.judging.models import Sheet
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

CRITERIA = (
    "Masalah dan sasaran yang jelas",
    "Analisis berdasarkan data",
    "Hasil dan manfaat nyata",
    "Pembakuan dan kelanjutan",
    "Kejelasan penyampaian",
)
COMMENT = "Perluas penerapannya ke unit lain."
WRONG = "Kejelasan penyampaian: nilai 11 di luar rentang 1 sampai 10."
SAVED = re.compile(r"^Tersimpan \d\d\.\d\d WIB$")


def field(judge: Visitor, number: int) -> Locator:
    """The field of a criterion, counted from 1."""
    return judge.page.get_by_label(f"{number}. {CRITERIA[number - 1]}")


def status(judge: Visitor) -> Locator:
    """Where the sheet says whether it is saved."""
    return judge.page.locator("#lembar-nilai [data-save-status]")


def offered(judge: Visitor) -> str:
    """The name of the group whose sheet is offered as the next one."""
    return judge.page.locator(".next-step h2").inner_text()


def sheet_id(judge: Visitor) -> str:
    return judge.page.url.split("/lembar/")[1].split("/")[0].split("#")[0]


def stored(site: Site, public_id: str) -> tuple[dict[str, Decimal], str, bool]:
    """Marks, comment and whether it is signed, as the database has them."""
    with site.inside():
        sheet = db.session.scalars(select(Sheet).where(Sheet.public_id == public_id)).one()
        return (
            {mark.criterion: mark.value for mark in sheet.marks},
            sheet.comment,
            sheet.signed_at is not None,
        )


def turn_to(judge: Visitor, part: str) -> None:
    """Show risalah or sheet; on a wide screen they stand side by side."""
    tab = judge.page.locator(".sheet-tabs").get_by_role("link", name=part)
    if tab.is_visible():
        tab.click()


def type_marks(judge: Visitor) -> None:
    """Five marks, the last one off the scale: it is refused beside its field."""
    for number, mark in enumerate(("8,5", "9", "7,5", "8", "11"), 1):
        field(judge, number).fill(mark)
    expect(judge.page.locator("#kriteria-s05 .field-error")).to_have_text(WRONG)
    expect(status(judge)).to_have_text("Belum semua tersimpan; perbaiki isian bertanda merah")
    expect(field(judge, 5)).to_have_value("11")


def mark_without_network(judge: Visitor) -> None:
    """What is typed while the network is away arrives once it is back, without pressing anything."""
    with judge.offline():
        field(judge, 5).fill("9")
        judge.page.get_by_label("Catatan untuk tim").fill(COMMENT)
        expect(status(judge)).to_have_text("Belum tersimpan, mencoba lagi")
    expect(status(judge)).to_have_text(SAVED)
    expect(judge.page.locator("#kriteria-s05 .field-error")).to_have_count(0)
    expect(judge.page.locator(".sheet-total")).to_contain_text("82,75 dari 100")


def sign(judge: Visitor, group: str) -> None:
    judge.press("Simpan dan periksa")
    expect(judge.heading).to_have_text("Periksa dan tandatangani")
    expect(judge.page.locator(".sheet-sum")).to_have_text("82,75 dari 100")
    assert judge.overflow() == 0
    judge.press("Tandatangani dan kunci")
    expect(judge.page.get_by_text(f"Nilai untuk {group} telah ditandatangani dan dikunci.")).to_be_visible()


@pytest.mark.parametrize("width", [1366, 820, 390])
def test_judge_marks_and_signs(visit: Callable[..., Visitor], site: Site, width: int) -> None:
    judge = visit(width)
    judge.sign_in("juri-5")
    group = offered(judge)
    judge.to_next_sheet()
    expect(judge.heading).to_have_text(group)
    turn_to(judge, "Risalah")
    expect(judge.page.locator(".reading-title")).to_be_visible()
    turn_to(judge, "Lembar nilai")
    public_id = sheet_id(judge)
    comment = stored(site, public_id)[1]
    assert judge.overflow() == 0
    type_marks(judge)
    four = {"s01": Decimal("8.5"), "s02": Decimal(9), "s03": Decimal("7.5"), "s04": Decimal(8)}
    assert stored(site, public_id) == (four, comment, False)
    mark_without_network(judge)
    assert stored(site, public_id) == (four | {"s05": Decimal(9)}, COMMENT, False)
    sign(judge, group)
    assert stored(site, public_id) == (four | {"s05": Decimal(9)}, COMMENT, True)
    assert offered(judge) != group
    judge.open(f"/juri/lembar/{public_id}")
    expect(judge.page.locator("#nilai .callout-title")).to_have_text("Ditandatangani")
    expect(judge.page.locator("#nilai input")).to_have_count(0)
    judge.menu("Lembar nilai saya")
    expect(judge.heading).to_have_text("Lembar nilai saya")


def test_judge_signs_without_scripts(visit: Callable[..., Visitor], site: Site) -> None:
    judge = visit(java_script_enabled=False)
    judge.sign_in("juri-5")
    group = offered(judge)
    judge.to_next_sheet()
    public_id = sheet_id(judge)
    comment = stored(site, public_id)[1]
    for number in range(1, 6):
        field(judge, number).fill("7,5")
    field(judge, 3).fill("1e9")
    with judge.refused(400):
        judge.press("Simpan dan periksa")
        expect(judge.page.locator("#salah-s03")).to_have_text(
            "Nilai ditulis lengkap, tanpa pangkat seperti 1e9."
        )
    expect(field(judge, 3)).to_have_value("1e9")
    field(judge, 3).fill("8")
    judge.press("Simpan dan periksa")
    judge.press("Tandatangani dan kunci")
    expect(judge.page.get_by_text(f"Nilai untuk {group} telah ditandatangani dan dikunci.")).to_be_visible()
    half = Decimal("7.5")
    marks = {"s01": half, "s02": half, "s03": Decimal(8), "s04": half, "s05": half}
    assert stored(site, public_id) == (marks, comment, True)


def test_judge_loses_nothing_when_the_session_ends_while_typing(
    visit: Callable[..., Visitor], site: Site
) -> None:
    judge = visit(820)
    judge.sign_in("juri-5")
    offered(judge)
    judge.to_next_sheet()
    turn_to(judge, "Lembar nilai")
    public_id = sheet_id(judge)
    with site.inside(), transaction():
        db.session.execute(update(UserSession).values(seen_at=clock.now() - timedelta(hours=2)))
    with judge.refused(401):
        field(judge, 1).fill("6,5")
        expect(status(judge)).to_contain_text("Sesi Anda sudah berakhir")
    judge.follow("Masuk lagi")
    judge.page.get_by_label("Nama masuk").fill("juri-5")
    judge.page.get_by_label("Kata sandi").fill(PASSWORD)
    judge.press("Masuk")
    turn_to(judge, "Lembar nilai")
    judge.press("Pulihkan isian")
    expect(field(judge, 1)).to_have_value("6,5")
    expect(status(judge)).to_have_text(SAVED)
    assert stored(site, public_id)[0]["s01"] == Decimal("6.5")


def test_without_a_network_the_judge_stays_before_the_sheet(
    visit: Callable[..., Visitor], site: Site
) -> None:
    judge = visit(820)
    judge.sign_in("juri-5")
    judge.to_next_sheet()
    turn_to(judge, "Lembar nilai")
    address, public_id = judge.page.url, sheet_id(judge)
    unreached = judge.page.locator("[data-unreached]")
    with judge.offline():
        field(judge, 1).fill("6,5")
        judge.press("Simpan dan periksa")
        expect(unreached).to_be_visible()
        judge.follow("Saya tidak dapat menilai kelompok ini")
        judge.follow("Lembar nilai saya")
        expect(unreached).to_contain_text("Anda tetap di halaman ini")
        assert judge.page.url == address
        expect(field(judge, 1)).to_have_value("6,5")
        assert judge.overflow() == 0
    expect(unreached).to_be_hidden()
    judge.press("Simpan dan periksa")
    expect(judge.heading).to_have_text("Periksa dan tandatangani")
    assert stored(site, public_id)[0]["s01"] == Decimal("6.5")


def test_a_signature_without_a_network_is_given_when_there_is_one(visit: Callable[..., Visitor]) -> None:
    judge = visit(390)
    judge.sign_in("juri-5")
    group = offered(judge)
    judge.to_next_sheet()
    turn_to(judge, "Lembar nilai")
    for number in range(1, 6):
        field(judge, number).fill("8")
    judge.press("Simpan dan periksa")
    expect(judge.heading).to_have_text("Periksa dan tandatangani")
    with judge.offline():
        judge.press("Tandatangani dan kunci")
        expect(judge.page.locator("[data-unreached]")).to_be_visible()
        expect(judge.heading).to_have_text("Periksa dan tandatangani")
    judge.press("Tandatangani dan kunci")
    expect(judge.page.get_by_text(f"Nilai untuk {group} telah ditandatangani dan dikunci.")).to_be_visible()


def test_a_save_whose_answer_is_lost_is_no_conflict_with_oneself(
    visit: Callable[..., Visitor], site: Site
) -> None:
    judge = visit(820)
    judge.sign_in("juri-5")
    judge.to_next_sheet()
    turn_to(judge, "Lembar nilai")
    public_id = sheet_id(judge)
    lost = 0

    def lose(route: Route) -> None:
        nonlocal lost
        route.fetch()
        lost += 1
        route.abort("connectionreset")

    judge.page.route("**/simpan", lose)
    judge.is_offline = True
    field(judge, 1).fill("5,5")
    expect(status(judge)).to_have_text("Belum tersimpan, mencoba lagi")
    field(judge, 2).fill("6,5")
    judge.page.wait_for_timeout(2_500)
    assert lost >= 2
    judge.page.unroute("**/simpan")
    judge.is_offline = False
    field(judge, 3).fill("7,5")
    expect(status(judge)).to_have_text(SAVED)
    marks = stored(site, public_id)[0]
    assert [marks[name] for name in ("s01", "s02", "s03")] == [Decimal("5.5"), Decimal("6.5"), Decimal("7.5")]
