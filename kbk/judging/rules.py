"""Rules of judging: who may judge what, when a sheet is open, what a typed mark means. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from kbk.accounts.rules import Person
from kbk.errors import Closed, InvalidInput, NotAllowed
from scoring.assignment import assign
from scoring.errors import ScoringError
from scoring.numbers import parse_mark
from scoring.rubric import MarkFault, Rubric

LONGEST_COMMENT = 4000
COMMENT = "comment"

Pair: TypeAlias = tuple[int, int]
"""An entry's id and a judge's id."""


class SheetState(StrEnum):
    """How far a score sheet has come."""

    BLANK = "blank"
    FILLING = "filling"
    READY = "ready"
    """Every criterion has its mark, the signature is missing."""
    RETURNED = "returned"
    """Appointed again after stepping back: the judge has not said yet whether the marks of before are kept."""
    SIGNED = "signed"
    RECUSED = "recused"


def sheet_state(
    *, filled: int, complete: bool, signed: bool, recused: bool, returned: bool = False
) -> SheetState:
    """The state of a sheet on which `filled` criteria have a mark."""
    if recused:
        return SheetState.RECUSED
    if signed:
        return SheetState.SIGNED
    if returned:
        return SheetState.RETURNED
    if complete:
        return SheetState.READY
    return SheetState.FILLING if filled else SheetState.BLANK


@dataclass(frozen=True, slots=True)
class ReadMarks:
    """What was typed for some criteria: the marks (None where blank or wrong), and what is wrong in words."""

    marks: Mapping[str, Decimal | None]
    problems: Mapping[str, str]


def read_marks(rubric: Rubric, typed: Mapping[str, str]) -> ReadMarks:
    """Read marks as a judge types them (criterion id -> text); a blank is no mark and no problem.

    Raises InvalidInput for a criterion that the rubric does not have.
    """
    if unknown := sorted(typed.keys() - rubric.by_id.keys()):
        raise InvalidInput(f"Kriteria {unknown[0][:40]} tidak ada dalam rubrik. Muat ulang halaman ini.")
    marks: dict[str, Decimal | None] = dict.fromkeys(typed)
    problems = {}
    for criterion, text in typed.items():
        if text.strip():
            try:
                marks[criterion] = _canonical(parse_mark(text))
            except ScoringError as error:
                problems[criterion] = str(error)
    given = {criterion: mark for criterion, mark in marks.items() if mark is not None}
    for problem in rubric.problems(given):
        if problem.fault is MarkFault.OFF_SCALE:
            marks[problem.criterion] = None
            problems[problem.criterion] = problem.text
    return ReadMarks(marks, problems)


def _canonical(mark: Decimal) -> Decimal:
    """The mark in its only stored form: 8,50 and 8.5 are both 8.5, and ten is 10."""
    return Decimal(f"{mark.normalize():f}")


def read_rubric(data: Mapping[str, object], stage: str) -> Rubric:
    """The rubric of a stage; NotAllowed with the reason when it cannot be used."""
    try:
        return Rubric.from_data(data)
    except ScoringError as error:
        raise NotAllowed(
            f"Rubrik tahap {stage} belum dapat dipakai: {error} Perbaiki dalam Pengaturan."
        ) from error


def check_origin(*, has_unit: bool, institution: str) -> None:
    """Raise InvalidInput when it is not said where a judge comes from: conflicts could not be seen."""
    if not has_unit and not institution:
        raise InvalidInput(
            "Pilih unit asal juri, atau tulis instansi asalnya bila bukan pegawai kota/kabupaten ini.",
            field="institution",
        )


def check_may_judge(person: Person, organisers: Iterable[Person]) -> None:
    """Raise NotAllowed for somebody of the committee: it sees what all judges have signed."""
    if found := next((organiser for organiser in organisers if organiser.is_like(person)), None):
        raise NotAllowed(
            f"{person.name} tidak dapat menjadi juri, karena {found.name} adalah panitia dan panitia melihat nilai "
            "semua juri. Tunjuk orang lain, atau minta panitia lain mengeluarkannya lebih dahulu pada halaman Panitia. "
            "Bila ini orang lain, pakailah nama lengkap dengan gelar, surel, dan nomor HP miliknya sendiri."
        )


def check_can_open(*, stage: str, state: str, previous: tuple[str, str] | None) -> None:
    """Raise NotAllowed unless the stage may be opened; `previous` is name and state of the one before it."""
    if state != "planned":
        raise NotAllowed(f"Tahap {stage} sudah pernah dibuka.")
    if previous is not None and previous[1] not in {"decided", "published"}:
        raise NotAllowed(
            f"Tahap {stage} baru dapat dibuka sesudah hasil tahap {previous[0]} ditetapkan. "
            f"Tetapkan dahulu siapa yang lolos dari {previous[0]}."
        )


def check_tie_chain(rubric: Rubric, chain: Iterable[str], stage: str) -> None:
    """Raise NotAllowed when the chain of tie-breaks names a criterion that the rubric does not have."""
    if unknown := sorted(set(chain) - rubric.by_id.keys()):
        raise NotAllowed(
            f"Urutan pemecah nilai seri tahap {stage} menyebut kriteria {unknown[0]}, "
            "padahal kriteria itu tidak ada dalam rubrik. Perbaiki dalam Pengaturan."
        )


def check_can_appoint(*, stage: str, state: str) -> None:
    """Raise Closed when the panel of a stage can no longer change."""
    if state not in {"planned", "open"}:
        raise Closed(f"Tahap {stage} sudah ditutup; penugasan juri tidak dapat diubah lagi.")


def conflict(*, judge: str, group: str, unit: str) -> str:
    """The sentence about a judge who belongs to the unit of the entry."""
    return (
        f"{judge} tidak dapat menilai KBK {group}, karena juri ini berasal dari unit yang sama: {unit}. "
        "Pilih juri lain."
    )


def planned_pairs(
    per_entry: int,
    *,
    names: Mapping[int, str],
    judges: Collection[int],
    forbidden: Collection[Pair],
    appointed: Collection[Pair],
    given_up: Collection[Pair],
) -> list[Pair]:
    """The appointments that complete every panel to `per_entry` judges with even loads.

    `names` are the groups' names by entry id. Pairs that are `forbidden` or `given_up` are never made, those
    `appointed` stay. Raises InvalidInput, naming the group, when one has too few judges to choose from.
    """
    closed = set(forbidden) | set(given_up)
    kept = set(appointed) - closed
    panels = {entry: sum((entry, judge) in kept for judge in judges) for entry in names}
    open_entries = [entry for entry in names if panels[entry] <= per_entry]
    for entry in open_entries:
        free = sum((entry, judge) not in closed for judge in judges)
        if free < per_entry:
            raise InvalidInput(
                f"KBK {names[entry]} hanya dapat dinilai oleh {free} juri, padahal diminta {per_entry}. "
                "Tambah juri atau kurangi jumlah juri per peserta.",
                field="per_entry",
            )
    if not open_entries:
        return []
    plan = assign(
        [str(entry) for entry in open_entries],
        [str(judge) for judge in judges],
        per_entry,
        forbidden=[(str(entry), str(judge)) for entry, judge in closed],
        kept=[(str(entry), str(judge)) for entry, judge in kept if panels[entry] <= per_entry],
    )
    planned = {(int(entry), int(judge)) for entry, panel in plan.panels.items() for judge in panel}
    return sorted(planned - kept)


def check_can_withdraw(*, judge: str, group: str, state: SheetState, commented: bool) -> None:
    """Raise NotAllowed when the judge has already written on the sheet."""
    if state is SheetState.SIGNED:
        raise NotAllowed(f"{judge} sudah menandatangani nilai KBK {group}; penugasannya tidak dapat dicabut.")
    if state is not SheetState.BLANK or commented:
        raise NotAllowed(
            f"{judge} sudah mulai mengisi lembar nilai KBK {group}. Bebastugaskan juri ini dengan alasan "
            "tertulis bila ia tidak dapat melanjutkan."
        )


def check_stage_open(*, stage: str, state: str) -> None:
    """Raise Closed unless the stage is open."""
    if closed := _closed(stage, state):
        raise Closed(closed)


def _closed(stage: str, state: str) -> str | None:
    if state == "planned":
        return f"Tahap {stage} belum dibuka panitia; nilai belum dapat diisi."
    return None if state == "open" else f"Tahap {stage} sudah ditutup; nilai tidak dapat diubah lagi."


def lock(
    *, stage: str, stage_state: str, state: SheetState, handed_in: bool, organises: bool = False
) -> str | None:
    """Why a judge may not write on a sheet, as a sentence; None when it is open.

    `organises` says that the judge is of the committee by now.
    """
    if state is SheetState.SIGNED:
        return (
            "Lembar nilai ini sudah ditandatangani dan terkunci. "
            "Bila ada yang keliru, mintalah panitia membukanya kembali."
        )
    if state is SheetState.RECUSED:
        return "Anda tidak lagi menilai kelompok ini, sehingga lembar nilainya terkunci."
    if closed := _closed(stage, stage_state):
        return closed
    if not handed_in:
        return "Risalah kelompok ini sedang diperbaiki; nilai dapat diisi sesudah risalah diserahkan kembali."
    if organises:
        return (
            "Anda juga panitia, dan panitia melihat nilai semua juri. Supaya dapat menilai, mintalah panitia lain "
            "mengeluarkan Anda dari panitia; bila tidak, bebastugaskan diri Anda dan tunjuk juri lain."
        )
    if state is SheetState.RETURNED:
        return "Putuskan dahulu apakah nilai Anda yang lama dipakai lagi atau Anda mulai dari lembar kosong."
    return None


def check_returned(state: SheetState) -> None:
    """Raise NotAllowed unless the sheet waits for its judge's word about the marks of before."""
    if state is not SheetState.RETURNED:
        raise NotAllowed("Tentang nilai lama pada lembar ini sudah diputuskan. Buka kembali lembarnya.")


