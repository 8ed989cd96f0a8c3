"""Named reads of the trail."""

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Select, and_, or_, select

from kbk.audit.models import AuditRow
from kbk.audit.trail import REFUSALS
from kbk.paging import Wanted, paged


def refusals(*conditions: ColumnElement[bool], wanted: Wanted) -> Pagination:
    """One page of what was refused, of all editions, the latest first; `conditions` narrow it."""
    return _page(select(AuditRow).where(AuditRow.action.in_(REFUSALS), *conditions), wanted)


def rows_of(competition_id: int, *conditions: ColumnElement[bool], wanted: Wanted) -> Pagination:
    """One page of the changes of an edition, the latest first; a page that does not exist is empty.

    A unit serves all editions, so its correction shows in each. `conditions` narrow what is found.
    """
    corrected_unit = and_(AuditRow.subject_kind == "units", AuditRow.action == "unit-changed")
    own = or_(AuditRow.competition_id == competition_id, corrected_unit)
    return _page(select(AuditRow).where(own, *conditions), wanted)


def _page(rows: Select[AuditRow], wanted: Wanted) -> Pagination:
    return paged(rows.order_by(AuditRow.id.desc()), wanted)
