"""Named reads about rankings, decided places, panel decisions and certificates.

The facts of a stage are read in a fixed number of statements, however many groups, judges and marks there are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from kbk.accounts.models import User
from kbk.awards.models import Certificate, Outcome, PanelDecision, Standing
from kbk.awards.tally import (
    CategoryFacts,
    Contestant,
    DecisionFacts,
    SheetFacts,
    StageFacts,
    StageTally,
    tally,
)
from kbk.competitions import queries as competitions
from kbk.competitions.models import Category, Competition, Stage, StageState, Unit
from kbk.db import db
from kbk.errors import NotAllowed, NotFound
from kbk.groups.models import Group
from kbk.jobs.models import Job
from kbk.judging.models import Entry, Judge, Mark, Sheet
from kbk.judging.rules import read_rubric
from scoring.aggregate import Method, Missing
from scoring.cut import AtLine
from scoring.errors import ScoringError


def stage_facts(stage: Stage) -> StageFacts:
    """What the ranking of a stage depends on, with the stage whose score is carried over."""
    before = competitions.previous_stage(stage) if stage.carry_over else None
    judges, sheets = _sheets(stage.id)
    return StageFacts(
        name=_told_apart(stage),
        rubric=read_rubric(stage.rubric, stage.name),
        method=Method(stage.method),
        missing=Missing(stage.missing),
        chain=tuple(stage.tie_chain),
        at_line=AtLine(stage.line_rule),
        carry_over=stage.carry_over,
        open=stage.state is StageState.OPEN,
        categories=_categories(stage),
        contestants=_contestants(stage.id),
        judges=judges,
        sheets=sheets,
        decisions=_decisions(stage.id),
        before=stage_facts(before) if before is not None else None,
    )


def _told_apart(stage: Stage) -> str:
    """The stage's name, with its number where another stage of the edition bears the same one."""
    bearers = [item for item in stage.competition.stages if item.name == stage.name]
    return stage.name if len(bearers) == 1 else f"{stage.name} ({stage.position})"


def stage_tally(stage: Stage) -> StageTally:
    """The rankings of a stage, counted from its marks. NotAllowed says what cannot be counted."""
    try:
        return tally(stage_facts(stage))
    except ScoringError as error:
        raise NotAllowed(f"Peringkat tahap {stage.name} belum dapat dihitung: {error}") from error


def _categories(stage: Stage) -> tuple[CategoryFacts, ...]:
    cut_before = {
        quota.category_id
        for earlier in stage.competition.stages
        if earlier.position < stage.position
        for quota in earlier.quotas
    }
    return tuple(
        CategoryFacts(item.id, item.public_id, item.name, stage.quota(item.id), item.id in cut_before)
        for item in competitions.categories(stage.competition)
    )


def _contestants(stage_id: int) -> tuple[Contestant, ...]:
    rows = db.session.execute(
        select(Group.id, Group.public_id, Group.name, Unit.name.label("unit"), Group.category_id)
        .select_from(Entry)
        .join(Entry.group)
        .join(Group.unit)
        .where(Entry.stage_id == stage_id)
        .order_by(Entry.id)
    )
    return tuple(Contestant(row.id, row.public_id, row.name, row.unit, row.category_id) for row in rows)


def _sheets(stage_id: int) -> tuple[Mapping[int, str], tuple[SheetFacts, ...]]:
    """The judges by id, and the sheets that count or are awaited, with the marks of the signed ones."""
    here = (Entry.stage_id == stage_id, Sheet.recused_at.is_(None))
    marks: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for sheet_id, criterion, value in db.session.execute(
        select(Mark.sheet_id, Mark.criterion, Mark.value)
        .join(Sheet, Sheet.id == Mark.sheet_id)
        .join(Sheet.entry)
        .where(*here, Sheet.signed_at.is_not(None))
    ):
        marks[sheet_id][criterion] = value
    rows = db.session.execute(
        select(Sheet.id, Sheet.judge_id, Sheet.signed_at, Sheet.total, Entry.group_id, User.name)
        .join(Sheet.entry)
        .join(Sheet.judge)
        .join(Judge.user)
        .where(*here)
        .order_by(Sheet.judge_id, Sheet.id)
    ).all()
    sheets = tuple(
        SheetFacts(row.group_id, row.judge_id, row.signed_at is not None, row.total, marks.get(row.id, {}))
        for row in rows
    )
    return {row.judge_id: row.name for row in rows}, sheets


