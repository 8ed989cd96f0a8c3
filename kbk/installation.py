"""Commands that run an installation: migrate, serve, worker, check."""

import os
import signal
import subprocess
import sys

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from kbk.audit.trail import broken_links
from kbk.db import db
from kbk.jobs.worker import work
from kbk.paths import MIGRATIONS


@click.command()
@with_appcontext
def migrate() -> None:
    """Create the database or bring its tables to this version."""
    upgrade()
    click.echo("Database siap.")


def is_migrated() -> bool:
    """Say whether the database has exactly the tables of this version."""
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory(str(MIGRATIONS)).get_current_head()


@click.command()
@with_appcontext
def worker() -> None:
    """Perform background jobs until stopped."""
    work(current_app._get_current_object())  # type: ignore[attr-defined]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--processes", default=2, show_default=True, type=click.IntRange(1, 32), help="server processes"
)
@with_appcontext
def serve(host: str, port: int, processes: int) -> None:
    """Run the server and the worker together until stopped."""
    if not is_migrated():
        raise click.ClickException("Database belum sesuai dengan versi ini. Jalankan dahulu: kbk migrate")
    server = ["gunicorn", "--bind", f"{host}:{port}", "--workers", str(processes), "--threads", "8"]
    server += [
        "--worker-class",
        "gthread",
        "--timeout",
        "120",
        "--backlog",
        "2048",
        "--no-control-socket",
        "kbk.app:create_app()",
    ]
    started = [subprocess.Popen([sys.executable, "-m", *command]) for command in (server, ["kbk", "worker"])]  # noqa: S603
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        os.wait()
        raise click.ClickException("Server atau worker berhenti sendiri; sebabnya tertulis di atas.")
    except KeyboardInterrupt:
        click.echo("Berhenti.")
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


@click.command("check")
@with_appcontext
def check() -> None:
    """Check that the trail of changes is unbroken."""
    broken = list(broken_links())
    if broken:
        raise click.ClickException(f"Rantai jejak terputus pada baris {', '.join(map(str, broken[:20]))}.")
    click.echo("Rantai jejak utuh.")


COMMANDS = (migrate, worker, serve, check)
