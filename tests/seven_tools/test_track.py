"""Paths of values at even distances, read back as points."""

import pytest

from kbk.seven_tools.drawing.scales import Scale
from kbk.seven_tools.drawing.track import plan_track
from tests.seven_tools.layout import path_points

SCALE = Scale(low=0, high=10, start=300, end=100)


def test_line_passes_through_every_value_to_half_a_fine_unit() -> None:
    track = plan_track(50, 7.3, SCALE)
    values = [0, 10, 3.333, 3.334, 7.1]
    points = path_points(track.line(track.heights(values)))
    placed = [(track.first + x * track.unit, y * track.unit) for x, y in points]
    assert track.unit <= 0.26
    for index, (value, (x, y)) in enumerate(zip(values, placed, strict=True)):
        assert x == pytest.approx(50 + index * 7.3)
        assert y == pytest.approx(300 - value * 20, abs=track.unit / 2 + 1e-9)


def test_line_of_a_later_stretch_begins_at_its_own_place() -> None:
    track = plan_track(50, 5, SCALE)
    assert path_points(track.line(track.heights([5, 6]), 3)) == [(60, 800), (80, 720)]
    assert track.line(track.heights([5])) == "M0 800h0"


def test_ladder_keeps_each_value_over_its_band() -> None:
    track = plan_track(50, 2, SCALE)
    points = path_points(track.ladder(track.heights([10, 0])))
    assert [(track.first + x * track.unit, y * track.unit) for x, y in points] == [
        (49, 100), (51, 100), (51, 300), (53, 300),
    ]  # fmt: skip


def test_dots_stand_on_the_chosen_values() -> None:
    track = plan_track(50, 0.5, SCALE)
    assert (track.step, track.unit) == (1, 0.5)
    heights = track.heights([0, 10, 5])
    assert path_points(track.dots(heights, [1, 2]))[::2] == [(1, 200), (2, 400)]
    assert track.every_second().step == 2
