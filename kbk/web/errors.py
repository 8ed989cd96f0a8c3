"""What a user reads when something cannot be done: one page per status, in the user's words."""

import logging
from collections.abc import Iterable

from flask import Flask, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response

from kbk.db import db
from kbk.errors import Closed, Conflict, DomainError, FileProblem, InvalidInput, NotAllowed, NotFound
from kbk.web.refusals import log_refusal, note_fault
from kbk.web.resending import MOST_KEPT, NOT_TYPED, SECRET_FIELDS, seal, way_back

log = logging.getLogger(__name__)

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    NotAllowed: 409,
    Closed: 409,
    Conflict: 409,
    FileProblem: 400,
    InvalidInput: 400,
}
PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 423, 429, 500, 503})
SAID = {
    401: "Sesi Anda sudah berakhir karena lama tidak dipakai.",
    423: "Lembar nilai terkunci.",
}
"""What our scripts are told where the status alone says what has happened."""


def wants_json() -> bool:
    """True for the requests that our scripts send."""
    return request.headers.get("X-Requested-With") == "fetch"


def kept_texts(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was typed into a form, except secrets, to be shown for copying."""
    kept, left = [], MOST_KEPT
    for name, value in fields:
        if value.strip() and len(value) <= left and name not in SECRET_FIELDS | NOT_TYPED:
            kept.append((name.replace("_", " "), value))
            left -= len(value)
    return kept


def _answer(status: int, message: str | None, *, changed: bool = True) -> tuple[Response | str, int]:
    """The answer of a status; `changed` tells whether a 409 comes from somebody else's change."""
    if wants_json():
        message = SAID.get(status, message)
        return jsonify(message=message or "Permintaan ini tidak dapat dipenuhi."), status
    g.setdefault("actor", None)
    g.subject = None  # the thing the page was about may be what is gone
    page = status if status in PAGES else 500
    try:
        kept = (
            kept_texts(request.form.items(multi=True)) if request.method == "POST" and status != 413 else []
        )
    except HTTPException:
        kept = []
    back = _way_back() if status in SAID else {}
    if status == 423 and back["sealed"]:
        kept = []  # whoever finds a locked tablet must not read it
    return render_template(f"errors/{page}.html", message=message, kept=kept, changed=changed, **back), status


def _way_back() -> dict[str, str | None]:
    """Where to go on after the password: the page that was asked for, or from which a form was sent, sealed."""
    if request.method == "POST":
        return {"sealed": seal(), "way_back": way_back()}
    return {"sealed": None, "way_back": request.full_path.rstrip("?")}


def _forget_actor() -> None:
    """Show the page about a fault as to a visitor: its frame must not ask the database, which may be the fault."""
    g.actor = None


def init_errors(app: Flask) -> None:
    """Give every fault its page."""

    @app.errorhandler(DomainError)
    def refused(error: DomainError) -> tuple[Response | str, int]:
        db.session.rollback()
        note_fault(error)
        return _answer(STATUS.get(type(error), 400), error.message, changed=isinstance(error, Conflict))

    @app.errorhandler(IntegrityError)
    def overtaken(error: IntegrityError) -> tuple[Response | str, int]:
        db.session.rollback()
        log.error("refused by the database", exc_info=error)
        return _answer(409, "Data ini baru saja diubah orang lain. Muat ulang halaman, lalu periksa isinya.")

    @app.errorhandler(OperationalError)
    def overloaded(error: OperationalError) -> tuple[Response | str, int]:
        db.session.rollback()
        log.error("the database did not answer", exc_info=error)
        _forget_actor()
        return _answer(503, "Basis data sedang sangat sibuk, sehingga permintaan ini belum dikerjakan.")

    @app.errorhandler(CSRFError)
    def stale_form(_error: CSRFError) -> tuple[Response | str, int]:
        log_refusal("form without its token")
        return _answer(400, "Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu kirim sekali lagi.")

    @app.errorhandler(SecurityError)
    def unknown_host(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
        return (
            "Situs ini tidak dilayani dengan nama itu.\n",
            400,
            {"Content-Type": "text/plain; charset=utf-8"},
        )

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> tuple[Response | str, int] | HTTPException:
        if error.code is not None and error.code < 400:
            return error
        db.session.rollback()
        if isinstance(error, InternalServerError):
            log.error("request failed", exc_info=error.original_exception)
            _forget_actor()
        return _answer(error.code or 500, None)
