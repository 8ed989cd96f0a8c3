"""An organiser brings the contest from the last missing signature to certificates that can be checked."""

import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from python_calamine import CalamineWorkbook

from kbk.competitions.rules import slug
from tests.journeys.contest import Place, judge_final, places, sign_all_but_one
from tests.journeys.site import Site, serve
from tests.journeys.visitor import Visitor

EDITION = "Gelar Budaya Kerja Kota Semarang 2024"
SECOND, FINAL = "Penilaian lapangan", "Gelar budaya kerja"
OFFICES, KELURAHAN = "Perangkat Daerah", "Kelurahan"
TIED = ("Pasar Bersih", "Sehat Bersama")
NOTE = "Berita acara 2/DJ/2024: manfaat Pasar Bersih lebih luas bagi warga."
LAST_SHEET = ("juri-5", "Kota Lama")
FINALISTS = 6


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Iterator[Site]:
    """An installation of its own, for the contest itself is told on."""
    with serve(prepared, tmp_path / "data") as own:
        yield own
        assert own.troubles() == []


def text_of(pdf: Path) -> str:
    """The text of a PDF, laid out as on the page."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def stage_card(organiser: Visitor, position: int) -> Locator:
    return organiser.page.locator(f"#tahap-{position}")


def to_stages(organiser: Visitor) -> None:
    organiser.open("/panitia")
    organiser.follow(EDITION)
    organiser.menu("Tahap & peringkat")


def sign_last_sheet(judge: Visitor) -> None:
    judge.sign_in(LAST_SHEET[0])
    expect(judge.page.locator(".next-step h2")).to_have_text(f"KBK {LAST_SHEET[1]}")
    judge.follow("Periksa dan tandatangani")
    judge.press("Tandatangani dan kunci")
    expect(judge.page.locator(".next-step")).to_have_count(0)


def close(organiser: Visitor, position: int, stage: str) -> None:
    stage_card(organiser, position).get_by_role("button", name="Tutup penilaian").click()
    organiser.agree("Tutup penilaian")
    expect(organiser.page.get_by_text(f"Penilaian tahap {stage} telah ditutup.")).to_be_visible()


def settle(organiser: Visitor) -> None:
    """The tie at the cut line stops the decision until the panel's word is written down."""
    stage_card(organiser, 2).get_by_role("link", name="Lihat peringkat").click()
    tie = organiser.page.locator(".callout", has_text="Nilai sama pada tempat 6")
    expect(tie).to_contain_text(
        "Pasar Bersih dan Sehat Bersama mempunyai nilai akhir yang sama tepat, dan garis batas 6 kelompok "
        "melewati mereka."
    )
    tie.locator("summary").click()
    expect(tie.get_by_role("row", name="1. Hasil dan manfaat nyata")).to_have_count(1)
    expect(tie.get_by_text("Semua kriteria sudah dibandingkan, dan mereka tetap sama.")).to_be_visible()
    organiser.follow("Catat keputusan dewan juri")
    organiser.page.get_by_label("KBK Pasar Bersih").select_option("Urutan 1")
    organiser.page.get_by_label("KBK Sehat Bersama").select_option("Urutan 1")
    organiser.page.get_by_label("Nomor berita acara dan pertimbangan dewan juri").fill(NOTE)
    with organiser.refused(400):
        organiser.press("Catat keputusan")
        expect(organiser.page.locator(".error-summary")).to_contain_text("ada urutan yang dipakai dua kali")
    expect(organiser.page.get_by_label("Nomor berita acara dan pertimbangan dewan juri")).to_have_value(NOTE)
    organiser.page.get_by_label("KBK Sehat Bersama").select_option("Urutan 2")
    organiser.press("Catat keputusan")
    expect(organiser.page.locator(".decisions")).to_contain_text(NOTE)


def decide_and_publish(organiser: Visitor, position: int, stage: str) -> None:
    stage_card(organiser, position).get_by_role("link", name="Tetapkan hasil").click()
    organiser.press("Tetapkan hasil")
    expect(organiser.page.get_by_text(f"Hasil tahap {stage} telah ditetapkan.")).to_be_visible()
    stage_card(organiser, position).get_by_role("link", name="Umumkan hasil").click()
    expect(
        organiser.page.get_by_text("Hitung ulang dari nilai mentah sama dengan yang ditetapkan.")
    ).to_be_visible()
    organiser.press("Umumkan sekarang")
    expect(organiser.page.get_by_text(f"Hasil tahap {stage} telah diumumkan.")).to_be_visible()


