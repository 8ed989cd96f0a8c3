"""What places mean while sheets are missing, at the line, and after the panel has decided."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import event

from kbk.awards import queries
from kbk.awards.reasons import tie_sentences
from kbk.awards.rules import award_title, certificate_number, next_action
from kbk.awards.tally import CategoryTally
from kbk.db import db, transaction
from scoring.ties import Decision, Reason, Step
from tests.awards.contest import PAIR, Contest


def own(contest: Contest, position: int = 1) -> CategoryTally:
    tally = queries.stage_tally(contest.cast.stage(position))
    return tally.categories[0]


def fates(tally: CategoryTally) -> dict[str, str]:
    return {row.contestant.name: row.fate.value for row in tally.rows}


def test_fates_while_a_sheet_is_missing_tell_only_what_is_certain(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("99", None), "C": ("30", "30")})
    assert fates(own(contest)) == {"A": "open", "B": "open", "C": "out"}


def test_fate_is_certain_when_no_sheet_can_turn_it(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("70", None)})
    assert fates(own(contest)) == {"A": "in", "B": "out"}


def test_fate_of_a_prize_stays_open_while_sheets_are_missing(contest: Contest) -> None:
    contest.rules(quotas={})
    contest.enter({"A": ("90", "90"), "B": ("10", None)})
    assert fates(own(contest)) == {"A": "open", "B": "open"}


def test_missing_sheet_leaves_the_group_without_place_where_the_policy_waits(contest: Contest) -> None:
    contest.enter({"A": ("50", "50"), "B": ("99", None)})
    assert [(row.contestant.name, row.place) for row in own(contest).rows] == [("A", 1), ("B", None)]


def test_cut_line_is_drawn_below_the_last_one_inside(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter({"A": ("90", "90"), "B": ("80", "80"), "C": ("70", "70")})
    assert [row.last_inside for row in own(contest).rows] == [False, True, False]


def test_no_line_is_drawn_when_everybody_is_inside(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 5})
    contest.enter({"A": ("90", "90"), "B": ("80", "80")})
    assert [row.last_inside for row in own(contest).rows] == [False, False]
    assert fates(own(contest)) == {"A": "in", "B": "in"}


def test_no_line_is_drawn_through_groups_without_a_place(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter({"A": ("90", "90"), "B": ("80", None), "C": ("70", None)})
    assert [row.last_inside for row in own(contest).rows] == [False, False, False]


def test_tie_away_from_the_line_blocks_nothing(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("80", "80"), "C": ("80", "80")})
    tally = own(contest)
    assert ([tie.place for tie in tally.ties], tally.blocking) == ([2], ())


def test_tie_tells_what_the_chain_says_although_the_panel_decides(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1}, tie_chain=["a"])
    contest.enter({"A": (("80", "90"), ("84", "84")), "B": (("90", "75"), ("84", "84"))})
    (tie,) = own(contest).blocking
    tried = tie.tried[contest.cast.group("B").id]
    assert [(reason.step, reason.value) for reason in tried] == [(Step.CRITERION, Fraction(87))]


def test_decision_about_groups_that_are_no_longer_equal_is_named_unused(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("80", "80"), "B": ("80", "80")})
    contest.close()
    contest.settle("B", "A")
    assert own(contest).unused == ()
    with transaction():
        contest.cast.entry("A").sheets[0].marks[0].value += 1
    assert [item.note for item in own(contest).unused] == ["BA 12/2024"]


def test_ranking_is_read_in_the_same_number_of_statements_for_many_groups(contest: Contest) -> None:
    def statements(groups: int) -> int:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        contest.enter({f"G{groups}-{number}": (str(50 + number), "60") for number in range(groups)})
        stage = contest.stage
        event.listen(db.engine, "before_cursor_execute", note)
        queries.stage_tally(stage)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    assert statements(3) == statements(40)


@pytest.mark.parametrize(
    ("place", "through_cut", "title"),
    [(1, True, "Juara I"), (6, False, "Harapan III"), (7, True, "Finalis"), (7, False, ""), (None, True, "")],
)
def test_award_title_follows_the_place(place: int | None, through_cut: bool, title: str) -> None:
    assert award_title(place, through_cut=through_cut) == title


def test_certificate_number_fills_only_its_own_marks() -> None:
    number = certificate_number("000.8.3/{urut}/{bulan}/{tahun}/{0}", serial=7, day=date(2024, 8, 2))
    assert number == "000.8.3/007/VIII/2024/{0}"


@pytest.mark.parametrize(
    ("state", "may_open", "ties", "action"),
    [
        ("planned", True, 0, "open"),
        ("planned", False, 0, None),
        ("open", True, 0, "close"),
        ("closed", True, 2, "settle"),
        ("closed", True, 0, "decide"),
        ("decided", True, 0, "publish"),
        ("published", True, 0, None),
    ],
)
def test_next_action_follows_the_state(state: str, may_open: bool, ties: int, action: str | None) -> None:
    assert next_action(state=state, may_open=may_open, ties=ties) == action


def test_tie_sentences_tell_every_step_in_order() -> None:
    decision = Decision(("1", "2"), "BA 12/2024")
    reasons = (
        Reason(Step.CRITERION, ("1", "2", "3"), separated=True, criterion="a", value=Fraction(169, 2)),
        Reason(Step.CRITERION, ("1", "2"), separated=False, criterion="b", value=Fraction(80)),
        Reason(Step.DECISION, ("1", "2"), separated=True, decision=decision),
    )
    assert tie_sentences(1, reasons, {1: "Sigap", 2: "Cepat", 3: "Arsip"}, PAIR) == (
        "Nilai akhir sama tepat dengan Arsip dan Cepat.",
        "Kriteria Dampak: rata-rata 84,5, memisahkan.",
        "Kriteria Penyajian: rata-rata 80, tetap sama.",
        "Diputuskan tertulis oleh dewan juri: BA 12/2024",
    )
