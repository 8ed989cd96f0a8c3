"""Numbers and dates as Indonesian text: decimal comma, dots between thousands, a real minus sign.

For drawings and sentences only; the numbers in a result stay unrounded. Texts are remembered, because small counts
and round values return all the time, and every number in the drawing, its table and its sentences.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from math import floor, log10

_MARKS = str.maketrans({",": ".", ".": ",", "-": "−"})
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_MOST_PLACES = 12

_REMEMBERED = 4096

MOST_LISTED = 12


@lru_cache(_REMEMBERED)
def decimal_text(value: float, places: int) -> str:
    """`1234.5` with two places as `1.234,50`."""
    text = f"{value:,.{places}f}".translate(_MARKS)
    if text[0] == "−" and not text.strip("−0,"):
        return text[1:]
    return text


@lru_cache(_REMEMBERED)
def number_text(value: float, digits: int = 5) -> str:
    """A number with at most `digits` significant digits, whole parts and integers complete: `0,23133`, `1.250`."""
    if isinstance(value, int):
        if 0 <= value < 1000:
            return str(value)
        return f"{value:,}".replace(",", ".").replace("-", "−")
    if value == int(value):
        return decimal_text(value, 0)
    places = min(max(digits - 1 - floor(log10(abs(value))), 0), _MOST_PLACES)
    text = decimal_text(value, places)
    return text.rstrip("0").rstrip(",") if "," in text else text


def places_for(spread: float) -> int:
    """Decimals at which values that differ by about `spread` can be told apart well: two digits beyond it."""
    return min(max(2 - floor(log10(spread)), 0), _MOST_PLACES) if spread > 0 else 2


def typed_text(value: float) -> str:
    """A number as it was typed, nothing rounded away."""
    return number_text(value, 15)


def percent_text(value: float, places: int = 1) -> str:
    """`31.333` as `31,3%`."""
    return decimal_text(value, places) + "%"


def signed_text(value: float, places: int) -> str:
    """A change with its sign: `+12,5` or `−73,3`."""
    text = decimal_text(value, places)
    return text if text[0] == "−" or not text.strip("0,") else "+" + text


def date_text(day: date) -> str:
    """`2 Agu 2024`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_text(day: date) -> str:
    """`Agu 2024`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def listed(words: Sequence[str], total: int) -> str:
    """`1, 4, dan 9`; after MOST_LISTED words only the number of the others, so no more than these need be given."""
    if total > MOST_LISTED:
        return ", ".join(words[:MOST_LISTED]) + f", dan {total - MOST_LISTED} lagi"
    if len(words) <= 2:
        return " dan ".join(words)
    return ", ".join(words[:-1]) + f", dan {words[-1]}"
