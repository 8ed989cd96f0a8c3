"""What a group learns about its own result: means by criterion and comments, never who gave them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kbk.awards import queries
from kbk.awards.models import Standing
from kbk.groups.models import Group
from kbk.indonesian import round_half_up, telling_places
from kbk.judging.rules import read_rubric
from scoring.aggregate import mean
from scoring.rubric import Criterion
from scoring.scales import NumberScale, Scale


@dataclass(frozen=True, slots=True)
class CriterionMean:
    """The mean mark on one criterion, out of the highest mark of its scale."""

    aspect: str
    name: str
    mean: Fraction
    maximum: Decimal
    places: int
    """With how many decimals the mean is shown: two, or more where marks of this scale have more."""


@dataclass(frozen=True, slots=True)
class OwnResult:
    """A group's published result in one stage."""

    standing: Standing
    among: int
    """How many groups the place is one of."""
    places: int
    """With how many decimals the score is shown, so that it looks unlike every other score it differs from."""
    equals: int
    """How many other groups have exactly the same score."""
    sharing: int
    """How many of them stand on the same place."""
    criteria: tuple[CriterionMean, ...]
    comments: tuple[str, ...]

    @property
    def rounded(self) -> bool:
        """Whether the score has more decimals than are shown."""
        score = self.standing.score
        return score is not None and round_half_up(score, self.places) != score


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
    beside = queries.places_beside(standing)
    equals = [item for item in beside if item.score is not None and item.score == standing.score]
    return OwnResult(
        standing,
        len(beside),
        telling_places(item.score for item in beside),
        max(len(equals) - 1, 0),
        max(sum(item.place == standing.place for item in equals) - 1, 0),
        tuple(_criterion_mean(item, given[item.id]) for item in rubric.criteria if given[item.id]),
        tuple(sorted((sheet.comment for sheet in sheets if sheet.comment.strip()), key=str.casefold)),
    )


def _criterion_mean(criterion: Criterion, given: Sequence[Fraction]) -> CriterionMean:
    return CriterionMean(
        criterion.aspect, criterion.name, mean(given), criterion.scale.maximum, _places(criterion.scale)
    )


def _places(scale: Scale) -> int:
    step = scale.step if isinstance(scale, NumberScale) else Decimal(1)
    return max(2, -int(step.normalize().as_tuple().exponent))
