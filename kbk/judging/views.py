"""The judge's pages: own sheets, filling one in, signing it, stepping back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.accounts.confirming import must_confirm
from kbk.accounts.rules import LOCKED_AFTER
from kbk.db import transaction
from kbk.errors import Conflict, DomainError, InvalidInput, NotFound
from kbk.indonesian import format_time
from kbk.judging import queries, returning, rules, service
from kbk.judging.forms import (
    ReasonForm,
    ReturnForm,
    SheetFields,
    SheetForm,
    SignForm,
    problems_by_field,
    sheet_fields,
    typed_marks,
)
from kbk.judging.models import EarlierMarks, Sheet
from kbk.judging.queries import ListedSheet
from kbk.judging.rules import SheetState
from kbk.policy import Action
from kbk.risalah.models import Submission
from kbk.risalah.reading import reading_of
from kbk.web.access import access, signed_in_actor
from kbk.web.errors import wants_json
from kbk.web.storage import send_stored
from scoring.rubric import Rubric

blueprint = Blueprint("judging", __name__)
# The page of a group stands below this feature, but leads the committee to its scores.
blueprint.add_app_template_global(queries.stages_of, "stages_of")


@blueprint.app_template_global()
def lock_after() -> int:
    """Seconds without a touch after which pages with marks ask for the password."""
    return int(LOCKED_AFTER.total_seconds())


NEXT_FIRST = (SheetState.RETURNED, SheetState.FILLING, SheetState.BLANK, SheetState.READY)
"""Which of the open sheets is offered as the next one."""


@blueprint.get("/juri")
@access(Action.SEE_OWN_SHEETS)
def own_sheets() -> str:
    """List the judge's sheets by stage, the next one on top."""
    sheets = queries.own_sheets(signed_in_actor())
    stages = [(stage, list(own)) for stage, own in groupby(sheets, key=lambda own: own.entry.stage)]
    return render_template("judging/own_sheets.html", stages=stages, following=_following(sheets))


def _following(sheets: Sequence[ListedSheet]) -> ListedSheet | None:
    """The sheet to go on with: one that is begun, then a blank one, then one without signature."""
    waiting = [own for own in sheets if own.entry.stage.state == "open" and own.facts.state in NEXT_FIRST]
    return min(waiting, key=lambda own: NEXT_FIRST.index(own.facts.state), default=None)


@blueprint.get("/juri/lembar/<public_id>")
@access(Action.FILL_SHEET, on=queries.sheet)
def sheet(sheet: Sheet) -> Any:
    """Show a sheet beside the risalah it judges."""
    return _sheet_page(sheet, SheetForm(version=sheet.version, comment=sheet.comment))


