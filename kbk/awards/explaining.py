"""One group's way from its judges' totals to its place, as `scoring` tells it. Pure."""

from kbk.awards.tally import CategoryTally, StageFacts
from scoring.ballot import Ballot
from scoring.explanation import Line, Names, Part, explain_final, explain_stage
from scoring.stage import FinalRanking

SHOWN_AS_TABLE = frozenset({Part.SHEET, Part.MARK})
"""Lines that the page shows as a table of marks instead."""


def way_to_place(facts: StageFacts, own: CategoryTally, group_id: int) -> tuple[Line, ...]:
    """The sums behind one group's score and the steps behind its place; the last line is the place."""
    judges = {str(judge): name for part in _parts(facts) for judge, name in part.judges.items()}
    names = Names({str(group): name for group, name in facts.names.items()}, judges)
    if isinstance(own.ranking, FinalRanking):
        stages = {part.name: (part.rubric, _ballots(part)) for part in _parts(facts)}
        lines = explain_final(stages, own.ranking, str(group_id), names)
    else:
        lines = explain_stage(facts.rubric, _ballots(facts), own.ranking, str(group_id), names)
    return tuple(line for line in lines if line.part not in SHOWN_AS_TABLE)


def _parts(facts: StageFacts) -> list[StageFacts]:
    """The stage and those it carries over from."""
    return [facts, *(_parts(facts.before) if facts.before is not None else [])]


def _ballots(facts: StageFacts) -> list[Ballot]:
    return [
        Ballot(str(sheet.judge_id), str(sheet.group_id), sheet.marks)
        for sheet in facts.sheets
        if sheet.signed
    ]
