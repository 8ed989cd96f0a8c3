"""A judge who stepped back and is appointed again: the marks of before wait for the judge's word."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kbk import clock
from kbk.audit.models import AuditRow
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.errors import Closed, Conflict, NotAllowed
from kbk.judging import panels, queries, returning, rules, service
from kbk.judging.models import EarlierMarks
from kbk.judging.rules import SheetState
from tests.judging.conftest import COMPLETE

NOW = clock.now()
TWO = {"s01": "8", "s02": "7,5"}
STORED = {"s01": "8", "s02": "7.5"}


@pytest.fixture
def sheet(cast, actor):
    """Juri's sheet for Cepat: two marks and a comment, then stepped back, then appointed again; version 4."""
    return appointed_again(cast, actor, TWO, "Sertakan datanya.")


def appointed_again(cast, actor, marks, comment=""):
    sheet = cast.sheet("juri", "Cepat")
    with transaction():
        service.save_sheet(actor("juri"), sheet, marks, comment, sheet.version, NOW)
        service.recuse(actor("juri"), sheet, "Sakit.", NOW)
        service.appoint(actor("panitia"), sheet.entry, sheet.judge, NOW)
    return sheet


def state(sheet) -> SheetState:
    return queries.state_of(sheet, len(queries.marks(sheet)))


def last_row() -> tuple[str, dict]:
    row = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).one()
    return row.action, row.detail


@pytest.fixture
def address(sheet):
    """The judge's address of the sheet."""
    return f"/juri/lembar/{sheet.public_id}"


@pytest.fixture
def judge(acting_as):
    """The browser of juri."""
    return acting_as("juri")


def test_marks_of_before_do_not_count_until_the_judge_says_so(sheet, actor, marks):
    assert (state(sheet), sheet.recused_at, marks(sheet)) == (SheetState.RETURNED, None, STORED)
    assert last_row() == ("judge-appointed", {"group": "Cepat", "judge": "Dr. Rahmat Juri, M.M.", "kept": 2})
    with pytest.raises(Closed, match="Putuskan dahulu"):
        service.save_sheet(actor("juri"), sheet, {"s03": "9"}, "", sheet.version, NOW)
    assert not queries.group_has_marks(sheet.entry.group_id)
    assert panels.stage_panels(sheet.entry.stage).by_entry[sheet.entry_id].begun == 1


def test_a_complete_sheet_of_before_cannot_be_signed_unseen(cast, actor):
    sheet = appointed_again(cast, actor, COMPLETE)
    assert state(sheet) is SheetState.RETURNED
    with pytest.raises(Closed, match="Putuskan dahulu"):
        service.sign_sheet(actor("juri"), sheet, sheet.version, NOW)


def test_a_judge_who_had_written_nothing_just_begins(cast, actor):
    sheet = appointed_again(cast, actor, {})
    assert (state(sheet), sheet.returned_at) == (SheetState.BLANK, None)
    assert last_row() == ("judge-appointed", {"group": "Cepat", "judge": "Dr. Rahmat Juri, M.M."})


def test_marks_are_taken_up_again(sheet, actor, marks):
    with transaction():
        returning.take_up_marks(actor("juri"), sheet, sheet.version, NOW)
    assert (state(sheet), marks(sheet), sheet.comment) == (SheetState.FILLING, STORED, "Sertakan datanya.")
    assert last_row() == ("marks-taken-up", {"filled": 2})
    assert queries.group_has_marks(sheet.entry.group_id)


def test_a_blank_start_keeps_the_marks_of_before_aside(sheet, actor, marks):
    with transaction():
        returning.set_marks_aside(actor("juri"), sheet, sheet.version, NOW)
    assert (state(sheet), marks(sheet), sheet.comment, sheet.total) == (SheetState.BLANK, {}, "", None)
    assert last_row() == ("marks-set-aside", {"filled": 2})
    kept = queries.earlier_marks(sheet)
    assert [(row.marks, row.comment) for row in kept] == [(STORED, "Sertakan datanya.")]
    with pytest.raises(NotAllowed, match="sudah mulai mengisi"):
        service.withdraw_appointment(actor("panitia"), sheet, NOW)


def test_stepping_back_once_more_leaves_all_as_it_was(sheet, actor, marks):
    with transaction():
        service.recuse(actor("juri"), sheet, "Masih sakit.", NOW)
    assert (state(sheet), sheet.returned_at, marks(sheet)) == (SheetState.RECUSED, None, STORED)
    with transaction():
        service.appoint(actor("panitia"), sheet.entry, sheet.judge, NOW)
    assert state(sheet) is SheetState.RETURNED


