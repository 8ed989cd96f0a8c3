"""The stages of an edition as the committee sees them: how far each is and what comes next."""

from dataclasses import dataclass

from kbk.awards import minutes_queries, queries, rules
from kbk.awards.models import Minutes
from kbk.awards.rules import DECIDED, StageAction
from kbk.awards.tally import CategoryTally, Tie
from kbk.competitions.models import Competition, Stage, StageState
from kbk.errors import DomainError


@dataclass(frozen=True, slots=True)
class OpenTie:
    """A tie that stands in the way, with its category."""

    category: CategoryTally
    tie: Tie
    names: tuple[str, ...]
    first: str
    """Public id of one of its groups, by which its page is found."""


@dataclass(frozen=True, slots=True)
class StageOverview:
    """One stage: its progress, its next action, and what stands in the way."""

    stage: Stage
    progress: queries.StageProgress
    action: StageAction | None
    leads: bool
    """Whether its action is the one the page puts forward."""
    ties: tuple[OpenTie, ...] = ()
    problem: str = ""
    awaiting_copy: Minutes | None = None
    """Its berita acara while the scan with the signatures is not kept yet."""


def stage_overviews(competition: Competition) -> list[StageOverview]:
    """The stages in their order; at most one of them leads."""
    progress = queries.progress(competition)
    awaiting = minutes_queries.awaiting_signed_copy(competition)
    found: list[StageOverview] = []
    leading = False
    before: Stage | None = None
    for stage in competition.stages:
        ties, problem = _open_ties(stage)
        action = rules.next_action(
            state=stage.state, may_open=before is None or before.state in DECIDED, ties=len(ties)
        )
        own = progress.get(stage.id, queries.StageProgress())
        leads = action is not None and not leading and not _waits(action, own)
        leading = leading or leads
        found.append(StageOverview(stage, own, action, leads, ties, problem, awaiting.get(stage.id)))
        before = stage
    return found


def _waits(action: StageAction, progress: queries.StageProgress) -> bool:
    """Closing is not put forward while judges are still at work."""
    return action is StageAction.CLOSE and bool(progress.missing or progress.unjudged)


def _open_ties(stage: Stage) -> tuple[tuple[OpenTie, ...], str]:
    if stage.state is not StageState.CLOSED:
        return (), ""
    try:
        tally = queries.stage_tally(stage)
    except DomainError as error:
        return (), error.message
    names = tally.facts.names
    public_ids = {item.group_id: item.public_id for item in tally.facts.contestants}
    ties = tuple(
        OpenTie(own, tie, tuple(names[group] for group in tie.groups), public_ids[tie.groups[0]])
        for own in tally.categories
        for tie in own.blocking
    )
    return ties, ""
