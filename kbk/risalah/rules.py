"""Rules of the risalah: who has it in hand, what it still lacks, deadlines, limits. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kbk.errors import Closed, FileProblem, InvalidInput, NotAllowed
from kbk.indonesian import Zone, format_bytes, format_datetime
from kbk.risalah.outline import Outline, Step, StepSection

MOST_SECTION_CHARACTERS = 200_000
MOST_FILES = 300
MOST_DIAGRAMS = 30
MOST_TABLE_CHARACTERS = 200_000
MERGE_WITHIN = timedelta(minutes=10)


class RisalahState(StrEnum):
    """Whether the group or the committee has the risalah in hand."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"


class AttachmentPurpose(StrEnum):
    """What a file of a risalah is for."""

    ATTACHMENT = "attachment"
    PICTURE = "picture"
    DOCUMENT = "document"
    """The whole risalah as one PDF, instead of text written here."""


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """How much stands in a section; a diagram that can be drawn is a picture."""

    words: int = 0
    has_picture: bool = False

    @property
    def filled(self) -> bool:
        """True as soon as anything is there."""
        return self.words > 0 or self.has_picture


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far one step is: the required sections still empty, and those shorter than advised."""

    step: Step
    started: bool
    missing: tuple[StepSection, ...]
    short: tuple[StepSection, ...]

    @property
    def complete(self) -> bool:
        """True when nothing required is empty."""
        return not self.missing

    @property
    def state(self) -> str:
        """done, part or todo, as the step tracker shows it."""
        if self.complete:
            return "done"
        return "part" if self.started else "todo"


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a risalah has and lacks. A whole PDF stands for all sections; a title is always needed."""

    has_title: bool
    has_document: bool
    steps: tuple[StepProgress, ...]

    @property
    def steps_done(self) -> int:
        """How many steps lack nothing."""
        return sum(progress.complete for progress in self.steps)

    @property
    def next_step(self) -> StepProgress | None:
        """The first step that lacks something, unless a whole PDF stands for it."""
        return None if self.has_document else next((p for p in self.steps if not p.complete), None)

    @property
    def ready(self) -> bool:
        """True when nothing stands against handing in."""
        return self.has_title and self.next_step is None


def completeness(
    outline: Outline, title: str, sections: Mapping[str, SectionFacts], *, has_document: bool
) -> Completeness:
    """Compare what is written with what the outline asks for."""
    empty = SectionFacts()
    steps = []
    for step in outline.steps:
        found = [(section, sections.get(section.key, empty)) for section in step.sections]
        steps.append(
            StepProgress(
                step=step,
                started=any(facts.filled for _, facts in found),
                missing=tuple(section for section, facts in found if section.required and not facts.filled),
                short=tuple(
                    section
                    for section, facts in found
                    if facts.filled and not facts.has_picture and facts.words < section.words
                ),
            )
        )
    return Completeness(bool(title.strip()), has_document, tuple(steps))


def check_writable(state: RisalahState) -> None:
    """Raise Closed once the risalah is handed in."""
    if state is RisalahState.SUBMITTED:
        raise Closed(
            "Risalah sudah diserahkan sehingga tidak dapat diubah lagi. "
            "Bila ada yang keliru, mintalah panitia mengembalikannya untuk diperbaiki."
        )


@dataclass(frozen=True, slots=True)
class Window:
    """When a group may hand in: from `opens_at` until just before `deadline`."""

    opens_at: datetime
    deadline: datetime
    edition_deadline: datetime
    zone: Zone

    def check(self, now: datetime) -> None:
        """Raise NotAllowed before the window and Closed after it, naming its end and the way out."""
        if now < self.opens_at:
            opens = format_datetime(self.opens_at, self.zone)
            raise NotAllowed(
                f"Penyerahan baru dibuka {opens}. Naskah dapat terus ditulis; serahkan setelah itu."
            )
        if now >= self.deadline:
            closed = format_datetime(self.deadline, self.zone)
            raise Closed(
                f"Batas penyerahan sudah lewat: {closed}. Risalah belum diserahkan, tetapi naskahnya tetap "
                "tersimpan. Hubungi panitia untuk meminta perpanjangan, lalu serahkan lagi."
            )

    def is_late(self, now: datetime, *, earlier_on_time: bool) -> bool:
        """True after the edition's own deadline, by extension; a correction of a timely hand-in is not late."""
        return now >= self.edition_deadline and not earlier_on_time