@dataclass(frozen=True, slots=True)
class Sending:
    """Which opened page has sent a save, and the how-manieth of its saves it is."""

    page: str
    turn: int


def starts_from(
    version: int, *, present: int, saved: tuple[str | None, int | None, int | None], sent: Sending | None
) -> int:
    """The version a save starts from, which is the sheet's `present` one where only an answer was lost.

    `saved` is page, turn and resulting version of the last save. When the same page made it and nothing came after,
    what the page sends next knows all that is stored, though the page never heard of its own last version. A save
    that was held up on its way and overtaken by a later one of its page stays stale.
    """
    page, turn, made = saved
    own = sent is not None and page == sent.page and turn is not None and sent.turn > turn
    return present if own and made == present else version


def marks_still_fit(*, marked_at: datetime | None, handed_in_at: datetime | None) -> bool:
    """Say whether marks judge what is handed in now: a later hand-in is another text."""
    return handed_in_at is not None and marked_at is not None and handed_in_at <= marked_at


def check_can_recuse(*, state: SheetState) -> None:
    """Raise NotAllowed when the judge has signed the sheet or no longer holds it."""
    if state is SheetState.SIGNED:
        raise NotAllowed(
            "Lembar nilai ini sudah ditandatangani. Panitia perlu membukanya kembali sebelum jurinya mundur."
        )
    if state is SheetState.RECUSED:
        raise NotAllowed("Juri ini sudah tidak menilai kelompok itu.")
