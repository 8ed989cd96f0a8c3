"""The berita acara of a stage: from the locked stage to a kept file that says what the database says."""

import re
import subprocess
from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import select

from kbk.audit.models import AuditRow
from kbk.awards import minutes_issuing, queries
from kbk.awards.minutes_printing import MinutesInput, marks_fingerprint, usual_input
from kbk.awards.models import Minutes, Standing
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.errors import Conflict, InvalidInput, NotAllowed
from kbk.indonesian import format_decimal
from kbk.judging.models import Mark
from kbk.web.storage import store
from tests.awards.contest import NOW, PANITIA, Contest, said
from tests.cast import PEOPLE
from tests.page import Browser

Acting = Callable[[str | None], Browser]
FIELD = {"A": ("90", "90"), "B": ("80", "84"), "C": ("82", "82"), "D": ("70", "70")}
GIVEN = MinutesInput("BA/7/2024", date(2024, 8, 2), "Balai Kota")


def text_of(pdf: bytes) -> str:
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def url(contest: Contest, tail: str = "", position: int = 1) -> str:
    return f"/panitia/tahap/{contest.cast.stage(position).public_id}/berita-acara{tail}"


def form_of(contest: Contest, browser: Browser, **changes: str) -> dict[str, str]:
    return browser.get(url(contest)).fields() | changes


@pytest.fixture
def decided(contest: Contest) -> Contest:
    """Four offices, two equal at the line and settled in writing, and a kelurahan; decided, not published."""
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(FIELD)
    contest.enter({"K": ("77", "78")}, category="Kelurahan")
    contest.close()
    contest.settle("C", "B")
    contest.decide()
    return contest


def make(contest: Contest, given: MinutesInput = GIVEN) -> Minutes:
    with transaction():
        return minutes_issuing.make_minutes(PANITIA, contest.stage, given, NOW)


def test_two_clicks_lead_from_the_stage_to_a_kept_file(decided: Contest, acting_as: Acting) -> None:
    panitia = acting_as("panitia")
    stages = panitia.get(f"/panitia/gelar/{decided.cast.competition().public_id}/tahap")
    assert f'href="{url(decided)}"' in stages.text
    page = panitia.post(url(decided), form_of(decided, panitia))
    assert page.location == url(decided)
    made = db.session.scalars(select(Minutes)).one()
    pdf = store().read_bytes(made.sha256)
    assert (sha256(pdf).hexdigest(), len(pdf)) == (made.sha256, made.size)
    assert (made.number, made.issued_on, made.venue) == ("", date(2024, 8, 2), "Contoh")
    after = panitia.get(url(decided))
    assert f'href="/panitia/berita-acara/{made.public_id}"' in after.text
    answer = panitia.get(f"/panitia/berita-acara/{made.public_id}").response
    assert answer.data == pdf
    assert answer.headers["Content-Disposition"] == "attachment; filename=berita-acara-penilaian-risalah.pdf"
    answer.close()


