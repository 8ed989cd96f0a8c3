"""Saving, signing, leaving and reopening score sheets."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kbk import clock
from kbk.audit.models import AuditRow
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.errors import Conflict, InvalidInput, NotAllowed
from kbk.judging import queries, rules, service
from kbk.judging.models import Mark
from kbk.risalah.models import RisalahState
from scoring.templates import SHORT
from tests.judging.conftest import COMPLETE

WEIGHTS = {"s01": 20, "s02": 25, "s03": 35, "s04": 10, "s05": 10}
NOW = clock.now()


@pytest.fixture
def sheet(cast):
    """The blank sheet of juri for Cepat."""
    return cast.sheet("juri", "Cepat")


@pytest.fixture
def save(actor, sheet):
    """Save typed marks on the blank sheet as its judge."""

    def typed(marks, comment="", version=None):
        with transaction():
            return service.save_sheet(actor("juri"), sheet, marks, comment, version or sheet.version, NOW)

    return typed


def last_trail():
    row = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).one()
    return row.action, row.detail


def test_save_keeps_marks_and_comment_and_counts_the_version(save, sheet, marks):
    assert save({"s01": "8,5", "s02": " 7 "}, "Baik.") == {}
    assert marks(sheet) == {"s01": "8.5", "s02": "7"}
    assert (sheet.comment, sheet.version, sheet.total, sheet.updated_at) == ("Baik.", 2, None, NOW)
    assert last_trail() == ("sheet-saved", {"filled": 2})


def test_save_keeps_the_exact_total_once_nothing_is_missing(save, sheet):
    save(COMPLETE)
    assert sheet.total == Fraction(331, 4)
    save({"s05": ""})
    assert sheet.total is None


def test_save_leaves_alone_what_is_not_named(save, sheet, marks):
    save({"s01": "8", "s02": "9"})
    save({"s02": "10"})
    assert marks(sheet) == {"s01": "8", "s02": "10"}


def test_a_wrong_mark_takes_the_old_one_away(save, sheet, marks):
    save({"s01": "8", "s02": "9"})
    problems = save({"s01": "80", "s02": "9"})
    assert list(problems) == ["s01"]
    assert marks(sheet) == {"s02": "9"}


def test_saving_the_same_again_changes_nothing(save, sheet):
    save({"s01": "8"})
    rows = db.session.query(AuditRow).count()
    save({"s01": "8,0"})
    assert (sheet.version, db.session.query(AuditRow).count()) == (2, rows)


def test_a_long_comment_is_not_kept_but_the_marks_are(save, sheet, marks):
    save({}, "Pendek")
    problems = save({"s01": "8"}, "a" * 4001)
    assert problems == {
        rules.COMMENT: "Catatan paling banyak 4000 huruf, sekarang 4001. Singkat dahulu.",
    }
    assert (sheet.comment, marks(sheet)) == ("Pendek", {"s01": "8"})


def test_save_refuses_a_stale_version(save, sheet, marks):
    save({"s01": "8"})
    with pytest.raises(Conflict, match="tab atau perangkat lain"):
        save({"s01": "9"}, version=1)
    assert marks(sheet) == {"s01": "8"}


def test_saving_what_is_stored_already_is_no_conflict(save, sheet, marks):
    save({"s01": "8"})
    assert save({"s01": "8"}, version=1) == {}
    assert (sheet.version, marks(sheet)) == (2, {"s01": "8"})


def test_save_refuses_a_foreign_criterion(save, sheet, marks):
    with pytest.raises(InvalidInput):
        save({"s01": "8", "r01": "8"})
    assert marks(sheet) == {}


@pytest.mark.parametrize("state", [StageState.PLANNED, StageState.CLOSED, StageState.PUBLISHED])
def test_save_is_refused_while_the_stage_is_not_open(save, sheet, cast, state):
    with transaction():
        cast.stage(1).state = state
    with pytest.raises(NotAllowed, match="Tahap Penilaian risalah"):
        save({"s01": "8"})


def test_save_is_refused_while_the_group_corrects_its_risalah(save, cast):
    with transaction():
        risalah = cast.risalah("Cepat")
        risalah.state, risalah.submissions[0].returned_at = RisalahState.RETURNED, NOW
    with pytest.raises(NotAllowed, match="sedang diperbaiki"):
        save({"s01": "8"})


def test_sign_locks_a_complete_sheet_and_notes_its_marks(save, sheet, actor):
    save(COMPLETE)
    with transaction():
        service.sign_sheet(actor("juri"), sheet, sheet.version, NOW)
    assert (sheet.signed_at, sheet.total) == (NOW, Fraction(331, 4))
    assert last_trail() == (
        "sheet-signed",
        {"total": "82.75", "marks": {"s01": "8", "s02": "7.5", "s03": "9", "s04": "10", "s05": "6.5"}},
    )
    with pytest.raises(NotAllowed, match="terkunci"):
        save({"s01": "9"})
    with pytest.raises(NotAllowed, match="sudah ditandatangani"):
        service.sign_sheet(actor("juri"), sheet, sheet.version, NOW)


def test_sign_refuses_an_incomplete_sheet(save, sheet, actor):
    save({"s01": "8"})
    with pytest.raises(NotAllowed, match="4 dari 5 kriteria belum dinilai"):
        service.sign_sheet(actor("juri"), sheet, sheet.version, NOW)


def test_sign_refuses_a_sheet_changed_since_it_was_shown(save, sheet, actor):
    save(COMPLETE)
    with pytest.raises(Conflict):
        service.sign_sheet(actor("juri"), sheet, 1, NOW)
    assert sheet.signed_at is None


def test_recuse_takes_the_sheet_out_with_its_reason(save, sheet, actor, cast):
    save({"s01": "8"})
    with transaction():
        service.recuse(actor("juri"), sheet, "Membimbing kelompok ini.", NOW)
    assert queries.state_of(sheet, 1) is rules.SheetState.RECUSED
    assert sheet.recusal_reason == "Membimbing kelompok ini."
    assert queries.group_has_marks(cast.group("Cepat").id) is False
    with pytest.raises(NotAllowed, match="tidak lagi menilai"):
        save({"s01": "9"})


def test_recuse_needs_a_reason_and_an_unsigned_sheet(actor, cast):
    with pytest.raises(InvalidInput, match="Tulis alasannya"):
        service.recuse(actor("juri"), cast.sheet("juri", "Cepat"), "  ", NOW)
    with pytest.raises(NotAllowed, match="sudah ditandatangani"):
        service.recuse(actor("juri"), cast.sheet("juri", "Prima"), "Sakit.", NOW)


def test_reopen_takes_the_signature_off_and_keeps_the_marks(actor, cast, marks):
    signed = cast.sheet("juri", "Prima")
    version = signed.version
    with transaction():
        service.reopen_sheet(actor("panitia"), signed, "Salah ketik pada kriteria 2.", NOW)
    assert (signed.signed_at, signed.version) == (None, version + 1)
    assert (signed.reopened_at, signed.reopening_reason) == (NOW, "Salah ketik pada kriteria 2.")
    assert marks(signed) == dict.fromkeys(WEIGHTS, "8")
    assert last_trail()[0] == "sheet-reopened"


def test_reopen_needs_a_reason_a_signature_and_an_open_stage(actor, cast):
    signed, blank = cast.sheet("juri", "Prima"), cast.sheet("juri", "Cepat")
    with pytest.raises(InvalidInput):
        service.reopen_sheet(actor("panitia"), signed, "", NOW)
    with pytest.raises(NotAllowed, match="belum ditandatangani"):
        service.reopen_sheet(actor("panitia"), blank, "Alasan.", NOW)
    cast.stage(1).state = StageState.CLOSED
    with pytest.raises(NotAllowed, match="sudah ditutup"):
        service.reopen_sheet(actor("panitia"), signed, "Alasan.", NOW)


def test_a_group_has_marks_from_the_first_one_on(save, cast):
    group = cast.group("Cepat")
    assert queries.group_has_marks(group.id) is False
    save({"s01": "8"})
    assert queries.group_has_marks(group.id) is True
    assert queries.group_has_marks(cast.group("Sigap").id) is False


def test_saved_marks_stay_on_the_scale_and_totals_are_right(save, sheet):
    """Any texts for any criteria: nothing outside the rubric is stored, totals equal an own computation."""
    texts = st.one_of(
        st.sampled_from(["1", "10", "8,5", "9.5", "7", "", "10,5", "1e1", "NaN", "-3", "0", "8,25", "７"]),
        st.text(max_size=6),
    )
    legal = {step / Fraction(2) for step in range(2, 21)}

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.sampled_from(sorted(WEIGHTS)), texts, max_size=5))
    def try_marks(typed):
        save(typed)
        stored = {mark.criterion: Fraction(mark.value) for mark in db.session.scalars(_marks_of(sheet))}
        assert set(stored.values()) <= legal
        complete = stored.keys() == WEIGHTS.keys()
        own_total = sum(stored[name] / 10 * weight for name, weight in WEIGHTS.items()) if complete else None
        assert sheet.total == own_total

    try_marks()


def _marks_of(sheet):
    return select(Mark).where(Mark.sheet_id == sheet.id)


def test_the_weights_of_this_test_are_those_of_the_rubric():
    assert {criterion.id: int(criterion.weight) for criterion in SHORT.criteria} == WEIGHTS


def test_a_reopened_sheet_can_be_signed_again(actor, cast):
    signed = cast.sheet("juri", "Prima")
    later = NOW + timedelta(minutes=5)
    with transaction():
        service.reopen_sheet(actor("panitia"), signed, "Periksa lagi.", NOW)
    with transaction():
        service.save_sheet(actor("juri"), signed, {"s03": "9"}, "", signed.version, later)
        service.sign_sheet(actor("juri"), signed, signed.version, later)
    assert (signed.signed_at, signed.total) == (later, Fraction(167, 2))
