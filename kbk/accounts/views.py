"""Pages of signing in, accepting an invitation and one's own account."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from kbk import clock
from kbk.accounts import queries, rules, service
from kbk.accounts.confirming import UnlockForm
from kbk.accounts.entering import (
    ask_second_step,
    begin_session,
    go_on,
    must_set_up,
    needs_second_step,
    remote_address,
)
from kbk.accounts.forms import AcceptForm, PasswordForm, SignInForm
from kbk.accounts.links import read_token
from kbk.accounts.models import Invitation, UserSession
from kbk.accounts.second_factor import second_factor
from kbk.accounts.signed_in import SignedIn
from kbk.db import transaction
from kbk.errors import DomainError, NotAllowed
from kbk.policy import Action
from kbk.web.access import access, current_actor, signed_in_actor
from kbk.web.errors import wants_json
from kbk.web.refusals import log_refusal, mark_refusal

blueprint = Blueprint("accounts", __name__)

LocalWords = Callable[[], Sequence[str]]


def init_accounts(app: Flask, *, local_words: LocalWords) -> None:
    """Tell the feature how to learn the names of units, groups and cities; their features stand above it."""
    app.extensions["accounts.local_words"] = local_words


def _local_words() -> Sequence[str]:
    return cast(LocalWords, current_app.extensions["accounts.local_words"])()


@blueprint.route("/masuk", methods=["GET", "POST"])
@access(Action.SIGN_IN)
def sign_in() -> Any:
    """Ask for name and password."""
    if current_actor() is not None and request.method == "GET":
        return redirect(url_for("accounts.start"))
    form = SignInForm(lanjut=request.args.get("lanjut"))
    if form.validate_on_submit():
        now = clock.now()
        try:
            with transaction():
                service.check_wait(form.username.data, remote_address(), now)
                user = service.verify_sign_in(form.username.data, form.password.data, remote_address(), now)
                if user is not None and not needs_second_step(user):
                    begin_session(user)
        except DomainError as error:
            log_refusal("sign-in held back")
            form.show(error)
            return render_template("accounts/sign_in.html", form=form), 429
        if user is not None:
            if needs_second_step(user):
                return ask_second_step(user, form)
            return go_on(user, lanjut=form.lanjut.data, kiriman=form.kiriman.data)
        log_refusal("sign-in failed")
        form.form_errors.append("Nama masuk atau kata sandi tidak cocok. Periksa lalu coba lagi.")
    return render_template("accounts/sign_in.html", form=form), form.status


@blueprint.post("/keluar")
@access(Action.KEEP_OWN_ACCOUNT)
def sign_out() -> Response:
    """End this session."""
    with transaction():
        service.revoke_session(signed_in_actor(), _this_session().session, clock.now())
    logout_user()
    session.clear()
    flash("Anda telah keluar.", "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.app_template_global()
def current_session_id() -> str:
    """The session behind this request, by which tabs of one browser know that they share it."""
    return _this_session().session.public_id


@blueprint.post("/kunci")
@access(Action.KEEP_OWN_ACCOUNT)
def lock() -> Any:
    """Lock score sheets in this browser at once, because it is left alone."""
    with transaction():
        service.lock_session(_this_session().session, clock.now())
    return jsonify()


@blueprint.post("/buka-kunci")
@access(Action.KEEP_OWN_ACCOUNT)
def unlock() -> Any:
    """Open score sheets that were locked because nobody touched them, and offer again what was sent meanwhile."""
    form = UnlockForm()
    try:
        form.take_password()
    except DomainError as error:
        status = 429 if isinstance(error, NotAllowed) else 400
        if wants_json():
            return jsonify(message=error.message), status
        form.show(error)
        return render_template("accounts/unlock.html", form=form), status
    if wants_json():
        return jsonify()
    return go_on(_this_session().session.user, lanjut=form.lanjut.data, kiriman=form.kiriman.data)


def _this_session() -> SignedIn:
    return current_user._get_current_object()  # type: ignore[no-any-return]


def load_invitation(token: str) -> Invitation:
    """The usable invitation a link names; NotAllowed with the reason otherwise."""
    public_id = read_token(token)
    found = queries.invitation(public_id, lock=request.method == "POST") if public_id else None
    try:
        return service.check_usable(found, clock.now())
    except NotAllowed as error:
        log_refusal("invitation refused", path="/undangan/…")
        if found is not None:
            mark_refusal("invitation-refused", user_id=found.user_id, reason=error.message)
        raise


@blueprint.route("/undangan/<token>", methods=["GET", "POST"])
@access(Action.SIGN_IN, on=load_invitation)
def accept(invitation: Invitation) -> Any:
    """Let an invited person choose sign-in name and password."""
    user = invitation.user
    form = AcceptForm(username=user.username or user.email or user.nip or "")
    if form.validate_on_submit():
        try:
            if form.password.data != form.repeat.data:
                raise DomainError("Kedua kata sandi tidak sama.", field="repeat")
            with transaction():
                service.accept_invitation(
                    invitation,
                    username=form.username.data,
                    password=form.password.data,
                    local_words=_local_words(),
                    now=clock.now(),
                )
                if not needs_second_step(user):
                    begin_session(user)
        except DomainError as error:
            form.show(error)
        else:
            if needs_second_step(user):
                return ask_second_step(user, SignInForm(formdata=None))
            flash(f"Selamat datang, {user.name}.", "success")
            return go_on(user, lanjut=None, kiriman=None)
    return render_template("accounts/accept.html", form=form, user=user), form.status


@blueprint.get("/beranda")
@access(Action.KEEP_OWN_ACCOUNT)
def start() -> Response:
    """Lead each person to the page of their main office."""
    actor = signed_in_actor()
    if must_set_up(_this_session().session.user):
        return redirect(url_for("accounts.set_up_second_factor"))
    if actor.organiser:
        return redirect(url_for("competitions.index"))
    if actor.judge_ids:
        return redirect(url_for("judging.own_sheets"))
    return redirect(url_for("groups.own_groups") if actor.groups else url_for("accounts.show"))


@blueprint.get("/akun")
@access(Action.KEEP_OWN_ACCOUNT)
def show() -> str:
    """Show one's account and the browsers signed in."""
    return _account_page(PasswordForm())


