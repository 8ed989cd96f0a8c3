"""Numbers as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbk.seven_tools.entry.numbers import Mark, mark_of, read_number
from kbk.seven_tools.numerals import typed_text


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("007", 7),
        ("1.250", 1250),
        ("1.250.000", 1250000),
        ("1 250 000", 1250000),
        ("12,5", 12.5),
        ("1.250,75", 1250.75),
        (",5", 0.5),
        ("-3", -3),
        ("−3,5", -3.5),
        ("+4", 4),
        ("45%", 45),
        ("29,6 %", 29.6),
        ("Rp 3.000", 3000),
        ("Rp3.000,00", 3000),
        ("Rp. 450.000,-", 450000),
        ("rp 5", 5),
    ],
)
def test_number_is_read_as_written_in_indonesia(words: str, number: float) -> None:
    assert read_number(words) == number


@pytest.mark.parametrize(
    "words",
    ["", "-", "x", "12.5", "0.250", "1.25.000", "1,2,3", "1.250,", "12 menit", "3 4", "1 25", "1e5", "#N/A", "½", "²",
     "NaN", "٣", "Rp", "%", "(3)", "2/8", "9" * 41],
)  # fmt: skip
def test_anything_else_is_no_number(words: str) -> None:
    assert read_number(words) is None


def test_whole_numbers_stay_whole() -> None:
    assert [type(read_number(words)) for words in ("1.250", "12,0")] == [int, float]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("12.5", 12.5),
        ("1.250", 1.25),
        ("0.250", 0.25),
        ("1,250", 1250),
        ("1,250.75", 1250.75),
        ("12,5", None),
    ],
)
def test_number_with_a_point_is_read_as_in_english(words: str, number: float | None) -> None:
    assert read_number(words, point=True) == number


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("12", None),
        ("a.b", None),
        ("1.2.3", None),
        ("12,5", Mark.COMMA),
        ("1,250", Mark.COMMA),
        ("1.250,5", Mark.COMMA),
        ("1.250.000", Mark.COMMA),
        ("12.5", Mark.POINT),
        ("0.250", Mark.POINT),
        ("1,250.5", Mark.POINT),
        ("1,250,000", Mark.POINT),
        ("1.250", Mark.DOUBTFUL),
        ("-74.030", Mark.DOUBTFUL),
    ],
)
def test_mark_is_told_only_where_it_is_certain(words: str, mark: Mark | None) -> None:
    assert mark_of(words) is mark


@settings(deadline=None)
@given(st.one_of(st.integers(-(10**15), 10**15), st.decimals(-(10**9), 10**9, places=4).map(float)))
def test_number_written_by_the_program_is_read_as_the_same(number: float) -> None:
    assert read_number(typed_text(number)) == number
