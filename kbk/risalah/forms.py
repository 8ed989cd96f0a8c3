"""Forms of writing, attaching, handing in and sending back."""

import json
from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import BooleanField, Field, HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from kbk.seven_tools.entry import Entry, Setting, SettingKind, Typed
from kbk.web.forms import ChangeForm, Form, Line, Lines, LocalMoment, VersionField, Whole

RELOAD = "Halaman ini tidak lengkap terkirim. Salin tulisan Anda, muat ulang halaman, lalu simpan lagi."

MOST_FILES_AT_ONCE = 20


class TitleForm(ChangeForm):
    """The risalah's title."""

    title = Line("Judul risalah", length=250)
    version = VersionField()


class SectionForm(Form):
    """The text of one part; it is cleaned by the service."""

    html = TextAreaField("Naskah")
    version = Whole(widget=HiddenInput(), validators=[InputRequired(RELOAD)])


class RestoreForm(Form):
    """The version of the present text, when an earlier one is to replace it."""

    version = Whole(validators=[InputRequired(RELOAD)])


class UploadForm(Form):
    """Files for a step or for the whole risalah."""

    file = MultipleFileField(
        "Berkas",
        id="lampiran",
        validators=[
            FileRequired("Pilih berkas lebih dahulu."),
            Length(
                max=MOST_FILES_AT_ONCE, message=f"Unggah paling banyak {MOST_FILES_AT_ONCE} berkas sekaligus."
            ),
        ],
    )
    step = Whole("Langkah", widget=HiddenInput(), validators=[Optional()])


class PictureForm(Form):
    """One picture inside a text."""

    file = FileField("Gambar", validators=[FileRequired("Gambar belum dipilih.")])


class DocumentForm(Form):
    """The whole risalah as one PDF."""

    file = FileField(
        "Risalah utuh (PDF)", id="dokumen", validators=[FileRequired("Pilih berkas PDF lebih dahulu.")]
    )


class HandInForm(Form):
    """The declaration with which a risalah is handed in, and which hand-in it is."""

    sure = BooleanField(
        "Naskah ini karya kelompok kami sendiri, dan seluruh anggota menyetujui penyerahannya.",
        validators=[InputRequired("Beri tanda pada pernyataan ini sebelum menyerahkan.")],
    )
    number = Whole(widget=HiddenInput(), validators=[InputRequired(RELOAD)])


class SendBackForm(Form):
    """Why a risalah is returned, and until when it may be handed in again."""

    reason = Lines("Alasan dan yang harus diperbaiki", length=4000, required=True)
    due = LocalMoment("Batas perbaikan", required=False)


MOST_SETTING_CHARACTERS = 1000


class DiagramForm(ChangeForm):
    """What is typed for a quality tool: its settings, added by `diagram_form`, and its table.

    `former` are the settings under whose columns the table was shown: other columns may follow from those sent with it.
    """

    entry: Entry
    table = TextAreaField("Tabel")
    former = HiddenField()
    version = VersionField()

    @property
    def setting_fields(self) -> list[Field]:
        """The fields of the settings, the tool's own first."""
        return [self[SETTING + setting.key] for setting in self.entry.all_settings]

    def typed(self) -> Typed:
        """What was typed, as it was typed."""
        fields = zip(self.entry.all_settings, self.setting_fields, strict=True)
        settings = {setting.key: field.data for setting, field in fields if _usable(setting, field.data)}
        return Typed(settings, self.table.data or "")

    def former_settings(self) -> Mapping[str, str]:
        """The settings that the table was shown with; those stored where the page told nothing usable."""
        try:
            told = json.loads(self.former.data or "")
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            told = json.loads(self.former.object_data)
        settings = ((setting, told.get(setting.key)) for setting in self.entry.all_settings)
        return {setting.key: str(value) for setting, value in settings if _usable(setting, value)}


def _usable(setting: Setting, value: object) -> bool:
    """Whether a tool knows what to do with this value of a setting."""
    return isinstance(value, str) and value != "" and (not setting.choices or value in dict(setting.choices))


SETTING = "isian-"
"""What the name of a field begins with whose rest is the key of a setting."""


def diagram_form(entry: Entry, typed: Typed, version: int) -> DiagramForm:
    """The form of a tool, filled from what is stored."""

    class TypingForm(DiagramForm):
        """The form of one tool."""

    TypingForm.entry = entry
    for setting in entry.all_settings:
        setattr(TypingForm, SETTING + setting.key, _setting_field(setting))
    stored: dict[str, Any] = {SETTING + key: value for key, value in typed.settings.items()}
    former = json.dumps(dict(typed.settings), ensure_ascii=False)
    return TypingForm(data=stored | {"table": typed.table, "former": former, "version": version})


def _setting_field(setting: Setting) -> Field:
    """The field of a setting; one on which the columns depend says so to the page's script."""
    if setting.kind in (SettingKind.CHOICE, SettingKind.FLAG):
        choices = setting.choices or (("", "Tidak"), ("ya", "Ya"))
        if "" not in dict(choices):
            choices = (("", "Belum dipilih"), *choices)
        reloads = {"data-reloads": True} if setting.reshapes else {}
        return SelectField(
            setting.label,
            choices=[SelectChoice(value=value, label=label) for value, label in choices],
            default="",
            description=setting.hint,
            render_kw=reloads,
        )
    keys = {"inputmode": "decimal"} if setting.kind is SettingKind.NUMBER else {}
    return Line(
        setting.label,
        length=MOST_SETTING_CHARACTERS,
        required=False,
        description=setting.hint,
        render_kw={"autocomplete": "off"} | keys,
    )
