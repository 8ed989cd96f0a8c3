"""What the page of all components shows: one form with every kind of field, clean and refused, and a long list."""

from typing import Any

from flask_sqlalchemy.pagination import Pagination
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DecimalField,
    FileField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from kbk.errors import Conflict
from kbk.web.forms import ChangeForm, Form, Line, Lines, LocalMoment


class SampleForm(Form):
    """Every kind of field once."""

    name = Line("Nama kelompok", length=80)
    unit = SelectField(
        "Unit", choices=[SelectChoice("1", "Dinas Kesehatan"), SelectChoice("2", "Kecamatan Ngaliyan")]
    )
    starts_at = LocalMoment("Mulai", required=False)
    mark = DecimalField("Nilai", validators=[InputRequired("Nilai wajib diisi.")])
    about = Lines("Ringkasan", length=500)
    category = RadioField(
        "Kategori",
        choices=[SelectChoice("opd", "Perangkat Daerah"), SelectChoice("kelurahan", "Kelurahan")],
        validators=[InputRequired("Pilih kategori.")],
    )
    papers = SelectMultipleField(
        "Cetakan",
        choices=[SelectChoice("ranking", "Peringkat"), SelectChoice("certificate", "Piagam")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    agree = BooleanField("Kami menyetujui tata tertib")
    document = FileField("Risalah (PDF)")
    story = TextAreaField("Keadaan sebelum perbaikan")


class SampleChange(ChangeForm):
    """A form that somebody else was quicker with."""

    name = Line("Nama unit", length=80)


class SamplePages(Pagination):
    """The third of nine pages of nothing."""

    def _query_items(self) -> list[Any]:
        return []

    def _query_count(self) -> int:
        return 170


def samples() -> dict[str, Any]:
    """The context of the page of all components."""
    refused = SampleForm(MultiDict({"ditolak-mark": "abc"}), prefix="ditolak-", meta={"csrf": False})
    refused.validate()
    refused.form_errors.append("Berkas dan nilai tidak cocok.")
    overtaken = SampleChange(
        MultiDict({"didahului-name": "Kelurahan Miroto Utara"}),
        prefix="didahului-",
        meta={"csrf": False},
        data={"name": "Kelurahan Miroto Selatan"},
    )
    overtaken.show(Conflict("Unit ini baru saja diubah orang lain sejak halaman ini dibuka."))
    return {
        "form": SampleForm(),
        "form_overtaken": overtaken,
        "form_with_errors": refused,
        "pages": SamplePages(page=3, per_page=20, error_out=False),
    }
