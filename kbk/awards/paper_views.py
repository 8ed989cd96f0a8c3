"""Pages about papers: printed rankings, certificates, and what a team gets to see and keep."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from flask import Response, flash, redirect, render_template, request, send_file, url_for

from kbk import clock
from kbk.awards import feedback, issuing, papers, printing, queries, rules, score_record, workbook
from kbk.awards.forms import CertificatesForm, PrintForm, ReprintForm
from kbk.awards.minutes_printing import marks_fingerprint
from kbk.awards.models import Certificate
from kbk.awards.views import blueprint
from kbk.competitions import queries as competitions
from kbk.competitions.models import Category, Competition, Stage, StageState
from kbk.competitions.rules import name_key, slug
from kbk.db import db, transaction
from kbk.errors import DomainError, InvalidInput, NotFound
from kbk.groups import queries as groups
from kbk.groups.models import Group
from kbk.indonesian import format_exact
from kbk.jobs.models import JobState
from kbk.jobs.queue import enqueue
from kbk.paging import paged
from kbk.policy import Action
from kbk.web.access import access, current_actor, signed_in_actor
from kbk.web.headers import DOWNLOAD_POLICY
from kbk.web.listing import search_words, wanted_page
from kbk.web.storage import send_stored, store

PDF = "application/pdf"
ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JOB_STATES = {
    JobState.QUEUED: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "done",
    JobState.FAILED: "failed",
}


def download(content: IO[bytes], filename: str, media_type: str) -> Response:
    """Answer with bytes made for this request, inert and never shown inside a page."""
    response = send_file(content, mimetype=media_type, as_attachment=True, download_name=filename, etag=False)
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _print_paper(stage: Stage) -> tuple[papers.RankingPaper, Category]:
    """The ranking the address asks for: ?kategori, and once it is decided optionally ?nomor and ?tanggal."""
    form = PrintForm(request.args)
    if not form.validate():
        raise InvalidInput(" ".join(message for field in form for message in field.errors))
    wanted = request.args.get("kategori")
    category = next(
        (item for item in competitions.categories(stage.competition) if item.public_id == wanted), None
    )
    if category is None:
        raise NotFound("Kategori ini tidak ditemukan.")
    number, day = form.nomor.data or "", form.tanggal.data
    if stage.state not in rules.DECIDED:
        number, day = "", _today(stage.competition)
    paper = printing.ranking_paper(stage, category, number=number, printed_on=day)
    return paper, category


@blueprint.get("/panitia/tahap/<public_id>/peringkat/cetak")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def print_ranking(stage: Stage) -> Response:
    """The ranking of a category as PDF."""
    paper, category = _print_paper(stage)
    return download(
        BytesIO(papers.render_ranking(paper)), printing.ranking_file_name(stage, category, "pdf"), PDF
    )


@blueprint.get("/panitia/tahap/<public_id>/peringkat/excel")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def ranking_workbook(stage: Stage) -> Response:
    """The ranking of a category as Excel file."""
    paper, category = _print_paper(stage)
    return download(
        BytesIO(workbook.ranking_workbook(paper)), printing.ranking_file_name(stage, category, "xlsx"), XLSX
    )


@blueprint.get("/panitia/tahap/<public_id>/peringkat/rekaman")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def score_records(stage: Stage) -> Response:
    """Everything an outsider counts a stage again from: one open score record for each category."""
    rules.check_can_record(stage=stage.name, state=stage.state)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in record_files(stage):
            archive.writestr(name, content)
    packed.seek(0)
    return download(packed, f"{slug(f'rekaman nilai {stage.name}')}.zip", ZIP)


def record_files(stage: Stage) -> Iterator[tuple[str, str]]:
    """The score records of a stage and what explains them, each with its name."""
    tally = queries.stage_tally(stage)
    for own in tally.categories:
        data = score_record.score_record(tally.facts, own)
        name = f"{slug(f'nilai {stage.name} {own.category.name}')}.json"
        yield name, json.dumps(data, ensure_ascii=False, indent=1)
    yield (
        "BACA-DAHULU.txt",
        score_record.reading_notes(
            printing.occasion(stage.competition), tally.facts.name, marks_fingerprint(tally.facts)
        ),
    )


@blueprint.get("/panitia/gelar/<public_id>/piagam")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def certificates(competition: Competition) -> Any:
    """List the certificates of an edition and what is still to be made; scripts ask only for the job."""
    job = queries.last_job(competition, issuing.CERTIFICATES)
    state = JOB_STATES[JobState(job.state)] if job else None
    if request.headers.get("HX-Request"):
        over = {"HX-Refresh": "true"} if state in {"done", "failed"} else {}
        return render_template("awards/_job.html", competition=competition, job=job, state=state), over
    return _certificates_page(competition, CertificatesForm(issued_on=_today(competition)))


def _today(competition: Competition) -> Any:
    return clock.now().astimezone(competition.zone.tz).date()


def _certificates_page(competition: Competition, form: CertificatesForm) -> str:
    made, search = queries.certificates(competition), search_words()
    listed = sorted(made, key=lambda item: (rules.award_order(item.award), item.serial))
    job = queries.last_job(competition, issuing.CERTIFICATES)
    return render_template(
        "awards/certificates.html",
        competition=competition,
        form=form,
        certificates=made,
        page=paged([item for item in listed if _names(item, search)], wanted_page()),
        search=search,
        awarded=len(queries.awarded(competition)),
        valid=sum(item.revoked_at is None for item in made),
        job=job,
        state=JOB_STATES[JobState(job.state)] if job else None,
    )


def _names(certificate: Certificate, search: str) -> bool:
    """Say whether group, unit, award or number hold the words."""
    key = name_key(search)
    own = name_key(certificate.award), name_key(certificate.number)
    return certificate.group.is_called(search) or any(key in text for text in own)


@blueprint.post("/panitia/gelar/<public_id>/piagam/buat")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def make_certificates(competition: Competition) -> Any:
    """Hand the making of all missing certificates to the worker."""
    form = CertificatesForm()
    if not form.validate():
        return _certificates_page(competition, form), 400
    job = queries.last_job(competition, issuing.CERTIFICATES)
    if job and job.state in {JobState.QUEUED, JobState.RUNNING}:
        flash("Piagam sedang dibuat. Tunggu sampai selesai.", "info")
    else:
        payload = {
            "issued_on": form.issued_on.data.isoformat(),
            "participants": form.participants.data,
        }
        with transaction():
            enqueue(
                signed_in_actor(),
                issuing.CERTIFICATES,
                f"Piagam {competition.name}"[:200],
                payload,
                competition_id=competition.id,
                now=clock.now(),
            )
        flash("Pembuatan piagam telah dimulai. Kemajuannya tampak di bawah ini.", "success")
    return redirect(url_for("awards.certificates", public_id=competition.public_id))


@blueprint.get("/panitia/gelar/<public_id>/piagam/semua")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def all_certificates(competition: Competition) -> Response:
    """All valid certificates in one archive."""
    valid = [item for item in queries.certificates(competition) if item.revoked_at is None]
    if not valid:
        raise NotFound("Belum ada piagam yang berlaku untuk diunduh.")
    # In a file of its own, so that hundreds of certificates are never in memory at once; it goes when it is sent.
    packed = tempfile.TemporaryFile(prefix="kbk-")  # noqa: SIM115
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for item in valid:
            name = printing.certificate_file_name(item)
            with store().open_stream(item.sha256) as content, archive.open(name, "w") as entry:
                shutil.copyfileobj(content, entry)
    packed.seek(0)
    return download(packed, f"piagam-{competition.slug}.zip", ZIP)


@blueprint.get("/piagam/<public_id>")
@access(Action.SEE_OWN_CERTIFICATE, on=queries.certificate)
def certificate(found: Certificate) -> Response:
    """One certificate's file; a team gets it once the award is published and while it is valid."""
    actor = current_actor()
    hidden = found.stage.state is not StageState.PUBLISHED or found.revoked_at is not None
    if hidden and not (actor and actor.organiser):
        raise NotFound("Piagam ini tidak ditemukan.")
    return send_stored(found.sha256, filename=printing.certificate_file_name(found), media_type=PDF)


