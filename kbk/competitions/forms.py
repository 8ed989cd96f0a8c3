"""Forms of editions, stages, rubrics and the committee."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from kbk.competitions.models import Category, Competition, Stage
from kbk.competitions.service import EditionFacts, StageFacts
from kbk.competitions.templates import TEMPLATES
from kbk.errors import Conflict, InvalidInput
from kbk.indonesian import NipKind, Zone, nip_digits, nip_problem
from kbk.versions import CHANGED_MEANWHILE
from kbk.web.forms import ChangeForm, Form, Line, Lines, LocalMoment, Rows, VersionField, Whole, clean, local
from scoring.errors import ScoringError
from scoring.numbers import parse_mark, show_short
from scoring.rubric import Criterion, Rubric
from scoring.scales import NumberScale
from scoring.templates import TEMPLATES as RUBRICS

ZONES = [SelectChoice(zone.value, f"{zone.value} – {zone.long_name}") for zone in Zone]
OUTLINES = [
    SelectChoice("tulta-7", "TULTA – tujuh langkah"),
    SelectChoice("delta-8", "DELTA – delapan langkah"),
    SelectChoice("qc-story-7", "QC story – tujuh langkah"),
]
METHODS = [
    SelectChoice("mean", "Rata-rata semua juri"),
    SelectChoice("median", "Median semua juri"),
    SelectChoice("trimmed", "Rata-rata tanpa nilai tertinggi dan terendah (paling sedikit 5 juri)"),
]
MISSING = [
    SelectChoice("wait", "Tunggu: peringkat baru ada bila semua lembar lengkap"),
    SelectChoice("present", "Rata-rata lembar yang lengkap saja"),
]
LINE_RULES = [
    SelectChoice("decision", "Dewan juri memutuskan tertulis"),
    SelectChoice("take-all", "Semua yang bernilai sama ikut lolos"),
    SelectChoice("chain", "Rantai kriteria lebih dahulu; bila tetap sama, dewan juri memutuskan"),
]
CHAINS = [
    SelectChoice("heaviest", "Kriteria berbobot terbesar lebih dahulu"),
    SelectChoice("rubric", "Menurut urutan rubrik"),
    SelectChoice("none", "Tanpa rantai kriteria"),
]
LAST = "seperti-terakhir"
"""The choice of an edition like the last one, among the templates."""
STAYS = (
    *("city", "outline", "letterhead", "letterhead_address", "signer_position", "signer_name", "signer_rank"),
    *("signer_nip", "certificate_number"),
)
"""What is said of an edition and mostly holds for the next one too."""
DEFAULT_CATEGORIES = "Perangkat Daerah\nKelurahan"
DEFAULT_LETTERHEAD = "PEMERINTAH KOTA …\nSEKRETARIAT DAERAH"
SPARE_ROWS = 3
LONGEST_CATEGORY = 80


class EditionFields(Form):
    """What is said of an edition."""

    name = Line("Nama gelar", length=150)
    year = Whole(
        "Tahun",
        validators=[
            InputRequired("Tahun wajib diisi."),
            NumberRange(2000, 2100, "Tahun antara 2000 dan 2100."),
        ],
    )
    city = Line("Kota atau kabupaten", length=80)
    zone = SelectField("Zona waktu", choices=ZONES)
    outline = SelectField("Susunan langkah risalah", choices=OUTLINES)
    submission_opens_at = LocalMoment("Penulisan dibuka")
    submission_deadline = LocalMoment("Batas penyerahan risalah")
    description = Lines("Keterangan untuk umum", length=4000)
    letterhead = Lines("Kepala surat", length=400)
    letterhead_address = Lines("Alamat pada kepala surat", length=300)
    signer_position = Line("Jabatan penanda tangan", length=150, required=False)
    signer_name = Line("Nama penanda tangan", length=120, required=False)
    signer_rank = Line("Pangkat/golongan", length=80, required=False)
    signer_nip = Line("NIP penanda tangan", length=25, required=False)
    certificate_number = Line("Pola nomor piagam", length=80, required=False)

    def validate_signer_nip(self, field: Line) -> None:
        """A NIP of either kind of civil servant, or none."""
        problems = [nip_problem(field.data, kind) for kind in NipKind] if field.data else []
        if problems and all(problems):
            raise ValidationError(problems[0])

    def facts(self) -> EditionFacts:
        """What was typed."""
        zone = Zone(self.zone.data)
        opens, deadline = self.submission_opens_at.moment(zone), self.submission_deadline.moment(zone)
        if opens is None or deadline is None:
            raise InvalidInput("Isi kedua waktu penulisan.", field="submission_deadline")
        return EditionFacts(
            name=self.name.data,
            year=self.year.data,
            city=self.city.data,
            zone=zone,
            submission_opens_at=opens,
            submission_deadline=deadline,
            description=self.description.data or "",
            letterhead=self.letterhead.data or "",
            letterhead_address=self.letterhead_address.data or "",
            signer_position=self.signer_position.data or "",
            signer_name=self.signer_name.data or "",
            signer_rank=self.signer_rank.data or "",
            signer_nip=nip_digits(self.signer_nip.data or ""),
            certificate_number=self.certificate_number.data or "",
            outline=self.outline.data,
        )


class EditionForm(ChangeForm, EditionFields):
    """The settings of an edition."""

    version = VersionField()

    @classmethod
    def of(cls, competition: Competition) -> "EditionForm":
        """The form filled with an edition's facts, times in its zone."""
        known = {name: getattr(competition, name) for name in EditionFacts.__dataclass_fields__}
        moments = {
            name: local(known[name], competition.zone)
            for name in ("submission_opens_at", "submission_deadline")
        }
        return cls(data=known | moments | {"zone": competition.zone.value, "version": competition.version})


