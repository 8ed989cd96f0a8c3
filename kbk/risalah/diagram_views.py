"""Pages of the quality tools in a risalah: choose one, type its data and see it, its history, its drawing as a file."""

from io import BytesIO
from typing import Any

from flask import jsonify, redirect, request, send_file, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.competitions.rules import slug
from kbk.db import transaction
from kbk.errors import Conflict, InvalidInput, NotAllowed
from kbk.indonesian import format_time
from kbk.policy import Action
from kbk.risalah import diagram_pages, diagram_service, pages, queries
from kbk.risalah.blueprint import blueprint
from kbk.risalah.forms import RELOAD, DiagramForm, RestoreForm
from kbk.risalah.models import Diagram, Risalah
from kbk.risalah.outline import outline
from kbk.risalah.rules import RisalahState
from kbk.risalah.shown_diagrams import shown
from kbk.web.access import access, signed_in_actor
from kbk.web.errors import wants_json
from kbk.web.flashes import flash_at
from kbk.web.forms import whole
from kbk.web.headers import DOWNLOAD_POLICY

SVG = "image/svg+xml"
LONGEST_NAME = 60


@blueprint.get("/risalah/<public_id>/bagian/<key>/diagram")
@access(Action.WRITE_RISALAH, on=queries.risalah)
def choose_diagram(risalah: Risalah, key: str) -> Any:
    """Choose the tool of a new diagram; a risalah that is handed in takes none, so its step is shown instead."""
    step = outline(risalah.outline).step_of(key)
    if risalah.state is RisalahState.SUBMITTED:
        return redirect(url_for("risalah.step", public_id=risalah.public_id, step=step.number))
    return diagram_pages.choice(risalah, key)


@blueprint.post("/risalah/<public_id>/bagian/<key>/diagram")
@access(Action.WRITE_RISALAH, on=queries.risalah)
def begin_diagram(risalah: Risalah, key: str) -> Response:
    """Begin a diagram with an empty table."""
    with transaction():
        begun = diagram_service.begin_diagram(
            signed_in_actor(), risalah, key, request.form.get("kind", ""), clock.now()
        )
    return redirect(url_for("risalah.diagram", public_id=begun.public_id))


@blueprint.get("/diagram/<public_id>")
@access(Action.READ_RISALAH, on=queries.diagram)
def diagram(diagram: Diagram) -> str:
    """Type the data of a diagram and see it, or only see it."""
    return diagram_pages.work(diagram)


@blueprint.post("/diagram/<public_id>")
@access(Action.WRITE_RISALAH, on=queries.diagram)
def save_diagram(diagram: Diagram) -> Any:
    """Save what was typed, by hand or (for our script) automatically, whether it can be drawn or not."""
    form = diagram_pages.form_of(diagram)
    if not form.validate():
        return _refused(diagram, form)
    former = form.former_settings()
    typed = form.entry.fitted(form.typed(), former)
    now = clock.now()
    try:
        with transaction():
            diagram_service.save_diagram(
                signed_in_actor(), diagram, typed, form.version.data, now, automatic=wants_json()
            )
    except Conflict as error:
        return _conflict(diagram, error)
    except InvalidInput as error:
        if wants_json():
            raise
        form.show(error)
        return _refused(diagram, form)
    if wants_json():
        saved_at = format_time(now, diagram.competition.zone)
        return jsonify(
            saved_at=saved_at, version=diagram.version, problems={}, shown=diagram_pages.after_saving(diagram)
        )
    if any(
        setting.reshapes and former.get(setting.key) != typed.settings.get(setting.key)
        for setting in form.entry.settings
    ):
        flash_at("isian", "Kolom tabel disesuaikan dengan pilihan Anda. Periksa isinya.", "info")
        return _to_its_page(diagram, "isian")
    if "lihat" in request.form:
        return _to_its_page(diagram)
    found = shown(diagram)
    if found.fault:
        return _shown_where(diagram, f"{form.entry.name} disimpan. {found.told}", "warning")
    return _shown_where(diagram, f"{form.entry.name} disimpan.")


