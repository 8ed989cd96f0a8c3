"""What is marked, on which scale, and how much it weighs: aspect -> criterion -> mark."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from enum import Enum
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, Self

from scoring.errors import ScoringError
from scoring.numbers import is_plain, show_short
from scoring.scales import Scale, scale_from_data

FULL = 100
"""Points of a rubric whose weights are complete or normalised."""

_EXACT = Context(prec=10_000, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])


@dataclass(frozen=True)
class Criterion:
    """One question a judge answers with a mark. `weight` is the points earned by the highest mark."""

    id: str
    name: str
    weight: Decimal
    scale: Scale
    aspect: str = ""


@dataclass(frozen=True)
class Aspect:
    """Criteria that stand together under one heading, in the rubric's order."""

    name: str
    criteria: tuple[Criterion, ...]

    @property
    def weight(self) -> Decimal:
        return sum((criterion.weight for criterion in self.criteria), Decimal(0))


class MarkFault(Enum):
    """What can be wrong with one mark."""

    MISSING = "missing"
    OFF_SCALE = "off-scale"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class MarkProblem:
    """One thing wrong with one mark; `text` is an Indonesian sentence."""

    criterion: str
    fault: MarkFault
    text: str


@dataclass(frozen=True)
class Rubric:
    """A list of criteria. With `normalised`, totals are stretched so that the highest possible one is 100."""

    name: str
    criteria: tuple[Criterion, ...]
    normalised: bool = False

    def __post_init__(self) -> None:
        if not self.criteria:
            raise ScoringError("Rubrik belum memuat kriteria.")
        if len(self.by_id) < len(self.criteria):
            raise ScoringError("Setiap kriteria dalam rubrik harus memakai kode yang berbeda.")
        for criterion in self.criteria:
            if not (is_plain(criterion.weight) and criterion.weight > 0):
                raise ScoringError(
                    f"Bobot kriteria {criterion.name} harus berupa angka biasa yang lebih dari 0."
                )

    @cached_property
    def by_id(self) -> Mapping[str, Criterion]:
        return {criterion.id: criterion for criterion in self.criteria}

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """The criteria under their headings; headings in order of first appearance."""
        grouped: dict[str, list[Criterion]] = {}
        for criterion in self.criteria:
            grouped.setdefault(criterion.aspect, []).append(criterion)
        return tuple(Aspect(name, tuple(criteria)) for name, criteria in grouped.items())

    @property
    def weight(self) -> Decimal:
        """The sum of the weights as written down."""
        return sum((criterion.weight for criterion in self.criteria), Decimal(0))

    @property
    def maximum(self) -> Fraction:
        """The highest total a sheet can reach."""
        return Fraction(FULL) if self.normalised else Fraction(self.weight)

    @property
    def minimum(self) -> Fraction:
        """The lowest total a complete sheet can reach."""
        return self.total({criterion.id: criterion.scale.minimum for criterion in self.criteria})

    @property
    def notes(self) -> tuple[str, ...]:
        """Indonesian sentences about weights that do not add up to 100."""
        text = show_short(self.weight)
        if self.weight == FULL:
            return ()
        if self.normalised:
            return (f"Jumlah bobot {text}; nilai akhir dikalikan 100/{text}.",)
        return (f"Jumlah bobot {text}, bukan 100; nilai tertinggi yang mungkin {text}.",)

    @property
    def heaviest_first(self) -> tuple[str, ...]:
        """Criterion ids by falling weight, rubric order among equals: the usual chain for breaking ties."""
        return tuple(item.id for item in sorted(self.criteria, key=lambda criterion: -criterion.weight))

    def problems(self, marks: Mapping[str, Decimal]) -> tuple[MarkProblem, ...]:
        """Everything wrong with one sheet's marks (criterion id -> mark), in rubric order."""
        found = []
        for criterion in self.criteria:
            mark = marks.get(criterion.id)
            if mark is None:
                text = f"{criterion.name}: belum dinilai."
                found.append(MarkProblem(criterion.id, MarkFault.MISSING, text))
            elif not is_plain(mark):
                text = f"{criterion.name}: nilai harus berupa angka biasa."
                found.append(MarkProblem(criterion.id, MarkFault.OFF_SCALE, text))
            elif fault := criterion.scale.problem(mark):
                found.append(MarkProblem(criterion.id, MarkFault.OFF_SCALE, f"{criterion.name}: {fault}"))
        for unknown in sorted(marks.keys() - self.by_id.keys()):
            text = f"Kriteria {unknown} tidak ada dalam rubrik."
            found.append(MarkProblem(unknown, MarkFault.UNKNOWN, text))
        return tuple(found)

    def total(self, marks: Mapping[str, Decimal]) -> Fraction:
        """Σ mark / maximum × weight over all criteria, exact.

        Does not look whether marks are on their scales (`problems` does). Raises ScoringError when one lacks.
        """
        points = Decimal(0)
        try:
            for criterion, factor in self._factors:
                points = _EXACT.fma(marks[criterion], factor, points)
        except KeyError as missing:
            name = self.by_id[missing.args[0]].name
            raise ScoringError(f"Lembar belum lengkap: {name} belum dinilai.") from None
        top, bottom = points.as_integer_ratio()
        return Fraction(top * self._unit.numerator, bottom * self._unit.denominator)

    def points(self, criterion: str, mark: Decimal) -> Fraction:
        """What one mark adds to the total."""
        shares = dict(self._factors)
        return Fraction(mark) * int(shares[criterion]) * self._unit

    @cached_property
    def _unit(self) -> Fraction:
        """What one of the whole-number points of `_factors` is worth."""
        unit = Fraction(1, lcm(*(_share(item).denominator for item in self.criteria)))
        return unit * FULL / Fraction(self.weight) if self.normalised else unit

    @cached_property
    def _factors(self) -> tuple[tuple[str, Decimal], ...]:
        """Whole-number factors: adding mark × factor in Decimal is exact and far quicker than in Fraction."""
        common = lcm(*(_share(item).denominator for item in self.criteria))
        return tuple((item.id, Decimal((_share(item) * common).numerator)) for item in self.criteria)

    def part(self, criteria: Collection[str]) -> Self:
        """Only the named criteria, normalised to 100: the rubric of one award family over the same sheets."""
        if unknown := sorted(set(criteria) - self.by_id.keys()):
            raise ScoringError(f"Kriteria {unknown[0]} tidak ada dalam rubrik.")
        kept = tuple(item for item in self.criteria if item.id in criteria)
        return type(self)(self.name, kept, normalised=True)

    def to_data(self) -> dict[str, Any]:
        """The rubric as JSON-able data, so that it can be frozen with the first sheet."""
        criteria = [
            {
                "id": item.id,
                "name": item.name,
                "weight": str(item.weight),
                "aspect": item.aspect,
                "scale": item.scale.to_data(),
            }
            for item in self.criteria
        ]
        return {"name": self.name, "normalised": self.normalised, "criteria": criteria}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The rubric that `to_data` wrote; raises ScoringError when it is no rubric."""
        try:
            criteria = tuple(
                Criterion(
                    item["id"],
                    item["name"],
                    Decimal(item["weight"]),
                    scale_from_data(item["scale"]),
                    item["aspect"],
                )
                for item in data["criteria"]
            )
            return cls(data["name"], criteria, data["normalised"])
        except (KeyError, TypeError, ArithmeticError) as error:
            raise ScoringError("Data rubrik tidak dapat dibaca.") from error


def _share(criterion: Criterion) -> Fraction:
    """What one point on the criterion's scale is worth."""
    return Fraction(criterion.weight) / Fraction(criterion.scale.maximum)
