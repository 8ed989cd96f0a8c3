"""The way in: from a right password, perhaps over a second step, to a session and the page that was asked for."""

from datetime import timedelta
from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from flask_login import login_user
from itsdangerous import BadData

from kbk import clock
from kbk.accounts import queries, service
from kbk.accounts.forms import SecondStepForm, SignInForm
from kbk.accounts.models import User
from kbk.accounts.second_factor import second_factor
from kbk.accounts.signed_in import find
from kbk.db import db
from kbk.errors import NotFound
from kbk.web.errors import kept_texts
from kbk.web.resending import sealer, unseal

SECOND_STEP_WITHIN = timedelta(minutes=10)
_FIRST_STEP = "langkah-pertama"


def remote_address() -> str:
    """Where the request comes from."""
    return request.remote_addr or "–"


def local_path(target: str | None) -> str:
    """A path on this site, or the start page for anything else."""
    target = target or ""
    plain = target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target
    return target if plain and target.isprintable() else url_for("accounts.start")


def begin_session(user: User) -> None:
    """Start a fresh browser session for the person; whatever the cookie held before is gone."""
    token = service.open_session(
        user, device=request.user_agent.string or "–", address=remote_address(), now=clock.now()
    )
    db.session.flush()
    session.clear()
    g.pop("csrf_token", None)  # made for the session before
    found = find(token)
    login_user(found)


def needs_second_step(user: User) -> bool:
    """Say whether the password alone does not open the account."""
    return second_factor(user.id) is not None


def must_set_up(user: User) -> bool:
    """Say whether this site wants a second step from the person and there is none yet."""
    forced: bool = current_app.extensions["settings"].force_second_factor
    return forced and user.is_organiser and not needs_second_step(user)


def ask_second_step(user: User, form: SignInForm) -> str:
    """The page that asks for a code, after the right password; it carries a proof of it for a few minutes."""
    proof = sealer(_FIRST_STEP).dumps([user.public_id, _moment_of_password(user)])
    return second_step_page(
        SecondStepForm(formdata=None, proof=proof, lanjut=form.lanjut.data, kiriman=form.kiriman.data)
    )


def second_step_page(form: SecondStepForm) -> str:
    """The page that asks for a code."""
    return render_template("accounts/second_step.html", form=form)


def proven(proof: str | None) -> User | None:
    """The person who typed the right password some minutes ago, while it is still the password."""
    try:
        public_id, moment = sealer(_FIRST_STEP).loads(
            proof or "", max_age=int(SECOND_STEP_WITHIN.total_seconds())
        )
        user = queries.user(public_id)
    except (BadData, NotFound):
        return None
    return user if user.active and moment == _moment_of_password(user) else None


def _moment_of_password(user: User) -> str:
    return user.password_changed_at.isoformat() if user.password_changed_at else ""


def go_on(user: User, *, lanjut: str | None, kiriman: str | None) -> Any:
    """Lead to the page that was asked for, or offer again what the person had sent when the session had ended."""
    if must_set_up(user):
        flash("Panitia di situs ini wajib masuk dengan dua langkah. Pasang dahulu.", "warning")
        return redirect(url_for("accounts.set_up_second_factor"))
    back = local_path(lanjut)
    sealed = unseal(kiriman, user.id)
    if sealed is None:
        return redirect(back)
    page = render_template("accounts/resend.html", sealed=sealed, back=back, kept=kept_texts(sealed.fields))
    return page, {"Cache-Control": "no-store"}
