"""The committee's pages about stages and rankings, and the papers that come from them."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from kbk.awards.models import PanelDecision
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from tests.awards.contest import Contest, said
from tests.cast import PEOPLE
from tests.page import Browser

Acting = Callable[[str | None], Browser]
TIED = {"A": ("90", "90"), "B": ("80", "84"), "C": ("82", "82"), "D": ("70", "70")}


def stage_url(contest: Contest, tail: str, position: int = 1) -> str:
    return f"/panitia/tahap/{contest.cast.stage(position).public_id}/{tail}"


def stages_url(contest: Contest) -> str:
    return f"/panitia/gelar/{contest.cast.competition().public_id}/tahap"


def test_stages_tell_who_is_missing_and_the_next_action(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90", "90"), "B": ("80", None)})
    page = acting_as("panitia").get(stages_url(contest))
    assert "3 dari 4 lembar nilai ditandatangani" in said(page)
    assert "Ir. Lestari Juri Lain : B" in said(page)
    assert "Tutup penilaian" in said(page)
    assert 'class="button button-primary"' not in page.text


@pytest.mark.parametrize(
    ("state", "button"),
    [("open", "Tutup penilaian"), ("closed", "Tetapkan hasil"), ("decided", "Umumkan hasil")],
)
def test_stages_put_one_action_forward(contest: Contest, acting_as: Acting, state: str, button: str) -> None:
    contest.rules(quotas={})
    contest.enter({"A": ("90", "90")})
    if state != "open":
        contest.close()
    if state == "decided":
        contest.decide()
    page = acting_as("panitia").get(stages_url(contest))
    primary = [e for e in page.tree.iter() if "button-primary" in (e.get("class") or "").split()]
    assert ["".join(e.itertext()).strip() for e in primary] == [button]


def test_stages_lead_to_the_one_whose_turn_it_is(contest: Contest, acting_as: Acting) -> None:
    panitia = acting_as("panitia")
    assert "Langkah berikutnya:" not in said(panitia.get(stages_url(contest)))
    contest.rules(1, quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("80", "80")})
    contest.finish()
    page = panitia.get(stages_url(contest))
    assert "Langkah berikutnya: Penilaian lapangan, buka penilaian" in said(page)
    assert 'href="#tahap-2"' in page.text


def test_closing_from_the_page_says_what_is_missing(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90", None)})
    panitia = acting_as("panitia")
    assert panitia.post(stage_url(contest, "tutup")).location == stages_url(contest)
    assert "Ir. Lestari Juri Lain untuk KBK A" in said(panitia.get(stages_url(contest)))
    assert contest.stage.state is StageState.OPEN


def test_closing_from_the_page_closes(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90", "90")})
    acting_as("panitia").post(stage_url(contest, "tutup"))
    assert contest.stage.state is StageState.CLOSED


def test_ranking_shows_the_exact_score_behind_the_rounded_one(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("82.33", "82.34"), "B": ("82.34", "82.34")})
    words = said(acting_as("panitia").get(stage_url(contest, "peringkat")))
    assert "Sementara" in words
    assert "Nilai tepat 82,335" in words
    # With two decimals both would be 82,34.
    assert "1 B Dinas B 82,340" in words
    assert "2 A Dinas A 82,335" in words
    assert words.index("1 B Dinas B") < words.index("2 A Dinas A")


def test_ranking_reports_the_tie_with_the_chain_that_was_tried(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2}, tie_chain=["a", "b"])
    contest.enter(TIED)
    contest.close()
    words = said(acting_as("panitia").get(stage_url(contest, "peringkat")))
    assert (
        "B dan C mempunyai nilai akhir yang sama tepat, dan garis batas 2 kelompok melewati mereka." in words
    )
    assert "Kriteria B C Akibat 1. Dampak 82,00 82,00 tetap sama 2. Penyajian 82,00 82,00 tetap sama" in words
    assert words.count("1. Dampak") == 1
    assert "Semua kriteria sudah dibandingkan, dan mereka tetap sama." in words
    assert "Menunggu keputusan" in words


def test_page_of_a_tie_shows_the_chain_once_as_a_table(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1}, tie_chain=["a", "b"])
    contest.enter({"A": (("80", "90"), ("84", "84")), "B": (("90", "75"), ("84", "84"))})
    contest.close()
    group = contest.cast.group("A").public_id
    words = said(acting_as("panitia").get(stage_url(contest, f"nilai-sama/{group}")))
    assert "Kriteria A B Akibat 1. Dampak 82,00 87,00 memisahkan" in words
    assert "2. Penyajian" not in words
    assert "aturan garis batas tahap ini meminta keputusan tertulis dewan juri" in words


def test_page_of_a_tie_says_when_there_is_no_chain(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2}, tie_chain=[])
    contest.enter(TIED)
    contest.close()
    group = contest.cast.group("B").public_id
    words = said(acting_as("panitia").get(stage_url(contest, f"nilai-sama/{group}")))
    assert "Tahap ini tidak menetapkan kriteria pemecah nilai sama." in words


def test_ranking_of_another_category_is_a_page_of_its_own(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90", "90")})
    contest.enter({"K": ("70", "70")}, category="Kelurahan")
    category = contest.cast.category("Kelurahan").public_id
    page = acting_as("panitia").get(stage_url(contest, "peringkat"), query_string={"kategori": category})
    assert ("Dinas K" in said(page), "Dinas A" in said(page)) == (True, False)


def test_ranking_of_an_empty_stage_says_so(contest: Contest, acting_as: Acting) -> None:
    words = said(acting_as("panitia").get(stage_url(contest, "peringkat", 3)))
    assert "Tahap ini belum mempunyai peserta." in words


def test_explanation_leads_from_marks_to_score(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": (("80", "90"), ("82", "82"))})
    group = contest.cast.group("A").public_id
    words = said(acting_as("panitia").get(stage_url(contest, f"rincian/{group}")))
    assert "Dampak Isi 60,00 48,00 nilai 80 / 100 49,20 nilai 82 / 100" in words
    assert "Jumlah 100,00 84,00 tepat 84 82,00 tepat 82" in words
    assert acting_as("panitia").get(stage_url(contest, "rincian/tidak-ada")).status == 404


def test_tie_is_settled_by_the_form(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    first, second = contest.cast.group("B"), contest.cast.group("C")
    url = stage_url(contest, f"nilai-sama/{first.public_id}")
    panitia = acting_as("panitia")
    assert panitia.get(url).heading == "Keputusan dewan juri untuk tempat 2"
    page = panitia.post(
        url,
        {f"position_{first.id}": "2", f"position_{second.id}": "1", "note": "BA 7/2024, dampak lebih luas"},
    )
    assert page.status == 302
    row = db.session.scalars(select(PanelDecision)).one()
    assert (row.order, row.note, row.joint) == ([second.id, first.id], "BA 7/2024, dampak lebih luas", False)
    words = said(panitia.get(page.location))
    assert "C, lalu B" in words
    assert panitia.get(url).status == 409


@pytest.mark.parametrize(
    ("first", "second", "note", "fault"),
    [
        ("1", "1", "BA 7", "Setiap kelompok harus mendapat urutan yang berbeda"),
        ("", "1", "BA 7", "Pilih urutan untuk KBK B."),
        ("1", "2", "  ", "Nomor berita acara dan pertimbangan dewan juri wajib diisi."),
        ("1", "9", "BA 7", "Pilihan ini tidak tersedia."),
        ("1", "2", "x" * 1001, "paling banyak 1000 huruf"),
    ],
)
def test_settling_form_names_what_is_wrong(
    contest: Contest, acting_as: Acting, first: str, second: str, note: str, fault: str
) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    one, two = contest.cast.group("B"), contest.cast.group("C")
    page = acting_as("panitia").post(
        stage_url(contest, f"nilai-sama/{one.public_id}"),
        {f"position_{one.id}": first, f"position_{two.id}": second, "note": note},
    )
    assert (page.status, fault in said(page)) == (400, True)
    assert db.session.scalars(select(PanelDecision)).all() == []


def test_decision_is_withdrawn_with_a_reason(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    url = f"/panitia/keputusan/{contest.settle('B', 'C')}/cabut"
    panitia = acting_as("panitia")
    assert panitia.post(url, {"reason": ""}).status == 400
    assert panitia.post(url, {"reason": "Salah catat"}).status == 302
    assert db.session.scalars(select(PanelDecision)).one().withdrawn_at is not None


def test_reopening_needs_a_reason(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90", "90")})
    contest.close()
    url = stage_url(contest, "buka-kembali")
    panitia = acting_as("panitia")
    assert panitia.post(url, {"reason": " "}).status == 400
    assert contest.stage.state is StageState.CLOSED
    assert panitia.post(url, {"reason": "Lembar tertinggal"}).location == stages_url(contest)
    assert contest.stage.state is StageState.OPEN


def test_deciding_and_publishing_ask_first_and_bear_a_double_click(
    contest: Contest, acting_as: Acting
) -> None:
    contest.rules(quotas={})
    contest.enter({"A": ("90", "90"), "B": ("80", "80")})
    contest.close()
    panitia = acting_as("panitia")
    assert "Juara I" in said(panitia.get(stage_url(contest, "tetapkan")))
    for _click in range(2):
        assert panitia.post(stage_url(contest, "tetapkan")).location == stages_url(contest)
    page = panitia.get(stage_url(contest, "umumkan"))
    assert "Hitung ulang dari nilai mentah sama dengan yang ditetapkan." in said(page)
    assert "Juara I A Dinas A" in said(page)
    for _click in range(2):
        assert panitia.post(stage_url(contest, "umumkan")).location == stages_url(contest)
    assert contest.stage.state is StageState.PUBLISHED
    assert "mungkin oleh panitia lain atau karena tombol tertekan dua kali" in said(
        panitia.get(stages_url(contest))
    )


def print_url(contest: Contest, kind: str) -> str:
    return stage_url(contest, f"peringkat/{kind}?kategori={contest.cast.category().public_id}")


def test_printed_ranking_equals_the_database(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    contest.settle("C", "B")
    contest.decide()
    answer = (
        acting_as("panitia").get(print_url(contest, "cetak") + "&nomor=BA%2F7&tanggal=2024-08-02").response
    )
    assert (
        answer.headers["Content-Disposition"]
        == "attachment; filename=peringkat-penilaian-risalah-perangkat-daerah.pdf"
    )
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    text = pdf_text(answer.data)
    answer.close()
    for line in (
        "Nomor: BA/7",
        "1 A Dinas A 90,00 90,00 90,00 Lolos",
        "2 C Dinas C 82,00 82,00 82,00 Lolos",
        "3 B Dinas B 80,00 84,00 82,00 Cadangan",
        "4 D Dinas D 70,00 70,00 70,00 Cadangan",
        "Diputuskan tertulis oleh dewan juri: BA 12/2024",
        PEOPLE["juri"],
        PEOPLE["juri-lain"],
    ):
        assert line in text


@pytest.mark.parametrize("closed", [False, True])
def test_a_ranking_that_is_not_decided_says_so_and_is_not_signed(
    contest: Contest, acting_as: Acting, closed: bool
) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("70", "70"), "C": ("60", "60" if closed else None)})
    if closed:
        contest.close()
    panitia = acting_as("panitia")
    answer = panitia.get(print_url(contest, "cetak") + "&nomor=BA%2F7&tanggal=2030-08-02").response
    text = pdf_text(answer.data)
    answer.close()
    why, places = (
        ("Penilaian sudah ditutup, tetapi hasilnya belum ditetapkan.", ["Lolos", "Cadangan"])
        if closed
        else ("Penilaian masih berlangsung: 1 lembar nilai belum ditandatangani.", ["Pasti lolos"])
    )
    assert "PERINGKAT SEMENTARA" in text
    assert f"{why} Urutan ini dapat berubah; bukan untuk ditandatangani atau diumumkan." in text
    assert all(word in text for word in places)
    unwanted = (
        "ditetapkan di",
        "BA/7",
        "Nomor:",
        "2030",
        "Dewan Juri",
        "Mengetahui",
        "kode QR",
        PEOPLE["juri"],
    )
    assert [word for word in unwanted if word in text] == []
    assert "· belum ditetapkan" in text
    answer = panitia.get(print_url(contest, "excel")).response
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_name("Peringkat").to_python()
    answer.close()
    assert str(book[3][0]).startswith(why)
    assert str(book[4][0]).startswith("Keadaan pada ")


def pdf_text(pdf: bytes) -> str:
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def test_ranking_workbook_equals_the_database(contest: Contest, acting_as: Acting, tmp_path: Path) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    with transaction():
        contest.cast.competition().name = "=1+1"
    contest.enter({"A": ("90", "90"), "=cmd|' /C calc'!A0": ("82.33", "82.34"), "C": ("70", "70")})
    contest.close()
    contest.decide()
    answer = acting_as("panitia").get(print_url(contest, "excel")).response
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    answer.close()
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    named = {row[1]: row for row in rows if len(row) > 5 and row[1] in {"A", "=cmd|' /C calc'!A0", "C"}}
    assert {name: (row[0], row[5]) for name, row in named.items()} == {
        "A": (1, 90),
        "=cmd|' /C calc'!A0": (2, 82.335),
        "C": (3, 70),
    }


@pytest.mark.parametrize("query", ["", "kategori=tidak-ada"])
def test_printing_an_unknown_category_is_not_found(contest: Contest, acting_as: Acting, query: str) -> None:
    contest.enter({"A": ("90", "90")})
    assert acting_as("panitia").get(stage_url(contest, f"peringkat/cetak?{query}")).status == 404


def test_printing_with_a_wrong_date_names_the_fault(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90", "90")})
    page = acting_as("panitia").get(print_url(contest, "cetak") + "&tanggal=besok")
    assert (page.status, "Tanggal tidak dikenali. Contoh: 2024-08-02." in said(page)) == (400, True)


@pytest.mark.parametrize("who", [None, "pengguna", "ketua", "juri"])
def test_nobody_but_the_committee_sees_rankings(contest: Contest, acting_as: Acting, who: str | None) -> None:
    contest.enter({"A": ("90", "90")})
    browser = acting_as(who)
    for url in (stages_url(contest), stage_url(contest, "peringkat"), print_url(contest, "cetak")):
        assert browser.get(url).status == (403 if who else 302)
    for tail in ("tutup", "tetapkan", "umumkan"):
        assert browser.post(stage_url(contest, tail)).status == (403 if who else 401)
    assert contest.stage.state is StageState.OPEN
