"""From the sheets of a stage to one score per entry, by a method that was declared beforehand.

What is missing stays missing: an entry without a score is told apart from an entry with a low one.
Sources: means and medians as usual; the trimmed mean drops one highest and one lowest judge total; z-scores
use the judge's own mean and sample standard deviation; ranks are mid-ranks, 1 best; the additive model is
in `additive`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from scoring.additive import MAX_JUDGES, AdditiveFit, fit_additive
from scoring.ballot import Sheet
from scoring.errors import ScoringError
from scoring.numbers import exact_sum, round_half_up, square_root

TRIM_AT_LEAST = 3
"""Sheets without which nothing is left after dropping two."""
TRIM_ADVISED = 5
"""Sheets from which a trimmed mean is advised."""
Z_DIGITS = 30
"""Decimal places to which a mean z-score holds; it is rounded there before it is ranked."""


Panels = Mapping[str, Iterable[str]]
"""Which judges are expected to hand in a sheet for each entry."""
Part = tuple[str, Fraction]
"""A judge and a number that belongs to him."""


class Method(Enum):
    """How the judges' totals become one score. The values are the words of the score record."""

    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED = "trimmed"
    Z_SCORE = "zscore"
    RANK_SUM = "rank-sum"
    ADDITIVE = "additive"

    @property
    def ascending(self) -> bool:
        """Whether the lowest score is the best."""
        return self is Method.RANK_SUM

    @property
    def in_points(self) -> bool:
        """Whether the score is in points of the rubric."""
        return self not in (Method.Z_SCORE, Method.RANK_SUM)

    @property
    def by_entry(self) -> bool:
        """Whether an entry's score depends on its own sheets only."""
        return self in (Method.MEAN, Method.MEDIAN, Method.TRIMMED)


class Missing(Enum):
    """What happens to an entry while a sheet of its panel is missing."""

    WAIT = "wait"
    PRESENT = "present"
    ADDITIVE = "additive"


class Obstacle(Enum):
    """Why an entry has no score."""

    NO_SHEETS = "no-sheets"
    WAITING = "waiting"
    TOO_FEW = "too-few"
    UNLINKED = "unlinked"


@dataclass(frozen=True)
class Penalty:
    """Points taken off an entry, with the reason that the papers print."""

    entry: str
    points: Decimal
    reason: str

    def __post_init__(self) -> None:
        if not (self.points.is_finite() and self.points > 0):
            raise ScoringError("Pengurangan nilai harus lebih dari 0.")


