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
    """What is certain about each entry of `bounds` under the cut rule once all their sheets have come in.

    Possible ties count against being certain. With quotas the answer is cautious: IN and OUT always hold, and
    an OPEN entry may be certain for reasons that are not looked at.
    """
    category_of = categories or {}
    everybody = _Rivals(bounds.values())
    by_category = {
        category: _Rivals(
            interval for entry, interval in bounds.items() if category_of.get(entry) == category
        )
        for category in rule.quotas
    }
    takeable = {
        category: rivals.among_best(rule.quotas[category]) for category, rivals in by_category.items()
    }
    result = {}
    for entry, interval in bounds.items():
        if interval is None:
            result[entry] = Outlook.OPEN
        elif _surely_in(interval, category_of.get(entry, ""), rule, everybody, by_category):
            result[entry] = Outlook.IN
        elif _surely_out(interval, category_of.get(entry, ""), rule, everybody, by_category, takeable):
            result[entry] = Outlook.OUT
        else:
            result[entry] = Outlook.OPEN
    return result


class _Rivals:
    """Counts how many of some intervals lie, or may lie, above one interval."""

    def __init__(self, intervals: Iterable[Interval | None]) -> None:
        self._members = list(intervals)
        known = [interval for interval in self._members if interval is not None]
        self.known = len(known)
        self._unknown = len(self._members) - len(known)
        self._lows = sorted(interval.low for interval in known)
        self._highs = sorted(interval.high for interval in known)

    def possibly_above(self, interval: Interval) -> int:
        """How many may reach or pass the interval's low end; a member counts itself."""
        return self._unknown + len(self._highs) - bisect_left(self._highs, interval.low)

    def surely_above(self, interval: Interval) -> int:
        """Others that pass the interval's high end whatever comes."""
        return len(self._lows) - bisect_right(self._lows, interval.high)

    def among_best(self, number: int) -> "_Rivals":
        """Those who may be among the best `number`, with all who may be equal to the last of them."""
        return _Rivals(
            interval
            for interval in self._members
            if number and (interval is None or self.surely_above(interval) < number)
        )


def _surely_in(
    interval: Interval, category: str, rule: CutRule, everybody: _Rivals, by_category: Mapping[str, _Rivals]
) -> bool:
    """In by its quota; or by the open list, as rivals above cannot fill it and the own quota together."""
    quota = rule.quotas.get(category, 0)
    if quota and by_category[category].possibly_above(interval) <= quota:
        return True
    free = rule.number - sum(rule.quotas.values())
    return everybody.possibly_above(interval) <= free + quota


def _surely_out(
    interval: Interval,
    category: str,
    rule: CutRule,
    everybody: _Rivals,
    by_category: Mapping[str, _Rivals],
    takeable: Mapping[str, _Rivals],
) -> bool:
    """Behind its quota, and behind enough others to fill the open list after quotas took their share.

    Equals at its line can make a quota take more than its number without leaving less to the open list.
    """
    if category in by_category and by_category[category].surely_above(interval) < rule.quotas[category]:
        return False
    free = rule.number - sum(min(quota, by_category[key].known) for key, quota in rule.quotas.items())
    taken = sum(rivals.possibly_above(interval) for rivals in takeable.values())
    return free <= 0 or everybody.surely_above(interval) - taken >= free
