from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.aggregate import Method, Missing, Penalty
from scoring.ballot import Sheet
from scoring.cut import CutRule
from scoring.outlook import Interval, Outlook, final_bounds, outlook, stage_bounds
from scoring.rubric import Rubric
from scoring.stage import StageRules, rank_sheets

MakeSheets = Callable[..., list[Sheet]]
ENTRIES = ["E1", "E2", "E3"]


def interval(low: object, high: object) -> Interval:
    return Interval(Fraction(str(low)), Fraction(str(high)))


def test_complete_sheets_leave_no_room(duo: Rubric, make_sheets: MakeSheets) -> None:
    ranking = rank_sheets(make_sheets([[80, 90], [70, 60], [50, 50]]), ENTRIES)
    assert stage_bounds(ranking, duo) == {
        "E1": interval(85, 85),
        "E2": interval(65, 65),
        "E3": interval(50, 50),
    }


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [(Method.MEAN, 50, "83.3333"), (Method.MEDIAN, 70, 80), (Method.TRIMMED, 70, 80)],
)
def test_missing_sheet_may_hold_anything_the_rubric_allows(
    method: Method, low: int, high: object, duo: Rubric, make_sheets: MakeSheets
) -> None:
    ranking = rank_sheets(
        make_sheets([[70, 80, None], [70, 60, 50], [50, 50, 50]]), ENTRIES, StageRules(method)
    )
    found = stage_bounds(ranking, duo)["E1"]
    assert found is not None
    assert (float(found.low), float(found.high)) == pytest.approx((float(low), float(str(high))), abs=1e-4)


def test_trimmed_mean_of_too_few_sheets_can_say_nothing(duo: Rubric, make_sheets: MakeSheets) -> None:
    ranking = rank_sheets(make_sheets([[70, None], [70, 60]]), ["E1", "E2"], StageRules(Method.TRIMMED))
    assert stage_bounds(ranking, duo) == {"E1": None}


def test_penalty_lowers_both_ends(duo: Rubric, make_sheets: MakeSheets) -> None:
    penalties = [Penalty("E1", Decimal(2), "Terlambat")]
    ranking = rank_sheets(make_sheets([[70, None], [70, 60]]), ["E1", "E2"], penalties=penalties)
    assert stage_bounds(ranking, duo)["E1"] == interval(33, 83)


def test_entry_that_nobody_will_judge_is_left_out(duo: Rubric, make_sheets: MakeSheets) -> None:
    panels = {"E1": ["J1"], "E2": ["J2"]}
    ranking = rank_sheets(make_sheets([[70]]), ["E3", "E1", "E2"], panels=panels)
    assert stage_bounds(ranking, duo) == {"E1": interval(70, 70), "E2": interval(0, 100)}


def test_scores_that_hang_on_others_stay_open_until_all_is_in(duo: Rubric, make_sheets: MakeSheets) -> None:
    rules = StageRules(Method.RANK_SUM)
    table: list[list[int | None]] = [[70, None], [60, 60], [50, 50]]
    assert set(stage_bounds(rank_sheets(make_sheets(table), ENTRIES, rules), duo).values()) == {None}
    table[0][1] = 80
    found = stage_bounds(rank_sheets(make_sheets(table), ENTRIES, rules), duo)
    assert found["E1"] == interval(2, 2)


def test_estimated_scores_stay_open(duo: Rubric, make_sheets: MakeSheets) -> None:
    rules = StageRules(missing=Missing.ADDITIVE)
    ranking = rank_sheets(make_sheets([[70, None], [60, 60]]), ["E1", "E2"], rules)
    assert stage_bounds(ranking, duo) == {"E1": None, "E2": interval(60, 60)}


def test_final_bounds_weigh_and_take_penalties_off() -> None:
    desk = {"E1": interval(70, 80), "E2": None, "E3": interval(1, 1)}
    day = {"E1": interval(50, 50), "E2": interval(60, 60)}
    penalties = [Penalty("E1", Decimal(1), "Terlambat")]
    assert final_bounds([(Decimal(80), desk), (Decimal(20), day)], penalties) == {
        "E1": interval(65, 73),
        "E2": None,
    }


def test_outlook_tells_who_is_in_out_or_open() -> None:
    bounds = {"A": interval(90, 90), "B": interval(60, 85), "C": interval(80, 80), "D": interval(50, 59)}
    assert outlook(bounds, CutRule(2)) == {
        "A": Outlook.IN,
        "B": Outlook.OPEN,
        "C": Outlook.OPEN,
        "D": Outlook.OUT,
    }


