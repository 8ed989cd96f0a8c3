"""Named reads of the trail."""

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, and_, or_, select

from kbk.audit.models import AuditRow
from kbk.audit.trail import REFUSALS
from kbk.db import db

ROWS_PER_PAGE = 50


def refusals(*, page: int) -> Pagination:
    """One page of what was refused, of all editions, the latest first."""
    return _page(select(AuditRow).where(AuditRow.action.in_(REFUSALS)), page)


def rows_of(competition_id: int, *, page: int) -> Pagination:
    """One page of the changes of an edition, the latest first; a page that does not exist is empty.

    A unit serves all editions, so its correction shows in each.
    """
    corrected_unit = and_(AuditRow.subject_kind == "units", AuditRow.action == "unit-changed")
    return _page(select(AuditRow).where(or_(AuditRow.competition_id == competition_id, corrected_unit)), page)


def _page(rows: Select[AuditRow], page: int) -> Pagination:
    return db.paginate(
        rows.order_by(AuditRow.id.desc()),
        page=max(page, 1),
        per_page=ROWS_PER_PAGE,
        max_per_page=ROWS_PER_PAGE,
        error_out=False,
    )
