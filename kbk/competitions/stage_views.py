"""The committee's pages about one stage: its rules and its rubric."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.competitions import queries, rules, service
from kbk.competitions.forms import RubricForm, StageForm
from kbk.competitions.models import Stage
from kbk.competitions.views import blueprint
from kbk.db import transaction
from kbk.errors import DomainError
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor
from scoring.rubric import Rubric
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
                    version=form.version.data,
                    now=clock.now(),
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
    ), form.status


@blueprint.route("/panitia/tahap/<public_id>/rubrik", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.stage)
def edit_rubric(stage: Stage) -> Any:
    """Show and change the rubric of a stage."""
    chosen = RUBRICS.get(request.args.get("contoh", ""))
    current = typed = service.rubric_of(stage)
    form = _rubric_form(stage, current, chosen or current)
    if form.validate_on_submit():
        try:
            typed = form.rubric(chosen or current)
            with transaction():
                service.change_rubric(
                    signed_in_actor(), stage, typed, version=form.version.data, now=clock.now()
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(" ".join([f"Rubrik tahap {stage.name} telah disimpan.", *typed.notes]), "success")
            return redirect(url_for("competitions.edit_stage", public_id=stage.public_id))
    return render_template(
        "competitions/edit_rubric.html",
        form=form,
        stage=stage,
        rubric=chosen or current,
        different=rules.rubric_changes(current, typed),
        scale_words=rules.scale_words,
        rubrics=RUBRICS,
    ), form.status


def _rubric_form(stage: Stage, stored: Rubric, shown: Rubric) -> RubricForm:
    """The form of what is shown, or of what was sent: rows that were sent stand for themselves."""
    if request.method == "POST":
        return RubricForm(data={"version": stage.version, "name": stored.name})
    return RubricForm.of(shown, stage.version)


@blueprint.post("/panitia/tahap/<public_id>/hapus")
@access(Action.RUN_COMPETITIONS, on=queries.stage)
def remove_stage(stage: Stage) -> Response:
    """Take away the last stage while nobody takes part in it."""
    competition = stage.competition
    with transaction():
        service.remove_stage(signed_in_actor(), stage, clock.now())
    flash("Tahap telah dihapus.", "success")
    return redirect(url_for("competitions.edit", public_id=competition.public_id, _anchor="tahap"))
