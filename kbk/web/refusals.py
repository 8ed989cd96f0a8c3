"""What is refused leaves a line: always in the log, and in the trail where it concerns somebody known.

Strangers and scanners fill the log only. A request marks its refusal; the lines are written after the answer is
made, in a transaction of their own, because the refused one is undone.
"""

import logging
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, g, request

from kbk import clock
from kbk.audit.trail import record_refusal
from kbk.db import transaction
from kbk.errors import Closed, DomainError

log = logging.getLogger(__name__)
LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row to be written: what was refused and whom it concerns."""

    action: str
    user_id: int
    detail: dict[str, Any]


def log_refusal(words: str, *, path: str | None = None) -> None:
    """Write a line to the log: what was refused, who asked from where. Never what was typed.

    `path` replaces the address that was asked for where that is itself a secret.
    """
    actor = g.get("actor")
    who = f"person {actor.user_id}" if actor else "a visitor"
    where = (path or request.path)[:LONGEST_PATH]
    log.warning("%s: %s %r by %s from %s", words, request.method, where, who, request.remote_addr)


def mark_refusal(action: str, *, user_id: int, **detail: Any) -> None:
    """Have a row written about the person when the request is over (see `trail.record_refusal`)."""
    g.refusal = Refusal(action, user_id, detail)


def note_no_right() -> None:
    """Note that the policy refuses this request."""
    log_refusal("no right")
    if actor := g.get("actor"):
        mark_refusal("request-refused", user_id=actor.user_id, page=_page())


def note_fault(error: DomainError) -> None:
    """Note a change that came after the thing was closed; other refusals of the rules are everyday life."""
    actor = g.get("actor")
    if isinstance(error, Closed) and actor is not None:
        log_refusal("too late")
        mark_refusal("late-change-refused", user_id=actor.user_id, page=_page(), reason=error.message)


def _page() -> str:
    """What was asked for, in the committee's words."""
    done = "membuka" if request.method in {"GET", "HEAD"} else "mengirim ke"
    return f"{done} {request.path[:LONGEST_PATH]}"


def init_refusals(app: Flask) -> None:
    """Write the row that a request has marked."""

    @app.after_request
    def write(response: Response) -> Response:
        refusal: Refusal | None = g.pop("refusal", None)
        if refusal is not None:
            with transaction():
                record_refusal(
                    g.get("actor"), refusal.action, user_id=refusal.user_id, now=clock.now(), **refusal.detail
                )
        return response
