from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.errors import ScoringError
from scoring.rubric import Aspect, Criterion, MarkFault, MarkProblem, Rubric
from scoring.scales import NumberScale
from scoring.templates import DESK, SHORT, STAGE_DAY, TEMPLATES

TEN = NumberScale(Decimal(0), Decimal(10))


def marks_of(rubric: Rubric, mark: str, **others: str) -> dict[str, Decimal]:
    return {criterion.id: Decimal(others.get(criterion.id, mark)) for criterion in rubric.criteria}


def test_desk_template_reproduces_the_real_rubric(reference: dict[str, Any]) -> None:
    (example,) = reference["weights"]
    assert [criterion.weight for criterion in DESK.criteria] == example["weights"]
    assert DESK.total(marks_of(DESK, "8")) == Fraction(str(example["all_eights"]))
    assert DESK.total(marks_of(DESK, "8", r17="6")) == Fraction(
        str(example["all_eights_but_criterion_17_is_6"])
    )
    assert DESK.total(marks_of(DESK, "8", r17="10")) == Fraction(
        str(example["all_eights_but_criterion_17_is_10"])
    )


def test_desk_template_counts_weights_and_not_raw_points() -> None:
    cycling = {item.id: Decimal(7 + number % 3) for number, item in enumerate(DESK.criteria)}
    assert DESK.total(cycling) == Fraction("79.6")


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_template_weighs_100_and_survives_being_stored(template: Rubric) -> None:
    assert template.weight == 100
    assert template.notes == ()
    assert Rubric.from_data(template.to_data()) == template


def test_desk_template_has_five_aspects_with_their_weights() -> None:
    assert [(aspect.name, aspect.weight) for aspect in DESK.aspects] == [
        ("PLAN", Decimal(25)),
        ("DO", Decimal(15)),
        ("CHECK", Decimal(40)),
        ("ACTION", Decimal(15)),
        ("PENYAJIAN", Decimal(5)),
    ]


def test_stage_day_template_has_every_part_of_the_day() -> None:
    assert [aspect.name for aspect in STAGE_DAY.aspects] == [
        "Presentasi",
        "Tanya jawab",
        "Yel-yel",
        "Fragmen",
        "Ketepatan waktu",
    ]


def test_aspect_keeps_the_order_of_its_criteria(duo: Rubric) -> None:
    assert duo.aspects == (Aspect("", duo.criteria),)


def test_weights_of_99_9_are_reported_and_not_hidden() -> None:
    criteria = tuple(Criterion(f"k{n}", f"K{n}", Decimal("33.3"), TEN) for n in range(3))
    rubric = Rubric("Lapangan", criteria)
    assert rubric.notes == ("Jumlah bobot 99,9, bukan 100; nilai tertinggi yang mungkin 99,9.",)
    assert rubric.total(marks_of(rubric, "10")) == rubric.maximum == Fraction("99.9")


def test_normalised_weights_reach_exactly_100() -> None:
    criteria = tuple(Criterion(f"k{n}", f"K{n}", Decimal("33.3"), TEN) for n in range(3))
    rubric = Rubric("Lapangan", criteria, normalised=True)
    assert rubric.notes == ("Jumlah bobot 99,9; nilai akhir dikalikan 100/99,9.",)
    assert rubric.total(marks_of(rubric, "10")) == rubric.maximum == 100
    assert rubric.points("k0", Decimal(10)) == Fraction(100, 3)


def test_form_with_weights_by_aspect_is_not_a_sum_of_raw_points() -> None:
    # Report 10 %, content 70 %, presentation 10 %, timing 10 %, over 2, 7, 3 and 1 criteria.
    weights = {"laporan": (2, 15), "isi": (7, 30), "paparan": (3, 10), "waktu": (1, 30)}
    rubric = Rubric(
        "Kegiatan kelompok kecil",
        tuple(
            Criterion(f"{aspect}{n}", aspect, Decimal(weight), NumberScale(Decimal(1), Decimal(4)), aspect)
            for aspect, (count, weight) in weights.items()
            for n in range(count)
        ),
        normalised=True,
    )
    marks = {item.id: Decimal(1 if item.aspect == "isi" else 4) for item in rubric.criteria}
    assert sum(marks.values()) == 31
    assert rubric.total(marks) == Fraction("47.5")


def test_minimum_is_the_lowest_complete_sheet() -> None:
    assert SHORT.minimum == 10


