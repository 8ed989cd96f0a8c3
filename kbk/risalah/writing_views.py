"""Pages of the team at work: the workplace, the steps, their texts and the history of these."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from kbk import clock
from kbk.db import transaction
from kbk.errors import Conflict, DomainError, InvalidInput
from kbk.groups import queries as groups
from kbk.groups.models import Group
from kbk.indonesian import format_time
from kbk.policy import Action, may
from kbk.risalah import pages, prose, queries, service
from kbk.risalah.blueprint import blueprint
from kbk.risalah.forms import RELOAD, RestoreForm, SectionForm, TitleForm
from kbk.risalah.models import Risalah
from kbk.risalah.outline import StepSection, outline
from kbk.risalah.rules import RisalahState
from kbk.web.access import access, current_actor, signed_in_actor
from kbk.web.errors import wants_json
from kbk.web.flashes import flash_at

blueprint.add_app_template_filter(prose.show, "prose")


@blueprint.app_template_filter()
def words(html: str) -> int:
    """How many words a cleaned text has."""
    return prose.facts(html).words


@blueprint.get("/kelompok/<public_id>/risalah")
@access(Action.SEE_GROUP, on=groups.group)
def show(group: Group) -> str:
    """The team's workplace, or the invitation to begin."""
    risalah = queries.risalah_of(group)
    if risalah is not None:
        return pages.workplace(risalah)
    return render_template(
        "risalah/begin.html",
        group=group,
        outline=outline(group.competition.outline),
        window=queries.group_window(group),
        now=clock.now(),
        can_begin=may(current_actor(), Action.WRITE_RISALAH, group),
    )


@blueprint.post("/kelompok/<public_id>/risalah/mulai")
@access(Action.WRITE_RISALAH, on=groups.group)
def begin(group: Group) -> Response:
    """Start writing."""
    with transaction():
        service.begin(signed_in_actor(), group, clock.now())
    return redirect(url_for("risalah.show", public_id=group.public_id))


@blueprint.post("/risalah/<public_id>/judul")
@access(Action.WRITE_RISALAH, on=queries.risalah)
def set_title(risalah: Risalah) -> Any:
    """Name the risalah."""
    form = TitleForm(obj=risalah)
    if form.validate_on_submit():
        try:
            with transaction():
                service.set_title(signed_in_actor(), risalah, form.title.data, form.version.data, clock.now())
        except Conflict as error:
            # Members do not write in turn: the row may have changed since the form was filled.
            form = TitleForm(obj=risalah)
            form.show(error)
        else:
            flash("Judul disimpan.", "success")
            return redirect(url_for("risalah.show", public_id=risalah.group.public_id))
    return pages.workplace(risalah, title_form=form), form.status


@blueprint.get("/risalah/<public_id>/langkah/<int:step>")
@access(Action.READ_RISALAH, on=queries.risalah)
def step(risalah: Risalah, step: int) -> str:
    """Write one step, or read it when the risalah is not in the reader's hand."""
    return pages.step_page(risalah, outline(risalah.outline).step(step))


@blueprint.post("/risalah/<public_id>/bagian/<key>")
@access(Action.WRITE_RISALAH, on=queries.risalah)
def save_section(risalah: Risalah, key: str) -> Any:
    """Save the text of a part, by hand or (for our script) automatically."""
    plan = outline(risalah.outline)
    part = plan.section(key)
    form = SectionForm()
    if not form.validate():
        raise InvalidInput(RELOAD)
    now = clock.now()
    try:
        with transaction():
            cleaned = prose.clean(form.html.data or "", queries.pictures(risalah))
            section = service.save_section(
                signed_in_actor(), risalah, key, cleaned.html, form.version.data, now, automatic=wants_json()
            )
    except Conflict as error:
        return _conflict(risalah, part, form, error)
    except InvalidInput as error:
        if wants_json():
            raise
        form.show(error)
        return pages.step_page(risalah, plan.step_of(key), refused={key: form}), 400
    lost = _lost_pictures(cleaned.lost_pictures)
    if wants_json():
        saved_at = format_time(now, risalah.competition.zone)
        return jsonify(
            saved_at=saved_at,
            version=section.version,
            problems={"html": lost} if lost else {},
            **pages.after_saving(risalah, part, section),
        )
    saved = f"Bagian “{part.label}” disimpan. {lost}".strip()
    return _shown_where(risalah, part, saved, "warning" if lost else "success")


@blueprint.get("/risalah/<public_id>/bagian/<key>/riwayat")
@access(Action.READ_RISALAH, on=queries.risalah)
def history(risalah: Risalah, key: str) -> str:
    """Every text that a part has had."""
    plan = outline(risalah.outline)
    section = queries.section(risalah, key)
    return render_template(
        "risalah/history.html",
        risalah=risalah,
        group=risalah.group,
        step=plan.step_of(key),
        part=plan.section(key),
        section=section,
        revisions=queries.revisions(section) if section else [],
        pictures=queries.pictures(risalah),
        file_url=pages.file_url,
        can_write=risalah.state is not RisalahState.SUBMITTED
        and may(current_actor(), Action.WRITE_RISALAH, risalah),
    )


@blueprint.post("/risalah/<public_id>/bagian/<key>/riwayat/<int:revision>/pulihkan")
@access(Action.WRITE_RISALAH, on=queries.risalah)
def restore(risalah: Risalah, key: str, revision: int) -> Response:
    """Make an earlier text the present one."""
    form = RestoreForm()
    if not form.validate():
        raise InvalidInput(RELOAD)
    plan = outline(risalah.outline)
    with transaction():
        service.restore_section(signed_in_actor(), risalah, key, revision, form.version.data, clock.now())
    part = plan.section(key)
    return _shown_where(risalah, part, f"Naskah lama bagian “{part.label}” dipakai lagi.")


def _shown_where(risalah: Risalah, part: StepSection, message: str, tone: str = "success") -> Response:
    """Lead to the part on the page of its step, and say there what was done."""
    step = outline(risalah.outline).step_of(part.key)
    place = pages.place_of(part)
    flash_at(place, message, tone)
    return redirect(url_for("risalah.step", public_id=risalah.public_id, step=step.number, _anchor=place))


def _conflict(risalah: Risalah, part: StepSection, form: SectionForm, error: DomainError) -> Any:
    """Both texts, for the writer to choose; nothing of what was typed is lost."""
    current = queries.section(risalah, part.key)
    version = current.version if current else 0
    if wants_json():
        message = f"{error.message} Tekan Simpan untuk membandingkan kedua naskah."
        return jsonify(
            message=message, current={"html": current.html if current else "", "version": version}
        ), 409
    pictures = queries.pictures(risalah)
    mine = SectionForm(formdata=None, html=form.html.data, version=version)
    page = render_template(
        "risalah/conflict.html",
        risalah=risalah,
        group=risalah.group,
        step=outline(risalah.outline).step_of(part.key),
        message=error.message,
        part=pages.part(part, current, pictures, mine),
        current_text=prose.show(current.html, pictures, pages.file_url) if current else Markup(""),
    )
    return page, 409


def _lost_pictures(count: int) -> str:
    if not count:
        return ""
    return f"{count} gambar dari luar tidak ikut tersimpan. Unggah gambarnya lewat tombol gambar pada penyunting."
