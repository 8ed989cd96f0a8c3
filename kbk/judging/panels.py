"""Who judges what in a stage, and how far they have come: what the committee's pages show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from kbk.accounts.rules import SittingJudge
from kbk.competitions.models import Competition, Stage, StageState
from kbk.db import db
from kbk.judging import queries
from kbk.judging.models import Entry, Judge
from kbk.judging.queries import SheetFacts
from kbk.judging.rules import SheetState

BEGUN = (SheetState.FILLING, SheetState.READY, SheetState.RETURNED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many sheets have come how far; sheets of recused judges are counted apart."""

    signed: int = 0
    begun: int = 0
    blank: int = 0
    recused: int = 0

    @property
    def awaited(self) -> int:
        """Sheets that are expected at all."""
        return self.signed + self.begun + self.blank

    @property
    def missing(self) -> int:
        """Sheets that are not signed yet."""
        return self.begun + self.blank


def progress(sheets: Iterable[SheetFacts]) -> Progress:
    """Count sheets by how far they have come."""
    states = [sheet.state for sheet in sheets]
    return Progress(
        signed=states.count(SheetState.SIGNED),
        begun=sum(states.count(state) for state in BEGUN),
        blank=states.count(SheetState.BLANK),
        recused=states.count(SheetState.RECUSED),
    )


class PanelStanding(StrEnum):
    """How far the judging of an entry has come."""

    WITHOUT_JUDGE = "tanpa-juri"
    MISSING = "kurang"
    COMPLETE = "lengkap"


def panel_standing(sheets: Progress) -> PanelStanding:
    """How far the judging of the entry with these sheets has come."""
    if not sheets.awaited:
        return PanelStanding.WITHOUT_JUDGE
    return PanelStanding.MISSING if sheets.missing else PanelStanding.COMPLETE


@dataclass(frozen=True, slots=True)
class StagePanels:
    """The appointments of a stage as a table of entries and judges."""

    entries: Sequence[Entry]
    judges: Sequence[Judge]
    own_units: Mapping[int, frozenset[int]]
    sheets: Mapping[tuple[int, int], SheetFacts]
    """By entry id and judge id."""
    by_entry: Mapping[int, Progress]
    by_judge: Mapping[int, Progress]
    total: Progress

    def matching(self, *, search: str = "", standing: PanelStanding | None = None) -> Sequence[Entry]:
        """The entries that stand there; `search` is looked for in the names of group and unit."""
        return [
            entry
            for entry in self.entries
            if standing in {None, panel_standing(self.by_entry[entry.id])} and entry.group.is_called(search)
        ]

    def sheet(self, entry: Entry, judge: Judge) -> SheetFacts | None:
        """How far the judge's sheet for the entry has come; None when the judge is not appointed."""
        return self.sheets.get((entry.id, judge.id))

    def forbidden(self, entry: Entry, judge: Judge) -> bool:
        """Say whether the entry comes from a unit of the judge's own."""
        return entry.group.unit_id in self.own_units[judge.id]

    @property
    def without_judge(self) -> int:
        """How many entries nobody judges."""
        return sum(not self.by_entry[entry.id].awaited for entry in self.entries)

    @property
    def most(self) -> int:
        """The largest panel of the stage."""
        return max((self.by_entry[entry.id].awaited for entry in self.entries), default=0)


def stage_panels(stage: Stage) -> StagePanels:
    """The appointments of a stage."""
    entries, judges = queries.entries(stage), queries.judges(stage.competition)
    sheets = queries.sheets_of_stage(stage)
    by_entry: dict[int, list[SheetFacts]] = {entry.id: [] for entry in entries}
    by_judge: dict[int, list[SheetFacts]] = {judge.id: [] for judge in judges}
    for sheet in sheets:
        by_entry[sheet.entry_id].append(sheet)
        by_judge[sheet.judge_id].append(sheet)
    return StagePanels(
        entries=entries,
        judges=judges,
        own_units=queries.own_units(judges),
        sheets={(sheet.entry_id, sheet.judge_id): sheet for sheet in sheets},
        by_entry={entry_id: progress(own) for entry_id, own in by_entry.items()},
        by_judge={judge_id: progress(own) for judge_id, own in by_judge.items()},
        total=progress(sheets),
    )


def progress_by_judge(competition: Competition, judges: Sequence[Judge]) -> Mapping[int, Progress]:
    """How far each judge of an edition has come in all its stages, by judge id."""
    own: dict[int, list[SheetFacts]] = {judge.id: [] for judge in judges}
    for sheet in queries.sheets_of_competition(competition):
        own[sheet.judge_id].append(sheet)
    return {judge_id: progress(sheets) for judge_id, sheets in own.items()}


def sitting_judges() -> Sequence[SittingJudge]:
    """Those who judge an edition with a stage that is not decided yet, or without any stage."""
    here = Stage.competition_id == Judge.competition_id
    undecided = exists().where(here, Stage.state.not_in([StageState.DECIDED, StageState.PUBLISHED]))
    rows = db.session.scalars(
        select(Judge)
        .where(or_(undecided, ~exists().where(here)))
        .options(joinedload(Judge.user), joinedload(Judge.competition))
        .order_by(Judge.id)
    )
    return [SittingJudge(judge.user.person, judge.competition.name) for judge in rows]
