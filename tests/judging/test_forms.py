"""How a rubric becomes the fields of a sheet."""

from decimal import Decimal
from fractions import Fraction

import pytest

from kbk.judging.forms import Choice, clock, sheet_fields
from scoring.rubric import Criterion, Rubric
from scoring.scales import Anchor, AnchoredScale, ClockBand, ClockScale, Level, LevelScale, NumberScale
from scoring.templates import DESK, SHORT

ANSWERS = AnchoredScale((Anchor(Decimal(4), "Sebagian kecil"), Anchor(Decimal(10), "Semua tepat")))
QUALITY = LevelScale((Level("Kurang", Decimal("30")), Level("Sangat baik", Decimal(100))))
TIME = ClockScale(
    (ClockBand(590, 610, Decimal(10)), ClockBand(570, 589, Decimal(6)), ClockBand(611, 630, Decimal(6))),
    outside=Decimal(2),
)
HUNDRED = NumberScale(Decimal(0), Decimal(100), Decimal("0.001"))
CHOICES = Rubric(
    "Pilihan",
    (
        Criterion("a", "Jawaban", Decimal(50), ANSWERS),
        Criterion("b", "Mutu", Decimal(30), QUALITY),
        Criterion("c", "Waktu", Decimal(20), TIME),
    ),
)


def test_choices_go_from_the_highest_mark_down_with_their_meaning():
    answers, quality, time = sheet_fields(CHOICES, {}).fields
    assert answers.choices == (Choice("10", "10", "Semua tepat"), Choice("4", "4", "Sebagian kecil"))
    assert quality.choices == (Choice("100", "100%", "Sangat baik"), Choice("30", "30%", "Kurang"))
    assert time.choices == (
        Choice("10", "10", "9 menit 50 detik sampai 10 menit 10 detik"),
        Choice(
            "6",
            "6",
            "9 menit 30 detik sampai 9 menit 49 detik atau 10 menit 11 detik sampai 10 menit 30 detik",
        ),
        Choice("2", "2", "Di luar itu"),
    )


def test_the_stored_or_typed_choice_is_marked():
    stored = sheet_fields(CHOICES, {"a": Decimal(4)}).fields[0]
    assert [stored.is_chosen(choice) for choice in stored.choices] == [False, True]
    typed = sheet_fields(CHOICES, {"a": Decimal(4)}, typed={"a": "10"}).fields[0]
    assert [typed.is_chosen(choice) for choice in typed.choices] == [True, False]


def test_a_scale_of_numbers_is_said_in_words_and_offers_whole_marks():
    field = sheet_fields(SHORT, {}).fields[0]
    assert (field.scale, field.part_step, field.weight) == ("1 sampai 10, kelipatan 0,5", "0,5", "20")
    assert field.quick_marks == tuple(str(mark) for mark in range(1, 11))
    wide = sheet_fields(Rubric("Lebar", (Criterion("a", "Dampak", Decimal(100), HUNDRED),)), {}).fields[0]
    assert (wide.scale, wide.quick_marks) == ("0 sampai 100, kelipatan 0,001", ())


def test_points_add_up_to_the_rubrics_total():
    marks = {criterion.id: Decimal("7.5") for criterion in DESK.criteria}
    fields = sheet_fields(DESK, marks)
    assert (fields.points, DESK.total(marks), fields.filled) == (Fraction(75), Fraction(75), 24)
    del marks["r17"]
    fields = sheet_fields(DESK, marks)
    assert (fields.points, [field.criterion.id for field in fields.missing]) == (Fraction(60), ["r17"])


def test_aspects_keep_the_rubrics_order_and_weights():
    fields = sheet_fields(DESK, {})
    assert [(aspect.name, aspect.weight) for aspect in fields.aspects] == [
        ("PLAN", "25"),
        ("DO", "15"),
        ("CHECK", "40"),
        ("ACTION", "15"),
        ("PENYAJIAN", "5"),
    ]
    assert [field.number for field in fields.fields] == list(range(1, 25))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 menit"), (45, "45 detik"), (600, "10 menit"), (590, "9 menit 50 detik")],
)
def test_clock_says_minutes_and_seconds(seconds, words):
    assert clock(seconds) == words
