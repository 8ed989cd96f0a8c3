"""One panel of a control chart: plotted values, centre, limits and the signals they give."""

from collections.abc import Sequence
from dataclasses import dataclass

from kbk.seven_tools import run_rules
from kbk.seven_tools.numerals import places_for

_ROUNDING = 1e-12

MOST_MARKED = 150

RULES = ("run", "trend", "two_of_three", "four_of_five")


@dataclass(frozen=True, slots=True)
class RunSettings:
    """Which of RULES apply and how many points on one side make a run."""

    rules: tuple[str, ...]
    run_length: int

    def signals(self, series: run_rules.Series, rule: str) -> list[int]:
        if rule == "run":
            return run_rules.run_on_one_side(series, self.run_length)
        if rule == "trend":
            return run_rules.trend(series)
        if rule == "two_of_three":
            return run_rules.several_beyond(series, 2, 3, 2)
        return run_rules.several_beyond(series, 4, 5, 1)


@dataclass(frozen=True, slots=True)
class RunSignal:
    """Points (from 1) that complete the pattern named by `rule`."""

    rule: str
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ControlPanel:
    """Positions count from 1 within `values`; in a moving range panel value 1 belongs to observation 2.

    `beyond` stand outside the limits, `patterned` complete a pattern inside of them, `left_out` do not count. Limits
    are `stepped` where they follow samples of different size, values `whole` where they are counts. `low` and `high`
    enclose values and limits, `places` are the decimals that tell values of the largest sample apart.
    """

    name: str
    values: tuple[float, ...]
    center: float
    lcl: tuple[float, ...]
    ucl: tuple[float, ...]
    left_out: tuple[int, ...]
    beyond: tuple[int, ...]
    runs: tuple[RunSignal, ...]
    patterned: tuple[int, ...]
    stepped: bool
    whole: bool
    low: float
    high: float
    places: int

    @property
    def marked(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The points beyond and the patterned ones that a drawing singles out: none of a kind that is no exception."""
        beyond, patterned = (
            points if len(points) <= MOST_MARKED else () for points in (self.beyond, self.patterned)
        )
        return beyond, patterned

    def to_json(self) -> dict[str, object]:
        return {
            "center": self.center,
            "lcl": list(self.lcl),
            "ucl": list(self.ucl),
            "beyond": list(self.beyond),
            "runs": [{"rule": signal.rule, "points": list(signal.points)} for signal in self.runs],
            "values": list(self.values),
        }


def is_level(limits: Sequence[float]) -> bool:
    """Whether a limit is the same for all samples."""
    return limits[0] == limits[-1] and limits.count(limits[0]) == len(limits)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a plotted value can be at all; limits are clipped to it, each sample's upper bound being its own."""

    low: float | None = None
    high: Sequence[float] | None = None


def make_panel(
    name: str,
    values: Sequence[float],
    center: float,
    sigmas: Sequence[float],
    kept: Sequence[bool],
    runs: RunSettings,
    bounds: Bounds = Bounds(),
) -> ControlPanel:
    """A panel with limits `center` ± 3 `sigmas`; signals are judged before the limits are clipped."""
    lcl, ucl = [center - 3 * sigma for sigma in sigmas], [center + 3 * sigma for sigma in sigmas]
    if bounds.low is not None:
        lcl = [max(limit, bounds.low) for limit in lcl]
    if bounds.high is not None:
        ucl = [min(limit, high) for limit, high in zip(ucl, bounds.high, strict=True)]
    series = [
        _standardised(value, center, sigma) if keep else None
        for value, sigma, keep in zip(values, sigmas, kept, strict=True)
    ]
    beyond = run_rules.beyond_limits(series)
    found = [RunSignal(rule, tuple(runs.signals(series, rule))) for rule in runs.rules]
    in_patterns = {point for signal in found for point in signal.points}
    return ControlPanel(
        name=name,
        values=tuple(values),
        center=center,
        lcl=tuple(lcl),
        ucl=tuple(ucl),
        left_out=tuple(at for at, keep in enumerate(kept, 1) if not keep),
        beyond=tuple(beyond),
        runs=tuple(signal for signal in found if signal.points),
        patterned=tuple(sorted(in_patterns.difference(beyond))),
        stepped=not (is_level(lcl) and is_level(ucl)),
        whole=all(isinstance(value, int) for value in values),
        low=min(*values, *lcl),
        high=max(*values, *ucl),
        places=places_for(
            min(max(upper - center, center - lower) for lower, upper in set(zip(lcl, ucl, strict=True)))
        ),
    )


def _standardised(value: float, center: float, sigma: float) -> float:
    """Distance from the centre in sigmas; what lies within rounding of the centre is on it."""
    distance = value - center
    if abs(distance) <= _ROUNDING * max(abs(value), abs(center)) or sigma == 0:
        return 0.0
    return distance / sigma
