from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

import pytest

from scoring.aggregate import Method, Missing, Penalty
from scoring.ballot import Ballot, Sheet
from scoring.cut import CutRule
from scoring.errors import ScoringError
from scoring.ranking import Ranking, rank
from scoring.rubric import Criterion, Rubric
from scoring.scales import NumberScale
from scoring.stage import StageRules, rank_sheets
from scoring.what_if import (
    NOTICE,
    Scenario,
    bootstrap,
    changed_weights,
    other_methods,
    stays_above,
    without_each_judge,
)

MakeSheets = Callable[..., list[Sheet]]
Make = Callable[..., Ballot]
ENTRIES = ["E1", "E2", "E3"]


def order(ranking: Ranking) -> list[str]:
    return [place.entry for place in ranking.places]


def test_simulations_say_that_they_are_not_official() -> None:
    assert NOTICE == "Simulasi, bukan hasil resmi."


def test_other_methods_leave_the_declared_one_out(make_sheets: MakeSheets) -> None:
    sheets = make_sheets([[88, 86, 87, 60], [84, 85, 84, 85], [80, 82, 81, 98]])
    found = other_methods(sheets, ENTRIES, StageRules())
    assert {method: order(ranking)[0] for method, ranking in found.items()} == {
        Method.MEDIAN: "E1",
        Method.TRIMMED: "E1",
        Method.Z_SCORE: "E1",
        Method.RANK_SUM: "E1",
        Method.ADDITIVE: "E3",
    }


def test_additive_model_is_left_out_for_a_crowd_of_judges() -> None:
    sheets = [Sheet(f"J{number}", "E1", Fraction(80)) for number in range(41)]
    assert Method.ADDITIVE not in other_methods(sheets, ["E1"], StageRules())


def test_leaving_a_judge_out_takes_him_off_the_panels(make_sheets: MakeSheets) -> None:
    sheets = make_sheets([[90, 70], [80, 85]])
    scenarios = without_each_judge(sheets, ENTRIES[:2], StageRules())
    assert [(scenario.name, order(scenario.ranking)) for scenario in scenarios] == [
        ("tanpa juri J1", ["E2", "E1"]),
        ("tanpa juri J2", ["E1", "E2"]),
    ]
    panels = {"E1": ["J1", "J2"], "E2": ["J1", "J2"]}
    again = without_each_judge(sheets, ENTRIES[:2], StageRules(), panels=panels)
    assert [order(scenario.ranking) for scenario in again] == [["E2", "E1"], ["E1", "E2"]]
    assert all(not scenario.ranking.unplaced for scenario in again)


def test_weights_change_one_by_one_and_come_back_to_100(duo: Rubric, ballot: Make) -> None:
    ballots = [ballot("J1", "A", isi="8", gaya="7"), ballot("J1", "B", isi="7", gaya="8.5")]
    scenarios = changed_weights(duo, ballots, ["A", "B"], StageRules())
    assert [scenario.name for scenario in scenarios] == [
        "bobot Isi −10 %",
        "bobot Isi +10 %",
        "bobot Gaya −10 %",
        "bobot Gaya +10 %",
    ]
    assert [order(scenario.ranking) for scenario in scenarios] == [
        ["B", "A"],
        ["A", "B"],
        ["A", "B"],
        ["B", "A"],
    ]
    assert scenarios[0].ranking.of("A").score == Fraction(800 * 54 + 700 * 40, 10 * 94)


def test_weights_with_many_decimals_can_change(ballot: Make) -> None:
    scale = NumberScale(Decimal(0), Decimal(10))
    rubric = Rubric("R", (Criterion("isi", "Isi", Decimal("33.333333"), scale),))
    scenarios = changed_weights(rubric, [ballot("J1", "A", isi="8")], ["A"], StageRules(), percent=7)
    assert [scenario.ranking.of("A").score for scenario in scenarios] == [80, 80]


