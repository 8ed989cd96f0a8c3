"""Rules of editions, stages and names. Pure."""

import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import Any

from kbk.audit.changes import differences
from kbk.errors import InvalidInput, NotAllowed
from scoring.numbers import show_short
from scoring.rubric import Criterion, Rubric
from scoring.scales import NumberScale

SCALE_WORDS = {"clock": "diisi dari jam", "levels": "tingkat", "anchored": "jangkar"}
"""Scales that are not numbers, by kind."""


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


def scale_words(criterion: Criterion) -> str:
    """The scale of a criterion in a few words: "1 sampai 10, langkah 0,5"."""
    scale = criterion.scale
    bounds = f"{show_short(scale.minimum)} sampai {show_short(scale.maximum)}"
    if not isinstance(scale, NumberScale):
        return f"{SCALE_WORDS[scale.kind]}, {bounds}"
    return bounds + (f", langkah {show_short(scale.step)}" if scale.step != 1 else "")


def rubric_changes(before: Rubric, after: Rubric) -> dict[str, Any]:
    """What is different `after`, as the trail keeps it; empty where nothing is.

    Criteria are named "name (id)": those of both rubrics with what is different of them, a new one with [None, all
    of it], one that was taken away with [all of it, None].
    """
    changes: dict[str, Any] = dict(differences({"name": before.name}, {"name": after.name}))
    criteria: dict[str, Any] = {}
    for key in dict.fromkeys([*before.by_id, *after.by_id]):
        old, new = before.by_id.get(key), after.by_id.get(key)
        if old and new:
            told = _told(old), _told(new)
            different = {f: [told[0][f], told[1][f]] for f in told[0] if getattr(old, f) != getattr(new, f)}
            if different:
                criteria[f"{old.name} ({key})"] = different
        elif one := old or new:
            whole = {name: text for name, text in _told(one).items() if text and name != "name"}
            criteria[f"{one.name} ({key})"] = [whole, None] if old else [None, whole]
    if criteria:
        changes["criteria"] = criteria
    kept = before.by_id.keys() & after.by_id.keys()
    order = [
        ", ".join(f"{before.by_id[one.id].name} ({one.id})" for one in rubric.criteria if one.id in kept)
        for rubric in (before, after)
    ]
    return changes | differences({"order": order[0]}, {"order": order[1]})


def _told(criterion: Criterion) -> dict[str, str | None]:
    return {
        "name": criterion.name,
        "aspect": criterion.aspect or None,
        "weight": show_short(criterion.weight),
        "scale": scale_words(criterion),
    }