@pytest.mark.parametrize("decide", [returning.take_up_marks, returning.set_marks_aside])
def test_it_is_decided_once_on_an_open_stage(sheet, actor, cast, decide):
    with pytest.raises(Conflict):
        decide(actor("juri"), sheet, sheet.version - 1, NOW)
    db.session.rollback()
    with transaction():
        cast.stage(1).state = StageState.CLOSED
    with pytest.raises(Closed, match="sudah ditutup"):
        decide(actor("juri"), sheet, sheet.version, NOW)
    with transaction():
        cast.stage(1).state = StageState.OPEN
        decide(actor("juri"), sheet, sheet.version, NOW)
    with pytest.raises(NotAllowed, match="sudah diputuskan"):
        decide(actor("juri"), sheet, sheet.version, NOW)


def hand_in_later(cast) -> None:
    with transaction():
        cast.risalah("Cepat").submissions[-1].submitted_at = NOW + timedelta(minutes=1)


def test_marks_for_an_earlier_hand_in_are_not_taken_up(sheet, actor, cast, judge, address):
    hand_in_later(cast)
    with pytest.raises(NotAllowed, match="untuk risalah yang diserahkan sebelumnya"):
        returning.take_up_marks(actor("juri"), sheet, sheet.version, NOW)
    page = judge.get(address)
    assert "sudah diserahkan ulang" in page.words()
    assert [b.get("value") for b in page.tree.iter("button") if b.get("name") == "choice"] == ["kosong"]


@pytest.mark.parametrize(
    ("marked", "handed_in", "fit"),
    [(0, 0, True), (1, 0, True), (0, 1, False), (None, 0, False), (0, None, False)],
)
def test_marks_fit_the_hand_in_they_were_given_for(marked, handed_in, fit):
    moments = {minute: NOW + timedelta(minutes=minute) for minute in (0, 1)}
    found = rules.marks_still_fit(marked_at=moments.get(marked), handed_in_at=moments.get(handed_in))
    assert found is fit


def test_the_judge_is_told_and_chooses(judge, address, sheet, marks):
    assert "putuskan apakah nilai lama Anda dipakai" in judge.get("/juri").words()
    page = judge.get(address)
    assert "Anda ditugaskan lagi" in page.words()
    assert "Sertakan datanya." in page.words()
    assert not [i for i in page.tree.iter("input") if (i.get("name") or "").startswith("nilai-")]
    held = page.fields(form_action=f"{address}/nilai-lama")
    assert judge.post(f"{address}/nilai-lama", held).status == 400
    answer = judge.post(f"{address}/nilai-lama", held | {"choice": "kosong"})
    assert (answer.status, answer.location) == (302, address)
    page = judge.get(address)
    assert "Nilai lama, disisihkan" in page.words()
    assert page.fields(form_action=f"{address}/simpan")["nilai-s01"] == ""


def test_the_judge_goes_on_with_the_marks_of_before(judge, address):
    held = judge.get(address).fields(form_action=f"{address}/nilai-lama")
    judge.post(f"{address}/nilai-lama", held | {"choice": "pakai"})
    assert judge.get(address).fields(form_action=f"{address}/simpan")["nilai-s02"] == "7,5"


def test_nobody_else_decides(acting_as, address, sheet):
    page = acting_as("juri-lain").post(f"{address}/nilai-lama", {"version": "4", "choice": "kosong"})
    assert page.status == 404
    assert db.session.scalar(select(func.count(EarlierMarks.id))) == 0


def test_the_committee_sees_the_choice_and_no_marks(acting_as, sheet, actor):
    panitia = acting_as("panitia")
    inspect = f"/panitia/lembar/{sheet.public_id}"
    page = panitia.get(inspect)
    assert "Nilai lamanya (2 kriteria) tersimpan dan belum berlaku" in page.words()
    assert "Sertakan datanya." not in page.text
    with transaction():
        returning.set_marks_aside(actor("juri"), sheet, sheet.version, NOW)
    page = panitia.get(inspect)
    assert "juri memulai lagi dari lembar kosong. Nilai lamanya (2 kriteria) tidak dihitung." in page.words()
    assert "Sertakan datanya." not in page.text
    assert "7,5" not in page.words()
