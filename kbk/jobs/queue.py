"""Queueing and performing jobs.

A job is a row; huey only wakes the worker. When a wake-up is lost, or a worker dies half-way, the sweeper finds
the row again by its state and heartbeat. Handlers therefore must bear being started twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from flask import Flask, current_app
from huey import SqliteHuey, crontab
from sqlalchemy import event, or_, select, update
from sqlalchemy.orm import Session

from kbk import clock
from kbk.db import db, transaction
from kbk.errors import DomainError
from kbk.jobs.models import Job, JobState
from kbk.policy import Actor

log = logging.getLogger(__name__)

STALE_AFTER = timedelta(seconds=90)
MOST_ATTEMPTS = 3
GENERAL_FAILURE = "Pekerjaan ini gagal karena gangguan pada server. Coba jalankan sekali lagi."


class Progress(Protocol):
    """Tells how far a handler has come; each call is seen by the page at once."""

    def __call__(self, done: int, total: int) -> None: ...


Handler = Callable[[Job, Progress], None]
_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function as the one that performs jobs of `kind`."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def init_jobs(app: Flask, path: Path, *, hourly: Callable[[], None]) -> None:
    """Attach the queue file; the worker's tasks, `hourly` too, run inside the application's context."""
    huey = SqliteHuey(name="kbk", filename=str(path), journal_mode="truncate", results=False)

    def wake(job_id: int) -> None:
        with app.app_context():
            perform(job_id)

    def sweep() -> None:
        with app.app_context():
            perform_open()

    def look() -> None:
        with app.app_context():
            hourly()

    app.extensions["huey"] = huey
    app.extensions["wake"] = huey.task()(wake)
    huey.periodic_task(crontab(minute="*"))(sweep)
    huey.periodic_task(crontab(minute="0"))(look)


def enqueue(
    actor: Actor | None,
    kind: str,
    title: str,
    payload: dict[str, Any],
    *,
    competition_id: int | None,
    now: datetime,
) -> Job:
    """Note a job; the worker is woken once the transaction has committed."""
    job = Job(
        kind=kind,
        title=title,
        payload=payload,
        owner_id=actor.user_id if actor else None,
        competition_id=competition_id,
        created_at=now,
    )
    db.session.add(job)
    db.session.flush()
    db.session.info.setdefault("wake", []).append(job.id)
    return job


@event.listens_for(Session, "after_commit")
def _wake(session: Session) -> None:
    for job_id in session.info.pop("wake", []):
        try:
            current_app.extensions["wake"](job_id)
        except OSError:
            log.warning("queue not reachable; the sweeper will find job %s", job_id)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("wake", None)


def _claim(job_id: int, now: datetime) -> bool:
    claimed = db.session.execute(
        update(Job)
        .where(
            Job.id == job_id,
            or_(
                Job.state == JobState.QUEUED,
                (Job.state == JobState.RUNNING) & (Job.heartbeat_at < now - STALE_AFTER),
            ),
        )
        .values(state=JobState.RUNNING, heartbeat_at=now, attempts=Job.attempts + 1)
    )
    return bool(claimed.rowcount == 1)  # type: ignore[attr-defined]


def _taken_out(job_id: int) -> Job:
    """The job's row apart from the session, so that the handler begins without an open read transaction."""
    job = db.session.get_one(Job, job_id)
    db.session.expunge(job)
    db.session.rollback()
    return job


def perform(job_id: int) -> None:
    """Do one job if it is still open and nobody else is at it."""
    with transaction():
        if not _claim(job_id, clock.now()):
            return
    job = _taken_out(job_id)
    if job.attempts > MOST_ATTEMPTS:
        _finish(job_id, GENERAL_FAILURE)
        return

    def progress(done: int, total: int) -> None:
        with transaction():
            db.session.execute(
                update(Job).where(Job.id == job_id).values(done=done, total=total, heartbeat_at=clock.now())
            )

    error = None
    try:
        _handlers[job.kind](job, progress)
    except DomainError as refusal:
        error = refusal.message
    except Exception:
        log.exception("job %s (%s) failed", job_id, job.kind)
        error = GENERAL_FAILURE
    _finish(job_id, error)


def _finish(job_id: int, error: str | None) -> None:
    db.session.rollback()
    with transaction():
        db.session.execute(
            update(Job)
            .where(Job.id == job_id)
            .values(state=JobState.FAILED if error else JobState.DONE, error=error, finished_at=clock.now())
        )


def perform_open() -> int:
    """Perform every job that waits or whose worker has died; return how many were looked at."""
    stale = clock.now() - STALE_AFTER
    ids = db.session.scalars(
        select(Job.id)
        .where(
            or_(Job.state == JobState.QUEUED, (Job.state == JobState.RUNNING) & (Job.heartbeat_at < stale))
        )
        .order_by(Job.id)
    ).all()
    db.session.rollback()
    for job_id in ids:
        perform(job_id)
    return len(ids)
