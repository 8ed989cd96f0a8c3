"""Judges, entries, appointments and the opening of a stage."""

import pytest

from kbk import clock
from kbk.accounts.service import add_user
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.errors import Conflict, InvalidInput, NotAllowed
from kbk.groups.models import Member
from kbk.judging import panels, queries, service
from kbk.policy import MemberRole
from kbk.risalah.models import RisalahState
from scoring.templates import SHORT

NOW = clock.now()


@pytest.fixture
def panitia(actor):
    """The organiser."""
    return actor("panitia")


def hand_in(cast, group):
    with transaction():
        cast.risalah(group).state = RisalahState.SUBMITTED


def close_and_decide(cast, position):
    with transaction():
        cast.stage(position).state = StageState.DECIDED


def pairs(stage):
    return {(sheet.entry_id, sheet.judge_id) for sheet in queries.sheets_of_stage(stage)}


def test_add_judge_appoints_a_person_once(panitia, cast):
    with transaction():
        user = add_user(panitia, name="Dra. Baru Contoh", now=NOW)
        judge = service.add_judge(
            panitia, cast.competition(), user, institution="BPKP", job_title="Auditor", now=NOW
        )
    assert (judge.user.name, judge.institution, judge.job_title, judge.unit) == (
        "Dra. Baru Contoh",
        "BPKP",
        "Auditor",
        None,
    )
    with pytest.raises(InvalidInput, match="sudah menjadi juri gelar ini"):
        service.add_judge(panitia, cast.competition(), user, institution="BPKP", now=NOW)


def test_add_judge_wants_to_know_where_a_judge_comes_from(panitia, cast):
    with pytest.raises(InvalidInput, match="Pilih unit asal juri"):
        service.add_judge(panitia, cast.competition(), cast.user("pengguna"), now=NOW)


def test_appoint_lays_out_a_blank_sheet(panitia, cast):
    with transaction():
        admitted = service.admit(panitia, cast.stage(1), [cast.group("Sigap").id], NOW)
        sheet = service.appoint(panitia, cast.entry("Sigap"), cast.judge("juri"), NOW)
    assert (admitted, sheet.version, sheet.total, sheet.signed_at) == (1, 1, None, None)


def test_appoint_twice_gives_the_same_sheet(panitia, cast):
    before = cast.sheet("juri", "Cepat").id
    assert service.appoint(panitia, cast.entry("Cepat"), cast.judge("juri"), NOW).id == before


def test_appoint_refuses_the_judges_own_unit(panitia, cast):
    with pytest.raises(NotAllowed) as refused:
        service.appoint(panitia, cast.entry("Cepat"), cast.judge("juri-dalam"), NOW)
    assert refused.value.message == (
        "Hadi Juri Dalam tidak dapat menilai KBK Cepat, karena juri ini berasal dari unit yang sama: "
        "Dinas Perdagangan. Pilih juri lain."
    )


def test_appoint_refuses_a_unit_in_which_the_judge_is_a_group_member(panitia, cast):
    with transaction():
        user, group = cast.user("juri-lain"), cast.group("Rukun")
        group.members.append(Member(user=user, name=user.name, role=MemberRole.FASILITATOR))
        service.admit(panitia, cast.stage(1), [cast.group("Rukun").id], NOW)
    with pytest.raises(NotAllowed, match="unit yang sama: Kelurahan Miroto"):
        service.appoint(panitia, cast.entry("Rukun"), cast.judge("juri-lain"), NOW)


def test_appoint_refuses_a_closed_stage(panitia, cast):
    close_and_decide(cast, 1)
    with pytest.raises(NotAllowed, match="penugasan juri tidak dapat diubah lagi"):
        service.appoint(panitia, cast.entry("Cepat"), cast.judge("juri"), NOW)


