"""Runs a function on untrusted input in a child process with limits on time, memory and files.

Parsers of uploaded files and the page renderer can be bombed. Each call therefore gets a process of its own,
forked from a small server process that has the needed modules imported already, so that a call costs
milliseconds. The server is started by the first call, with an empty environment (no secrets) and a
session of its own; it ends by itself when the last process that uses it is gone. It stays single-threaded,
which makes forking safe whatever the caller does with threads.

The cage holds back accidents and bombs. It is no sandbox against machine code: a child has the rights of
its user.
"""

import atexit
import contextlib
import functools
import gc
import importlib
import json
import os
import pickle
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")

MEGABYTE = 1024 * 1024

_OPEN_FILES = 128
_LARGEST_FILE = 200 * MEGABYTE
_GRACE_SECONDS = 10
_END = struct.Struct("!4si")
_END_MARK = b"END:"
_TIME_IS_UP = frozenset({signal.SIGXCPU, signal.SIGALRM})
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv[2])
from kbk import cage
cage.serve(int(sys.argv[1]))
"""


class CageError(Exception):
    """The caged call gave no value."""


class CageTimeout(CageError):  # noqa: N818
    """The call used up its processor or wall-clock time."""


class CageCrashed(CageError):  # noqa: N818
    """The call ran out of memory, was killed by a signal, or failed in a way that cannot be told across."""


def run_caged(
    function: Callable[..., T], *args: object, cpu_seconds: int, wall_seconds: float, memory_bytes: int
) -> T:
    """The value of ``function(*args)``, computed in a child with the given limits.

    ``function`` stands at the top level of an importable module; arguments and value are pickled.
    Its module may define ``prepare_cage()``, which runs once, before the first call and outside the limits.
    ``memory_bytes`` limits the address space (RLIMIT_AS), so leave some 400 MB for the libraries themselves.
    Raises what the function raises, CageTimeout, or CageCrashed. Safe to call from many threads at once.
    """
    request = json.dumps([function.__module__, cpu_seconds, wall_seconds, memory_bytes]).encode()
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            _server.send(request, theirs)
        ours.settimeout(wall_seconds + _GRACE_SECONDS)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            ours.sendall(pickle.dumps((function.__qualname__, args)))
            ours.shutdown(socket.SHUT_WR)
        try:
            answer = _read_all(ours)
        except TimeoutError:
            raise CageTimeout("no answer from the caged process") from None
    return _unpacked(answer)


def serve(control_fd: int) -> None:
    """The server process: forks a child for each request that arrives, until nobody is left to ask."""
    control = socket.socket(fileno=control_fd)
    deaths, wake = socket.socketpair()
    wake.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    channels: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([control, deaths], [], [])
        if deaths in ready:
            deaths.recv(4096)
            _report_deaths(channels)
        if control in ready:
            message, fds, _flags, _address = socket.recv_fds(control, 65_536, 1)
            if not fds:
                return
            channel = socket.socket(fileno=fds[0])
            pid = _fork(json.loads(message), channel, [control, *channels.values()])
            channels[pid] = channel


def _fork(request: list[Any], channel: socket.socket, others: list[socket.socket]) -> int:
    module, cpu_seconds, wall_seconds, memory_bytes = request
    # Imported here, once, so that every later child starts with it; a failure shows again in the child.
    with contextlib.suppress(Exception):
        _import(module)
    gc.freeze()
    pid = os.fork()
    if pid == 0:
        # A caller sees the end of its answer only when nobody else holds its channel open.
        for other in others:
            other.close()
        _limit(cpu_seconds, wall_seconds, memory_bytes)
        _work(module, channel)
    return pid


@functools.cache
def _import(module: str) -> None:
    """Imports a module into the server and lets it make ready what all its calls need."""
    prepare = getattr(importlib.import_module(module), "prepare_cage", None)
    if prepare is not None:
        prepare()


class _Server:
    """The server process as its users see it: started when needed, shared with forked processes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def send(self, request: bytes, channel: socket.socket) -> None:
        with self._lock:
            if self._control is None:
                self._start()
            try:
                self._pass_on(request, channel)
            except (BrokenPipeError, ConnectionResetError):
                self.stop()
                self._start()
                self._pass_on(request, channel)

    def stop(self) -> None:
        if self._control is not None and self._process is not None:
            self._control.close()
            # A process forked from this one may go on using the server.
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=1)
        self._control = self._process = None

    def forget_lock(self) -> None:
        """After a fork another thread of the parent may have held the lock, and will never free it here."""
        self._lock = threading.Lock()

    def _pass_on(self, request: bytes, channel: socket.socket) -> None:
        assert self._control is not None
        socket.send_fds(self._control, [request], [channel.fileno()])

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this very interpreter and module
                [sys.executable, "-I", "-c", _START, str(theirs.fileno()), json.dumps(sys.path)],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={"LANG": "C.UTF-8", "PATH": os.defpath, "HOME": str(Path.home())},
                start_new_session=True,
            )


def _report_deaths(channels: dict[int, socket.socket]) -> None:
    """Ends the answer on the channel of every child that is gone with its wait status.

    Asks for each child by its number, since imports may run processes of their own and wait for them.
    """
    for pid in list(channels):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            with channels.pop(pid) as channel, contextlib.suppress(OSError):
                channel.send(_END.pack(_END_MARK, status), socket.MSG_DONTWAIT)


def _limit(cpu_seconds: int, wall_seconds: float, memory_bytes: int) -> None:
    """Sets the limits of this process; SIGXCPU and SIGALRM then end it whatever it is doing."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, wall_seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _work(module: str, channel: socket.socket) -> NoReturn:
    """Reads the call, makes it, and writes its outcome: a pair of (did it return, value or exception)."""
    try:
        qualname, args = pickle.loads(_read_all(channel))  # noqa: S301 - from our own parent process
        function = getattr(importlib.import_module(module), qualname)
        outcome = pickle.dumps((True, function(*args)))
    except MemoryError:
        os._exit(os.EX_SOFTWARE)
    except BaseException as error:  # noqa: BLE001 - it is the caller's to handle
        outcome = _told(error)
    channel.sendall(outcome)
    os._exit(os.EX_OK)


def _told(error: BaseException) -> bytes:
    """The exception as bytes that are sure to be readable on the other side."""
    try:
        told = pickle.dumps((False, error))
        pickle.loads(told)  # noqa: S301 - written in the line above
    except Exception:  # noqa: BLE001 - anything can go wrong in foreign exception classes
        return pickle.dumps((False, CageCrashed(f"{type(error).__name__}: {error}")))
    return told


def _read_all(channel: socket.socket) -> bytes:
    parts = bytearray()
    with contextlib.suppress(ConnectionResetError):
        while part := channel.recv(MEGABYTE):
            parts += part
    return bytes(parts)


def _unpacked(answer: bytes) -> T:  # type: ignore[type-var]
    end = answer[-_END.size :]
    if not end.startswith(_END_MARK):
        raise CageCrashed("the process that forks for the cage is gone")
    _mark, status = _END.unpack(end)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number in _TIME_IS_UP:
            raise CageTimeout(f"stopped by {signal.Signals(number).name}")
        raise CageCrashed(f"killed by {signal.Signals(number).name}")
    if status:
        raise CageCrashed("the caged process ran out of memory")
    returned, value = pickle.loads(answer[: -_END.size])  # noqa: S301 - written by our own child
    if not returned:
        raise value
    return value  # type: ignore[no-any-return]


_server = _Server()
os.register_at_fork(after_in_child=_server.forget_lock)
atexit.register(_server.stop)
