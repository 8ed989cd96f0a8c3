"""Numbers, dates, times and civil-servant numbers the way an Indonesian official paper writes them.

Pure text making; names of days and months come from Babel. Reading what a user typed is the business of the forms.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from zoneinfo import ZoneInfo

from babel import dates

_LOCALE = "id"
MONTHS: tuple[str, ...] = tuple(dates.get_month_names("wide", locale=_LOCALE).values())
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_GROUPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
_BYTE_UNITS = ("B", "KB", "MB", "GB", "TB")
_NIP_DIGITS = 18

Number = int | Decimal | Fraction


class Zone(Enum):
    """The three time zones of Indonesia; the value is the abbreviation that stands behind a time of day."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def tz_name(self) -> str:
        """The zone's name in the tz database."""
        return {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}[self.value]

    @property
    def long_name(self) -> str:
        """The zone's name written out, for choosing it from a list."""
        part = {"WIB": "Barat", "WITA": "Tengah", "WIT": "Timur"}[self.value]
        return f"Waktu Indonesia {part}"

    @property
    def tz(self) -> ZoneInfo:
        """The zone for arithmetic with ``datetime``."""
        return ZoneInfo(self.tz_name)


class NipKind(Enum):
    """Which rules the 18 digits of a civil servant's number follow."""

    PNS = "PNS"
    PPPK = "PPPK"


def round_half_up(value: Number, places: int = 2) -> Decimal:
    """``value`` rounded to ``places`` decimals, halves away from zero, exactly for fractions too.

    Raises ValueError for a Decimal that is not finite.
    """
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"not a finite number: {value}")
    units = _units(Fraction(value), places)
    return Decimal((1 if units < 0 else 0, tuple(int(digit) for digit in str(abs(units))), -places))


def _units(exact: Fraction, places: int) -> int:
    """How many units of the last of ``places`` decimals, halves away from zero."""
    bottom, scale = exact.denominator, int(10**places)
    units = (2 * abs(exact.numerator) * scale + bottom) // (2 * bottom)
    return -units if exact < 0 else units


def format_decimal(value: Number, places: int = 2) -> str:
    """``82.335`` as ``82,34``: half-up, decimal comma, dots between thousands."""
    return _with_indonesian_marks(f"{round_half_up(value, places):,f}")


def telling_places(values: Iterable[Number | None], least: int = 2) -> int:
    """With how many decimals, at least ``least``, no two different ``values`` look equal; None is passed over.

    ``82.335`` and ``82.344`` take 3 (``82,335`` and ``82,344``), where two would show ``82,34`` twice.
    """
    different = {Fraction(value) for value in values if value is not None}
    places = least
    while len({_units(value, places) for value in different}) < len(different):
        places += 1
    return places


def format_exact(value: Number) -> str:
    """The value without any rounding: ``82,335``, or ``247/3`` when no finite decimal equals it."""
    exact = Fraction(value)
    rest, twos, fives = exact.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{exact.numerator}/{exact.denominator}"
    return format_decimal(exact, max(twos, fives))


def format_integer(value: int) -> str:
    """``1234567`` as ``1.234.567``."""
    return _with_indonesian_marks(f"{value:,d}")


def count(number: int, noun: str) -> str:
    """A number with its noun, which Indonesian leaves unchanged: ``1.204 kelompok``."""
    return f"{format_integer(number)} {noun}"


def join_words(words: Sequence[str], conjunction: str = "dan") -> str:
    """A list in a sentence: ``A``, ``A dan B``, ``A, B, dan C``."""
    if len(words) <= 2:
        return f" {conjunction} ".join(words)
    return f"{', '.join(words[:-1])}, {conjunction} {words[-1]}"


def format_bytes(size: int) -> str:
    """A file size as file managers show it (1 KB = 1024 B): ``512 B``, ``1,4 MB``, ``25 MB``."""
    unit = 0
    while size >= 1024 ** (unit + 1) and unit < len(_BYTE_UNITS) - 1:
        unit += 1
    text = format_decimal(Fraction(size, 1024**unit), 1).removesuffix(",0")
    return f"{text} {_BYTE_UNITS[unit]}"


def format_date(day: date) -> str:
    """``2 Agustus 2024``."""
    return dates.format_date(day, "d MMMM y", locale=_LOCALE)


def weekday_date(day: date) -> str:
    """``Jumat, 2 Agustus 2024``."""
    return dates.format_date(day, "EEEE, d MMMM y", locale=_LOCALE)


def format_time(moment: datetime, zone: Zone) -> str:
    """``10.42 WIB``. Raises ValueError for a moment without a time zone."""
    local = _local(moment, zone)
    return f"{dates.format_time(local, 'HH.mm', tzinfo=zone.tz, locale=_LOCALE)} {zone.value}"


def format_datetime(moment: datetime, zone: Zone) -> str:
    """``2 Agustus 2024 pukul 10.42 WIB``. Raises ValueError for a moment without a time zone."""
    return f"{format_date(_local(moment, zone))} pukul {format_time(moment, zone)}"


