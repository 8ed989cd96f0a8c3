"""Several awards over one list of entries: the creative prize looks at yel-yel, another one at the risalah."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoring.aggregate import Panels, Penalty
from scoring.ballot import Ballot
from scoring.rubric import Rubric
from scoring.stage import DEFAULT_RULES, StageRanking, StageRules, rank_stage
from scoring.ties import Decision


@dataclass(frozen=True)
class Family:
    """An award family: its name and the criteria that count for it."""

    name: str
    criteria: frozenset[str]


def rank_family(
    family: Family,
    rubric: Rubric,
    ballots: Iterable[Ballot],
    entries: Iterable[str],
    rules: StageRules = DEFAULT_RULES,
    *,
    panels: Panels | None = None,
    penalties: Iterable[Penalty] = (),
    decisions: Sequence[Decision] = (),
) -> StageRanking:
    """Rank a stage's entries by the family's criteria alone, their weights brought to 100.

    A ballot counts as soon as these criteria are marked. The chain in `rules` may name only criteria of the family.
    Raises ScoringError as `rank_stage` does.
    """
    reduced = (
        Ballot(
            ballot.judge,
            ballot.entry,
            {criterion: mark for criterion, mark in ballot.marks.items() if criterion in family.criteria},
        )
        for ballot in ballots
    )
    return rank_stage(
        rubric.part(family.criteria),
        reduced,
        entries,
        rules,
        name=family.name,
        panels=panels,
        penalties=penalties,
        decisions=decisions,
    )
