"""From exact scores to places: 1, 2, 2, 4, each with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from scoring.errors import ScoringError
from scoring.ties import Decision, Measure, Reason, settle


@dataclass(frozen=True, slots=True)
class Place:
    """One entry's place. `place` and `score` are None while the entry cannot be placed.

    `tied` are the other entries on the same place; `settled` is False when they share it only because neither
    the chain nor the panel has parted them yet. `reasons` are the steps of the chain, if scores were equal.
    """

    entry: str
    place: int | None
    score: Fraction | None
    tied: tuple[str, ...] = ()
    settled: bool = True
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Ranking:
    """All places, best first, then the entries without a place in order of their ids."""

    places: tuple[Place, ...]
    ascending: bool = False
    warnings: tuple[str, ...] = ()

    @cached_property
    def _by_entry(self) -> Mapping[str, Place]:
        return {place.entry: place for place in self.places}

    def of(self, entry: str) -> Place:
        """The place of one entry. Raises ScoringError for an entry that is not in the ranking."""
        if entry not in self._by_entry:
            raise ScoringError(f"Peserta {entry} tidak ada dalam daftar peringkat.")
        return self._by_entry[entry]

    @property
    def placed(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.place is not None)

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Entries that have no place yet."""
        return tuple(place.entry for place in self.places if place.place is None)

    @property
    def unsettled(self) -> tuple[tuple[str, ...], ...]:
        """Groups of entries that still need the panel's written decision."""
        groups = {
            tuple(sorted((place.entry, *place.tied))): None for place in self.placed if not place.settled
        }
        return tuple(groups)


def rank(
    scores: Mapping[str, Fraction | None],
    measures: Sequence[Measure] = (),
    decisions: Sequence[Decision] = (),
    joint: bool = False,
    ascending: bool = False,
) -> Ranking:
    """Competition ranking of the scores (entry -> exact score or None), ties settled by the chain."""
    groups = _equal_scores(scores, ascending)
    places: list[Place] = []
    used: set[Decision] = set()
    for group in groups:
        for tier in settle(group, measures, decisions, joint):
            number = len(places) + 1
            for entry in tier.entries:
                tied = tuple(other for other in tier.entries if other != entry)
                reasons = tier.reasons[entry]
                places.append(Place(entry, number, scores[entry], tied, tier.settled, reasons))
                used |= {reason.decision for reason in reasons if reason.decision}
    unplaced = sorted(entry for entry, score in scores.items() if score is None)
    places += [Place(entry, None, None) for entry in unplaced]
    return Ranking(tuple(places), ascending, _unused(decisions, used))


def _equal_scores(scores: Mapping[str, Fraction | None], ascending: bool) -> list[list[str]]:
    """Entries of equal score together, best first; over one denominator, as whole numbers compare quicker."""
    known = {entry: score for entry, score in scores.items() if score is not None}
    common = lcm(*{score.denominator for score in known.values()})
    groups: dict[int, list[str]] = {}
    for entry, score in known.items():
        groups.setdefault(score.numerator * (common // score.denominator), []).append(entry)
    return [groups[key] for key in sorted(groups, reverse=not ascending)]


def _unused(decisions: Sequence[Decision], used: set[Decision]) -> tuple[str, ...]:
    return tuple(
        f"Keputusan panel tentang {', '.join(decision.order)} tidak dipakai karena nilainya tidak sama."
        for decision in decisions
        if decision not in used
    )
