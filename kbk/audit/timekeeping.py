"""Whether the clock of this machine can be believed: it is compared with what has passed and with the database's."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, null, select

from kbk import clock
from kbk.audit.models import AuditRow
from kbk.db import db

log = logging.getLogger(__name__)

APART = timedelta(seconds=60)
"""Two machines that a time server looks after are never so far apart."""


@dataclass(frozen=True, slots=True)
class ClockFault:
    """What the host's clock shows, and the later moment that had `passed` or the `database`'s time against it."""

    host: datetime
    passed: datetime | None
    database: datetime | None


def clock_fault() -> ClockFault | None:
    """Compare the host's clock with the program's own, the last row of the trail and PostgreSQL's clock.

    None when all is well; SQLite has no clock of its own.
    """
    last = select(AuditRow.at).order_by(AuditRow.id.desc()).limit(1).scalar_subquery()
    postgresql = db.engine.dialect.name == "postgresql"
    latest, database = db.session.execute(
        select(last, func.clock_timestamp() if postgresql else null())
    ).one()
    now = clock.now()
    return judge(clock.host_now(), passed=max(now, latest or now), database=database)


def judge(host: datetime, *, passed: datetime, database: datetime | None) -> ClockFault | None:
    """The fault of a clock that shows `host` although `passed` was reached before; None when there is none."""
    went_back = passed - host > clock.TOLERANCE
    is_apart = database is not None and abs(database - host) > APART
    if not went_back and not is_apart:
        return None
    return ClockFault(host, passed if went_back else None, database if is_apart else None)


def watch() -> None:
    """Write a line to the log when the clock cannot be believed."""
    fault = clock_fault()
    db.session.rollback()
    if fault is not None and fault.passed is not None:
        log.warning("the host's clock shows %s, but %s has passed already", fault.host, fault.passed)
    if fault is not None and fault.database is not None:
        log.warning("the host's clock shows %s, the database's %s", fault.host, fault.database)
