"""The committee's pages about the scan of a signed berita acara."""

import tempfile
from pathlib import Path
from typing import Any

from flask import Response, flash, redirect, render_template, url_for

from kbk import clock
from kbk.awards import minutes_printing, minutes_queries, signed_copies
from kbk.awards.forms import SignedCopyForm
from kbk.awards.models import Minutes, SignedCopy
from kbk.awards.paper_views import PDF
from kbk.awards.views import blueprint
from kbk.db import db, transaction
from kbk.errors import DomainError
from kbk.files.kinds import Kind, Purpose
from kbk.files.scans import MOST_PHOTOS, inspect_scan
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor
from kbk.web.storage import send_stored, store


@blueprint.route("/panitia/berita-acara/<public_id>/salinan", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=minutes_queries.minutes)
def keep_signed_copy(minutes: Minutes) -> Any:
    """Take the scan of a signed berita acara, in the place of the former one."""
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
            kept = _take_in(minutes, form)
        except DomainError as error:
            error.field = error.field or "files"
            form.show(error)
        else:
            flash(f"Salinan bertanda tangan disimpan ({kept.pages} halaman).", "success")
            return redirect(back)
    return render_template(
        "awards/keep_signed_copy.html",
        form=form,
        minutes=minutes,
        former=former,
        accept=Purpose.SCAN.accept_attribute,
        max_bytes=Kind.PDF.max_bytes,
        most_photos=MOST_PHOTOS,
    ), form.status


def _take_in(minutes: Minutes, form: SignedCopyForm) -> SignedCopy:
    """Inspect and store the upload while no transaction is open, then keep it. Raises DomainError."""
    db.session.rollback()
    with tempfile.TemporaryDirectory(prefix="kbk-") as folder:
        uploads = []
        for position, upload in enumerate(form.files.data):
            path = Path(folder) / f"upload-{position}"
            upload.save(path)
            uploads.append((path, upload.filename or ""))
        inspected = inspect_scan(uploads)
        stored = store().put_file(inspected.clean_path)
    with transaction():
        return signed_copies.keep_signed_copy(
            signed_in_actor(),
            minutes,
            inspected,
            stored,
            clock.now(),
            number=form.number.data,
            reason=form.reason.data or "",
        )


@blueprint.get("/panitia/salinan-berita-acara/<public_id>")
@access(Action.RUN_COMPETITIONS, on=minutes_queries.signed_copy)
def signed_copy(found: SignedCopy) -> Response:
    """The kept file of a scan, also of one that was replaced."""
    name = minutes_printing.signed_copy_file_name(found)
    return send_stored(found.sha256, filename=name, media_type=PDF)
