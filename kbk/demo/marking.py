"""Marks of the demonstration: made from names alone, so that they are the same at every loading.

A mark lies around the group's quality, rounded up or down to the scale's step by a digest of judge, group and
criterion; a judge's own lean shifts all marks of that judge.
"""

from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from scoring.numbers import record_text
from scoring.rubric import Criterion, Rubric
from scoring.scales import ClockScale

LEANS = (Decimal("0"), Decimal("0.2"), Decimal("-0.3"), Decimal("0.1"), Decimal("-0.1"))
"""How generous each judge is, in points of the scale."""


def _digest(*words: str) -> int:
    return int.from_bytes(sha256("|".join(words).encode()).digest()[:4])


def _mark(criterion: Criterion, quality: Decimal, group: str, judge: int) -> Decimal:
    scale = criterion.scale
    if isinstance(scale, ClockScale):
        points = [band.points for band in scale.bands]
        return points[_digest(group, criterion.id) % len(points)]
    step = Decimal("0.5")
    wanted = quality + LEANS[judge]
    dither = Decimal(_digest(str(judge), group, criterion.id) % 50) / 100
    steps = (wanted + dither) // step
    return min(max(steps * step, scale.minimum), scale.maximum)


def marks(
    rubric: Rubric, *, quality: Decimal, group: str, judge: int, lighter_heaviest: bool = False
) -> dict[str, str]:
    """The marks judge number `judge` gives `group`, as typed: criterion id -> "8,5".

    `lighter_heaviest` takes half a point from the heaviest criterion and gives it back, by weight, to the second
    heaviest, so that the total stays the same while the chain of tie-breaks sees a difference.
    """
    given = {criterion.id: _mark(criterion, quality, group, judge) for criterion in rubric.criteria}
    if lighter_heaviest:
        heaviest, second = rubric.heaviest_first[:2]
        half = Decimal("0.5")
        given[heaviest] -= half
        given[second] += half * rubric.by_id[heaviest].weight / rubric.by_id[second].weight
    return {criterion: typed(mark) for criterion, mark in given.items()}


def typed(mark: Decimal) -> str:
    """A mark as a judge types it."""
    return record_text(Fraction(mark)).replace(".", ",")
