"""Pages of the committee: the edition's groups, the city's units, one group's deadline."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.competitions import queries as competitions
from kbk.competitions import service as competition_service
from kbk.competitions.models import Category, Competition, Unit, UnitKind
from kbk.db import db, transaction
from kbk.errors import DomainError
from kbk.groups import queries, service
from kbk.groups.blueprint import blueprint
from kbk.groups.forms import KIND_LABELS, ChangedUnitForm, ExtensionForm, PlaceForm, UnitForm
from kbk.groups.models import Group
from kbk.indonesian import format_datetime
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor
from kbk.web.forms import local
from kbk.web.listing import search_words, wanted_page

CheckPlace = Callable[[Group, Unit, Category], None]
TakesPart = Callable[[Group], bool]


def init_groups(app: Flask, *, check_place: CheckPlace, takes_part: TakesPart) -> None:
    """Tell the feature how to learn what judging forbids, which stands above it.

    `check_place` raises when a group may not change its unit or category, `takes_part` says whether it is judged.
    """
    app.extensions["groups.check_place"] = check_place
    app.extensions["groups.takes_part"] = takes_part


@blueprint.get("/panitia/gelar/<public_id>/kelompok")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def index(competition: Competition) -> str:
    """List the groups of an edition."""
    search = search_words()
    category = queries.category_of(competition, request.args.get("kategori", type=int))
    leaderless = request.args.get("ketua") == "belum-ada"
    page = queries.group_page(
        competition,
        search=search,
        category_id=category.id if category else None,
        leaderless=leaderless,
        wanted=wanted_page(),
    )
    return render_template(
        "groups/index.html",
        competition=competition,
        page=page,
        search=search,
        category=category,
        leaderless=leaderless,
        total=queries.group_count(competition),
        now=clock.now(),
    )


def _place_form(competition: Competition, group: Group | None = None) -> PlaceForm:
    form = PlaceForm(version=1)
    if group is not None:
        form = PlaceForm(
            version=group.version, name=group.name, unit=group.unit_id, category=group.category_id
        )
    form.offer(competitions.units(), competition.categories)
    return form


@blueprint.route("/panitia/gelar/<public_id>/kelompok/baru", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def create(competition: Competition) -> Any:
    """Enter a group by hand."""
    form = _place_form(competition)
    if form.validate_on_submit():
        try:
            with transaction():
                group = service.add_group(
                    signed_in_actor(),
                    competition,
                    unit=db.session.get_one(Unit, form.unit.data),
                    category=_category(competition, form),
                    name=form.name.data,
                    now=clock.now(),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Kelompok {group.name} telah didaftarkan. Tambahkan ketuanya, lalu undang.", "success")
            return redirect(url_for("groups.show", public_id=group.public_id))
    page = render_template("groups/place.html", form=form, competition=competition, group=None)
    return page, form.status


def _category(competition: Competition, form: PlaceForm) -> Any:
    return queries.category_of(competition, form.category.data)


@blueprint.route("/panitia/kelompok/<public_id>/ubah", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.group)
def place(group: Group) -> Any:
    """Correct a group's unit, category and name."""
    form = _place_form(group.competition, group)
    if form.validate_on_submit():
        try:
            with transaction():
                unit = db.session.get_one(Unit, form.unit.data)
                category = _category(group.competition, form)
                current_app.extensions["groups.check_place"](group, unit, category)
                service.place_group(
                    signed_in_actor(),
                    group,
                    version=form.version.data,
                    unit=unit,
                    category=category,
                    name=form.name.data,
                    now=clock.now(),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Data kelompok {group.name} telah disimpan.", "success")
            return redirect(url_for("groups.show", public_id=group.public_id))
    page = render_template("groups/place.html", form=form, competition=group.competition, group=group)
    return page, form.status


@blueprint.post("/panitia/kelompok/<public_id>/hapus")
@access(Action.RUN_COMPETITIONS, on=queries.group)
def remove(group: Group) -> Response:
    """Take a group without a risalah out of the edition."""
    name, competition_id = group.name, group.competition.public_id
    with transaction():
        service.remove_group(signed_in_actor(), group, clock.now())
    flash(f"Kelompok {name} telah dihapus.", "success")
    return redirect(url_for("groups.index", public_id=competition_id))


@blueprint.route("/panitia/kelompok/<public_id>/perpanjang", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.group)
def extend(group: Group) -> Any:
    """Give one group a later deadline, with its reason."""
    zone = group.competition.zone
    form = ExtensionForm(
        version=group.version, until=local(group.extended_until, zone), reason=group.extension_reason
    )
    if form.validate_on_submit():
        try:
            with transaction():
                service.extend_deadline(
                    signed_in_actor(),
                    group,
                    form.moment(zone),
                    form.reason.data,
                    version=form.version.data,
                    now=clock.now(),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Batas {group.name} kini {format_datetime(group.deadline, zone)}.", "success")
            return redirect(url_for("groups.show", public_id=group.public_id))
    return render_template("groups/extend.html", form=form, group=group), form.status


@blueprint.get("/panitia/gelar/<public_id>/unit")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def units(competition: Competition) -> str:
    """List the units of the city."""
    search = search_words()
    page = queries.unit_page(search=search, wanted=wanted_page())
    return render_template(
        "groups/units.html",
        competition=competition,
        page=page,
        search=search,
        total=queries.unit_count(),
        kind_labels=KIND_LABELS,
    )


@blueprint.route("/panitia/gelar/<public_id>/unit/baru", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def create_unit(competition: Competition) -> Any:
    """Add a unit to the city."""
    form = UnitForm()
    if form.validate_on_submit():
        try:
            with transaction():
                service.check_unit_name(form.name.data)
                unit = competition_service.add_unit(
                    signed_in_actor(), form.name.data, UnitKind(form.kind.data), clock.now()
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Unit {unit.name} telah ditambahkan.", "success")
            return redirect(url_for("groups.units", public_id=competition.public_id))
    page = render_template("groups/edit_unit.html", form=form, competition=competition, unit=None)
    return page, form.status


@blueprint.route("/panitia/gelar/<public_id>/unit/<unit_id>/ubah", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def edit_unit(competition: Competition, unit_id: str) -> Any:
    """Correct the name or kind of a unit."""
    unit = queries.unit(unit_id)
    form = ChangedUnitForm(version=unit.version, name=unit.name, kind=unit.kind.value)
    if form.validate_on_submit():
        try:
            with transaction():
                service.change_unit(
                    signed_in_actor(),
                    unit,
                    version=form.version.data,
                    name=form.name.data,
                    kind=UnitKind(form.kind.data),
                    now=clock.now(),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Unit {unit.name} telah disimpan.", "success")
            return redirect(url_for("groups.units", public_id=competition.public_id))
    page = render_template("groups/edit_unit.html", form=form, competition=competition, unit=unit)
    return page, form.status
