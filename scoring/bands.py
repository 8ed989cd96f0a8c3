"""Predikat by half-open intervals: from one threshold up to, but not including, the next. No holes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.errors import ScoringError


@dataclass(frozen=True)
class Band:
    """A predikat and the lowest score that earns it."""

    name: str
    at_least: Decimal


@dataclass(frozen=True)
class Bands:
    """Bands from the highest threshold down. Raises ScoringError when thresholds do not fall."""

    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        thresholds = [band.at_least for band in self.bands]
        if thresholds != sorted(set(thresholds), reverse=True):
            raise ScoringError("Batas predikat harus menurun dari yang tertinggi, tanpa batas yang sama.")

    def of(self, score: Fraction) -> Band | None:
        """The band of an exact score; None below the lowest threshold."""
        return next((band for band in self.bands if score >= Fraction(band.at_least)), None)


def bands_from(pairs: Iterable[tuple[str, str]]) -> Bands:
    """Bands from (name, threshold) texts, highest first."""
    return Bands(tuple(Band(name, Decimal(threshold)) for name, threshold in pairs))


INNOVATION_BANDS = bands_from(
    [("Platinum", "94"), ("Gold", "87"), ("Silver", "79"), ("Bronze", "61"), ("Partisipasi", "0")]
)
CONVENTION_BANDS = bands_from([("Gold", "70"), ("Silver", "60"), ("Bronze", "50"), ("Partisipasi", "0")])
