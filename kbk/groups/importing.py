"""Judges the rows of an uploaded list: which can be taken over, which are known, which must be put right. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kbk.competitions.rules import UnitKind, name_key
from kbk.groups import rules
from kbk.groups.import_reading import Field, ReadRow
from kbk.groups.unit_names import KnownUnit, Meaning, UnitIndex, full_description, kind_named, kind_of_name
from kbk.indonesian import nip_digits

LONGEST_UNIT_NAME = 150
LOST_DIGITS = (
    "NIP tersimpan sebagai angka sehingga Excel menghilangkan angka-angka terakhirnya. "
    "Ubah format kolom NIP menjadi Teks, lalu ketik ulang NIP-nya."
)
LOST_RESULT = (
    "terbaca sebagai angka 0: rumusnya disimpan tanpa hasil. "
    "Salin kolomnya, tempel sebagai nilai, lalu unggah lagi."
)
"""LibreOffice writes no results of formulas that give text into .xls."""
_FROM_SCIENTIFIC = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)
_BLANK_MARKS = frozenset({"", "nihil", "tidak ada", "n a", "na", "kosong", "belum ada"})
_CATEGORY_WORDS: dict[UnitKind, tuple[str, ...]] = {
    UnitKind.KELURAHAN: ("kelurahan",),
    UnitKind.KECAMATAN: ("kecamatan", "perangkat daerah", "opd"),
    UnitKind.PUSKESMAS: ("puskesmas", "perangkat daerah", "opd"),
    UnitKind.RSUD: ("rsud", "rumah sakit", "perangkat daerah", "opd"),
    UnitKind.OPD: ("perangkat daerah", "opd", "dinas"),
}


class RowState(StrEnum):
    """What becomes of a row."""

    READY = "siap"
    FAULTY = "perlu-diperbaiki"
    KNOWN = "sudah-ada"
    SKIPPED = "dilewati"
    IMPORTED = "diimpor"


@dataclass(frozen=True, slots=True)
class KnownCategory:
    """A category of the edition."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group that takes part already; `leader` is the ketua's name, "" when there is none."""

    unit_ref: str
    name: str
    leader: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the list is compared with."""

    units: Sequence[KnownUnit]
    groups: Sequence[KnownGroup]
    categories: Sequence[KnownCategory]
    today: date


@dataclass(frozen=True, slots=True)
class Leader:
    """The ketua as the list names the person, in the form in which it is stored."""

    name: str
    job_title: str
    contact: rules.Contact


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """What confirming the import will enter."""

    unit: KnownUnit
    category_id: int
    name: str
    leader: Leader | None


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row with its verdict; `notes` are sentences, `choices` the units that a near miss may mean."""

    row: ReadRow
    state: RowState
    notes: tuple[str, ...] = ()
    plan: PlannedGroup | None = None
    choices: tuple[KnownUnit, ...] = ()
    may_be_new: bool = False


def judge(rows: Iterable[ReadRow], known: Known) -> list[JudgedRow]:
    """One verdict for every row, in their order."""
    panel = _Panel(known)
    return [panel.judge(row) for row in rows]


