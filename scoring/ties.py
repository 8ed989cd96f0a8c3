"""The declared chain that breaks a tie: criteria in order, first places, the panel's decision, joint place.

Every step that was looked at leaves a reason. What nothing breaks is reported as unsettled, never invented.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Step(Enum):
    """The steps of the chain."""

    CRITERION = "criterion"
    FIRST_PLACES = "first-places"
    DECISION = "decision"
    JOINT = "joint"
    UNSETTLED = "unsettled"


@dataclass(frozen=True)
class Measure:
    """One step of the chain that compares numbers; the higher value goes first."""

    step: Step
    stage: str
    criterion: str
    value_of: Callable[[str], Fraction]


@dataclass(frozen=True)
class Decision:
    """The panel's written decision about equal scores: the order, best first, or a joint place."""

    order: tuple[str, ...]
    note: str
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """What one step of the chain said about one entry among those it was tied with.

    `value` is the entry's own number where the step compares numbers; `separated` tells whether the step
    parted this entry from any of `group`; `decision` is what the panel wrote.
    """

    step: Step
    group: tuple[str, ...]
    separated: bool
    stage: str = ""
    criterion: str = ""
    value: Fraction | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """Entries that share one place after the chain, with the reasons of each."""

    entries: tuple[str, ...]
    reasons: Mapping[str, tuple[Reason, ...]]
    settled: bool


def settle(
    group: Sequence[str], measures: Sequence[Measure], decisions: Sequence[Decision] = (), joint: bool = False
) -> tuple[Tier, ...]:
    """Order entries of equal score by the chain, best first. With `joint` the rest shares its place."""
    members = tuple(sorted(group))
    if len(members) == 1:
        return (Tier(members, {members[0]: ()}, settled=True),)
    if not measures:
        return _decide(members, decisions, joint)
    measure, rest = measures[0], measures[1:]
    values = {entry: measure.value_of(entry) for entry in members}
    separated = len(set(values.values())) > 1
    reasons = {
        entry: Reason(measure.step, members, separated, measure.stage, measure.criterion, values[entry])
        for entry in members
    }
    tiers: list[Tier] = []
    for value in sorted(set(values.values()), reverse=True):
        equals = [entry for entry in members if values[entry] == value]
        tiers += settle(equals, rest, decisions, joint)
    return tuple(_after(reasons, tier) for tier in tiers)


def _decide(members: tuple[str, ...], decisions: Sequence[Decision], joint: bool) -> tuple[Tier, ...]:
    """What the panel wrote about all of these entries; of several decisions the last one holds."""
    for decision in reversed(decisions):
        if set(members) <= set(decision.order):
            if decision.joint:
                reason = Reason(Step.JOINT, members, separated=False, decision=decision)
                return (_together(members, reason, settled=True),)
            reason = Reason(Step.DECISION, members, separated=True, decision=decision)
            ordered = sorted(members, key=decision.order.index)
            return tuple(Tier((entry,), {entry: (reason,)}, settled=True) for entry in ordered)
    step = Step.JOINT if joint else Step.UNSETTLED
    return (_together(members, Reason(step, members, separated=False), settled=joint),)


def _together(members: tuple[str, ...], reason: Reason, settled: bool) -> Tier:
    return Tier(members, dict.fromkeys(members, (reason,)), settled)


def _after(first: Mapping[str, Reason], tier: Tier) -> Tier:
    """The tier with the reason of an earlier step put before its own."""
    reasons = {entry: (first[entry], *tier.reasons[entry]) for entry in tier.entries}
    return Tier(tier.entries, reasons, tier.settled)
