"""The committee's pages about the scan of a signed berita acara: sending it, comparing it, keeping it."""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from itsdangerous import BadData

from kbk import clock
from kbk.awards import minutes_printing, minutes_queries, signed_copies
from kbk.awards.forms import KeepForm, SignedCopyForm
from kbk.awards.models import Minutes, SignedCopy
from kbk.awards.paper_views import PDF
from kbk.awards.signed_copies import Scan
from kbk.awards.views import blueprint
from kbk.db import db, transaction
from kbk.errors import DomainError, NotFound
from kbk.files.kinds import Kind, Purpose
from kbk.files.scans import MOST_PHOTOS, inspect_scan, page_count
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor
from kbk.web.resending import sealer
from kbk.web.storage import send_stored, store

_SEALED = "salinan-berita-acara"
LIFE = timedelta(hours=12)
"""How long an upload waits to be compared and kept."""


def seal(minutes: Minutes, scan: Scan) -> str:
    """The scan for the address of the page that compares it; nothing in the database knows of it yet."""
    return str(sealer(_SEALED).dumps([minutes.public_id, asdict(scan)]))


def _unseal(minutes: Minutes) -> Scan | None:
    """The scan the address names, if it is a seal of ours about this berita acara that is not too old."""
    try:
        whose, scan = sealer(_SEALED).loads(request.args.get("berkas", ""), max_age=int(LIFE.total_seconds()))
    except BadData:
        return None
    return Scan(**scan) if whose == minutes.public_id else None


@blueprint.route("/panitia/berita-acara/<public_id>/salinan", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=minutes_queries.minutes)
def send_signed_copy(minutes: Minutes) -> Any:
    """Take in the scan of a signed berita acara, to be compared before it is kept."""
    back = url_for("awards.minutes", public_id=minutes.stage.public_id)
    try:
        signed_copies.check_can_keep(minutes)
    except DomainError as error:
        flash(error.message, "danger")
        return redirect(back)
    former = minutes_queries.last_signed_copy(minutes)
    form = SignedCopyForm(number=former.number + 1 if former else 1)
    if form.validate_on_submit():
        try:
            scan = _take_in(minutes, form)
            signed_copies.check_scan(minutes, scan)
        except DomainError as error:
            error.field = error.field or "files"
            form.show(error)
        else:
            return redirect(
                url_for("awards.keep_signed_copy", public_id=minutes.public_id, berkas=seal(minutes, scan))
            )
    return render_template(
        "awards/send_signed_copy.html",
        form=form,
        minutes=minutes,
        former=former,
        accept=Purpose.SCAN.accept_attribute,
        max_bytes=Kind.PDF.max_bytes,
        most_photos=MOST_PHOTOS,
    ), form.status


def _printed(minutes: Minutes) -> Iterator[tuple[Minutes, bytes]]:
    """The files of all berita acara of the edition, as far as the store still has them."""
    for item in minutes_queries.minutes_of_edition(minutes.competition):
        with suppress(FileNotFoundError):
            yield item, store().read_bytes(item.sha256)


def _take_in(minutes: Minutes, form: SignedCopyForm) -> Scan:
    """Inspect and store the upload while no transaction is open. Raises DomainError."""
    printed = list(_printed(minutes))
    with tempfile.TemporaryDirectory(prefix="kbk-") as folder:
        uploads = []
        for position, upload in enumerate(form.files.data):
            path = Path(folder) / f"upload-{position}"
            upload.save(path)
            uploads.append((path, upload.filename or ""))
        exact = signed_copies.holds_the_printed_file(uploads[0][0].read_bytes(), minutes, printed)
        db.session.rollback()
        inspected = inspect_scan(uploads)
        stored = store().put_file(inspected.clean_path)
    assert inspected.pages is not None
    return Scan(
        filename=inspected.filename,
        pages=inspected.pages,
        sha256=stored.sha256,
        size=stored.size,
        number=form.number.data,
        reason=form.reason.data or "",
        exact=exact,
    )


@blueprint.route("/panitia/berita-acara/<public_id>/salinan/periksa", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=minutes_queries.minutes)
def keep_signed_copy(minutes: Minutes) -> Any:
    """Show a scan beside the printed berita acara, and keep it when it is the same paper."""
    scan, form = _unseal(minutes), KeepForm()
    if scan is None:
        flash("Berkas yang diunggah tidak dikenali atau sudah terlalu lama. Unggah sekali lagi.", "danger")
        return redirect(url_for("awards.send_signed_copy", public_id=minutes.public_id))
    if form.validate_on_submit():
        try:
            with transaction():
                kept = signed_copies.keep_signed_copy(signed_in_actor(), minutes, scan, clock.now())
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Salinan bertanda tangan disimpan ({kept.pages} halaman).", "success")
            return redirect(url_for("awards.minutes", public_id=minutes.stage.public_id))
    return render_template(
        "awards/keep_signed_copy.html",
        form=form,
        minutes=minutes,
        scan=scan,
        sealed=request.args["berkas"],
        pages=next((page_count(file) for item, file in _printed(minutes) if item.id == minutes.id), None),
    ), form.status


@blueprint.get("/panitia/berita-acara/<public_id>/salinan/berkas")
@access(Action.RUN_COMPETITIONS, on=minutes_queries.minutes)
def sent_copy(minutes: Minutes) -> Response:
    """The file of a scan that is not kept yet."""
    scan = _unseal(minutes)
    if scan is None:
        raise NotFound("Berkas ini tidak ditemukan. Unggah sekali lagi.")
    return send_stored(scan.sha256, filename=scan.filename, media_type=PDF)


@blueprint.get("/panitia/salinan-berita-acara/<public_id>")
@access(Action.RUN_COMPETITIONS, on=minutes_queries.signed_copy)
def signed_copy(found: SignedCopy) -> Response:
    """The kept file of a scan, also of one that was replaced."""
    name = minutes_printing.signed_copy_file_name(found)
    return send_stored(found.sha256, filename=name, media_type=PDF)
