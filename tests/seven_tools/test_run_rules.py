"""Run rules where they begin, end and break."""

import pytest

from kbk.seven_tools.run_rules import beyond_limits, run_on_one_side, several_beyond, trend


def test_point_on_a_limit_is_not_beyond_it() -> None:
    assert beyond_limits([3.0, -3.0, 3.0000001, None]) == [3]


@pytest.mark.parametrize(("length", "signals"), [(7, [7, 8]), (8, [8]), (9, [])])
def test_run_length_is_a_setting(length: int, signals: list[int]) -> None:
    assert run_on_one_side([0.5] * 8, length) == signals


def test_point_on_the_centre_line_breaks_a_run() -> None:
    assert run_on_one_side([1, 1, 1, 1, 0, 1, 1, 1, 1], 7) == []


def test_point_left_out_breaks_runs_and_trends() -> None:
    assert run_on_one_side([1, 1, 1, None, 1, 1, 1], 6) == []
    assert trend([1, 2, 3, None, 4, 5, 6]) == []


def test_equal_neighbours_break_a_trend() -> None:
    assert trend([1, 2, 3, 3, 4, 5, 6, 7]) == []
    assert trend([1, 2, 3, 3, 4, 5, 6, 7, 8]) == [9]


def test_two_of_three_needs_the_same_side() -> None:
    assert several_beyond([2.5, -2.5, 0, 2.5, 2.5], 2, 3, 2) == [5]