def test_appoint_gives_a_recused_judge_the_sheet_back(panitia, actor, cast):
    sheet = cast.sheet("juri", "Cepat")
    with transaction():
        service.recuse(actor("juri"), sheet, "Keliru.", NOW)
        again = service.appoint(panitia, cast.entry("Cepat"), cast.judge("juri"), NOW)
    assert (again.id, again.recused_at, again.recusal_reason) == (sheet.id, None, "")


def test_withdraw_takes_a_blank_sheet_only(panitia, actor, cast):
    blank, begun = cast.sheet("juri-lain", "Cepat"), cast.sheet("juri", "Cepat")
    with transaction():
        service.save_sheet(actor("juri"), begun, {"s01": "8"}, "", 1, NOW)
        service.withdraw_appointment(panitia, blank, NOW)
    assert queries.sheet_of(cast.entry("Cepat"), cast.judge("juri-lain")) is None
    with pytest.raises(NotAllowed, match="sudah mulai mengisi lembar nilai KBK Cepat"):
        service.withdraw_appointment(panitia, begun, NOW)
    with pytest.raises(NotAllowed, match="sudah menandatangani nilai KBK Prima"):
        service.withdraw_appointment(panitia, cast.sheet("juri", "Prima"), NOW)


def test_change_panel_starts_from_what_was_shown(panitia, cast):
    entry, one, other = cast.entry("Prima"), cast.judge("juri"), cast.judge("juri-lain")
    inside = cast.judge("juri-dalam")
    with pytest.raises(Conflict, match="Penugasan juri untuk peserta ini baru saja diubah"):
        service.change_panel(panitia, entry, shown=[other, inside], chosen=[other], now=NOW)
    with transaction():
        service.change_panel(panitia, entry, shown=[inside, other, one], chosen=[one, other], now=NOW)
    assert [sheet.judge for sheet in queries.panel(entry)] == [one, other]


def test_remove_judge_keeps_one_who_has_sheets(panitia, cast):
    with pytest.raises(NotAllowed, match="sudah mempunyai lembar nilai"):
        service.remove_judge(panitia, cast.judge("juri"), NOW)
    with transaction():
        service.withdraw_appointment(panitia, cast.sheet("juri-dalam", "Prima"), NOW)
        service.remove_judge(panitia, cast.judge("juri-dalam"), NOW)
    assert [judge.user.username for judge in queries.judges(cast.competition())] == ["juri", "juri-lain"]


def test_change_judge_refuses_a_unit_already_given_to_the_judge(panitia, cast):
    judge = cast.judge("juri")
    with pytest.raises(InvalidInput, match="sudah ditugaskan menilai KBK Cepat dari Dinas Perdagangan"):
        service.change_judge(
            panitia,
            judge,
            version=1,
            unit=cast.unit("Dinas Perdagangan"),
            institution="",
            job_title="",
            now=NOW,
        )
    with transaction():
        service.change_judge(
            panitia,
            judge,
            version=1,
            unit=cast.unit("Kelurahan Miroto"),
            institution="",
            job_title="Lurah",
            now=NOW,
        )
    assert (judge.unit.name, judge.institution, judge.job_title) == ("Kelurahan Miroto", "", "Lurah")


def test_admit_counts_new_entries_only(panitia, cast):
    groups = [cast.group(name).id for name in ("Cepat", "Sigap", "Rukun")]
    with transaction():
        assert service.admit(panitia, cast.stage(1), groups, NOW) == 2
        assert service.admit(panitia, cast.stage(1), groups, NOW) == 0


def test_late_joiners_are_those_who_handed_in_after_the_opening(panitia, cast):
    assert queries.late_joiners(cast.stage(1)) == []
    hand_in(cast, "Sigap")
    assert queries.late_joiners(cast.stage(1)) == [cast.group("Sigap").id]
    with transaction():
        assert service.admit_late(panitia, cast.stage(1), NOW) == 1
    assert queries.late_joiners(cast.stage(1)) == []
    assert queries.late_joiners(cast.stage(2)) == []