class NewEditionForm(EditionFields):
    """An edition to be set up from a template."""

    template = RadioField(
        "Susunan tahap",
        choices=[SelectChoice(key, plan.label) for key, plan in TEMPLATES.items()],
        default="corong-16-6",
    )
    categories = Lines("Kategori, satu per baris", length=400, required=True)

    @classmethod
    def after(cls, last: Competition | None, *, year: int) -> "NewEditionForm":
        """The form for an edition of this year or the next free one, filled with what stays the same from the last."""
        if last is None:
            return cls(
                data={"year": year, "categories": DEFAULT_CATEGORIES, "letterhead": DEFAULT_LETTERHEAD}
            )
        year = max(year, last.year + 1)
        known: dict[str, object] = {name: getattr(last, name) for name in STAYS}
        form = cls(
            data=known
            | {
                "template": LAST,
                "categories": "\n".join(category.name for category in last.categories),
                "name": last.name.replace(str(last.year), str(year)),
                "year": year,
                "zone": last.zone.value,
            }
        )
        form.template.choices = [
            SelectChoice(LAST, f"Seperti {last.name}: tahap, rubrik, aturan, dan yang lolos"),
            *form.template.choices,
        ]
        return form

    def validate_categories(self, field: Lines) -> None:
        """Each line is the name of a category."""
        if any(len(line) > LONGEST_CATEGORY for line in (field.data or "").splitlines()):
            raise ValidationError(f"Nama kategori paling banyak {LONGEST_CATEGORY} huruf. Singkat dahulu.")


class CategoryForm(Form):
    """A category to add."""

    name = Line("Nama kategori", length=LONGEST_CATEGORY)


class NewStageForm(Form):
    """A stage to add."""

    name = Line("Nama tahap", length=80)
    rubric = SelectField(
        "Rubrik", choices=[SelectChoice(key, rubric.name) for key, rubric in RUBRICS.items()]
    )


class StageForm(ChangeForm):
    """The rules of a stage."""

    version = VersionField()
    name = Line("Nama tahap", length=80)
    starts_at = LocalMoment("Penilaian mulai")
    ends_at = LocalMoment("Penilaian selesai")
    method = SelectField("Cara menggabungkan nilai juri", choices=METHODS)
    missing = SelectField("Bila ada lembar nilai yang belum lengkap", choices=MISSING)
    chain = SelectField("Bila nilai akhir sama", choices=CHAINS)
    line_rule = SelectField("Bila nilai akhir sama tepat di batas kelolosan", choices=LINE_RULES)
    carry_over = Whole(
        "Bagian nilai dari tahap sebelumnya (%)", validators=[InputRequired("Isi 0 bila mulai baru.")]
    )
    advance = Rows(Whole("Yang lolos", validators=[Optional(), NumberRange(1, 500, "Isi antara 1 dan 500.")]))

    @classmethod
    def of(cls, stage: Stage, rubric: Rubric, categories: list[Category]) -> "StageForm":
        """The form filled with a stage's rules, times in the edition's zone."""
        zone = stage.competition.zone
        form = cls(
            data={
                "version": stage.version,
                "name": stage.name,
                "starts_at": local(stage.starts_at, zone),
                "ends_at": local(stage.ends_at, zone),
                "method": stage.method,
                "missing": stage.missing,
                "chain": _chain_kind(stage.tie_chain, rubric),
                "line_rule": stage.line_rule,
                "carry_over": stage.carry_over,
                "advance": [stage.quota(category.id) for category in categories],
            },
        )
        while len(form.advance) < len(categories):
            form.advance.append_entry()
        return form

    def facts(self, zone: Zone, rubric: Rubric, categories: list[Category]) -> StageFacts:
        """What was typed.

        Raises Conflict when a category was taken away since, because rows stand for categories in their order.
        """
        if len(self.advance) > len(categories):
            raise Conflict(CHANGED_MEANWHILE.format(thing="Daftar kategori gelar ini"))
        starts_at, ends_at = self.starts_at.moment(zone), self.ends_at.moment(zone)
        if starts_at is None or ends_at is None:
            raise InvalidInput("Isi kedua waktu penilaian.", field="ends_at")
        pairs = zip(categories, self.advance.entries, strict=False)
        return StageFacts(
            name=self.name.data or "",
            starts_at=starts_at,
            ends_at=ends_at,
            method=self.method.data,
            missing=self.missing.data,
            line_rule=self.line_rule.data,
            carry_over=self.carry_over.data or 0,
            tie_chain=_chain(self.chain.data, rubric),
            advance={category.id: entry.data for category, entry in pairs if entry.data},
        )


