"""Rules of editions, stages and names. Pure."""

import unicodedata
from datetime import datetime
from enum import StrEnum

from kbk.errors import InvalidInput, NotAllowed


class UnitKind(StrEnum):
    """What kind of office a unit is."""

    OPD = "perangkat-daerah"
    RSUD = "rsud"
    PUSKESMAS = "puskesmas"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"


class StageState(StrEnum):
    """How far a stage has come; it only ever moves forward, except that a closed stage may be reopened."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"
    PUBLISHED = "published"


def name_key(name: str) -> str:
    """The compared form of a unit's or group's name: compatible letters, single blanks, no punctuation, lower case."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def slug(text: str) -> str:
    """A name as part of an address: "Gelar Budaya Kerja 2024" -> "gelar-budaya-kerja-2024"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return name_key(plain).replace(" ", "-")[:80].strip("-")


def check_period(starts_at: datetime, ends_at: datetime, *, field: str) -> None:
    """Raise InvalidInput unless the period ends after it starts."""
    if ends_at <= starts_at:
        raise InvalidInput("Waktu selesai harus sesudah waktu mulai.", field=field)


def check_planned(state: str, name: str) -> None:
    """Raise NotAllowed unless the stage is still planned: its rules are frozen once judging has begun."""
    if state != "planned":
        raise NotAllowed(
            f"Aturan tahap {name} tidak dapat diubah lagi karena penilaiannya sudah dibuka. "
            "Rubrik dan cara menilai harus sama bagi semua peserta."
        )


def check_carry_over(percent: int, position: int) -> None:
    """Raise InvalidInput for a share that cannot be carried over into the stage at this position."""
    if not 0 <= percent <= 90:
        raise InvalidInput("Bagian nilai dari tahap sebelumnya antara 0 dan 90 persen.", field="carry_over")
    if percent and position == 1:
        raise InvalidInput(
            "Tahap pertama tidak mempunyai tahap sebelumnya; isi dengan 0.", field="carry_over"
        )
