"""The file store of this installation, and sending its files so that a browser runs nothing in them."""

import logging

from flask import Flask, Response, current_app, send_file

from kbk.errors import NotFound
from kbk.files.store import FileStore
from kbk.web.headers import DOWNLOAD_POLICY

log = logging.getLogger(__name__)

SHOWN_INSIDE = frozenset({"image/jpeg", "image/png", "application/pdf"})


def init_storage(app: Flask, url: str) -> None:
    """Open the store at `url`."""
    app.extensions["store"] = FileStore(url)


def store() -> FileStore:
    """The installation's file store."""
    found: FileStore = current_app.extensions["store"]
    return found


def send_stored(sha256: str, *, filename: str, media_type: str, inline: bool = False) -> Response:
    """Answer with a stored file, inert.

    `inline` shows pictures and PDF files in the page; everything else is always a download. The bytes under a
    hash never change, so the browser may keep them, privately. Raises NotFound when the store has lost them.
    """
    shown = inline and media_type in SHOWN_INSIDE
    try:
        content = store().open_stream(sha256)
    except FileNotFoundError:
        log.error("stored file is missing: %s", sha256)
        raise NotFound(
            f"Berkas “{filename}” tidak ada lagi di penyimpanan. Beri tahu panitia agar dipulihkan dari cadangan."
        ) from None
    response = send_file(
        content, mimetype=media_type, as_attachment=not shown, download_name=filename, etag=False
    )
    response.set_etag(sha256)
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response
