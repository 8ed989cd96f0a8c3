"""Rules of judging: who may judge what, when a sheet is open, what a typed mark means. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kbk.errors import InvalidInput, NotAllowed
from scoring.errors import ScoringError
from scoring.numbers import parse_mark
from scoring.rubric import MarkFault, Rubric

LONGEST_COMMENT = 4000
COMMENT = "comment"


class SheetState(StrEnum):
    """How far a score sheet has come."""

    BLANK = "blank"
    FILLING = "filling"
    READY = "ready"
    """Every criterion has its mark, the signature is missing."""
    SIGNED = "signed"
    RECUSED = "recused"


def sheet_state(*, filled: int, complete: bool, signed: bool, recused: bool) -> SheetState:
    """The state of a sheet on which `filled` criteria have a mark."""
    if recused:
        return SheetState.RECUSED
    if signed:
        return SheetState.SIGNED
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
    """Raise NotAllowed when the panel of a stage can no longer change."""
    if state not in {"planned", "open"}:
        raise NotAllowed(f"Tahap {stage} sudah ditutup; penugasan juri tidak dapat diubah lagi.")


def conflict(*, judge: str, group: str, unit: str) -> str:
    """The sentence about a judge who belongs to the unit of the entry."""
    return (
        f"{judge} tidak dapat menilai KBK {group}, karena juri ini berasal dari unit yang sama: {unit}. "
        "Pilih juri lain."
    )


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
    """Raise NotAllowed unless the stage is open."""
    if closed := _closed(stage, state):
        raise NotAllowed(closed)


def _closed(stage: str, state: str) -> str | None:
    if state == "planned":
        return f"Tahap {stage} belum dibuka panitia; nilai belum dapat diisi."
    return None if state == "open" else f"Tahap {stage} sudah ditutup; nilai tidak dapat diubah lagi."


def lock(*, stage: str, stage_state: str, state: SheetState, handed_in: bool) -> str | None:
    """Why a judge may not write on a sheet, as a sentence; None when it is open."""
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
    return None


def check_can_recuse(*, state: SheetState) -> None:
    """Raise NotAllowed when the judge has signed the sheet or no longer holds it."""
    if state is SheetState.SIGNED:
        raise NotAllowed(
            "Lembar nilai ini sudah ditandatangani. Panitia perlu membukanya kembali sebelum jurinya mundur."
        )
    if state is SheetState.RECUSED:
        raise NotAllowed("Juri ini sudah tidak menilai kelompok itu.")
