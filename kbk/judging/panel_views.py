"""The committee's pages: judges of an edition, appointments of a stage, sheets to reopen or release."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.accounts import queries as accounts
from kbk.accounts import service as people
from kbk.accounts.links import invitation_link
from kbk.accounts.models import User
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition, Stage
from kbk.db import transaction
from kbk.errors import DomainError, InvalidInput
from kbk.groups.rules import checked_contact, name_problem
from kbk.judging import queries, rules, service
from kbk.judging.forms import JudgeForm, OriginForm, PanelForm, ReasonForm, ShareForm, sheet_fields
from kbk.judging.link_views import give_link, next_waiting
from kbk.judging.models import Entry, Judge, Sheet
from kbk.judging.panels import PanelStanding, progress_by_judge, stage_panels
from kbk.judging.views import blueprint
from kbk.paging import paged
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor
from kbk.web.listing import choice, search_words, wanted_page

STANDING_LABELS = {
    PanelStanding.WITHOUT_JUDGE: "Tanpa juri",
    PanelStanding.MISSING: "Lembar belum lengkap",
    PanelStanding.COMPLETE: "Lengkap",
}


@blueprint.get("/panitia/gelar/<public_id>/juri")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def judges(competition: Competition) -> str:
    """List the judges of an edition, how far they are, and the stages they are appointed in."""
    found = queries.judges(competition)
    links = accounts.open_invitations([judge.user_id for judge in found], clock.now())
    return render_template(
        "judging/judges.html",
        competition=competition,
        judges=found,
        progress=progress_by_judge(competition, found),
        links=links,
        waiting=[judge for judge in found if judge.user_id in links and links[judge.user_id].to_hand_over],
    )


@blueprint.route("/panitia/gelar/<public_id>/juri/baru", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def add_judge(competition: Competition) -> Any:
    """Add a judge and make the first invitation."""
    form, units, former = JudgeForm(), competitions.units(), queries.former_judges(competition)
    form.offer_units(units)
    form.offer_people(former)
    if form.validate_on_submit():
        try:
            with transaction():
                actor, now = signed_in_actor(), clock.now()
                user = form.chosen_person(former) or _new_person(form)
                judge = service.add_judge(
                    actor,
                    competition,
                    user,
                    unit=form.chosen_unit(units),
                    institution=form.institution.data or "",
                    job_title=form.job_title.data or "",
                    now=now,
                )
                if user.password_hash is None:
                    give_link(judge)
        except DomainError as error:
            form.show(error)
        else:
            flash(f"{user.name} menjadi juri. Serahkan undangannya agar dapat masuk.", "success")
            return redirect(url_for("judging.judge", public_id=judge.public_id))
    return render_template(
        "judging/add_judge.html", form=form, competition=competition, former=former
    ), form.status


def _new_person(form: JudgeForm) -> User:
    """The person typed into the form; raises InvalidInput."""
    if problem := name_problem(form.name.data or "", "Nama juri"):
        raise InvalidInput(problem, field="name")
    now = clock.now()
    contact = checked_contact(
        form.nip.data or "", form.phone.data or "", form.email.data or "", today=now.date()
    )
    return people.add_user(
        signed_in_actor(),
        name=form.name.data or "",
        nip=contact.nip,
        phone=contact.phone,
        email=contact.email,
        now=now,
    )


@blueprint.route("/panitia/juri/<public_id>", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.judge)
def judge(judge: Judge) -> Any:
    """Show a judge with invitation and appointments, and correct where the judge comes from."""
    units = competitions.units()
    form = OriginForm(
        version=judge.version,
        unit=judge.unit.public_id if judge.unit else "",
        institution=judge.institution,
        job_title=judge.job_title,
    )
    form.offer_units(units)
    if form.validate_on_submit():
        try:
            with transaction():
                service.change_judge(
                    signed_in_actor(),
                    judge,
                    version=form.version.data,
                    unit=form.chosen_unit(units),
                    institution=form.institution.data or "",
                    job_title=form.job_title.data or "",
                    now=clock.now(),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash("Data juri telah disimpan.", "success")
            return redirect(url_for("judging.judge", public_id=judge.public_id))
    invitation = accounts.open_invitations([judge.user_id], clock.now()).get(judge.user_id)
    sheets, search = queries.sheets_of_judge(judge), search_words()
    return render_template(
        "judging/judge.html",
        form=form,
        judge=judge,
        invitation=invitation,
        link=invitation_link(invitation, judge.competition.name) if invitation else None,
        following=next_waiting(judge) if invitation else None,
        sheets=sheets,
        page=paged([sheet for sheet in sheets if sheet.entry.group.is_called(search)], wanted_page()),
        search=search,
    ), form.status


@blueprint.post("/panitia/juri/<public_id>/hapus")
@access(Action.RUN_COMPETITIONS, on=queries.judge)
def remove_judge(judge: Judge) -> Response:
    """Take a judge without sheets off the panel of the edition."""
    competition, name = judge.competition, judge.user.name
    with transaction():
        service.remove_judge(signed_in_actor(), judge, clock.now())
    flash(f"{name} bukan lagi juri gelar ini.", "success")
    return redirect(url_for("judging.judges", public_id=competition.public_id))


@blueprint.get("/panitia/tahap/<public_id>/penugasan")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def appointments(stage: Stage) -> Any:
    """Show who judges what and who is missing."""
    return _appointments_page(stage, ShareForm())


def _appointments_page(stage: Stage, form: ShareForm) -> str:
    panels = stage_panels(stage)
    if form.per_entry.data is None and not form.is_submitted():
        form.per_entry.data = max(panels.most, min(3, len(panels.judges))) or None
    search, standing = search_words(), choice(PanelStanding, "keadaan")
    return render_template(
        "judging/appointments.html",
        stage=stage,
        form=form,
        panels=panels,
        page=paged(panels.matching(search=search, standing=standing), wanted_page()),
        search=search,
        standing=standing,
        standings=STANDING_LABELS,
        late=queries.late_joiners(stage),
        waiting=queries.handed_in_group_ids(stage.competition) if stage.position == 1 else [],
    )


def _back_to(stage: Stage) -> Response:
    return redirect(url_for("judging.appointments", public_id=stage.public_id))


@blueprint.post("/panitia/tahap/<public_id>/buka")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def open_stage(stage: Stage) -> Response:
    """Open a stage for marks."""
    with transaction():
        service.open_stage(signed_in_actor(), stage, clock.now())
    flash(f"Tahap {stage.name} dibuka. Tugaskan juri untuk setiap peserta.", "success")
    return _back_to(stage)


@blueprint.post("/panitia/tahap/<public_id>/susulan")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def admit_late(stage: Stage) -> Response:
    """Let groups take part that have handed in since the stage was opened."""
    with transaction():
        added = service.admit_late(signed_in_actor(), stage, clock.now())
    flash(f"{added} kelompok ditambahkan. Tugaskan juri untuk mereka.", "success")
    return _back_to(stage)


@blueprint.post("/panitia/tahap/<public_id>/bagi")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def share_out(stage: Stage) -> Any:
    """Give every entry the wished number of judges, evenly."""
    form = ShareForm()
    if form.validate():
        try:
            with transaction():
                added = service.share_out(signed_in_actor(), stage, form.per_entry.data, clock.now())
        except DomainError as error:
            form.show(error)
        else:
            flash(
                f"{added} penugasan ditambahkan." if added else "Semua peserta sudah cukup juri.", "success"
            )
            return _back_to(stage)
    return _appointments_page(stage, form), 400


@blueprint.route("/panitia/peserta/<public_id>/juri", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.entry)
def panel(entry: Entry) -> Any:
    """Show and change who judges one entry."""
    form, found = PanelForm(), queries.judges(entry.competition)
    if form.validate_on_submit():
        try:
            with transaction():
                service.change_panel(
                    signed_in_actor(),
                    entry,
                    shown=form.chosen(found, request.form, "semula"),
                    chosen=form.chosen(found, request.form, "juri"),
                    now=clock.now(),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Penugasan untuk KBK {entry.group.name} telah disimpan.", "success")
            return _back_to(entry.stage)
    sheets = {sheet.judge_id: sheet for sheet in queries.sheets_of_entry(entry)}
    own = queries.own_units(found)
    return render_template(
        "judging/panel.html",
        form=form,
        entry=entry,
        judges=found,
        sheets=sheets,
        forbidden={judge.id for judge in found if entry.group.unit_id in own[judge.id]},
        chosen=request.form.getlist("juri") if form.is_submitted() else None,
    ), form.status


@blueprint.get("/panitia/lembar/<public_id>")
@access(Action.RUN_COMPETITIONS, on=queries.sheet)
def inspect(sheet: Sheet) -> str:
    """Show the committee how far a sheet is, and what is on it once it is signed."""
    marks = queries.marks(sheet)
    rubric = rules.read_rubric(sheet.entry.stage.rubric, sheet.entry.stage.name)
    return render_template(
        "judging/inspect.html",
        sheet=sheet,
        state=queries.state_of(sheet, len(marks)),
        filled=len(marks),
        earlier=queries.earlier_marks(sheet),
        fields=sheet_fields(rubric, marks if sheet.signed_at else {}),
    )


@blueprint.route("/panitia/lembar/<public_id>/buka-kembali", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.sheet)
def reopen(sheet: Sheet) -> Any:
    """Take the signature off a sheet, with a reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        with transaction():
            service.reopen_sheet(signed_in_actor(), sheet, form.reason.data, clock.now())
        flash(f"Lembar {sheet.judge.user.name} untuk KBK {sheet.entry.group.name} dibuka kembali.", "success")
        return _back_to(sheet.entry.stage)
    return render_template("judging/reopen.html", form=form, sheet=sheet), form.status


@blueprint.route("/panitia/lembar/<public_id>/bebaskan", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.sheet)
def release(sheet: Sheet) -> Any:
    """Relieve a judge of an entry, with a reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        with transaction():
            service.recuse(signed_in_actor(), sheet, form.reason.data, clock.now())
        flash(f"{sheet.judge.user.name} tidak lagi menilai KBK {sheet.entry.group.name}.", "success")
        return _back_to(sheet.entry.stage)
    return render_template("judging/release.html", form=form, sheet=sheet), form.status
