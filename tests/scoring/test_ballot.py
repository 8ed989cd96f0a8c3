from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.ballot import Ballot, Sheet, count_ballots
from scoring.errors import ScoringError
from scoring.rubric import Rubric

Make = Callable[..., Ballot]


def test_count_adds_up_each_complete_ballot(duo: Rubric, ballot: Make) -> None:
    count = count_ballots(
        duo, [ballot("J1", "A", isi="8", gaya="7.5"), ballot("J2", "A", isi="10", gaya="0")]
    )
    assert [(sheet.judge, sheet.entry, sheet.total) for sheet in count.sheets] == [
        ("J1", "A", Fraction(78)),
        ("J2", "A", Fraction(60)),
    ]
    assert count.incomplete == ()


def test_count_keeps_only_the_marks_asked_for(duo: Rubric, ballot: Make) -> None:
    (sheet,) = count_ballots(duo, [ballot("J1", "A", isi="8", gaya="7.5")], keep=["gaya"]).sheets
    assert sheet == Sheet("J1", "A", sheet.total, {"gaya": Decimal("7.5")})


def test_incomplete_ballot_is_named_and_not_counted(duo: Rubric, ballot: Make) -> None:
    complete = ballot("J1", "A", isi="8", gaya="7.5")
    count = count_ballots(duo, [complete, ballot("J2", "A", isi="8"), ballot("J3", "A")])
    assert [sheet.judge for sheet in count.sheets] == ["J1"]
    assert count.incomplete == (
        "Lembar juri J2 untuk A belum lengkap: 1 dari 2 kriteria belum dinilai.",
        "Lembar juri J3 untuk A belum lengkap: 2 dari 2 kriteria belum dinilai.",
    )


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        ({"isi": "11", "gaya": "1"}, "Lembar juri J2 untuk B: Isi: nilai 11 di luar rentang 0 sampai 10."),
        (
            {"isi": "8.1"},
            "Lembar juri J2 untuk B: Isi: nilai 8,1 tidak ada pada skala; yang terdekat 8 dan 8,5.",
        ),
        ({"isi": "8", "suara": "7"}, "Lembar juri J2 untuk B: Kriteria suara tidak ada dalam rubrik."),
        (
            {"isi": "8", "gaya": "8", "suara": "7"},
            "Lembar juri J2 untuk B: Kriteria suara tidak ada dalam rubrik.",
        ),
        ({"isi": "8", "gaya": "NaN"}, "Lembar juri J2 untuk B: Gaya: nilai harus berupa angka biasa."),
        ({"isi": "8", "gaya": "1e999999"}, "Lembar juri J2 untuk B: Gaya: nilai harus berupa angka biasa."),
    ],
)
def test_count_refuses_marks_off_the_rubric(
    marks: dict[str, str], sentence: str, duo: Rubric, ballot: Make
) -> None:
    with pytest.raises(ScoringError) as refusal:
        count_ballots(duo, [ballot("J1", "A", isi="8", gaya="8"), ballot("J2", "B", **marks)])
    assert str(refusal.value) == sentence
