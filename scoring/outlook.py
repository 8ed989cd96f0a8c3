"""While sheets are missing: who is in whatever comes, who is out whatever comes, and for whom it is open."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from scoring.aggregate import TRIM_AT_LEAST, EntryScore, Method, Missing, Penalty, centre, total_penalty
from scoring.cut import CutRule
from scoring.rubric import FULL, Rubric
from scoring.stage import StageRanking


class Outlook(Enum):
    """What is known about an entry before the last sheet is in."""

    IN = "in"
    OUT = "out"
    OPEN = "open"


@dataclass(frozen=True)
class Interval:
    """The lowest and highest score still possible."""

    low: Fraction
    high: Fraction


Bounds = Mapping[str, Interval | None]
"""Entry -> interval; None where nothing can be said yet. Entries that can get no score are left out."""


def stage_bounds(ranking: StageRanking, rubric: Rubric) -> Bounds:
    """The scores still possible in a stage, when every missing sheet may hold anything the rubric allows.

    Scores that depend on other entries' sheets (z-score, rank sum, additive) are known only when all are in.
    """
    rules = ranking.rules
    awaited = any(score.missing for score in ranking.scores.values())
    bounds: dict[str, Interval | None] = {}
    for entry, score in ranking.scores.items():
        estimated = bool(score.missing) and rules.missing is Missing.ADDITIVE
        if not (score.sheets or score.missing):
            continue
        if awaited and (estimated or not rules.method.by_entry):
            bounds[entry] = None
        elif score.missing:
            bounds[entry] = _interval(score, rules.method, rubric)
        elif score.score is not None:
            bounds[entry] = Interval(score.score, score.score)
    return bounds


def _interval(score: EntryScore, method: Method, rubric: Rubric) -> Interval | None:
    """Methods by entry never fall when a total rises, so extreme missing totals give the limits."""
    present = [sheet.total for sheet in score.sheets]
    if method is Method.TRIMMED and len(present) + len(score.missing) < TRIM_AT_LEAST:
        return None
    low = centre(present + [rubric.minimum] * len(score.missing), method)
    high = centre(present + [rubric.maximum] * len(score.missing), method)
    return Interval(low - score.penalty, high - score.penalty)


def final_bounds(stages: Sequence[tuple[Decimal, Bounds]], penalties: Iterable[Penalty] = ()) -> Bounds:
    """The final scores still possible from (weight, bounds) of each stage, for entries in all of them."""
    taken = tuple(penalties)
    shared = [entry for entry in stages[0][1] if all(entry in bounds for _, bounds in stages)]
    return {
        entry: _weighted(
            [(weight, bounds[entry]) for weight, bounds in stages],
            total_penalty(penalty for penalty in taken if penalty.entry == entry),
        )
        for entry in shared
    }


def _weighted(parts: Sequence[tuple[Decimal, Interval | None]], penalty: Fraction) -> Interval | None:
    low = high = -penalty
    for weight, interval in parts:
        if interval is None:
            return None
        low += Fraction(weight) / FULL * interval.low
        high += Fraction(weight) / FULL * interval.high
    return Interval(low, high)


def outlook(bounds: Bounds, rule: CutRule, categories: Mapping[str, str] | None = None) -> dict[str, Outlook]:
    """What is certain about each entry of `bounds` under the cut rule, ties counted against being certain.

    With quotas the answer is cautious: IN and OUT always hold, OPEN may be undecided only in theory.
    """
    category_of = categories or {}
    everybody = _Rivals(bounds.values())
    own = {
        category: _Rivals(
            interval for entry, interval in bounds.items() if category_of.get(entry) == category
        )
        for category in rule.quotas
    }
    result = {}
    for entry, interval in bounds.items():
        if interval is None:
            result[entry] = Outlook.OPEN
            continue
        category = category_of.get(entry, "")
        quota = rule.quotas.get(category, 0)
        rivals = own.get(category)
        room = rule.number - sum(rule.quotas.values()) + quota
        inside = everybody.possibly_above(interval) < room
        outside = everybody.surely_above(interval) >= rule.number
        if rivals is not None:
            inside = inside or rivals.possibly_above(interval) < quota
            outside = outside and rivals.surely_above(interval) >= quota
        result[entry] = Outlook.IN if inside else Outlook.OUT if outside else Outlook.OPEN
    return result


class _Rivals:
    """Counts how many of some intervals lie, or may lie, above one of them."""

    def __init__(self, intervals: Iterable[Interval | None]) -> None:
        members = list(intervals)
        known = [interval for interval in members if interval is not None]
        self._unknown = len(members) - len(known)
        self._lows = sorted(interval.low for interval in known)
        self._highs = sorted(interval.high for interval in known)

    def possibly_above(self, interval: Interval) -> int:
        """Others that may reach or pass the interval's low end; the interval itself is not counted."""
        return self._unknown + len(self._highs) - bisect_left(self._highs, interval.low) - 1

    def surely_above(self, interval: Interval) -> int:
        """Others that pass the interval's high end whatever comes."""
        return len(self._lows) - bisect_right(self._lows, interval.high)
