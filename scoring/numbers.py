"""Reading and showing exact numbers. A number is rounded once, for the eye, and never before it is ranked."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import isqrt, lcm

from scoring.errors import ScoringError

MARK_LENGTH = 40
"""Characters; longer texts are not looked at."""
DIGITS = 6
"""Digits allowed on either side of the decimal sign of a number that somebody types."""
RECORD_DIGITS = 20
"""Decimal places written to a score record when the decimal expansion does not end earlier."""
ROOT_DIGITS = 60
"""Decimal places to which an irrational square root holds."""

_PLAIN = re.compile(rf"[0-9]{{1,{DIGITS}}}(?:[.,][0-9]{{1,{DIGITS}}})?")
_EXPONENT = re.compile(r"[0-9.,]+[eE][+-]?[0-9]+")


def parse_mark(text: str) -> Decimal:
    """Read one mark as a judge types it: "8", "8,5" and "8.5", blanks around allowed.

    Raises ScoringError with one Indonesian sentence for everything else.
    """
    if len(text) > MARK_LENGTH:
        raise ScoringError("Nilai terlalu panjang untuk sebuah angka.")
    typed = text.strip()
    if _PLAIN.fullmatch(typed):
        return Decimal(typed.replace(",", "."))
    raise ScoringError(_refusal(typed))


def _refusal(typed: str) -> str:
    if not typed:
        return "Nilai belum diisi."
    if any(sign.isnumeric() and not sign.isascii() for sign in typed):
        return "Nilai hanya boleh memakai angka 0 sampai 9 yang biasa."
    if typed[0] in "+-−":
        return "Nilai ditulis tanpa tanda plus atau minus."
    if _EXPONENT.fullmatch(typed):
        return "Nilai ditulis lengkap, tanpa pangkat seperti 1e9."
    if not set(typed) <= set("0123456789.,"):
        return "Nilai harus berupa angka, misalnya 8 atau 8,5."
    if typed.count(",") + typed.count(".") > 1:
        return "Nilai hanya boleh memuat satu tanda desimal."
    if not (typed[0].isdigit() and typed[-1].isdigit()):
        return "Tanda desimal harus diapit angka, misalnya 8,5."
    return f"Nilai paling banyak {DIGITS} angka sebelum dan {DIGITS} angka sesudah tanda desimal."


def is_plain(value: Decimal) -> bool:
    """Whether a number has at most DIGITS digits on either side of its decimal sign: its sums stay exact."""
    return value.is_finite() and abs(value) < 10**DIGITS and value == round(value, DIGITS)


def exact_sum(values: Iterable[Fraction]) -> Fraction:
    """The sum, over one common denominator: several times quicker than adding fractions one by one."""
    ratios = [value.as_integer_ratio() for value in values]
    common = lcm(*(bottom for _, bottom in ratios))
    return Fraction(sum(top * (common // bottom) for top, bottom in ratios), common)


def round_half_up(value: Fraction | Decimal | int, places: int = 2) -> Decimal:
    """The value rounded to `places` decimals, halves away from zero (82.335 -> 82.34)."""
    scaled = abs(Fraction(value)) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{'-' if value < 0 and whole else ''}{whole}E-{places}")


def show(value: Fraction | Decimal | int, places: int = 2) -> str:
    """The value for the eye, with decimal comma and a fixed number of decimals: 82.335 -> "82,34"."""
    return f"{round_half_up(value, places):f}".replace(".", ",")


def show_short(value: Fraction | Decimal | int, places: int = 6) -> str:
    """As `show`, without closing zeros, and marked when digits were cut: "82,5", "≈82,333333"."""
    rounded = round_half_up(value, places)
    text = f"{rounded:f}".rstrip("0").rstrip(".") if places else f"{rounded:f}"
    return ("" if Fraction(rounded) == value else "≈") + text.replace(".", ",")


def record_text(value: Fraction) -> str:
    """The value as a record writes it: exact when it ends within RECORD_DIGITS decimals, else rounded."""
    text = f"{round_half_up(value, RECORD_DIGITS):f}"
    return text.rstrip("0").rstrip(".")


def square_root(value: Fraction) -> Fraction:
    """The root of a value >= 0: exact when it is rational, else cut after ROOT_DIGITS decimals."""
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    if top * top == value.numerator and bottom * bottom == value.denominator:
        return Fraction(top, bottom)
    return Fraction(isqrt(value.numerator * 100**ROOT_DIGITS // value.denominator), 10**ROOT_DIGITS)
