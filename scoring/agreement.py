"""How far the judges agree: numbers for a warning, never for a silent correction.

The only module of this package that calculates in floats; nothing in here ever reaches a score or a place.
Sources: Shrout & Fleiss (1979), Psychological Bulletin 86, 420-428, and McGraw & Wong (1996), Psychological
Methods 1, 30-46, for the intraclass correlations and their limits; Kendall & Babington Smith (1939) for W;
Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from scoring.ballot import Sheet

Table = Sequence[Sequence[float | None]]
"""One row per entry, one column per judge; None where there is no sheet."""
NOISE = 1e-12
"""Shares of the whole below this are rounding, not differences."""
CONVERGED = 1e-14
"""Where the continued fraction may stop; double precision holds to about 1e-16."""
SHOWN = 6
"""Decimals of the coefficients in a summary."""


@dataclass(frozen=True)
class Coefficient:
    """A coefficient with its two-sided confidence limits, which are None where they are not defined."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class IntraclassCorrelations:
    """The six forms of Shrout and Fleiss: one judge (`_1`) or the mean of all k judges (`_k`).

    A form is None where its denominator is zero, for example when all entries have the same mean.
    """

    icc_1_1: Coefficient | None
    icc_2_1: Coefficient | None
    icc_3_1: Coefficient | None
    icc_1_k: Coefficient | None
    icc_2_k: Coefficient | None
    icc_3_k: Coefficient | None


@dataclass(frozen=True)
class Concordance:
    """Kendall's W without and with the correction for ties, and the p of χ² = m(n − 1)W on n − 1 degrees."""

    w: float
    w_tie_corrected: float
    p: float


class Level(Enum):
    """Krippendorff's levels of measurement."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def sheet_table(sheets: Sequence[Sheet]) -> Table:
    """The totals of a stage's sheets as floats, entries and judges in order of their ids."""
    totals = {(sheet.entry, sheet.judge): float(sheet.total) for sheet in sheets}
    entries = sorted({sheet.entry for sheet in sheets})
    judges = sorted({sheet.judge for sheet in sheets})
    return [[totals.get((entry, judge)) for judge in judges] for entry in entries]


def summary(sheets: Sequence[Sheet]) -> dict[str, float | None]:
    """The coefficients a score record prints, rounded to SHOWN decimals; None where one is not defined."""
    table = sheet_table(sheets)
    icc, w = intraclass(table), kendall(table)
    found = {
        "icc_2_1": icc.icc_2_1.value if icc and icc.icc_2_1 else None,
        "icc_2_k": icc.icc_2_k.value if icc and icc.icc_2_k else None,
        "icc_3_k": icc.icc_3_k.value if icc and icc.icc_3_k else None,
        "kendall_w": w.w if w else None,
        "kendall_w_tie_corrected": w.w_tie_corrected if w else None,
        "krippendorff_interval": krippendorff(table, Level.INTERVAL),
    }
    return {key: None if value is None else round(value, SHOWN) for key, value in found.items()}


def intraclass(table: Table, confidence: float = 0.95) -> IntraclassCorrelations | None:
    """The six intraclass correlations of the entries that every judge marked.

    ICC(2,1) = (MSB − MSE) / (MSB + (k − 1) MSE + k (MSJ − MSE) / n) and so on. None with fewer than two entries
    or two judges, or when all totals are the same.
    """
    rows = _complete(table)
    if len(rows) < 2 or len(rows[0]) < 2 or len({value for row in rows for value in row}) == 1:
        return None
    squares = _mean_squares(rows)
    tail = (1 - confidence) / 2
    n, k = squares.entries, squares.judges
    one_way = _ratios(squares.between, squares.within, n - 1, n * (k - 1), tail)
    consistent = _ratios(squares.between, squares.error, n - 1, (n - 1) * (k - 1), tail)
    absolute = _absolute(squares, tail)
    return IntraclassCorrelations(
        icc_1_1=_single(one_way, k),
        icc_2_1=absolute,
        icc_3_1=_single(consistent, k),
        icc_1_k=_average(one_way),
        icc_2_k=_stepped_up(absolute, k),
        icc_3_k=_average(consistent),
    )


