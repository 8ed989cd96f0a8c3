from decimal import Decimal

import pytest

from scoring.errors import ScoringError
from scoring.scales import (
    Anchor,
    AnchoredScale,
    ClockBand,
    ClockScale,
    Level,
    LevelScale,
    NumberScale,
    Scale,
    scale_from_data,
)
from scoring.templates import SHOW_TIME

HALVES = NumberScale(Decimal(1), Decimal(10), Decimal("0.5"))
LEVELS = LevelScale(
    tuple(
        Level(name, Decimal(percent))
        for name, percent in [("Kurang", 30), ("Cukup", 50), ("Baik", 75), ("Sangat Baik", 100)]
    )
)
ANCHORS = AnchoredScale(
    (Anchor(Decimal(10), "Lengkap"), Anchor(Decimal(7), "Sebagian"), Anchor(Decimal(0), "Tidak ada"))
)


@pytest.mark.parametrize(
    ("scale", "mark", "problem"),
    [
        (HALVES, "1", None),
        (HALVES, "9.5", None),
        (HALVES, "10", None),
        (HALVES, "0.5", "nilai 0,5 di luar rentang 1 sampai 10."),
        (HALVES, "10.5", "nilai 10,5 di luar rentang 1 sampai 10."),
        (HALVES, "8.25", "nilai 8,25 tidak ada pada skala; yang terdekat 8 dan 8,5."),
        (LEVELS, "75", None),
        (LEVELS, "60", "nilai 60 bukan salah satu dari 30; 50; 75; 100."),
        (ANCHORS, "7", None),
        (ANCHORS, "8", "nilai 8 bukan salah satu dari 0; 7; 10."),
        (SHOW_TIME, "6", None),
        (SHOW_TIME, "7", "nilai 7 bukan salah satu dari 2; 6; 10."),
    ],
)
def test_scale_tells_what_is_wrong_with_a_mark(scale: Scale, mark: str, problem: str | None) -> None:
    assert scale.problem(Decimal(mark)) == problem


@pytest.mark.parametrize(
    ("scale", "minimum", "maximum"),
    [(HALVES, 1, 10), (LEVELS, 30, 100), (ANCHORS, 0, 10), (SHOW_TIME, 2, 10)],
)
def test_scale_knows_its_ends(scale: Scale, minimum: int, maximum: int) -> None:
    assert (scale.minimum, scale.maximum) == (Decimal(minimum), Decimal(maximum))


@pytest.mark.parametrize("scale", [HALVES, LEVELS, ANCHORS, SHOW_TIME])
def test_scale_survives_being_stored(scale: Scale) -> None:
    assert scale_from_data(scale.to_data()) == scale


@pytest.mark.parametrize(
    ("seconds", "mark"),
    [(590, 10), (610, 10), (589, 6), (611, 6), (570, 6), (630, 6), (569, 2), (631, 2), (0, 2)],
)
def test_clock_gives_the_points_of_the_first_band_that_holds(seconds: int, mark: int) -> None:
    assert SHOW_TIME.mark_for(seconds) == mark


@pytest.mark.parametrize(
    ("minimum", "maximum", "step", "sentence"),
    [
        ("5", "5", "1", "Skala angka memerlukan 0 ≤ minimum < maksimum dan langkah lebih dari 0."),
        ("-1", "5", "1", "Skala angka memerlukan 0 ≤ minimum < maksimum dan langkah lebih dari 0."),
        ("1", "5", "0", "Skala angka memerlukan 0 ≤ minimum < maksimum dan langkah lebih dari 0."),
        ("1", "10", "2", "Maksimum skala angka harus tercapai oleh langkahnya."),
        (
            "0",
            "Infinity",
            "1",
            "Angka pada skala paling banyak 6 angka sebelum dan 6 angka sesudah tanda desimal.",
        ),
        (
            "0",
            "1",
            "1e-7",
            "Angka pada skala paling banyak 6 angka sebelum dan 6 angka sesudah tanda desimal.",
        ),
        (
            "0",
            "1e6",
            "1",
            "Angka pada skala paling banyak 6 angka sebelum dan 6 angka sesudah tanda desimal.",
        ),
    ],
)
def test_number_scale_refuses_nonsense(minimum: str, maximum: str, step: str, sentence: str) -> None:
    with pytest.raises(ScoringError) as refusal:
        NumberScale(Decimal(minimum), Decimal(maximum), Decimal(step))
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("percents", "sentence"),
    [
        (["50"], "Skala tingkat memerlukan sedikitnya dua tingkat dengan persen yang berbeda."),
        (["50", "50"], "Skala tingkat memerlukan sedikitnya dua tingkat dengan persen yang berbeda."),
        (["50", "101"], "Persen setiap tingkat harus antara 0 dan 100."),
        (["-1", "50"], "Persen setiap tingkat harus antara 0 dan 100."),
    ],
)
def test_level_scale_refuses_nonsense(percents: list[str], sentence: str) -> None:
    with pytest.raises(ScoringError) as refusal:
        LevelScale(tuple(Level("Tingkat", Decimal(percent)) for percent in percents))
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (["5"], "Skala memerlukan sedikitnya dua pilihan nilai yang berbeda."),
        (["5", "5"], "Skala memerlukan sedikitnya dua pilihan nilai yang berbeda."),
        (["5", "-1"], "Nilai pada skala tidak boleh negatif."),
    ],
)
def test_anchored_scale_refuses_nonsense(points: list[str], sentence: str) -> None:
    with pytest.raises(ScoringError) as refusal:
        AnchoredScale(tuple(Anchor(Decimal(point), "Teks") for point in points))
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (10, 9)])
def test_clock_scale_refuses_a_band_that_runs_backwards(start: int, end: int) -> None:
    with pytest.raises(ScoringError, match=r"^Rentang waktu harus berawal"):
        ClockScale((ClockBand(start, end, Decimal(5)),), Decimal(0))


def test_clock_scale_may_give_the_same_points_early_and_late() -> None:
    clock = ClockScale((ClockBand(0, 10, Decimal(5)), ClockBand(20, 30, Decimal(5))), Decimal(0))
    assert [clock.mark_for(seconds) for seconds in (5, 15, 25)] == [5, 0, 5]


def test_unknown_kind_of_scale_is_refused() -> None:
    with pytest.raises(ScoringError, match=r"^Jenis skala bintang tidak dikenal\.$"):
        scale_from_data({"kind": "bintang"})
