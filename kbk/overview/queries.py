"""Named reads across groups, risalah and judging."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, case, func, select

from kbk.competitions.models import Category, Competition, Stage, StageState, Unit
from kbk.competitions.rules import name_key
from kbk.db import db
from kbk.groups.models import Group, Member
from kbk.judging.models import Entry, Sheet
from kbk.overview.rules import Standing, standing
from kbk.policy import MemberRole
from kbk.risalah.models import Risalah, RisalahState

IN_ORDER = list(Standing)


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """One line of the committee's overview."""

    public_id: str
    version: int
    name: str
    unit: str
    category: str
    category_id: int
    search_keys: tuple[str, str]
    """The names of group and unit as they are compared."""
    leader: str
    """The name of the ketua; "" while there is none."""
    phone: str
    standing: Standing
    deadline: datetime
    extended: bool
    late: bool
    submitted_at: datetime | None
    updated_at: datetime | None
    sheets: int
    signed: int

    @property
    def awaited(self) -> bool:
        """Say whether the group still has to hand in."""
        return self.submitted_at is None

    @property
    def own_deadline(self) -> datetime | None:
        """The deadline that this group alone was given."""
        return self.deadline if self.extended else None


@dataclass(frozen=True, slots=True)
class Progress:
    """All groups of an edition, and how many stand where."""

    groups: Sequence[GroupProgress]
    counts: Counter[Standing]
    stage: Stage | None
    """The stage being judged, else the last that was."""

    def matching(
        self, *, search: str = "", standing: Standing | None = None, category_id: int | None = None
    ) -> Sequence[GroupProgress]:
        """The groups that stand there and belong there; `search` is looked for in the names of group and unit."""
        key = name_key(search)
        return [
            group
            for group in self.groups
            if standing in {None, group.standing}
            and category_id in {None, group.category_id}
            and any(key in name for name in group.search_keys)
        ]


def running_stage(competition: Competition) -> Stage | None:
    """The stage being judged, else the last one that was opened."""
    opened = [stage for stage in competition.stages if stage.state != StageState.PLANNED]
    running = [stage for stage in opened if stage.state == StageState.OPEN]
    return next(iter(running or opened[-1:]), None)


def progress(competition: Competition, now: datetime) -> Progress:
    """How far every group of the edition has come: those with the most before them first, then by unit."""
    stage = running_stage(competition)
    counts, leaders = _sheet_counts(competition), _leaders(competition)
    groups = []
    for row in _rows(competition):
        deadline = row.extended_until or competition.submission_deadline
        sheets, signed = counts.get(row.id, (0, 0))
        leader, phone = leaders.get(row.id, ("", ""))
        groups.append(
            GroupProgress(
                public_id=row.public_id,
                version=row.version,
                name=row.name,
                unit=row.unit,
                category=row.category,
                category_id=row.category_id,
                search_keys=(row.name_key, row.unit_key),
                leader=leader,
                phone=phone,
                standing=standing(state=row.state, deadline=deadline, sheets=sheets, signed=signed, now=now),
                deadline=deadline,
                extended=row.extended_until is not None,
                late=bool(row.late),
                submitted_at=row.submitted_at if row.state == RisalahState.SUBMITTED else None,
                updated_at=row.updated_at,
                sheets=sheets,
                signed=signed,
            )
        )
    groups.sort(key=lambda group: IN_ORDER.index(group.standing))
    return Progress(groups, Counter(group.standing for group in groups), stage)


def _rows(competition: Competition) -> Result[Any]:
    """Every group of the edition with its risalah, by category and unit."""
    return db.session.execute(
        select(
            Group.id,
            Group.public_id,
            Group.version,
            Group.name,
            Group.name_key,
            Unit.name.label("unit"),
            Unit.name_key.label("unit_key"),
            Group.category_id,
            Category.name.label("category"),
            Group.extended_until,
            Risalah.state,
            Risalah.late,
            Risalah.submitted_at,
            Risalah.updated_at,
        )
        .join(Group.unit)
        .join(Group.category)
        .outerjoin(Risalah, Risalah.group_id == Group.id)
        .where(Group.competition_id == competition.id)
        .order_by(Category.position, Unit.name, Group.name)
    )


def _leaders(competition: Competition) -> dict[int, tuple[str, str]]:
    """Name and telephone number of every ketua, by group id."""
    rows = db.session.execute(
        select(Member.group_id, Member.name, Member.phone)
        .join(Member.group)
        .where(Group.competition_id == competition.id, Member.role == MemberRole.KETUA)
    )
    return {row.group_id: (row.name, row.phone) for row in rows}


def _sheet_counts(competition: Competition) -> dict[int, tuple[int, int]]:
    """Sheets laid out and signed in the last stage each group has reached, by group id; recused judges do not count."""
    rows = db.session.execute(
        select(
            Entry.group_id,
            func.count(Sheet.id).label("sheets"),
            func.sum(case((Sheet.signed_at.is_not(None), 1), else_=0)).label("signed"),
        )
        .join(Entry.stage)
        .join(Entry.sheets)
        .where(Stage.competition_id == competition.id, Sheet.recused_at.is_(None))
        .group_by(Entry.group_id, Stage.position)
        .order_by(Stage.position)
    )
    return {row.group_id: (row.sheets, row.signed) for row in rows}


def published_stages(competition_ids: Sequence[int]) -> dict[int, list[Stage]]:
    """Stages whose results are public, by edition, the latest first."""
    rows = db.session.scalars(
        select(Stage)
        .where(Stage.competition_id.in_(competition_ids), Stage.state == StageState.PUBLISHED)
        .order_by(Stage.position.desc())
    )
    found: dict[int, list[Stage]] = {}
    for stage in rows:
        found.setdefault(stage.competition_id, []).append(stage)
    return found