def _sheet_page(
    sheet: Sheet,
    form: SheetForm,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> str:
    stage, submission = sheet.entry.stage, queries.submission(sheet.entry.group_id)
    marks = queries.marks(sheet)
    state = queries.state_of(sheet, len(marks))
    rubric = rules.read_rubric(stage.rubric, stage.name)
    form.hand_in.data = submission.number if submission else None
    return render_template(
        "judging/sheet.html",
        sheet=sheet,
        form=form,
        state=state,
        fields=sheet_fields(rubric, marks, typed=typed, problems=problems),
        refused=problems is not None,
        reading=reading_of(submission.content) if submission and state is not SheetState.RECUSED else None,
        file_url=lambda file_id: url_for("judging.file", public_id=sheet.public_id, file_id=file_id),
        locked=_locked(sheet, state, submission),
        still_fit=submission is not None
        and rules.marks_still_fit(marked_at=sheet.updated_at, handed_in_at=submission.submitted_at),
        earlier=[(kept, _fields_of(rubric, kept)) for kept in queries.earlier_marks(sheet)],
    )


def _fields_of(rubric: Rubric, kept: EarlierMarks) -> SheetFields:
    return sheet_fields(rubric, {criterion: Decimal(mark) for criterion, mark in kept.marks.items()})


def _locked(sheet: Sheet, state: SheetState, submission: Submission | None) -> str | None:
    """Why the judge may not write on the sheet; None when it is open."""
    return rules.lock(
        stage=sheet.entry.stage.name,
        stage_state=sheet.entry.stage.state,
        state=state,
        handed_in=submission is not None,
        organises=signed_in_actor().organiser,
    )


@blueprint.post("/juri/lembar/<public_id>/simpan")
@access(Action.FILL_SHEET, on=queries.sheet)
def save_sheet(sheet: Sheet) -> Any:
    """Keep what is typed; what cannot be kept is shown again with the reason."""
    form, address = SheetForm(), sheet.public_id
    typed = typed_marks(rules.read_rubric(sheet.entry.stage.rubric, sheet.entry.stage.name), request.form)
    try:
        with transaction():
            problems = service.save_sheet(
                signed_in_actor(),
                sheet,
                typed,
                form.comment.data or "",
                form.version_number,
                clock.now(),
                hand_in=form.hand_in_number,
                sent=form.sending,
            )
    except Conflict as error:
        return _sheet_conflict(address, typed, error)
    if wants_json():
        saved_at = format_time(clock.now(), sheet.competition.zone)
        return jsonify(saved_at=saved_at, version=sheet.version, problems=problems_by_field(problems))
    if problems:
        form.version.data = sheet.version
        form.comment.errors = [problems[rules.COMMENT]] if rules.COMMENT in problems else []
        return _sheet_page(sheet, form, typed, problems), 400
    flash("Isian tersimpan.", "success")
    following = "judging.sign" if "lanjut" in request.form else "judging.sheet"
    return redirect(url_for(following, public_id=sheet.public_id))


def _sheet_conflict(public_id: str, typed: Mapping[str, str], error: Conflict) -> Any:
    """Show what was typed beside what is stored and read now; saving once more takes what was typed.

    The sheet is read anew, because it may have been taken back meanwhile: then the answer says that it is gone.
    """
    if wants_json():
        raise Conflict(f"{error.message} Tekan Simpan dan periksa untuk membandingkan.") from error
    sheet = queries.sheet(public_id)
    form = SheetForm(version=sheet.version, comment=sheet.comment)
    form.show(error)
    return _sheet_page(sheet, form, typed, {}), form.status


@blueprint.route("/juri/lembar/<public_id>/tanda-tangan", methods=["GET", "POST"])
@access(Action.FILL_SHEET, on=queries.sheet)
def sign(sheet: Sheet) -> Any:
    """Show the sheet as a whole with what is missing, and lock it on the judge's word."""
    form = SignForm(version=sheet.version)
    if form.validate_on_submit():
        try:
            form.confirm()
        except DomainError as error:
            form.show(error)
        else:
            with transaction():
                service.sign_sheet(signed_in_actor(), sheet, form.version_number, clock.now())
            flash(f"Nilai untuk KBK {sheet.entry.group.name} telah ditandatangani dan dikunci.", "success")
            return redirect(url_for("judging.own_sheets"))
    stage, marks = sheet.entry.stage, queries.marks(sheet)
    if _locked(sheet, queries.state_of(sheet, len(marks)), queries.submission(sheet.entry.group_id)):
        return redirect(url_for("judging.sheet", public_id=sheet.public_id))
    fields = sheet_fields(rules.read_rubric(stage.rubric, stage.name), marks)
    page = render_template(
        "judging/sign.html", sheet=sheet, form=form, fields=fields, must_confirm=must_confirm()
    )
    return page, form.status


@blueprint.post("/juri/lembar/<public_id>/nilai-lama")
@access(Action.FILL_SHEET, on=queries.sheet)
def decide_earlier_marks(sheet: Sheet) -> Response:
    """Let a judge who was appointed again take up the marks of before or begin with a blank sheet."""
    form = ReturnForm()
    if not form.validate():
        raise InvalidInput("Pilih apakah nilai lama dipakai lagi atau Anda mulai dari lembar kosong.")
    actor, now = signed_in_actor(), clock.now()
    with transaction():
        if form.choice.data == "pakai":
            returning.take_up_marks(actor, sheet, form.version_number, now)
        else:
            returning.set_marks_aside(actor, sheet, form.version_number, now)
    flash(
        "Nilai lama dipakai lagi. Periksa setiap kriteria, lalu tandatangani."
        if form.choice.data == "pakai"
        else "Lembar dimulai dari kosong. Nilai lama tetap dapat Anda lihat di bawah lembar.",
        "success",
    )
    return redirect(url_for("judging.sheet", public_id=sheet.public_id))


@blueprint.route("/juri/lembar/<public_id>/mundur", methods=["GET", "POST"])
@access(Action.FILL_SHEET, on=queries.sheet)
def recuse(sheet: Sheet) -> Any:
    """Let the judge step back from the entry with a reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            with transaction():
                service.recuse(signed_in_actor(), sheet, form.reason.data, clock.now())
        except InvalidInput as error:
            form.show(error)
        else:
            flash(
                f"Anda tidak lagi menilai KBK {sheet.entry.group.name}. Panitia melihat alasannya.", "success"
            )
            return redirect(url_for("judging.own_sheets"))
    return render_template("judging/recuse.html", form=form, sheet=sheet), form.status


@blueprint.get("/juri/lembar/<public_id>/berkas/<file_id>")
@access(Action.FILL_SHEET, on=queries.sheet)
def file(sheet: Sheet, file_id: str) -> Response:
    """Send a file of the hand-in that the sheet judges."""
    submission = queries.submission(sheet.entry.group_id)
    if submission is None or sheet.recused_at is not None:
        raise NotFound("Berkas ini tidak ditemukan.")
    found = reading_of(submission.content).file(file_id)
    return send_stored(found.sha256, filename=found.filename, media_type=found.media_type, inline=True)
