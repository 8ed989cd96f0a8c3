"""Commands that run an installation: migrate, serve, worker, check."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import literal, select, union
from sqlalchemy.orm import joinedload

from kbk.audit.timekeeping import watch
from kbk.audit.trail import backward_steps, broken_links
from kbk.awards.models import Certificate, Minutes, SignedCopy
from kbk.competitions.models import Stage
from kbk.db import db
from kbk.jobs.worker import work
from kbk.paths import MIGRATIONS
from kbk.risalah.models import Attachment, Submission
from kbk.risalah.reading import fingerprint
from kbk.web.storage import store


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
    if is_migrated():
        watch()
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
    """Check trail, hand-ins and stored files against their fingerprints."""
    for row, at, before in backward_steps():
        times = f"{at:%Y-%m-%d %H.%M} sesudah {before:%Y-%m-%d %H.%M} UTC"
        click.echo(f"Perhatian: waktu mundur pada baris jejak {row}: {times}.")
    faults = [*_broken_trail(), *_changed_hand_ins(), *_damaged_files()]
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.ClickException(
            f"{len(faults)} temuan. Jangan memperbaiki sendiri; lihat panduan pengelola."
        )
    click.echo("Jejak perubahan utuh; semua penyerahan dan berkas sesuai dengan sidik jarinya.")


def _broken_trail() -> Iterator[str]:
    for row in broken_links():
        yield f"Rantai jejak terputus pada baris {row}."


def _changed_hand_ins() -> Iterator[str]:
    found = select(Submission).options(joinedload(Submission.risalah)).execution_options(yield_per=50)
    for submission in db.session.scalars(found):
        if fingerprint(submission.content) != submission.sha256:
            group = submission.risalah.group
            yield f"Isi penyerahan ke-{submission.number} KBK {group.name} ({group.unit.name}) telah berubah."


def _damaged_files() -> Iterator[str]:
    """What every file is called that is missing or no longer what its fingerprint says."""
    named = union(
        select(Attachment.sha256, Attachment.filename),
        select(Certificate.sha256, Certificate.number),
        select(Minutes.sha256, literal("berita acara ") + Stage.name).join(Minutes.stage),
        select(SignedCopy.sha256, literal("salinan bertanda tangan ") + Stage.name)
        .join(SignedCopy.minutes)
        .join(Minutes.stage),
    )
    for sha256, name in db.session.execute(named):
        if not store().is_sound(sha256):
            yield f"Berkas “{name}” ({sha256}) hilang atau rusak."


COMMANDS = (migrate, worker, serve, check)
