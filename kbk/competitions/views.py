"""The committee's pages about editions: list, setting up, settings."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.competitions import queries, service
from kbk.competitions.forms import LAST, CategoryForm, EditionForm, NewEditionForm, NewStageForm
from kbk.competitions.models import Category, Competition
from kbk.competitions.templates import TEMPLATES
from kbk.db import transaction
from kbk.errors import DomainError
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor
from scoring.templates import TEMPLATES as RUBRICS

blueprint = Blueprint("competitions", __name__)


@blueprint.get("/panitia")
@access(Action.RUN_COMPETITIONS)
def index() -> str:
    """List the editions."""
    return render_template("competitions/index.html", competitions=queries.competitions())


@blueprint.route("/panitia/gelar/baru", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS)
def create() -> Any:
    """Set up an edition from a template or like the last one."""
    last = next(iter(queries.competitions()), None)
    form = NewEditionForm.after(last, year=clock.now().year)
    if form.validate_on_submit():
        try:
            with transaction():
                competition = service.create_competition(
                    signed_in_actor(),
                    form.facts(),
                    [line for line in form.categories.data.splitlines() if line],
                    service.template_of(last)
                    if last and form.template.data == LAST
                    else TEMPLATES[form.template.data],
                    clock.now(),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(
                "Gelar telah dibuat. Periksa tahap dan rubriknya, lalu masukkan daftar kelompok.", "success"
            )
            return redirect(url_for("competitions.edit", public_id=competition.public_id))
    return render_template("competitions/create.html", form=form), form.status


@blueprint.route("/panitia/gelar/<public_id>/pengaturan", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.competition)
def edit(competition: Competition) -> Any:
    """Show and change what is said of an edition."""
    form = EditionForm.of(competition)
    if form.validate_on_submit():
        try:
            with transaction():
                service.change_competition(
                    signed_in_actor(),
                    competition,
                    form.facts(),
                    version=form.version.data,
                    now=clock.now(),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash("Pengaturan telah disimpan.", "success")
            return redirect(url_for("competitions.edit", public_id=competition.public_id))
    return render_template(
        "competitions/edit.html",
        form=form,
        competition=competition,
        category_form=CategoryForm(formdata=None, prefix="kategori-"),
        stage_form=NewStageForm(formdata=None, prefix="tahap-"),
        rubrics=RUBRICS,
    ), form.status


def _settings(competition: Competition, anchor: str) -> Response:
    return redirect(url_for("competitions.edit", public_id=competition.public_id, _anchor=anchor))


@blueprint.post("/panitia/gelar/<public_id>/kategori")
@access(Action.RUN_COMPETITIONS, on=queries.competition)
def add_category(competition: Competition) -> Response:
    """Add a category."""
    form = CategoryForm(prefix="kategori-")
    if form.validate():
        with transaction():
            service.add_category(signed_in_actor(), competition, form.name.data, clock.now())
        flash(f"Kategori {form.name.data} ditambahkan.", "success")
    else:
        flash(" ".join(form.name.errors), "danger")
    return _settings(competition, "kategori")


@blueprint.post("/panitia/kategori/<public_id>/hapus")
@access(Action.RUN_COMPETITIONS, on=queries.category)
def remove_category(category: Category) -> Response:
    """Take away a category that is not in use."""
    competition = category.competition
    with transaction():
        service.remove_category(signed_in_actor(), category, clock.now())
    flash("Kategori telah dihapus.", "success")
    return _settings(competition, "kategori")


@blueprint.post("/panitia/gelar/<public_id>/tahap-baru")
@access(Action.RUN_COMPETITIONS, on=queries.competition)
def add_stage(competition: Competition) -> Response:
    """Add a stage at the end."""
    form = NewStageForm(prefix="tahap-")
    if form.validate():
        with transaction():
            service.add_stage(
                signed_in_actor(), competition, form.name.data, RUBRICS[form.rubric.data], clock.now()
            )
        flash(f"Tahap {form.name.data} ditambahkan.", "success")
    else:
        flash(" ".join([*form.name.errors, *form.rubric.errors]), "danger")
    return _settings(competition, "tahap")
