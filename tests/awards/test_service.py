"""Closing, settling, deciding and publishing, from signed sheets to standings."""

from fractions import Fraction

import pytest
from sqlalchemy import func, select, text, update

from kbk.audit.models import AuditRow
from kbk.awards import queries, service
from kbk.awards.models import PanelDecision, Standing
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.errors import Conflict, InvalidInput, NotAllowed
from kbk.judging.models import Mark, Sheet
from tests.awards.contest import NOW, PANITIA, Contest

FIVE = {"A": ("90", "90"), "B": ("85", "85"), "C": ("80", "80"), "D": ("75", "75"), "E": ("70", "70")}
TIED = {"A": ("90", "90"), "B": ("80", "84"), "C": ("82", "82"), "D": ("70", "70")}


def test_deciding_freezes_places_and_admits_those_above_the_line(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(FIVE)
    contest.close()
    contest.decide()
    assert contest.standings() == {
        "A": (1, "advanced", ""),
        "B": (2, "advanced", ""),
        "C": (3, "reserve", ""),
        "D": (4, "reserve", ""),
        "E": (5, "out", ""),
    }
    assert contest.entrants(2) == {"A", "B"}


def test_exact_scores_rank_where_rounded_ones_are_equal(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("82.33", "82.34"), "B": ("82.34", "82.34")})
    contest.close()
    contest.decide()
    rows = {row.group.name: row for row in queries.standings(contest.stage)}
    assert (rows["A"].score, rows["B"].score) == (Fraction(82335, 1000), Fraction(8234, 100))
    assert (rows["A"].place, rows["B"].place) == (2, 1)


