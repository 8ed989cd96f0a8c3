"""Forms of judges, appointments and score sheets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, NumberRange

from kbk.accounts.confirming import ConfirmedForm
from kbk.accounts.models import User
from kbk.competitions.models import Unit
from kbk.db import new_public_id
from kbk.judging.models import Judge
from kbk.judging.rules import COMMENT, Sending
from kbk.web.forms import ChangeForm, Form, Line, Lines, VersionField, Whole, clean_lines
from scoring.numbers import show_short
from scoring.rubric import Criterion, Rubric
from scoring.scales import AnchoredScale, ClockScale, LevelScale, NumberScale

MOST_PER_ENTRY = 20
MINUTE = 60
LONGEST_PAGE = 22


class OriginFields(Form):
    """Where a judge comes from."""

    unit = SelectField("Unit asal di kota/kabupaten ini", default="")
    institution = Line("Instansi asal di luar itu", length=150, required=False)
    job_title = Line("Jabatan", length=120, required=False)

    def offer_units(self, units: Sequence[Unit]) -> None:
        """Set the units to choose from."""
        self.unit.choices = [
            ("", "– bukan pegawai unit mana pun –"),
            *((unit.public_id, unit.name) for unit in units),
        ]

    def chosen_unit(self, units: Sequence[Unit]) -> Unit | None:
        """The unit that was chosen, if any."""
        return next((unit for unit in units if unit.public_id == self.unit.data), None)


class OriginForm(ChangeForm, OriginFields):
    """Where a judge comes from who is there already."""

    version = VersionField()


class JudgeForm(OriginFields):
    """A new judge: somebody known from an earlier edition, or a new person."""

    person = SelectField("Juri gelar sebelumnya", default="")
    name = Line("Nama lengkap dengan gelar", length=120, required=False)
    nip = Line("NIP", length=25, required=False)
    phone = Line("Nomor HP", length=25, required=False)
    email = Line("Surel", length=254, required=False)

    def offer_people(self, people: Sequence[User]) -> None:
        """Set the known people to choose from; without any, the name is what has to be filled in."""
        self.name.flags.required = not people
        self.person.choices = [
            ("", "– orang baru –"),
            *((person.public_id, person.name) for person in people),
        ]

    def chosen_person(self, people: Sequence[User]) -> User | None:
        """The known person that was chosen, if any."""
        return next((person for person in people if person.public_id == self.person.data), None)


class ShareForm(Form):
    """How many judges each entry shall have."""

    per_entry = Whole(
        "Juri per peserta",
        validators=[
            InputRequired("Isi berapa juri menilai setiap peserta."),
            NumberRange(1, MOST_PER_ENTRY, f"Jumlah juri per peserta antara 1 dan {MOST_PER_ENTRY}."),
        ],
    )


class PanelForm(ChangeForm):
    """Which judges an entry shall have. The checkboxes are read from the request: their names repeat."""

    def chosen(self, judges: Sequence[Judge], sent: MultiDict[str, str], name: str) -> Collection[Judge]:
        """The judges whose public ids were sent under `name`; strangers are left out."""
        wanted = set(sent.getlist(name))
        return [judge for judge in judges if judge.public_id in wanted]


class ReasonForm(Form):
    """Why something out of the ordinary is done."""

    reason = Lines("Alasan", length=1000, required=True)


class VersionForm(Form):
    """Something done to a sheet of the version that the page showed."""

    version = HiddenField()

    @property
    def version_number(self) -> int:
        """The version that was sent, as a number; 0 where none was."""
        return _sent_number(self.version) or 0


def _sent_number(field: HiddenField) -> int | None:
    text = (field.raw_data or [""])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class ReturnForm(VersionForm):
    """What becomes of the marks of a judge who had stepped back and was appointed again."""

    choice = RadioField("Nilai lama Anda", choices=["pakai", "kosong"])


class SignForm(VersionForm, ConfirmedForm):
    """A judge's signature under the version that the page showed."""


class SheetForm(ChangeForm, VersionForm):
    """A score sheet. Its marks are fields named after the rubric's criteria (see `typed_marks`)."""

    comment = TextAreaField("Catatan untuk tim", filters=[clean_lines])
    hand_in = HiddenField()
    """The number of the hand-in that stood beside the sheet."""
    page = HiddenField(default=new_public_id)
    turn = HiddenField(default="0")
    """Which opened page sends, and the how-manieth of its saves (see `rules.Sending`); counted by autosave.js."""

    @property
    def sending(self) -> Sending | None:
        """Which page sent it; None where none was named."""
        page = self.page.data or ""
        known = page.isascii() and page.replace("-", "").replace("_", "").isalnum()
        return Sending(page[:LONGEST_PAGE], _sent_number(self.turn) or 0) if known else None

    @property
    def hand_in_number(self) -> int | None:
        """The number that was sent; None where none was."""
        return _sent_number(self.hand_in)


def field_name(criterion: str) -> str:
    """Name of the field that takes the criterion's mark."""
    return f"nilai-{criterion}"


def typed_marks(rubric: Rubric, sent: MultiDict[str, str]) -> dict[str, str]:
    """What was typed for the rubric's criteria, by id; fields that are not the rubric's are not looked at."""
    return {
        criterion: sent[field_name(criterion)] for criterion in rubric.by_id if field_name(criterion) in sent
    }


