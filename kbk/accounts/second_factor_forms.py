"""Forms that set up the second step of signing in and turn it off."""

from wtforms import HiddenField
from wtforms.validators import Regexp

from kbk.accounts.confirming import ConfirmedForm
from kbk.web.forms import RELOAD, Line


class SetUpForm(ConfirmedForm):
    """The first code of a telephone that has read the secret belonging to `nonce`."""

    otp = Line("Kode dari telepon", length=40)
    nonce = HiddenField(validators=[Regexp(r"[0-9a-f]{32}\Z", message=RELOAD)])


class TurnOffForm(ConfirmedForm):
    """A code of the telephone, or a recovery code."""

    otp = Line("Kode dari telepon atau kode cadangan", length=40)
