"""What exactness costs: ranking from all marks, exact and in numpy floats, side by side in one run.

    python bench/ranking.py                 # 500 × 5 × 24 and 80,000 × 5 × 10, growth, memory
    python bench/ranking.py --quick         # the small size only

Both sides start from the same rows (entry, judge, marks as Decimal) and end with every entry's place, without tie
chains. Runs alternate; the median of the processor time counts. Memory is the peak that tracemalloc sees in a run
of its own, above the rows themselves.
"""

import argparse
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import numpy as np

from scoring.ballot import Ballot, Sheet, count_ballots
from scoring.rubric import Criterion, Rubric
from scoring.scales import NumberScale
from scoring.stage import StageRules, TieChain, rank_sheets, rank_stage

HALVES = [Decimal(number) / 2 for number in range(2, 21)]
PLAIN = StageRules(ties=TieChain(first_places=False))
GROWTH = [500, 2_000, 8_000, 20_000, 80_000]


@dataclass(frozen=True)
class Size:
    """How many entries, judges and criteria."""

    entries: int
    judges: int
    criteria: int

    def __str__(self) -> str:
        return f"{self.entries:,} × {self.judges} × {self.criteria}"


def rubric_of(size: Size) -> Rubric:
    scale = NumberScale(Decimal(1), Decimal(10), Decimal("0.5"))
    weights = [
        Decimal(100 * (number + 1)) / (size.criteria * (size.criteria + 1) // 2)
        for number in range(size.criteria)
    ]
    rounded = [weight.quantize(Decimal("0.01")) for weight in weights]
    return Rubric(
        "Uji", tuple(Criterion(f"k{n}", f"K{n}", weight, scale) for n, weight in enumerate(rounded))
    )


def ballots_of(size: Size) -> Iterator[Ballot]:
    """Marks from a fixed generator, so that every run counts the same contest."""
    state = 1
    for entry in range(size.entries):
        for judge in range(size.judges):
            marks = {}
            for criterion in range(size.criteria):
                state = 48_271 * state % (2**31 - 1)
                marks[f"k{criterion}"] = HALVES[state % len(HALVES)]
            yield Ballot(f"J{judge}", f"E{entry:05}", marks)


def exact(rubric: Rubric, ballots: list[Ballot]) -> dict[str, int | None]:
    entries = dict.fromkeys(ballot.entry for ballot in ballots)
    ranking = rank_stage(rubric, ballots, entries, PLAIN)
    return {place.entry: place.place for place in ranking.places}


def in_floats(rubric: Rubric, ballots: list[Ballot]) -> dict[str, int]:
    """The usual way: one array of floats, weighted sums, means, a sort. Equal floats share a place."""
    keys = [criterion.id for criterion in rubric.criteria]
    weights = np.array([float(item.weight) / float(item.scale.maximum) for item in rubric.criteria])
    rows = {entry: number for number, entry in enumerate(dict.fromkeys(ballot.entry for ballot in ballots))}
    marks = np.array([[float(ballot.marks[key]) for key in keys] for ballot in ballots])
    index = np.array([rows[ballot.entry] for ballot in ballots])
    totals = np.bincount(index, marks @ weights) / np.bincount(index)
    order = np.sort(totals)
    places = len(totals) - np.searchsorted(order, totals, side="right") + 1
    return dict(zip(rows, places.tolist(), strict=True))


def alternate(sides: list[Callable[[], object]], runs: int) -> list[float]:
    """Median processor seconds of each side, run in turns; other work on the machine counts less that way."""
    seconds: list[list[float]] = [[] for _ in sides]
    for _ in range(runs):
        for side, found in zip(sides, seconds, strict=True):
            start = time.process_time()
            side()
            found.append(time.process_time() - start)
    return [statistics.median(found) for found in seconds]


def peak(side: Callable[[], object]) -> float:
    """Megabytes that one run needs at most, above what is there before."""
    tracemalloc.start()
    side()
    megabytes = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return megabytes


def stored_totals(rubric: Rubric, ballots: list[Ballot]) -> list[Sheet]:
    """What an application keeps with each sheet, so that a page need not add up marks."""
    return list(count_ballots(rubric, ballots).sheets)


def compare(size: Size, runs: int) -> None:
    rubric = rubric_of(size)
    ballots = list(ballots_of(size))
    sheets = stored_totals(rubric, ballots)
    entries = list(dict.fromkeys(ballot.entry for ballot in ballots))
    slow, quick, stored = alternate(
        [
            lambda: exact(rubric, ballots),
            lambda: in_floats(rubric, ballots),
            lambda: rank_sheets(sheets, entries, PLAIN),
        ],
        runs,
    )
    ours, theirs = exact(rubric, ballots), in_floats(rubric, ballots)
    apart = sum(ours[entry] != theirs[entry] for entry in ours)
    print(f"{size!s:>18}  exact {slow:8.3f} s {peak(lambda: exact(rubric, ballots)):7.1f} MB", end="")
    print(
        f"   numpy {quick:8.3f} s {peak(lambda: in_floats(rubric, ballots)):7.1f} MB   ×{slow / quick:.1f}",
        end="",
    )
    print(f"   from stored totals {stored:7.3f} s")
    print(f"{'':18}  places that the floats get wrong: {apart:,}")


def growth(runs: int) -> None:
    print("\nGrowth, 5 judges × 10 criteria")
    before: tuple[int, float] | None = None
    for entries in GROWTH:
        size = Size(entries, 5, 10)
        rubric, ballots = rubric_of(size), list(ballots_of(size))
        (seconds,) = alternate([partial(exact, rubric, ballots)], runs)
        said = f"{entries:>10,} entries {seconds:8.3f} s {seconds / entries * 1e6:7.1f} µs per entry"
        if before:
            said += f"   {entries / before[0]:.1f} × entries: {seconds / before[1]:.1f} × time"
        print(said)
        before = entries, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description="Exact ranking beside numpy floats.")
    parser.add_argument("--quick", action="store_true", help="the small size only")
    options = parser.parse_args()
    compare(Size(500, 5, 24), runs=9)
    if not options.quick:
        compare(Size(80_000, 5, 10), runs=3)
        growth(runs=3)


if __name__ == "__main__":
    main()
