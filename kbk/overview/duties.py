"""What the committee of an edition has to do next, read from groups, stages and certificates."""

from dataclasses import dataclass
from datetime import datetime

from kbk.awards import queries as awards
from kbk.awards.stage_list import StageOverview, stage_overviews
from kbk.competitions.models import Competition, StageState
from kbk.groups.queries import leaders_to_invite, links_to_hand_over
from kbk.overview.queries import Progress
from kbk.overview.rules import Duty, Standing, next_duty

AT_WORK = (Standing.NOT_BEGUN, Standing.WRITING, Standing.RETURNED)


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """The next duty, the stage it is about, and how many groups, people or sheets."""

    duty: Duty
    at: StageOverview | None
    count: int


def duty_of(competition: Competition, overview: Progress, now: datetime) -> DutyFacts:
    """The committee's next duty in an edition."""
    stages = stage_overviews(competition)
    at = next((one for one in stages if one.stage.state is not StageState.PUBLISHED), None)
    writing = now < competition.submission_deadline and all(
        one.stage.state is StageState.PLANNED for one in stages
    )
    to_invite = len(leaders_to_invite(competition, now)) if writing else 0
    to_hand_over = links_to_hand_over(competition, now) if writing else 0
    unjudged, unsigned = (len(at.progress.unjudged), len(at.progress.missing)) if at else (0, 0)
    uncertified = 0 if at else _uncertified(competition)
    unsigned_minutes = sum(one.awaiting_copy is not None for one in stages)
    duty = next_duty(
        groups=len(overview.groups),
        writing=writing,
        to_invite=to_invite,
        to_hand_over=to_hand_over,
        action=at.action if at else None,
        unjudged=unjudged,
        unsigned=unsigned,
        uncertified=uncertified,
        unsigned_minutes=unsigned_minutes,
    )
    counts = {
        Duty.INVITE: to_invite,
        Duty.HAND_OVER: to_hand_over,
        Duty.REMIND: sum(overview.counts[standing] for standing in AT_WORK),
        Duty.APPOINT: unjudged,
        Duty.WAIT: unsigned,
        Duty.CERTIFY: uncertified,
        Duty.SIGN: unsigned_minutes,
    }
    return DutyFacts(duty, at, counts.get(duty, 0))


def _uncertified(competition: Competition) -> int:
    """How many awarded groups have no certificate that is valid."""
    certified = {one.group_id for one in awards.certificates(competition) if one.revoked_at is None}
    return sum(standing.group_id not in certified for standing in awards.awarded(competition))
