from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.aggregate import Method, Missing, Obstacle, Penalty, aggregate, mid_ranks, z_scores
from scoring.ballot import Sheet
from scoring.errors import ScoringError

Make = Callable[..., list[Sheet]]
METHODS = {
    "raw_mean": (Method.MEAN, 1e-9),
    "trimmed_mean": (Method.TRIMMED, 1e-9),
    "rank_sum": (Method.RANK_SUM, 1e-9),
    "z_mean": (Method.Z_SCORE, 1e-4),
}


def scores(sheets: list[Sheet], *options: Any, **named: Any) -> dict[str, Fraction | None]:
    entries = sorted({sheet.entry for sheet in sheets})
    return {entry: score.score for entry, score in aggregate(sheets, entries, *options, **named).items()}


@pytest.mark.parametrize("word", METHODS)
def test_methods_reproduce_the_worked_examples(
    word: str, reference: dict[str, Any], make_sheets: Make
) -> None:
    method, tolerance = METHODS[word]
    for example in (reference["agreement"][0], *reference["methods_disagree"]):
        found = scores(make_sheets(example["table"]), method)
        assert [float(score) for score in found.values() if score is not None] == pytest.approx(
            example[word], abs=tolerance
        )


def test_three_methods_crown_three_winners(reference: dict[str, Any], make_sheets: Make) -> None:
    (example,) = reference["methods_disagree"]
    sheets = make_sheets(example["table"])
    winners = {}
    for method in (Method.MEAN, Method.TRIMMED, Method.Z_SCORE):
        found = scores(sheets, method)
        winners[method] = max(found, key=lambda entry: found[entry] or Fraction(-99))
    assert winners == {Method.MEAN: "E3", Method.TRIMMED: "E1", Method.Z_SCORE: "E2"}


@pytest.mark.parametrize(
    ("row", "middle"),
    [([9, 2, 5, 8], "6.5"), ([9, 2, 5], "5"), ([4], "4"), ([3, 4], "3.5"), ([1, 1, 9, 9, 5], "5")],
)
def test_median_is_the_middle_or_the_mean_of_both(row: list[int], middle: str, make_sheets: Make) -> None:
    assert scores(make_sheets([row]), Method.MEDIAN) == {"E1": Fraction(middle)}


def test_additive_model_levels_out_severe_judges(make_sheets: Make) -> None:
    # J3 is four points more severe and saw only E2 and E3; without levelling E1 would win on the mean.
    sheets = make_sheets([[80, 80, None], [80, 80, 76], [None, 84, 80]])
    assert scores(sheets, Method.ADDITIVE, Missing.PRESENT) == {
        "E1": Fraction(80) - Fraction(4, 3),
        "E2": Fraction(80) - Fraction(4, 3),
        "E3": Fraction(84) - Fraction(4, 3),
    }


def test_additive_model_is_the_mean_when_all_sheets_are_in(
    make_sheets: Make, reference: dict[str, Any]
) -> None:
    sheets = make_sheets(reference["agreement"][0]["table"])
    assert scores(sheets, Method.ADDITIVE) == scores(sheets, Method.MEAN)


def test_additive_model_gives_no_score_when_panels_are_not_linked(make_sheets: Make) -> None:
    sheets = make_sheets([[80, 82, None], [None, None, 90]])
    found = aggregate(sheets, ["E1", "E2"], Method.ADDITIVE, Missing.PRESENT)
    assert [(score.score, score.obstacle) for score in found.values()] == [(None, Obstacle.UNLINKED)] * 2


def test_missing_sheet_waits_unless_declared_otherwise(make_sheets: Make) -> None:
    sheets = make_sheets([[80, 90], [70, None]])
    found = aggregate(sheets, ["E1", "E2"])
    assert found["E1"].score == 85
    assert (found["E2"].score, found["E2"].obstacle, found["E2"].missing) == (None, Obstacle.WAITING, ("J2",))


