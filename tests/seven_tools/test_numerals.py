"""Numbers and dates as Indonesian text."""

from datetime import date

import pytest

from kbk.seven_tools.numerals import (
    date_text,
    decimal_text,
    listed,
    number_text,
    percent_text,
    places_for,
    signed_text,
    typed_text,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1250, "1.250"),
        (-1234567.0, "−1.234.567"),
        (0.2313333, "0,23133"),
        (74.001176, "74,001"),
        (123456.789, "123.457"),
        (-0.5, "−0,5"),
        (0.1 + 0.2, "0,3"),
        (1e-9, "0,000000001"),
    ],
)
def test_number_text_keeps_five_significant_digits(value: float, text: str) -> None:
    assert number_text(value) == text


def test_decimal_text_never_writes_minus_zero() -> None:
    assert decimal_text(-0.001, 2) == "0,00"


def test_signed_text_shows_the_direction() -> None:
    assert [signed_text(value, 1) for value in (12.34, -73.33, 0)] == ["+12,3", "−73,3", "0,0"]


def test_typed_text_rounds_nothing_away() -> None:
    assert [typed_text(value) for value in (74.03, 1000000.25, 0.1)] == ["74,03", "1.000.000,25", "0,1"]


def test_places_follow_the_spread() -> None:
    assert [places_for(spread) for spread in (0.0131, 0.74, 13.4, 5000, 0)] == [4, 3, 1, 0, 2]


def test_percent_date_and_list() -> None:
    assert percent_text(31.3333) == "31,3%"
    assert date_text(date(2024, 8, 2)) == "2 Agu 2024"
    assert listed(["1", "4", "9"], 3) == "1, 4, dan 9"
    assert listed(["1", "4"], 2) == "1 dan 4"
    assert listed([str(n) for n in range(20)], 20) == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, dan 8 lagi"
