"""The committee's pages about the berita acara of a stage: what is missing, making it, keeping it, replacing it."""

from io import BytesIO
from typing import Any

from flask import Response, flash, redirect, render_template, url_for

from kbk import clock
from kbk.awards import minutes_issuing, minutes_printing, minutes_queries, papers, queries, rules, service
from kbk.awards.forms import MinutesAgainForm, MinutesForm
from kbk.awards.minutes_gaps import GapAt, gaps
from kbk.awards.minutes_printing import MinutesInput
from kbk.awards.models import Minutes
from kbk.awards.paper_views import PDF, download
from kbk.awards.rules import DECIDED, LOCKED
from kbk.awards.views import blueprint
from kbk.competitions import queries as competitions
from kbk.competitions.models import Stage
from kbk.db import db, transaction
from kbk.errors import DomainError, InvalidInput
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor
from kbk.web.storage import send_stored


@blueprint.route("/panitia/tahap/<public_id>/berita-acara", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def minutes(stage: Stage) -> Any:
    """Show what the berita acara of a locked stage will hold and lack, and make it."""
    form = MinutesForm.of(minutes_printing.usual_input(stage), minutes_queries.panel_names(stage))
    if form.is_submitted() and (refused := _refusal(stage)):
        return refused
    if form.validate_on_submit():
        try:
            _make(stage, form.given())
        except InvalidInput as error:
            form.show(error)
        except DomainError as error:
            return _back(stage, error)
        else:
            flash(
                "Berita acara telah dibuat dan disimpan. Unduh, cetak, lalu mintakan tanda tangan.", "success"
            )
            return redirect(url_for("awards.minutes", public_id=stage.public_id))
    return _page(stage, form), form.status


def _refusal(stage: Stage, *, replaces: Minutes | None = None) -> Any:
    """The way back with a sentence when no berita acara can be made (any more); None when one can."""
    try:
        minutes_issuing.check_can_make(stage, replaces=replaces)
    except DomainError as error:
        return _back(stage, error)
    return None


def _back(stage: Stage, error: DomainError) -> Any:
    flash(error.message, "danger")
    return redirect(url_for("awards.minutes", public_id=stage.public_id))


def _page(stage: Stage, form: MinutesForm) -> str:
    """Nothing of a result is read before the stage is locked."""
    locked = stage.state in LOCKED
    differences = service.recount_differences(stage) if stage.state in DECIDED else []
    found: dict[str, Any] = {}
    if locked and not differences:
        tally = queries.stage_tally(stage)
        paper = minutes_printing.minutes_paper(stage, minutes_printing.usual_input(stage), public_id=None)
        found = {"paper": paper, "gaps": gaps(stage, tally, paper)}
    made = minutes_queries.minutes_of(stage)
    return render_template(
        "awards/minutes.html",
        stage=stage,
        form=form,
        locked=locked,
        decided=stage.state in DECIDED,
        differences=differences,
        holding=next((item for item in made if item.revoked_at is None), None),
        revoked=[item for item in made if item.revoked_at is not None],
        copies=minutes_queries.signed_copies(stage),
        places=GapAt,
        **found,
    )


def _make(stage: Stage, given: MinutesInput, *, replaces: Minutes | None = None, reason: str = "") -> None:
    """Lay the paper out while no transaction is open, so that nobody waits for it."""
    draft = minutes_issuing.draft_minutes(stage, given, replaces=replaces)
    db.session.rollback()
    pdf = papers.render_minutes(draft.paper)
    with transaction():
        minutes_issuing.store_minutes(
            signed_in_actor(), stage, draft, pdf, clock.now(), replaces=replaces, reason=reason
        )


@blueprint.get("/panitia/tahap/<public_id>/berita-acara/rancangan")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def draft_minutes(stage: Stage) -> Response:
    """The berita acara of a locked stage as a draft for the panel to read; it is not kept."""
    rules.check_can_draft_minutes(stage=stage.name, state=stage.state)
    paper = minutes_printing.minutes_paper(stage, minutes_printing.usual_input(stage), public_id=None)
    name = minutes_printing.minutes_file_name(stage, draft=True)
    return download(BytesIO(papers.render_minutes(paper)), name, PDF)


@blueprint.get("/panitia/berita-acara/<public_id>")
@access(Action.RUN_COMPETITIONS, on=minutes_queries.minutes)
def minutes_file(found: Minutes) -> Response:
    """The kept file of a berita acara, also of a revoked one."""
    name = minutes_printing.minutes_file_name(found.stage)
    return send_stored(found.sha256, filename=name, media_type=PDF)


@blueprint.route("/panitia/berita-acara/<public_id>/ganti", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=minutes_queries.minutes)
def replace_minutes(old: Minutes) -> Any:
    """Revoke a berita acara with a reason and make its successor."""
    stage = old.stage
    if refused := _refusal(stage, replaces=old):
        return refused
    before = MinutesInput(old.number, old.issued_on, old.venue, old.chair_id, tuple(old.absent))
    form = MinutesAgainForm.of(before, minutes_queries.panel_names(stage))
    if form.validate_on_submit():
        try:
            _make(stage, form.given(), replaces=old, reason=form.reason.data)
        except InvalidInput as error:
            form.show(error)
        except DomainError as error:
            return _back(stage, error)
        else:
            flash("Berita acara baru telah dibuat; yang lama dicabut dan tetap tersimpan.", "success")
            return redirect(url_for("awards.minutes", public_id=stage.public_id))
    return render_template("awards/replace_minutes.html", form=form, minutes=old), form.status
