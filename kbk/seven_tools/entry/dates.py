"""Days as people write them: `2/8/2024`, `2-8-2024`, `2 Agustus 2024`, `2-Agu-24`, `2024-08-02`."""

import re
from datetime import date

_MONTHS = (
    ("januari", "january"),
    ("februari", "pebruari", "february"),
    ("maret", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "august", "agt", "ags"),
    ("september",),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)
_SHORTEST_MONTH = 3
_CENTURY = 2000
_MIDNIGHT = r"(?: 0{1,2}[:.]00(?:[:.]00)?)?"
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})" + _MIDNIGHT)
_NUMERIC = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})" + _MIDNIGHT)
_NAMED = re.compile(r"(?:[a-z']+, ?)?([0-9]{1,2})[ -]([a-z]+)\.?[ -]([0-9]{4}|[0-9]{2})", re.IGNORECASE)


def read_day(words: str) -> date | None:
    """The day in cleaned `words`, day before month; a year of two digits is of this century. None for anything else."""
    if found := _ISO.fullmatch(words):
        year, month, day = map(int, found.groups())
    elif found := _NUMERIC.fullmatch(words):
        day, month, year = int(found[1]), int(found[3]), _year(found[4])
    elif found := _NAMED.fullmatch(words):
        day, month, year = int(found[1]), _month(found[2].casefold()), _year(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) > len("24") else _CENTURY + int(digits)


def _month(word: str) -> int:
    """1 to 12 for a name or its beginning of at least three letters, 0 for another word."""
    if len(word) < _SHORTEST_MONTH:
        return 0
    for number, names in enumerate(_MONTHS, 1):
        if any(name.startswith(word) for name in names):
            return number
    return 0
