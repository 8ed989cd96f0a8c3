"""What all forms share: CSRF, Indonesian messages, fields that clean what was typed."""

import unicodedata
from datetime import UTC, datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from kbk.errors import DomainError
from kbk.indonesian import Zone

_MESSAGES = {
    "This field is required.": "Bagian ini wajib diisi.",
    "Not a valid choice.": "Pilihan ini tidak tersedia. Pilih salah satu dari daftar.",
    "Not a valid choice": "Pilihan ini tidak tersedia. Pilih salah satu dari daftar.",
    "Invalid Choice: could not coerce.": "Pilihan ini tidak tersedia. Pilih salah satu dari daftar.",
    "Not a valid integer value.": "Isi dengan bilangan bulat, misalnya 16.",
    "Not a valid decimal value.": "Isi dengan angka, misalnya 8,5.",
    "Not a valid date value.": "Tanggal tidak dikenali. Contoh: 2024-08-02.",
    "Not a valid datetime value.": "Tanggal dan jam tidak dikenali. Contoh: 2024-08-02T14:30.",
    "Invalid email address.": "Alamat surel tidak dikenali. Contoh: nama@contoh.go.id.",
}


class _Translations:
    def gettext(self, text: str) -> str:
        return _MESSAGES.get(text, text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self.gettext(singular if count == 1 else plural)


def clean(text: str | None) -> str | None:
    """Normalise what was typed: composed letters, no control characters, single blanks; "" stays ""."""
    if text is None:
        return None
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(c if unicodedata.category(c) not in {"Cc", "Cf"} else " " for c in composed)
    return " ".join(visible.split())


def clean_lines(text: str | None) -> str | None:
    """Normalise a text of several lines, keeping its line breaks."""
    return None if text is None else "\n".join(clean(line) or "" for line in text.splitlines()).strip()


class Form(FlaskForm):
    """Parent of every form."""

    class Meta(FlaskForm.Meta):
        """Indonesian instead of the library's English."""

        def get_translations(self, form: Any) -> Any:
            return _Translations()

    def show(self, error: DomainError) -> None:
        """Put a refusal of the rules beside its field, or on top of the form."""
        if error.field and error.field in self:
            self[error.field].errors = [*self[error.field].errors, error.message]
        else:
            self.form_errors.append(error.message)


class Line(StringField):
    """One line of text, cleaned; `length` is the most characters it takes."""

    def __init__(self, label: str, *, length: int, required: bool = True, **kwargs: Any) -> None:
        validators = [
            Length(max=length, message=f"{label} paling banyak {length} huruf. Singkat lebih dahulu.")
        ]
        if required:
            validators.insert(0, DataRequired(f"{label} wajib diisi."))
        super().__init__(label, validators=validators, filters=[clean], **kwargs)


class Lines(TextAreaField):
    """Several lines of plain text, cleaned; `length` is the most characters it takes."""

    def __init__(self, label: str, *, length: int, required: bool = False, **kwargs: Any) -> None:
        validators = [
            Length(max=length, message=f"{label} paling banyak {length} huruf. Singkat lebih dahulu.")
        ]
        if required:
            validators.insert(0, DataRequired(f"{label} wajib diisi."))
        super().__init__(label, validators=validators, filters=[clean_lines], **kwargs)


class LocalMoment(DateTimeLocalField):
    """A day and time typed in the edition's zone; `moment` is the same in UTC."""

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        validators: list[Any] = [InputRequired(f"{label} wajib diisi.")] if required else [Optional()]
        super().__init__(
            label, validators=validators, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs
        )

    def moment(self, zone: Zone) -> datetime | None:
        """What was typed, as an aware moment in UTC."""
        return None if self.data is None else self.data.replace(tzinfo=zone.tz).astimezone(UTC)


def local(moment: datetime | None, zone: Zone) -> datetime | None:
    """A moment as it is shown in a `LocalMoment` field."""
    return None if moment is None else moment.astimezone(zone.tz).replace(tzinfo=None)