@blueprint.route("/panitia/piagam/<public_id>/cetak-ulang", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.certificate)
def reprint(old: Certificate) -> Any:
    """Revoke a certificate with a reason and make its successor."""
    form = ReprintForm(issued_on=old.issued_on)
    if form.validate_on_submit():
        try:
            draft = issuing.reprint_draft(old, issued_on=form.issued_on.data)
            db.session.rollback()
            pdf = papers.render_certificate(draft.paper)
            with transaction():
                issuing.replace_certificate(
                    signed_in_actor(), old, draft, pdf, reason=form.reason.data, now=clock.now()
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(
                f"Piagam baru bernomor {draft.number or draft.serial} telah dibuat; yang lama dicabut.",
                "success",
            )
            return redirect(url_for("awards.certificates", public_id=old.competition.public_id))
    return render_template("awards/reprint.html", form=form, certificate=old), form.status


@blueprint.get("/kelompok/<public_id>/hasil")
@access(Action.SEE_GROUP, on=groups.group)
def own_result(group: Group) -> str:
    """A group's own published results, means by criterion, comments without names, and certificates."""
    return render_template(
        "awards/own_result.html",
        group=group,
        results=feedback.own_results(group),
        certificates=queries.valid_certificates_of(group),
        exact=format_exact,
    )
