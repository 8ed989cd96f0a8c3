"""Uploading, fetching and removing the files of a risalah."""

import tempfile
from pathlib import Path
from typing import Any

from flask import flash, jsonify, redirect, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from kbk import clock
from kbk.db import db, transaction
from kbk.errors import DomainError, FileProblem
from kbk.files.inspection import inspect
from kbk.files.kinds import Purpose
from kbk.indonesian import join_words
from kbk.policy import Action
from kbk.risalah import pages, queries, rules, service
from kbk.risalah.blueprint import blueprint
from kbk.risalah.forms import DocumentForm, PictureForm, UploadForm
from kbk.risalah.models import Attachment, Risalah
from kbk.risalah.outline import outline
from kbk.risalah.rules import AttachmentPurpose
from kbk.web.access import access, signed_in_actor
from kbk.web.flashes import flash_at
from kbk.web.refusals import note_fault
from kbk.web.storage import send_stored, store


def _take_in(
    risalah: Risalah, upload: FileStorage, kinds: Purpose, purpose: AttachmentPurpose, step: str | None = None
) -> Attachment:
    """Inspect, store and attach an upload. Raises DomainError."""
    rules.check_writable(risalah.state)
    # Opening a file can take many seconds, in which nobody else may have to wait for the write lock.
    db.session.rollback()
    with tempfile.TemporaryDirectory(prefix="kbk-") as folder:
        path = Path(folder) / "upload"
        upload.save(path)
        inspected = inspect(path, upload.filename or "", kinds)
        stored = store().put_file(inspected.clean_path)
    with transaction():
        return service.attach(
            signed_in_actor(),
            risalah,
            inspected,
            stored,
            clock.now(),
            quota=pages.quota(),
            purpose=purpose,
            step=step,
        )


@blueprint.post("/risalah/<public_id>/berkas")
@access(Action.WRITE_RISALAH, on=queries.risalah)
def attach(risalah: Risalah) -> Any:
    """Add files to a step or to the whole risalah; one that is refused does not keep the others out."""
    form = UploadForm()
    step = outline(risalah.outline).step(form.step.data) if form.step.data is not None else None
    if form.validate():
        added, refused = [], []
        for upload in form.file.data:
            try:
                added.append(
                    _take_in(
                        risalah,
                        upload,
                        Purpose.ATTACHMENT,
                        AttachmentPurpose.ATTACHMENT,
                        step.key if step else None,
                    )
                )
            except DomainError as error:
                note_fault(error)
                refused.append(error.message)
        told = join_words([f"“{file.filename}”" for file in added])
        if not refused:
            return _shown_where(added[-1], f"Berkas {told} ditambahkan.")
        also = [f"Berkas {told} sudah ditambahkan dan tidak perlu diunggah lagi."] if added else []
        form.file.errors = [*dict.fromkeys(refused), *also]
    if step is None:
        return pages.workplace(risalah, upload_form=form), 400
    return pages.step_page(risalah, step, upload_form=form), 400


@blueprint.post("/risalah/<public_id>/dokumen")
@access(Action.WRITE_RISALAH, on=queries.risalah)
def document(risalah: Risalah) -> Any:
    """Take the whole risalah as one PDF, in place of the former one."""
    form = DocumentForm()
    if form.validate():
        try:
            added = _take_in(risalah, form.file.data, Purpose.RISALAH, AttachmentPurpose.DOCUMENT)
        except DomainError as error:
            note_fault(error)
            advice = rules.advice_on_document(form.file.data.filename or "")
            form.file.errors = [f"{error.message} {advice}".strip()]
        else:
            flash(f"Risalah utuh “{added.filename}” ({added.pages} halaman) diterima.", "success")
            # To the top of the page: the confirmation and the next step stand there.
            return redirect(url_for("risalah.show", public_id=risalah.group.public_id, _anchor="isi"))
    return pages.workplace(risalah, document_form=form), 400


@blueprint.post("/risalah/<public_id>/gambar")
@access(Action.WRITE_RISALAH, on=queries.risalah)
def picture(risalah: Risalah) -> Response:
    """Take a picture from the editor; the answer says where it is shown."""
    form = PictureForm()
    if not form.validate():
        raise FileProblem("Gambar belum dipilih. Pilih berkas JPEG atau PNG.")
    added = _take_in(risalah, form.file.data, Purpose.PICTURE, AttachmentPurpose.PICTURE)
    return jsonify(url=pages.file_url(added.public_id))


@blueprint.get("/berkas/<public_id>")
@access(Action.READ_RISALAH, on=queries.attachment)
def file(attachment: Attachment) -> Response:
    """Send a file, inert; pictures may be shown inside a page."""
    return send_stored(
        attachment.sha256,
        filename=attachment.filename,
        media_type=attachment.media_type,
        inline=attachment.media_type.startswith("image/"),
    )


@blueprint.post("/berkas/<public_id>/hapus")
@access(Action.WRITE_RISALAH, on=queries.attachment)
def remove_file(attachment: Attachment) -> Response:
    """Take a file out of the risalah."""
    with transaction():
        service.remove_file(signed_in_actor(), attachment, clock.now())
    return _shown_where(attachment, f"Berkas “{attachment.filename}” dihapus.")


def _shown_where(attachment: Attachment, message: str) -> Response:
    """Lead to the list in which the file stands or stood, and say there what was done."""
    risalah = attachment.risalah
    place = "dokumen-utuh" if attachment.purpose is AttachmentPurpose.DOCUMENT else "berkas"
    flash_at(place, message)
    if attachment.step is not None:
        page = url_for("risalah.step", public_id=risalah.public_id, step=int(attachment.step), _anchor=place)
    else:
        page = url_for("risalah.show", public_id=risalah.group.public_id, _anchor=place)
    return redirect(page)
