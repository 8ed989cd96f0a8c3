"""Forms of writing, attaching, handing in and sending back."""

from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

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
