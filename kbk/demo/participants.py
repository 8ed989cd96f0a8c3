"""What the demonstration is made of, read from the data files beside this module."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from kbk.competitions.models import UnitKind

DATA = Path(__file__).parent / "data"


class Progress(StrEnum):
    """How far a group comes in the writing."""

    HANDED_IN = "handed-in"
    RETURNED = "returned"
    HALF = "half"
    HALF_LATE = "half-late"
    NOT_BEGUN = "not-begun"


@dataclass(frozen=True, slots=True)
class Participant:
    """A group of the demonstration; `quality` is around which its marks lie, one per stage it reaches."""

    unit: str
    kind: UnitKind
    group: str
    category: str
    state: Progress
    quality: tuple[Decimal, ...] = ()
    theme: str = "antrean"
    twin: str = ""
    lighter_heaviest: bool = False
    late: bool = False
    extended: bool = False

    @property
    def marked_as(self) -> str:
        """Whose marks the group gets: its own, or those of its twin."""
        return self.twin or self.group


@dataclass(frozen=True, slots=True)
class Theme:
    """A problem with its invented figures."""

    title: str
    problem: str
    before: int
    after: int
    unit: str
    place: str
    causes: tuple[str, ...]
    counts: tuple[int, ...]
    remedy: str


@dataclass(frozen=True, slots=True)
class Region:
    """A kecamatan or kelurahan of the city."""

    code: str
    name: str
    kind: UnitKind
    parent_code: str | None


@cache
def themes() -> Mapping[str, Theme]:
    """All problems by their key."""
    with (DATA / "tema.toml").open("rb") as file:
        rows = tomllib.load(file)
    lists = ("causes", "counts")
    return {key: Theme(**row | {name: tuple(row[name]) for name in lists}) for key, row in rows.items()}


def _participant(row: Mapping[str, Any], category: str, kind: UnitKind) -> Participant:
    facts = dict(row)
    quality = tuple(Decimal(str(value)) for value in facts.pop("quality", ()))
    state = Progress(facts.pop("state", Progress.HANDED_IN))
    return Participant(
        category=category, kind=UnitKind(facts.pop("kind", kind)), state=state, quality=quality, **facts
    )


@cache
def participants() -> tuple[Participant, ...]:
    """The groups that are told of by name, offices first."""
    with (DATA / "peserta.toml").open("rb") as file:
        rows = tomllib.load(file)
    offices = (_participant(row, "Perangkat Daerah", UnitKind.OPD) for row in rows["office"])
    kelurahan = (_participant(row, "Kelurahan", UnitKind.KELURAHAN) for row in rows["kelurahan"])
    return (*offices, *kelurahan)


def regions() -> Iterator[Region]:
    """The 16 kecamatan and 177 kelurahan of Semarang, each kecamatan before its kelurahan.

    Kelurahan of the same name in two kecamatan carry their kecamatan in the name. Codes and names follow the
    public list of region codes (Kepmendagri).
    """
    with (DATA / "wilayah-semarang.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["kode"], row["nama"]) for row in csv.DictReader(file)]
    kecamatan = {code: name for code, name in rows if code.count(".") == 2}
    kelurahan = [(code, name) for code, name in rows if code.count(".") == 3]
    twice = {name for _, name in kelurahan if sum(name == other for _, other in kelurahan) > 1}
    for code, name in kecamatan.items():
        yield Region(code, f"Kecamatan {name}", UnitKind.KECAMATAN, None)
    for code, name in kelurahan:
        parent = code.rsplit(".", 1)[0]
        full = f"Kelurahan {name}, Kecamatan {kecamatan[parent]}" if name in twice else f"Kelurahan {name}"
        yield Region(code, full, UnitKind.KELURAHAN, parent)
