"""The database: session, transactions, engine settings and column types.

Commits happen here and nowhere else. A writer on SQLite takes the write lock when its transaction
begins (BEGIN IMMEDIATE), so that two writers queue instead of failing when they try to upgrade.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pysqlite3.dbapi2 as sqlite_driver
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from kbk.paths import MIGRATIONS

WAL_SAFE_SQLITE = (3, 51, 3)
"""First SQLite whose write-ahead log cannot be corrupted by a reset with several writers."""

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_in_turn: ContextVar[bool] = ContextVar("in_turn", default=False)
TURN_LOCK = 20240801


class Base(DeclarativeBase):
    """Parent of all tables; constraint names are fixed so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
migrate = Migrate(directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone must not be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept digit by digit on every database."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class ExactFraction(TypeDecorator[Fraction]):
    """A fraction kept as numerator/denominator, so that totals are ranked on their exact value."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        return None if value is None else Fraction(value)


def new_public_id() -> str:
    """Return 96 random bits as 16 characters that are safe in an address."""
    return secrets.token_urlsafe(12)


class Identified:
    """A row that pages and papers refer to: a short key inside, a random one outside."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)


def init_db(app: Flask, url: str) -> None:
    """Bind the models to the database at `url`."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(url)
    db.init_app(app)
    migrate.init_app(app, db)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)
        else:
            _prepare_postgresql(db.engine)


def _engine_options(url: str) -> dict[str, Any]:
    """How to connect; faults never tell the values of a statement, which are people's data."""
    if not url.startswith("sqlite"):
        return {
            "hide_parameters": True,
            "pool_pre_ping": True,
            "pool_size": 10,
            "max_overflow": 10,
            "connect_args": {"options": "-c statement_timeout=30000 -c timezone=UTC"},
        }
    return {"hide_parameters": True, "module": sqlite_driver, "connect_args": {"timeout": 30}}


def _prepare_sqlite(engine: Engine) -> None:
    journal = "WAL" if sqlite_driver.sqlite_version_info >= WAL_SAFE_SQLITE else "TRUNCATE"

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (f"journal_mode={journal}", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        if _writing.get() and _in_turn.get():
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN_LOCK})")


def expect_turns(expected: bool) -> None:
    """Say whether writing transactions that begin from now on wait for each other on PostgreSQL too.

    For things that few people do and that look at many rows before they write; on SQLite all writers take turns.
    """
    _in_turn.set(expected)


def expect_writing(expected: bool) -> None:
    """Say whether transactions that begin from now on take the write lock with their first statement."""
    _writing.set(expected)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what was done inside, or undo all of it when an exception leaves.

    The write lock is held from the first statement on. A request of an unsafe method has it since its own first
    statement (`expect_writing`); elsewhere whatever was only read before is let go first, because a read that
    turns into a write fails when somebody else has written meanwhile. Reads after the block need no lock.
    """
    if not _writing.get():
        db.session.rollback()
    expect_writing(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        expect_writing(False)