def test_the_file_says_what_the_database_says(decided: Contest) -> None:
    text = text_of(store().read_bytes(make(decided).sha256))
    remarks = {"advanced": "Lolos", "reserve": "Cadangan", "out": "Tidak lolos"}
    for row in db.session.scalars(select(Standing)):
        totals = " ".join(f"{format_decimal(int(item['total']))}" for item in row.judge_totals)
        remark = row.award or remarks[row.outcome]
        name = row.group.name
        assert f"{row.place} {name} Dinas {name} {totals} {format_decimal(row.score)} {remark}" in text
        assert f"{name} {totals}" in text[text.index("Lampiran II") :]
    for words in (
        "Nomor: BA/7/2024",
        "Jumat tanggal dua bulan Agustus tahun dua ribu dua puluh empat (2 Agustus 2024), bertempat di Balai",
        f"1 {PEOPLE['juri']} Universitas Contoh Juri 1",
        f"2 {PEOPLE['juri-lain']} Universitas Contoh Juri 2",
        "terhadap 5 (lima) Kelompok Budaya Kerja (KBK)",
        "menurut rubrik “Dua kriteria” yang terdiri atas 2 kriteria (Lampiran I)",
        "Nilai tahap ini adalah rata-rata jumlah nilai dari semua lembar juri.",
        "Yang lolos: 2 kelompok Perangkat Daerah. Bila nilai sama tepat di batas lolos, dewan juri memutuskannya",
        "Nilai akhir yang sama tepat dipisahkan dengan keputusan tertulis dewan juri. Tidak ada undian.",
        "Perangkat Daerah, peringkat 2: C, B. Diputuskan tertulis oleh dewan juri: BA 12/2024 Keputusan dicatat 2",
        "2 (dua) KBK terdaftar tetapi tidak menyerahkan risalah: Sigap (Dinas Kependudukan dan Pencatatan",
        "dan Rukun (Kelurahan Miroto).",
        "2 (dua) KBK menyerahkan risalah tetapi tidak diikutsertakan dalam tahap ini: Cepat (Dinas",
        "1 Dampak – 0–100 60",
        marks_fingerprint(queries.stage_facts(decided.stage)),
    ):
        assert words in text


def test_chair_signs_first_and_absence_is_told(decided: Contest) -> None:
    chair, absent = decided.cast.judge("juri-lain").id, decided.cast.judge("juri").id
    text = text_of(
        store().read_bytes(make(decided, MinutesInput("", GIVEN.issued_on, "X", chair, (absent,))).sha256)
    )
    assert f"1 {PEOPLE['juri-lain']} Universitas Contoh Ketua (Juri 1)" in text
    assert f"2 {PEOPLE['juri']} Universitas Contoh Anggota (Juri 2)" in text
    assert "Ketua, Anggota," in text
    assert f"Tidak hadir pada penandatanganan: {PEOPLE['juri']}" in text
    assert "2 B Dinas B 84,00 80,00" not in text
    assert "3 B Dinas B 84,00 80,00 82,00 Cadangan" in text


def test_recused_and_unsigned_sheets_are_told_with_their_reason(contest: Contest) -> None:
    contest.rules(quotas={}, missing="present")
    contest.enter({"A": ("90", "90"), "B": ("80", None), "C": ("70", "70")})
    with transaction():
        sheet = contest.cast.sheet("juri-lain", "C")
        sheet.signed_at, sheet.recused_at, sheet.recusal_reason = None, NOW, "Sakit."
    contest.close()
    contest.decide()
    text = text_of(store().read_bytes(make(contest).sha256))
    assert f"{PEOPLE['juri-lain']} tidak menilai KBK C, dengan alasan: Sakit." in text
    assert (
        f"Lembar nilai {PEOPLE['juri-lain']} untuk KBK B tidak ditandatangani sampai penilaian ditutup"
        in text
    )
    annex = text[text.index("Lampiran II") :]
    assert ("A 90,00 90,00" in annex, "B 80,00 T" in annex, "C 70,00 M" in annex) == (True, True, True)


def test_next_berita_acara_takes_place_and_chair_over(decided: Contest) -> None:
    chair = decided.cast.judge("juri-lain").id
    make(decided, MinutesInput("BA/1", GIVEN.issued_on, "Gedung Lokakrida", chair))
    decided.enter({"A": ("90", "90")}, position=2)
    usual = usual_input(decided.cast.stage(2))
    assert (usual.number, usual.venue, usual.chair_id) == ("", "Gedung Lokakrida", chair)


