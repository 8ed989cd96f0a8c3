"""The four kinds of scale a criterion can be marked on. A mark is a Decimal number of the scale's points."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from scoring.errors import ScoringError
from scoring.numbers import is_plain, show_short

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class NumberScale:
    """Any number from minimum to maximum in steps counted from the minimum."""

    kind: ClassVar[str] = "number"
    minimum: Decimal
    maximum: Decimal
    step: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        _check_plain(self.minimum, self.maximum, self.step)
        if not 0 <= self.minimum < self.maximum or self.step <= 0:
            raise ScoringError("Skala angka memerlukan 0 ≤ minimum < maksimum dan langkah lebih dari 0.")
        if (self.maximum - self.minimum) % self.step:
            raise ScoringError("Maksimum skala angka harus tercapai oleh langkahnya.")

    def problem(self, mark: Decimal) -> str | None:
        """Why the mark is not on this scale, as an Indonesian sentence; None when it is."""
        if not self.minimum <= mark <= self.maximum:
            low, high = show_short(self.minimum), show_short(self.maximum)
            return f"nilai {show_short(mark)} di luar rentang {low} sampai {high}."
        if (mark - self.minimum) % self.step:
            below = mark - (mark - self.minimum) % self.step
            nearest = f"{show_short(below)} dan {show_short(below + self.step)}"
            return f"nilai {show_short(mark)} tidak ada pada skala; yang terdekat {nearest}."
        return None

    def to_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "minimum": str(self.minimum),
            "maximum": str(self.maximum),
            "step": str(self.step),
        }


@dataclass(frozen=True)
class Level:
    """A named level worth a share of the maximum, in percent."""

    name: str
    percent: Decimal


@dataclass(frozen=True)
class LevelScale:
    """Named levels; the mark is the level's percent of the maximum (Kurang 30 … Sangat Baik 100)."""

    kind: ClassVar[str] = "levels"
    maximum: ClassVar[Decimal] = HUNDRED
    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        percents = [level.percent for level in self.levels]
        _check_plain(*percents)
        if len(percents) < 2 or len(set(percents)) < len(percents):
            raise ScoringError("Skala tingkat memerlukan sedikitnya dua tingkat dengan persen yang berbeda.")
        if not all(0 <= percent <= HUNDRED for percent in percents):
            raise ScoringError("Persen setiap tingkat harus antara 0 dan 100.")

    @property
    def minimum(self) -> Decimal:
        return min(level.percent for level in self.levels)

    def problem(self, mark: Decimal) -> str | None:
        """Why the mark is not on this scale, as an Indonesian sentence; None when it is."""
        return _not_among(mark, (level.percent for level in self.levels))

    def to_data(self) -> dict[str, Any]:
        levels = [{"name": level.name, "percent": str(level.percent)} for level in self.levels]
        return {"kind": self.kind, "levels": levels}


@dataclass(frozen=True)
class Anchor:
    """A number of points and the text that says what earns them."""

    points: Decimal
    text: str


@dataclass(frozen=True)
class AnchoredScale:
    """Only the listed points may be given (10, 7, 4, 2, 0), each described by a text."""

    kind: ClassVar[str] = "anchored"
    anchors: tuple[Anchor, ...]

    def __post_init__(self) -> None:
        _check_points([anchor.points for anchor in self.anchors])

    @property
    def minimum(self) -> Decimal:
        return min(anchor.points for anchor in self.anchors)

    @property
    def maximum(self) -> Decimal:
        return max(anchor.points for anchor in self.anchors)

    def problem(self, mark: Decimal) -> str | None:
        """Why the mark is not on this scale, as an Indonesian sentence; None when it is."""
        return _not_among(mark, (anchor.points for anchor in self.anchors))

    def to_data(self) -> dict[str, Any]:
        anchors = [{"points": str(anchor.points), "text": anchor.text} for anchor in self.anchors]
        return {"kind": self.kind, "anchors": anchors}


@dataclass(frozen=True)
class ClockBand:
    """Points for a duration from `start` to `end` seconds, both included."""

    start: int
    end: int
    points: Decimal


@dataclass(frozen=True)
class ClockScale:
    """The timekeeper's seconds give the mark: that of the first band that holds them, else `outside`."""

    kind: ClassVar[str] = "clock"
    bands: tuple[ClockBand, ...]
    outside: Decimal

    def __post_init__(self) -> None:
        _check_points([self.outside, *{band.points for band in self.bands}])
        if any(band.start < 0 or band.end < band.start for band in self.bands):
            raise ScoringError(
                "Rentang waktu harus berawal dari 0 detik atau lebih dan tidak berakhir sebelum awalnya."
            )

    @property
    def minimum(self) -> Decimal:
        return min(self.outside, *(band.points for band in self.bands))

    @property
    def maximum(self) -> Decimal:
        return max(self.outside, *(band.points for band in self.bands))

    def mark_for(self, seconds: int) -> Decimal:
        """The mark for a duration in whole seconds."""
        holding = (band.points for band in self.bands if band.start <= seconds <= band.end)
        return next(holding, self.outside)

    def problem(self, mark: Decimal) -> str | None:
        """Why the mark cannot come from this clock, as an Indonesian sentence; None when it can."""
        return _not_among(mark, (self.outside, *(band.points for band in self.bands)))

    def to_data(self) -> dict[str, Any]:
        bands = [{"start": band.start, "end": band.end, "points": str(band.points)} for band in self.bands]
        return {"kind": self.kind, "bands": bands, "outside": str(self.outside)}


Scale = NumberScale | LevelScale | AnchoredScale | ClockScale


def scale_from_data(data: Mapping[str, Any]) -> Scale:
    """The scale that `to_data` wrote. Raises ScoringError for an unknown kind."""
    match data["kind"]:
        case "number":
            return NumberScale(Decimal(data["minimum"]), Decimal(data["maximum"]), Decimal(data["step"]))
        case "levels":
            return LevelScale(tuple(Level(item["name"], Decimal(item["percent"])) for item in data["levels"]))
        case "anchored":
            return AnchoredScale(
                tuple(Anchor(Decimal(item["points"]), item["text"]) for item in data["anchors"])
            )
        case "clock":
            bands = (ClockBand(item["start"], item["end"], Decimal(item["points"])) for item in data["bands"])
            return ClockScale(tuple(bands), Decimal(data["outside"]))
        case unknown:
            raise ScoringError(f"Jenis skala {unknown} tidak dikenal.")


def _not_among(mark: Decimal, allowed: Iterable[Decimal]) -> str | None:
    points = sorted(set(allowed))
    if mark in points:
        return None
    return f"nilai {show_short(mark)} bukan salah satu dari {'; '.join(map(show_short, points))}."


def _check_points(points: list[Decimal]) -> None:
    _check_plain(*points)
    if len(points) < 2 or len(set(points)) < len(points):
        raise ScoringError("Skala memerlukan sedikitnya dua pilihan nilai yang berbeda.")
    if min(points) < 0:
        raise ScoringError("Nilai pada skala tidak boleh negatif.")


def _check_plain(*values: Decimal) -> None:
    if not all(is_plain(value) for value in values):
        raise ScoringError(
            "Angka pada skala paling banyak 6 angka sebelum dan 6 angka sesudah tanda desimal."
        )