def test_missing_sheet_is_never_a_zero(make_sheets: Make) -> None:
    sheets = make_sheets([[80, 90], [70, None]])
    assert scores(sheets, Method.MEAN, Missing.PRESENT) == {"E1": 85, "E2": 70}
    assert scores(sheets, Method.MEAN, Missing.ADDITIVE) == {"E1": 85, "E2": 75}


def test_estimated_sheet_is_shown_as_estimated(make_sheets: Make) -> None:
    found = aggregate(make_sheets([[80, 90], [70, None]]), ["E1", "E2"], missing=Missing.ADDITIVE)
    assert found["E2"].filled == (("J2", Fraction(80)),)
    assert found["E2"].parts == (("J1", Fraction(70)), ("J2", Fraction(80)))


def test_estimate_joins_z_scores_and_ranks(make_sheets: Make) -> None:
    sheets = make_sheets([[80, 90], [70, None], [60, 70]])
    assert scores(sheets, Method.RANK_SUM, Missing.ADDITIVE) == {"E1": 2, "E2": 4, "E3": 6}
    assert scores(sheets, Method.Z_SCORE, Missing.ADDITIVE) == {"E1": 1, "E2": 0, "E3": -1}


def test_additive_method_levels_the_sheets_that_are_there(make_sheets: Make) -> None:
    sheets = make_sheets([[80, 90], [70, None]])
    found = aggregate(sheets, ["E1", "E2"], Method.ADDITIVE, Missing.PRESENT)
    assert (found["E2"].score, found["E2"].filled, found["E2"].parts) == (
        Fraction(75),
        (),
        (("J1", Fraction(75)),),
    )


def test_additive_model_is_solved_for_forty_judges() -> None:
    sheets = [Sheet(f"J{number}", "E1", Fraction(number)) for number in range(40)]
    assert scores(sheets, Method.ADDITIVE) == {"E1": Fraction(39, 2)}


def test_sheet_that_nothing_links_cannot_be_estimated(make_sheets: Make) -> None:
    sheets = make_sheets([[80, None], [None, 90]])
    found = aggregate(sheets, ["E1", "E2"], missing=Missing.ADDITIVE)
    assert [(score.score, score.obstacle) for score in found.values()] == [(None, Obstacle.UNLINKED)] * 2


def test_rank_sum_with_gaps_is_the_mean_rank_for_the_whole_panel(make_sheets: Make) -> None:
    sheets = make_sheets([[80, 90, 70], [70, None, 60]])
    assert scores(sheets, Method.RANK_SUM, Missing.PRESENT) == {"E1": 3, "E2": 6}


def test_trimmed_mean_needs_three_sheets(make_sheets: Make) -> None:
    found = aggregate(make_sheets([[80, 90], [70, 75]]), ["E1", "E2"], Method.TRIMMED)
    assert [(score.score, score.obstacle) for score in found.values()] == [(None, Obstacle.TOO_FEW)] * 2
    assert scores(make_sheets([[80, 90, 10]]), Method.TRIMMED) == {"E1": 80}


def test_entry_without_sheets_is_told_apart(make_sheets: Make) -> None:
    found = aggregate(make_sheets([[80]]), ["E1", "E9"], missing=Missing.PRESENT)
    assert (found["E9"].score, found["E9"].obstacle, found["E9"].missing) == (
        None,
        Obstacle.NO_SHEETS,
        ("J1",),
    )


def test_panels_say_whose_sheets_are_awaited(make_sheets: Make) -> None:
    sheets = make_sheets([[80, None], [None, 90]])
    found = aggregate(sheets, ["E1", "E2"], panels={"E1": ["J1"], "E2": ["J2", "J3"]})
    assert (found["E1"].score, found["E1"].missing) == (Fraction(80), ())
    assert (found["E2"].score, found["E2"].missing) == (None, ("J3",))