def sheet_ids(stage: Stage) -> dict[tuple[int, int], str]:
    """Public ids of the sheets of a stage, by group id and judge id."""
    rows = db.session.execute(
        select(Entry.group_id, Sheet.judge_id, Sheet.public_id)
        .join(Sheet.entry)
        .where(Entry.stage_id == stage.id)
    )
    return {(row.group_id, row.judge_id): row.public_id for row in rows}


def judge_ids(competition: Competition) -> dict[int, str]:
    """Public ids of an edition's judges by id."""
    rows = db.session.execute(select(Judge.id, Judge.public_id).where(Judge.competition_id == competition.id))
    return {row.id: row.public_id for row in rows}


def _decisions(stage_id: int) -> tuple[DecisionFacts, ...]:
    rows = db.session.scalars(
        select(PanelDecision)
        .where(PanelDecision.stage_id == stage_id, PanelDecision.withdrawn_at.is_(None))
        .order_by(PanelDecision.id)
    )
    return tuple(
        DecisionFacts(row.public_id, row.category_id, tuple(row.order), row.joint, row.note, row.decided_at)
        for row in rows
    )


def panel_decision(public_id: str) -> PanelDecision:
    """The panel decision with this public id; NotFound when there is none."""
    found = db.session.scalar(select(PanelDecision).where(PanelDecision.public_id == public_id))
    if found is None:
        raise NotFound("Keputusan dewan juri ini tidak ditemukan.")
    return found


@dataclass(frozen=True, slots=True)
class MissingSheet:
    """A sheet somebody still has to sign."""

    judge: str
    group: str


@dataclass(frozen=True, slots=True)
class StageProgress:
    """How far the judging of a stage is: entries, sheets that count, signed ones, and who is missing."""

    entries: int = 0
    sheets: int = 0
    signed: int = 0
    missing: tuple[MissingSheet, ...] = ()
    unjudged: tuple[str, ...] = ()
    """Groups to which no judge is appointed."""


def progress(competition: Competition) -> dict[int, StageProgress]:
    """The progress of every stage of an edition by stage id."""
    rows = db.session.execute(
        select(
            Entry.stage_id,
            Entry.id,
            Group.name.label("group"),
            Sheet.id.label("sheet"),
            Sheet.signed_at,
            User.name.label("judge"),
        )
        .select_from(Entry)
        .join(Entry.stage)
        .join(Entry.group)
        .outerjoin(Sheet, (Sheet.entry_id == Entry.id) & Sheet.recused_at.is_(None))
        .outerjoin(Sheet.judge)
        .outerjoin(Judge.user)
        .where(Stage.competition_id == competition.id)
        .order_by(User.name, Group.name)
    ).all()
    return {
        stage_id: StageProgress(
            entries=len({row.id for row in own}),
            sheets=sum(row.sheet is not None for row in own),
            signed=sum(row.signed_at is not None for row in own),
            missing=tuple(
                MissingSheet(row.judge, row.group) for row in own if row.sheet and not row.signed_at
            ),
            unjudged=tuple(row.group for row in own if row.sheet is None),
        )
        for stage_id in {row.stage_id for row in rows}
        if (own := [row for row in rows if row.stage_id == stage_id])
    }


def standings(stage: Stage) -> Sequence[Standing]:
    """The decided places of a stage with group and unit, best first within each category."""
    return db.session.scalars(
        _with_names()
        .where(Standing.stage_id == stage.id)
        .order_by(Category.position, Standing.place.is_(None), Standing.place, Group.name)
    ).all()


def published_results(competition: Competition) -> Sequence[Standing]:
    """The decided places of all published stages, the latest stage first, best first within each category."""
    return db.session.scalars(
        _with_names()
        .join(Standing.stage)
        .where(Stage.competition_id == competition.id, Stage.state == StageState.PUBLISHED)
        .order_by(
            Category.position,
            Stage.position.desc(),
            Standing.place.is_(None),
            Standing.place,
            Group.name,
        )
    ).all()


def _with_names() -> Select[Any]:
    return (
        select(Standing)
        .join(Standing.group)
        .join(Standing.category)
        .options(
            joinedload(Standing.stage),
            joinedload(Standing.category),
            joinedload(Standing.group).options(joinedload(Group.unit), joinedload(Group.category)),
        )
    )


