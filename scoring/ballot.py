"""What one judge wrote about one entry, and what it adds up to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from scoring.errors import ScoringError
from scoring.rubric import MarkFault, Rubric


@dataclass(frozen=True, slots=True)
class Ballot:
    """One judge's marks for one entry: criterion id -> mark. It may be incomplete."""

    judge: str
    entry: str
    marks: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A complete, counted ballot: its exact total, and the marks that a tie chain may ask for."""

    judge: str
    entry: str
    total: Fraction
    marks: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Count:
    """The complete sheets, an Indonesian sentence for every ballot that is not complete, and all judges seen."""

    sheets: tuple[Sheet, ...]
    incomplete: tuple[str, ...]
    judges: frozenset[str]


def count_ballots(rubric: Rubric, ballots: Iterable[Ballot], keep: Collection[str] = ()) -> Count:
    """Add up every complete ballot and keep the marks of the criteria named in `keep`.

    An incomplete ballot counts as not handed in, never as zero. Raises ScoringError for a mark off its scale
    and for an unknown criterion.
    """
    sheets = []
    incomplete = []
    sound: set[tuple[str, Decimal]] = set()
    judges = set()
    for ballot in ballots:
        marks = ballot.marks
        judges.add(ballot.judge)
        if not sound.issuperset(marks.items()) or len(marks) < len(rubric.criteria):
            if gap := _gap(rubric, ballot):
                incomplete.append(gap)
                continue
            sound.update(marks.items())
        kept = {criterion: marks[criterion] for criterion in keep}
        sheets.append(Sheet(ballot.judge, ballot.entry, rubric.total(marks), kept))
    return Count(tuple(sheets), tuple(incomplete), frozenset(judges))


def _gap(rubric: Rubric, ballot: Ballot) -> str | None:
    where = f"Lembar juri {ballot.judge} untuk {ballot.entry}"
    problems = rubric.problems(ballot.marks)
    for problem in problems:
        if problem.fault is not MarkFault.MISSING:
            raise ScoringError(f"{where}: {problem.text}")
    if problems:
        return f"{where} belum lengkap: {len(problems)} dari {len(rubric.criteria)} kriteria belum dinilai."
    return None