@pytest.mark.parametrize("state", ["planned", "open"])
def test_nothing_of_an_unlocked_stage_is_shown_or_printed(
    contest: Contest, acting_as: Acting, state: str
) -> None:
    contest.enter({"A": ("90", "90")})
    contest.rules(state=StageState(state))
    panitia = acting_as("panitia")
    words = said(panitia.get(url(contest)))
    assert "Penilaian tahap ini belum ditutup." in words
    assert ("Dinas A" in words, "90" in words) == (False, False)
    assert panitia.get(url(contest, "/rancangan")).status == 409
    assert panitia.post(url(contest)).location == url(contest)
    assert "dibuat sesudah hasilnya ditetapkan" in said(panitia.get(url(contest)))
    assert db.session.scalars(select(Minutes)).all() == []


def test_a_closed_stage_has_a_draft_and_tells_what_is_missing(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    with transaction():
        contest.cast.competition().signer_name = ""
    contest.enter(FIELD)
    contest.close()
    panitia = acting_as("panitia")
    words = said(panitia.get(url(contest)))
    assert "Nilai sama yang menentukan: B dan C (Perangkat Daerah, tempat 2)" in words
    assert "Nama atau jabatan penanda tangan belum diisi" in words
    assert "Jabatan 2 juri belum diisi" in words
    answer = panitia.get(url(contest, "/rancangan")).response
    text = text_of(answer.data)
    answer.close()
    assert "RANCANGAN BERITA ACARA PENILAIAN" in text
    assert "Belum terpecahkan: menunggu keputusan tertulis dewan juri." in text
    assert "/periksa/" not in text
    contest.settle("C", "B")
    assert "Hasil belum ditetapkan" in said(panitia.get(url(contest)))
    with pytest.raises(NotAllowed), transaction():
        minutes_issuing.make_minutes(PANITIA, contest.stage, GIVEN, NOW)


def test_changed_marks_stop_the_paper(decided: Contest, acting_as: Acting) -> None:
    with transaction():
        db.session.scalars(select(Mark)).first().value += 1
    panitia = acting_as("panitia")
    assert "berita acara tidak dapat dibuat" in said(panitia.get(url(decided)))
    with pytest.raises(NotAllowed), transaction():
        minutes_issuing.make_minutes(PANITIA, decided.stage, GIVEN, NOW)


def test_only_one_holds_and_a_number_is_used_once(decided: Contest) -> None:
    make(decided)
    with pytest.raises(Conflict):
        make(decided)
    decided.enter({"A": ("90", "90"), "C": ("80", "80")}, position=2)
    decided.rules(2, quotas={})
    decided.finish_without_publishing(2)
    with pytest.raises(InvalidInput, match="BA/7/2024 sudah dipakai berita acara tahap Penilaian risalah"):
        minutes_issuing.draft_minutes(decided.cast.stage(2), GIVEN)


def test_replacing_revokes_with_a_reason_and_keeps_the_old_file(decided: Contest, acting_as: Acting) -> None:
    old = make(decided)
    first, code = old.sha256, old.public_id
    with transaction():
        decided.cast.user("juri").name = "Dr. Rahmat Juri, M.M., Ph.D."
    panitia = acting_as("panitia")
    again = f"/panitia/berita-acara/{code}/ganti"
    form = panitia.get(again).fields()
    assert (form["number"], form["venue"]) == ("BA/7/2024", "Balai Kota")
    assert panitia.post(again, form | {"reason": " "}).status == 400
    assert panitia.post(again, form | {"reason": "Gelar juri salah"}).location == url(decided)
    made = db.session.scalars(select(Minutes).order_by(Minutes.id)).all()
    assert [(item.number, item.revoked_reason) for item in made] == [
        ("BA/7/2024", "Gelar juri salah"),
        ("BA/7/2024", ""),
    ]
    assert made[0].sha256 == first
    assert "Ph.D." not in text_of(store().read_bytes(first))
    assert "Dr. Rahmat Juri, M.M., Ph.D." in text_of(store().read_bytes(made[1].sha256))
    assert panitia.get(again).location == url(decided)
    assert "sudah dicabut dan diganti" in said(panitia.get(url(decided)))
    trail = select(AuditRow.action).where(AuditRow.subject_kind == "minutes").order_by(AuditRow.id)
    assert db.session.scalars(trail).all() == [
        "minutes-made",
        "minutes-revoked",
        "minutes-made",
    ]


def test_the_check_knows_it_only_when_published_and_tells_no_result(
    decided: Contest, acting_as: Acting
) -> None:
    made = make(decided)
    assert made.public_id in text_of(store().read_bytes(made.sha256)).replace(" ", "")
    visitor, check = acting_as(None), f"/periksa/{made.public_id}"
    assert visitor.get(check).status == 404
    decided.publish()
    page = visitor.get(check)
    words = said(page)
    assert page.heading == "Berita acara ini tercatat dan berlaku"
    assert ("BA/7/2024" in words, made.sha256 in words) == (True, True)
    assert [name for name in ("Dinas A", PEOPLE["juri"], "90,00") if name in words] == []
    with transaction():
        draft = minutes_issuing.draft_minutes(decided.stage, GIVEN, replaces=made)
        minutes_issuing.store_minutes(
            PANITIA, decided.stage, draft, b"%PDF-1.7", NOW, replaces=made, reason="Salah tulis"
        )
    assert visitor.get(check).heading == "Berita acara ini sudah dicabut"


@pytest.mark.parametrize("who", [None, "pengguna", "ketua", "juri"])
def test_nobody_but_the_committee_reads_it(decided: Contest, acting_as: Acting, who: str | None) -> None:
    made = make(decided)
    decided.publish()
    browser = acting_as(who)
    for address in (url(decided), url(decided, "/rancangan"), f"/panitia/berita-acara/{made.public_id}"):
        assert browser.get(address).status == (403 if who else 302)
    assert browser.post(url(decided)).status == (403 if who else 401)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"issued_on": ""}, "Isi tanggal berita acara."),
        ({"issued_on": "0001-01-01"}, "Tahunnya harus antara 2000 dan 2100."),
        ({"venue": " "}, "Tempat wajib diisi."),
        ({"chair": "999"}, "Pilihan ini tidak tersedia."),
        ({"number": "x" * 81}, "Nomor paling banyak 80 huruf."),
    ],
)
def test_the_form_names_what_is_wrong(
    decided: Contest, acting_as: Acting, changes: dict[str, str], fault: str
) -> None:
    panitia = acting_as("panitia")
    page = panitia.post(url(decided), form_of(decided, panitia, **changes))
    assert (page.status, fault in said(page)) == (400, True)
    assert db.session.scalars(select(Minutes)).all() == []


