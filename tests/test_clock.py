"""The program's time never goes back, whatever is done to the host's clock."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from kbk.clock import TOLERANCE, RunningClock

START = datetime(2024, 8, 2, 9, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


class Machine:
    """A host whose clock can be moved while its seconds pass."""

    def __init__(self) -> None:
        self.passed, self.moved = timedelta(), timedelta()
        self.clock = RunningClock(self.host, lambda: self.passed.total_seconds())

    def host(self) -> datetime:
        return START + self.passed + self.moved

    def after(self, time: timedelta, *, moved: timedelta = timedelta()) -> timedelta:
        """Let time pass and the clock be moved; how far the program's time then is from where it began."""
        self.passed += time
        self.moved += moved
        return self.clock.now() - START


def test_an_untouched_clock_is_the_hosts() -> None:
    machine = Machine()
    assert [machine.after(MINUTE) for _ in range(3)] == [MINUTE, 2 * MINUTE, 3 * MINUTE]


def test_a_clock_set_back_by_an_hour_goes_on_as_before(caplog: pytest.LogCaptureFixture) -> None:
    machine = Machine()
    machine.after(MINUTE)
    with caplog.at_level(logging.WARNING):
        assert machine.after(MINUTE, moved=-HOUR) == 2 * MINUTE
        assert machine.after(MINUTE) == 3 * MINUTE
    assert [record.getMessage() for record in caplog.records] == [
        (
            "the host's clock was set back: it shows 2024-08-02 08:02:00+00:00, "
            "2024-08-02 09:02:00+00:00 has passed"
        )
    ]


def test_a_clock_that_is_put_right_is_followed_again(caplog: pytest.LogCaptureFixture) -> None:
    machine = Machine()
    machine.after(MINUTE, moved=-HOUR)
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        assert machine.after(MINUTE, moved=HOUR) == 2 * MINUTE
        assert machine.after(MINUTE) == 3 * MINUTE
    assert [record.getMessage() for record in caplog.records] == [
        "the host's clock is right again: 2024-08-02 09:02:00+00:00"
    ]


def test_a_clock_that_is_moved_forward_is_followed() -> None:
    machine = Machine()
    assert machine.after(MINUTE, moved=HOUR) == HOUR + MINUTE


def test_half_the_way_back_is_not_believed_either() -> None:
    machine = Machine()
    machine.after(MINUTE, moved=-HOUR)
    assert machine.after(MINUTE, moved=HOUR / 2) == 2 * MINUTE


def test_a_small_step_back_makes_time_wait(caplog: pytest.LogCaptureFixture) -> None:
    machine = Machine()
    with caplog.at_level(logging.WARNING):
        machine.after(MINUTE)
        assert machine.after(SECOND, moved=-TOLERANCE) == MINUTE
        assert machine.after(TOLERANCE) == MINUTE + SECOND
    assert caplog.records == []
