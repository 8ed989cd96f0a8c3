"""Typing the password again on a device that others use too: before something final, and when it was left alone."""

from flask_login import current_user
from wtforms import HiddenField, PasswordField

from kbk import clock
from kbk.accounts import rules, service
from kbk.accounts.entering import remote_address
from kbk.accounts.models import UserSession
from kbk.db import transaction
from kbk.errors import InvalidInput
from kbk.web.forms import Form
from kbk.web.refusals import log_refusal

WRONG = "Kata sandi tidak cocok. Periksa lalu ketik sekali lagi; isian Anda tetap tersimpan."
MISSING = "Ketik kata sandi Anda untuk memastikan bahwa ini benar Anda."


class ConfirmedForm(Form):
    """A form that may ask for the password: show the field while `must_confirm()`, call `confirm` before acting."""

    password = PasswordField("Kata sandi Anda")

    def confirm(self) -> None:
        """Take the password where it is needed; raises what `take_password` raises."""
        if must_confirm():
            self.take_password()

    def take_password(self) -> None:
        """Take the password.

        Raises InvalidInput for a missing or wrong one and NotAllowed while there were too many wrong ones; a wrong
        one counts like a failed sign-in.
        """
        if not self.password.data:
            raise InvalidInput(MISSING, field="password")
        with transaction():
            right = service.confirm_session(_session(), self.password.data, remote_address(), clock.now())
        if not right:
            log_refusal("confirmation failed")
            raise InvalidInput(WRONG, field="password")


class UnlockForm(ConfirmedForm):
    """The password that opens score sheets again; what `kbk.web.resending` has sealed passes through."""

    lanjut = HiddenField()
    kiriman = HiddenField()


def must_confirm() -> bool:
    """Say whether the password was typed too long ago in this session."""
    return clock.now() - _session().confirmed_at >= rules.CONFIRMED_FOR


def _session() -> UserSession:
    session: UserSession = current_user.session
    return session
