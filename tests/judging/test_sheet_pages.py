"""The judge's pages: own sheets, the sheet, signing, stepping back, files."""

from secrets import token_hex

import pytest
from sqlalchemy import event, func, select

from kbk import clock
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.judging import queries, service
from kbk.judging.models import Mark, Sheet
from kbk.risalah.models import RisalahState, Submission
from tests.judging.conftest import COMPLETE

NOW = clock.now()


@pytest.fixture
def address(cast):
    """Address of juri's blank sheet for Cepat."""
    return f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}"


@pytest.fixture
def judge(acting_as):
    """The browser of juri."""
    return acting_as("juri")


def form(version=1, **marks):
    return {"version": str(version), "comment": ""} | {f"nilai-{name}": mark for name, mark in marks.items()}


def field(page, name):
    return next(element for element in page.tree.iter("input") if element.get("name") == name)


def stored_state():
    """Every mark and every sheet's state, to see that nothing has changed."""
    marks = sorted((m.sheet_id, m.criterion, str(m.value)) for m in db.session.scalars(select(Mark)))
    sheets = sorted((s.id, s.version, s.comment, str(s.signed_at)) for s in db.session.scalars(select(Sheet)))
    return marks, sheets


def test_own_sheets_lead_to_the_next_one(judge, address):
    page = judge.get("/juri")
    assert page.heading == "Lembar nilai saya"
    assert "1 dari 2 lembar ditandatangani" in page.words()
    following = page.tree.find(".//section[@class='next-step']")
    assert following.find(".//a").get("href") == f"{address}#risalah"


def test_own_sheets_name_nobody_of_the_own_unit(acting_as, cast):
    with transaction():
        db.session.add(Sheet(entry=cast.entry("Cepat"), judge=cast.judge("juri-dalam")))
    page = acting_as("juri-dalam").get("/juri")
    assert "Prima" in page.words()
    assert "Cepat" not in page.words()


def test_a_sheet_of_the_own_unit_does_not_exist(acting_as, cast):
    with transaction():
        db.session.add(Sheet(entry=cast.entry("Cepat"), judge=cast.judge("juri-dalam")))
    browser, address = acting_as("juri-dalam"), f"/juri/lembar/{cast.sheet('juri-dalam', 'Cepat').public_id}"
    assert [browser.get(address).status, browser.post(f"{address}/simpan", form(s01="8")).status] == [
        404,
        404,
    ]


def test_a_judge_without_sheets_is_told_so(acting_as, cast):
    with transaction():
        db.session.delete(cast.sheet("juri-dalam", "Prima"))
    assert "Belum ada lembar nilai untuk Anda." in acting_as("juri-dalam").get("/juri").words()


def test_the_sheet_shows_the_risalah_and_every_criterion(judge, address):
    page = judge.get(address)
    assert page.heading == "KBK Cepat"
    assert "Antrean Cepat mencapai 60 menit." in page.words()
    assert "3. Hasil dan manfaat nyata 1 sampai 10, kelipatan 0,5 · bobot 35" in page.words()
    assert field(page, "nilai-s03").get("value") == ""
    assert "0,00 dari 100" in page.words()


def test_saving_without_scripts_keeps_everything(judge, address, cast, marks):
    answer = judge.post(f"{address}/simpan", form(s01="8,5", s02="7") | {"comment": "Baik sekali."})
    assert (answer.status, answer.location) == (302, address)
    assert marks(cast.sheet("juri", "Cepat")) == {"s01": "8.5", "s02": "7"}
    page = judge.get(address)
    assert (field(page, "nilai-s01").get("value"), field(page, "version").get("value")) == ("8,5", "2")
    assert "34,50 dari 100" in page.words()
    assert "2 dari 5 dinilai" in page.words()


