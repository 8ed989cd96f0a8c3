"""Forms of signing in and of one's own account."""

from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from kbk.web.forms import Form, Line


class SignInForm(Form):
    """Name and password."""

    username = Line("Nama masuk", length=120)
    password = PasswordField(
        "Kata sandi",
        validators=[
            InputRequired("Kata sandi wajib diisi."),
            Length(max=1000, message="Kata sandi paling banyak 1.000 huruf."),
        ],
    )
    lanjut = HiddenField()
    kiriman = HiddenField()
    """A form that came when the session had ended (see `kbk.web.resending`)."""


class SecondStepForm(Form):
    """The code of one's telephone, or a recovery code, after the right password."""

    otp = Line("Kode", length=40)
    proof = HiddenField()
    lanjut = HiddenField()
    kiriman = HiddenField()


class AcceptForm(Form):
    """What an invited person chooses."""

    username = Line("Nama masuk", length=120)
    password = PasswordField("Kata sandi baru", validators=[InputRequired("Kata sandi wajib diisi.")])
    repeat = PasswordField("Ulangi kata sandi", validators=[InputRequired("Ketik kata sandi sekali lagi.")])


class PasswordForm(Form):
    """Changing one's own password."""

    current = PasswordField(
        "Kata sandi sekarang", validators=[InputRequired("Kata sandi yang sekarang wajib diisi.")]
    )
    new = PasswordField("Kata sandi baru", validators=[InputRequired("Kata sandi baru wajib diisi.")])
    repeat = PasswordField(
        "Ulangi kata sandi baru", validators=[InputRequired("Ketik kata sandi sekali lagi.")]
    )
