"""Forms of groups, members, units and imports; they parse what one page sends."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from kbk.competitions.models import Category, Unit, UnitKind
from kbk.files.kinds import Purpose
from kbk.groups.rules import LONGEST_NAME, ROLE_LABELS
from kbk.indonesian import Zone
from kbk.policy import MemberRole
from kbk.web.forms import RELOAD, ChangeForm, Form, Line, Lines, LocalMoment, VersionField, Whole, whole

KIND_LABELS = {
    UnitKind.OPD: "Perangkat daerah (dinas, badan, bagian)",
    UnitKind.RSUD: "Rumah sakit daerah",
    UnitKind.PUSKESMAS: "Puskesmas",
    UnitKind.KECAMATAN: "Kecamatan",
    UnitKind.KELURAHAN: "Kelurahan",
}


class ProfileForm(ChangeForm):
    """What a group says about itself."""

    version = VersionField()
    name = Line("Nama kelompok", length=LONGEST_NAME)
    name_meaning = Lines("Arti nama", length=1000)
    motto = Line("Moto", length=200, required=False)
    formed_on = DateField("Tanggal pembentukan", validators=[Optional()])
    decree_number = Line("Nomor SK pembentukan", length=80, required=False)

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, for the service."""
        return {
            "name": self.name.data,
            "name_meaning": self.name_meaning.data or "",
            "motto": self.motto.data or "",
            "formed_on": self.formed_on.data,
            "decree_number": self.decree_number.data or "",
        }


class MemberForm(ChangeForm):
    """One person of a group."""

    version = VersionField()
    name = Line("Nama lengkap", length=LONGEST_NAME)
    role = SelectField(
        "Peran", choices=[SelectChoice(role.value, label) for role, label in ROLE_LABELS.items()]
    )
    nip = Line("NIP", length=40, required=False)
    job_title = Line("Jabatan", length=120, required=False)
    phone = Line("Nomor HP", length=40, required=False)
    email = Line("Alamat surel", length=254, required=False)

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, for the service."""
        return {
            "name": self.name.data,
            "role": MemberRole(self.role.data),
            "nip": self.nip.data or "",
            "job_title": self.job_title.data or "",
            "phone": self.phone.data or "",
            "email": self.email.data or "",
        }


class PlaceForm(ChangeForm):
    """Where a group belongs: unit and category."""

    version = VersionField()
    name = Line("Nama kelompok", length=LONGEST_NAME)
    unit = SelectField(
        "Unit kerja", coerce=whole, validators=[NumberRange(1, message="Pilih unit kerjanya.")]
    )
    category = RadioField("Kategori", coerce=whole, validators=[InputRequired("Pilih kategorinya.")])

    def offer(self, units: Sequence[Unit], categories: Sequence[Category]) -> None:
        """Set what can be chosen."""
        self.unit.choices = [
            SelectChoice(0, "Pilih unit…"),
            *(SelectChoice(unit.id, unit.name) for unit in units),
        ]
        self.category.choices = [SelectChoice(category.id, category.name) for category in categories]


class UnitForm(Form):
    """A unit of the city."""

    name = Line("Nama unit", length=LONGEST_NAME)
    kind = SelectField(
        "Jenis", choices=[SelectChoice(kind.value, label) for kind, label in KIND_LABELS.items()]
    )


class ChangedUnitForm(ChangeForm, UnitForm):
    """A unit that is there already."""

    version = VersionField()


class LaterDeadlineForm(ChangeForm):
    """A later deadline and its reason."""

    until = LocalMoment("Batas baru")
    reason = Lines("Alasan", length=500, required=True)

    def moment(self, zone: Zone) -> datetime:
        """The new deadline in UTC; only of a validated form."""
        moment = self.until.moment(zone)
        assert moment is not None
        return moment


class ExtensionForm(LaterDeadlineForm):
    """A later deadline for one group."""

    version = VersionField()


class ImportForm(Form):
    """The list to import."""

    file = FileField(
        "Berkas Excel", validators=[FileRequired("Pilih dahulu berkas Excel yang akan diimpor.")]
    )
    accept = Purpose.IMPORT.accept_attribute


class DecisionForm(Form):
    """Which unit a near miss means."""

    position = Whole("Baris", validators=[InputRequired(RELOAD)])
    decision = Line("Pilihan", length=40)