@pytest.mark.parametrize("method", [Method.MEAN, Method.MEDIAN, Method.TRIMMED, Method.ADDITIVE])
def test_penalty_comes_off_the_score_in_points(method: Method, make_sheets: Make) -> None:
    sheets = make_sheets([[80, 91, 84], [70, 70, 70]])
    penalties = [Penalty("E1", Decimal("2.5"), "Terlambat"), Penalty("E1", Decimal(1), "Melebihi waktu")]
    before = scores(sheets, method)["E1"]
    assert before == (84 if method in (Method.MEDIAN, Method.TRIMMED) else 85)
    assert scores(sheets, method, penalties=penalties) == {"E1": before - Fraction("3.5"), "E2": 70}


def test_penalty_comes_off_every_total_where_scores_are_not_points(make_sheets: Make) -> None:
    sheets = make_sheets([[80, 90], [79, 89], [70, 80]])
    penalties = [Penalty("E1", Decimal(10), "Terlambat")]
    assert scores(sheets, Method.RANK_SUM, penalties=penalties) == {"E1": 5, "E2": 2, "E3": 5}
    leveled = scores(make_sheets([[70, 80], [79, 89], [70, 80]]), Method.Z_SCORE)
    assert scores(sheets, Method.Z_SCORE, penalties=penalties) == leveled


def test_z_scores_of_a_judge_without_spread_are_zero() -> None:
    assert z_scores({"A": Fraction(7), "B": Fraction(7)}) == {"A": 0, "B": 0}
    assert z_scores({"A": Fraction(7)}) == {"A": 0}


def test_mean_z_score_is_rounded_to_thirty_decimals(make_sheets: Make) -> None:
    found = scores(make_sheets([[1], [2], [4]]), Method.Z_SCORE)
    # mean 7/3, s = √(7/3): (1 − 7/3)/s = −4/3 · √(3/7)
    assert found["E1"] == Fraction("-0.872871560943969525064389941662")


def test_mid_ranks_share_the_mean_of_their_places() -> None:
    column = {"A": Fraction(9), "B": Fraction(5), "C": Fraction(5), "D": Fraction(5), "E": Fraction(1)}
    assert mid_ranks(column) == {"A": 1, "B": 3, "C": 3, "D": 3, "E": 5}


@pytest.mark.parametrize(
    ("sheets", "options", "sentence"),
    [
        ([("J1", "E1"), ("J1", "E1")], {}, "Juri J1 mempunyai dua lembar nilai untuk E1."),
        ([("J1", "E2")], {}, "Ada lembar nilai untuk E2, yang tidak terdaftar pada tahap ini."),
        (
            [("J1", "E1")],
            {"panels": {"E1": ["J2"]}},
            "Juri J1 menilai E1, padahal tidak ditugaskan untuk itu.",
        ),
        ([("J1", "E1")], {"panels": {}}, "Juri J1 menilai E1, padahal tidak ditugaskan untuk itu."),
        (
            [("J1", "E1")],
            {"penalties": [Penalty("E3", Decimal(1), "Terlambat")]},
            "Ada pengurangan nilai untuk E3, yang tidak terdaftar pada tahap ini.",
        ),
        (
            [(f"J{n}", "E1") for n in range(41)],
            {"method": Method.ADDITIVE},
            "Model aditif dihitung untuk paling banyak 40 juri, bukan 41.",
        ),
    ],
)
def test_aggregate_refuses_what_does_not_belong(
    sheets: list[tuple[str, str]], options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ScoringError) as refusal:
        aggregate([Sheet(judge, entry, Fraction(80)) for judge, entry in sheets], ["E1"], **options)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("points", ["0", "-1", "NaN", "Infinity"])
def test_penalty_must_take_something_off(points: str) -> None:
    with pytest.raises(ScoringError, match=r"^Pengurangan nilai harus lebih dari 0\.$"):
        Penalty("E1", Decimal(points), "Terlambat")
