"""What a group learns about its own result: means by criterion and comments, never who gave them."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kbk.awards import queries
from kbk.awards.models import Standing
from kbk.groups.models import Group
from kbk.judging.rules import read_rubric
from scoring.aggregate import mean


@dataclass(frozen=True, slots=True)
class CriterionMean:
    """The mean mark on one criterion, out of the highest mark of its scale."""

    aspect: str
    name: str
    mean: Fraction
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class OwnResult:
    """A group's published result in one stage."""

    standing: Standing
    among: int
    """How many groups the place is one of."""
    criteria: tuple[CriterionMean, ...]
    comments: tuple[str, ...]


def own_results(group: Group) -> list[OwnResult]:
    """The group's published results, the latest stage first; empty before anything is published."""
    return [_own_result(group, standing) for standing in queries.published_standings_of(group)]


def _own_result(group: Group, standing: Standing) -> OwnResult:
    """Comments stand in the order of their words, so that their order tells nothing about the judges."""
    rubric = read_rubric(standing.stage.rubric, standing.stage.name)
    sheets = queries.sheets_about(group, standing.stage)
    given: dict[str, list[Fraction]] = {criterion.id: [] for criterion in rubric.criteria}
    for sheet in sheets:
        for mark in sheet.marks:
            given[mark.criterion].append(Fraction(mark.value))
    return OwnResult(
        standing,
        queries.places_beside(standing),
        tuple(
            CriterionMean(item.aspect, item.name, mean(given[item.id]), item.scale.maximum)
            for item in rubric.criteria
            if given[item.id]
        ),
        tuple(sorted((sheet.comment for sheet in sheets if sheet.comment.strip()), key=str.casefold)),
    )
