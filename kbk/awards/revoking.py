"""Taking back a kept paper. Never commits; the caller writes the row of the trail."""

from datetime import datetime

from sqlalchemy import update

from kbk.awards.models import Certificate, Minutes
from kbk.db import db
from kbk.errors import Conflict


def revoke(paper: Certificate | Minutes, name: str, reason: str, now: datetime) -> None:
    """Mark a paper as revoked; Conflict, which calls it by `name`, when somebody else just did."""
    table = type(paper)
    revoked = db.session.scalar(
        update(table)
        .where(table.id == paper.id, table.revoked_at.is_(None))
        .values(revoked_at=now, revoked_reason=reason)
        .returning(table.id)
    )
    if revoked is None:
        raise Conflict(f"{name} ini baru saja diganti oleh panitia lain.")
