"""Rules of closing, deciding and publishing a stage, of its papers, award titles and numbers. Pure."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from kbk.competitions.rules import StageState
from kbk.errors import Conflict, InvalidInput, NotAllowed
from kbk.indonesian import join_words, roman_month

PRIZES = ("Juara I", "Juara II", "Juara III", "Harapan I", "Harapan II", "Harapan III")
"""Titles of the first places; equals share a title and the next one is left out, as their places do."""
FINALIST = "Finalis"
PARTICIPANT = "Peserta"
RESERVES = 2
"""How many below the cut line are named as reserves in each category."""
SHOWN_IN_A_SENTENCE = 6
DECIDED = frozenset({StageState.DECIDED, StageState.PUBLISHED})
"""States in which the places of a stage are frozen."""
LOCKED = DECIDED | {StageState.CLOSED}
"""States in which no mark can change."""


class StageAction(StrEnum):
    """The next thing the committee can do with a stage."""

    OPEN = "open"
    CLOSE = "close"
    SETTLE = "settle"
    DECIDE = "decide"
    PUBLISH = "publish"


def next_action(*, state: str, may_open: bool, ties: int) -> StageAction | None:
    """What comes next for a stage in `state`; `ties` are the unsettled ones that stand in the way."""
    if state == "planned":
        return StageAction.OPEN if may_open else None
    if state == "open":
        return StageAction.CLOSE
    if state == "closed":
        return StageAction.SETTLE if ties else StageAction.DECIDE
    return StageAction.PUBLISH if state == "decided" else None


def award_title(place: int | None, *, through_cut: bool) -> str:
    """What the place earns where winners are found; `through_cut` tells whether a cut line led into the stage."""
    if place is not None and place <= len(PRIZES):
        return PRIZES[place - 1]
    return FINALIST if place is not None and through_cut else ""


def award_order(award: str) -> int:
    """Orders awards as they are announced on paper: Juara I first, Peserta last."""
    titles = (*PRIZES, FINALIST, PARTICIPANT)
    return titles.index(award) if award in titles else len(titles)


def listing(things: Sequence[str]) -> str:
    """Some things in a sentence; long lists end in how many more there are."""
    if len(things) <= SHOWN_IN_A_SENTENCE:
        return join_words(things)
    return f"{', '.join(things[:SHOWN_IN_A_SENTENCE])}, dan {len(things) - SHOWN_IN_A_SENTENCE} lainnya"


def awaited(judge: str, group: str) -> str:
    """A sheet without a signature, in words."""
    return f"{judge} untuk KBK {group}"


def _awaited_in_a_sentence(sheets: Sequence[tuple[str, str]]) -> str:
    """A few sheets by judge and group; of many, how many each judge owes: it is the judges who are rung up."""
    if len(sheets) <= SHOWN_IN_A_SENTENCE:
        return listing([awaited(*sheet) for sheet in sheets])
    owed = Counter(judge for judge, _group in sheets)
    return listing([f"{judge} ({number} lembar)" for judge, number in owed.most_common()])


def check_can_close(
    *,
    stage: str,
    entries: int,
    waits: bool,
    missing: Sequence[tuple[str, str]],
    unscored: Sequence[str],
) -> None:
    """Raise NotAllowed unless a stage may be closed.

    `missing` names judge and group of the sheets without a signature, which matter where the policy `waits` for
    them; `unscored` names groups that would have no score at all.
    """
    if not entries:
        raise NotAllowed(f"Tahap {stage} belum mempunyai peserta, sehingga belum dapat ditutup.")
    if waits and missing:
        raise NotAllowed(
            f"Tahap {stage} belum dapat ditutup: {len(missing)} lembar nilai belum ditandatangani, yaitu "
            f"{_awaited_in_a_sentence(missing)}. Ingatkan jurinya, atau bebastugaskan juri yang berhalangan "
            "pada halaman Penugasan."
        )
    if unscored:
        raise NotAllowed(
            f"Tahap {stage} belum dapat ditutup: belum ada nilai untuk KBK {listing(unscored)}. "
            "Nilai yang kosong tidak pernah dihitung nol; tugaskan juri lain atau tunggu lembar nilainya. "
            "Kelompok yang mundur dibebastugaskan dari semua jurinya, lalu dikecualikan saat menutup tahap."
        )


def check_state(*, stage: str, state: str, wanted: str) -> None:
    """Raise Conflict unless the stage is in the state an act starts from."""
    if state == wanted:
        return
    words = {
        "planned": "belum dibuka",
        "open": "masih dinilai",
        "closed": "sudah ditutup",
        "decided": "sudah ditetapkan",
        "published": "sudah diumumkan",
    }
    raise Conflict(
        f"Tahap {stage} {words.get(state, state)}, mungkin oleh panitia lain atau karena tombol tertekan dua kali. "
        "Periksa keadaannya pada halaman Tahap."
    )


def check_no_ties(*, stage: str, ties: Sequence[str]) -> None:
    """Raise NotAllowed while ties stand in the way; each is named as "Cepat dan Prima (Perangkat Daerah)"."""
    if ties:
        raise NotAllowed(
            f"Tahap {stage} belum dapat ditetapkan: masih ada nilai sama yang menentukan, yaitu {'; '.join(ties)}. "
            "Catat dahulu keputusan tertulis dewan juri. Tidak ada undian."
        )


def check_order(order: Sequence[int], ties: Sequence[frozenset[int]]) -> None:
    """Raise InvalidInput unless `order` puts exactly the groups of one unsettled tie in order."""
    if len(set(order)) != len(order):
        raise InvalidInput("Setiap kelompok harus mendapat urutan yang berbeda.")
    if frozenset(order) not in ties:
        raise Conflict(
            "Kelompok-kelompok ini tidak lagi bernilai sama, atau keputusannya sudah dicatat. "
            "Buka kembali halaman Peringkat."
        )


def check_can_publish(*, stage: str, unpublished: Sequence[str], differences: Sequence[str]) -> None:
    """Raise NotAllowed unless earlier stages are published and the recount equals what was decided."""
    if unpublished:
        raise NotAllowed(f"Umumkan dahulu tahap {join_words(unpublished)}, baru kemudian tahap {stage}.")
    if differences:
        raise NotAllowed(
            f"Tahap {stage} tidak diumumkan karena hitung ulang dari nilai mentah berbeda dengan yang ditetapkan: "
            f"{listing(differences)}. Periksa jejak perubahan sebelum melanjutkan."
        )


def check_can_draft_minutes(*, stage: str, state: str) -> None:
    """Raise NotAllowed while a stage is not closed: before that nothing of its result may stand on a paper."""
    if state not in LOCKED:
        raise NotAllowed(f"Berita acara tahap {stage} disusun sesudah penilaiannya ditutup.")


def check_can_record(*, stage: str, state: str) -> None:
    """Raise NotAllowed while marks can still change: what is counted again must be what stands."""
    if state not in LOCKED:
        raise NotAllowed(f"Rekaman nilai tahap {stage} tersedia sesudah penilaiannya ditutup.")


def check_can_make_minutes(*, stage: str, state: str) -> None:
    """Raise NotAllowed unless the places of a stage are frozen, so that what is signed cannot change any more."""
    if state not in DECIDED:
        raise NotAllowed(
            f"Berita acara tahap {stage} dibuat sesudah hasilnya ditetapkan, agar yang ditandatangani tidak dapat "
            "berubah lagi. Sebelum itu tersedia rancangannya."
        )


def certificate_number(pattern: str, *, serial: int, day: date) -> str:
    """The number by the edition's pattern: {urut} in three digits, {bulan} in Roman letters, {tahun} in four."""
    values = {"{urut}": f"{serial:03d}", "{bulan}": roman_month(day), "{tahun}": str(day.year)}
    for mark, value in values.items():
        pattern = pattern.replace(mark, value)
    return pattern
