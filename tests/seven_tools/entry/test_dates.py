"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbk.seven_tools.entry.dates import read_day
from kbk.seven_tools.numerals import date_text

SECOND_OF_AUGUST = date(2024, 8, 2)


@pytest.mark.parametrize(
    "words",
    ["2/8/2024", "02/08/2024", "2-8-2024", "2.8.2024", "2/8/24", "2024-08-02", "2024-08-02 00:00:00", "2/8/2024 0:00",
     "2 Agustus 2024", "2 agustus 2024", "2 Agu 2024", "2 Agt 2024", "2 Ags. 2024", "2-Agu-24", "2-Aug-24",
     "Jumat, 2 Agustus 2024", "Jum'at, 2 Agustus 2024"],
)  # fmt: skip
def test_day_is_read_with_the_day_before_the_month(words: str) -> None:
    assert read_day(words) == SECOND_OF_AUGUST


@pytest.mark.parametrize(
    "words",
    ["", "x", "2024", "8/13/2024", "31/2/2024", "30 Feb 2024", "2/8", "2/8-2024", "2 Xyz 2024", "2 Ag 2024", "0/8/2024",
     "2/8/20245", "Agustus 2024", "2/8/024"],
)  # fmt: skip
def test_anything_else_is_no_day(words: str) -> None:
    assert read_day(words) is None


@pytest.mark.parametrize(
    ("words", "month"),
    [("Pebruari", 2), ("Feb", 2), ("Mar", 3), ("May", 5), ("Mei", 5), ("Jun", 6), ("Jul", 7), ("Sept", 9), ("Oct", 10),
     ("Nopember", 11), ("Dec", 12), ("Des", 12)],
)  # fmt: skip
def test_month_is_known_by_old_new_and_english_names(words: str, month: int) -> None:
    assert read_day(f"1 {words} 2024") == date(2024, month, 1)


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_day_written_by_the_program_is_read_as_the_same(day: date) -> None:
    assert read_day(date_text(day)) == read_day(day.isoformat()) == day
