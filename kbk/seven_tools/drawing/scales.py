"""Where a value stands on the paper, and which round values an axis names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10

from kbk.seven_tools.numerals import decimal_text

_SLACK = 1e-9
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """Linear map of values low..high onto start..end; y axes run from a large start to a small end.

    `factor` is drawing units per unit of value.
    """

    low: float
    high: float
    start: float
    end: float
    factor: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "factor", (self.end - self.start) / (self.high - self.low))

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) * self.factor

    def wholes(self, values: Iterable[float], unit: float) -> list[int]:
        """Where many values stand, each in whole numbers of `unit`; for those inside the sheet the nearest ones."""
        start, low, factor = self.start / unit + 0.5, self.low, self.factor / unit
        return list(map(float.__trunc__, [start + (value - low) * factor for value in values]))


@dataclass(frozen=True, slots=True)
class Ticks:
    """Round values low..high (both included) and the decimals that write them all."""

    values: tuple[float, ...]
    places: int

    @property
    def low(self) -> float:
        return self.values[0]

    @property
    def high(self) -> float:
        return self.values[-1]

    def labels(self) -> list[str]:
        return [decimal_text(value, self.places) for value in self.values]


def nice_ticks(low: float, high: float, about: int = 5, whole: bool = False) -> Ticks:
    """Ticks at 1, 2 or 5 times a power of ten that enclose low..high in about `about` steps.

    Equal bounds are opened around the value; `whole` keeps the step at 1 or more, for counts.
    """
    if high <= low:
        room = max(abs(low) * 0.1, 1.0 if whole or low == 0 else 0.0)
        low, high = low - room if low < 0 else max(low - room, 0.0), high + room
    step, exponent = _nice_step((high - low) / about)
    if whole and step < 1:
        step, exponent = 1.0, 0
    first, last = floor(low / step + _SLACK), ceil(high / step - _SLACK)
    last = max(last, first + 1)
    power, unit = 10.0 ** abs(exponent), round(step / 10.0**exponent)
    values = tuple(
        index * unit * power if exponent >= 0 else index * unit / power for index in range(first, last + 1)
    )
    return Ticks(values, max(-exponent, 0))


def inner_ticks(low: float, high: float, about: int = 5, whole: bool = False) -> Ticks:
    """The nice ticks that lie within low..high; for an axis that must end at `high` itself."""
    ticks = nice_ticks(low, high, about, whole)
    slack = (high - low) * _SLACK
    inside = tuple(value for value in ticks.values if low - slack <= value <= high + slack)
    return Ticks(inside or (ticks.low,), ticks.places)


def _nice_step(rough: float) -> tuple[float, int]:
    exponent = floor(log10(rough))
    for multiple in _STEPS:
        step = multiple * 10.0**exponent
        if step >= rough * (1 - _SLACK):
            break
    return (step, exponent + 1) if multiple == 10 else (step, exponent)


def spread(centers: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres moved as little as needed so that intervals of the given sizes do not overlap and stay in low..high.

    Keeps the order of the centres. When all sizes together exceed the room they are packed from `low` on.
    """
    order = sorted(range(len(centers)), key=centers.__getitem__)
    placed = list(centers)
    edge = low
    for index in order:
        placed[index] = max(centers[index], edge + sizes[index] / 2)
        edge = placed[index] + sizes[index] / 2
    edge = high
    for index in reversed(order):
        placed[index] = min(placed[index], edge - sizes[index] / 2)
        edge = placed[index] - sizes[index] / 2
    if order and edge < low:
        edge = low
        for index in order:
            placed[index] = edge + sizes[index] / 2
            edge = placed[index] + sizes[index] / 2
    return placed
