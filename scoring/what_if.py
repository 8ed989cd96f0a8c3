"""How firm is the line? The same sheets under other rules. Everything in here is a simulation, never a result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement
from math import factorial, lcm, prod

from scoring.additive import MAX_JUDGES
from scoring.aggregate import EntryScore, Method, Panels, Penalty
from scoring.ballot import Ballot, Sheet
from scoring.cut import CutRule, Standing, cut
from scoring.errors import ScoringError
from scoring.numbers import DIGITS
from scoring.ranking import Ranking
from scoring.rubric import FULL, Rubric
from scoring.stage import StageRanking, StageRules, TieChain, rank_sheets, rank_stage

NOTICE = "Simulasi, bukan hasil resmi."
"""To be shown wherever something of this module is shown."""
METHOD_NAMES = {
    Method.MEAN: "rata-rata",
    Method.MEDIAN: "median",
    Method.TRIMMED: "rata-rata terpangkas",
    Method.Z_SCORE: "skor baku",
    Method.RANK_SUM: "jumlah peringkat",
    Method.ADDITIVE: "model aditif",
}
"""What the methods are called on pages and papers."""
ALL_RESAMPLES = 7
"""Up to so many judges every resample is looked at (1,716 of them), with its exact probability."""
RESAMPLES = 1_000
"""Resamples drawn when there are more judges."""


@dataclass(frozen=True)
class Scenario:
    """A ranking under changed rules, with an Indonesian name for what was changed."""

    name: str
    ranking: Ranking


def other_methods(
    sheets: Sequence[Sheet],
    entries: Sequence[str],
    rules: StageRules,
    *,
    panels: Panels | None = None,
    penalties: Sequence[Penalty] = (),
) -> dict[Method, StageRanking]:
    """The ranking by every method except the declared one, without tie chains.

    The additive model is left out with more than MAX_JUDGES judges, where it is not solved.
    """
    many = len({sheet.judge for sheet in sheets}) > MAX_JUDGES
    return {
        method: rank_sheets(
            sheets,
            entries,
            StageRules(method, rules.missing, TieChain(first_places=False)),
            panels=panels,
            penalties=penalties,
        )
        for method in Method
        if method is not rules.method and not (many and method is Method.ADDITIVE)
    }


def without_each_judge(
    sheets: Sequence[Sheet],
    entries: Sequence[str],
    rules: StageRules,
    *,
    panels: Panels | None = None,
    penalties: Sequence[Penalty] = (),
) -> tuple[Scenario, ...]:
    """The stage once without each judge, as if he had never been on a panel; without tie chains."""
    simple = replace(rules, ties=TieChain(first_places=False))
    scenarios = []
    for judge in sorted({sheet.judge for sheet in sheets}):
        kept = [sheet for sheet in sheets if sheet.judge != judge]
        left = panels and {
            entry: [name for name in names if name != judge] for entry, names in panels.items()
        }
        ranking = rank_sheets(kept, entries, simple, panels=left, penalties=penalties)
        scenarios.append(Scenario(f"tanpa juri {judge}", ranking))
    return tuple(scenarios)


def changed_weights(
    rubric: Rubric,
    ballots: Sequence[Ballot],
    entries: Sequence[str],
    rules: StageRules,
    *,
    percent: int = 10,
    panels: Panels | None = None,
    penalties: Sequence[Penalty] = (),
) -> tuple[Scenario, ...]:
    """Each criterion once lighter and once heavier by `percent`, all weights brought back to 100."""
    simple = replace(rules, ties=TieChain(first_places=False))
    scenarios = []
    for criterion in rubric.criteria:
        for change in (-percent, percent):
            weight = round(criterion.weight * (FULL + change) / FULL, DIGITS)
            changed = replace(criterion, weight=weight)
            criteria = tuple(changed if item is criterion else item for item in rubric.criteria)
            varied = Rubric(rubric.name, criteria, normalised=True)
            ranking = rank_stage(varied, ballots, entries, simple, panels=panels, penalties=penalties)
            scenarios.append(Scenario(f"bobot {criterion.name} {change:+d} %".replace("-", "−"), ranking))
    return tuple(scenarios)


def stays_above(
    scenarios: Sequence[Scenario], rule: CutRule, categories: Mapping[str, str] | None = None
) -> dict[str, Fraction]:
    """In what share of the scenarios each entry is above the line for certain."""
    if not scenarios:
        raise ScoringError("Simulasi memerlukan sedikitnya satu keadaan lain.")
    times = {place.entry: 0 for place in scenarios[0].ranking.places}
    for scenario in scenarios:
        for entry in cut(scenario.ranking, rule, categories).entries(Standing.IN):
            times[entry] += 1
    return {entry: Fraction(count, len(scenarios)) for entry, count in times.items()}


def bootstrap(ranking: StageRanking, number: int) -> dict[str, Fraction]:
    """In what share of resampled panels each entry with a score is among the best `number`, ties taken in.

    A resample draws as many judges as there are, with replacement, and combines what each gave under the declared
    method (z-scores, ranks and severities stay as they were). Up to ALL_RESAMPLES judges the share is exact over
    all resamples; with more, RESAMPLES are drawn by a fixed generator, so that everybody gets the same numbers. A
    resample in which an entry has no judge, or too few to trim, counts as below the line.
    """
    scores = [score for score in ranking.scores.values() if score.score is not None]
    judges = sorted({judge for score in scores for judge, _ in score.parts})
    whole, penalties = _whole_numbers(ranking, scores, unit := lcm(*range(1, len(judges) + 1)))
    above = [0] * len(scores)
    total = 0
    for times, weight in _resamples(judges):
        values = [_middle(own, times, ranking.rules.method, unit) for own in whole]
        reached = [
            None if value is None else value - penalty
            for value, penalty in zip(values, penalties, strict=True)
        ]
        ordered = sorted((value for value in reached if value is not None), reverse=True)
        total += weight
        for index, value in enumerate(reached):
            if value is not None and value >= ordered[min(number, len(ordered)) - 1]:
                above[index] += weight
    return {score.entry: Fraction(count, total) for score, count in zip(scores, above, strict=True)}


Times = Mapping[str, int]
"""How often each judge was drawn."""


def _whole_numbers(
    ranking: StageRanking, scores: Sequence[EntryScore], unit: int
) -> tuple[list[dict[str, int]], list[int]]:
    """Parts over one common denominator, the best one highest, and penalties over it times `unit`."""
    in_points = ranking.rules.method.in_points
    penalties = [score.penalty if in_points else Fraction(0) for score in scores]
    denominators = {value.denominator for score in scores for _, value in score.parts}
    common = lcm(*denominators, *(penalty.denominator for penalty in penalties))
    sign = -common if ranking.ascending else common
    parts = [{judge: int(value * sign) for judge, value in score.parts} for score in scores]
    return parts, [int(penalty * common * unit) for penalty in penalties]


def _middle(own: Mapping[str, int], times: Times, method: Method, unit: int) -> int | None:
    """`unit` times the combined value of one entry's parts in a resample; None where there are too few."""
    if method not in (Method.MEDIAN, Method.TRIMMED):
        drawn = sum(times[judge] for judge in own)
        return unit * sum(value * times[judge] for judge, value in own.items()) // drawn if drawn else None
    values = sorted(value for judge, value in own.items() for _ in range(times[judge]))
    left_out = 1 if method is Method.TRIMMED else (len(values) - 1) // 2
    kept = values[left_out : len(values) - left_out]
    return unit * sum(kept) // len(kept) if kept else None


def _resamples(judges: Sequence[str]) -> Iterator[tuple[Times, int]]:
    """Resamples of the panel with their weights: all of them, or RESAMPLES drawn ones of weight 1."""
    size = len(judges)
    if size <= ALL_RESAMPLES:
        for drawn in combinations_with_replacement(judges, size):
            times = {judge: drawn.count(judge) for judge in judges}
            yield times, factorial(size) // prod(factorial(count) for count in times.values())
        return
    draw = _park_miller()
    for _ in range(RESAMPLES):
        picked = [judges[next(draw) % size] for _ in judges]
        yield {judge: picked.count(judge) for judge in judges}, 1


def _park_miller() -> Iterator[int]:
    """The minimal standard generator x ← 48271 x mod (2³¹ − 1) from 1 (Park, Miller & Stockmeyer, 1993)."""
    state = 1
    while True:
        state = 48_271 * state % (2**31 - 1)
        yield state
