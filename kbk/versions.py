"""Rows that people change in forms: a change names the version its form was filled from.

So nobody overwrites what somebody else has saved meanwhile; whoever comes second is told with `Conflict`.
"""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Mapped, mapped_column

from kbk.db import Identified, db
from kbk.errors import Conflict

CHANGED_MEANWHILE = "{thing} baru saja diubah orang lain sejak halaman ini dibuka."


class Versioned(Identified):
    """A row that counts its changes from 1."""

    version: Mapped[int] = mapped_column(default=1)


def advance(
    row: Versioned, version: int, values: Mapping[str, object], message: str, *still: ColumnElement[bool]
) -> None:
    """Set `values` and the next version, if `version` is still the present one and all of `still` hold.

    Raises Conflict with `message` otherwise.
    """
    table = type(row)
    guarded = update(table).where(table.id == row.id, table.version == version, *still)
    changed = db.session.execute(guarded.values(version=version + 1, **values))
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(message)
    db.session.refresh(row)
