from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbk.indonesian import (
    NipKind,
    Zone,
    count,
    date_in_words,
    format_bytes,
    format_date,
    format_datetime,
    format_decimal,
    format_exact,
    format_time,
    group_nip,
    in_words,
    join_words,
    mask_nip,
    nip_problem,
    roman_month,
    round_half_up,
    telling_places,
    weekday_date,
)

FINAL_DAY = date(2024, 8, 2)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("82.335"), 2, "82,34"),
        (Decimal("87.125"), 2, "87,13"),
        (Decimal("-0.005"), 2, "-0,01"),
        (Decimal("-0.001"), 2, "0,00"),
        (Fraction(247, 3), 2, "82,33"),
        (Fraction(1, 8), 2, "0,13"),
        (1234567, 0, "1.234.567"),
        (Decimal("1234567.895"), 2, "1.234.567,90"),
        (0, 2, "0,00"),
    ],
)
def test_format_decimal_rounds_half_up_with_comma(value: Decimal, places: int, text: str) -> None:
    assert format_decimal(value, places) == text


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(min_value=0, max_value=6))
def test_round_half_up_is_the_nearest_with_halves_away_from_zero(value: Fraction, places: int) -> None:
    distance = abs(Fraction(round_half_up(value, places))) - abs(value)
    assert -Fraction(1, 2) < distance * 10**places <= Fraction(1, 2)


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_round_half_up_refuses_what_is_not_a_number(value: str) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        round_half_up(Decimal(value))


def test_format_exact_keeps_every_digit_or_the_fraction() -> None:
    assert format_exact(Decimal("82.335")) == "82,335"
    assert format_exact(Fraction(247, 3)) == "247/3"
    assert format_exact(Fraction(1, 8)) == "0,125"
    assert format_exact(Decimal("90.00")) == "90"


def test_dates_are_written_as_on_official_papers() -> None:
    assert format_date(FINAL_DAY) == "2 Agustus 2024"
    assert weekday_date(FINAL_DAY) == "Jumat, 2 Agustus 2024"
    assert date_in_words(FINAL_DAY) == "Jumat tanggal dua bulan Agustus tahun dua ribu dua puluh empat"
    assert roman_month(FINAL_DAY) == "VIII"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        (Zone.WIB, "2 Agustus 2024 pukul 22.42 WIB"),
        (Zone.WITA, "2 Agustus 2024 pukul 23.42 WITA"),
        (Zone.WIT, "3 Agustus 2024 pukul 00.42 WIT"),
    ],
)
def test_format_datetime_shows_the_local_day(zone: Zone, text: str) -> None:
    assert format_datetime(datetime(2024, 8, 2, 15, 42, tzinfo=UTC), zone) == text


def test_format_time_refuses_a_moment_without_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        format_time(datetime(2024, 8, 2, 15, 42), Zone.WIB)  # noqa: DTZ001


def test_zone_names_itself_in_full() -> None:
    assert [zone.long_name for zone in Zone] == [
        "Waktu Indonesia Barat",
        "Waktu Indonesia Tengah",
        "Waktu Indonesia Timur",
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (24, "dua puluh empat"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1204, "seribu dua ratus empat"),
        (11_000, "sebelas ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (2_000_000_000_015, "dua triliun lima belas"),
        (-5, "minus lima"),
    ],
)
def test_in_words_spells_out_numbers(number: int, words: str) -> None:
    assert in_words(number) == words


def test_in_words_refuses_a_quadrillion() -> None:
    with pytest.raises(ValueError, match="too large"):
        in_words(10**15)


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (512, "512 B"), (1024, "1 KB"), (1_468_006, "1,4 MB"), (25 * 1024**2, "25 MB")],
)
def test_format_bytes_shows_what_file_managers_show(size: int, text: str) -> None:
    assert format_bytes(size) == text


def test_count_and_join_words_read_as_a_sentence() -> None:
    assert count(1204, "kelompok") == "1.204 kelompok"
    assert [join_words(words) for words in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A dan B",
        "A, B, dan C",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("199001012015011001", NipKind.PNS),
        (" 19900101 201501 1 001 ", NipKind.PNS),
        ("199001012023211001", NipKind.PPPK),
        ("199001012023132999", NipKind.PPPK),
    ],
)
def test_nip_problem_accepts_right_numbers(text: str, kind: NipKind) -> None:
    assert nip_problem(text, kind, today=FINAL_DAY) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("19900101201501100", "18 angka; yang diisikan 17 karakter"),
        ("19900101201501100A", "18 angka"),
        ("١٩٩٠٠١٠١٢٠١٥٠١١٠٠١", "18 angka"),
        ("199002312015011001", "tanggal lahir"),
        ("199001012015131001", "bulan pengangkatan"),
        ("199001012015013001", "Angka ke-15"),
        ("199001012015010001", "Angka ke-15"),
        ("199001012015011000", "nomor urut"),
        ("199001011989011001", "kurang dari 17 tahun"),
        ("199001012025011001", "belum tiba"),
        ("195001011980011001", "antara 17 dan 70 tahun"),
    ],
)
def test_nip_problem_names_the_fault(text: str, words: str) -> None:
    problem = nip_problem(text, NipKind.PNS, today=FINAL_DAY)
    assert problem is not None
    assert words in problem


def test_nip_problem_names_the_year_of_a_pppk() -> None:
    assert nip_problem("199001010000211001", NipKind.PPPK) == (
        "Angka ke-9 sampai dengan ke-12 NIP PPPK harus tahun pengangkatan."
    )


def test_nip_is_grouped_for_papers_and_masked_for_the_public() -> None:
    assert group_nip("199001012015011001") == "19900101 201501 1 001"
    assert group_nip(" P-17 ") == "P-17"
    assert mask_nip("199001012015011001") == "•••••••• •••••• • 001"
    assert mask_nip("12") == "12"


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([], 2),
        ([Fraction(247, 3)], 2),
        ([Fraction(247, 3), None, Fraction(247, 3)], 2),
        ([Decimal("82.335"), Decimal("82.344")], 3),
        ([Decimal("82.335"), Decimal("82.345")], 2),
        ([Fraction(247, 3), Decimal("82.333")], 4),
        ([Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**9)], 9),
    ],
)
def test_telling_places_show_different_values_as_different(
    values: list[Fraction | Decimal | None], places: int
) -> None:
    assert telling_places(values) == places
