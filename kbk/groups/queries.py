"""Named reads about groups, their members, their invitations and imports."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select, union
from sqlalchemy.orm import defer, joinedload, selectinload

from kbk.accounts.models import Invitation, User
from kbk.competitions.models import Category, Competition, Unit
from kbk.competitions.rules import name_key
from kbk.db import db
from kbk.errors import NotFound
from kbk.groups.models import Group, Import, Member
from kbk.groups.rules import Handover, InvitationState
from kbk.paging import Wanted, paged
from kbk.policy import MemberRole


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """What a person is in which groups, and the units of these."""

    roles: Mapping[int, MemberRole]
    unit_ids: frozenset[int]


def membership_facts(user_id: int) -> MembershipFacts:
    """The groups a person belongs to, of all editions."""
    rows = db.session.execute(
        select(Group.id, Group.unit_id, Member.role).join(Member.group).where(Member.user_id == user_id)
    ).all()
    return MembershipFacts({row.id: row.role for row in rows}, frozenset(row.unit_id for row in rows))


def group(public_id: str) -> Group:
    """The group with this public id, with edition, unit and category; NotFound when there is none."""
    found = db.session.scalar(
        select(Group)
        .where(Group.public_id == public_id)
        .options(joinedload(Group.competition), joinedload(Group.unit), joinedload(Group.category))
    )
    if found is None:
        raise NotFound("Kelompok ini tidak ditemukan.")
    return found


def member(public_id: str) -> Member:
    """The member with this public id; NotFound when there is none."""
    found = db.session.scalar(
        select(Member)
        .where(Member.public_id == public_id)
        .options(joinedload(Member.group).joinedload(Group.competition), joinedload(Member.user))
    )
    if found is None:
        raise NotFound("Anggota ini tidak ditemukan. Mungkin sudah dikeluarkan dari kelompoknya.")
    return found


def own_groups(user_id: int) -> Sequence[Group]:
    """The groups a person belongs to, those of the latest edition first."""
    return db.session.scalars(
        select(Group)
        .join(Group.members)
        .join(Group.competition)
        .where(Member.user_id == user_id)
        .options(joinedload(Group.competition), joinedload(Group.unit))
        .order_by(Competition.year.desc(), Group.name)
    ).all()


def group_of_unit(competition: Competition, unit: Unit, name: str) -> Group | None:
    """The group of a unit in an edition whose name compares equal."""
    return db.session.scalar(
        select(Group).where(
            Group.competition_id == competition.id, Group.unit_id == unit.id, Group.name_key == name_key(name)
        )
    )


def group_page(
    competition: Competition,
    *,
    search: str = "",
    category_id: int | None = None,
    leaderless: bool = False,
    wanted: Wanted,
) -> Pagination:
    """The edition's groups by unit and name, with unit, category and members, one page at a time.

    `search` is looked for in the names of group, unit and members; `leaderless` groups have no ketua.
    """
    query = (
        select(Group)
        .join(Group.unit)
        .where(Group.competition_id == competition.id)
        .options(
            joinedload(Group.unit),
            joinedload(Group.category),
            joinedload(Group.competition),
            selectinload(Group.members),
        )
        .order_by(Unit.name, Group.name, Group.id)
    )
    if key := name_key(search):
        query = query.where(
            or_(
                Group.name_key.contains(key, autoescape=True),
                Unit.name_key.contains(key, autoescape=True),
                Group.members.any(Member.name.icontains(search, autoescape=True)),
            )
        )
    if category_id is not None:
        query = query.where(Group.category_id == category_id)
    if leaderless:
        query = query.where(~Group.members.any(Member.role == MemberRole.KETUA))
    return paged(query, wanted)


def group_count(competition: Competition) -> int:
    """How many groups take part in the edition."""
    return db.session.scalar(select(func.count(Group.id)).where(Group.competition_id == competition.id)) or 0


def groups_named(competition: Competition, public_ids: Collection[str]) -> Sequence[Group]:
    """The groups of the edition with these public ids, by unit and name."""
    return db.session.scalars(
        select(Group)
        .join(Group.unit)
        .where(Group.competition_id == competition.id, Group.public_id.in_(public_ids))
        .options(joinedload(Group.competition))
        .order_by(Unit.name, Group.name, Group.id)
    ).all()


def groups_of(competition: Competition) -> Sequence[Group]:
    """All groups of the edition with their members, for comparing a list with them."""
    return db.session.scalars(
        select(Group).where(Group.competition_id == competition.id).options(selectinload(Group.members))
    ).all()


def leaders_to_invite(competition: Competition, now: datetime) -> Sequence[Member]:
    """Every ketua of the edition who was never invited and has no account in use."""
    return db.session.scalars(
        select(Member)
        .join(Member.group)
        .outerjoin(Member.user)
        .where(
            Group.competition_id == competition.id,
            Member.role == MemberRole.KETUA,
            _invitation_state(now) == InvitationState.NOT_INVITED.value,
        )
        .options(joinedload(Member.group).joinedload(Group.competition), joinedload(Member.user))
        .order_by(Member.id)
    ).all()


def _invitations() -> Select[int]:
    return select(Invitation.id).where(Invitation.user_id == Member.user_id).correlate(Member)


def _usable(now: datetime) -> Select[int]:
    return _invitations().where(
        Invitation.used_at.is_(None), Invitation.revoked_at.is_(None), Invitation.expires_at > now
    )


def _has_link(handover: Handover, now: datetime) -> ColumnElement[bool]:
    """Say whether the person has an open link that has, or has not, been handed over."""
    waiting = and_(Invitation.handed_at.is_(None), Invitation.mailed_at.is_(None))
    return _usable(now).where(waiting if handover is Handover.WAITING else not_(waiting)).exists()


def _invitation_state(now: datetime) -> ColumnElement[str]:
    return case(
        (User.password_hash.is_not(None), InvitationState.SIGNED_UP.value),
        (_usable(now).exists(), InvitationState.INVITED.value),
        (_invitations().exists(), InvitationState.EXPIRED.value),
        else_=InvitationState.NOT_INVITED.value,
    )


_IN_LIST = (Unit.name, Group.name, Group.id, Member.position, Member.id)
"""The order of an edition's people: by unit, group and place in it."""


