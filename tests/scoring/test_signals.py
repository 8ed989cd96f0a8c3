from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.ballot import Ballot, Sheet
from scoring.ranking import rank
from scoring.rubric import Rubric
from scoring.signals import (
    Signal,
    SignalKind,
    Thresholds,
    constant_criteria,
    different_winners,
    far_criteria,
    far_sheets,
    unlinked_panels,
)

MakeSheets = Callable[..., list[Sheet]]
Make = Callable[..., Ballot]
HUNDRED = Fraction(100)


def test_sheet_far_from_the_others_is_named_with_its_distance(make_sheets: MakeSheets) -> None:
    assert far_sheets(make_sheets([[85, 80, 67.5], [80, 80, 80]]), HUNDRED) == (
        Signal(
            SignalKind.FAR_SHEET,
            "Nilai juri J3 untuk E1 (67,50) jauh dari rata-rata juri lain (82,50).",
            "E1",
            "J3",
        ),
    )


def test_distance_is_a_share_of_the_highest_possible_total(make_sheets: MakeSheets) -> None:
    sheets = make_sheets([[85, 80, 67.6]])
    assert far_sheets(sheets, HUNDRED) == ()
    assert len(far_sheets(sheets, Fraction(80))) == 1
    assert len(far_sheets(sheets, HUNDRED, Thresholds(distance=Decimal("14.9")))) == 1


def test_lone_sheet_passes_dixons_test_and_the_gap(make_sheets: MakeSheets) -> None:
    # Q = (86 − 80.1) / (86 − 80) = 0.983 for four sheets; critical 0.765.
    (signal,) = far_sheets(make_sheets([[80, 86, 80.1, 80]]), HUNDRED)
    assert signal == Signal(
        SignalKind.LONE_SHEET, "Nilai juri J2 untuk E1 menyendiri menurut uji Dixon.", "E1", "J2"
    )
    (low,) = far_sheets(make_sheets([[86, 86.1, 80, 86]]), HUNDRED)
    assert low.judge == "J3"


@pytest.mark.parametrize(
    "row",
    [
        [80, 84.9, 80, 80],
        [80, 85, 82],
        [80, 80, 80],
        [80, 90],
        [80],
        [80, 80, 80, 80, 80, 80, 80, 80, 80, 80, 90],
    ],
)
def test_sheets_of_one_mind_raise_nothing(row: list[float], make_sheets: MakeSheets) -> None:
    assert far_sheets(make_sheets([row]), HUNDRED) == ()


def test_dixons_q_must_be_above_its_critical_value(make_sheets: MakeSheets) -> None:
    # (90 − 80.59) / 10 = 0.941 is the critical value for three sheets itself.
    loose = Thresholds(distance=Decimal(99))
    assert far_sheets(make_sheets([[80, 90, 80.59]]), HUNDRED, loose) == ()
    assert len(far_sheets(make_sheets([[80, 90, 80.58]]), HUNDRED, loose)) == 1


def test_criterion_marked_alike_for_all_is_named(duo: Rubric, ballot: Make) -> None:
    ballots = [
        ballot("J1", entry, isi="1", gaya=gaya) for entry, gaya in (("A", "7"), ("B", "8"), ("C", "7"))
    ]
    other = [ballot("J2", entry, isi="8", gaya="8") for entry in "AB"]
    assert constant_criteria(duo, ballots + other) == (
        Signal(
            SignalKind.CONSTANT_CRITERION,
            "Juri J1 memberi nilai 1 pada kriteria Isi untuk semua dari 3 peserta.",
            judge="J1",
            criterion="isi",
        ),
    )
    found = constant_criteria(duo, ballots + other, Thresholds(entries=2))
    assert [(signal.judge, signal.criterion) for signal in found] == [
        ("J1", "isi"),
        ("J2", "isi"),
        ("J2", "gaya"),
    ]


def test_judge_far_from_the_others_on_one_criterion_is_named(duo: Rubric, ballot: Make) -> None:
    ballots = [
        ballot(judge, entry, isi="8", gaya=gaya)
        for entry, marks in (("A", ("9", "6", "6")), ("B", ("9.5", "6", "6.5")), ("C", ("9", "6.5", "6")))
        for judge, gaya in zip(("J1", "J2", "J3"), marks, strict=True)
    ]
    # J1 is 3, 3.25 and 2.75 above the mean of the other two: 3.00, which is 30 % of 10.
    assert far_criteria(duo, ballots) == (
        Signal(
            SignalKind.FAR_CRITERION,
            "Juri J1 menilai kriteria Gaya rata-rata 3,00 di atas juri lain.",
            judge="J1",
            criterion="gaya",
        ),
    )
    assert far_criteria(duo, ballots, Thresholds(criterion=Decimal("30.1"))) == ()
    assert far_criteria(duo, ballots[:6]) == ()
    below = far_criteria(duo, ballots, Thresholds(criterion=Decimal(15)))
    assert [signal.text for signal in below[1:]] == [
        "Juri J2 menilai kriteria Gaya rata-rata 1,50 di bawah juri lain.",
        "Juri J3 menilai kriteria Gaya rata-rata 1,50 di bawah juri lain.",
    ]


def test_judge_alone_is_far_from_nobody(duo: Rubric, ballot: Make) -> None:
    assert far_criteria(duo, [ballot("J1", entry, isi="8", gaya="1") for entry in "ABC"]) == ()


def test_unlinked_panels_are_reported_once(make_sheets: MakeSheets) -> None:
    assert unlinked_panels(make_sheets([[80, 80, None], [None, None, 70]])) == (
        Signal(
            SignalKind.UNLINKED_PANELS,
            "Panel juri terpisah menjadi 2 kelompok tanpa peserta bersama: J1, J2; J3.",
        ),
    )
    assert unlinked_panels(make_sheets([[80, 80, None], [None, 70, 70]])) == ()
    assert unlinked_panels([]) == ()


def test_methods_that_crown_different_winners_are_reported() -> None:
    first = rank({"A": Fraction(2), "B": Fraction(1)})
    second = rank({"A": Fraction(1), "B": Fraction(1)})
    empty = rank({"A": None})
    assert different_winners([("rata-rata", first), ("median", second), ("model aditif", first)]) == (
        Signal(
            SignalKind.DIFFERENT_WINNERS,
            "Metode yang berbeda memberi juara berbeda: A menurut rata-rata, model aditif; A dan B menurut median.",
        ),
    )
    assert different_winners([("rata-rata", first), ("median", first), ("terpangkas", empty)]) == ()