def test_tie_at_the_line_waits_for_the_panel(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    with pytest.raises(NotAllowed) as refusal:
        contest.decide()
    assert refusal.value.message == (
        "Tahap Penilaian risalah belum dapat ditetapkan: masih ada nilai sama yang menentukan, yaitu "
        "B dan C (Perangkat Daerah, tempat 2). Catat dahulu keputusan tertulis dewan juri. Tidak ada undian."
    )
    assert (contest.stage.state, contest.standings()) == (StageState.CLOSED, {})


def test_panel_decision_settles_the_tie_and_is_told(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    contest.settle("C", "B")
    contest.decide()
    assert contest.standings() == {
        "A": (1, "advanced", ""),
        "C": (2, "advanced", ""),
        "B": (3, "reserve", ""),
        "D": (4, "reserve", ""),
    }
    note = next(row.note for row in queries.standings(contest.stage) if row.group.name == "C")
    assert note == "Nilai akhir sama tepat dengan B. Diputuskan tertulis oleh dewan juri: BA 12/2024"


def test_withdrawn_decision_opens_the_tie_again(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    public_id = contest.settle("C", "B")
    with transaction():
        service.withdraw_decision(PANITIA, queries.panel_decision(public_id), "Salah catat", NOW)
    with pytest.raises(NotAllowed):
        contest.decide()
    contest.settle("B", "C")
    contest.decide()
    assert (contest.standings()["B"], contest.standings()["C"]) == ((2, "advanced", ""), (3, "reserve", ""))
    assert db.session.scalar(select(func.count()).select_from(PanelDecision)) == 2


def test_decision_cannot_be_withdrawn_twice(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    decision = queries.panel_decision(contest.settle("C", "B"))
    with transaction():
        service.withdraw_decision(PANITIA, decision, "Salah catat", NOW)
    with pytest.raises(Conflict, match="sudah dicabut"):
        service.withdraw_decision(PANITIA, decision, "Salah catat", NOW)


def test_joint_decision_takes_both_through_the_line(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    contest.settle("B", "C", joint=True)
    contest.decide()
    assert contest.entrants(2) == {"A", "B", "C"}
    assert (contest.standings()["B"][0], contest.standings()["C"][0]) == (2, 2)


def test_take_all_lets_equals_through_without_a_decision(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2}, line_rule="take-all")
    contest.enter(TIED)
    contest.close()
    contest.decide()
    assert contest.entrants(2) == {"A", "B", "C"}


def test_chain_rule_lets_the_criteria_break_the_tie(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1}, line_rule="chain", tie_chain=["a"])
    contest.enter({"A": (("80", "90"), ("84", "84")), "B": (("90", "75"), ("84", "84"))})
    contest.close()
    contest.decide()
    assert contest.standings() == {"B": (1, "advanced", ""), "A": (2, "reserve", "")}
    assert queries.standings(contest.stage)[0].note == (
        "Nilai akhir sama tepat dengan A. Kriteria Dampak: rata-rata 87, memisahkan."
    )


def test_decision_rule_asks_the_panel_although_the_chain_would_part_them(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1}, line_rule="decision", tie_chain=["a"])
    contest.enter({"A": (("80", "90"), ("84", "84")), "B": (("90", "75"), ("84", "84"))})
    contest.close()
    with pytest.raises(NotAllowed):
        contest.decide()
    contest.settle("A", "B")
    contest.decide()
    assert contest.standings() == {"A": (1, "advanced", ""), "B": (2, "reserve", "")}


@pytest.mark.parametrize(
    ("names", "kind"), [(("B",), Conflict), (("B", "D"), Conflict), (("B", "B"), InvalidInput)]
)
def test_settling_takes_only_a_whole_tie(contest: Contest, names: tuple[str, ...], kind: type) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    with pytest.raises(kind):
        contest.settle(*names)


def test_settling_waits_until_the_stage_is_closed(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    with pytest.raises(Conflict, match="masih dinilai"):
        contest.settle("B", "C")


def test_tie_at_a_prize_waits_and_one_below_the_prizes_does_not(contest: Contest) -> None:
    contest.rules(quotas={})
    contest.enter({name: (str(90 - index),) * 2 for index, name in enumerate("ABCDEF")})
    contest.enter({"G": ("60", "60"), "H": ("60", "60")})
    contest.close()
    contest.decide()
    assert [contest.standings()[name][2] for name in "ABCDEFGH"] == [
        "Juara I",
        "Juara II",
        "Juara III",
        "Harapan I",
        "Harapan II",
        "Harapan III",
        "",
        "",
    ]
    assert contest.standings()["H"][0] == 7


def test_tie_for_the_first_prize_is_refused_or_shared_by_take_all(contest: Contest) -> None:
    contest.rules(quotas={})
    contest.enter({"A": ("80", "80"), "B": ("80", "80"), "C": ("70", "70")})
    contest.close()
    with pytest.raises(NotAllowed):
        contest.decide()
    contest.rules(line_rule="take-all")
    contest.decide()
    assert contest.standings() == {
        "A": (1, "winner", "Juara I"),
        "B": (1, "winner", "Juara I"),
        "C": (3, "winner", "Juara III"),
    }


def test_last_stage_calls_the_rest_finalists(contest: Contest) -> None:
    contest.rules(1, quotas={"Perangkat Daerah": 8})
    contest.rules(2, quotas={})
    contest.enter({name: (str(90 - index),) * 2 for index, name in enumerate("ABCDEFGH")}, position=2)
    contest.close(2)
    contest.decide(2)
    assert [contest.standings(2)[name][2] for name in "FGH"] == ["Harapan III", "Finalis", "Finalis"]


def test_category_without_quota_ends_in_the_stage(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("80", "80")})
    contest.enter({"K": ("70", "70"), "L": ("60", "60")}, category="Kelurahan")
    contest.close()
    contest.decide()
    assert contest.standings() == {
        "A": (1, "advanced", ""),
        "B": (2, "reserve", ""),
        "K": (1, "winner", "Juara I"),
        "L": (2, "winner", "Juara II"),
    }
    assert contest.entrants(2) == {"A"}


def test_advancing_without_a_next_stage_is_refused(contest: Contest) -> None:
    contest.rules(3, quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("80", "80")}, position=3)
    contest.close(3)
    with pytest.raises(NotAllowed, match="tidak ada tahap sesudahnya"):
        contest.decide(3)


def test_closing_names_the_missing_sheets_where_the_policy_waits(contest: Contest) -> None:
    contest.enter({"A": ("90", "90"), "B": ("80", None)})
    with pytest.raises(NotAllowed) as refusal:
        contest.close()
    assert refusal.value.message.startswith(
        "Tahap Penilaian risalah belum dapat ditutup: 1 lembar nilai belum ditandatangani, "
        "yaitu Ir. Lestari Juri Lain untuk KBK B."
    )
    assert contest.stage.state is StageState.OPEN


def test_closing_names_who_owes_many_sheets(contest: Contest) -> None:
    contest.enter(dict.fromkeys("ABCDEFG", ("90", None)))
    with pytest.raises(NotAllowed) as refusal:
        contest.close()
    assert refusal.value.message.startswith(
        "Tahap Penilaian risalah belum dapat ditutup: 7 lembar nilai belum ditandatangani, "
        "yaitu Ir. Lestari Juri Lain (7 lembar)."
    )


def test_closing_counts_the_sheets_present_where_the_policy_says_so(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1}, missing="present")
    contest.enter({"A": ("90", "70"), "B": ("81", None)})
    contest.close()
    contest.decide()
    assert contest.standings() == {"B": (1, "advanced", ""), "A": (2, "reserve", "")}


