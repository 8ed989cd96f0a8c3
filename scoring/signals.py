"""What the committee should look at before it fixes a result. Signals never change a number.

Thresholds are defaults of ours unless a source is named; Dixon's Q (two-sided 90 %) after Rorabacher (1991),
Analytical Chemistry 63, 139-146.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from scoring.additive import linked_groups
from scoring.ballot import Ballot, Sheet
from scoring.numbers import exact_sum, show, show_short
from scoring.ranking import Ranking
from scoring.rubric import Rubric

DIXON_90 = {
    3: Decimal("0.941"),
    4: Decimal("0.765"),
    5: Decimal("0.642"),
    6: Decimal("0.560"),
    7: Decimal("0.507"),
    8: Decimal("0.468"),
    9: Decimal("0.437"),
    10: Decimal("0.412"),
}
"""Critical Q by number of values; the sheet furthest off is suspect above it."""


class SignalKind(Enum):
    """What was noticed."""

    FAR_SHEET = "far-sheet"
    LONE_SHEET = "lone-sheet"
    CONSTANT_CRITERION = "constant-criterion"
    FAR_CRITERION = "far-criterion"
    UNLINKED_PANELS = "unlinked-panels"
    DIFFERENT_WINNERS = "different-winners"


@dataclass(frozen=True)
class Signal:
    """One thing to look at; `text` is an Indonesian sentence with ids in it."""

    kind: SignalKind
    text: str
    entry: str = ""
    judge: str = ""
    criterion: str = ""


@dataclass(frozen=True)
class Thresholds:
    """From where on something is worth a look; distances in percent of the highest possible total or mark."""

    distance: Decimal = Decimal(15)
    lone_gap: Decimal = Decimal(5)
    criterion: Decimal = Decimal(30)
    entries: int = 3


def far_sheets(
    sheets: Sequence[Sheet], maximum: Fraction, thresholds: Thresholds = Thresholds()
) -> tuple[Signal, ...]:
    """Sheets far from the mean of the entry's other sheets, and sheets that Dixon's Q calls suspect.

    A lone sheet is reported only when its gap to the next one reaches `lone_gap`, for small panels that are nearly
    of one mind would raise it all the time.
    """
    found = []
    for entry, own in _grouped(sheets, lambda sheet: sheet.entry):
        sum_of_all = exact_sum(sheet.total for sheet in own)
        for sheet in own if len(own) > 1 else ():
            others = (sum_of_all - sheet.total) / (len(own) - 1)
            if abs(sheet.total - others) * 100 >= Fraction(thresholds.distance) * maximum:
                text = (
                    f"Nilai juri {sheet.judge} untuk {entry} ({show(sheet.total)}) "
                    f"jauh dari rata-rata juri lain ({show(others)})."
                )
                found.append(Signal(SignalKind.FAR_SHEET, text, entry, sheet.judge))
        lone = _lone(own)
        if lone and lone[1] * 100 >= Fraction(thresholds.lone_gap) * maximum:
            text = f"Nilai juri {lone[0].judge} untuk {entry} menyendiri menurut uji Dixon."
            found.append(Signal(SignalKind.LONE_SHEET, text, entry, lone[0].judge))
    return tuple(found)


def _lone(own: Sequence[Sheet]) -> tuple[Sheet, Fraction] | None:
    """The sheet whose Q = gap / range is above the critical value, with its gap."""
    ordered = sorted(own, key=lambda sheet: (sheet.total, sheet.judge))
    critical = DIXON_90.get(len(ordered))
    if critical is None or ordered[0].total == ordered[-1].total:
        return None
    low = ordered[1].total - ordered[0].total
    high = ordered[-1].total - ordered[-2].total
    sheet, gap = (ordered[0], low) if low > high else (ordered[-1], high)
    return (sheet, gap) if gap / (ordered[-1].total - ordered[0].total) > Fraction(critical) else None


def constant_criteria(
    rubric: Rubric, ballots: Iterable[Ballot], thresholds: Thresholds = Thresholds()
) -> tuple[Signal, ...]:
    """Criteria that a judge marks alike for all of at least `entries` entries."""
    marks: dict[tuple[str, str], list[Decimal]] = {}
    for ballot in ballots:
        for criterion, mark in ballot.marks.items():
            marks.setdefault((ballot.judge, criterion), []).append(mark)
    order = {criterion.id: number for number, criterion in enumerate(rubric.criteria)}
    return tuple(
        Signal(
            SignalKind.CONSTANT_CRITERION,
            f"Juri {judge} memberi nilai {show_short(given[0])} pada kriteria {rubric.by_id[criterion].name} "
            f"untuk semua dari {len(given)} peserta.",
            judge=judge,
            criterion=criterion,
        )
        for (judge, criterion), given in sorted(
            marks.items(), key=lambda item: (item[0][0], order[item[0][1]])
        )
        if len(given) >= thresholds.entries and len(set(given)) == 1
    )


def far_criteria(
    rubric: Rubric, ballots: Iterable[Ballot], thresholds: Thresholds = Thresholds()
) -> tuple[Signal, ...]:
    """Criteria on which a judge is on the mean far above or below the others, over at least `entries` entries.

    Each mark is compared with the mean of the other judges' marks for the same entry and criterion.
    """
    marks: dict[tuple[str, str], list[tuple[str, Fraction]]] = {}
    for ballot in ballots:
        for key, mark in ballot.marks.items():
            marks.setdefault((key, ballot.entry), []).append((ballot.judge, Fraction(mark)))
    gaps: dict[tuple[str, str], list[Fraction]] = {}
    for (key, _), given in marks.items():
        everything = exact_sum(points for _, points in given)
        for judge, points in given if len(given) > 1 else ():
            gaps.setdefault((judge, key), []).append(points - (everything - points) / (len(given) - 1))
    found = []
    for criterion in rubric.criteria:
        least = Fraction(thresholds.criterion) * Fraction(criterion.scale.maximum) / 100
        for judge in sorted(name for name, key in gaps if key == criterion.id):
            own = gaps[judge, criterion.id]
            gap = exact_sum(own) / len(own)
            if len(own) >= thresholds.entries and abs(gap) >= least:
                text = (
                    f"Juri {judge} menilai kriteria {criterion.name} rata-rata {show(abs(gap))} "
                    f"{'di atas' if gap > 0 else 'di bawah'} juri lain."
                )
                found.append(Signal(SignalKind.FAR_CRITERION, text, judge=judge, criterion=criterion.id))
    return tuple(found)


def unlinked_panels(sheets: Iterable[Sheet]) -> tuple[Signal, ...]:
    """One signal when no chain of common judges links all entries, for then their totals have no common measure."""
    groups = linked_groups((sheet.entry, sheet.judge) for sheet in sheets)
    if len(groups) < 2:
        return ()
    panels = "; ".join(", ".join(sorted(group.judges)) for group in groups)
    text = f"Panel juri terpisah menjadi {len(groups)} kelompok tanpa peserta bersama: {panels}."
    return (Signal(SignalKind.UNLINKED_PANELS, text),)


def different_winners(rankings: Iterable[tuple[str, Ranking]]) -> tuple[Signal, ...]:
    """One signal when rankings by other methods, given with their names, do not agree on the first place."""
    winners: dict[tuple[str, ...], list[str]] = {}
    for name, ranking in rankings:
        first = tuple(place.entry for place in ranking.placed if place.place == 1)
        if first:
            winners.setdefault(first, []).append(name)
    if len(winners) < 2:
        return ()
    said = "; ".join(f"{' dan '.join(first)} menurut {', '.join(names)}" for first, names in winners.items())
    return (Signal(SignalKind.DIFFERENT_WINNERS, f"Metode yang berbeda memberi juara berbeda: {said}."),)


def _grouped(sheets: Iterable[Sheet], key: Callable[[Sheet], str]) -> list[tuple[str, list[Sheet]]]:
    groups: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        groups.setdefault(key(sheet), []).append(sheet)
    return sorted((name, sorted(own, key=lambda sheet: sheet.judge)) for name, own in groups.items())