@blueprint.post("/diagram/<public_id>/hapus")
@access(Action.WRITE_RISALAH, on=queries.diagram)
def remove_diagram(diagram: Diagram) -> Response:
    """Take a diagram out of the risalah."""
    with transaction():
        diagram_service.remove_diagram(signed_in_actor(), diagram, clock.now())
    return _shown_where(diagram, f"“{diagram.name}” dihapus. Di bawah ini dapat dikembalikan.")


@blueprint.post("/diagram/<public_id>/pulihkan")
@access(Action.WRITE_RISALAH, on=queries.diagram)
def put_back_diagram(diagram: Diagram) -> Response:
    """Undo a removal."""
    with transaction():
        diagram_service.put_back_diagram(signed_in_actor(), diagram, clock.now())
    return _shown_where(diagram, f"“{diagram.name}” ada lagi.")


@blueprint.get("/diagram/<public_id>/riwayat")
@access(Action.READ_RISALAH, on=queries.diagram)
def diagram_history(diagram: Diagram) -> str:
    """Everything a diagram has held."""
    return diagram_pages.history(diagram, request.args.get("versi", type=whole))


@blueprint.post("/diagram/<public_id>/riwayat/<int:revision>/pulihkan")
@access(Action.WRITE_RISALAH, on=queries.diagram)
def restore_diagram(diagram: Diagram, revision: int) -> Response:
    """Make earlier content the present one."""
    form = RestoreForm()
    if not form.validate():
        raise InvalidInput(RELOAD)
    with transaction():
        diagram_service.restore_diagram(signed_in_actor(), diagram, revision, form.version.data, clock.now())
    flash_at("gambar", "Isi lama dipakai lagi.")
    return _to_its_page(diagram)


@blueprint.get("/diagram/<public_id>/gambar.svg")
@access(Action.READ_RISALAH, on=queries.diagram)
def drawing(diagram: Diagram) -> Response:
    """The drawing as a file, for slides and word processors."""
    found = shown(diagram)
    if found.drawing is None:
        raise NotAllowed(found.told)
    name = slug(diagram.name)[:LONGEST_NAME].strip("-") or diagram.kind
    response = send_file(
        BytesIO(found.drawing.svg.encode()),
        mimetype=SVG,
        as_attachment=True,
        download_name=f"{name}.svg",
        etag=False,
    )
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _refused(diagram: Diagram, form: DiagramForm) -> Any:
    """What was typed, with what is wrong with it."""
    if wants_json():
        raise InvalidInput(" ".join(message for field in form for message in field.errors) or RELOAD)
    return diagram_pages.work(diagram, form), 400


def _conflict(diagram: Diagram, error: Conflict) -> Any:
    """What was typed and what is stored now, for the writer to choose; nothing is lost."""
    if wants_json():
        message = f"{error.message} Tekan Simpan untuk melihat keduanya."
        return jsonify(message=message, current={"version": diagram.version}), 409
    # Members do not write in turn: the row may have changed since the form was filled.
    form = diagram_pages.form_of(diagram)
    form.show(error)
    return diagram_pages.work(diagram, form), form.status


def _to_its_page(diagram: Diagram, place: str = "gambar") -> Response:
    return redirect(url_for("risalah.diagram", public_id=diagram.public_id, _anchor=place))


def _shown_where(diagram: Diagram, message: str, tone: str = "success") -> Response:
    """Lead to the diagrams of the part on the page of its step, and say there what was done."""
    step = outline(diagram.risalah.outline).step_of(diagram.section)
    place = pages.place_of_diagrams(diagram.section)
    flash_at(place, message, tone)
    return redirect(
        url_for("risalah.step", public_id=diagram.risalah.public_id, step=step.number, _anchor=place)
    )