@dataclass(frozen=True)
class _MeanSquares:
    """Two-way analysis of variance of n entries by k judges."""

    entries: int
    judges: int
    between: float
    judge: float
    error: float
    within: float


def _mean_squares(rows: list[list[float]]) -> _MeanSquares:
    n, k = len(rows), len(rows[0])
    grand = math.fsum(map(math.fsum, rows)) / (n * k)
    row_means = [math.fsum(row) / k for row in rows]
    column_means = [math.fsum(column) / n for column in zip(*rows, strict=True)]
    between = k * math.fsum((mean - grand) ** 2 for mean in row_means)
    judge = n * math.fsum((mean - grand) ** 2 for mean in column_means)
    error = math.fsum(
        (value - row_mean - column_mean + grand) ** 2
        for row, row_mean in zip(rows, row_means, strict=True)
        for value, column_mean in zip(row, column_means, strict=True)
    )
    # Rounding noise would turn a zero into a denominator.
    noise = NOISE * (between + judge + error)
    between, judge, error = (0.0 if part < noise else part for part in (between, judge, error))
    return _MeanSquares(
        n, k, between / (n - 1), judge / (k - 1), error / ((n - 1) * (k - 1)), (judge + error) / (n * (k - 1))
    )


_Ratios = tuple[float, float, float]
"""F = MSB / rest, and F at the lower and the upper confidence limit."""


def _ratios(between: float, rest: float, first: int, second: int, tail: float) -> _Ratios | None:
    """F with its limits; infinite without a rest, None without anything to compare."""
    if rest == 0:
        return (math.inf, math.inf, math.inf) if between else None
    ratio = between / rest
    low = ratio / f_quantile(1 - tail, first, second)
    return ratio, low, ratio * f_quantile(1 - tail, second, first)


def _single(ratios: _Ratios | None, k: int) -> Coefficient | None:
    """(F − 1) / (F + k − 1), which is (MSB − rest) / (MSB + (k − 1) rest)."""
    if ratios is None:
        return None
    return Coefficient(*(1.0 if f == math.inf else (f - 1) / (f + k - 1) for f in ratios))


def _average(ratios: _Ratios | None) -> Coefficient | None:
    """1 − 1 / F, which is (MSB − rest) / MSB."""
    if ratios is None or ratios[0] == 0:
        return None
    return Coefficient(*(1 - 1 / f for f in ratios))


def _absolute(squares: _MeanSquares, tail: float) -> Coefficient | None:
    """ICC(2,1) with the limits of McGraw and Wong (1996), case 2A, after Satterthwaite.

    The limits are an approximation; where it fails, as for clearly negative values, there are none.
    """
    n, k = squares.entries, squares.judges
    between, judge, error = squares.between, squares.judge, squares.error
    if judge == error == 0:
        return Coefficient(1.0, 1.0, 1.0)
    bottom = between + (k - 1) * error + k * (judge - error) / n
    if bottom <= NOISE * (between + judge + error):
        return None
    value = (between - error) / bottom
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    weighted = a * judge + b * error
    if abs(weighted) <= NOISE * (judge + error):
        return Coefficient(value, None, None)
    degrees = weighted**2 / ((a * judge) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)))
    spread = k * judge + (k * n - k - n) * error
    above = f_quantile(1 - tail, n - 1, degrees)
    below = f_quantile(1 - tail, degrees, n - 1)
    low = n * (between - above * error) / (above * spread + n * between)
    high = n * (below * between - error) / (spread + n * below * between)
    return Coefficient(value, low, high) if low <= value <= high else Coefficient(value, None, None)


