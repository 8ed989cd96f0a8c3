"""Limits, signals and left-out samples of the control charts."""

import re

import pytest

from kbk.seven_tools import control_chart
from kbk.seven_tools.control_panel import MOST_MARKED
from tests.seven_tools.cases import BOARDS, JUICE, PISTON
from tests.seven_tools.layout import read


def test_unequal_sizes_step_the_limits_and_weigh_the_centre() -> None:
    panel = control_chart.parse(
        {"type": "p", "nonconforming": [5, 4, 9, 6, 3], "sizes": [50, 100, 50, 400, 50]}
    ).panels[0]
    p = 27 / 650
    assert panel.center == pytest.approx(p)
    assert panel.ucl == pytest.approx([p + 3 * (p * (1 - p) / n) ** 0.5 for n in (50, 100, 50, 400, 50)])
    assert panel.lcl == pytest.approx([0, 0, 0, p - 3 * (p * (1 - p) / 400) ** 0.5, 0])
    assert panel.stepped
    assert panel.beyond == (3,)


def test_upper_limits_of_shares_end_at_one_and_of_counts_at_n() -> None:
    share = control_chart.parse({"type": "p", "nonconforming": [9, 8, 9, 10, 9], "sizes": 10}).panels[0]
    number = control_chart.parse({"type": "np", "nonconforming": [9, 8, 9, 10, 9], "sizes": 10}).panels[0]
    assert list(share.ucl) == [1] * 5
    assert list(number.ucl) == [10] * 5


def test_point_on_a_limit_is_not_beyond_it() -> None:
    counts = [9, 9, 9, 9, 18, 0, 9, 9]
    panel = control_chart.parse({"type": "c", "counts": counts}).panels[0]
    assert (panel.center, panel.ucl[0], panel.beyond) == (9, 18, ())


def test_all_zero_counts_are_in_control() -> None:
    panel = control_chart.parse({"type": "c", "counts": [0] * 9}).panels[0]
    assert (panel.center, panel.lcl[0], panel.ucl[0], panel.beyond, panel.runs) == (0, 0, 0, (), ())


def test_revised_limits_leave_named_points_out_and_keep_the_reason() -> None:
    reasons = [{"sample": 23, "reason": "bahan baru"}, {"sample": 15, "reason": "mesin rusak"}]
    result = control_chart.parse({"type": "p", "nonconforming": JUICE, "sizes": 50, "exclude": reasons})
    panel = result.panels[0]
    assert panel.center == pytest.approx((sum(JUICE) - JUICE[14] - JUICE[22]) / (28 * 50))
    assert panel.center == pytest.approx(0.215)
    assert panel.beyond == (21,)
    assert result.to_json()["p"]["excluded"] == [  # type: ignore[index]
        {"sample": 15, "reason": "mesin rusak"},
        {"sample": 23, "reason": "bahan baru"},
    ]
    assert "Tidak ikut dihitung dalam batas: 15 (mesin rusak) dan 23 (bahan baru)." in control_chart.notes(
        result
    )


def test_left_out_value_takes_both_its_moving_ranges_along() -> None:
    values = [10, 11, 50, 10, 11, 10, 11]
    data = {"type": "i-mr", "values": values, "exclude": [{"sample": 3, "reason": "salah catat"}]}
    individuals, moving = control_chart.parse(data).panels
    assert individuals.center == 10.5
    assert moving.center == 1
    assert moving.left_out == (2, 3)
    assert moving.beyond == ()


def test_moving_range_counts_positions_in_its_own_values() -> None:
    moving = control_chart.parse({"type": "i-mr", "values": [5, 6, 5, 6, 5, 6, 5, 6, 5, 20]}).panels[1]
    assert len(moving.values) == 9
    assert moving.beyond == (9,)


@pytest.mark.parametrize(("length", "points"), [(7, (7, 8)), (8, (8,)), (9, ())])
def test_run_length_is_a_setting(length: int, points: tuple[int, ...]) -> None:
    counts = [12, 11, 13, 12, 11, 13, 12, 11, 5, 4, 6, 5, 4, 6, 5, 4, 30]
    data = {"type": "c", "counts": counts, "run_length": length, "rules": ["run"]}
    signals = {signal.rule: signal.points for signal in control_chart.parse(data).panels[0].runs}
    assert signals.get("run", ())[: len(points)] == points
    assert bool(signals) == bool(points)


def test_zone_rules_are_used_for_measured_values_only() -> None:
    counts = control_chart.parse({"type": "c", "counts": [10, 10, 10, 10, 16, 17, 10, 10, 4, 3]}).panels[0]
    values = control_chart.parse(
        {"type": "i-mr", "values": [0, 1, 0, 1, 0, 1, 0, 1, 3, 3, 3, 3, 3.5], "rules": ["four_of_five"]}
    ).panels[0]
    assert counts.runs == ()
    assert [signal.rule for signal in values.runs] == ["four_of_five"]


def test_standard_deviation_chart_uses_its_own_factors() -> None:
    means, spreads = control_chart.parse({"type": "xbar-s", "samples": PISTON}).panels
    assert means.ucl[0] - means.center == pytest.approx(1.4273 * spreads.center, rel=1e-4)
    assert spreads.ucl[0] == pytest.approx(2.0890 * spreads.center, rel=1e-4)
    assert spreads.center == pytest.approx(0.009240, abs=1e-6)


def test_signals_are_named_in_the_notes_and_marked_in_the_table() -> None:
    result = control_chart.parse({"type": "c", "counts": BOARDS})
    assert control_chart.notes(result)[0] == "Banyak cacat: di luar batas kendali pada 6 dan 20."
    assert control_chart.table(result).rows[5] == ("6", "5,0", "6,5", "19,8", "33,2", "di luar batas")


def test_first_label_keeps_off_the_word_beside_it() -> None:
    labels = [f"n{number:03}" for number in range(400)]
    chart = control_chart.parse({"type": "np", "nonconforming": [0] * 400, "sizes": 1, "labels": labels})
    assert read(control_chart.draw(chart)).overlapping() == []


def test_signs_that_are_no_exception_are_counted_and_not_marked_one_by_one() -> None:
    drifting = {"type": "i-mr", "values": [20 + number / 20 + number % 3 for number in range(1000)]}
    result = control_chart.parse(drifting)
    assert len(result.panels[0].beyond) > MOST_MARKED
    assert result.panels[0].marked == ((), result.panels[0].patterned)
    assert "lebih dari 150 titik bertanda" in " ".join(control_chart.notes(result))
    drawing = control_chart.draw(result)
    assert "di luar batas" not in re.findall(r">([^<]*)</text>", drawing)
    assert len(drawing.encode()) < 20_000


def test_table_tells_the_values_of_large_samples_apart_beside_a_small_one() -> None:
    data = {"type": "p", "nonconforming": [120, 130, 90, 110, 0], "sizes": [100_000] * 4 + [1]}
    table = control_chart.table(control_chart.parse(data))
    assert [row[1] for row in table.rows] == ["0,001200", "0,001300", "0,000900", "0,001100", "0,000000"]


def test_rule_named_twice_counts_once() -> None:
    data = {"type": "c", "counts": [1, 2, 3, 4, 5, 6, 7], "rules": ["trend", "trend"]}
    assert [signal.rule for signal in control_chart.parse(data).panels[0].runs] == ["trend"]