@dataclass(slots=True)
class _Verdict:
    """What has been found out about a row so far."""

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Panel:
    """Judges row after row, because a row may repeat or contradict an earlier one."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._units = UnitIndex(known.units)
        self._groups = {(group.unit_ref, name_key(group.name)): group for group in known.groups}
        self._taken: dict[tuple[str, str], tuple[str, str]] = {}
        self._leader_by_nip: dict[str, tuple[str, str]] = {}

    def judge(self, row: ReadRow) -> JudgedRow:
        if row.skipped:
            return JudgedRow(row, RowState.SKIPPED, (_sentence(row.skipped),))
        verdict = _Verdict()
        name = rules.bare_name(_named(row, Field.GROUP, "Nama KBK", verdict, required=True))
        meaning = self._unit(row, verdict)
        if meaning.unit is not None and name:
            repeated = self._repeated(row, meaning.unit, name)
            if repeated is not None:
                return repeated
        leader = self._leader(row, verdict)
        category = None
        if meaning.unit is not None:
            category = self._category(_value(row, Field.CATEGORY), meaning.unit.kind, verdict)
        if verdict.faults or meaning.unit is None or category is None or not name:
            return JudgedRow(
                row,
                RowState.FAULTY,
                tuple(verdict.faults),
                choices=meaning.choices,
                may_be_new=meaning.may_be_new,
            )
        self._remember(row, meaning.unit, name, leader)
        if meaning.unit.is_new:
            verdict.notes.append(f"Unit baru: {full_description(meaning.unit)}.")
        if leader is None:
            verdict.notes.append("Tanpa ketua; dapat ditambahkan sesudah impor.")
        plan = PlannedGroup(meaning.unit, category.id, name, leader)
        return JudgedRow(row, RowState.READY, tuple(verdict.notes), plan)

    def _unit(self, row: ReadRow, verdict: _Verdict) -> Meaning:
        name = _named(row, Field.UNIT, "Nama unit", verdict, required=True)
        kecamatan = _named(row, Field.KECAMATAN, "Nama kecamatan", verdict, required=False)
        typed_kind = _value(row, Field.KIND)
        kind = kind_named(typed_kind) if typed_kind else kind_of_name(name)
        if typed_kind and kind is None:
            verdict.faults.append(
                f"Jenis unit “{typed_kind}” tidak dikenal. Isi dengan OPD, RSUD, Puskesmas, Kecamatan, atau Kelurahan."
            )
        if not name or (typed_kind and kind is None):
            return Meaning(None)
        meaning = self._units.meaning(name, kind, kecamatan, row.decision)
        if meaning.fault:
            verdict.faults.append(meaning.fault)
        elif meaning.unit is not None and len(meaning.unit.name) > LONGEST_UNIT_NAME:
            verdict.faults.append(f"Nama unit paling banyak {LONGEST_UNIT_NAME} huruf. Singkat lebih dahulu.")
        return meaning

    def _repeated(self, row: ReadRow, unit: KnownUnit, name: str) -> JudgedRow | None:
        """The verdict on a group that takes part already or stood in an earlier row; None for a new one."""
        key, leader = (unit.ref, name_key(name)), _value(row, Field.LEADER)
        if (group := self._groups.get(key)) is not None:
            notes = [f"{unit.name} sudah mempunyai kelompok {group.name}; tidak ada yang diubah."]
            if leader and group.leader and name_key(leader) != name_key(group.leader):
                notes.append(
                    f"Ketuanya di aplikasi {group.leader}; ubahlah di halaman kelompok bila sudah berganti."
                )
            return JudgedRow(row, RowState.KNOWN, tuple(notes))
        if key not in self._taken:
            return None
        place, earlier = self._taken[key]
        if name_key(earlier) == name_key(leader):
            return JudgedRow(row, RowState.SKIPPED, (f"Dilewati karena sama dengan {place}.",))
        return JudgedRow(
            row,
            RowState.FAULTY,
            (f"Kelompok ini sudah tercantum pada {place} dengan ketua lain ({earlier or 'kosong'}).",),
        )

    def _leader(self, row: ReadRow, verdict: _Verdict) -> Leader | None:
        name = _named(row, Field.LEADER, "Nama ketua", verdict, required=False)
        contact = rules.Contact(
            self._nip(row, name, verdict), _phone(row, verdict), _checked_email(row, verdict)
        )
        job_title = _value(row, Field.JOB_TITLE)
        if len(job_title) > rules.LONGEST_NAME:
            verdict.faults.append(f"Jabatan paling banyak {rules.LONGEST_NAME} huruf. Singkat lebih dahulu.")
        if name:
            return Leader(name, job_title, contact)
        if contact != rules.Contact("", "", ""):
            verdict.faults.append("Nama ketua kosong, padahal NIP, nomor HP, atau surelnya terisi.")
        return None

    def _nip(self, row: ReadRow, leader: str, verdict: _Verdict) -> str:
        typed = _value(row, Field.NIP).strip("'’`")
        if not typed:
            return ""
        if (Field.NIP in row.numeric and len(typed) >= 15) or _FROM_SCIENTIFIC.fullmatch(typed):
            verdict.faults.append(LOST_DIGITS)
            return typed
        nip = nip_digits(typed)
        if fault := rules.nip_fault(nip, self._known.today):
            verdict.faults.append(fault)
        elif nip in self._leader_by_nip and self._leader_by_nip[nip][1] != name_key(leader):
            verdict.faults.append(
                f"NIP ini juga tercantum atas nama lain pada {self._leader_by_nip[nip][0]}."
            )
        return nip

    def _category(self, typed: str, kind: UnitKind, verdict: _Verdict) -> KnownCategory | None:
        categories = self._known.categories
        offered = ", ".join(category.name for category in categories)
        if typed:
            found = next((c for c in categories if name_key(c.name) == name_key(typed)), None)
            if found is None:
                verdict.faults.append(f"Kategori “{typed}” tidak ada di gelar ini. Pilihannya: {offered}.")
            return found
        if len(categories) == 1:
            return categories[0]
        for word in _CATEGORY_WORDS[kind]:
            for category in categories:
                if word in name_key(category.name):
                    return category
        verdict.faults.append(f"Kategori tidak dapat ditentukan. Isi kolom Kategori dengan: {offered}.")
        return None

    def _remember(self, row: ReadRow, unit: KnownUnit, name: str, leader: Leader | None) -> None:
        place = f"baris {row.number} lembar {row.sheet}"
        self._taken[unit.ref, name_key(name)] = (place, leader.name if leader else "")
        if leader is not None and leader.contact.nip:
            self._leader_by_nip.setdefault(leader.contact.nip, (place, name_key(leader.name)))


def _value(row: ReadRow, wanted: Field) -> str:
    """What a row says, with the signs for "nothing" taken for nothing."""
    text = row.values.get(wanted, "")
    return "" if name_key(text) in _BLANK_MARKS and not text.startswith(("=", "@", "#")) else text


def _named(
    row: ReadRow,
    wanted: Field,
    what: str,
    verdict: _Verdict,
    *,
    required: bool,
    length: int = rules.LONGEST_NAME,
) -> str:
    text = _value(row, wanted)
    if not text:
        if required:
            verdict.faults.append(f"{what} kosong. Isi selnya; tanda seperti “sda.” tidak diteruskan.")
        return ""
    if text == "0" and wanted in row.numeric:
        verdict.faults.append(f"{what} {LOST_RESULT}")
        return ""
    if problem := rules.name_problem(text, what, length=length):
        verdict.faults.append(problem)
        return ""
    return text


def _phone(row: ReadRow, verdict: _Verdict) -> str:
    phone = rules.phone_digits(_value(row, Field.PHONE))
    if Field.PHONE in row.numeric and phone.startswith("8"):
        phone = f"0{phone}"
    if phone and (problem := rules.phone_problem(phone)):
        verdict.faults.append(problem)
    return phone


def _checked_email(row: ReadRow, verdict: _Verdict) -> str:
    email = _value(row, Field.EMAIL)
    if email and (problem := rules.email_problem(email)):
        verdict.faults.append(problem)
    return email


def _sentence(reason: str) -> str:
    return f"Dilewati: {reason}."
