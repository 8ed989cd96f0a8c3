from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.errors import ScoringError
from scoring.numbers import parse_mark, record_text, round_half_up, show, show_short, square_root


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("8", "8"),
        ("8,5", "8.5"),
        ("8.5", "8.5"),
        ("  8,25\t", "8.25"),
        ("0", "0"),
        ("007", "7"),
        ("100", "100"),
        (f"{8:40}", "8"),
    ],
)
def test_parse_mark_reads_what_a_judge_types(typed: str, mark: str) -> None:
    assert parse_mark(typed) == Decimal(mark)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Nilai belum diisi."),
        (" \t ", "Nilai belum diisi."),
        ("1e9", "Nilai ditulis lengkap, tanpa pangkat seperti 1e9."),
        ("2,5E-3", "Nilai ditulis lengkap, tanpa pangkat seperti 1e9."),
        ("NaN", "Nilai harus berupa angka, misalnya 8 atau 8,5."),
        ("Infinity", "Nilai harus berupa angka, misalnya 8 atau 8,5."),
        ("∞", "Nilai harus berupa angka, misalnya 8 atau 8,5."),
        ("0x1F", "Nilai harus berupa angka, misalnya 8 atau 8,5."),
        ("1_0", "Nilai harus berupa angka, misalnya 8 atau 8,5."),
        ("8 5", "Nilai harus berupa angka, misalnya 8 atau 8,5."),
        ("8\x00", "Nilai harus berupa angka, misalnya 8 atau 8,5."),
        ("X8", "Nilai harus berupa angka, misalnya 8 atau 8,5."),
        ("0123456789.,", "Nilai hanya boleh memuat satu tanda desimal."),
        (f"{8:41}", "Nilai terlalu panjang untuk sebuah angka."),
        ("8,5,5", "Nilai hanya boleh memuat satu tanda desimal."),
        ("1.000,5", "Nilai hanya boleh memuat satu tanda desimal."),
        ("8,", "Tanda desimal harus diapit angka, misalnya 8,5."),
        (".5", "Tanda desimal harus diapit angka, misalnya 8,5."),
        (",", "Tanda desimal harus diapit angka, misalnya 8,5."),
        ("-0", "Nilai ditulis tanpa tanda plus atau minus."),
        ("−3", "Nilai ditulis tanpa tanda plus atau minus."),
        ("+8", "Nilai ditulis tanpa tanda plus atau minus."),
        ("８", "Nilai hanya boleh memakai angka 0 sampai 9 yang biasa."),
        ("٨", "Nilai hanya boleh memakai angka 0 sampai 9 yang biasa."),
        ("½", "Nilai hanya boleh memakai angka 0 sampai 9 yang biasa."),
        ("1234567", "Nilai paling banyak 6 angka sebelum dan 6 angka sesudah tanda desimal."),
        ("1,1234567", "Nilai paling banyak 6 angka sebelum dan 6 angka sesudah tanda desimal."),
        ("8" * 10_000, "Nilai terlalu panjang untuk sebuah angka."),
    ],
)
def test_parse_mark_refuses_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ScoringError) as refusal:
        parse_mark(typed)
    assert str(refusal.value) == sentence


def test_show_rounds_half_up_once(reference: dict[str, Any]) -> None:
    (example,) = reference["rounding"]
    assert [show(Decimal(value)) for value in example["values"]] == example["shown"]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("-0.004", "0.00"), ("1e-9", "0.00"), ("12", "12.00")],
)
def test_round_half_up_goes_away_from_zero(value: str, rounded: str) -> None:
    assert str(round_half_up(Decimal(value))) == rounded


def test_show_can_leave_the_decimals_out() -> None:
    assert show(Fraction(5, 2), 0) == "3"


@pytest.mark.parametrize(
    ("value", "shown"), [(Fraction(165, 2), "82,5"), (Fraction(100), "100"), (Fraction(1, 3), "≈0,333333")]
)
def test_show_short_marks_what_was_cut(value: Fraction, shown: str) -> None:
    assert show_short(value) == shown


def test_show_short_keeps_zeros_before_the_comma() -> None:
    assert (show_short(Fraction(80), 0), show_short(Fraction(161, 2), 0)) == ("80", "≈81")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(82335, 1000), "82.335"),
        (Fraction(100), "100"),
        (Fraction(250, 3), "83.33333333333333333333"),
        (Fraction(0), "0"),
        (Fraction(-1, 4), "-0.25"),
    ],
)
def test_record_text_is_exact_where_decimals_end(value: Fraction, text: str) -> None:
    assert record_text(value) == text


def test_square_root_of_a_rational_square_is_exact() -> None:
    assert square_root(Fraction(49, 9)) == Fraction(7, 3)


@pytest.mark.parametrize("value", [Fraction(2), Fraction(1, 3), Fraction(4, 3), Fraction(10**40 + 1)])
def test_square_root_holds_to_sixty_decimals(value: Fraction) -> None:
    root = square_root(value)
    assert root * root <= value < (root + Fraction(1, 10**60)) ** 2
