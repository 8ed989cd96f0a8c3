"""Which unit of the city a name in a list means: the same, none yet, or "Maksud Anda ...?". Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kbk.competitions.rules import UnitKind, name_key

NEW_UNIT = "baru"
NEAR = 0.8
"""From which likeness (`SequenceMatcher.ratio`) on two names may be the same misspelt."""
OVERLAP = 0.4
"""Share of trigrams (Dice) below which two names are not compared letter by letter."""
MOST_LOOKED_UP = 2_000
MOST_COMPARED = 10
MOST_SUGGESTIONS = 3

_KIND_WORDS: dict[UnitKind, tuple[str, ...]] = {
    UnitKind.KELURAHAN: ("kantor kelurahan", "kelurahan", "kel"),
    UnitKind.KECAMATAN: ("kantor kecamatan", "kecamatan", "kec"),
    UnitKind.PUSKESMAS: ("uptd puskesmas", "puskesmas", "pkm"),
    UnitKind.RSUD: ("rsud", "rsd", "rumah sakit umum daerah", "rumah sakit daerah", "rumah sakit", "rs"),
    UnitKind.OPD: (
        "perangkat daerah",
        "opd",
        "skpd",
        "dinas",
        "badan",
        "bagian",
        "sekretariat",
        "inspektorat",
        "kantor",
        "satuan",
        "satpol",
    ),
}
_DROPPED_WORDS = (
    *_KIND_WORDS[UnitKind.KELURAHAN],
    *_KIND_WORDS[UnitKind.KECAMATAN],
    "uptd puskesmas",
    "puskesmas",
    "pkm",
)
_PLACES = frozenset({UnitKind.KELURAHAN, UnitKind.KECAMATAN, UnitKind.PUSKESMAS})


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the city, or one that the list itself brings (`is_new`).

    `ref` tells units apart; `kecamatan` is the name of the kecamatan a kelurahan lies in, "" when unknown.
    """

    ref: str
    name: str
    kind: UnitKind
    kecamatan: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means: a unit, or a fault with the units that may be meant."""

    unit: KnownUnit | None
    fault: str = ""
    choices: tuple[KnownUnit, ...] = ()
    may_be_new: bool = False


def kind_named(text: str) -> UnitKind | None:
    """The kind that a word of the column "Jenis" names; None for an unknown one."""
    key = name_key(text)
    return next((kind for kind, words in _KIND_WORDS.items() if key in words), None)


def kind_of_name(name: str) -> UnitKind | None:
    """The kind that the beginning of a unit's name gives away, or None."""
    key = name_key(name)
    return next(
        (kind for kind, words in _KIND_WORDS.items() for word in words if key.startswith(f"{word} ")), None
    )


def bare_key(name: str) -> str:
    """What tells places of one kind apart: "Kelurahan Krapyak, Kecamatan Semarang Barat" is "krapyak"."""
    key = name_key(name)
    for word in _DROPPED_WORDS:
        if key.startswith(f"{word} "):
            key = key.removeprefix(f"{word} ")
            break
    return key.partition(" kecamatan ")[0].partition(" kec ")[0]


def unit_name(kind: UnitKind, name: str, kecamatan: str = "") -> str:
    """The full name of a new unit: a kelurahan or kecamatan gets its kind in front, and capitals where it had none.

    `kecamatan` is added where two kelurahan of one name must be told apart.
    """
    if kind not in {UnitKind.KELURAHAN, UnitKind.KECAMATAN}:
        return name
    words = name.split()
    if (
        name_key(words[0]) in (*_KIND_WORDS[UnitKind.KELURAHAN], *_KIND_WORDS[UnitKind.KECAMATAN])
        and len(words) > 1
    ):
        words = words[1:]
    plain = " ".join(words)
    plain = plain.title() if plain.isupper() or plain.islower() else plain
    tail = f", {unit_name(UnitKind.KECAMATAN, kecamatan)}" if kecamatan else ""
    return f"{kind.value.capitalize()} {plain}{tail}"


def _compact(name: str) -> str:
    return bare_key(name).replace(" ", "")


