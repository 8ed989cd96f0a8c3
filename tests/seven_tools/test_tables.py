"""Results of the check sheet, stratification and the tables that go with them."""

import pytest

from kbk.seven_tools import (
    ToolInputError,
    action_plan,
    before_after,
    cause_test,
    check_sheet,
    deviation,
    histogram,
    stratification,
    usg,
)


def test_check_sheet_totals() -> None:
    sheet = check_sheet.parse({"items": ["A", "B"], "periods": ["Sen", "Sel"], "counts": [[1, 2], [3, 4.0]]})
    assert sheet.to_json() == {
        "items": ["A", "B"],
        "periods": ["Sen", "Sel"],
        "row_totals": [3, 7],
        "column_totals": [4, 6],
        "grand_total": 10,
    }
    assert check_sheet.table(sheet).rows[-1] == ("Jumlah", "4", "6", "10")


def test_check_sheet_refuses_a_wrong_grand_total() -> None:
    data = {"items": ["A"], "periods": ["Sen"], "counts": [[2]], "grand_total": 3}
    with pytest.raises(ToolInputError, match=r'Isi "grand_total" adalah 3, padahal jumlah hitungannya 2\.'):
        check_sheet.parse(data)


def test_stratification_rate_of_all_is_not_the_mean_of_rates() -> None:
    strata = [{"name": "A", "counts": 10, "sizes": 100}, {"name": "B", "counts": 1, "sizes": 2}]
    result = stratification.parse({"strata": strata})
    assert [one.rate for one in result.strata] == [0.1, 0.5]
    assert result.total.rate == 11 / 102
    assert stratification.notes(result) == [
        "Jumlah terbanyak: A (10 dari 11).",
        "Tingkat tertinggi: B (50,0%; keseluruhan 10,8%).",
    ]


def test_stratification_counts_records_by_two_factors() -> None:
    records = [["Loket 1", "Pagi"], ["loket  1", "Sore"], ["Loket 2", "Pagi"], ["Loket 1", "pagi"]]
    result = stratification.parse({"records": records})
    assert result.groups == ("Pagi", "Sore")
    assert [(one.name, one.counts) for one in result.strata] == [("Loket 1", (2, 1)), ("Loket 2", (1, 0))]
    assert result.group_totals == (3, 1)


def test_stratification_refuses_more_cases_than_units_of_a_proportion() -> None:
    data = {"strata": [{"name": "A", "counts": 3, "sizes": 2}], "proportion": True}
    with pytest.raises(ToolInputError, match=r"lebih kecil daripada banyaknya kejadian \(3\)"):
        stratification.parse(data)


def test_usg_ranks_with_ties_left_out_and_order_kept() -> None:
    points = {"A": (3, 3, 3), "B": (5, 4, 5), "C": (4, 5, 5), "D": (1, 1, 1)}
    problems = [{"name": name, "u": u, "s": s, "g": g} for name, (u, s, g) in points.items()]
    result = usg.parse({"problems": problems})
    assert [(one.name, one.total, one.rank) for one in result.problems] == [
        ("B", 14, 1),
        ("C", 14, 1),
        ("A", 9, 3),
        ("D", 3, 4),
    ]


def test_before_after_changes_and_verdicts() -> None:
    rows = [
        {"name": "Lama", "before": 7.5, "after": 2, "better": "lower"},
        {"name": "Nilai", "before": 80, "after": 60, "better": "higher"},
        {"name": "Nol", "before": 0, "after": 3, "better": "higher"},
        {"name": "Rugi", "before": -20, "after": 5, "better": "higher"},
        {"name": "Tetap", "before": 4, "after": 4, "better": "lower"},
    ]
    measures = before_after.parse({"rows": rows}).measures
    assert [one.words for one in measures] == [
        "−73,3% membaik",
        "−25,0% memburuk",
        "dari 0 membaik",
        "+125,0% membaik",
        "0% tetap",
    ]
    assert measures[2].change_percent is None


def test_cause_test_names_the_dominant_causes_and_lets_open_rows_lack_a_finding() -> None:
    row = {"cause": "A", "standard": "S", "method": "M", "actual": "K", "verdict": "dominant"}
    open_row = {"cause": "B", "standard": "S", "method": "M", "verdict": "open"}
    result = cause_test.parse({"rows": [row, open_row]})
    assert result.dominant == ("A",)
    assert cause_test.table(result).rows[1] == ("B", "S", "M", "", "Belum diuji")
    with pytest.raises(ToolInputError, match=r'Isi "rows" ke-1, "actual" belum ada\.'):
        cause_test.parse({"rows": [open_row | {"verdict": "proven"}]})


def test_action_plan_is_5w2h_when_a_cost_is_given() -> None:
    row = dict.fromkeys(("what", "why", "where", "when", "who", "how"), "x")
    plain, priced = (
        action_plan.parse({"rows": [row]}),
        action_plan.parse({"rows": [row, row | {"how_much": 2500}]}),
    )
    assert plain.caption.title == "Rencana perbaikan (5W1H)"
    assert priced.caption.title == "Rencana perbaikan (5W2H)"
    assert action_plan.table(priced).rows[-1] == ("Jumlah", "", "", "", "", "", "2.500")


def test_equal_deviations_share_a_rank_whatever_their_units() -> None:
    pairs = [(3, 1.1), (30, 11), (0.3, 0.11), (2, 1)]
    rows = [{"name": str(at), "target": target, "achieved": got} for at, (target, got) in enumerate(pairs)]
    result = deviation.parse({"rows": rows})
    assert [one.rank for one in result.indicators] == [1, 1, 1, 4]
    assert [one.conversion for one in result.indicators[:3]] == [110 / 3] * 3


def test_edges_of_classes_far_from_zero_are_told_apart() -> None:
    result = histogram.parse({"values": [1_000_000.25, 1_000_000.5, 1_000_000.75], "classes": 2})
    assert [row[0] for row in histogram.table(result).rows] == [
        "1.000.000,25 sampai 1.000.000,5",
        "1.000.000,5 sampai 1.000.000,75",
    ]