def test_autosave_answers_with_version_and_problems(judge, address, cast, marks):
    answer = judge.save(f"{address}/simpan", form(s01="8", s02="11", s03=""))
    assert answer.status == 200
    saved = answer.response.get_json()
    assert saved["version"] == 2
    assert saved["problems"] == {
        "nilai-s02": "Analisis berdasarkan data: nilai 11 di luar rentang 1 sampai 10."
    }
    assert marks(cast.sheet("juri", "Cepat")) == {"s01": "8"}


@pytest.mark.parametrize("typed", ["1e9", "NaN", "−1", "11", "８", "9" * 10_000, "<b>8</b>", "8,5,5"])
def test_a_wrong_mark_is_shown_again_with_the_reason(judge, address, cast, marks, typed):
    page = judge.post(f"{address}/simpan", form(s01=typed, s02="7"))
    assert page.status == 400
    assert (field(page, "nilai-s01").get("value"), len(page.errors())) == (typed, 1)
    assert marks(cast.sheet("juri", "Cepat")) == {"s02": "7"}


def test_a_comment_that_is_too_long_is_shown_again(judge, address, cast, marks):
    page = judge.post(f"{address}/simpan", form(s01="8") | {"comment": "kata " * 1000})
    assert page.status == 400
    assert "Catatan paling banyak 4000 huruf" in page.words()
    assert page.tree.find(".//textarea").text.strip() == ("kata " * 1000).strip()
    assert marks(cast.sheet("juri", "Cepat")) == {"s01": "8"}


def test_a_stale_tab_keeps_what_was_typed_beside_what_is_stored(judge, address, cast, marks):
    judge.save(f"{address}/simpan", form(s01="8", s02="7"))
    page = judge.post(f"{address}/simpan", form(s01="9", s02="7"))
    assert page.status == 409
    assert "sudah disimpan dari tab atau perangkat lain" in page.words()
    assert (field(page, "nilai-s01").get("value"), field(page, "version").get("value")) == ("9", "2")
    assert page.words().count("Tersimpan sekarang:") == 1
    assert marks(cast.sheet("juri", "Cepat")) == {"s01": "8", "s02": "7"}
    assert judge.post(f"{address}/simpan", form(version=2, s01="9", s02="7")).status == 302
    assert marks(cast.sheet("juri", "Cepat")) == {"s01": "9", "s02": "7"}


def test_autosave_of_a_stale_tab_is_refused_in_words(judge, address):
    judge.save(f"{address}/simpan", form(s01="8"))
    answer = judge.save(f"{address}/simpan", form(s01="9"))
    assert answer.status == 409
    assert answer.response.get_json()["message"].endswith("Tekan Simpan dan periksa untuk membandingkan.")


def test_save_and_check_leads_to_what_is_missing(judge, address):
    answer = judge.post(f"{address}/simpan", form(s01="8") | {"lanjut": "1"})
    assert answer.location == f"{address}/tanda-tangan"
    page = judge.get(f"{address}/tanda-tangan")
    assert "4 dari 5 kriteria belum dinilai" in page.words()
    assert [a.get("href") for a in page.tree.findall(".//ul/li/a") if "#kriteria" in a.get("href")] == [
        f"{address}#kriteria-s0{number}" for number in (2, 3, 4, 5)
    ]
    assert judge.post(f"{address}/tanda-tangan", {"version": "2"}).status == 409


def test_signing_locks_the_sheet(judge, address, cast):
    judge.post(f"{address}/simpan", form(**COMPLETE))
    assert "82,75 dari 100" in judge.get(f"{address}/tanda-tangan").words()
    answer = judge.post(f"{address}/tanda-tangan", {"version": "2"})
    assert (answer.status, answer.location) == (302, "/juri")
    assert cast.sheet("juri", "Cepat").signed_at is not None
    assert judge.post(f"{address}/tanda-tangan", {"version": "3"}).status == 409
    assert judge.post(f"{address}/simpan", form(version=3, s01="1")).status == 409
    page = judge.get(address)
    assert "Terkunci sejak" in page.words()
    assert [element for element in page.tree.iter("input") if element.get("name") == "nilai-s01"] == []
    assert judge.get(f"{address}/tanda-tangan").location == address


