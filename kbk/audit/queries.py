"""Named reads of the trail."""

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import and_, or_, select

from kbk.audit.models import AuditRow
from kbk.db import db

ROWS_PER_PAGE = 50


def rows_of(competition_id: int, *, page: int) -> Pagination:
    """One page of the changes of an edition, the latest first; a page that does not exist is empty.

    A unit serves all editions, so its correction shows in each.
    """
    corrected_unit = and_(AuditRow.subject_kind == "units", AuditRow.action == "unit-changed")
    query = (
        select(AuditRow)
        .where(or_(AuditRow.competition_id == competition_id, corrected_unit))
        .order_by(AuditRow.id.desc())
    )
    return db.paginate(
        query, page=max(page, 1), per_page=ROWS_PER_PAGE, max_per_page=ROWS_PER_PAGE, error_out=False
    )
