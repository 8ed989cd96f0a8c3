import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TypedDict

import pytest

from kbk.cage import MEGABYTE, CageCrashed, CageTimeout, run_caged
from kbk.errors import FileProblem


class Limits(TypedDict):
    cpu_seconds: int
    wall_seconds: float
    memory_bytes: int


LIMITS = Limits(cpu_seconds=5, wall_seconds=8.0, memory_bytes=300 * MEGABYTE)


def double(text: str) -> str:
    return text * 2


def refuse() -> None:
    raise FileProblem("Berkas rusak.", field="berkas")


def raise_something_odd() -> None:
    class OddError(Exception):
        pass

    raise OddError("cannot be pickled")


def spin() -> None:
    while True:
        pass


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def eat_memory() -> int:
    return len(bytearray(400 * MEGABYTE))


def abort() -> None:
    os.abort()


def seen_environment() -> list[str]:
    return sorted(os.environ)


def test_run_caged_returns_the_value() -> None:
    assert run_caged(double, "ab", **LIMITS) == "abab"


def test_run_caged_carries_megabytes_both_ways() -> None:
    assert len(run_caged(double, "x" * 8 * MEGABYTE, **LIMITS)) == 16 * MEGABYTE


def test_run_caged_raises_what_the_function_raises() -> None:
    with pytest.raises(FileProblem) as caught:
        run_caged(refuse, **LIMITS)
    assert (caught.value.message, caught.value.field) == ("Berkas rusak.", "berkas")


def test_run_caged_reports_an_exception_that_cannot_travel() -> None:
    with pytest.raises(CageCrashed, match="OddError: cannot be pickled"):
        run_caged(raise_something_odd, **LIMITS)


def test_run_caged_stops_at_the_processor_limit() -> None:
    with pytest.raises(CageTimeout, match="SIGXCPU"):
        run_caged(spin, cpu_seconds=1, wall_seconds=30, memory_bytes=300 * MEGABYTE)


def test_run_caged_stops_at_the_wall_clock() -> None:
    began = time.monotonic()
    with pytest.raises(CageTimeout, match="SIGALRM"):
        run_caged(sleep, 60, cpu_seconds=5, wall_seconds=0.3, memory_bytes=300 * MEGABYTE)
    assert time.monotonic() - began < 3


def test_run_caged_reports_memory_and_signals_as_crashes() -> None:
    with pytest.raises(CageCrashed, match="out of memory"):
        run_caged(eat_memory, **LIMITS)
    with pytest.raises(CageCrashed, match="SIGABRT"):
        run_caged(abort, **LIMITS)
    assert run_caged(double, "still here", **LIMITS) == "still herestill here"


def test_run_caged_keeps_the_environment_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    assert "SECRET_KEY" not in run_caged(seen_environment, **LIMITS)


def test_run_caged_serves_many_threads_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        values = pool.map(lambda number: run_caged(double, str(number), **LIMITS), range(40))
    assert list(values) == [str(number) * 2 for number in range(40)]
    assert threading.active_count() < 8


def test_run_caged_does_not_wait_for_calls_begun_later() -> None:
    with ThreadPoolExecutor(2) as pool:
        short = pool.submit(lambda: run_caged(sleep, 0.4, **LIMITS))
        time.sleep(0.2)
        long = pool.submit(lambda: run_caged(sleep, 2, **LIMITS))
        short.result()
        assert not long.done()


def test_run_caged_works_in_a_forked_process() -> None:
    run_caged(double, "warm", **LIMITS)
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writer, run_caged(double, "anak", **LIMITS).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        assert answer.read() == "anakanak"