def test_closing_never_takes_a_group_without_any_sheet_for_zero(contest: Contest) -> None:
    contest.rules(missing="present")
    contest.enter({"A": ("90", "70"), "B": (None, None)})
    with pytest.raises(NotAllowed, match="belum ada nilai untuk KBK B"):
        contest.close()


def test_closing_an_empty_stage_is_refused(contest: Contest) -> None:
    with pytest.raises(NotAllowed, match="belum mempunyai peserta"):
        contest.close()


def test_recused_judge_is_not_waited_for(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("95", None)})
    with transaction():
        db.session.execute(update(Sheet).where(Sheet.signed_at.is_(None)).values(recused_at=NOW))
    contest.close()
    contest.decide()
    assert contest.standings() == {"B": (1, "advanced", ""), "A": (2, "reserve", "")}


def test_reopened_stage_is_judged_again(contest: Contest) -> None:
    contest.enter(FIVE)
    contest.close()
    with transaction():
        service.reopen_stage(PANITIA, contest.stage, "Lembar tertinggal", NOW)
    assert (contest.stage.state, contest.stage.closed_at) == (StageState.OPEN, None)


def test_decided_stage_is_not_reopened(contest: Contest) -> None:
    contest.enter(FIVE)
    contest.close()
    contest.decide()
    with pytest.raises(Conflict, match="sudah ditetapkan"):
        service.reopen_stage(PANITIA, contest.stage, "Lembar tertinggal", NOW)


def test_carry_over_weighs_the_stage_before(contest: Contest) -> None:
    contest.rules(1, quotas={"Perangkat Daerah": 2})
    contest.rules(2, quotas={"Perangkat Daerah": 1}, carry_over=80)
    contest.enter({"A": ("90", "90"), "B": ("80", "80")})
    contest.close()
    contest.decide()
    contest.enter({"A": ("70", "70"), "B": ("100", "100")}, position=2)
    contest.close(2)
    contest.decide(2)
    scores = {row.group.name: row.score for row in queries.standings(contest.cast.stage(2))}
    assert scores == {"A": Fraction(86), "B": Fraction(84)}


def test_publishing_twice_leaves_one_row_and_says_so(contest: Contest) -> None:
    contest.enter(FIVE)
    contest.finish()
    with pytest.raises(Conflict, match="sudah diumumkan"):
        contest.publish()
    rows = select(func.count()).select_from(AuditRow).where(AuditRow.action == "stage-published")
    assert db.session.scalar(rows) == 1


def test_publishing_waits_for_earlier_stages(contest: Contest) -> None:
    contest.enter(FIVE)
    contest.close()
    contest.decide()
    contest.enter({"A": ("90", "90")}, position=2)
    contest.close(2)
    contest.decide(2)
    with pytest.raises(NotAllowed, match="Umumkan dahulu tahap Penilaian risalah"):
        contest.publish(2)


def test_publishing_is_refused_when_a_mark_was_changed_behind_the_back(contest: Contest) -> None:
    contest.enter(FIVE)
    contest.close()
    contest.decide()
    with transaction():
        sheet = contest.cast.group("B")
        target = select(Sheet.id).join(Sheet.entry).where(Sheet.entry.has(group_id=sheet.id)).limit(1)
        db.session.execute(
            update(Mark)
            .where(Mark.sheet_id == target.scalar_subquery(), Mark.criterion == "a")
            .values(value="85.001")
        )
    with pytest.raises(NotAllowed, match=r"hitung ulang dari nilai mentah berbeda .*: KBK B"):
        contest.publish()
    assert contest.stage.state is StageState.DECIDED


def test_publishing_is_refused_when_a_standing_was_changed_behind_the_back(contest: Contest) -> None:
    contest.enter(FIVE)
    contest.close()
    contest.decide()
    with transaction():
        db.session.execute(text("UPDATE standings SET place = 1 WHERE place = 2"))
    assert service.recount_differences(contest.stage) == ["KBK B"]


def test_every_act_leaves_a_row_in_the_trail(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter(TIED)
    contest.close()
    contest.settle("B", "C")
    contest.decide()
    contest.publish()
    verbs = db.session.scalars(select(AuditRow.action).order_by(AuditRow.id)).all()
    assert verbs[-5:] == [
        "stage-closed",
        "tie-settled",
        "entries-admitted",
        "stage-decided",
        "stage-published",
    ]


def test_standings_keep_each_judges_exact_total(contest: Contest) -> None:
    contest.enter({"A": ("82.33", "82.34")})
    contest.close()
    contest.decide()
    row = db.session.scalars(select(Standing)).one()
    judges = [contest.cast.judge(name).id for name in ("juri", "juri-lain")]
    assert row.judge_totals == [
        {"judge": judges[0], "total": "8233/100"},
        {"judge": judges[1], "total": "4117/50"},
    ]
