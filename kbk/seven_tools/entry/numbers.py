"""Numbers as people write them: `1.250`, `12,5`, `Rp 3.000,00`, `45%`, and those of an English Excel, `12.5`."""

import re
from enum import Enum

_MOST_LETTERS = 40
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*|[+-]?[.,][0-9]+")
_MONEY = re.compile(r"\Arp\.? ?", re.IGNORECASE)
_NO_CENTS = re.compile(r",[-–—]{1,2}\Z")
_SPACED = re.compile(r"[+-]?[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
_DOUBTFUL = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_COMMA = re.compile(r"[0-9]*,[0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3}){2,}")
_POINT = re.compile(r"[0-9]*\.[0-9]+|[1-9][0-9]{0,2}(,[0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(,[0-9]{3}){2,}")


class Mark(Enum):
    """What a written number tells about the mark before its decimals.

    `1.234` is doubtful: 1234 by itself, but 1.234 among numbers such as 12.5.
    """

    COMMA = "comma"
    POINT = "point"
    DOUBTFUL = "doubtful"


def read_number(words: str, point: bool = False) -> float | None:
    """The number in cleaned `words`, whole ones as int; None for anything else.

    Decimals are set off by a comma, with `point` by a full stop as in English; the other mark parts thousands.
    """
    plain = _plain(words)
    if not _NUMBER.fullmatch(plain):
        return None
    group, mark = (",", ".") if point else (".", ",")
    sign, digits = (plain[0], plain[1:]) if plain[0] in "+-" else ("", plain)
    whole, has_mark, part = digits.partition(mark)
    if group in whole and not _GROUPED.fullmatch(whole.replace(group, ".")):
        return None
    if has_mark and not part.isdigit():
        return None
    whole = whole.replace(group, "")
    return float(f"{sign}{whole or 0}.{part}") if has_mark else int(sign + whole)


def mark_of(words: str) -> Mark | None:
    """Which decimal mark a cell shows; None where it shows neither or is no number."""
    if "." not in words and "," not in words:
        return None
    plain = _plain(words).lstrip("+-")
    if _DOUBTFUL.fullmatch(plain):
        return Mark.DOUBTFUL
    if _POINT.fullmatch(plain):
        return Mark.POINT
    return Mark.COMMA if _COMMA.fullmatch(plain) else None


def _plain(words: str) -> str:
    """`words` without currency, percent sign, blanks between thousands; "" for what is too long for a number."""
    if len(words) > _MOST_LETTERS:
        return ""
    words = words.replace("−", "-")
    words = _NO_CENTS.sub("", _MONEY.sub("", words, count=1).removesuffix("%").strip())
    return words.replace(" ", "") if _SPACED.fullmatch(words) else words