def test_points_of_all_marks_make_the_total() -> None:
    marks = marks_of(STAGE_DAY, "6.5", g10="6")
    assert sum(STAGE_DAY.points(key, mark) for key, mark in marks.items()) == STAGE_DAY.total(marks)


def test_total_of_an_incomplete_sheet_is_refused(duo: Rubric) -> None:
    with pytest.raises(ScoringError, match=r"^Lembar belum lengkap: Gaya belum dinilai\.$"):
        duo.total({"isi": Decimal(8)})


def test_total_is_exact_for_marks_with_many_digits() -> None:
    scale = NumberScale(Decimal(0), Decimal(7), Decimal("0.000001"))
    rubric = Rubric("Halus", (Criterion("a", "A", Decimal("12.345678"), scale),))
    assert rubric.total({"a": Decimal("3.141592")}) == Fraction("12.345678") * Fraction("3.141592") / 7


def test_problems_lists_each_mark_in_rubric_order(duo: Rubric) -> None:
    assert duo.problems({"gaya": Decimal("10.5"), "baru": Decimal(1)}) == (
        MarkProblem("isi", MarkFault.MISSING, "Isi: belum dinilai."),
        MarkProblem("gaya", MarkFault.OFF_SCALE, "Gaya: nilai 10,5 di luar rentang 0 sampai 10."),
        MarkProblem("baru", MarkFault.UNKNOWN, "Kriteria baru tidak ada dalam rubrik."),
    )


def test_problems_refuses_marks_that_are_no_numbers(duo: Rubric) -> None:
    assert duo.problems({"isi": Decimal("NaN"), "gaya": Decimal("Infinity")}) == (
        MarkProblem("isi", MarkFault.OFF_SCALE, "Isi: nilai harus berupa angka biasa."),
        MarkProblem("gaya", MarkFault.OFF_SCALE, "Gaya: nilai harus berupa angka biasa."),
    )


def test_problems_of_a_sound_sheet_are_none(duo: Rubric) -> None:
    assert duo.problems({"isi": Decimal("7.5"), "gaya": Decimal(0)}) == ()


def test_heaviest_first_keeps_rubric_order_among_equals() -> None:
    assert SHORT.heaviest_first == ("s03", "s02", "s01", "s04", "s05")


def test_part_is_the_rubric_of_one_award_family() -> None:
    creative = STAGE_DAY.part(
        [item.id for item in STAGE_DAY.criteria if item.aspect in ("Yel-yel", "Fragmen")]
    )
    assert [item.id for item in creative.criteria] == ["g06", "g07", "g08", "g09"]
    assert creative.total({item.id: Decimal(10) for item in creative.criteria}) == 100


def test_part_keeps_the_name_and_survives_being_stored(duo: Rubric) -> None:
    part = duo.part(["gaya"])
    assert (part.name, part.normalised) == ("Duo", True)
    assert Rubric.from_data(part.to_data()) == part


def test_weights_below_one_count() -> None:
    rubric = Rubric("R", (Criterion("a", "A", Decimal("0.5"), TEN),))
    assert rubric.total({"a": Decimal(10)}) == Fraction(1, 2)


def test_part_refuses_an_unknown_criterion(duo: Rubric) -> None:
    with pytest.raises(ScoringError, match=r"^Kriteria suara tidak ada dalam rubrik\.$"):
        duo.part(["isi", "suara"])


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        ((), "Rubrik belum memuat kriteria."),
        ((("a", "1"), ("a", "2")), "Setiap kriteria dalam rubrik harus memakai kode yang berbeda."),
        ((("a", "0"),), "Bobot kriteria A harus berupa angka biasa yang lebih dari 0."),
        ((("a", "NaN"),), "Bobot kriteria A harus berupa angka biasa yang lebih dari 0."),
    ],
)
def test_rubric_refuses_what_cannot_be_counted(criteria: tuple[tuple[str, str], ...], sentence: str) -> None:
    with pytest.raises(ScoringError) as refusal:
        Rubric("R", tuple(Criterion(key, key.upper(), Decimal(weight), TEN) for key, weight in criteria))
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("broken", [{}, {"name": "R", "normalised": False, "criteria": [{"id": "a"}]}])
def test_from_data_refuses_what_is_no_rubric(broken: dict[str, Any]) -> None:
    with pytest.raises(ScoringError, match=r"^Data rubrik tidak dapat dibaca\.$"):
        Rubric.from_data(broken)
