"""Who goes on: a number, quotas per category, reserves, and a rule for equal scores at the line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from scoring.errors import ScoringError
from scoring.ranking import Place, Ranking
from scoring.ties import Decision, settle


class AtLine(Enum):
    """What happens when the last one in and the first one out have equal scores."""

    TAKE_ALL = "take-all"
    CHAIN = "chain"
    DECISION = "decision"


class Standing(Enum):
    """Where an entry stands after the cut. OPEN needs a written decision, WAITING has no score yet."""

    IN = "in"
    RESERVE = "reserve"
    OUT = "out"
    OPEN = "open"
    WAITING = "waiting"


@dataclass(frozen=True)
class CutRule:
    """`number` entries go on, of which `quotas` (category -> number) are kept for the best of their category.

    A quota that a category cannot fill goes to the open list. `reserves` are named for each quota and for the
    open list.
    """

    number: int
    at_line: AtLine = AtLine.TAKE_ALL
    quotas: Mapping[str, int] = field(default_factory=dict)
    reserves: int = 0

    def __post_init__(self) -> None:
        if self.number < 1 or self.reserves < 0 or any(quota < 0 for quota in self.quotas.values()):
            raise ScoringError("Jumlah yang lolos paling sedikit 1; kuota dan cadangan tidak boleh negatif.")
        if sum(self.quotas.values()) > self.number:
            raise ScoringError("Jumlah kuota kategori melebihi jumlah yang lolos.")


@dataclass(frozen=True)
class Verdict:
    """One entry after the cut. `category` names the quota it was judged under, "" for the open list."""

    entry: str
    standing: Standing
    category: str = ""
    reserve: int | None = None


@dataclass(frozen=True)
class Cut:
    """All verdicts in the order of the ranking."""

    rule: CutRule
    verdicts: tuple[Verdict, ...]

    def entries(self, standing: Standing) -> tuple[str, ...]:
        """The entries of one standing, best first."""
        return tuple(verdict.entry for verdict in self.verdicts if verdict.standing is standing)

    @property
    def final(self) -> bool:
        """Whether nothing is open and nobody is waited for."""
        return not self.entries(Standing.OPEN) and not self.entries(Standing.WAITING)


@dataclass(frozen=True)
class _Line:
    """One list cut at its line."""

    inside: tuple[Place, ...]
    open: tuple[Place, ...]
    outside: tuple[Place, ...]


@dataclass(frozen=True)
class _Equals:
    """Entries of equal rank at a quota's line. As many as the quota will leave over stand for all of them
    on the open list; which ones makes no difference there."""

    entries: tuple[str, ...]
    left_over: tuple[str, ...]


def cut(
    ranking: Ranking,
    rule: CutRule,
    categories: Mapping[str, str] | None = None,
    decisions: Sequence[Decision] = (),
) -> Cut:
    """Draw the line through a ranking. `categories`: entry -> category, needed where the rule has quotas.

    With AtLine.CHAIN the places count as ranked; with AtLine.DECISION only the scores and `decisions` count.
    """
    category_of = categories or {}
    verdicts: dict[str, Verdict] = {}
    free = rule.number
    groups: list[_Equals] = []
    for category, quota in rule.quotas.items():
        own = [place for place in ranking.placed if category_of.get(place.entry) == category]
        line = _line(own, quota, rule.at_line, decisions)
        free -= min(quota, len(own))
        entries = tuple(place.entry for place in line.open)
        groups.append(_Equals(entries, entries[quota - len(line.inside) :]))
        _write(verdicts, line, rule.reserves, category)
    inside = {entry for entry, verdict in verdicts.items() if verdict.standing is Standing.IN}
    absent = inside.union(*(group.entries for group in groups)) - {e for g in groups for e in g.left_over}
    rest = [place for place in ranking.placed if place.entry not in absent]
    line = _line(rest, free, rule.at_line, decisions)
    _write_open_list(verdicts, line, rule.reserves if free else 0, groups)
    for entry in ranking.unplaced:
        verdicts[entry] = Verdict(entry, Standing.WAITING)
    return Cut(rule, tuple(verdicts[place.entry] for place in ranking.places))


def _line(places: Sequence[Place], number: int, at_line: AtLine, decisions: Sequence[Decision]) -> _Line:
    """Cut one list, ordered best first, after `number` entries."""
    ordered = tuple(places)
    if number <= 0 or len(ordered) <= number:
        return _Line(ordered if number > 0 else (), (), () if number > 0 else ordered)
    last, after = ordered[number - 1], ordered[number]
    if last.score != after.score or (at_line is AtLine.CHAIN and last.place != after.place):
        return _Line(ordered[:number], (), ordered[number:])
    if at_line is AtLine.CHAIN:
        equals = tuple(place for place in ordered if place.place == last.place)
    else:
        equals = tuple(place for place in ordered if place.score == last.score)
    start = ordered.index(equals[0])
    before, behind = ordered[:start], ordered[start + len(equals) :]
    if at_line is AtLine.TAKE_ALL or (at_line is AtLine.CHAIN and last.settled):
        return _Line(before + equals, (), behind)
    if at_line is AtLine.DECISION:
        chosen, open_, left = _decided(equals, number - start, decisions)
        return _Line(before + chosen, open_, left + behind)
    return _Line(before, equals, behind)


def _decided(
    equals: tuple[Place, ...], number: int, decisions: Sequence[Decision]
) -> tuple[tuple[Place, ...], tuple[Place, ...], tuple[Place, ...]]:
    """Entries of equal score parted by the panel's decision: in, open, out."""
    tiers = settle([place.entry for place in equals], (), decisions)
    if len(tiers) == 1:
        return (equals, (), ()) if tiers[0].settled else ((), equals, ())
    order = [tier.entries[0] for tier in tiers]
    ordered = tuple(sorted(equals, key=lambda place: order.index(place.entry)))
    return ordered[:number], (), ordered[number:]


def _write(verdicts: dict[str, Verdict], line: _Line, reserves: int, category: str) -> None:
    for place in line.inside:
        verdicts[place.entry] = Verdict(place.entry, Standing.IN, category)
    for place in line.open:
        verdicts[place.entry] = Verdict(place.entry, Standing.OPEN, category)
    numbers: dict[int | None, int] = {}
    for index, place in enumerate(line.outside, 1):
        number = numbers.setdefault(place.place, index)
        if number <= reserves:
            verdicts[place.entry] = Verdict(place.entry, Standing.RESERVE, category, number)
        else:
            verdicts[place.entry] = Verdict(place.entry, Standing.OUT, category)


def _write_open_list(
    verdicts: dict[str, Verdict], line: _Line, reserves: int, groups: Sequence[_Equals]
) -> None:
    """Add the open list: it places those whom no quota judged, and lifts those whom a quota left out."""
    fresh: dict[str, Verdict] = {}
    _write(fresh, line, reserves, "")
    held = {entry for group in groups for entry in group.entries}
    for entry, verdict in fresh.items():
        lifted = verdict.standing in (Standing.IN, Standing.OPEN) and entry not in held
        if lifted or entry not in verdicts:
            verdicts[entry] = verdict
    inside = {place.entry for place in line.inside}
    for group in groups:
        if group.entries and inside.issuperset(group.left_over):
            verdicts |= {entry: Verdict(entry, Standing.IN) for entry in group.entries}
