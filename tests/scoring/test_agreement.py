from collections.abc import Callable
from typing import Any

import pytest

from scoring.agreement import (
    Coefficient,
    IntraclassCorrelations,
    Level,
    chi_square_tail,
    f_quantile,
    incomplete_beta,
    intraclass,
    kendall,
    krippendorff,
    summary,
)
from scoring.ballot import Sheet

MakeSheets = Callable[..., list[Sheet]]
Rows = list[list[float | None]]


@pytest.fixture
def shrout_fleiss(reference: dict[str, Any]) -> dict[str, Any]:
    example: dict[str, Any] = reference["agreement"][0]
    return example


def icc(table: Rows) -> IntraclassCorrelations:
    found = intraclass(table)
    assert found is not None
    return found


@pytest.mark.parametrize("form", ["icc_1_1", "icc_2_1", "icc_3_1", "icc_1_k", "icc_2_k", "icc_3_k"])
def test_six_intraclass_forms_match_shrout_and_fleiss(form: str, shrout_fleiss: dict[str, Any]) -> None:
    assert getattr(icc(shrout_fleiss["table"]), form).value == pytest.approx(shrout_fleiss[form], abs=1e-5)


@pytest.mark.parametrize(
    ("form", "low", "high"),
    [
        ("icc_1_1", -0.133, 0.723),
        ("icc_2_1", 0.019, 0.761),
        ("icc_3_1", 0.342, 0.946),
        ("icc_1_k", -0.884, 0.912),
        ("icc_2_k", 0.071, 0.927),
        ("icc_3_k", 0.676, 0.986),
    ],
)
def test_confidence_limits_match_published_ones(
    form: str, low: float, high: float, shrout_fleiss: dict[str, Any]
) -> None:
    found = getattr(icc(shrout_fleiss["table"]), form)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-4)


def test_wider_confidence_gives_wider_limits(shrout_fleiss: dict[str, Any]) -> None:
    usual, wide = icc(shrout_fleiss["table"]), intraclass(shrout_fleiss["table"], 0.99)
    assert wide is not None
    assert usual.icc_1_1 is not None
    assert wide.icc_1_1 is not None
    limits = [wide.icc_1_1.low, usual.icc_1_1.low, usual.icc_1_1.high, wide.icc_1_1.high]
    assert [limit for limit in limits if limit is not None] == sorted(
        limit for limit in limits if limit is not None
    )
    assert limits[0] != limits[1]


def test_judges_of_one_mind_agree_completely() -> None:
    found = icc([[80.0, 80.0], [70.0, 70.0], [60.0, 60.0]])
    certain = Coefficient(1.0, 1.0, 1.0)
    assert found == IntraclassCorrelations(certain, certain, certain, certain, certain, certain)


def test_entries_of_one_mean_leave_averages_undefined() -> None:
    found = icc([[80.0, 70.0], [70.0, 80.0]])
    assert found.icc_3_1 == Coefficient(-1.0, -1.0, -1.0)
    assert (found.icc_2_1, found.icc_1_k, found.icc_2_k, found.icc_3_k) == (None, None, None, None)


def test_judges_who_differ_only_in_level_agree_in_order_but_not_in_height() -> None:
    found = icc([[80.0, 70.1], [81.0, 71.1], [83.0, 73.1]])
    assert found.icc_3_1 == found.icc_3_k == Coefficient(1.0, 1.0, 1.0)
    assert found.icc_2_1 is not None
    assert found.icc_2_1.value == pytest.approx(14 / 3 / (14 / 3 + 2 * 147.015 / 3), abs=1e-9)


def test_differences_between_judges_alone_are_no_agreement() -> None:
    found = icc([[80.0, 70.0], [80.0, 70.0], [80.0, 70.0]])
    assert found.icc_2_1 == found.icc_2_k == Coefficient(0.0, None, None)
    assert (found.icc_3_1, found.icc_3_k) == (None, None)


def test_limits_that_do_not_hold_the_value_are_left_out() -> None:
    # MSB 1/6, MSJ 25/6, MSE 49/6; bottom 1/6 + 49/6 + 2 (25/6 − 49/6) / 3 = 17/3
    found = icc([[6.0, 8.0], [8.0, 7.0], [10.0, 4.0]])
    assert found.icc_2_1 is not None
    assert found.icc_2_1.value == pytest.approx(-8 / (17 / 3))
    assert (found.icc_2_1.low, found.icc_2_1.high) == (None, None)
    assert found.icc_2_k is None