def test_open_stage_admits_to_the_first_stage_whoever_has_handed_in(panitia, cast):
    with transaction():
        stage = cast.stage(1)
        for entry in queries.entries(stage):
            for sheet in entry.sheets:
                db.session.delete(sheet)
            db.session.flush()
            db.session.delete(entry)
        stage.state, stage.opened_at = StageState.PLANNED, None
    with transaction():
        service.open_stage(panitia, stage, NOW)
    assert (stage.state, stage.opened_at) == (StageState.OPEN, NOW)
    assert [entry.group.name for entry in queries.entries(stage)] == ["Cepat", "Prima"]


def test_open_stage_waits_for_the_stage_before_it(panitia, cast):
    with pytest.raises(NotAllowed, match="sesudah hasil tahap Penilaian risalah ditetapkan"):
        service.open_stage(panitia, cast.stage(2), NOW)
    with pytest.raises(NotAllowed, match="sudah pernah dibuka"):
        service.open_stage(panitia, cast.stage(1), NOW)


def test_open_stage_needs_entries_and_a_rubric_that_can_be_used(panitia, cast):
    close_and_decide(cast, 1)
    with pytest.raises(NotAllowed, match="belum mempunyai peserta"):
        service.open_stage(panitia, cast.stage(2), NOW)
    with transaction():
        service.admit(panitia, cast.stage(2), [cast.group("Prima").id], NOW)
        cast.stage(2).tie_chain = ["r01"]
    with pytest.raises(NotAllowed, match="menyebut kriteria r01"):
        service.open_stage(panitia, cast.stage(2), NOW)
    with transaction():
        cast.stage(2).rubric, cast.stage(2).tie_chain = {**SHORT.to_data(), "criteria": []}, []
    with pytest.raises(NotAllowed, match="Rubrik belum memuat kriteria"):
        service.open_stage(panitia, cast.stage(2), NOW)


def test_share_out_completes_panels_and_avoids_the_own_unit(panitia, cast):
    stage = cast.stage(1)
    with transaction():
        service.admit(panitia, stage, [cast.group("Sigap").id, cast.group("Rukun").id], NOW)
        added = service.share_out(panitia, stage, 2, NOW)
    found = pairs(stage)
    assert (added, len(found)) == (4, 9)
    assert (cast.entry("Cepat").id, cast.judge("juri-dalam").id) not in found
    shown = panels.stage_panels(stage)
    assert {entry.group.name: shown.by_entry[entry.id].awaited for entry in shown.entries} == {
        "Sigap": 2,
        "Cepat": 2,
        "Prima": 3,
        "Rukun": 2,
    }
    with transaction():
        assert service.share_out(panitia, stage, 2, NOW) == 0


def test_share_out_does_not_give_a_sheet_back_to_a_recused_judge(panitia, actor, cast):
    with transaction():
        service.recuse(actor("juri"), cast.sheet("juri", "Cepat"), "Membimbing.", NOW)
    with pytest.raises(InvalidInput, match="KBK Cepat hanya dapat dinilai oleh 1 juri, padahal diminta 2"):
        service.share_out(panitia, cast.stage(1), 2, NOW)


def test_stage_panels_count_how_far_the_sheets_are(actor, cast):
    with transaction():
        service.save_sheet(actor("juri"), cast.sheet("juri", "Cepat"), {"s01": "8"}, "", 1, NOW)
        service.recuse(actor("juri-lain"), cast.sheet("juri-lain", "Cepat"), "Membimbing.", NOW)
    shown = panels.stage_panels(cast.stage(1))
    assert shown.total == panels.Progress(signed=1, begun=1, blank=2, recused=1)
    assert shown.by_judge[cast.judge("juri").id] == panels.Progress(signed=1, begun=1)
    assert shown.by_entry[cast.entry("Cepat").id].missing == 1
    assert shown.forbidden(cast.entry("Cepat"), cast.judge("juri-dalam")) is True
    assert (shown.without_judge, shown.most) == (0, 3)