def print_and_compare(organiser: Visitor, position: int, decided: list[Place], folder: Path) -> None:
    """The ranking as PDF and as Excel says what the database says."""
    stage_card(organiser, position).get_by_role("link", name="Lihat peringkat").click()
    organiser.page.locator("summary", has_text="Cetak peringkat").click()
    with organiser.page.expect_download() as pdf:
        organiser.press("Unduh PDF")
    pdf.value.save_as(folder / "peringkat.pdf")
    printed = re.findall(r"^ *(\d+) {2,}(\S+(?: \S+)*) {2,}", text_of(folder / "peringkat.pdf"), re.MULTILINE)
    assert printed == [(str(place.place), place.group) for place in decided]
    with organiser.page.expect_download() as workbook:
        organiser.press("Unduh Excel")
    workbook.value.save_as(folder / "peringkat.xlsx")
    rows = (
        CalamineWorkbook.from_path(folder / "peringkat.xlsx").get_sheet_by_name("Peringkat").to_python()[7:]
    )
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (place.place, place.group, place.unit) for place in decided
    ]


def make_certificates(organiser: Visitor, awarded: int, folder: Path) -> list[Path]:
    """Let the worker make them while the page tells how far it is, and take all of them home."""
    organiser.menu("Piagam")
    organiser.page.get_by_label("Tanggal pada piagam").fill("2024-08-02")
    organiser.press("Buat piagam yang belum ada")
    expect(organiser.page.get_by_text("Pembuatan piagam telah dimulai.")).to_be_visible()
    expect(organiser.page.locator(".job")).to_contain_text(f"{awarded} piagam dibuat.", timeout=90_000)
    expect(
        organiser.page.get_by_text(f"{awarded} penghargaan ditetapkan, {awarded} piagam berlaku.")
    ).to_be_visible()
    with organiser.page.expect_download() as archive:
        organiser.follow("Unduh semua (zip)")
    with zipfile.ZipFile(BytesIO(archive.value.path().read_bytes())) as papers:
        papers.extractall(folder / "piagam")
    return sorted((folder / "piagam").iterdir())


def check_certificate(visitor: Visitor, paper: Path, winner: Place) -> None:
    """What is printed leads to the page that says it is valid."""
    text = text_of(paper)
    assert winner.unit in " ".join(text.split())
    address = re.search(rf"{re.escape(visitor.site.address)}/periksa/[\w-]{{16}}", text)
    assert address is not None
    visitor.page.goto(address[0])
    expect(visitor.heading).to_have_text("Piagam ini tercatat dan berlaku")
    expect(visitor.page.locator(".check-card")).to_contain_text(f"KBK {winner.group}")
    expect(visitor.page.locator(".check-card")).to_contain_text(winner.award)


def test_organiser_finishes_the_contest(visit: Callable[..., Visitor], site: Site, tmp_path: Path) -> None:
    sign_all_but_one(site, *LAST_SHEET)
    organiser, judge, public = visit(), visit(), visit(390)
    organiser.sign_in("panitia")
    to_stages(organiser)
    waiting = stage_card(organiser, 2).locator("details", has_text="1 lembar belum ditandatangani")
    expect(waiting).to_contain_text("Kota Lama")
    sign_last_sheet(judge)
    to_stages(organiser)
    close(organiser, 2, SECOND)
    settle(organiser)
    organiser.menu("Tahap & peringkat")
    decide_and_publish(organiser, 2, SECOND)
    second = places(site, 2, OFFICES)
    assert [place.group for place in second if place.place in {6, 7}] == list(TIED)
    assert sum(place.advanced for place in second) == FINALISTS
    print_and_compare(organiser, 2, second, tmp_path)

    judge_final(site)
    organiser.menu("Tahap & peringkat")
    close(organiser, 3, FINAL)
    decide_and_publish(organiser, 3, FINAL)
    final, kelurahan = places(site, 3, OFFICES), places(site, 2, KELURAHAN)
    winners = [place for place in (*final, *kelurahan) if place.award]
    papers = make_certificates(organiser, len(winners), tmp_path)
    assert sorted(paper.name.rsplit("-", 1)[0] for paper in papers) == sorted(
        slug(f"{place.award} {place.group} {place.unit}") for place in winners
    )

    public.open("/")
    public.follow("Lihat hasil")
    expect(public.page.locator(".laureate-name")).to_have_text([place.group for place in winners])
    best = next(
        paper for paper in papers if paper.name.startswith(slug(f"{final[0].award} {final[0].group}"))
    )
    check_certificate(public, best, final[0])