@dataclass(frozen=True, slots=True)
class EntryScore:
    """One entry's score in one stage and all that it was made of.

    `sheets` are the counted sheets by judge, `missing` the judges still awaited, `filled` totals estimated by
    the additive model in their place, `parts` what each judge contributes under the method (total, z-score,
    rank or levelled total), `score` the exact result or None with an `obstacle`.
    """

    entry: str
    sheets: tuple[Sheet, ...]
    missing: tuple[str, ...]
    filled: tuple[Part, ...] = ()
    parts: tuple[Part, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    score: Fraction | None = None
    obstacle: Obstacle | None = None

    @property
    def penalty(self) -> Fraction:
        return total_penalty(self.penalties)


@dataclass(frozen=True)
class Spread:
    """The mean of a judge's totals and their sample standard deviation (None for a single total)."""

    mean: Fraction
    deviation: Fraction | None


def aggregate(
    sheets: Sequence[Sheet],
    entries: Iterable[str],
    method: Method = Method.MEAN,
    missing: Missing = Missing.WAIT,
    panels: Panels | None = None,
    penalties: Iterable[Penalty] = (),
) -> dict[str, EntryScore]:
    """One EntryScore for each entry, by entry id.

    Without `panels` every judge of the stage is expected for every entry. Raises ScoringError for two sheets
    of one judge for one entry, a sheet or penalty of an entry that is not listed, a sheet of a judge outside
    the panel, or more than MAX_JUDGES judges where the additive model is asked for.
    """
    own = _by_entry(sheets, entries)
    awaited = _awaited(own, sheets, panels)
    taken = _taken(own, penalties)
    fit = _fit(sheets) if method is Method.ADDITIVE or missing is Missing.ADDITIVE else None
    filled = {entry: _estimates(entry, awaited[entry], missing, fit) for entry in own}
    totals = {entry: [*((sheet.judge, sheet.total) for sheet in own[entry]), *filled[entry]] for entry in own}
    parts = _parts(method, totals, {entry: total_penalty(taken[entry]) for entry in own}, fit)
    scores = {}
    for entry in own:
        draft = EntryScore(
            entry, own[entry], awaited[entry], filled[entry], tuple(parts[entry]), tuple(taken[entry])
        )
        obstacle = _obstacle(draft, method, missing, fit)
        scores[entry] = (
            replace(draft, obstacle=obstacle) if obstacle else replace(draft, score=_score(draft, method))
        )
    return scores


def _by_entry(sheets: Sequence[Sheet], entries: Iterable[str]) -> dict[str, tuple[Sheet, ...]]:
    own: dict[str, dict[str, Sheet]] = {entry: {} for entry in entries}
    for sheet in sheets:
        if sheet.entry not in own:
            raise ScoringError(f"Ada lembar nilai untuk {sheet.entry}, yang tidak terdaftar pada tahap ini.")
        if sheet.judge in own[sheet.entry]:
            raise ScoringError(f"Juri {sheet.judge} mempunyai dua lembar nilai untuk {sheet.entry}.")
        own[sheet.entry][sheet.judge] = sheet
    return {entry: tuple(by_judge[judge] for judge in sorted(by_judge)) for entry, by_judge in own.items()}


def _awaited(
    own: Mapping[str, tuple[Sheet, ...]], sheets: Sequence[Sheet], panels: Panels | None
) -> dict[str, tuple[str, ...]]:
    everybody = frozenset(sheet.judge for sheet in sheets)
    awaited = {}
    for entry, present in own.items():
        judges = {sheet.judge for sheet in present}
        panel = everybody if panels is None else frozenset(panels.get(entry, ()))
        if strangers := sorted(judges - panel):
            raise ScoringError(f"Juri {strangers[0]} menilai {entry}, padahal tidak ditugaskan untuk itu.")
        awaited[entry] = tuple(sorted(panel - judges))
    return awaited


def _taken(own: Mapping[str, object], penalties: Iterable[Penalty]) -> dict[str, list[Penalty]]:
    taken: dict[str, list[Penalty]] = {entry: [] for entry in own}
    for penalty in penalties:
        if penalty.entry not in taken:
            raise ScoringError(
                f"Ada pengurangan nilai untuk {penalty.entry}, yang tidak terdaftar pada tahap ini."
            )
        taken[penalty.entry].append(penalty)
    return taken


def total_penalty(penalties: Iterable[Penalty]) -> Fraction:
    """The sum of the points deducted, exactly."""
    return exact_sum(Fraction(penalty.points) for penalty in penalties)


def _fit(sheets: Sequence[Sheet]) -> AdditiveFit:
    judges = {sheet.judge for sheet in sheets}
    if len(judges) > MAX_JUDGES:
        raise ScoringError(
            f"Model aditif dihitung untuk paling banyak {MAX_JUDGES} juri, bukan {len(judges)}."
        )
    return fit_additive(sheets)


def _estimates(
    entry: str, awaited: Sequence[str], missing: Missing, fit: AdditiveFit | None
) -> tuple[Part, ...]:
    """What the additive model expects of the missing sheets, as far as the sheets link judge and entry."""
    if fit is None or missing is not Missing.ADDITIVE:
        return ()
    estimates = ((judge, fit.expected(entry, judge)) for judge in awaited)
    return tuple((judge, total) for judge, total in estimates if total is not None)


def _parts(
    method: Method, totals: Mapping[str, list[Part]], penalty: Mapping[str, Fraction], fit: AdditiveFit | None
) -> Mapping[str, list[Part]]:
    """What each judge gives to each entry; penalties come in here only where scores are not in points."""
    if method is Method.ADDITIVE and fit is not None:
        return {
            entry: [(judge, total - fit.judges[judge]) for judge, total in own]
            for entry, own in totals.items()
        }
    if method.in_points:
        return totals
    by_judge: dict[str, dict[str, Fraction]] = {}
    for entry, own in totals.items():
        for judge, total in own:
            by_judge.setdefault(judge, {})[entry] = total - penalty[entry]
    transform = z_scores if method is Method.Z_SCORE else mid_ranks
    transformed = {judge: transform(column) for judge, column in by_judge.items()}
    return {entry: [(judge, transformed[judge][entry]) for judge, _ in own] for entry, own in totals.items()}


def z_scores(column: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """(x − mean) / s of one judge's totals, s the sample standard deviation; zeros without a spread."""
    spread = spread_of(list(column.values()))
    if not spread.deviation:
        return dict.fromkeys(column, Fraction(0))
    return {entry: (total - spread.mean) / spread.deviation for entry, total in column.items()}


def spread_of(totals: Sequence[Fraction]) -> Spread:
    """Mean and sample standard deviation of at least one total; the deviation holds to ROOT_DIGITS decimals."""
    middle = mean(totals)
    if len(totals) == 1:
        return Spread(middle, None)
    squares = exact_sum((total - middle) ** 2 for total in totals)
    return Spread(middle, square_root(squares / (len(totals) - 1)))


def judge_spreads(sheets: Iterable[Sheet]) -> dict[str, Spread]:
    """Mean and spread of every judge's totals, by judge in order of ids."""
    totals: dict[str, list[Fraction]] = {}
    for sheet in sheets:
        totals.setdefault(sheet.judge, []).append(sheet.total)
    return {judge: spread_of(totals[judge]) for judge in sorted(totals)}


def mid_ranks(column: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Ranks of one judge's totals, 1 for the highest; equal totals share the mean of their ranks."""
    counts = Counter(column.values())
    ranks = {}
    above = 0
    for total in sorted(counts, reverse=True):
        ranks[total] = above + Fraction(counts[total] + 1, 2)
        above += counts[total]
    return {entry: ranks[total] for entry, total in column.items()}


def _obstacle(
    draft: EntryScore, method: Method, missing: Missing, fit: AdditiveFit | None
) -> Obstacle | None:
    if not draft.sheets:
        return Obstacle.NO_SHEETS
    if method is Method.ADDITIVE and fit is not None and len(fit.groups) > 1:
        return Obstacle.UNLINKED
    if missing is Missing.WAIT and draft.missing:
        return Obstacle.WAITING
    if missing is Missing.ADDITIVE and len(draft.filled) < len(draft.missing):
        return Obstacle.UNLINKED
    if method is Method.TRIMMED and len(draft.parts) < TRIM_AT_LEAST:
        return Obstacle.TOO_FEW
    return None


def _score(draft: EntryScore, method: Method) -> Fraction:
    values = [value for _, value in draft.parts]
    if method is Method.RANK_SUM:
        awaited = len(draft.sheets) + len(draft.missing)
        return mean(values) * awaited
    if method is Method.Z_SCORE:
        return Fraction(round_half_up(mean(values), Z_DIGITS))
    return centre(values, method) - draft.penalty


def centre(values: Sequence[Fraction], method: Method) -> Fraction:
    """The middle of some totals: their median, their trimmed mean (needs three), or else their mean."""
    if method is Method.MEDIAN:
        ordered = sorted(values)
        half = len(ordered) // 2
        return mean(ordered[half : half + 1] if len(ordered) % 2 else ordered[half - 1 : half + 1])
    if method is Method.TRIMMED:
        return mean(sorted(values)[1:-1])
    return mean(values)


def mean(values: Sequence[Fraction]) -> Fraction:
    """The arithmetic mean of at least one value, exact."""
    return exact_sum(values) / len(values)
