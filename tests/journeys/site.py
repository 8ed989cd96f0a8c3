"""A whole installation in a folder of its own: prepared, served by `kbk serve`, and looked at from inside."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from kbk.app import create_app
from kbk.db import db
from kbk.demo.commands import demo
from kbk.settings import Settings

ROOT = Path(__file__).parents[2]
START_WITHIN_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Site:
    """A running installation."""

    folder: Path
    address: str

    def url(self, path: str) -> str:
        """The full address of a path."""
        return self.address + path

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """The program's own eyes and hands on the same data, while the server runs."""
        with _open(self.folder, self.address) as app:
            yield app

    def troubles(self) -> list[str]:
        """Lines of the server's and the worker's log that tell of a fault."""
        lines = (self.folder / "log.txt").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if " ERROR " in line or line.startswith("Traceback")]


@contextmanager
def _open(folder: Path, address: str = "http://127.0.0.1:8000") -> Iterator[Flask]:
    app = create_app(Settings(_env_file=None, data_dir=folder, base_url=address))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def prepare(folder: Path) -> None:
    """Create the database in `folder` and load the demonstration into it."""
    with _open(folder) as app:
        upgrade()
        db.session.remove()
        loaded = app.test_cli_runner().invoke(demo, ["--muat"])
        if loaded.exception:
            raise loaded.exception


@contextmanager
def serve(prepared: Path, folder: Path) -> Iterator[Site]:
    """Run server and worker on a copy of a prepared installation, on a free port of this machine only."""
    shutil.copytree(prepared, folder)
    port = _free_port()
    site = Site(folder, f"http://127.0.0.1:{port}")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "KBK_DATA_DIR": str(folder),
        "KBK_BASE_URL": site.address,
    }
    with (folder / "log.txt").open("wb") as log:
        command = [sys.executable, "-m", "kbk", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        try:
            _wait_for(server, port)
            yield site
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(START_WITHIN_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError("the server has ended before it answered; see log.txt in its folder")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/masuk")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise TimeoutError("the server does not answer")
