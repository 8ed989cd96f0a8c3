"""Pages of the second step: typing a code at sign-in, setting it up, turning it off."""

from typing import Any

import segno
from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from pyotp import TOTP
from werkzeug.wrappers import Response

from kbk import clock
from kbk.accounts import second_factor, service
from kbk.accounts.confirming import must_confirm
from kbk.accounts.entering import begin_session, go_on, must_set_up, proven, remote_address, second_step_page
from kbk.accounts.forms import SecondStepForm
from kbk.accounts.models import User
from kbk.accounts.second_factor_forms import SetUpForm, TurnOffForm
from kbk.accounts.views import blueprint
from kbk.db import transaction
from kbk.errors import DomainError, InvalidInput
from kbk.policy import Action
from kbk.web.access import access, current_actor, signed_in_actor
from kbk.web.refusals import log_refusal

ISSUER = "KBK"


def _key() -> str:
    return str(current_app.secret_key)


@blueprint.before_app_request
def lead_to_set_up() -> Response | None:
    """Where the committee must sign in by two steps, lead those who have not set it up there from their pages."""
    declared = getattr(current_app.view_functions.get(request.endpoint or ""), "access", None)
    if declared is None or declared.action is not Action.RUN_COMPETITIONS or current_actor() is None:
        return None
    forced = must_set_up(current_user.session.user)
    return redirect(url_for("accounts.set_up_second_factor")) if forced else None


@blueprint.post("/masuk/kode")
@access(Action.SIGN_IN)
def second_step() -> Any:
    """Take the code that follows a right password."""
    form = SecondStepForm()
    user = proven(form.proof.data)
    if user is None:
        flash("Waktu untuk mengetik kode sudah habis. Masuk sekali lagi.", "warning")
        return redirect(url_for("accounts.sign_in"))
    if form.validate():
        try:
            with transaction():
                right = _takes(user, form.otp.data)
                if right:
                    begin_session(user)
        except DomainError as error:
            form.show(error)
            return second_step_page(form), 429
        if right:
            return go_on(user, lanjut=form.lanjut.data, kiriman=form.kiriman.data)
        form.show(InvalidInput(second_factor.WRONG, field="otp"))
    return second_step_page(form), 400


def _takes(user: User, code: str) -> bool:
    """Say whether the code opens the account; raises NotAllowed while too many have failed."""
    now = clock.now()
    service.check_wait(user.username or "", remote_address(), now)
    right = second_factor.check_second_step(user, code, remote_address(), key=_key(), now=now)
    if not right:
        log_refusal("second step failed")
    return right


@blueprint.route("/akun/dua-langkah", methods=["GET", "POST"])
@access(Action.KEEP_OWN_ACCOUNT)
def set_up_second_factor() -> Any:
    """Show the secret to the telephone and begin to ask for its codes; once it is set up, offer to turn it off."""
    user: User = current_user.session.user
    if second_factor.second_factor(user.id) is not None:
        return _turn_off_page(user, TurnOffForm(formdata=None)), 200
    form = SetUpForm(nonce=second_factor.new_nonce())
    if form.validate_on_submit():
        try:
            form.confirm()
            with transaction():
                codes = second_factor.turn_on(
                    signed_in_actor(),
                    user,
                    nonce=form.nonce.data,
                    code=form.otp.data,
                    key=_key(),
                    now=clock.now(),
                )
                service.revoke_all_sessions(user, clock.now(), but=current_user.session.token_hash)
        except DomainError as error:
            form.show(error)
        else:
            return render_template("accounts/recovery_codes.html", codes=codes)
    secret = second_factor.secret_of(user, form.nonce.data or "", _key())
    address = TOTP(secret).provisioning_uri(name=user.username or user.name, issuer_name=ISSUER)
    page = render_template(
        "accounts/set_up_second_factor.html",
        form=form,
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        qr_image=segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=2),
        forced=must_set_up(user),
        must_confirm=must_confirm(),
    )
    return page, form.status


@blueprint.post("/akun/dua-langkah/matikan")
@access(Action.KEEP_OWN_ACCOUNT)
def turn_off_second_factor() -> Any:
    """Ask for codes no longer, against password and code."""
    user: User = current_user.session.user
    if second_factor.second_factor(user.id) is None:
        return redirect(url_for("accounts.show"))
    form = TurnOffForm()
    if form.validate():
        try:
            form.confirm()
            with transaction():
                right = _takes(user, form.otp.data)
                if right:
                    second_factor.turn_off(signed_in_actor(), user, clock.now())
            if not right:
                raise InvalidInput(second_factor.WRONG, field="otp")
        except DomainError as error:
            form.show(error)
        else:
            return _turned_off()
    return _turn_off_page(user, form), 400


def _turned_off() -> Response:
    flash("Masuk dua langkah dimatikan. Kode cadangan yang lama tidak berlaku lagi.", "success")
    return redirect(url_for("accounts.show"))


def _turn_off_page(user: User, form: TurnOffForm) -> str:
    return render_template(
        "accounts/turn_off_second_factor.html",
        form=form,
        factor=second_factor.second_factor(user.id),
        must_confirm=must_confirm(),
    )