def test_publishing_reminds_of_the_berita_acara(decided: Contest, acting_as: Acting) -> None:
    publish = f"/panitia/tahap/{decided.stage.public_id}/umumkan"
    panitia = acting_as("panitia")
    assert "Berita acara belum dibuat" in said(panitia.get(publish))
    make(decided)
    assert "Berita acara belum dibuat" not in said(panitia.get(publish))


def test_the_fingerprint_follows_every_mark(decided: Contest) -> None:
    before = marks_fingerprint(queries.stage_facts(decided.stage))
    assert re.fullmatch(r"[0-9a-f]{64}", before)
    with transaction():
        db.session.scalars(select(Mark)).first().value += 1
    assert marks_fingerprint(queries.stage_facts(decided.stage)) != before


def test_many_groups_outside_are_counted_in_the_text_and_named_in_an_annex(decided: Contest) -> None:
    with transaction():
        for number in range(13):
            decided.register(f"Tidur {number}", decided.cast.category())
    text = text_of(store().read_bytes(make(decided).sha256))
    assert "15 (lima belas) KBK terdaftar tetapi tidak menyerahkan risalah: namanya pada Lampiran IV." in text
    assert [n for n in range(13) if f"Tidur {n} (Dinas" not in text[text.index("Lampiran IV – ") :]] == []
