"""Each view declares what it is for; a view that declares nothing is refused.

`@access(Action.X, on=loader)` loads the subject (404 when there is none), asks the policy, and hands the
subject to the view. The loader takes those of the address's parts that it names; the view gets the rest.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from kbk import db
from kbk.errors import NotFound
from kbk.policy import RULES, Action, Actor, Subject, may
from kbk.web.refusals import log_refusal, note_no_right

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
IN_TURN = frozenset({Action.RUN_COMPETITIONS, Action.EDIT_GROUP})
"""What is done by one person after the other, so that of two clicks the second finds what the first has done."""
LOCKABLE = frozenset({Action.SEE_OWN_SHEETS, Action.FILL_SHEET})
"""What is not shown or taken in a browser that nobody has touched for a while, until the password is typed."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares: the action it serves and how its subject is found."""

    action: Action
    loader: Callable[..., Subject] | None


def current_actor() -> Actor | None:
    """The person behind this request, or None for a visitor."""
    actor: Actor | None = g.get("actor")
    return actor


def signed_in_actor() -> Actor:
    """The person behind this request, where the policy has made sure that there is one."""
    actor = current_actor()
    if actor is None:
        abort(401)
    return actor


def access(action: Action, on: Callable[..., Subject] | None = None) -> Callable[..., Any]:
    """Open a view to those the policy allows `action` on the subject found by `on`."""
    wanted = tuple(inspect.signature(on).parameters) if on else ()

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(**parts: Any) -> Any:
            if current_actor() is None and not may(None, action):
                return _refuse(action)
            try:
                subject = on(**{name: parts.pop(name) for name in wanted}) if on else None
            except NotFound:
                # A thing that must stay unknown and a thing that is not there get the same answer.
                if RULES[action].secret:
                    abort(404)
                raise
            if not may(current_actor(), action, subject):
                return _refuse(action)
            if action in LOCKABLE:
                _refuse_locked()
            g.subject = subject
            return view(subject, **parts) if on else view(**parts)

        guarded.access = Access(action, on)  # type: ignore[attr-defined]
        return guarded

    return declare


def _refuse(action: Action) -> Response:
    if current_actor() is not None:
        note_no_right()
        abort(404 if RULES[action].secret else 403)
    if request.method not in SAFE_METHODS:
        note_no_right()
        abort(401)
    return redirect(url_for("accounts.sign_in", lanjut=request.full_path.rstrip("?")))


def _refuse_locked() -> None:
    """Ask for the password where nobody has touched score sheets for a while; note that they are used otherwise."""
    if g.locked:
        log_refusal("locked")
        abort(423)
    g.judging = True


def init_access(app: Flask) -> None:
    """Refuse what declares no access and forms sent by other sites; prepare the transaction for the method."""

    @app.before_request
    def prepare() -> None:
        db.expect_writing(request.method not in SAFE_METHODS)
        declared = getattr(current_app.view_functions.get(request.endpoint or ""), "access", None)
        db.expect_turns(declared is not None and declared.action in IN_TURN)

    @app.before_request
    def refuse_other_sites() -> None:
        came_from = request.headers.get("Sec-Fetch-Site", "none")
        if request.method not in SAFE_METHODS and came_from not in {"same-origin", "none"}:
            log_refusal("sent by another site")
            abort(400)

    @app.before_request
    def refuse_null_characters() -> None:
        # A text of PostgreSQL cannot hold one, so nothing has such a name; asking for it would be a fault.
        if "\0" in request.path or b"%00" in request.query_string:
            abort(404)

    @app.before_request
    def refuse_undeclared() -> None:
        if request.endpoint in (None, "static"):
            return
        if not hasattr(current_app.view_functions[request.endpoint], "access"):
            abort(403)