def test_a_closed_stage_shows_the_sheet_but_takes_nothing(judge, address, cast):
    with transaction():
        cast.stage(1).state = StageState.CLOSED
    assert "Tahap Penilaian risalah sudah ditutup" in judge.get(address).words()
    before = stored_state()
    assert judge.save(f"{address}/simpan", form(s01="8")).status == 409
    assert stored_state() == before


def test_a_returned_risalah_is_not_shown(judge, address, cast):
    with transaction():
        risalah = cast.risalah("Cepat")
        risalah.state, risalah.submissions[0].returned_at = RisalahState.RETURNED, NOW
    page = judge.get(address)
    assert "dikembalikan kepada kelompok untuk diperbaiki" in page.words()
    assert "Antrean Cepat" not in page.words()
    assert judge.save(f"{address}/simpan", form(s01="8")).status == 409


def test_stepping_back_needs_a_reason(judge, address, cast):
    page = judge.post(f"{address}/mundur", {"reason": " "})
    assert (page.status, len(page.errors())) == (400, 2)
    answer = judge.post(f"{address}/mundur", {"reason": "Membimbing kelompok ini."})
    assert answer.location == "/juri"
    page = judge.get(address)
    assert "Anda tidak menilai kelompok ini" in page.words()
    assert "Antrean Cepat" not in page.words()


def test_a_reopened_sheet_tells_the_judge_why(judge, actor, cast):
    with transaction():
        service.reopen_sheet(actor("panitia"), cast.sheet("juri", "Prima"), "Kriteria 2 tertukar.", NOW)
    page = judge.get(f"/juri/lembar/{cast.sheet('juri', 'Prima').public_id}")
    assert "Dibuka kembali oleh panitia" in page.words()
    assert "Kriteria 2 tertukar." in page.words()


def test_files_of_the_hand_in_are_sent_to_its_judge_only(judge, address, acting_as, hand_in_file):
    own, foreign = hand_in_file("Cepat"), hand_in_file("Prima")
    answer = judge.get(f"{address}/berkas/{own}")
    assert (answer.status, answer.response.get_data()) == (200, b"%PDF-1.7 contoh")
    assert "sandbox" in answer.response.headers["Content-Security-Policy"]
    assert judge.get(f"{address}/berkas/{foreign}").status == 404
    assert acting_as("juri-lain").get(f"{address}/berkas/{own}").status == 404
    assert acting_as("ketua-lain").get(f"{address}/berkas/{own}").status == 404


def test_nobody_sees_the_marks_of_an_unsigned_sheet(judge, address, acting_as, cast):
    judge.post(f"{address}/simpan", form(s01="6,5", s02="3,5") | {"comment": "Rahasia juri"})
    public_id = cast.sheet("juri", "Cepat").public_id
    pages = {
        "panitia": [f"/panitia/lembar/{public_id}", f"/panitia/tahap/{cast.stage(1).public_id}/penugasan"],
        "juri-lain": ["/juri", f"/juri/lembar/{cast.sheet('juri-lain', 'Cepat').public_id}"],
    }
    for person, addresses in pages.items():
        for place in addresses:
            page = acting_as(person).get(place)
            assert page.status == 200
            assert not [word for word in ("6,5", "3,5", "Rahasia juri") if word in page.words()]


def test_another_judges_signed_marks_stay_unseen(acting_as, cast):
    page = acting_as("juri-lain").get(f"/juri/lembar/{cast.sheet('juri-lain', 'Prima').public_id}")
    assert "80,00" not in page.words()


