"""Signals that a process is out of control although no point lies beyond the limits.

All rules look at a standardised series (centre 0, sigma 1) in which None stands for a point left out; such a point
breaks every run. A signal is the position, counted from 1, of the point that completes the pattern.
Western Electric, Statistical Quality Control Handbook (1956); the rising or falling six is Nelson's (1984).
"""

from collections.abc import Sequence

Series = Sequence[float | None]

TREND_LENGTH = 6
_TOLERANCE = 1e-9


def beyond_limits(series: Series) -> list[int]:
    """Points beyond 3 sigma; a point on a limit is not beyond it."""
    return [at for at, value in enumerate(series, 1) if value is not None and abs(value) > 3 + _TOLERANCE]


def run_on_one_side(series: Series, length: int) -> list[int]:
    """Points that stand at the end of `length` points in a row on one side of the centre line."""
    found, streak, last = [], 0, 0
    for at, value in enumerate(series, 1):
        side = _side(value, 0)
        streak = streak + 1 if side and side == last else abs(side)
        last = side
        if streak >= length:
            found.append(at)
    return found


def trend(series: Series, length: int = TREND_LENGTH) -> list[int]:
    """Points that stand at the end of `length` points in a row, each higher (or each lower) than the one before."""
    found, streak, direction = [], 1, 0
    previous: float | None = None
    for at, value in enumerate(series, 1):
        way = 0 if value is None or previous is None else _side(value - previous, 0)
        streak = 1 if way == 0 else streak + 1 if way == direction else 2
        direction, previous = way, value
        if streak >= length:
            found.append(at)
    return found


def several_beyond(series: Series, wanted: int, window: int, sigmas: float) -> list[int]:
    """Points beyond `sigmas` with at least `wanted` of the last `window` points (itself included) on its side."""
    sides = [_side(value, sigmas) for value in series]
    found = []
    for at, side in enumerate(sides, 1):
        if side and sides[max(at - window, 0) : at].count(side) >= wanted:
            found.append(at)
    return found


def _side(value: float | None, sigmas: float) -> int:
    if value is None or abs(value) <= sigmas + _TOLERANCE:
        return 0
    return 1 if value > 0 else -1