def check_complete(found: Completeness) -> None:
    """Raise NotAllowed while something required is missing."""
    if found.ready:
        return
    steps = [] if found.has_document else [p for p in found.steps if not p.complete]
    lacking = ["judul"] if not found.has_title else []
    lacking += [f"langkah {progress.step.number}" for progress in steps]
    raise NotAllowed(
        f"Risalah belum lengkap: {', '.join(lacking)}. Lengkapi dahulu, atau unggah risalah utuh (PDF)."
    )


def check_send_back(
    state: RisalahState, *, judged: bool, deadline: datetime, due: datetime | None, now: datetime
) -> None:
    """Raise NotAllowed or InvalidInput when the risalah may not be returned, or could not be handed in again."""
    if state is not RisalahState.SUBMITTED:
        raise NotAllowed("Risalah ini tidak sedang diserahkan, jadi tidak ada yang dikembalikan.")
    if judged:
        raise NotAllowed(
            "Juri sudah mulai memberi nilai sehingga risalah tidak dapat dikembalikan. "
            "Sampaikan catatan panitia kepada dewan juri."
        )
    if due is not None and due <= max(now, deadline):
        raise InvalidInput(
            "Batas perbaikan harus di masa depan dan sesudah batas yang berlaku sekarang. "
            "Kosongkan bila batas yang berlaku sudah cukup.",
            field="due",
        )
    if due is None and deadline <= now:
        raise InvalidInput(
            "Batas penyerahan kelompok ini sudah lewat. Tentukan batas perbaikan agar kelompok dapat menyerahkan lagi.",
            field="due",
        )


def check_section_size(html: str, label: str) -> None:
    """Raise InvalidInput for a text that is too long to be one section."""
    if len(html) > MOST_SECTION_CHARACTERS:
        raise InvalidInput(
            f"Bagian “{label}” terlalu panjang ({len(html) // 1000} ribu huruf; paling banyak "
            f"{MOST_SECTION_CHARACTERS // 1000} ribu). Pindahkan sebagian ke lampiran.",
            field="html",
        )


def check_diagram_count(present: int) -> None:
    """Raise NotAllowed when a risalah with this many diagrams takes no other."""
    if present >= MOST_DIAGRAMS:
        raise NotAllowed(
            f"Risalah ini sudah memuat {MOST_DIAGRAMS} diagram. Hapus diagram yang tidak diperlukan, lalu coba lagi."
        )


def check_table_size(text: str) -> None:
    """Raise InvalidInput for a table that is too long to be one diagram."""
    if len(text) > MOST_TABLE_CHARACTERS:
        raise InvalidInput(
            f"Tabel terlalu panjang ({len(text) // 1000} ribu huruf; paling banyak "
            f"{MOST_TABLE_CHARACTERS // 1000} ribu). Ringkas datanya, atau lampirkan berkas Excelnya.",
            field="table",
        )


_WORD_PROCESSED = (".doc", ".docx", ".odt", ".rtf")


def advice_on_document(filename: str) -> str:
    """How a text that is not a PDF yet becomes the whole risalah; "" for files of another kind."""
    if not filename.casefold().endswith(_WORD_PROCESSED):
        return ""
    return (
        "Ubah dahulu menjadi PDF: di Word pilih Berkas, Simpan sebagai, PDF; di telepon pilih Cetak, lalu Simpan "
        "sebagai PDF. Atau salin isinya ke langkah-langkah."
    )


def check_room(sizes: Sequence[int], size: int, quota: int) -> None:
    """Raise FileProblem when a file of `size` bytes does not fit beside the files of these `sizes`."""
    if sum(sizes) + size > quota:
        raise FileProblem(
            f"Berkas risalah ini sudah {format_bytes(sum(sizes))} dari {format_bytes(quota)} yang tersedia. "
            "Hapus berkas yang tidak diperlukan, lalu unggah lagi."
        )
    if len(sizes) >= MOST_FILES:
        raise FileProblem(
            f"Risalah ini sudah memuat {MOST_FILES} berkas. Hapus berkas yang tidak diperlukan, lalu unggah lagi."
        )


@dataclass(frozen=True, slots=True)
class SavedText:
    """A revision as the merging rule sees it."""

    by_id: int | None
    automatic: bool
    begun_at: datetime
    length: int


def continues(previous: SavedText, by_id: int, length: int, now: datetime) -> bool:
    """True when an automatic save may replace the revision before it instead of standing beside it.

    Automatic saves of one person within ten minutes are one revision, except that a text never takes the place of
    one whose length needs more binary digits. So however many saves a deletion is spread over, at least half of the
    longest text stays on record.
    """
    return (
        previous.automatic
        and previous.by_id == by_id
        and now - previous.begun_at < MERGE_WITHIN
        and length.bit_length() >= previous.length.bit_length()
    )