def test_intraclass_leaves_entries_with_gaps_out() -> None:
    full: Rows = [[8.0, 7.0], [6.0, 6.0], [9.0, 7.0]]
    assert intraclass([*full, [5.0, None]]) == intraclass(full)


@pytest.mark.parametrize("table", [[], [[8.0, 7.0]], [[8.0], [7.0]], [[0.1, 0.1], [0.1, 0.1]], [[8.0, None]]])
def test_intraclass_needs_entries_judges_and_differences(table: Rows) -> None:
    assert intraclass(table) is None


def test_kendall_matches_the_worked_example(shrout_fleiss: dict[str, Any]) -> None:
    found = kendall(shrout_fleiss["table"])
    assert found is not None
    assert found.w == pytest.approx(shrout_fleiss["kendall_w"], abs=1e-5)
    assert found.w_tie_corrected == pytest.approx(shrout_fleiss["kendall_w_tie_corrected"], abs=1e-5)
    # χ² = 4 · 5 · 0.887037 = 17.74074 on 5 degrees of freedom
    assert found.p == pytest.approx(0.0032895, abs=1e-6)


@pytest.mark.parametrize("table", [[], [[8.0, 7.0]], [[8.0], [7.0]], [[8.0, 7.0], [8.0, 7.0]]])
def test_kendall_needs_entries_judges_and_differences(table: Rows) -> None:
    assert kendall(table) is None


@pytest.mark.parametrize("level", list(Level))
def test_krippendorff_with_gaps_matches_the_worked_example(level: Level, reference: dict[str, Any]) -> None:
    example = reference["agreement"][1]
    table = [
        [mark if mark != "" else None for mark in unit] for unit in zip(*example["by_coder"], strict=True)
    ]
    assert krippendorff(table, level) == pytest.approx(example[f"krippendorff_{level.value}"], abs=1e-5)


@pytest.mark.parametrize("level", [Level.INTERVAL, Level.ORDINAL])
def test_krippendorff_without_gaps_matches_the_worked_example(
    level: Level, shrout_fleiss: dict[str, Any]
) -> None:
    expected = shrout_fleiss[f"krippendorff_{level.value}"]
    assert krippendorff(shrout_fleiss["table"], level) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("table", [[], [[8.0, None]], [[8.0, 8.0], [8.0, 8.0]]])
def test_krippendorff_needs_something_to_compare(table: Rows) -> None:
    assert krippendorff(table, Level.INTERVAL) is None


def test_krippendorff_ratio_takes_zeros() -> None:
    assert krippendorff([[0.0, 0.0], [4.0, 4.0]], Level.RATIO) == 1


def test_summary_rounds_and_tells_what_is_not_defined(
    make_sheets: MakeSheets, shrout_fleiss: dict[str, Any]
) -> None:
    assert summary(make_sheets(shrout_fleiss["table"])) == {
        "icc_2_1": 0.289764,
        "icc_2_k": 0.620051,
        "icc_3_k": 0.909316,
        "kendall_w": 0.855357,
        "kendall_w_tie_corrected": 0.887037,
        "krippendorff_interval": 0.147308,
    }
    assert set(summary(make_sheets([[80]])).values()) == {None}


@pytest.mark.parametrize(
    ("probability", "first", "second", "quantile"),
    [(0.95, 1, 1, 161.4476), (0.95, 5, 18, 2.7729), (0.975, 10, 20, 2.7737), (0.5, 7, 7, 1.0)],
)
def test_f_quantile_matches_printed_tables(
    probability: float, first: int, second: int, quantile: float
) -> None:
    assert f_quantile(probability, first, second) == pytest.approx(quantile, abs=5e-5)


@pytest.mark.parametrize(("x", "value"), [(-1.0, 0.0), (0.0, 0.0), (1.0, 1.0), (0.5, 0.6875)])
def test_incomplete_beta_matches_the_binomial(x: float, value: float) -> None:
    # I_½(2, 3) is the chance of at least two heads in four throws, 11/16.
    assert incomplete_beta(x, 2, 3) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("x", "degrees"),
    [(3.841459, 1), (5.991465, 2), (7.814728, 3), (9.487729, 4), (11.070498, 5), (18.307038, 10)],
)
def test_chi_square_tail_matches_printed_tables(x: float, degrees: int) -> None:
    assert chi_square_tail(x, degrees) == pytest.approx(0.05, abs=1e-6)