def test_possible_tie_at_the_line_is_not_certain() -> None:
    bounds = {"A": interval(80, 80), "B": interval(60, 80)}
    assert outlook(bounds, CutRule(1)) == {"A": Outlook.OPEN, "B": Outlook.OPEN}


def test_unknown_rival_may_be_above_but_is_not_surely_above() -> None:
    bounds = {"A": interval(80, 80), "B": None, "C": interval(10, 10)}
    assert outlook(bounds, CutRule(1)) == {"A": Outlook.OPEN, "B": Outlook.OPEN, "C": Outlook.OUT}
    assert outlook(bounds, CutRule(2)) == {"A": Outlook.IN, "B": Outlook.OPEN, "C": Outlook.OPEN}


def test_quota_keeps_a_category_in_and_keeps_others_waiting() -> None:
    categories = {"A": "opd", "B": "opd", "C": "kelurahan", "D": "kelurahan"}
    bounds = {"A": interval(90, 90), "B": interval(80, 80), "C": interval(40, 60), "D": interval(10, 20)}
    rule = CutRule(2, quotas={"opd": 1, "kelurahan": 1})
    assert outlook(bounds, rule, categories) == {
        "A": Outlook.IN,
        "B": Outlook.OUT,
        "C": Outlook.IN,
        "D": Outlook.OUT,
    }


def test_open_list_may_make_an_entry_certain_that_its_quota_leaves_out() -> None:
    bounds = {"A": interval(90, 90), "C": interval(70, 70), "D": interval(60, 60)}
    found = outlook(bounds, CutRule(3, quotas={"kelurahan": 1}), {"C": "kelurahan", "D": "kelurahan"})
    assert set(found.values()) == {Outlook.IN}


def test_quota_keeps_a_category_open_behind_everybody_else() -> None:
    bounds = {"A": interval(96, 96), "B": interval(95, 95), "C": interval(10, 90), "D": interval(60, 60)}
    found = outlook(bounds, CutRule(2, quotas={"kelurahan": 1}), {"C": "kelurahan", "D": "kelurahan"})
    assert found == {"A": Outlook.IN, "B": Outlook.OUT, "C": Outlook.OPEN, "D": Outlook.OPEN}


def test_open_places_beside_a_quota_are_counted() -> None:
    categories = {"A": "opd", "C": "kelurahan", "D": "kelurahan"}
    bounds = {"A": interval(90, 90), "B": interval(80, 80), "C": interval(70, 70), "D": interval(60, 60)}
    rule = CutRule(3, quotas={"kelurahan": 1})
    assert outlook(bounds, rule, categories) == {
        "A": Outlook.IN,
        "B": Outlook.IN,
        "C": Outlook.IN,
        "D": Outlook.OUT,
    }


def test_entry_above_which_nothing_is_sure_is_open_in_its_category() -> None:
    bounds = {"C": interval(10, 90), "D": interval(60, 60), "A": interval(95, 95)}
    rule = CutRule(2, quotas={"kelurahan": 1})
    found = outlook(bounds, rule, {"C": "kelurahan", "D": "kelurahan"})
    assert found == {"C": Outlook.OPEN, "D": Outlook.OPEN, "A": Outlook.IN}


def test_equals_at_the_line_of_a_quota_leave_the_open_list_to_others() -> None:
    bounds = {name: interval(55, 55) for name in ("A1", "A2", "A3")}
    bounds |= {"B1": interval(45, 45), "B2": interval(35, 35)}
    categories = {"A1": "A", "A2": "A", "A3": "A", "B1": "B", "B2": "B"}
    found = outlook(bounds, CutRule(4, quotas={"A": 2}), categories)
    assert found["B2"] is Outlook.OPEN


def test_quotas_that_use_up_all_places_leave_the_rest_out() -> None:
    bounds = {"A1": interval(50, 60), "A2": interval(10, 20), "B1": interval(5, 6), "B2": interval(1, 2)}
    categories = {"A1": "A", "A2": "A", "B1": "B", "B2": "B"}
    found = outlook(bounds, CutRule(2, quotas={"A": 1, "B": 1}), categories)
    assert found == {"A1": Outlook.IN, "A2": Outlook.OUT, "B1": Outlook.IN, "B2": Outlook.OUT}