def has_standing(group: Group) -> bool:
    """Say whether a stage has been decided for the group."""
    return db.session.scalar(select(Standing.id).where(Standing.group_id == group.id).limit(1)) is not None


def published_standings_of(group: Group) -> Sequence[Standing]:
    """The published places of one group, the latest stage first."""
    return db.session.scalars(
        select(Standing)
        .join(Standing.stage)
        .options(joinedload(Standing.stage), joinedload(Standing.category))
        .where(Standing.group_id == group.id, Stage.state == StageState.PUBLISHED)
        .order_by(Stage.position.desc())
    ).all()


@dataclass(frozen=True, slots=True)
class PlaceBeside:
    """A place in the stage and category of another, without saying whose."""

    place: int | None
    score: Fraction | None


def places_beside(standing: Standing) -> Sequence[PlaceBeside]:
    """The places of the standing's category in its stage, this one included."""
    rows = db.session.execute(
        select(Standing.place, Standing.score).where(
            Standing.stage_id == standing.stage_id, Standing.category_id == standing.category_id
        )
    )
    return [PlaceBeside(row.place, row.score) for row in rows]


def sheets_about(group: Group, stage: Stage) -> Sequence[Sheet]:
    """The signed sheets about a group in a stage, with their marks."""
    return (
        db.session.scalars(
            select(Sheet)
            .join(Sheet.entry)
            .options(joinedload(Sheet.marks))
            .where(
                Entry.group_id == group.id,
                Entry.stage_id == stage.id,
                Sheet.signed_at.is_not(None),
                Sheet.recused_at.is_(None),
            )
        )
        .unique()
        .all()
    )


def awarded(competition: Competition) -> Sequence[Standing]:
    """The decided places that earn an award, of all decided stages."""
    return db.session.scalars(
        _with_names()
        .join(Standing.stage)
        .options(selectinload(Standing.group, Group.members))
        .where(Stage.competition_id == competition.id, Standing.award != "")
        .order_by(Category.position, Standing.place, Group.name)
    ).all()


def ended(competition: Competition) -> Sequence[Standing]:
    """The decided places where the contest of a judged group ended, of all decided stages."""
    return db.session.scalars(
        _with_names()
        .join(Standing.stage)
        .options(selectinload(Standing.group, Group.members))
        .where(
            Stage.competition_id == competition.id,
            Standing.outcome != Outcome.ADVANCED,
            Standing.place.is_not(None),
        )
        .order_by(Category.position, Stage.position.desc(), Standing.place, Group.name)
    ).all()


def certificate(public_id: str) -> Certificate:
    """The certificate with this public id; NotFound when there is none."""
    found = db.session.scalar(select(Certificate).where(Certificate.public_id == public_id))
    if found is None:
        raise NotFound("Piagam ini tidak ditemukan.")
    return found


def certificates(competition: Competition) -> Sequence[Certificate]:
    """All certificates of an edition by serial number."""
    return db.session.scalars(
        select(Certificate)
        .options(
            joinedload(Certificate.group).options(joinedload(Group.unit), joinedload(Group.category)),
            joinedload(Certificate.stage),
        )
        .where(Certificate.competition_id == competition.id)
        .order_by(Certificate.serial)
    ).all()


def valid_certificates_of(group: Group) -> Sequence[Certificate]:
    """A group's certificates that were not revoked, of published stages."""
    return db.session.scalars(
        select(Certificate)
        .join(Certificate.stage)
        .where(
            Certificate.group_id == group.id,
            Certificate.revoked_at.is_(None),
            Stage.state == StageState.PUBLISHED,
        )
        .order_by(Certificate.serial)
    ).all()


def last_serial(competition: Competition) -> int:
    """The highest serial number given to a certificate of the edition; 0 before the first."""
    return (
        db.session.scalar(
            select(func.max(Certificate.serial)).where(Certificate.competition_id == competition.id)
        )
        or 0
    )


def last_job(competition: Competition, kind: str) -> Job | None:
    """The latest job of a kind in an edition."""
    return db.session.scalar(
        select(Job)
        .where(Job.competition_id == competition.id, Job.kind == kind)
        .order_by(Job.id.desc())
        .limit(1)
    )
