"""What all forms share: CSRF, Indonesian messages, fields that clean what was typed."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from flask import request
from flask_babel import format_date, format_datetime
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import (
    DateTimeLocalField,
    Field,
    FieldList,
    FileField,
    FormField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectFieldBase
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from kbk.errors import Conflict, DomainError
from kbk.indonesian import Zone
from kbk.web.filters import DAY, MOMENT
from kbk.web.refusals import note_fault

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

MOST_DIGITS = 9
"""Whole numbers of more digits do not fit the databases' columns."""
YEARS = range(2000, 2101)
RELOAD = "Muat ulang halaman ini, lalu isi sekali lagi."


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


def whole(text: Any) -> int:
    """A whole number of a size that can be stored. Raises ValueError for everything else."""
    plain = str(text).strip()
    if len(plain) > MOST_DIGITS:
        raise ValueError(_MESSAGES["Not a valid integer value."])
    return int(plain)


class Form(FlaskForm):
    """Parent of every form."""

    class Meta(FlaskForm.Meta):
        """Indonesian instead of the library's English; files for fields that take files, text for all others."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            if not form.is_submitted():
                return None
            takes_files = {field.name for field in form if isinstance(field, FileField)}
            files = MultiDict((n, file) for n, file in request.files.items(multi=True) if n in takes_files)
            return CombinedMultiDict((files, request.form)) if files else request.form or None

        def get_translations(self, form: Any) -> Any:
            return _Translations()

    @property
    def status(self) -> int:
        """The status of the page that shows the form."""
        return 400 if self.is_submitted() else 200

    def show(self, error: DomainError) -> None:
        """Put a refusal of the rules beside its field, or on top of the form."""
        note_fault(error)
        if error.field and error.field in self:
            self[error.field].errors = [*self[error.field].errors, error.message]
        else:
            self.form_errors.append(error.message)


class ChangeForm(Form):
    """A form that was filled from what is stored and replaces it, under the version it was filled from.

    After somebody else's change it keeps what was typed, tells at each field that differs what is stored now, and takes
    the version stored now: whoever sends it again has seen what is replaced. "Now" is what the form was filled from
    when it was made, and as version and values are of one reading, a later change is noticed in turn.
    """

    conflict = ""
    """What somebody else has changed since the page was opened, as a sentence; empty while nobody has."""

    @property
    def status(self) -> int:
        """The status of the page that shows the form."""
        return 409 if self.conflict else super().status

    def show(self, error: DomainError) -> None:
        """Put a refusal of the rules beside its field, or on top of the form."""
        if not isinstance(error, Conflict):
            super().show(error)
            return
        self.conflict = error.message
        for field in _fields(self):
            if field.short_name == "version":
                field.data, field.raw_data = field.object_data, None
            elif not isinstance(field.widget, HiddenInput):
                stored = _words(field, field.object_data)
                field.stored = stored if stored != _words(field, field.data) else None


def _fields(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields with a value of their own; rows of several fields are left to their page."""
    for field in fields:
        if isinstance(field, FieldList):
            yield from _fields(field.entries)
        elif not isinstance(field, FormField):
            yield field


def _words(field: Field, value: Any) -> str:
    """A value of the field as a page tells it."""
    if isinstance(field, SelectFieldBase):
        labels = (str(choice.label) for choice in field.iter_choices() if str(choice.value) == str(value))
        return next(labels, "")
    if isinstance(value, datetime):
        return str(format_datetime(value, MOMENT, rebase=False))
    if isinstance(value, date):
        return str(format_date(value, DAY))
    return "" if value is None else str(value)


def _let_the_server_tell(field: Field) -> None:
    """Take the length off the page: a browser cuts what is pasted there without a word."""
    del field.flags.maxlength


class Line(StringField):
    """One line of text, cleaned; `length` is the most characters it takes."""

    def __init__(self, label: str, *, length: int, required: bool = True, **kwargs: Any) -> None:
        validators = [
            Length(max=length, message=f"{label} paling banyak {length} huruf. Singkat lebih dahulu.")
        ]
        if required:
            validators.insert(0, DataRequired(f"{label} wajib diisi."))
        super().__init__(label, validators=validators, filters=[clean], **kwargs)
        _let_the_server_tell(self)


class Lines(TextAreaField):
    """Several lines of plain text, cleaned; `length` is the most characters it takes."""

    def __init__(self, label: str, *, length: int, required: bool = False, **kwargs: Any) -> None:
        validators = [
            Length(max=length, message=f"{label} paling banyak {length} huruf. Singkat lebih dahulu.")
        ]
        if required:
            validators.insert(0, DataRequired(f"{label} wajib diisi."))
        super().__init__(label, validators=validators, filters=[clean_lines], **kwargs)
        _let_the_server_tell(self)


class Whole(IntegerField):
    """A whole number; `data` is None where none was typed."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent."""
        if valuelist:
            self.data = None
            try:
                self.data = whole(valuelist[0])
            except ValueError as error:
                raise ValueError(_MESSAGES["Not a valid integer value."]) from error


class VersionField(Whole):
    """The version of a row that its form was filled from."""

    widget = HiddenInput()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            "Versi", validators=[InputRequired(RELOAD), NumberRange(1, message=RELOAD)], **kwargs
        )


class Rows(FieldList):
    """Rows of fields, numbered from 0 in their names."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").split("-", 1)[0] if name.startswith(f"{prefix}-") else ""
            if number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS:
                yield int(number)


class LocalMoment(DateTimeLocalField):
    """A day and time of this century, typed in the edition's zone; `moment` is the same in UTC."""

    data: datetime | None

    def __init__(self, label: str, *, required: bool = True, **kwargs: Any) -> None:
        validators: list[Any] = [InputRequired(f"{label} wajib diisi.")] if required else [Optional()]
        super().__init__(
            label, validators=validators, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent."""
        super().process_formdata(valuelist)
        if self.data is not None and self.data.year not in YEARS:
            self.data = None
            raise ValueError(f"Tahunnya harus antara {YEARS[0]} dan {YEARS[-1]}.")

    def moment(self, zone: Zone) -> datetime | None:
        """What was typed, as an aware moment in UTC."""
        return None if self.data is None else self.data.replace(tzinfo=zone.tz).astimezone(UTC)


def local(moment: datetime | None, zone: Zone) -> datetime | None:
    """A moment as it is shown in a `LocalMoment` field."""
    return None if moment is None else moment.astimezone(zone.tz).replace(tzinfo=None)