def test_altered_posts_change_nothing_outside_the_own_sheet(acting_as, cast):
    """Forged ids, extra fields and versions, as another judge, as a team and as a visitor."""
    victim = cast.sheet("juri", "Cepat").public_id
    signed = cast.sheet("juri", "Prima").public_id
    forged = [victim, signed, token_hex(8), "0", "1", "%00", "../" + victim, victim.lower() + "x"]
    extra = {"judge_id": "1", "sheet_id": "1", "total": "100", "signed_at": "2024-01-01", "nilai-r01": "9"}
    before, tried = stored_state(), 0
    for person in ("juri-lain", "juri-dalam", "ketua", "pengguna", "panitia", None):
        browser = acting_as(person)
        for public_id in forged:
            for action in ("simpan", "tanda-tangan", "mundur"):
                answer = browser.post(
                    f"/juri/lembar/{public_id}/{action}",
                    form(s01="1") | extra | {"reason": "Tidak ada."},
                )
                assert answer.status in {401, 403, 404}
                tried += 1
    assert (tried, stored_state()) == (144, before)


def test_extra_fields_of_the_own_sheet_have_no_effect(judge, address, cast, marks):
    other = cast.sheet("juri", "Prima")
    judge.save(
        f"{address}/simpan",
        form(s01="8") | {"total": "100", "signed_at": "2024-01-01", "entry_id": str(other.entry_id)},
    )
    sheet = cast.sheet("juri", "Cepat")
    assert (marks(sheet), sheet.total, sheet.signed_at) == ({"s01": "8"}, None, None)


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "９", "99999999999999999999"])
def test_a_version_that_is_no_number_counts_as_stale(judge, address, version):
    assert judge.save(f"{address}/simpan", form(s01="8") | {"version": version}).status == 409


def test_the_number_of_queries_does_not_grow_with_the_sheets(app, judge, cast, actor):
    def queries_of(url):
        seen = []

        def note(*_args):
            seen.append(url)

        event.listen(db.engine, "before_cursor_execute", note)
        judge.get(url)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    judge.get("/juri")  # the first use is noted
    few = queries_of("/juri")
    with transaction():
        groups = [cast.group(name).id for name in ("Sigap", "Rukun")]
        service.admit(actor("panitia"), cast.stage(1), groups, NOW)
        for entry in queries.entries(cast.stage(1)):
            service.appoint(actor("panitia"), entry, cast.judge("juri"), NOW)
    assert queries_of("/juri") == few
    assert db.session.scalar(select(func.count(Sheet.id)).where(Sheet.judge_id == cast.judge("juri").id)) == 4


def test_conflict_shows_the_stored_comment_beside_the_typed_one(judge, address):
    judge.post(f"{address}/simpan", form(s01="8") | {"comment": "Dari telepon."})
    page = judge.post(f"{address}/simpan", form(s01="8") | {"comment": "Dari komputer."})
    assert page.status == 409
    assert page.tree.find(".//textarea").text.strip() == "Dari komputer."
    assert "Catatan yang tersimpan sekarang: Dari telepon." in page.words()


def test_marks_for_a_risalah_that_was_handed_in_anew_are_not_kept_unread(
    judge, address, acting_as, cast, marks
):
    read = judge.get(address).fields(f"{address}/simpan")
    risalah = cast.risalah("Cepat")
    acting_as("panitia").post(
        f"/panitia/risalah/{risalah.public_id}/kembalikan", {"reason": "Lampiran tertukar."}
    )
    with transaction():
        risalah = cast.risalah("Cepat")
        content = dict(risalah.submissions[-1].content)
        risalah.submissions.append(Submission(number=2, submitted_at=NOW, content=content, sha256="0" * 64))
        risalah.state = RisalahState.SUBMITTED
    page = judge.post(f"{address}/simpan", read | {"nilai-s01": "8"})
    assert page.status == 409
    assert "Risalah kelompok ini diserahkan ulang sejak halaman ini dibuka" in page.words()
    assert marks(cast.sheet("juri", "Cepat")) == {}
    again = page.fields(f"{address}/simpan")
    assert (again["hand_in"], again["nilai-s01"]) == ("2", "8")
    assert judge.post(f"{address}/simpan", again).status == 302
    assert marks(cast.sheet("juri", "Cepat")) == {"s01": "8"}
