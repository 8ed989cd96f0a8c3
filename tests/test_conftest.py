"""The application that tests share: each test begins with it as it was installed."""

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, text

from kbk.accounts.models import User
from kbk.clock import now
from kbk.db import Base, db, transaction
from kbk.jobs.queue import enqueue
from kbk.web.storage import store
from tests.cast import Cast
from tests.conftest import Installation


def rows() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    found = {
        table.name: [
            tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in Base.metadata.sorted_tables
    }
    db.session.rollback()
    return found


def files(folder: Path) -> set[str]:
    """All files of the folder but what SQLite lays beside its own."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if "kbk.db" not in path.name}


def queued(app: Flask) -> int:
    return int(app.extensions["huey"].pending_count())


def test_all_that_a_test_changes_is_put_back(app: Flask, installation: Installation, cast: Cast) -> None:
    first = rows(), files(installation.data), queued(app), dict(app.config), set(app.extensions)
    newest = db.session.scalars(select(func.max(User.id))).one()
    with transaction():
        cast.user("ketua").name = "Orang Lain"
        db.session.add(User(name="Orang Baru", created_at=now()))
        enqueue(None, "certificates", "Piagam", {}, competition_id=None, now=now())
    with transaction():
        db.session.execute(text("DELETE FROM marks"))
    store().put_bytes(b"%PDF-1.7")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.config["MADE_UP"] = True
    app.extensions["settings"].risalah_quota_bytes = 10
    changed = rows(), files(installation.data), queued(app), dict(app.config), set(app.extensions)
    assert [was == now_is for was, now_is in zip(first, changed, strict=True)] == [False] * 4 + [True]
    db.session.remove()
    db.engine.dispose()
    installation.restore()
    assert (rows(), files(installation.data), queued(app), dict(app.config), set(app.extensions)) == first
    assert app.extensions["settings"].risalah_quota_bytes > 10
    with transaction():
        again = User(name="Orang Baru", created_at=now())
        db.session.add(again)
    assert again.id == newest + 1