def _chain(kind: str, rubric: Rubric) -> list[str]:
    if kind == "none":
        return []
    return (
        list(rubric.heaviest_first) if kind == "heaviest" else [criterion.id for criterion in rubric.criteria]
    )


def _chain_kind(chain: list[str], rubric: Rubric) -> str:
    return next((c.value for c in CHAINS if _chain(c.value, rubric) == list(chain)), "heaviest")


class CriterionForm(PlainForm):
    """One row of a rubric; a row without a name is left out."""

    id = HiddenField()
    aspect = StringField("Aspek", filters=[clean])
    name = StringField("Kriteria", filters=[clean])
    weight = StringField("Bobot", filters=[clean])
    minimum = StringField("Terendah", filters=[clean])
    maximum = StringField("Tertinggi", filters=[clean])
    step = StringField("Langkah", filters=[clean])


class RubricForm(ChangeForm):
    """A rubric of number scales; criteria on other scales keep theirs."""

    version = VersionField()
    name = Line("Nama rubrik", length=120)
    criteria = Rows(FormField(CriterionForm), max_entries=80)

    @classmethod
    def of(cls, rubric: Rubric, version: int) -> "RubricForm":
        """The form filled with a rubric of the stage's version, and a few empty rows for more criteria."""
        rows = [_row(criterion) for criterion in rubric.criteria]
        return cls(data={"version": version, "name": rubric.name, "criteria": rows + [{}] * SPARE_ROWS})

    def rubric(self, before: Rubric) -> Rubric:
        """What was typed; InvalidInput names the row that cannot be used."""
        criteria: list[Criterion] = []
        used: set[str] = set()
        for number, row in enumerate(self.criteria.entries, 1):
            if not row.form.name.data:
                continue
            try:
                criterion = _criterion(row.form, before.by_id, used)
            except ScoringError as error:
                raise InvalidInput(f"Baris {number} ({row.form.name.data}): {error}") from error
            used.add(criterion.id)
            criteria.append(criterion)
        try:
            return Rubric(self.name.data or "", tuple(criteria))
        except ScoringError as error:
            raise InvalidInput(str(error)) from error


def _row(criterion: Criterion) -> dict[str, Any]:
    row = {
        "id": criterion.id,
        "aspect": criterion.aspect,
        "name": criterion.name,
        "weight": show_short(criterion.weight),
        "minimum": show_short(criterion.scale.minimum),
        "maximum": show_short(criterion.scale.maximum),
    }
    if isinstance(criterion.scale, NumberScale):
        row["step"] = show_short(criterion.scale.step)
    return row


def _criterion(row: Any, known: Mapping[str, Criterion], used: set[str]) -> Criterion:
    old = known.get(row.id.data) if row.id.data not in used else None
    keeps_scale = old is not None and not isinstance(old.scale, NumberScale)
    scale = old.scale if old is not None and keeps_scale else _number_scale(row)
    weight: Decimal = parse_mark(row.weight.data or "")
    return Criterion(
        old.id if old else _new_id(known, used), row.name.data[:150], weight, scale, row.aspect.data or ""
    )


def _number_scale(row: Any) -> NumberScale:
    low, high, step = row.minimum.data or "1", row.maximum.data or "10", row.step.data or "1"
    return NumberScale(parse_mark(low), parse_mark(high), parse_mark(step))


def _new_id(known: Mapping[str, Criterion], used: set[str]) -> str:
    return next(
        f"k{number}" for number in range(1, 1000) if f"k{number}" not in known and f"k{number}" not in used
    )


class PersonForm(Form):
    """A person to name as organiser."""

    name = Line("Nama lengkap dengan gelar", length=120)
    email = Line("Surel", length=254, required=False)
    phone = Line("Nomor WhatsApp", length=20, required=False)