def invitation_page(
    competition: Competition,
    now: datetime,
    *,
    search: str = "",
    role: MemberRole | None = None,
    state: InvitationState | None = None,
    handover: Handover | None = None,
    wanted: Wanted,
) -> Pagination:
    """The edition's people by unit, group and place in it, one page at a time, with group, unit and account."""
    query = (
        select(Member)
        .join(Member.group)
        .join(Group.unit)
        .outerjoin(Member.user)
        .where(Group.competition_id == competition.id)
        .options(joinedload(Member.group).joinedload(Group.unit), joinedload(Member.user))
    )
    if key := name_key(search):
        query = query.where(
            or_(
                Member.name.icontains(search, autoescape=True),
                Group.name_key.contains(key, autoescape=True),
                Unit.name_key.contains(key, autoescape=True),
            )
        )
    if role is not None:
        query = query.where(Member.role == role)
    if state is not None:
        query = query.where(_invitation_state(now) == state.value)
    if handover is not None:
        query = query.where(_has_link(handover, now))
    query = query.order_by(*_IN_LIST)
    return paged(query, wanted)


def next_to_hand_over(competition: Competition, now: datetime, after: Member | None = None) -> Member | None:
    """The first person of the edition's list, or the next `after` one, whose link is to be handed over."""
    after_id = after.id if after else 0
    ids = db.session.scalars(
        select(Member.id)
        .join(Member.group)
        .join(Group.unit)
        .where(
            Group.competition_id == competition.id,
            or_(_has_link(Handover.WAITING, now), Member.id == after_id),
        )
        .order_by(*_IN_LIST)
    ).all()
    following = ids[ids.index(after_id) + 1 :] if after else ids
    return db.session.get(Member, following[0]) if following else None


def links_to_hand_over(competition: Competition, now: datetime) -> int:
    """How many open links of the edition's people are to be handed over."""
    query = select(func.count(Member.id)).join(Member.group)
    waiting = query.where(Group.competition_id == competition.id, _has_link(Handover.WAITING, now))
    return db.session.scalar(waiting) or 0


def members_of(competition: Competition, public_ids: Collection[str]) -> Sequence[Member]:
    """The people of the edition with these public ids, in the order of its list."""
    return db.session.scalars(
        select(Member)
        .join(Member.group)
        .join(Group.unit)
        .where(Group.competition_id == competition.id, Member.public_id.in_(public_ids))
        .options(joinedload(Member.group).joinedload(Group.competition))
        .order_by(*_IN_LIST)
    ).all()


def invitation_counts(competition: Competition, now: datetime) -> dict[InvitationState, int]:
    """How many of the edition's people stand where on the way into the program."""
    states = (
        select(_invitation_state(now).label("state"))
        .select_from(Member)
        .join(Member.group)
        .outerjoin(Member.user)
        .where(Group.competition_id == competition.id)
        .subquery()
    )
    rows = db.session.execute(select(states.c.state, func.count()).group_by(states.c.state))
    counts = {InvitationState(value): number for value, number in rows}
    return {known: counts.get(known, 0) for known in InvitationState}


def category_of(competition: Competition, category_id: int | None) -> Category | None:
    """The edition's category with this id, or None."""
    return next((category for category in competition.categories if category.id == category_id), None)


def unit(public_id: str) -> Unit:
    """The unit with this public id; NotFound when there is none."""
    found = db.session.scalar(select(Unit).where(Unit.public_id == public_id))
    if found is None:
        raise NotFound("Unit ini tidak ditemukan.")
    return found


def unit_page(*, search: str = "", wanted: Wanted) -> Pagination:
    """The city's units by name, one page at a time."""
    query = select(Unit).order_by(Unit.name)
    if key := name_key(search):
        query = query.where(Unit.name_key.contains(key, autoescape=True))
    return paged(query, wanted)


def unit_count() -> int:
    """How many units the city has."""
    return db.session.scalar(select(func.count(Unit.id))) or 0


def units_named(name: str) -> Sequence[Unit]:
    """The units whose name compares equal: one at most."""
    return db.session.scalars(select(Unit).where(Unit.name_key == name_key(name))).all()


def import_(public_id: str) -> Import:
    """The import with this public id; NotFound when there is none."""
    found = db.session.scalar(
        select(Import).where(Import.public_id == public_id).options(joinedload(Import.competition))
    )
    if found is None:
        raise NotFound("Impor ini tidak ditemukan.")
    return found


def recent_imports(competition: Competition, limit: int = 10) -> Sequence[Import]:
    """The edition's latest imports, without their rows."""
    return db.session.scalars(
        select(Import)
        .where(Import.competition_id == competition.id)
        .options(joinedload(Import.competition), defer(Import.rows))
        .order_by(Import.id.desc())
        .limit(limit)
    ).all()


def names_everybody_knows() -> list[str]:
    """The names of units, groups, editions and cities: what makes a password easy to guess here."""
    names = (select(Unit.name), select(Group.name), select(Competition.name), select(Competition.city))
    return list(db.session.scalars(union(*names)))
