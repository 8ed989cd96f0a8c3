"""Pages of the import: upload a list, look at every row, put near misses right, confirm."""

import tempfile
from pathlib import Path
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition
from kbk.db import db, transaction
from kbk.errors import DomainError, InvalidInput
from kbk.files.kinds import Kind
from kbk.groups import import_service, queries
from kbk.groups.blueprint import blueprint
from kbk.groups.forms import DecisionForm, ImportForm
from kbk.groups.importing import RowState
from kbk.groups.models import Import
from kbk.groups.unit_names import NEW_UNIT, full_description
from kbk.paging import paged
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor
from kbk.web.listing import wanted_page

ROWS_PER_PAGE = 200
STATE_LABELS = {
    RowState.READY: "Siap diimpor",
    RowState.IMPORTED: "Diimpor",
    RowState.FAULTY: "Perlu diperbaiki",
    RowState.KNOWN: "Sudah ada",
    RowState.SKIPPED: "Dilewati",
}


ORDER = (RowState.FAULTY, RowState.READY, RowState.IMPORTED, RowState.KNOWN, RowState.SKIPPED)
"""In this order rows are shown, each state in the order of the file: what somebody has to see to comes first."""


@blueprint.route("/panitia/gelar/<public_id>/impor", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def upload_import(competition: Competition) -> Any:
    """Take a list of groups; it is only read, nothing is entered yet."""
    form = ImportForm()
    if form.validate_on_submit():
        try:
            return redirect(url_for("groups.preview_import", public_id=_keep(competition, form).public_id))
        except DomainError as error:
            error.field = error.field or "file"
            form.show(error)
    page = render_template(
        "groups/upload_import.html",
        competition=competition,
        form=form,
        imports=queries.recent_imports(competition),
        max_bytes=Kind.XLSX.max_bytes,
    )
    return page, form.status


def _keep(competition: Competition, form: ImportForm) -> Import:
    upload = form.file.data
    # Reading a list can take many seconds, in which nobody else may have to wait for the write lock.
    db.session.rollback()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar"
        upload.save(path)
        filename, rows = import_service.read_upload(path, upload.filename)
        with transaction():
            return import_service.add_import(
                signed_in_actor(), competition, filename=filename, path=path, rows=rows, now=clock.now()
            )


@blueprint.get("/panitia/impor/<public_id>")
@access(Action.RUN_COMPETITIONS, on=queries.import_)
def preview_import(import_: Import) -> str:
    """Show every row of every sheet with its verdict."""
    today = clock.now().astimezone(import_.competition.zone.tz).date()
    rows = sorted(
        enumerate(import_service.judged_rows(import_, today)), key=lambda item: ORDER.index(item[1].state)
    )
    shown = _state(request.args.get("keadaan"))
    counts = {state: sum(row.state is state for _position, row in rows) for state in RowState}
    listed = [item for item in rows if shown in {None, item[1].state}]
    page = paged(listed, wanted_page(), ROWS_PER_PAGE)
    return render_template(
        "groups/preview_import.html",
        import_=import_,
        page=page,
        shown=shown,
        counts=counts,
        total=len(rows),
        labels=STATE_LABELS,
        states=RowState,
        order=ORDER,
        new_unit=NEW_UNIT,
        describe=full_description,
        new_units=sorted({row.plan.unit.name for _, row in rows if row.plan and row.plan.unit.is_new}),
    )


def _state(value: str | None) -> RowState | None:
    return next((state for state in RowState if state.value == value), None)


@blueprint.post("/panitia/impor/<public_id>/unit")
@access(Action.RUN_COMPETITIONS, on=queries.import_)
def decide_unit(import_: Import) -> Response:
    """Answer "Maksud Anda ...?" for the rows that name a unit alike."""
    form = DecisionForm()
    if not form.validate():
        raise InvalidInput("Pilihan ini tidak dapat dibaca. Muat ulang halaman pratinjau.")
    with transaction():
        import_service.decide_unit(
            signed_in_actor(),
            import_,
            position=form.position.data,
            decision=form.decision.data,
            now=clock.now(),
        )
    flash("Pilihan unit telah dicatat; barisnya diperiksa ulang.", "success")
    shown = _state(request.form.get("keadaan"))
    return redirect(
        url_for("groups.preview_import", public_id=import_.public_id, keadaan=shown.value if shown else None)
    )


@blueprint.post("/panitia/impor/<public_id>/terapkan")
@access(Action.RUN_COMPETITIONS, on=queries.import_)
def confirm_import(import_: Import) -> Response:
    """Enter the groups of all good rows, once."""
    with transaction():
        added = import_service.confirm_import(signed_in_actor(), import_, clock.now())
    if added is None:
        flash("Impor ini sudah diterapkan sebelumnya; tidak ada yang ditambahkan lagi.", "info")
    elif added == 0:
        flash("Tidak ada baris yang siap, sehingga tidak ada yang ditambahkan.", "info")
    return redirect(url_for("groups.preview_import", public_id=import_.public_id))
