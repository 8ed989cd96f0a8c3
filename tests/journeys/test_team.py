"""A team's way from the invitation to the receipt, and once more after the committee has sent the risalah back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from kbk.db import db
from kbk.groups.models import Group
from kbk.risalah.models import Risalah
from tests.journeys.materials import pdf, photo, text_called_pdf, workbook
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

EDITION = "Gelar Budaya Kerja Kota Semarang 2024"
GROUPS = {1366: "Muda Berlari", 390: "Tanggap Tugu"}
PASSWORD = "perahu layar biru senja"
REASON = "Langkah 6 belum memuat data sesudah perbaikan."
STEPS = 7
SAVED = re.compile(r"^Tersimpan \d\d\.\d\d WIB$")


def extend_deadline(organiser: Visitor, group: str) -> None:
    organiser.open("/panitia")
    organiser.follow(EDITION)
    organiser.menu("Kelompok")
    organiser.search(group)
    organiser.follow(group)
    organiser.follow("Perpanjang batas")
    organiser.page.get_by_label("Batas baru").fill("2099-12-31T16:00")
    organiser.page.get_by_label("Alasan").fill("Ketua baru dilantik.")
    organiser.press("Perpanjang")
    expect(organiser.page.locator(".callout-warning")).to_contain_text("Alasan: Ketua baru dilantik.")


def invite(organiser: Visitor, group: str) -> str:
    """The link as the organiser copies it."""
    organiser.menu("Undangan")
    organiser.search(group)
    organiser.page.get_by_role("button", name=re.compile("^Undang (?!.*ketua)")).click()
    expect(organiser.heading).to_contain_text("Undangan untuk")
    organiser.context.grant_permissions(["clipboard-read", "clipboard-write"])
    organiser.press("Salin tautan undangan")
    expect(organiser.page.locator("[data-announcer]")).to_have_text("Tersalin.")
    return str(organiser.page.evaluate("navigator.clipboard.readText()"))


def accept(member: Visitor, link: str, username: str, group: str) -> None:
    member.page.goto(link)
    expect(member.heading).to_have_text("Selamat datang")
    member.page.get_by_label("Nama masuk").fill(username)
    member.page.get_by_label("Kata sandi baru").fill(PASSWORD)
    member.page.get_by_label("Ulangi kata sandi").fill(PASSWORD)
    member.press("Simpan dan masuk")
    expect(member.heading).to_have_text(group)


def complete_profile(member: Visitor) -> None:
    member.follow("Lengkapi profil")
    member.page.get_by_label("Arti nama").fill("Bergerak cepat bersama warga.")
    member.page.get_by_label("Moto").fill("Cepat dan tepat")
    member.page.get_by_label("Tanggal pembentukan").fill("2024-01-08")
    member.page.get_by_label("Nomor SK pembentukan").fill("061.1/12/2024")
    member.press("Simpan profil")
    expect(member.page.get_by_text("8 Januari 2024")).to_be_visible()


def write_with_the_editor(member: Visitor) -> None:
    """The first section: bold words, a table, a picture; all of it saved without pressing anything."""
    part = member.page.locator("#bagian-masalah")
    part.locator(".editor-text").click()
    member.page.keyboard.type("Warga menunggu ")
    part.get_by_role("button", name="Tebal").click()
    member.page.keyboard.type("60 menit")
    member.page.keyboard.press("Enter")
    with member.page.expect_file_chooser() as chooser:
        part.get_by_role("button", name="Sisipkan gambar").click()
    chooser.value.set_files([photo()])
    expect(part.locator(".editor-text img[alt='foto loket']")).to_be_visible()
    member.page.keyboard.type("Loket pada pagi hari.")
    part.get_by_role("button", name="Sisipkan tabel").click()
    member.page.keyboard.type("Masalah")
    expect(part.locator("[data-save-status]")).to_have_text(SAVED)


def write_rest_of_step(member: Visitor, step: int) -> None:
    """Every required section that is still empty; the page saves by itself."""
    unwritten = member.page.locator(".risalah-part", has_text="Belum diisi")
    # By their ids, because a part's badge tells how much stands in it as soon as that is saved.
    empty = [
        member.page.locator(f"#{place}")
        for place in unwritten.evaluate_all("parts => parts.map(part => part.id)")
    ]
    for part in empty:
        part.locator(".editor-text").click()
        member.page.keyboard.type(f"Uraian langkah {step}.")
    for part in empty:
        expect(part.locator("[data-save-status]")).to_have_text(SAVED)
        expect(part.locator("[id^=keadaan-]")).to_contain_text("3 dari sekitar")


def attach(member: Visitor) -> None:
    files = member.page.locator("#berkas")
    for upload in (pdf(), workbook()):
        files.locator("input[type=file]").set_input_files([upload])
        files.get_by_role("button", name="Unggah").click()
        expect(member.page.get_by_text(f"Berkas “{upload['name']}” ditambahkan.")).to_be_visible()
    with member.refused(400):
        files.locator("input[type=file]").set_input_files([text_called_pdf()])
        files.get_by_role("button", name="Unggah").click()
        expect(files.locator(".error-summary")).to_contain_text(
            "Berkas “notulen.pdf” berakhiran .pdf, tetapi isinya tidak dikenal. "
            "Simpan ulang sebagai .pdf dari aplikasi asalnya, lalu unggah lagi."
        )
    expect(files.locator(".file-name")).to_have_text(["SK pembentukan.pdf", "Lembar periksa.xlsx"])


def see_what_is_missing(member: Visitor) -> None:
    """The workplace names the next empty step, and the way to it."""
    member.follow("Risalah")
    expect(member.page.locator(".next-step h2")).to_have_text("Tulis langkah 4: Merencanakan perbaikan")
    expect(member.page.locator(".next-step")).to_contain_text(
        "Masih kosong: Pilihan perbaikan; Rencana perbaikan (5W+1H)."
    )
    expect(member.page.get_by_text("3 dari 7 langkah lengkap")).to_be_visible()
    member.page.get_by_role("link", name=re.compile("Langkah 3: ")).click()


def hand_in(member: Visitor, number: int) -> None:
    member.follow("Periksa dan serahkan")
    member.page.get_by_label("Naskah ini karya kelompok kami sendiri").check()
    member.press("Serahkan risalah")
    expect(member.page.locator("h2", has_text="Tanda Terima Risalah")).to_be_visible()
    expect(member.page.locator(".receipt-number")).to_have_text(
        re.compile(rf"^Nomor 2024/[\w-]{{16}}/{number}$")
    )


def send_back(organiser: Visitor, group: str) -> None:
    organiser.menu("Kelompok")
    organiser.search(group)
    organiser.follow(group)
    organiser.to_risalah()
    organiser.follow("Baca seluruhnya")
    expect(organiser.page.locator(".reading-sheet img[alt='foto loket']")).to_be_visible()
    organiser.follow("Kembalikan untuk perbaikan")
    organiser.page.get_by_label("Alasan dan yang harus diperbaiki").fill(REASON)
    organiser.press("Kembalikan risalah")
    expect(organiser.page.get_by_text(f"Risalah {group} dikembalikan untuk diperbaiki.")).to_be_visible()


def hand_in_again(member: Visitor) -> None:
    member.follow("Kembali ke risalah")
    expect(member.page.locator(".risalah-reason")).to_have_text(REASON)
    member.page.get_by_role("link", name=re.compile("Langkah 6: ")).click()
    part = member.page.locator("#bagian-perbandingan")
    part.locator(".editor-text").click()
    member.page.keyboard.press("Control+End")
    member.page.keyboard.type(" Kini 15 menit.")
    expect(part.locator("[data-save-status]")).to_have_text(SAVED)
    member.follow("Risalah")
    hand_in(member, 2)


def check_stored(site: Site, group: str) -> None:
    """What the editor made has arrived letter by letter, and both hand-ins are kept."""
    with site.inside():
        found = db.session.scalars(select(Risalah).join(Risalah.group).where(Group.name == group)).one()
        written = {section.key: section.html for section in found.sections}
        picture = next(file for file in found.attachments if file.filename == "foto loket.png")
        assert written["masalah"] == (
            "<p>Warga menunggu <strong>60 menit</strong></p>"
            f'<img src="/berkas/{picture.public_id}" alt="foto loket"><p>Loket pada pagi hari.</p>'
            f"{table('Masalah')}"
        )
        assert written["perbandingan"] == "<p>Uraian langkah 6. Kini 15 menit.</p>"
        assert [submission.number for submission in found.submissions] == [1, 2]
        assert [bool(submission.returned_at) for submission in found.submissions] == [True, False]


def table(first: str) -> str:
    """The editor's new table with one cell written."""
    head = f"<tr><th><p>{first}</p></th><th><p></p></th><th><p></p></th></tr>"
    row = "<tr><td><p></p></td><td><p></p></td><td><p></p></td></tr>"
    return f"<table><tbody>{head}{row}{row}</tbody></table>"


