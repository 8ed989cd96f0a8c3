"""The only place that asks what time it is.

Deadlines and stamps must not follow a host whose clock is set back. So the program's time never goes back while it
runs: from such a moment on it goes on by the count of seconds since the machine was started, which nobody can set.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

log = logging.getLogger(__name__)

TOLERANCE = timedelta(seconds=10)
"""Smaller steps back are what time servers do; the program's time waits until the host's has caught up."""


def host_now() -> datetime:
    """What the clock of this machine shows, right or wrong, in UTC."""
    return datetime.now(UTC)


class RunningClock:
    """A clock that follows the host's and never goes back. Safe to share between threads."""

    def __init__(self, host: Callable[[], datetime], ticks: Callable[[], float]) -> None:
        """`host` tells the host's time, `ticks` seconds that pass whatever happens to it."""
        self._host, self._ticks = host, ticks
        self._lock = threading.Lock()
        self._shown, self._shown_at = host(), ticks()
        self._set_back = False

    def now(self) -> datetime:
        """The host's time, or the time that has passed since it was set back."""
        with self._lock:
            ticks, host = self._ticks(), self._host()
            expected = self._shown + timedelta(seconds=ticks - self._shown_at)
            set_back = host < expected - TOLERANCE
            if set_back and not self._set_back:
                log.warning("the host's clock was set back: it shows %s, %s has passed", host, expected)
            elif self._set_back and not set_back:
                log.warning("the host's clock is right again: %s", host)
            self._set_back = set_back
            self._shown, self._shown_at = expected if set_back else max(host, self._shown), ticks
            return self._shown


_running = RunningClock(host_now, time.monotonic)


def now() -> datetime:
    """Return the current moment as an aware datetime in UTC; never earlier than one returned before."""
    return _running.now()
