"""Forms of the pages about results. They read one page's input and never write."""

from collections.abc import Mapping
from typing import Self

from flask_wtf.file import FileRequired, MultipleFileField
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from kbk.awards.minutes_printing import MinutesInput
from kbk.errors import InvalidInput
from kbk.web.forms import RELOAD, YEARS, Form, Line, Lines, Whole


class ReasonForm(Form):
    """Why something is taken back."""

    reason = Lines("Alasan", length=500, required=True)


class LeaveOutForm(ReasonForm):
    """Which of the groups that nobody judges stay without score and place, and why."""

    groups = SelectMultipleField(
        "Kelompok tanpa nilai dan tanpa tempat",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired("Tandai kelompok yang tidak dinilai lagi.")],
    )

    def offer(self, groups: Mapping[str, str]) -> None:
        """Set the groups to choose from: names by public id."""
        self.groups.choices = [SelectChoice(public_id, name) for public_id, name in groups.items()]


class SettleForm(Form):
    """The panel's order of groups with equal scores; made for one tie by `settle_form`."""

    joint = BooleanField("Dewan juri menetapkan mereka pada tempat yang sama")
    note = Lines("Nomor berita acara dan pertimbangan dewan juri", length=1000, required=True)

    def order(self, groups: Mapping[int, str]) -> list[int]:
        """The groups in the chosen order, best first. Raises InvalidInput where a position is given twice."""
        if self.joint.data:
            return list(groups)
        chosen = {group: int(self[position_field(group)].data) for group in groups}
        if len(set(chosen.values())) < len(chosen):
            raise InvalidInput(
                "Setiap kelompok harus mendapat urutan yang berbeda; ada urutan yang dipakai dua kali."
            )
        return sorted(groups, key=lambda group: chosen[group])


def position_field(group_id: int) -> str:
    """The name of the field that holds a group's position."""
    return f"position_{group_id}"


def settle_form(groups: Mapping[int, str]) -> SettleForm:
    """A form with a position for each of the tied groups (names by id)."""
    choices = [SelectChoice("", "Pilih urutan")]
    choices += [SelectChoice(str(number), f"Urutan {number}") for number in range(1, len(groups) + 1)]
    fields = {
        position_field(group): SelectField(f"KBK {name}", choices=choices, validators=[_unless_joint])
        for group, name in groups.items()
    }
    return type("TieForm", (SettleForm,), fields)()  # type: ignore[no-any-return]


def _unless_joint(form: SettleForm, field: SelectField) -> None:
    if not form.joint.data and not field.data:
        raise ValidationError(f"Pilih urutan untuk {field.label.text}.")


class PrintForm(Form):
    """What the registry adds to a printed list; read from the address."""

    class Meta(Form.Meta):
        """Reading it changes nothing, so it carries no token."""

        csrf = False

    nomor = Line("Nomor", length=80, required=False)
    tanggal = DateField("Tanggal", validators=[Optional()])


class CertificatesForm(Form):
    """What holds for all certificates that are made at once."""

    issued_on = DateField(
        "Tanggal pada piagam", validators=[InputRequired("Isi tanggal yang dicetak pada piagam.")]
    )
    participants = BooleanField("Buat juga piagam Peserta untuk kelompok lain yang dinilai")


class ReprintForm(Form):
    """A certificate once more."""

    issued_on = DateField(
        "Tanggal pada piagam", validators=[InputRequired("Isi tanggal yang dicetak pada piagam.")]
    )
    reason = Lines("Alasan cetak ulang", length=500, required=True)


class MinutesForm(Form):
    """What the committee adds to a berita acara; `of` fills it and offers the judges of the panel."""

    number = Line("Nomor", length=80, required=False)
    issued_on = DateField("Tanggal", validators=[InputRequired("Isi tanggal berita acara.")])
    venue = Line("Tempat", length=150)
    chair = SelectField("Ketua dewan juri", validators=[Optional()])
    absent = SelectMultipleField(
        "Juri yang tidak hadir",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @classmethod
    def of(cls, given: MinutesInput, judges: Mapping[int, str]) -> Self:
        """The form with what would be printed; `judges` are the panel's names by id."""
        form = cls(
            number=given.number,
            issued_on=given.issued_on,
            venue=given.venue,
            chair=str(given.chair_id or ""),
            absent=[str(judge) for judge in given.absent],
        )
        offered = [SelectChoice(str(judge), name) for judge, name in judges.items()]
        form.chair.choices = [SelectChoice("", "Tidak disebut"), *offered]
        form.absent.choices = offered
        return form

    def validate_issued_on(self, field: DateField) -> None:
        """Refuse years that nobody means."""
        if field.data is not None and field.data.year not in YEARS:
            raise ValidationError(f"Tahunnya harus antara {YEARS[0]} dan {YEARS[-1]}.")

    def given(self) -> MinutesInput:
        """What was typed."""
        return MinutesInput(
            number=self.number.data or "",
            issued_on=self.issued_on.data,
            venue=self.venue.data,
            chair_id=int(self.chair.data) if self.chair.data else None,
            absent=tuple(int(judge) for judge in self.absent.data),
        )


class MinutesAgainForm(MinutesForm):
    """A berita acara in the place of one that holds."""

    reason = Lines("Alasan penggantian", length=500, required=True)


class SignedCopyForm(Form):
    """A scan of a signed berita acara, and which scan of it this is, so that two people cannot send two first ones."""

    files = MultipleFileField(
        "Hasil pindai", validators=[FileRequired("Pilih hasil pindai atau foto-fotonya lebih dahulu.")]
    )
    reason = Lines("Alasan penggantian", length=500)
    number = Whole(widget=HiddenInput(), validators=[InputRequired(RELOAD)])


class KeepForm(Form):
    """That a scan was compared with what was printed; the button says it."""


class CheckForm(Form):
    """The code printed on a certificate."""

    class Meta(Form.Meta):
        """Looking something up changes nothing, so it carries no token."""

        csrf = False

    kode = Line("Kode piagam", length=40)