def _account_page(form: PasswordForm) -> str:
    actor, own = signed_in_actor(), _this_session()
    return render_template(
        "accounts/show.html",
        form=form,
        user=own.session.user,
        this_session=own.session,
        sessions=queries.open_sessions(actor.user_id),
        device_words=rules.device_words,
        factor=second_factor(actor.user_id),
    )


@blueprint.post("/akun/kata-sandi")
@access(Action.KEEP_OWN_ACCOUNT)
def change_password() -> Any:
    """Replace one's password."""
    form, own = PasswordForm(), _this_session()
    if form.validate():
        try:
            if form.new.data != form.repeat.data:
                raise DomainError("Kedua kata sandi baru tidak sama.", field="repeat")
            with transaction():
                service.change_password(
                    signed_in_actor(),
                    own.session.user,
                    current=form.current.data,
                    new=form.new.data,
                    local_words=_local_words(),
                    keep=own.session.token_hash,
                    now=clock.now(),
                )
        except DomainError as error:
            form.show(error)
        else:
            flash("Kata sandi telah diganti. Sesi di perangkat lain diakhiri.", "success")
            return redirect(url_for("accounts.show"))
    return _account_page(form), 400


@blueprint.post("/akun/sesi/<public_id>/akhiri")
@access(Action.KEEP_OWN_ACCOUNT, on=queries.own_session)
def revoke(target: UserSession) -> Response:
    """End one of one's sessions on another device."""
    with transaction():
        service.revoke_session(signed_in_actor(), target, clock.now())
    flash("Sesi di perangkat itu telah diakhiri.", "success")
    return redirect(url_for("accounts.show"))
