"""Reading untrusted JSON-like data strictly: every refusal names its place and nothing is guessed.

A `Reader` is one value together with the path that leads to it. Numbers are finite and of a size at which a double
still tells neighbours apart; texts are freed of characters that no XML document may hold.
"""

import re
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import NoReturn

from kbk.seven_tools.errors import Path, refuse
from kbk.seven_tools.numerals import decimal_text

LARGEST = 1e15
SMALLEST = 1e-12
FINEST_SPREAD = 1e-9
NAME_LENGTH = 200
CELL_LENGTH = 600

# Control characters, lone surrogates, non-characters, and what Unicode calls default ignorable (zero-width and
# direction marks, fillers, selectors): XML forbids some, the others would let two names look alike and still differ.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\ufffe\uffff\U000e0000-\U000e0fff]"
)


def clean(text: str) -> str:
    """`text` on one line, single blanks, only characters that may stand in a drawing."""
    return " ".join(_UNWANTED.sub("", text).split())


def same_name(name: str) -> str:
    """The key under which names differing only in case or blanks are the same."""
    return name.casefold()


class Reader:
    """One value of the input and the place where it stands."""

    __slots__ = ("path", "value")

    def __init__(self, value: object, path: Path = ()) -> None:
        self.value = value
        self.path = path

    def fail(self, problem: str) -> NoReturn:
        refuse(tuple(step if isinstance(step, int) else clean(step) for step in self.path), problem)

    def fields(self, *known: str) -> "Reader":
        """Check that this is an object with no other keys than `known`; a misspelt setting must not pass silently."""
        if not isinstance(self.value, Mapping):
            self.fail(f"harus berupa objek dengan {_quoted(known)}, bukan {kind_of(self.value)}")
        for key in self.value:
            if key not in known:
                name = clean(str(key))[:40]
                self.fail(f'tidak mengenal "{name}"; yang dikenal {_quoted(known)}')
        return self

    def has(self, key: str) -> bool:
        """Whether the key is there with something in it (null counts as nothing)."""
        return isinstance(self.value, Mapping) and self.value.get(key) is not None

    def at(self, key: str) -> "Reader":
        inner = Reader(self.value.get(key) if isinstance(self.value, Mapping) else None, (*self.path, key))
        if inner.value is None:
            inner.fail("belum ada")
        return inner

    def rows(self, least: int = 1, most: int = 1000) -> list["Reader"]:
        """The members of a list of `least` to `most`."""
        values = self.listed(least, most)
        return [Reader(value, (*self.path, position)) for position, value in enumerate(values, 1)]

    def listed(self, least: int, most: int) -> Sequence[object]:
        value = self.value
        if not isinstance(value, list | tuple):
            self.fail(f"harus berupa daftar, bukan {kind_of(value)}")
        if len(value) < least:
            self.fail(f"memuat {_amount(len(value))}; paling sedikit {least}")
        if len(value) > most:
            self.fail(f"memuat {_amount(len(value))}; paling banyak {decimal_text(most, 0)}")
        return value

    def text(self, most: int = NAME_LENGTH) -> str:
        """Non-empty text of at most `most` characters, cleaned."""
        if not isinstance(self.value, str):
            self.fail(f"harus berupa teks, bukan {kind_of(self.value)}")
        if len(self.value) > 4 * most:
            self.fail(f"terlalu panjang; paling banyak {most} huruf")
        text = clean(self.value)
        if not text:
            self.fail("tidak boleh kosong")
        if len(text) > most:
            self.fail(f"memuat {len(text)} huruf; paling banyak {most}")
        return text

    def texts(self, least: int = 1, most: int = 1000, length: int = NAME_LENGTH) -> list[str]:
        return [row.text(length) for row in self.rows(least, most)]

    def number(self, low: float = -LARGEST, high: float = LARGEST) -> float:
        """A finite number within the bounds, as it was given (int stays int)."""
        value = self.value
        if type(value) is not float and type(value) is not int:
            example = " seperti 1234.5" if isinstance(value, str) else ""
            self.fail(f"harus berupa angka{example}, bukan {kind_of(value)}")
        if isinstance(value, float) and not isfinite(value):
            self.fail("harus berupa angka yang terhingga")
        if abs(value) > LARGEST or 0 < abs(value) < SMALLEST:
            self.fail(f"terlalu {'besar' if abs(value) > 1 else 'kecil'} untuk dihitung dengan teliti")
        if value < low:
            self.fail("tidak boleh negatif" if low == 0 else f"paling kecil {decimal_text(low, 0)}")
        if value > high:
            self.fail(f"paling besar {decimal_text(high, 0)}")
        return value

    def positive(self) -> float:
        value = self.number(low=0)
        if value == 0:
            self.fail("harus lebih besar dari 0")
        return value

    def integer(self, low: int = 0, high: int = int(LARGEST)) -> int:
        """A whole number; 12.0 counts as 12."""
        value = self.number(low, high)
        if value != int(value):
            self.fail("harus berupa bilangan bulat")
        return int(value)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.fail(f"harus true atau false, bukan {kind_of(self.value)}")
        return self.value

    def choice(self, options: Sequence[str]) -> str:
        if self.value not in options or not isinstance(self.value, str):
            self.fail(f"harus salah satu dari {_quoted(options)}, bukan {kind_of(self.value)}")
        return self.value

    def numbers(self, least: int, most: int, low: float = -LARGEST) -> list[float]:
        """A list of numbers; the plain loop keeps long lists quick."""
        values = self.listed(least, most)
        for position, value in enumerate(values, 1):
            if type(value) is float or type(value) is int:
                size = abs(value)
                if size <= LARGEST and (size >= SMALLEST or size == 0) and value >= low:
                    continue
            Reader(value, (*self.path, position)).number(low)
        return [float(value) for value in values]  # type: ignore[arg-type]

    def integers(self, least: int, most: int, low: int = 0) -> list[int]:
        return [row.integer(low) for row in self.rows(least, most)]


def check_spread(reader: Reader, values: Sequence[float]) -> None:
    """Refuse values whose differences drown in the rounding of a double."""
    low, high = min(values), max(values)
    if 0 < high - low < FINEST_SPREAD * max(abs(low), abs(high)):
        reader.fail("berselisih terlalu kecil dibanding besarnya nilai sehingga hitungannya tidak teliti")


def check_same_length(reader: Reader, found: int, other: str, wanted: int) -> None:
    """Refuse a list that is longer or shorter than the one named `other`."""
    if found != wanted:
        reader.fail(f'memuat {_amount(found)}, sedangkan "{other}" memuat {_amount(wanted)}')


def check_unlike(readers: Sequence[Reader], names: Sequence[str]) -> None:
    """Refuse two rows with the same name."""
    seen: dict[str, int] = {}
    for position, (reader, name) in enumerate(zip(readers, names, strict=True), 1):
        first = seen.setdefault(same_name(name), position)
        if first != position:
            reader.fail(f'memakai nama "{name[:40]}" yang sudah dipakai urutan ke-{first}')


def kind_of(value: object) -> str:
    """What a wrong value is, in words a teacher understands."""
    if value is None:
        return "kosong"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'teks "{clean(value[:200])[:40]}"'
    if isinstance(value, int | float):
        return "angka"
    return "daftar" if isinstance(value, list | tuple) else "objek"


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _amount(count: int) -> str:
    return f"{decimal_text(count, 0)} butir"
