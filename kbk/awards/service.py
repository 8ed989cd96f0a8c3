"""Use cases of closing, deciding and publishing a stage. Never commits.

A stage changes state by an UPDATE that names the state it starts from, so that of two people, or of two
clicks, exactly one succeeds.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import select, update

from kbk.audit.trail import record
from kbk.awards import queries, rules
from kbk.awards.models import Outcome, PanelDecision, Standing
from kbk.awards.reasons import tie_sentences
from kbk.awards.tally import Contestant, Fate, Row, StageFacts, StageTally
from kbk.competitions import queries as competitions
from kbk.competitions.models import Category, Stage, StageState, Unit
from kbk.db import db
from kbk.errors import Conflict, InvalidInput, NotAllowed
from kbk.groups.models import Group
from kbk.indonesian import join_words
from kbk.judging import queries as sheets
from kbk.judging import service as judging
from kbk.policy import Actor
from scoring.aggregate import Missing

OUTCOMES = {Fate.IN: Outcome.ADVANCED, Fate.RESERVE: Outcome.RESERVE, Fate.PRIZE: Outcome.WINNER}


@dataclass(frozen=True, slots=True)
class FrozenPlace:
    """What a decision writes down about one group, and what a recount must give again."""

    group_id: int
    category_id: int
    place: int | None
    score: Fraction | None
    outcome: Outcome
    award: str
    judge_totals: tuple[tuple[int, Fraction], ...]


def _move(stage: Stage, start: StageState, end: StageState, **moments: datetime | None) -> None:
    """Bring the stage from `start` to `end`, or raise Conflict when it is no longer there."""
    moved = db.session.scalar(
        update(Stage)
        .where(Stage.id == stage.id, Stage.state == start)
        .values(state=end, **moments)
        .returning(Stage.id)
    )
    if moved is None:
        db.session.refresh(stage)
        rules.check_state(stage=stage.name, state=stage.state, wanted=start)
    db.session.refresh(stage)


def _hold_closed(stage: Stage) -> None:
    """Keep others from changing a closed stage until this transaction ends; Conflict when it is not closed."""
    state = db.session.scalar(select(Stage.state).where(Stage.id == stage.id).with_for_update())
    rules.check_state(stage=stage.name, state=state or stage.state, wanted=StageState.CLOSED)


def close_stage(
    actor: Actor | None, stage: Stage, now: datetime, *, left_out: Collection[int] = (), reason: str = ""
) -> None:
    """End the judging of an open stage.

    `left_out` are groups (by id) that nobody judges: they stay without score and place, for the `reason` that is
    kept in the trail. Raises NotAllowed while a sheet is missing that the stage's policy waits for, or another
    group has no score, or all have none.
    """
    _move(stage, StageState.OPEN, StageState.CLOSED, closed_at=now)
    tally = queries.stage_tally(stage)
    facts = tally.facts
    names = facts.names
    missing = [
        (facts.judges[sheet.judge_id], names[sheet.group_id]) for sheet in facts.sheets if not sheet.signed
    ]
    rules.check_can_close(
        stage=stage.name,
        entries=len(facts.contestants),
        waits=facts.missing is Missing.WAIT,
        missing=missing,
        unscored=_unscored(tally, left_out),
    )
    awaited = [rules.awaited(*sheet) for sheet in missing]
    if left_out:
        without = sorted(names[group] for group in left_out)
        record(actor, "stage-closed", stage, now=now, missing=awaited, groups=without, reason=reason)
    else:
        record(actor, "stage-closed", stage, now=now, missing=awaited)


def _unscored(tally: StageTally, left_out: Collection[int]) -> list[str]:
    """Names of the groups without a score, but for those of `left_out` that nobody judges; all when all have none."""
    without = {row.contestant.group_id for row in tally.rows if row.score is None}
    if len(without) < len(tally.rows):
        without -= {item.group_id for item in unjudged(tally.facts)}.intersection(left_out)
    return [name for group, name in tally.facts.names.items() if group in without]


def unjudged(facts: StageFacts) -> list[Contestant]:
    """The groups that no judge is appointed to, or whose judges have all been relieved."""
    judged = {sheet.group_id for sheet in facts.sheets}
    return [item for item in facts.contestants if item.group_id not in judged]


def reopen_stage(actor: Actor | None, stage: Stage, reason: str, now: datetime) -> None:
    """Take judging up again while nothing is decided yet."""
    _move(stage, StageState.CLOSED, StageState.OPEN, closed_at=None)
    record(actor, "stage-reopened", stage, now=now, reason=reason)


def settle_tie(
    actor: Actor | None, stage: Stage, order: Sequence[int], note: str, now: datetime, *, joint: bool = False
) -> PanelDecision:
    """Write down the panel's order (group ids, best first) of the groups of one unsettled tie.

    With `joint` they stay together on one place. Raises Conflict when these groups are not tied (any more).
    """
    _hold_closed(stage)
    tally = queries.stage_tally(stage)
    ties = {frozenset(tie.groups): found.category for found in tally.categories for tie in found.ties}
    rules.check_order(order, list(ties))
    decision = PanelDecision(
        stage=stage,
        category_id=ties[frozenset(order)].category_id,
        order=list(order),
        joint=joint,
        note=note,
        decided_by_id=actor.user_id if actor else None,
        decided_at=now,
    )
    db.session.add(decision)
    record(actor, "tie-settled", decision, now=now, order=list(order), joint=joint, note=note)
    db.session.flush()
    return decision


def withdraw_decision(actor: Actor | None, decision: PanelDecision, reason: str, now: datetime) -> None:
    """Take a panel decision back while the stage is not decided; it stays on record."""
    _hold_closed(decision.stage)
    db.session.refresh(decision)
    if decision.withdrawn_at is not None:
        raise Conflict("Keputusan dewan juri ini sudah dicabut.")
    decision.withdrawn_at = now
    record(actor, "tie-decision-withdrawn", decision, now=now, reason=reason)
    db.session.flush()


def decide_stage(actor: Actor | None, stage: Stage, now: datetime) -> None:
    """Freeze the places of a closed stage and let the advancing groups into the next one.

    Raises NotAllowed while a tie touches a cut line or a prize, and when there is no next stage to go to.
    """
    _move(stage, StageState.CLOSED, StageState.DECIDED, decided_at=now)
    tally = queries.stage_tally(stage)
    rules.check_no_ties(stage=stage.name, ties=blocking_ties(tally))
    frozen = freeze(tally)
    names = tally.facts.names
    notes = {row.contestant.group_id: _note(row, names, tally.facts) for row in tally.rows}
    db.session.add_all(_standing(stage, place, notes[place.group_id]) for place in frozen)
    advancing = [place.group_id for place in frozen if place.outcome is Outcome.ADVANCED]
    following = competitions.next_stage(stage)
    if advancing and following is None:
        raise NotAllowed(
            f"Tahap {stage.name} meloloskan kelompok, tetapi tidak ada tahap sesudahnya. "
            "Tambahkan tahap berikutnya pada Pengaturan."
        )
    if advancing and following is not None:
        judging.admit(actor, following, advancing, now)
    record(actor, "stage-decided", stage, now=now, advancing=advancing)
    db.session.flush()


def _note(row: Row, names: Mapping[int, str], facts: StageFacts) -> str:
    return " ".join(tie_sentences(row.contestant.group_id, row.reasons, names, facts.rubric))


def _standing(stage: Stage, place: FrozenPlace, note: str) -> Standing:
    return Standing(
        stage_id=stage.id,
        group_id=place.group_id,
        category_id=place.category_id,
        place=place.place,
        score=place.score,
        outcome=place.outcome,
        award=place.award,
        note=note,
        judge_totals=[{"judge": judge, "total": str(total)} for judge, total in place.judge_totals],
    )


def blocking_ties(tally: StageTally) -> list[str]:
    """The ties that stand in the way of deciding, each as "A dan B (kategori, tempat 2)"."""
    names = tally.facts.names
    return [
        f"{join_words([names[group] for group in tie.groups])} ({found.category.name}, tempat {tie.place})"
        for found in tally.categories
        for tie in found.blocking
    ]


def freeze(tally: StageTally) -> tuple[FrozenPlace, ...]:
    """The places as a decision writes them down, in order of group ids."""
    places = [
        FrozenPlace(
            row.contestant.group_id,
            row.contestant.category_id,
            row.place,
            row.score,
            OUTCOMES.get(row.fate, Outcome.OUT),
            row.award,
            tuple((int(sheet.judge), sheet.total) for sheet in row.own.sheets),
        )
        for row in tally.rows
    ]
    return tuple(sorted(places, key=lambda place: place.group_id))


def recount_differences(stage: Stage) -> list[str]:
    """What a recount from the raw marks finds different from the frozen standings, by group; empty when all agree.

    Also finds a signed sheet whose noted total its marks do not give.
    """
    tally = queries.stage_tally(stage)
    counted = {place.group_id: place for place in freeze(tally)}
    stored = {row.group_id: _stored(row) for row in queries.standings(stage)}
    names = tally.facts.names
    wrong = {group for group in counted.keys() | stored.keys() if counted.get(group) != stored.get(group)}
    noted = {(sheet.group_id, sheet.judge_id): sheet.total for sheet in tally.facts.sheets if sheet.signed}
    wrong |= {
        place.group_id
        for place in counted.values()
        for judge, total in place.judge_totals
        if noted.get((place.group_id, judge)) != total
    }
    return sorted(f"KBK {names.get(group, group)}" for group in wrong)


def _stored(row: Standing) -> FrozenPlace:
    totals: list[dict[str, Any]] = row.judge_totals
    return FrozenPlace(
        row.group_id,
        row.category_id,
        row.place,
        row.score,
        row.outcome,
        row.award,
        tuple((item["judge"], Fraction(item["total"])) for item in totals),
    )


def publish_stage(actor: Actor | None, stage: Stage, now: datetime) -> None:
    """Show the decided result to teams and public.

    Raises NotAllowed while an earlier stage is unpublished or the recount differs from the standings.
    """
    _move(stage, StageState.DECIDED, StageState.PUBLISHED, published_at=now)
    earlier = [item for item in stage.competition.stages if item.position < stage.position]
    rules.check_can_publish(
        stage=stage.name,
        unpublished=[item.name for item in earlier if item.state is not StageState.PUBLISHED],
        differences=recount_differences(stage),
    )
    record(actor, "stage-published", stage, now=now)


def check_place(group: Group, unit: Unit, category: Category) -> None:
    """Raise InvalidInput when a group may not be brought to this unit and category (any more).

    A decided place was won in a category and stays in it; and nobody judges an entry of the own unit.
    """
    if category.id != group.category_id and queries.has_standing(group):
        raise InvalidInput(
            f"Hasil KBK {group.name} sudah ditetapkan dalam kategori {group.category.name}; "
            "kategorinya tidak dapat diubah lagi.",
            field="category",
        )
    if unit.id != group.unit_id and (judge := sheets.judge_of_own_unit(group, unit)):
        raise InvalidInput(
            f"{judge.user.name} dari {unit.name} sedang menilai KBK {group.name}. Bebastugaskan dahulu juri ini "
            "pada halaman Penugasan, dengan alasan tertulis.",
            field="unit",
        )
