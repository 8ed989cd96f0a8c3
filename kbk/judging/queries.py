"""Named reads about judges, entries and score sheets."""

from dataclasses import dataclass

from sqlalchemy import select

from kbk.db import db
from kbk.judging.models import Judge


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """A person's appointments as judge, and the units of the person's own."""

    judge_ids: frozenset[int]
    unit_ids: frozenset[int]


def appointment_facts(user_id: int) -> AppointmentFacts:
    """The appointments of a person, of all editions."""
    rows = db.session.execute(select(Judge.id, Judge.unit_id).where(Judge.user_id == user_id)).all()
    return AppointmentFacts(
        frozenset(row.id for row in rows), frozenset(row.unit_id for row in rows if row.unit_id is not None)
    )