def problems_by_field(problems: Mapping[str, str]) -> dict[str, str]:
    """Problems by the name of the field they belong to."""
    return {key if key == COMMENT else field_name(key): text for key, text in problems.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """One mark that may be given, and what earns it."""

    value: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class MarkField:
    """A criterion as the sheet shows it: what stands in its field, what is stored and what it earns."""

    criterion: Criterion
    number: int
    text: str
    mark: Decimal | None
    points: Fraction | None
    problem: str | None
    stored: str
    """The mark as it is shown where something else was typed into the field."""

    @property
    def name(self) -> str:
        """Name of the field."""
        return field_name(self.criterion.id)

    @property
    def scale(self) -> str:
        """The scale in words; empty where every mark is a choice of its own."""
        scale = self.criterion.scale
        if not isinstance(scale, NumberScale):
            return ""
        low, high, step = (show_short(number) for number in (scale.minimum, scale.maximum, scale.step))
        return f"{low} sampai {high}" + (f", kelipatan {step}" if scale.step != 1 else "")

    @property
    def weight(self) -> str:
        """Points earned by the highest mark."""
        return show_short(self.criterion.weight)

    @property
    def highest(self) -> str:
        """The highest mark of the scale."""
        return show_short(self.criterion.scale.maximum)

    @property
    def part_step(self) -> str:
        """The scale's step where it lies between whole marks; empty otherwise."""
        scale = self.criterion.scale
        return show_short(scale.step) if isinstance(scale, NumberScale) and scale.step < 1 else ""

    @property
    def quick_marks(self) -> tuple[str, ...]:
        """Whole marks to tap on, where there are few of them."""
        scale = self.criterion.scale
        if not isinstance(scale, NumberScale) or scale.maximum - scale.minimum > 10:
            return ()
        whole = range(int(scale.minimum), int(scale.maximum) + 1)
        return tuple(str(number) for number in whole if scale.problem(Decimal(number)) is None)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The marks that may be given, the highest first; empty for a scale of numbers."""
        scale = self.criterion.scale
        match scale:
            case NumberScale():
                found: list[tuple[Decimal, str]] = []
            case LevelScale():
                found = [(level.percent, level.name) for level in scale.levels]
            case AnchoredScale():
                found = [(anchor.points, anchor.text) for anchor in scale.anchors]
            case ClockScale():
                found = [
                    *((band.points, f"{clock(band.start)} sampai {clock(band.end)}") for band in scale.bands),
                    (scale.outside, "Di luar itu"),
                ]
        unit = "%" if isinstance(scale, LevelScale) else ""
        marks = sorted({points for points, _ in found}, reverse=True)
        return tuple(
            Choice(
                str(mark),
                show_short(mark) + unit,
                " atau ".join(text for points, text in found if points == mark),
            )
            for mark in marks
        )

    def is_chosen(self, choice: Choice) -> bool:
        """Say whether the field holds this choice."""
        return self.text in {choice.value, show_short(Decimal(choice.value))}


def clock(seconds: int) -> str:
    """Seconds as minutes and seconds: "9 menit 50 detik"."""
    minutes, rest = divmod(seconds, MINUTE)
    parts = [f"{minutes} menit"] if minutes or not rest else []
    return " ".join([*parts, *([f"{rest} detik"] if rest else [])])


@dataclass(frozen=True, slots=True)
class MarkAspect:
    """Criteria under one heading of the sheet."""

    name: str
    weight: str
    fields: tuple[MarkField, ...]


@dataclass(frozen=True, slots=True)
class SheetFields:
    """All criteria of a sheet, and what they earn so far."""

    aspects: tuple[MarkAspect, ...]
    maximum: str

    @property
    def fields(self) -> list[MarkField]:
        """All criteria in the rubric's order."""
        return [field for aspect in self.aspects for field in aspect.fields]

    @property
    def filled(self) -> int:
        """How many criteria have a mark."""
        return sum(field.mark is not None for field in self.fields)

    @property
    def missing(self) -> list[MarkField]:
        """The criteria without a mark."""
        return [field for field in self.fields if field.mark is None]

    @property
    def points(self) -> Fraction:
        """What the marks earn so far; the total once none is missing."""
        return sum((field.points for field in self.fields if field.points is not None), Fraction(0))


def sheet_fields(
    rubric: Rubric,
    marks: Mapping[str, Decimal],
    *,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> SheetFields:
    """The sheet as it is shown: stored marks, and above them what was typed and refused."""
    typed, problems = typed or {}, problems or {}
    numbers = {criterion: number for number, criterion in enumerate(rubric.by_id, 1)}

    def shown(criterion: Criterion) -> MarkField:
        mark = marks.get(criterion.id)
        stored = "" if mark is None else show_short(mark)
        return MarkField(
            criterion=criterion,
            number=numbers[criterion.id],
            text=typed.get(criterion.id, stored),
            mark=mark,
            points=None if mark is None else rubric.points(criterion.id, mark),
            problem=problems.get(criterion.id),
            stored=stored,
        )

    aspects = tuple(
        MarkAspect(
            aspect.name, show_short(aspect.weight), tuple(shown(criterion) for criterion in aspect.criteria)
        )
        for aspect in rubric.aspects
    )
    return SheetFields(aspects, show_short(rubric.maximum))
