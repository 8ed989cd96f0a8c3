"""How a place came about where scores were equal, in Indonesian sentences. Pure; the steps come from `scoring`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile

from kbk.awards.tally import Tie
from kbk.indonesian import format_decimal, format_exact, join_words, round_half_up, telling_places
from scoring.numbers import show_short
from scoring.rubric import Rubric
from scoring.ties import Reason, Step

MOST_TOLD = 6
"""Criteria that leave a tie equal are told one by one up to here, and in one sentence beyond."""


def tie_sentences(
    group_id: int, reasons: Sequence[Reason], names: Mapping[int, str], rubric: Rubric
) -> tuple[str, ...]:
    """The steps of the tie chain for one group, in their order; empty where its score stands alone.

    `names` gives the group's names by id.
    """
    if not reasons:
        return ()
    others = [names[int(entry)] for entry in reasons[0].group if int(entry) != group_id]
    opening = f"Nilai akhir sama tepat dengan {join_words(sorted(others))}."
    equal = len(list(takewhile(_leaves_equal, reasons)))
    if equal <= MOST_TOLD:
        return (opening, *(_sentence(reason, rubric) for reason in reasons))
    first, last = (_name(reason, rubric) for reason in (reasons[0], reasons[equal - 1]))
    return (
        opening,
        f"Rata-rata pada {equal} kriteria berturut-turut, dari {first} sampai {last}, tetap sama.",
        *(_sentence(reason, rubric) for reason in reasons[equal:]),
    )


def _leaves_equal(reason: Reason) -> bool:
    return reason.step is Step.CRITERION and not reason.separated


def _name(reason: Reason, rubric: Rubric) -> str:
    criterion = rubric.by_id.get(reason.criterion)
    return criterion.name if criterion else reason.criterion


def _sentence(reason: Reason, rubric: Rubric) -> str:
    if reason.step is Step.CRITERION:
        value = show_short(reason.value) if reason.value is not None else "–"
        effect = "memisahkan" if reason.separated else "tetap sama"
        return f"Kriteria {_name(reason, rubric)}: rata-rata {value}, {effect}."
    if reason.step is Step.DECISION and reason.decision is not None:
        return f"Diputuskan tertulis oleh dewan juri: {reason.decision.note}"
    if reason.step is Step.JOINT and reason.decision is not None:
        return f"Ditetapkan dewan juri pada tempat yang sama: {reason.decision.note}"
    return "Belum terpecahkan: menunggu keputusan tertulis dewan juri."


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean as the committee reads it; `exact` is empty where `shown` says all of it."""

    shown: str
    exact: str


@dataclass(frozen=True, slots=True)
class TriedCriterion:
    """One criterion of the chain and the groups' means on it, in the order of `Tie.groups`."""

    name: str
    means: tuple[Mean | None, ...]
    """None for a group that an earlier criterion had parted from the others."""
    separates: bool
    """Whether the means differ."""


def tried_chain(tie: Tie, rubric: Rubric) -> tuple[TriedCriterion, ...]:
    """What each criterion of the declared chain says about the groups of a tie, in the chain's order."""
    said: dict[str, dict[int, Fraction]] = {}
    for group in tie.groups:
        for reason in tie.tried[group]:
            if reason.step is Step.CRITERION and reason.value is not None:
                said.setdefault(reason.criterion, {})[group] = reason.value
    return tuple(
        _tried(rubric.by_id[criterion].name, [values.get(group) for group in tie.groups])
        for criterion, values in said.items()
    )


def _tried(name: str, values: Sequence[Fraction | None]) -> TriedCriterion:
    places = telling_places(values)
    means = tuple(_mean(value, places) if value is not None else None for value in values)
    return TriedCriterion(name, means, len({value for value in values if value is not None}) > 1)


def _mean(value: Fraction, places: int) -> Mean:
    return Mean(
        format_decimal(value, places), "" if round_half_up(value, places) == value else format_exact(value)
    )