def roman_month(day: date) -> str:
    """The month as letter numbers write it: ``VIII`` for August."""
    return _ROMAN_MONTHS[day.month - 1]


def in_words(number: int) -> str:
    """The number spelt out (terbilang): ``1204`` is ``seribu dua ratus empat``.

    Raises ValueError from one quadrillion (10**15) on.
    """
    if abs(number) >= 10**15:
        raise ValueError(f"too large to spell out: {number}")
    if number < 0:
        return f"minus {in_words(-number)}"
    if number == 0:
        return _ONES[0]
    parts = []
    for size, name in _GROUPS:
        if number >= size:
            parts.append(f"{_below_thousand(number // size)} {name}")
            number %= size
    if number >= 1000:
        thousands = number // 1000
        parts.append("seribu" if thousands == 1 else f"{_below_thousand(thousands)} ribu")
        number %= 1000
    if number:
        parts.append(_below_thousand(number))
    return " ".join(parts)


def date_in_words(day: date) -> str:
    """``Jumat tanggal dua bulan Agustus tahun dua ribu dua puluh empat``, as a berita acara opens."""
    weekday, month = dates.format_date(day, "EEEE|MMMM", locale=_LOCALE).split("|")
    return f"{weekday} tanggal {in_words(day.day)} bulan {month} tahun {in_words(day.year)}"


def nip_digits(text: str) -> str:
    """A NIP as it is stored: without the blanks people put between its groups."""
    return "".join(text.split())


def nip_problem(text: str, kind: NipKind, *, today: date | None = None) -> str | None:
    """What is wrong with this NIP, as an Indonesian sentence, or None.

    Digits 1-8 are the birth date; a PNS goes on with year and month of entry, a PPPK with the year and two
    contract digits that are no month; then sex (1 or 2) and a serial from 001 (Perka BKN 22/2007). With
    ``today``, age (17-70) and a start in the future are judged too.
    """
    digits = nip_digits(text)
    if len(digits) != _NIP_DIGITS or not (digits.isascii() and digits.isdigit()):
        return f"NIP harus terdiri atas 18 angka; yang diisikan {len(digits)} karakter."
    born = _date_or_none(digits[:8])
    if born is None:
        return "Delapan angka pertama NIP harus tanggal lahir yang benar (tahun, bulan, tanggal)."
    started = _start_of_service(digits, kind)
    if started is None:
        return (
            "Angka ke-9 sampai dengan ke-14 NIP harus tahun dan bulan pengangkatan (01–12)."
            if kind is NipKind.PNS
            else "Angka ke-9 sampai dengan ke-12 NIP PPPK harus tahun pengangkatan."
        )
    if started.year - born.year < 17:
        return "Tahun pengangkatan dalam NIP kurang dari 17 tahun sesudah tanggal lahir; periksa kembali."
    if digits[14] not in "12":
        return "Angka ke-15 NIP harus 1 (laki-laki) atau 2 (perempuan)."
    if digits[15:] == "000":
        return "Tiga angka terakhir NIP harus nomor urut, mulai dari 001."
    if today is not None and started > today:
        return "Tanggal pengangkatan dalam NIP belum tiba; periksa kembali."
    if today is not None and not 17 <= _full_years(born, today) <= 70:
        return "Umur menurut tanggal lahir dalam NIP harus antara 17 dan 70 tahun; periksa kembali."
    return None


def group_nip(text: str) -> str:
    """A NIP in the groups of official papers: ``19900101 201501 1 001``; other text comes back trimmed."""
    digits = nip_digits(text)
    if len(digits) != _NIP_DIGITS:
        return text.strip()
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def mask_nip(text: str) -> str:
    """A NIP for public pages: only the serial stays, since the rest tells birth date and sex."""
    digits = nip_digits(text)
    hidden = "•" * max(len(digits) - 3, 0)
    return group_nip(hidden + digits[len(hidden) :])


def _with_indonesian_marks(text: str) -> str:
    return text.translate({ord(","): ".", ord("."): ","})


def _local(moment: datetime, zone: Zone) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone before it can be shown in another one")
    return moment.astimezone(zone.tz)


def _below_thousand(number: int) -> str:
    if number < 10:
        return _ONES[number]
    if number < 12:
        return ("sepuluh", "sebelas")[number - 10]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        head, rest = f"{_ONES[number // 10]} puluh", number % 10
    else:
        head = "seratus" if number < 200 else f"{_ONES[number // 100]} ratus"
        rest = number % 100
    return f"{head} {_below_thousand(rest)}" if rest else head


def _date_or_none(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _start_of_service(digits: str, kind: NipKind) -> date | None:
    month = digits[12:14] if kind is NipKind.PNS else "01"
    return _date_or_none(f"{digits[8:12]}{month}01")


def _full_years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
