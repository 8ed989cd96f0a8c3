"""What the rows of the trail are about, in names."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, true, union_all

from kbk.accounts.models import User
from kbk.audit.models import AuditRow
from kbk.audit.words import ACTIONS
from kbk.awards.models import Certificate, Minutes, PanelDecision
from kbk.competitions.models import Stage, Unit
from kbk.db import db
from kbk.groups.models import Group, Member
from kbk.judging.models import Entry, Judge, Sheet
from kbk.risalah.models import Attachment, Diagram, Risalah, Section

_NAMES: Mapping[str, Select[int, str]] = {
    "groups": select(Group.id, Group.name),
    "members": select(Member.id, Group.name).join(Member.group),
    "risalah": select(Risalah.id, Group.name).join(Risalah.group),
    "sections": select(Section.id, Group.name).join(Section.risalah).join(Risalah.group),
    "attachments": select(Attachment.id, Group.name).join(Attachment.risalah).join(Risalah.group),
    "diagrams": select(Diagram.id, Group.name).join(Diagram.risalah).join(Risalah.group),
    "sheets": select(Sheet.id, Group.name).join(Sheet.entry).join(Entry.group),
    "certificates": select(Certificate.id, Group.name).join(Certificate.group),
    "stages": select(Stage.id, Stage.name),
    "panel_decisions": select(PanelDecision.id, Stage.name).join(PanelDecision.stage),
    "minutes": select(Minutes.id, Stage.name).join(Minutes.stage),
    "judges": select(Judge.id, User.name).join(Judge.user),
    "users": select(User.id, User.name),
    "units": select(Unit.id, Unit.name),
}
"""For every table that changes are recorded of: its ids and the name of the group, stage, person or unit."""


def rows_naming(words: str) -> ColumnElement[bool]:
    """Rows whose person, subject or action is called something that holds these words; all rows for none."""
    if not words:
        return true()
    actions = [action for action, told in ACTIONS.items() if words.casefold() in told]
    about = []
    for kind, names in _NAMES.items():
        key, name = names.selected_columns
        named = names.with_only_columns(key).where(name.icontains(words, autoescape=True))
        about.append(and_(AuditRow.subject_kind == kind, AuditRow.subject_id.in_(named)))
    return or_(AuditRow.actor_name.icontains(words, autoescape=True), AuditRow.action.in_(actions), *about)


def subject_names(rows: Iterable[AuditRow]) -> dict[int, str]:
    """What each row is about, by the row's id; a row about the edition itself or a vanished thing has none."""
    wanted = {row.id: (row.subject_kind, row.subject_id) for row in rows}
    parts = []
    for kind, names in _NAMES.items():
        key = names.selected_columns[0]
        ids = [number for of, number in wanted.values() if of == kind]
        parts.append(names.add_columns(literal(kind)).where(key.in_(ids)))
    found = {(kind, number): name for number, name, kind in db.session.execute(union_all(*parts))}
    return {row_id: found[subject] for row_id, subject in wanted.items() if subject in found}


def criterion_names(rows: Iterable[AuditRow]) -> dict[int, dict[str, str]]:
    """The names of criteria by their id, for each row about a sheet, by the row's id.

    They are those of the rubric that the sheet is marked by, which is frozen with its first sheet.
    """
    sheets = {row.id: row.subject_id for row in rows if row.subject_kind == "sheets"}
    query = select(Sheet.id, Stage.rubric).join(Sheet.entry).join(Entry.stage)
    names = {
        row.id: {criterion["id"]: criterion["name"] for criterion in row.rubric["criteria"]}
        for row in db.session.execute(query.where(Sheet.id.in_(sheets.values())))
    }
    return {row_id: names[sheet] for row_id, sheet in sheets.items() if sheet in names}
