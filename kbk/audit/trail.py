"""Writing the trail and checking its chain.

`record` keeps the row aside; it is sealed into the chain just before the commit, so that the lock that
orders the chain is the last one a transaction takes and two transactions cannot wait for each other.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from kbk.audit.models import EMPTY_TRAIL, AuditRow
from kbk.db import db
from kbk.policy import Actor

CHAIN_LOCK = 20240802
SYSTEM_NAME = "sistem"
REFUSALS = frozenset({"invitation-refused", "late-change-refused", "request-refused", "sign-ins-failed"})
"""Actions that were not done."""
MINUTE = timedelta(minutes=1)
SAME_AGAIN_AFTER = timedelta(hours=1)
MOST_REFUSALS_AN_HOUR = 20


def record(actor: Actor | None, action: str, subject: Any, *, now: datetime, **detail: Any) -> None:
    """Note that `actor` (None is the program itself) did `action` to `subject`.

    `subject` is a model object; `detail` must be JSON-able and hold no secrets and no marks of unsigned sheets.
    The row gets its place in the chain when the transaction commits.
    """
    competition = getattr(subject, "competition", None)
    if db.session.new:
        db.session.flush()
    _set_aside(
        actor,
        action,
        at=now,
        subject_kind=subject.__tablename__,
        subject_id=subject.id,
        competition_id=competition.id if competition is not None else None,
        detail=detail,
    )


def record_refusal(actor: Actor | None, action: str, *, user_id: int, now: datetime, **detail: Any) -> None:
    """Note that something was refused which concerns the person `user_id`; `action` is one of `REFUSALS`.

    The same is noted once an hour, and of one person no more than `MOST_REFUSALS_AN_HOUR`, so that nobody can
    drown the trail by trying again.
    """
    recent = db.session.execute(
        select(AuditRow.action, AuditRow.detail).where(
            AuditRow.subject_kind == "users",
            AuditRow.subject_id == user_id,
            AuditRow.action.in_(REFUSALS),
            AuditRow.at > now - SAME_AGAIN_AFTER,
        )
    ).all()
    known = any(row.action == action and row.detail.get("page") == detail.get("page") for row in recent)
    if known or len(recent) >= MOST_REFUSALS_AN_HOUR:
        return
    _set_aside(actor, action, subject_kind="users", subject_id=user_id, at=now, detail=detail)


def _set_aside(actor: Actor | None, action: str, **values: Any) -> None:
    row = AuditRow(
        actor_id=actor.user_id if actor else None,
        actor_name=actor.name if actor else SYSTEM_NAME,
        action=action,
        **values,
    )
    db.session.info.setdefault("audit", []).append(row)


def _fingerprint(row: AuditRow) -> str:
    content = [
        row.previous_hash,
        row.at.astimezone(UTC).isoformat(),
        row.actor_id,
        row.actor_name,
        row.action,
        row.subject_kind,
        row.subject_id,
        row.competition_id,
        row.detail,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _last_link(session: Session) -> tuple[str, datetime | None]:
    """The hash and the moment of the last row."""
    last = session.execute(select(AuditRow.hash, AuditRow.at).order_by(AuditRow.id.desc()).limit(1)).first()
    return (last.hash, last.at) if last else (EMPTY_TRAIL, None)


@event.listens_for(Session, "before_commit")
def _seal(session: Session) -> None:
    rows: list[AuditRow] = session.info.pop("audit", [])
    if not rows:
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    last, latest = _last_link(session)
    for row in rows:
        # Time never goes back in the trail, whatever the clock did and whoever came first to the lock.
        latest = row.at = max(row.at, latest or row.at)
        row.previous_hash = last
        last = row.hash = _fingerprint(row)
        session.add(row)
        session.flush()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("audit", None)


def backward_steps() -> Iterator[tuple[int, datetime, datetime]]:
    """Yield the id and moment of rows that are more than a minute earlier than their predecessor, and its moment.

    None are written so; rows of earlier versions may be, where the host's clock was set back.
    """
    latest: datetime | None = None
    moments = select(AuditRow.id, AuditRow.at).order_by(AuditRow.id).execution_options(yield_per=1000)
    for row_id, at in db.session.execute(moments):
        if latest is not None and at < latest - MINUTE:
            yield row_id, at, latest
        latest = at


def broken_links() -> Iterator[int]:
    """Yield the ids of rows that do not follow from their predecessors."""
    last = EMPTY_TRAIL
    for row in db.session.scalars(select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000)):
        if row.previous_hash != last or row.hash != _fingerprint(row):
            yield row.id
        last = row.hash
