"""Named reads for the berita acara of a stage: those that were made, and what only they tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from kbk.accounts.models import User
from kbk.awards.models import Certificate, Minutes, SignedCopy
from kbk.competitions.models import Category, Competition, Stage, StageState, Unit
from kbk.db import db
from kbk.errors import NotFound
from kbk.groups.models import Group
from kbk.judging.models import Entry, Judge, Sheet
from kbk.risalah.models import Risalah, RisalahState


def minutes(public_id: str) -> Minutes:
    """The berita acara with this public id; NotFound when there is none."""
    found = db.session.scalar(select(Minutes).where(Minutes.public_id == public_id))
    if found is None:
        raise NotFound("Berita acara ini tidak ditemukan.")
    return found


def minutes_of(stage: Stage) -> Sequence[Minutes]:
    """All berita acara of a stage, the latest first."""
    return db.session.scalars(
        select(Minutes).where(Minutes.stage_id == stage.id).order_by(Minutes.id.desc())
    ).all()


def minutes_of_edition(competition: Competition) -> Sequence[Minutes]:
    """All berita acara of an edition, revoked ones too."""
    query = select(Minutes).join(Minutes.stage).options(contains_eager(Minutes.stage))
    return db.session.scalars(query.where(Stage.competition_id == competition.id).order_by(Minutes.id)).all()


def valid_minutes(stage: Stage) -> Minutes | None:
    """The berita acara of a stage that holds."""
    query = select(Minutes).where(Minutes.stage_id == stage.id, Minutes.revoked_at.is_(None))
    return db.session.scalar(query.order_by(Minutes.id.desc()).limit(1))


def last_minutes(competition: Competition) -> Minutes | None:
    """The berita acara made last in an edition, of whatever stage."""
    query = select(Minutes).join(Minutes.stage).where(Stage.competition_id == competition.id)
    return db.session.scalar(query.order_by(Minutes.id.desc()).limit(1))


def stage_with_number(competition: Competition, number: str, *, besides: Minutes | None) -> str | None:
    """The name of a stage whose valid berita acara, other than `besides`, has this number."""
    return db.session.scalar(
        select(Stage.name)
        .join(Minutes, Minutes.stage_id == Stage.id)
        .where(
            Stage.competition_id == competition.id,
            Minutes.number == number,
            Minutes.revoked_at.is_(None),
            Minutes.id != (besides.id if besides else 0),
        )
        .limit(1)
    )


def published_paper(public_id: str) -> Certificate | Minutes:
    """The certificate or berita acara with this public id, of a published stage; NotFound for any other."""
    found = db.session.scalar(
        select(Certificate).where(Certificate.public_id == public_id)
    ) or db.session.scalar(select(Minutes).where(Minutes.public_id == public_id))
    if found is None or found.stage.state is not StageState.PUBLISHED:
        raise NotFound("Piagam atau berita acara ini tidak ditemukan, atau hasilnya belum diumumkan.")
    return found


def signed_copy(public_id: str) -> SignedCopy:
    """The scan with this public id; NotFound when there is none."""
    found = db.session.scalar(select(SignedCopy).where(SignedCopy.public_id == public_id))
    if found is None:
        raise NotFound("Salinan bertanda tangan ini tidak ditemukan.")
    return found


def signed_copies(stage: Stage) -> dict[int, list[SignedCopy]]:
    """The scans of a stage's berita acara by the id of the latter, the one that holds first."""
    found: dict[int, list[SignedCopy]] = {}
    rows = db.session.scalars(
        select(SignedCopy)
        .join(SignedCopy.minutes)
        .where(Minutes.stage_id == stage.id)
        .options(joinedload(SignedCopy.uploaded_by))
        .order_by(SignedCopy.number.desc())
    )
    for copy in rows:
        found.setdefault(copy.minutes_id, []).append(copy)
    return found


def last_signed_copy(minutes: Minutes) -> SignedCopy | None:
    """The scan of a berita acara that holds."""
    query = select(SignedCopy).where(SignedCopy.minutes_id == minutes.id)
    return db.session.scalar(query.order_by(SignedCopy.number.desc()).limit(1))


def awaiting_signed_copy(competition: Competition) -> dict[int, Minutes]:
    """The valid berita acara of an edition that have no scan yet, by the id of their stage."""
    rows = db.session.scalars(
        select(Minutes)
        .join(Minutes.stage)
        .where(
            Stage.competition_id == competition.id,
            Minutes.revoked_at.is_(None),
            Minutes.id.not_in(select(SignedCopy.minutes_id)),
        )
    )
    return {minutes.stage_id: minutes for minutes in rows}


@dataclass(frozen=True, slots=True)
class SheetNote:
    """What became of a sheet: signed, left unsigned, or given up with a reason."""

    judge_id: int
    judge: str
    group_id: int
    group: str
    signed_at: datetime | None
    recused_at: datetime | None
    reason: str


def sheet_notes(stage: Stage) -> Sequence[SheetNote]:
    """What became of every sheet of a stage, by judge and group."""
    rows = db.session.execute(
        select(
            Sheet.judge_id,
            User.name,
            Group.id,
            Group.name,
            Sheet.signed_at,
            Sheet.recused_at,
            Sheet.recusal_reason,
        )
        .join(Sheet.entry)
        .join(Entry.group)
        .join(Sheet.judge)
        .join(Judge.user)
        .where(Entry.stage_id == stage.id)
        .order_by(Sheet.judge_id, Group.name, Sheet.id)
    )
    return [SheetNote(*row) for row in rows]


def panel_names(stage: Stage) -> dict[int, str]:
    """The judges with a sheet that they have not given up, by id."""
    return {note.judge_id: note.judge for note in sheet_notes(stage) if note.recused_at is None}


@dataclass(frozen=True, slots=True)
class OutsideGroup:
    """A group of the edition that did not take part in a stage; whether it has handed in its risalah."""

    name: str
    unit: str
    handed_in: bool


def groups_outside(stage: Stage) -> Sequence[OutsideGroup]:
    """The edition's groups that did not take part in the stage, by category and name."""
    inside = select(Entry.group_id).where(Entry.stage_id == stage.id)
    rows = db.session.execute(
        select(Group.name, Unit.name, Risalah.state)
        .join(Group.unit)
        .join(Group.category)
        .outerjoin(Risalah, Risalah.group_id == Group.id)
        .where(Group.competition_id == stage.competition_id, Group.id.not_in(inside))
        .order_by(Category.position, Group.name, Group.id)
    )
    return [OutsideGroup(name, unit, state is RisalahState.SUBMITTED) for name, unit, state in rows]