def test_share_of_scenarios_above_the_line() -> None:
    scenarios = [
        Scenario("satu", rank({"A": Fraction(3), "B": Fraction(2), "C": Fraction(1)})),
        Scenario("dua", rank({"A": Fraction(1), "B": Fraction(2), "C": Fraction(2)})),
    ]
    assert stays_above(scenarios, CutRule(1)) == {
        "A": Fraction(1, 2),
        "B": Fraction(1, 2),
        "C": Fraction(1, 2),
    }
    quota = CutRule(1, quotas={"kelurahan": 1})
    assert stays_above(scenarios, quota, {"C": "kelurahan"}) == {"A": 0, "B": 0, "C": 1}


def test_share_needs_a_scenario() -> None:
    with pytest.raises(ScoringError, match=r"^Simulasi memerlukan sedikitnya satu keadaan lain\.$"):
        stays_above([], CutRule(1))


@pytest.mark.parametrize("method", list(Method))
def test_bootstrap_is_exact_over_all_resamples(method: Method, make_sheets: MakeSheets) -> None:
    table = [[88, 86, 60], [84, 85, 85], [80, 70, 98], [75, 76, 74]]
    entries = [*ENTRIES, "E4"]
    ranking = rank_sheets(make_sheets(table), entries, StageRules(method))
    expected = dict.fromkeys(entries, 0)
    for drawn in product(("J1", "J2", "J3"), repeat=3):
        values = {}
        for entry in entries:
            parts = dict(ranking.scores[entry].parts)
            ordered = sorted(parts[judge] for judge in drawn)
            middle = ordered[1] if method in (Method.MEDIAN, Method.TRIMMED) else sum(ordered)
            values[entry] = -middle if method is Method.RANK_SUM else middle
        line = sorted(values.values())[-2]
        for entry in entries:
            expected[entry] += values[entry] >= line
    assert bootstrap(ranking, 2) == {entry: Fraction(count, 27) for entry, count in expected.items()}


def test_bootstrap_knows_penalties(make_sheets: MakeSheets) -> None:
    sheets = make_sheets([[80, 82], [79, 81]])
    penalties = [Penalty("E1", Decimal("1.5"), "Terlambat")]
    ranking = rank_sheets(sheets, ENTRIES[:2], penalties=penalties)
    assert bootstrap(ranking, 1) == {"E1": 0, "E2": 1}
    ranks = rank_sheets(sheets, ENTRIES[:2], StageRules(Method.RANK_SUM), penalties=penalties)
    assert bootstrap(ranks, 1) == {"E1": 0, "E2": 1}


def test_resample_without_a_judge_of_the_entry_counts_as_below(make_sheets: MakeSheets) -> None:
    rules = StageRules(missing=Missing.PRESENT)
    ranking = rank_sheets(make_sheets([[90, None], [None, 80], [70, 70]]), [*ENTRIES, "E4"], rules)
    assert bootstrap(ranking, 1) == {"E1": Fraction(3, 4), "E2": Fraction(1, 4), "E3": 0}


def test_bootstrap_of_nothing_is_nothing() -> None:
    assert bootstrap(rank_sheets([], ["E1"]), 1) == {}


def test_bootstrap_takes_all_when_there_are_fewer_than_the_line(make_sheets: MakeSheets) -> None:
    assert bootstrap(rank_sheets(make_sheets([[80], [70]]), ENTRIES[:2]), 5) == {"E1": 1, "E2": 1}


def test_bootstrap_of_many_judges_draws_the_same_resamples_for_everybody(make_sheets: MakeSheets) -> None:
    table = [[80 + (3 * judge) % 7 for judge in range(8)], [80 + (5 * judge) % 8 for judge in range(8)]]
    ranking = rank_sheets(make_sheets(table), ENTRIES[:2])
    assert bootstrap(ranking, 1) == bootstrap(ranking, 1)
    shares = bootstrap(ranking, 1)
    # An own draw of the minimal standard generator: the same thousand panels of eight.
    state, drawn = 1, []
    for _ in range(8000):
        state = 48_271 * state % (2**31 - 1)
        drawn.append(state % 8)
    panels = iter(drawn)
    wins = 0
    for _ in range(1000):
        panel = list(islice(panels, 8))
        wins += sum(table[0][judge] for judge in panel) >= sum(table[1][judge] for judge in panel)
    assert shares["E1"] == Fraction(wins, 1000)
