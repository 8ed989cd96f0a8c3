"""One later deadline for several groups: chosen on the overview, checked, then given."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from kbk import clock
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition
from kbk.db import transaction
from kbk.errors import Conflict, DomainError, InvalidInput
from kbk.groups import rules
from kbk.groups.extending import extend_deadlines
from kbk.indonesian import count, format_datetime
from kbk.overview import queries
from kbk.overview.forms import ExtensionsForm, ticked
from kbk.overview.queries import GroupProgress
from kbk.overview.views import blueprint, found_by_address
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor


@blueprint.route("/panitia/gelar/<public_id>/perpanjang", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def extend(competition: Competition) -> Any:
    """Give the ticked groups, or all that were found, one later deadline; ask once more before it is done."""
    form = ExtensionsForm()
    if not form.validate_on_submit() or "ubah" in request.form:
        return _choosing(competition, form), 400 if form.errors else 200
    try:
        _check(competition, form)
        if (versions := form.confirmed) is None:
            return _asking(competition, form)
        with transaction():
            extended = _give(competition, form, versions)
    except Conflict as error:
        form.show(error)
        return _asking(competition, form), form.status
    except DomainError as error:
        form.show(error)
        return _choosing(competition, form), form.status
    until = format_datetime(form.moment(competition.zone), competition.zone)
    flash(f"Batas {count(extended, 'kelompok')} kini {until}.", "success")
    return redirect(url_for("overview.progress", public_id=competition.public_id))


def _chosen(competition: Competition) -> Sequence[GroupProgress]:
    """The chosen groups that still have to hand in, as they are now."""
    overview = queries.progress(competition, clock.now())
    if request.args.get("semua") == "ya" and request.method == "GET":
        return [group for group in found_by_address(competition, overview) if group.awaited]
    ids = ticked()
    return [group for group in overview.groups if group.awaited and group.public_id in ids]


def _check(competition: Competition, form: ExtensionsForm) -> None:
    """Raise InvalidInput unless day and reason will do and somebody gets a later deadline by them."""
    until, groups = form.moment(competition.zone), _chosen(competition)
    if not groups:
        raise InvalidInput("Centang paling sedikit satu kelompok yang belum menyerahkan.")
    rules.check_extension(until, form.reason.data, general=competition.submission_deadline, now=clock.now())
    if all(rules.keeps_own_deadline(group.own_deadline, until) for group in groups):
        raise InvalidInput("Semua kelompok ini sudah mempunyai batas yang lebih lama.", field="until")


def _give(competition: Competition, form: ExtensionsForm, versions: dict[str, int]) -> int:
    until = form.moment(competition.zone)
    return extend_deadlines(
        signed_in_actor(), competition, versions, until, form.reason.data or "", clock.now()
    )


def _choosing(competition: Competition, form: ExtensionsForm) -> str:
    return render_template(
        "overview/extend.html", competition=competition, form=form, groups=_chosen(competition)
    )


def _asking(competition: Competition, form: ExtensionsForm) -> str:
    groups, until = _chosen(competition), form.moment(competition.zone)
    keeping = {g.public_id for g in groups if rules.keeps_own_deadline(g.own_deadline, until)}
    return render_template(
        "overview/confirm_extension.html",
        competition=competition,
        form=form,
        groups=groups,
        until=until,
        keeping=keeping,
    )