def _stepped_up(single: Coefficient | None, k: int) -> Coefficient | None:
    """The mean of k judges from one judge: k ρ / (1 + (k − 1) ρ), Spearman and Brown."""
    if single is None:
        return None
    value, low, high = (
        None if x is None or 1 + (k - 1) * x <= NOISE else k * x / (1 + (k - 1) * x)
        for x in (single.value, single.low, single.high)
    )
    return None if value is None else Coefficient(value, low, high)


def kendall(table: Table) -> Concordance | None:
    """Kendall's W of the entries that every judge marked: 12 S / (m² (n³ − n) − m Σ (t³ − t)).

    None with fewer than two entries or two judges, or when every judge gave all entries the same.
    """
    rows = _complete(table)
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    n, m = len(rows), len(rows[0])
    columns = [_mid_ranks(list(column)) for column in zip(*rows, strict=True)]
    sums = [math.fsum(ranks) for ranks in zip(*columns, strict=True)]
    spread = math.fsum((total - m * (n + 1) / 2) ** 2 for total in sums)
    ties = sum(times**3 - times for column in columns for times in Counter(column).values())
    full = m * m * (n**3 - n)
    if full == m * ties:
        return None
    corrected = 12 * spread / (full - m * ties)
    return Concordance(12 * spread / full, corrected, chi_square_tail(m * (n - 1) * corrected, n - 1))


def krippendorff(table: Table, level: Level) -> float | None:
    """Krippendorff's α = 1 − D_observed / D_expected over entries with at least two marks; gaps are allowed.

    None when nothing can be compared or all marks are the same.
    """
    units = [[value for value in row if value is not None] for row in table]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    if level is Level.ORDINAL:
        rank_of = dict(zip(values, _mid_ranks(values), strict=True))
        return krippendorff([[rank_of[value] for value in unit] for unit in units], Level.INTERVAL)
    expected = _spread(values, level)
    if expected == 0:
        return None
    observed = math.fsum(_spread(unit, level) / (len(unit) - 1) for unit in units)
    return 1 - (len(values) - 1) * observed / expected


def _spread(values: Sequence[float], level: Level) -> float:
    """The sum of squared differences over all ordered pairs, in the metric of the level of measurement."""
    if level is Level.NOMINAL:
        return float(len(values) ** 2 - sum(times**2 for times in Counter(values).values()))
    if level is Level.RATIO:
        pairs = ((first, second) for first in values for second in values if first != second)
        return math.fsum(((first - second) / (first + second)) ** 2 for first, second in pairs)
    mean = math.fsum(values) / len(values) if values else 0.0
    return 2 * len(values) * math.fsum((value - mean) ** 2 for value in values)


def _complete(table: Table) -> list[list[float]]:
    return [[value for value in row if value is not None] for row in table if row and None not in row]


def _mid_ranks(values: list[float]) -> list[float]:
    ordered = sorted(values)
    first = {value: index for index, value in reversed(list(enumerate(ordered, 1)))}
    times = Counter(values)
    return [first[value] + (times[value] - 1) / 2 for value in values]


def f_quantile(probability: float, first: float, second: float) -> float:
    """The x with P(F ≤ x) = probability for Fisher's F, through the beta distribution by bisection."""
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if incomplete_beta(middle, first / 2, second / 2) < probability:
            low = middle
        else:
            high = middle
    return second * low / (first * (1 - low))


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b) by its continued fraction (Lentz's method)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = d
    m = 0
    while m == 0 or abs(c * d - 1) > CONVERGED:
        m += 1
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + step * d)
            c = 1 + step / c
            fraction *= c * d
    return front * fraction / a


def chi_square_tail(x: float, degrees: int) -> float:
    """P(χ² > x): a finite sum for whole degrees of freedom."""
    half = x / 2
    if degrees % 2:
        total, term, start = math.erfc(math.sqrt(half)), math.exp(-half) * math.sqrt(half / math.pi) * 2, 3
    else:
        total, term, start = math.exp(-half), math.exp(-half) * half, 4
    for k in range(start, degrees + 1, 2):
        total += term
        term *= half / (k / 2)
    return total
