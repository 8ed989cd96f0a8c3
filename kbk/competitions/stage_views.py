"""The committee's pages about one stage: its rules and its rubric."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.competitions import queries, service
from kbk.competitions.forms import RubricForm, StageForm
from kbk.competitions.models import Stage
from kbk.competitions.views import blueprint
from kbk.db import transaction
from kbk.errors import DomainError
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor
from scoring.templates import TEMPLATES as RUBRICS


@blueprint.route("/panitia/tahap/<public_id>/ubah", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.stage)
def edit_stage(stage: Stage) -> Any:
    """Show and change the rules of a stage."""
    rubric, categories = service.rubric_of(stage), list(queries.categories(stage.competition))
    form = StageForm.of(stage, rubric, categories)
    if form.validate_on_submit():
        try:
            with transaction():
                service.change_stage(
                    signed_in_actor(),
                    stage,
                    form.facts(stage.competition.zone, rubric, categories),
                    clock.now(),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Aturan tahap {stage.name} telah disimpan.", "success")
            return redirect(
                url_for("competitions.edit", public_id=stage.competition.public_id, _anchor="tahap")
            )
    return render_template(
        "competitions/edit_stage.html", form=form, stage=stage, rubric=rubric, categories=categories
    ), 400 if form.is_submitted() else 200


@blueprint.route("/panitia/tahap/<public_id>/rubrik", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.stage)
def edit_rubric(stage: Stage) -> Any:
    """Show and change the rubric of a stage."""
    chosen = RUBRICS.get(request.args.get("contoh", ""))
    current = service.rubric_of(stage)
    form = RubricForm() if request.method == "POST" else RubricForm.of(chosen or current)
    if form.validate_on_submit():
        try:
            rubric = form.rubric(chosen or current)
            with transaction():
                service.change_rubric(signed_in_actor(), stage, rubric, clock.now())
        except DomainError as error:
            form.show(error)
        else:
            flash(" ".join([f"Rubrik tahap {stage.name} telah disimpan.", *rubric.notes]), "success")
            return redirect(url_for("competitions.edit_stage", public_id=stage.public_id))
    return render_template(
        "competitions/edit_rubric.html", form=form, stage=stage, rubric=chosen or current, rubrics=RUBRICS
    ), 400 if form.is_submitted() else 200


@blueprint.post("/panitia/tahap/<public_id>/hapus")
@access(Action.RUN_COMPETITIONS, on=queries.stage)
def remove_stage(stage: Stage) -> Response:
    """Take away the last stage while nobody takes part in it."""
    competition = stage.competition
    with transaction():
        service.remove_stage(signed_in_actor(), stage, clock.now())
    flash("Tahap telah dihapus.", "success")
    return redirect(url_for("competitions.edit", public_id=competition.public_id, _anchor="tahap"))