class UnitIndex:
    """Finds units by what people type; it grows by the new units of the list that is being judged."""

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        self._units: list[KnownUnit] = []
        self._by_compact: dict[str, list[KnownUnit]] = defaultdict(list)
        self._by_trigram: dict[str, list[int]] = defaultdict(list)
        self._trigrams: list[frozenset[str]] = []
        self._by_ref: dict[str, KnownUnit] = {}
        for unit in units:
            self.add(unit)
        self._knows_kecamatan = any(unit.kind is UnitKind.KECAMATAN for unit in self._units)

    def add(self, unit: KnownUnit) -> None:
        """Know one more unit."""
        trigrams = _trigrams(_compact(unit.name))
        for trigram in trigrams:
            self._by_trigram[trigram].append(len(self._units))
        self._trigrams.append(trigrams)
        self._units.append(unit)
        self._by_compact[_compact(unit.name)].append(unit)
        self._by_ref[unit.ref] = unit

    def meaning(self, name: str, kind: UnitKind | None, kecamatan: str, decision: str = "") -> Meaning:
        """The unit that `name` means. A new one is added to the index at once.

        `kind` None means that neither column nor name tells it; `kecamatan` is as typed, "" for none.
        """
        if decision in self._by_ref:
            return Meaning(self._by_ref[decision])
        same = [unit for unit in self._by_compact[_compact(name)] if _may_be(unit.kind, kind)]
        if kecamatan and kind in {None, UnitKind.KELURAHAN}:
            fault = self._kecamatan_fault(name, kecamatan, same)
            if fault is not None and decision != NEW_UNIT:
                return fault
            same = [unit for unit in same if _lies_in(unit, kecamatan)]
        if len(same) == 1:
            return Meaning(same[0])
        if same:
            names = ", ".join(full_description(unit) for unit in same[:MOST_SUGGESTIONS])
            return Meaning(
                None, f"Lebih dari satu unit bernama “{name}”: {names}.", tuple(same[:MOST_SUGGESTIONS])
            )
        near = () if decision == NEW_UNIT else self._near(name, kind)
        if near:
            names = " atau ".join(f"“{full_description(unit)}”" for unit in near)
            return Meaning(None, f"Unit “{name}” belum dikenal. Maksud Anda {names}?", near, may_be_new=True)
        return self._new(name, kind or UnitKind.OPD, kecamatan)

    def _kecamatan_fault(self, name: str, kecamatan: str, same: Sequence[KnownUnit]) -> Meaning | None:
        """A kecamatan that does not exist, or one without a kelurahan of this name although another has it."""
        if any(_lies_in(unit, kecamatan) for unit in same):
            return None
        there = [u for u in self._by_compact[_compact(kecamatan)] if u.kind is UnitKind.KECAMATAN]
        choices = tuple(same[:MOST_SUGGESTIONS])
        meant = (
            " Maksud Anda " + " atau ".join(f"“{full_description(u)}”" for u in choices) + "?"
            if choices
            else ""
        )
        if self._knows_kecamatan and not there:
            return Meaning(None, f"Kecamatan “{kecamatan}” tidak dikenal.{meant}", choices)
        if self._knows_kecamatan and choices:
            return Meaning(
                None, f"“{name}” tidak ada di Kecamatan {kecamatan}.{meant}", choices, may_be_new=True
            )
        return None

    def _near(self, name: str, kind: UnitKind | None) -> tuple[KnownUnit, ...]:
        key = bare_key(name)
        found = []
        for unit in self._alike(_trigrams(_compact(name))):
            if not _may_be(unit.kind, kind) or (unit.is_new and unit.kind in _PLACES):
                continue
            other = bare_key(unit.name)
            matcher = SequenceMatcher(None, key, other, autojunk=False)
            if _digits(other) == _digits(key) and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR:
                found.append((-matcher.ratio(), unit.name, unit))
        return tuple(
            unit for _likeness, _name, unit in sorted(found, key=lambda item: item[:2])[:MOST_SUGGESTIONS]
        )

    def _alike(self, trigrams: frozenset[str]) -> list[KnownUnit]:
        """The units that share most trigrams; the rarest are looked up first, so that long lists stay quick."""
        positions: set[int] = set()
        looked_up = 0
        for trigram in sorted(trigrams, key=lambda known: (len(self._by_trigram.get(known, ())), known)):
            places = self._by_trigram.get(trigram, [])
            looked_up += len(places)
            if looked_up > MOST_LOOKED_UP:
                break
            positions.update(places)
        overlap = {
            position: 2
            * len(trigrams & self._trigrams[position])
            / (len(trigrams) + len(self._trigrams[position]))
            for position in positions
        }
        likely = sorted((p for p in positions if overlap[p] >= OVERLAP), key=lambda p: (-overlap[p], p))
        return [self._units[position] for position in likely[:MOST_COMPARED]]

    def _new(self, name: str, kind: UnitKind, kecamatan: str) -> Meaning:
        place = kecamatan if kind is UnitKind.KELURAHAN else ""
        bearers = {name_key(unit.name): unit for unit in self._by_compact[_compact(name)]}
        full = unit_name(kind, name)
        if name_key(full) in bearers and place:
            full = unit_name(kind, name, place)
        if bearer := bearers.get(name_key(full)):
            fault = f"“{bearer.name}” sudah tercatat sebagai unit jenis lain. Pakai unit itu, atau ubah kolom Jenis."
            return Meaning(None, fault, (bearer,))
        unit = KnownUnit(f"baru {name_key(full)}", full, kind, place, is_new=True)
        self.add(unit)
        return Meaning(unit)


def _may_be(kind: UnitKind, wished: UnitKind | None) -> bool:
    """Places must be of the kind that was named; whether an office is called OPD or RSUD is no difference."""
    return wished is None or kind is wished or (kind not in _PLACES and wished not in _PLACES)


def _lies_in(unit: KnownUnit, kecamatan: str) -> bool:
    return (
        unit.kind is not UnitKind.KELURAHAN
        or not unit.kecamatan
        or _compact(unit.kecamatan) == _compact(kecamatan)
    )


def full_description(unit: KnownUnit) -> str:
    """The unit's name, for a kelurahan with its kecamatan."""
    if unit.kind is UnitKind.KELURAHAN and unit.kecamatan and "Kecamatan" not in unit.name:
        return f"{unit.name}, {unit_name(UnitKind.KECAMATAN, unit.kecamatan)}"
    return unit.name


def _trigrams(compact: str) -> frozenset[str]:
    padded = f"  {compact} "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def _digits(key: str) -> list[str]:
    return [word for word in key.split() if any(sign.isdigit() for sign in word)]
