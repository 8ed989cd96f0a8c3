"""Exact least squares for x_ij = entry_i + judge_j: what an entry would get from a panel of equal severity.

Source: the two-way additive model without interaction, fitted by its normal equations (any text on the
analysis of unbalanced designs). Severities are fixed by Σ judge_j = 0 within each linked group of judges.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from scoring.ballot import Sheet
from scoring.numbers import exact_sum

MAX_JUDGES = 40
"""Judges per stage for which the exact equations are solved; numbers grow by some digits with each judge."""


@dataclass(frozen=True)
class Group:
    """Entries and judges that are linked by sheets, directly or through others."""

    entries: frozenset[str]
    judges: frozenset[str]


@dataclass(frozen=True)
class AdditiveFit:
    """Levels of entries and severities of judges; comparable across groups only when there is one group."""

    entries: dict[str, Fraction]
    judges: dict[str, Fraction]
    groups: tuple[Group, ...]

    def expected(self, entry: str, judge: str) -> Fraction | None:
        """The total this judge would give; None when no chain of sheets links the two."""
        if any(entry in group.entries and judge in group.judges for group in self.groups):
            return self.entries[entry] + self.judges[judge]
        return None


def linked_groups(pairs: Iterable[tuple[str, str]]) -> tuple[Group, ...]:
    """Connected groups of the graph whose edges are (entry, judge) pairs, in order of their first entry."""
    judges_of: dict[str, set[str]] = {}
    entries_of: dict[str, set[str]] = {}
    for entry, judge in pairs:
        judges_of.setdefault(entry, set()).add(judge)
        entries_of.setdefault(judge, set()).add(entry)
    groups = []
    left = dict.fromkeys(sorted(judges_of))
    while left:
        entries = {next(iter(left))}
        judges: set[str] = set()
        fresh = set(entries)
        while fresh:
            met = set().union(*(judges_of[entry] for entry in fresh)) - judges
            judges |= met
            fresh = set().union(*(entries_of[judge] for judge in met)) - entries
            entries |= fresh
        groups.append(Group(frozenset(entries), frozenset(judges)))
        for entry in entries:
            del left[entry]
    return tuple(groups)


def fit_additive(sheets: Sequence[Sheet]) -> AdditiveFit:
    """Fit the additive model to the sheets' totals, exactly, each linked group for itself."""
    groups = linked_groups((sheet.entry, sheet.judge) for sheet in sheets)
    home = {judge: index for index, group in enumerate(groups) for judge in group.judges}
    by_group: list[list[Sheet]] = [[] for _ in groups]
    for sheet in sheets:
        by_group[home[sheet.judge]].append(sheet)
    entries: dict[str, Fraction] = {}
    judges: dict[str, Fraction] = {}
    for members in by_group:
        severities = _severities(members)
        judges |= severities
        for entry, own in _by_entry(members).items():
            entries[entry] = exact_sum(sheet.total - severities[sheet.judge] for sheet in own) / len(own)
    return AdditiveFit(entries, judges, groups)


def _severities(sheets: Sequence[Sheet]) -> dict[str, Fraction]:
    """Solve the judges' normal equations after the entries have been eliminated, with Σ severity = 0."""
    judges = sorted({sheet.judge for sheet in sheets})
    index = {judge: number for number, judge in enumerate(judges)}
    # The matrix has rank one less than its size; adding 1 everywhere adds the condition Σ severity = 0.
    matrix = [[Fraction(1)] * len(judges) for _ in judges]
    right = [Fraction(0)] * len(judges)
    for own in _by_entry(sheets).values():
        mean = exact_sum(sheet.total for sheet in own) / len(own)
        share = Fraction(1, len(own))
        rows = [index[sheet.judge] for sheet in own]
        for row, sheet in zip(rows, own, strict=True):
            matrix[row][row] += 1
            right[row] += sheet.total - mean
            for column in rows:
                matrix[row][column] -= share
    return dict(zip(judges, _solve(matrix, right), strict=True))


def _by_entry(sheets: Sequence[Sheet]) -> dict[str, list[Sheet]]:
    grouped: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        grouped.setdefault(sheet.entry, []).append(sheet)
    return grouped


def _solve(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Solve a symmetric positive definite system, whose pivots are never zero, by Bareiss's elimination.

    Whole numbers throughout: every division is without remainder, and no fraction has to be shortened.
    """
    size = len(right)
    common = lcm(*(value.denominator for row in (*matrix, right) for value in row))
    rows = [
        [int(value * common) for value in (*row, known)] for row, known in zip(matrix, right, strict=True)
    ]
    last = 1
    for pivot in range(size):
        top = rows[pivot]
        for row in rows[pivot + 1 :]:
            first = row[pivot]
            for column in range(pivot, size + 1):
                row[column] = (row[column] * top[pivot] - first * top[column]) // last
        last = top[pivot]
    solution = [Fraction(0)] * size
    for index in reversed(range(size)):
        row = rows[index]
        known = exact_sum(row[column] * solution[column] for column in range(index + 1, size))
        solution[index] = (row[size] - known) / row[index]
    return solution
