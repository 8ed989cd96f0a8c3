"""Who is behind a request: the session cookie becomes an actor.

The cookie holds a random token; the row of the session decides whether it still counts. Where the facts
about a person come from (groups, appointments) is told to `init_identity` by the program's assembly, because
those features stand above this layer.
"""

from collections.abc import Callable
from typing import Any, Protocol

from flask import Flask, Response, g, request
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect

from kbk.policy import Actor

login_manager = LoginManager()
csrf = CSRFProtect()


class NoteUse(Protocol):
    """Notes after the answer that a session is in use; `judging` says that score sheets were."""

    def __call__(self, person: Any, *, judging: bool) -> None: ...


class SignedIn(Protocol):
    """What the accounts feature returns for a valid token."""

    is_active: bool
    is_authenticated: bool
    is_anonymous: bool
    user_id: int

    def get_id(self) -> str: ...


def init_identity(
    app: Flask,
    *,
    find: Callable[[str], SignedIn | None],
    make_actor: Callable[[Any], Actor | None],
    is_locked: Callable[[Any], bool],
    note_use: NoteUse,
    https: bool,
) -> None:
    """Recognise people by `find(token)`, know their offices by `make_actor(signed_in)`.

    `make_actor` returns None for a session that has been idle too long; `is_locked` says whether its score sheets
    are closed until the password is typed; `note_use` is called after the answer.
    """
    app.config.update(
        SESSION_COOKIE_NAME="__Host-kbk" if https else "kbk",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
    )
    login_manager.session_protection = None
    # Pages know the actor; a page about a fault must not ask the database who is signed in.
    login_manager.init_app(app, add_context_processor=False)
    login_manager.user_loader(find)
    csrf.init_app(app)

    @app.before_request
    def recognise() -> None:
        g.actor = make_actor(current_user) if current_user.is_authenticated else None
        g.locked = g.actor is not None and is_locked(current_user)

    @app.after_request
    def note(response: Response) -> Response:
        # What a page does by itself, such as asking how far a job is or trying again to save, must not keep a
        # forgotten one alive.
        asked_by_itself = request.method == "GET" and "HX-Request" in request.headers
        by_itself = asked_by_itself or "X-Retry" in request.headers
        if g.get("actor") is not None and current_user.is_authenticated and not by_itself:
            note_use(current_user, judging=g.get("judging", False))
        return response
