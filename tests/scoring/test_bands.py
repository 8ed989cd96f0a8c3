from fractions import Fraction

import pytest

from scoring.bands import CONVENTION_BANDS, INNOVATION_BANDS, Bands, bands_from
from scoring.errors import ScoringError


@pytest.mark.parametrize(
    ("score", "name"),
    [
        ("100", "Platinum"),
        ("94", "Platinum"),
        ("93.999999999999999999", "Gold"),
        ("87", "Gold"),
        ("86.995", "Silver"),
        ("79", "Silver"),
        ("61", "Bronze"),
        ("60.99", "Partisipasi"),
        ("0", "Partisipasi"),
    ],
)
def test_band_edges_belong_to_the_higher_band(score: str, name: str) -> None:
    band = INNOVATION_BANDS.of(Fraction(score))
    assert band is not None
    assert band.name == name


def test_there_are_no_holes_between_bands() -> None:
    bands = [CONVENTION_BANDS.of(Fraction(tenth, 10)) for tenth in range(1001)]
    assert None not in bands
    assert [band.name for band in bands if band].count("Silver") == 100


def test_score_below_the_lowest_band_has_none() -> None:
    assert bands_from([("Baik", "60")]).of(Fraction("59.99")) is None


@pytest.mark.parametrize("thresholds", [["60", "70"], ["60", "60"]])
def test_thresholds_must_fall(thresholds: list[str]) -> None:
    with pytest.raises(ScoringError, match=r"^Batas predikat harus menurun"):
        bands_from([("P", threshold) for threshold in thresholds])


def test_no_bands_give_no_band() -> None:
    assert Bands(()).of(Fraction(100)) is None
