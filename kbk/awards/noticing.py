"""What the committee should look at in a stage, in sentences with names. Pure; never changes a mark.

What is noticed, and how other rules would have ranked the same sheets, comes from `scoring.signals` and
`scoring.what_if`. Everything counts the marks of this stage alone, without what is carried over.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kbk.awards.rules import PRIZES
from kbk.awards.tally import CategoryFacts, StageFacts
from kbk.indonesian import join_words
from scoring.ballot import Ballot, Sheet, count_ballots
from scoring.ranking import Ranking
from scoring.signals import (
    Signal,
    SignalKind,
    constant_criteria,
    different_winners,
    far_criteria,
    far_sheets,
    unlinked_panels,
)
from scoring.stage import StageRules, TieChain, rank_sheets
from scoring.what_if import METHOD_NAMES, other_methods, without_each_judge

SHOWN_CHANGES = 4
"""Changed places told in one sentence."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to look at, with the ids of whom it is about.

    `kind` is None for what another method or one judge less would give.
    """

    kind: SignalKind | None
    text: str
    category: str = ""
    group_id: int | None = None
    judge_id: int | None = None


@dataclass(frozen=True)
class Notices:
    """What was noticed: on `sheets`, about `judges`, and how `firm` the order is in each category.

    `steady` are categories in which nothing hangs on one judge or on the method; `unready` those whose sheets are
    not all signed, where this is not reckoned yet.
    """

    sheets: tuple[Notice, ...] = ()
    judges: tuple[Notice, ...] = ()
    firm: tuple[Notice, ...] = ()
    steady: tuple[str, ...] = ()
    unready: tuple[str, ...] = ()

    @property
    def everything(self) -> tuple[Notice, ...]:
        """All that was noticed."""
        return (*self.sheets, *self.judges, *self.firm)


@dataclass(frozen=True)
class _Named:
    """The sheets of a stage under the names of their groups and judges, each name once."""

    groups: Mapping[int, str]
    judges: Mapping[int, str]
    ballots: tuple[Ballot, ...]
    sheets: tuple[Sheet, ...]

    @classmethod
    def of(cls, facts: StageFacts) -> "_Named":
        groups = _distinct({item.group_id: (item.name, item.unit) for item in facts.contestants})
        judges = _distinct({judge: (name, str(judge)) for judge, name in facts.judges.items()})
        ballots = tuple(
            Ballot(judges[sheet.judge_id], groups[sheet.group_id], sheet.marks)
            for sheet in facts.sheets
            if sheet.signed
        )
        return cls(groups, judges, ballots, count_ballots(facts.rubric, ballots).sheets)


def _distinct(named: Mapping[int, tuple[str, str]]) -> dict[int, str]:
    """Names by id; one that several have is told apart by what stands beside it, and else by its id."""
    times = Counter(name for name, _ in named.values())
    fuller = {key: name if times[name] == 1 else f"{name} ({more})" for key, (name, more) in named.items()}
    times = Counter(fuller.values())
    return {key: name if times[name] == 1 else f"{name} (nomor {key})" for key, name in fuller.items()}


def notices(facts: StageFacts) -> Notices:
    """Everything worth a look in a stage. Raises ScoringError for marks that cannot be counted."""
    named = _Named.of(facts)
    far = far_sheets(named.sheets, facts.rubric.maximum)
    reported = {(signal.entry, signal.judge) for signal in far if signal.kind is SignalKind.FAR_SHEET}
    sheets = [
        signal
        for signal in far
        if signal.kind is SignalKind.FAR_SHEET or (signal.entry, signal.judge) not in reported
    ]
    judges = (*constant_criteria(facts.rubric, named.ballots), *far_criteria(facts.rubric, named.ballots))
    firm: list[Notice] = []
    steady, unready = [], []
    for category in facts.categories:
        own = {item.group_id for item in facts.contestants if item.category_id == category.category_id}
        if not own:
            continue
        if any(not sheet.signed for sheet in facts.sheets if sheet.group_id in own):
            unready.append(category.name)
            continue
        found = _firmness(facts, category, named, own)
        firm += found
        if not found:
            steady.append(category.name)
    return Notices(
        tuple(_notice(signal, named) for signal in sheets),
        tuple(_notice(signal, named) for signal in judges),
        tuple(firm),
        tuple(steady),
        tuple(unready),
    )


def _notice(signal: Signal, named: _Named, category: str = "") -> Notice:
    group = next((key for key, name in named.groups.items() if name == signal.entry), None)
    judge = next((key for key, name in named.judges.items() if name == signal.judge), None)
    return Notice(signal.kind, signal.text, category, group, judge)


def _firmness(facts: StageFacts, category: CategoryFacts, named: _Named, own: set[int]) -> list[Notice]:
    """What the order of one category hangs on."""
    entries = [named.groups[group] for group in own]
    entries.sort()
    sheets = [sheet for sheet in named.sheets if sheet.entry in set(entries)]
    panels = {entry: [sheet.judge for sheet in sheets if sheet.entry == entry] for entry in entries}
    rules = StageRules(facts.method, facts.missing, TieChain(first_places=False))
    official = rank_sheets(sheets, entries, rules, panels=panels)
    others = other_methods(sheets, entries, rules, panels=panels)
    rankings: list[tuple[str, Ranking]] = [(METHOD_NAMES[facts.method], official)]
    rankings += [(METHOD_NAMES[method], ranking) for method, ranking in others.items()]
    signals = (*unlinked_panels(sheets), *different_winners(rankings))
    found = [_notice(signal, named, category.name) for signal in signals]
    if category.quota is not None:
        for method, ranking in others.items():
            if not ranking.unplaced and (text := _change(official, ranking, category.quota)):
                found.append(Notice(None, f"Menurut {METHOD_NAMES[method]} {text}.", category.name))
    for judge, scenario in zip(
        sorted({sheet.judge for sheet in sheets}),
        without_each_judge(sheets, entries, rules, panels=panels),
        strict=True,
    ):
        if text := _loss(scenario.ranking) or _change(official, scenario.ranking, category.quota):
            judge_id = next(key for key, name in named.judges.items() if name == judge)
            found.append(Notice(None, f"Tanpa juri {judge} {text}.", category.name, judge_id=judge_id))
    return found


def _loss(ranking: Ranking) -> str:
    """How many would have no score at all, as a clause; empty where all have one."""
    return f"{len(ranking.unplaced)} kelompok tidak mempunyai nilai" if ranking.unplaced else ""


def _change(official: Ranking, other: Ranking, quota: int | None) -> str:
    """What another ranking would change for those who go on or win, as a clause; empty for nothing."""
    if quota is not None:
        before, after = _best(official, quota), _best(other, quota)
        parts = [
            f"{join_words(names)} {word}"
            for names, word in (
                (sorted(after - before), "ikut lolos"),
                (sorted(before - after), "tidak lolos"),
            )
            if names
        ]
        return " dan ".join(parts)
    moved = [
        f"{place.entry} dari tempat {place.place} ke {other.of(place.entry).place}"
        for place in official.placed
        if place.place != other.of(place.entry).place
        and min(place.place or 0, other.of(place.entry).place or 0) <= len(PRIZES)
    ]
    if len(moved) > SHOWN_CHANGES:
        moved = [*moved[:SHOWN_CHANGES], f"{len(moved) - SHOWN_CHANGES} lainnya"]
    return f"urutan juara berubah: {join_words(moved)}" if moved else ""


def _best(ranking: Ranking, number: int) -> set[str]:
    return {place.entry for place in ranking.placed if place.place is not None and place.place <= number}
