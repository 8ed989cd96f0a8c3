"""Named reads about groups, their members and imports."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from kbk.db import db
from kbk.groups.models import Group, Member
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
