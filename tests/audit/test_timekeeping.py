"""A clock that was set back stamps nothing earlier than before, and is told at the next request and in the log."""

import logging
import time
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from kbk import clock
from kbk.audit.models import AuditRow
from kbk.audit.timekeeping import APART, ClockFault, clock_fault, judge, watch
from kbk.audit.trail import backward_steps, broken_links, record
from kbk.clock import RunningClock
from kbk.db import db, transaction
from kbk.installation import check
from kbk.jobs.queue import perform_open
from tests.cast import Cast

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
NOON = datetime(2024, 8, 2, 12, tzinfo=UTC)
WARNING = "Jam server tidak dapat dipercaya"


class Host:
    """This machine with a clock that tests may move; `restart` begins the program anew."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moved = timedelta()
        self.patch = monkeypatch
        monkeypatch.setattr(clock, "host_now", self.now)
        self.restart()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def restart(self) -> None:
        self.patch.setattr(clock, "_running", RunningClock(self.now, time.monotonic))


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Host:
    return Host(monkeypatch)


def act(acting_as, cast: Cast, name: str) -> None:
    """Have the committee do something that leaves a row in the trail."""
    url = f"/panitia/gelar/{cast.competition().public_id}/kategori"
    assert acting_as("panitia").post(url, {"kategori-name": name}).status == 302
    assert cast.category(name).name == name


def stamps() -> list[datetime]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditRow.at).order_by(AuditRow.id)))


@pytest.mark.parametrize("restarted", [False, True], ids=["running", "restarted"])
def test_after_an_hour_back_nothing_is_stamped_before_its_predecessor(
    acting_as, cast, host, caplog, restarted
):
    overview = f"/panitia/gelar/{cast.competition().public_id}"
    act(acting_as, cast, "Pertama")
    before = stamps()
    assert WARNING not in acting_as("panitia").get(overview).words()
    host.moved = -HOUR
    if restarted:
        host.restart()
    with caplog.at_level(logging.WARNING):
        for name in ("Kedua", "Ketiga"):
            act(acting_as, cast, name)
        watch()
    after = stamps()
    assert len(after) > len(before)
    assert after == sorted(after)
    assert after[-1] - before[-1] < timedelta(minutes=1)
    assert (list(broken_links()), list(backward_steps())) == ([], [])
    assert WARNING in acting_as("panitia").get(overview).words()
    told = list(dict.fromkeys(record.name for record in caplog.records if "clock" in record.getMessage()))
    assert told == (["kbk.audit.timekeeping"] if restarted else ["kbk.clock", "kbk.audit.timekeeping"])
    host.moved = timedelta()
    assert WARNING not in acting_as("panitia").get(overview).words()


def test_the_worker_tells_within_a_minute_without_any_request(app: Flask, host, caplog):
    """Its sweep, which is due every minute, asks for the time."""
    host.moved = -HOUR
    with caplog.at_level(logging.WARNING):
        perform_open()
    assert [record.name for record in caplog.records] == ["kbk.clock"]


@pytest.mark.parametrize("who", [None, "ketua", "juri"])
def test_only_the_committee_is_told(acting_as, cast, host, who):
    act(acting_as, cast, "Pertama")
    host.moved = -HOUR
    for address in ("/", "/kelompok-saya" if who == "ketua" else "/"):
        assert WARNING not in acting_as(who).get(address, follow_redirects=True).words()


def test_whoever_comes_later_to_the_lock_is_stamped_later(cast):
    for moment in (NOON, NOON - SECOND):
        with transaction():
            record(None, "unit-added", cast.unit("Dinas Perdagangan"), now=moment)
    assert stamps()[-2:] == [NOON, NOON]
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    ("host", "passed", "database", "fault"),
    [
        (NOON, NOON, None, None),
        (NOON, NOON + clock.TOLERANCE, NOON, None),
        (NOON, NOON + HOUR, None, ClockFault(NOON, NOON + HOUR, None)),
        (NOON, NOON, NOON + APART, None),
        (NOON, NOON, NOON + APART + SECOND, ClockFault(NOON, None, NOON + APART + SECOND)),
        (NOON, NOON, NOON - HOUR, ClockFault(NOON, None, NOON - HOUR)),
    ],
)
def test_clocks_are_compared(host, passed, database, fault):
    assert judge(host, passed=passed, database=database) == fault


def test_the_clock_of_postgresql_is_asked(app, host):
    """A forward move is seen only beside another clock; SQLite has none."""
    host.moved = HOUR
    fault = clock_fault()
    if db.engine.dialect.name == "postgresql":
        assert fault is not None
        assert fault.database is not None
        assert abs(fault.host - fault.database - HOUR) < timedelta(seconds=5)
        assert fault.passed is None
    else:
        assert fault is None


def test_the_worker_looks_every_hour(app: Flask):
    tasks = {task.name for task in app.extensions["huey"]._registry.periodic_tasks}
    assert tasks == {"sweep", "look"}


def test_check_tells_where_time_went_back_in_an_older_trail(app: Flask, cast: Cast):
    for moment in (NOON, NOON):
        with transaction():
            record(None, "unit-added", cast.unit("Dinas Perdagangan"), now=moment)
    last = db.session.scalar(select(AuditRow.id).order_by(AuditRow.id.desc()))
    postgresql = db.engine.dialect.name == "postgresql"
    with transaction():
        off = (
            "SET LOCAL session_replication_role = replica"
            if postgresql
            else "DROP TRIGGER audit_refuses_update"
        )
        db.session.execute(text(off))
        db.session.execute(text("UPDATE audit SET at = '2024-08-02 10:30:00' WHERE id = :id"), {"id": last})
    db.session.remove()
    told = app.test_cli_runner().invoke(check).stdout
    assert told == (
        f"Perhatian: waktu mundur pada baris jejak {last}: 2024-08-02 10.30 sesudah 2024-08-02 12.00 UTC.\n"
    )
