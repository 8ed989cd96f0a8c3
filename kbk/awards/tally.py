"""From the facts of a stage to places and fates within one category.

Pure. Every number, place, tie and cut comes from `scoring`; this module only asks it, per category, with the
rules that the stage declares, and names what the answers mean for the committee.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kbk.awards.rules import PRIZES, RESERVES, award_title
from kbk.indonesian import telling_places
from scoring.aggregate import EntryScore, Method, Missing
from scoring.ballot import Ballot
from scoring.cut import AtLine, Cut, CutRule, Standing, cut
from scoring.outlook import Bounds, Outlook, final_bounds, outlook, stage_bounds
from scoring.ranking import Place, Ranking
from scoring.rubric import FULL, Rubric
from scoring.stage import (
    FinalRanking,
    StageRanking,
    StageRules,
    TieChain,
    WeightedStage,
    rank_final,
    rank_stage,
)
from scoring.ties import Decision, Reason


@dataclass(frozen=True, slots=True)
class Contestant:
    """A group that takes part in the stage."""

    group_id: int
    public_id: str
    name: str
    unit: str
    category_id: int


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A judge's sheet that counts or is still awaited; sheets of recused judges are none of these."""

    group_id: int
    judge_id: int
    signed: bool
    total: Fraction | None = None
    """The total noted when the judge signed; the ranking is counted from the marks, never from this."""
    marks: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A panel decision in force."""

    public_id: str
    category_id: int
    order: tuple[int, ...]
    joint: bool
    note: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """A category; `quota` is None where its winners are found, `through_cut` when a cut line led here."""

    category_id: int
    public_id: str
    name: str
    quota: int | None
    through_cut: bool


@dataclass(frozen=True)
class StageFacts:
    """Everything the ranking of a stage depends on. Judges are named by their ids."""

    name: str
    rubric: Rubric
    method: Method
    missing: Missing
    chain: tuple[str, ...]
    at_line: AtLine
    carry_over: int
    open: bool
    categories: tuple[CategoryFacts, ...]
    contestants: tuple[Contestant, ...]
    judges: Mapping[int, str]
    sheets: tuple[SheetFacts, ...]
    decisions: tuple[DecisionFacts, ...] = ()
    before: "StageFacts | None" = None
    """The stage whose score is carried over, where any is."""

    @property
    def names(self) -> Mapping[int, str]:
        """The groups' names by id, with the unit where another group of the stage bears the same name."""
        bearers = Counter(item.name.casefold() for item in self.contestants)
        return {
            item.group_id: item.name if bearers[item.name.casefold()] == 1 else f"{item.name} ({item.unit})"
            for item in self.contestants
        }


class Fate(StrEnum):
    """What a place means at this moment."""

    IN = "in"
    RESERVE = "reserve"
    OUT = "out"
    OPEN = "open"
    """Sheets are missing that can still turn it."""
    TIED = "tied"
    """Equal at the line or at a prize: the panel decides."""
    WAITING = "waiting"
    """No score yet."""
    PRIZE = "prize"
    PLACED = "placed"
    """Placed where winners are found, without a prize."""


@dataclass(frozen=True)
class Row:
    """One group in the list, best first. `score` counts what was carried over, `own` is this stage alone."""

    contestant: Contestant
    place: int | None
    score: Fraction | None
    own: EntryScore
    carried: Fraction | None
    fate: Fate
    award: str
    reasons: tuple[Reason, ...]
    equals: tuple[int, ...]
    """Other groups with exactly the same score."""
    last_inside: bool = False
    """Whether the cut line is drawn below this row."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Groups on one place that nothing has parted; `blocks` when the stage cannot be decided before they are."""

    place: int
    groups: tuple[int, ...]
    blocks: bool
    tried: Mapping[int, tuple[Reason, ...]]
    """What the declared chain says about each, also where the line rule asks the panel regardless."""


@dataclass(frozen=True)
class CategoryTally:
    """The ranking of one category; `ranking` is what `scoring` said, the rest what it means."""

    category: CategoryFacts
    ranking: StageRanking | FinalRanking
    rows: tuple[Row, ...]
    ties: tuple[Tie, ...]
    missing: tuple[SheetFacts, ...]
    unused: tuple[DecisionFacts, ...]
    """Decisions about groups that are no longer equal."""
    chain: tuple[str, ...]
    """Criteria that parted equals; none where the line rule set the stage's chain aside."""

    @property
    def places(self) -> int:
        """With how many decimals the scores of this category are written, so that different ones look different."""
        return telling_places(row.score for row in self.rows)

    @property
    def blocking(self) -> tuple[Tie, ...]:
        """Ties that must be settled first."""
        return tuple(tie for tie in self.ties if tie.blocks)