@pytest.mark.parametrize("width", [1366, 390])
def test_team_hands_in_and_hands_in_again(visit: Callable[..., Visitor], site: Site, width: int) -> None:
    group = GROUPS[width]
    organiser, member = visit(width), visit(width)
    organiser.sign_in("panitia")
    extend_deadline(organiser, group)
    accept(member, invite(organiser, group), f"ketua-{width}", group)
    complete_profile(member)

    member.to_risalah()
    member.press("Mulai menulis")
    member.page.get_by_label("Judul risalah").fill("Menurunkan waktu tunggu dari 60 menit menjadi 15 menit")
    member.press("Simpan judul")
    expect(member.page.get_by_text("Judul disimpan.")).to_be_visible()
    attach(member)
    member.follow("Lanjutkan menulis")
    write_with_the_editor(member)
    for step in range(1, STEPS + 1):
        expect(member.heading).to_have_text(re.compile(f"^Langkah {step}: "))
        write_rest_of_step(member, step)
        if step == 3:
            see_what_is_missing(member)
        assert member.overflow() == 0
        if step < STEPS:
            member.page.get_by_role("link", name=re.compile(f"^Langkah {step + 1}: ")).last.click()
    hand_in(member, 1)
    send_back(organiser, group)
    hand_in_again(member)
    check_stored(site, group)
