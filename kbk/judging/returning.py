"""A judge who had stepped back and was appointed again decides about the marks of before. Never commits."""

from datetime import datetime

from sqlalchemy import delete

from kbk.audit.trail import record
from kbk.db import db
from kbk.errors import NotAllowed
from kbk.judging import queries, rules
from kbk.judging.models import EarlierMarks, Mark, Sheet
from kbk.judging.service import CHANGED_ELSEWHERE
from kbk.policy import Actor
from kbk.versions import advance


def take_up_marks(actor: Actor, sheet: Sheet, version: int, now: datetime) -> None:
    """Go on with what stands on the sheet.

    Raises NotAllowed when nothing is to be decided, when the stage is not open, and when the group has handed in
    another risalah since; Conflict when the sheet is no longer at `version`.
    """
    _check_may_decide(sheet)
    submission = queries.hold_submission(sheet.entry.group_id)
    handed_in_at = submission.submitted_at if submission else None
    if not rules.marks_still_fit(marked_at=sheet.updated_at, handed_in_at=handed_in_at):
        raise NotAllowed(
            "Nilai lama ini untuk risalah yang diserahkan sebelumnya, jadi tidak dapat dipakai lagi. "
            "Mulailah dari lembar kosong; nilai lama tetap dapat Anda lihat."
        )
    filled = len(queries.marks(sheet))
    _decide(sheet, version, {})
    record(actor, "marks-taken-up", sheet, now=now, filled=filled)


def set_marks_aside(actor: Actor, sheet: Sheet, version: int, now: datetime) -> None:
    """Begin with a blank sheet; what stood on it is kept for the judge to look at and counts nowhere.

    Raises NotAllowed when nothing is to be decided or the stage is not open, and Conflict when the sheet is no
    longer at `version`.
    """
    _check_may_decide(sheet)
    kept = {criterion: str(mark) for criterion, mark in queries.marks(sheet).items()}
    comment = sheet.comment
    _decide(sheet, version, {"comment": "", "total": None, "updated_at": None})
    db.session.execute(delete(Mark).where(Mark.sheet_id == sheet.id))
    db.session.expire(sheet, ["marks"])
    db.session.add(EarlierMarks(sheet_id=sheet.id, marks=kept, comment=comment, kept_at=now))
    record(actor, "marks-set-aside", sheet, now=now, filled=len(kept))


def _check_may_decide(sheet: Sheet) -> None:
    rules.check_stage_open(stage=sheet.entry.stage.name, state=queries.hold_stage(sheet))
    rules.check_returned(queries.state_of(sheet, 0))


def _decide(sheet: Sheet, version: int, values: dict[str, object]) -> None:
    """Change a sheet that waits for its judge's word, unless it has changed since `version`."""
    advance(
        sheet, version, {"returned_at": None, **values}, CHANGED_ELSEWHERE, Sheet.returned_at.is_not(None)
    )