@dataclass(frozen=True)
class StageTally:
    """The rankings of all categories that take part in a stage."""

    facts: StageFacts
    categories: tuple[CategoryTally, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows of all categories."""
        return tuple(row for category in self.categories for row in category.rows)

    def category(self, category_id: int) -> CategoryTally | None:
        """The tally of one category, or None when nobody of it takes part."""
        return next((found for found in self.categories if found.category.category_id == category_id), None)


def tally(facts: StageFacts) -> StageTally:
    """Rank every category of the stage. Raises ScoringError for marks or rules that cannot be counted."""
    present = {contestant.category_id for contestant in facts.contestants}
    return StageTally(
        facts, tuple(_tally(facts, item) for item in facts.categories if item.category_id in present)
    )


def _tally(facts: StageFacts, category: CategoryFacts) -> CategoryTally:
    decisions = [item for item in facts.decisions if item.category_id == category.category_id]
    chained = _Count.of(facts, category.category_id, facts.chain, decisions)
    line, count, chain = None, chained, facts.chain
    if category.quota is not None:
        if facts.at_line is AtLine.DECISION and _equal_at_line(chained.ranking, category.quota):
            chain = ()
            count = _Count.of(facts, category.category_id, chain, decisions)
        rule = CutRule(category.quota, facts.at_line, reserves=RESERVES)
        line = cut(count.ranking, rule, decisions=[written(item) for item in decisions])
    by_id = {item.group_id: item for item in facts.contestants}
    ties = _ties(count.ranking, chained.ranking, category, line, facts.at_line)
    fates = _fates(facts, count, category, line, ties)
    places = sorted(count.ranking.places, key=lambda place: _order(place, by_id[int(place.entry)]))
    inside = _rows_inside(places, category.quota, line)
    rows = []
    for index, place in enumerate(places, 1):
        contestant = by_id[int(place.entry)]
        fate = fates[contestant.group_id]
        winning = category.quota is None and fate is not Fate.TIED
        rows.append(
            Row(
                contestant,
                place.place,
                place.score,
                count.own.scores[place.entry],
                count.carried.get(place.entry),
                fate,
                award_title(place.place, through_cut=category.through_cut) if winning else "",
                place.reasons,
                _equals(place, count.ranking),
                last_inside=index == inside,
            )
        )
    used = {reason.decision for place in count.ranking.places for reason in place.reasons}
    return CategoryTally(
        category,
        count.ranking,
        tuple(rows),
        ties,
        tuple(sheet for sheet in _of_category(facts, category.category_id) if not sheet.signed),
        tuple(item for item in decisions if written(item) not in used),
        chain,
    )


@dataclass(frozen=True)
class _Count:
    """The ranking that counts, the stage's own ranking below it, and what is carried over by entry."""

    ranking: StageRanking | FinalRanking
    own: StageRanking
    carried: Mapping[str, Fraction]
    bounds: Bounds

    @classmethod
    def of(
        cls, facts: StageFacts, category_id: int, chain: tuple[str, ...], decisions: Sequence[DecisionFacts]
    ) -> "_Count":
        notes = [written(item) for item in decisions]
        parts = weighted(facts)
        if len(parts) == 1:
            own = _own_ranking(facts, category_id, chain, notes)
            return cls(own, own, {}, stage_bounds(own, facts.rubric))
        rankings = [
            (weight, part, _own_ranking(part, category_id, chain if part is facts else (), ()))
            for weight, part in parts
        ]
        own = rankings[0][2]
        stages = [WeightedStage(weight, ranking) for weight, _, ranking in rankings]
        ranking = rank_final(stages, own.scores, decisions=notes)
        shares = [(weight, stage_bounds(ranked, part.rubric)) for weight, part, ranked in rankings]
        return cls(ranking, own, _carried(ranking, own, rankings[0][0]), final_bounds(shares))


def written(decision: DecisionFacts) -> Decision:
    """The decision as scoring takes it."""
    return Decision(tuple(str(group) for group in decision.order), decision.note, decision.joint)


def _of_category(facts: StageFacts, category_id: int) -> list[SheetFacts]:
    own = {item.group_id for item in facts.contestants if item.category_id == category_id}
    return [sheet for sheet in facts.sheets if sheet.group_id in own]


def _own_ranking(
    facts: StageFacts, category_id: int, chain: tuple[str, ...], decisions: Sequence[Decision]
) -> StageRanking:
    """This stage alone. Only criteria that the stage names break ties; first places of judges do not."""
    entries = [str(item.group_id) for item in facts.contestants if item.category_id == category_id]
    panels: dict[str, list[str]] = {entry: [] for entry in entries}
    ballots = []
    for sheet in _of_category(facts, category_id):
        panels[str(sheet.group_id)].append(str(sheet.judge_id))
        if sheet.signed:
            ballots.append(Ballot(str(sheet.judge_id), str(sheet.group_id), sheet.marks))
    rules = StageRules(facts.method, facts.missing, TieChain(chain, first_places=False))
    return rank_stage(
        facts.rubric, ballots, entries, rules, name=facts.name, panels=panels, decisions=decisions
    )


def weighted(facts: StageFacts) -> list[tuple[Decimal, StageFacts]]:
    """The stages that make up the score with their percent, this one first."""
    if facts.before is None or not facts.carry_over:
        return [(Decimal(FULL), facts)]
    earlier = [(weight * facts.carry_over / FULL, part) for weight, part in weighted(facts.before)]
    return [(Decimal(FULL - facts.carry_over), facts), *earlier]


def _carried(ranking: Ranking, own: StageRanking, weight: Decimal) -> dict[str, Fraction]:
    """What came from earlier stages: the score less this stage's share of it."""
    carried = {}
    for place in ranking.placed:
        score = own.scores[place.entry].score
        if place.score is not None and score is not None:
            carried[place.entry] = place.score - Fraction(weight) / FULL * score
    return carried


def _equal_at_line(ranking: Ranking, quota: int) -> bool:
    placed = ranking.placed
    return len(placed) > quota > 0 and placed[quota - 1].score == placed[quota].score


def _ties(
    ranking: Ranking, chained: Ranking, category: CategoryFacts, line: Cut | None, at_line: AtLine
) -> tuple[Tie, ...]:
    undecided = set(line.entries(Standing.OPEN)) if line else set()
    found = []
    for group in ranking.unsettled:
        place = ranking.of(group[0]).place or 0
        if line is None:
            blocks = place <= len(PRIZES) and at_line is not AtLine.TAKE_ALL
        else:
            blocks = bool(undecided.intersection(group))
        tried = {int(entry): chained.of(entry).reasons for entry in group}
        found.append(Tie(place, tuple(int(entry) for entry in group), blocks, tried))
    return tuple(found)


def _fates(
    facts: StageFacts, count: _Count, category: CategoryFacts, line: Cut | None, ties: Sequence[Tie]
) -> dict[int, Fate]:
    tied = {group for tie in ties if tie.blocks for group in tie.groups}
    fates = {}
    for place in count.ranking.places:
        group = int(place.entry)
        if place.place is None:
            fates[group] = Fate.WAITING
        elif group in tied:
            fates[group] = Fate.TIED
        elif line is None:
            fates[group] = Fate.PRIZE if place.place <= len(PRIZES) else Fate.PLACED
    if line is not None:
        meaning = {Standing.IN: Fate.IN, Standing.RESERVE: Fate.RESERVE, Standing.OUT: Fate.OUT}
        for verdict in line.verdicts:
            fates.setdefault(int(verdict.entry), meaning.get(verdict.standing, Fate.TIED))
    if facts.open and any(not sheet.signed for sheet in _of_category(facts, category.category_id)):
        return _expected(fates, count.bounds, line)
    return fates


def _expected(fates: Mapping[int, Fate], bounds: Bounds, line: Cut | None) -> dict[int, Fate]:
    """While sheets are missing: what is certain already, and everything else open."""
    if line is None:
        return dict.fromkeys(fates, Fate.OPEN)
    known = outlook(bounds, line.rule)
    meaning = {Outlook.IN: Fate.IN, Outlook.OUT: Fate.OUT, Outlook.OPEN: Fate.OPEN}
    return {group: meaning[known[str(group)]] if str(group) in known else Fate.WAITING for group in fates}


def _order(place: Place, contestant: Contestant) -> tuple[bool, int, str, int]:
    """Equals stand in the order of their names, those without a place at the end."""
    return (place.place is None, place.place or 0, contestant.name.casefold(), contestant.group_id)


def _equals(place: Place, ranking: Ranking) -> tuple[int, ...]:
    return tuple(
        int(other.entry)
        for other in ranking.placed
        if place.score is not None and other.score == place.score and other.entry != place.entry
    )


def _rows_inside(places: Sequence[Place], quota: int | None, line: Cut | None) -> int | None:
    """Below how many rows the cut line is drawn; None where there is none to draw."""
    if quota is None or line is None:
        return None
    inside = max(quota, len(line.entries(Standing.IN)))
    placed = sum(place.place is not None for place in places)
    return inside if inside <= placed and inside < len(places) else None
