"""Long lists, one page at a time, or whole for printing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select

from kbk.db import db

PER_PAGE = 50
WHOLE = 5000
"""Rows of a list shown whole: more than any contest has, and still an answer in a few seconds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a list is wanted: page `number` from 1, or the `whole` of it."""

    number: int = 1
    whole: bool = False


class _Rows(Pagination):
    """One page of rows that were read already."""

    def _query_items(self) -> list[Any]:
        return list(self._query_args["rows"][self._query_offset :][: self.per_page])

    def _query_count(self) -> int:
        return len(self._query_args["rows"])


def paged(found: Select[Any] | Sequence[Any], wanted: Wanted, per_page: int = PER_PAGE) -> Pagination:
    """The wanted part of what a query finds or of rows that were read already; a page that does not exist is empty."""
    size = WHOLE if wanted.whole else per_page
    number = 1 if wanted.whole else max(wanted.number, 1)
    if isinstance(found, Select):
        return db.paginate(found, page=number, per_page=size, max_per_page=size, error_out=False)
    return _Rows(page=number, per_page=size, max_per_page=size, error_out=False, rows=found)
