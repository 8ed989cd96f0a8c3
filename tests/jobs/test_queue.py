"""Jobs: the row is the truth; lost wake-ups and dead workers lose nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from kbk import clock
from kbk.db import db, transaction
from kbk.errors import InvalidInput
from kbk.jobs import queue
from kbk.jobs.models import Job, JobState

SEEN: list[tuple[int, int, int]] = []


@queue.handles("test-counting")
def count_to_three(job, progress):
    """Report three steps, noting what another reader of the database sees after each."""
    for number in range(1, 4):
        progress(number, 3)
        row = db.session.get_one(Job, job.id, populate_existing=True)
        SEEN.append((job.payload["n"], row.done, row.total))
        db.session.rollback()


@queue.handles("test-refusing")
def refuse(job, progress):
    raise InvalidInput("Daftar ini kosong. Isi dahulu.")


@queue.handles("test-broken")
def break_down(job, progress):
    raise ZeroDivisionError


def enqueue(kind, **payload):
    with transaction():
        job = queue.enqueue(None, kind, "Menghitung", payload, competition_id=None, now=clock.now())
    return job.id


def state_of(job_id):
    db.session.rollback()
    job = db.session.get_one(Job, job_id)
    return job.state, job.error


def test_a_job_is_done_and_its_progress_seen_while_it_runs(app):
    SEEN.clear()
    job_id = enqueue("test-counting", n=7)
    queue.perform(job_id)
    assert SEEN == [(7, 1, 3), (7, 2, 3), (7, 3, 3)]
    assert state_of(job_id) == (JobState.DONE, None)


def test_a_job_is_done_once_however_often_it_is_woken(app):
    SEEN.clear()
    job_id = enqueue("test-counting", n=1)
    for _ in range(3):
        queue.perform(job_id)
    assert len(SEEN) == 3


def test_a_lost_wake_up_is_found_by_the_sweeper(app):
    SEEN.clear()
    enqueue("test-counting", n=1)
    enqueue("test-counting", n=2)
    assert queue.perform_open() == 2
    assert [n for n, done, _ in SEEN if done == 3] == [1, 2]
    assert queue.perform_open() == 0


def test_a_job_whose_worker_died_is_taken_up_again(app):
    SEEN.clear()
    job_id = enqueue("test-counting", n=1)
    beat = clock.now() - queue.STALE_AFTER - timedelta(seconds=1)
    with transaction():
        db.session.execute(update(Job).values(state=JobState.RUNNING, heartbeat_at=beat, attempts=1))
    assert queue.perform_open() == 1
    assert state_of(job_id) == (JobState.DONE, None)


def test_a_running_job_is_left_alone(app):
    SEEN.clear()
    job_id = enqueue("test-counting", n=1)
    with transaction():
        db.session.execute(update(Job).values(state=JobState.RUNNING, heartbeat_at=clock.now()))
    queue.perform(job_id)
    assert SEEN == []


def test_a_job_that_kills_its_worker_is_given_up(app):
    job_id = enqueue("test-counting", n=1)
    with transaction():
        db.session.execute(update(Job).values(attempts=queue.MOST_ATTEMPTS))
    queue.perform(job_id)
    assert state_of(job_id) == (JobState.FAILED, queue.GENERAL_FAILURE)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("test-refusing", "Daftar ini kosong. Isi dahulu."), ("test-broken", queue.GENERAL_FAILURE)],
)
def test_a_failed_job_says_why(app, kind, sentence):
    job_id = enqueue(kind)
    queue.perform(job_id)
    assert state_of(job_id) == (JobState.FAILED, sentence)


def test_a_job_of_a_refused_act_is_never_there(app):
    queue.enqueue(None, "test-counting", "Menghitung", {"n": 1}, competition_id=None, now=clock.now())
    db.session.rollback()
    assert queue.perform_open() == 0
