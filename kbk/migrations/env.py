"""How Alembic reaches this program's database and tables."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy.types import TypeDecorator

import kbk.models  # noqa: F401 - fills the metadata
from kbk.db import Base, db, expect_writing


def plain_types(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write column types of our own as the plain type they are stored as, so that old migrations keep working."""
    return f"sa.{item.impl_instance!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def run() -> None:
    """Bring the schema to the wanted revision in one transaction."""
    options = dict(current_app.extensions["migrate"].configure_args)
    expect_writing(True)
    with db.engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_item=plain_types, **options
        )
        with context.begin_transaction():
            context.run_migrations()
    expect_writing(False)


run()
