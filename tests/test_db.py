"""How the program opens its database; the tests themselves open it less cautiously."""

from sqlalchemy import text

from kbk.app import create_app
from kbk.db import db
from tests.conftest import settings_for

FULL = 2


def test_sqlite_waits_for_the_disk_and_heeds_foreign_keys(tmp_path):
    with create_app(settings_for(tmp_path, "")).app_context():
        asked = ("synchronous", "foreign_keys")
        assert [db.session.scalar(text(f"PRAGMA {name}")) for name in asked] == [FULL, 1]
        assert db.session.scalar(text("PRAGMA journal_mode")) in {"wal", "truncate"}
        db.session.remove()
        db.engine.dispose()
