"""Named reads about judges, entries and score sheets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from kbk.accounts.models import User
from kbk.competitions.models import Category, Competition, Stage, StageState, Unit
from kbk.db import db
from kbk.errors import NotFound
from kbk.groups.models import Group, Member
from kbk.judging.models import EarlierMarks, Entry, Judge, Mark, Sheet
from kbk.judging.rules import SheetState, sheet_state
from kbk.policy import Actor
from kbk.risalah.models import Risalah, RisalahState, Submission


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """A person's appointments as judge, and the units of the person's own."""

    judge_ids: frozenset[int]
    unit_ids: frozenset[int]


def appointment_facts(user_id: int) -> AppointmentFacts:
    """The appointments of a person, of all editions."""
    rows = db.session.execute(select(Judge.id, Judge.unit_id).where(Judge.user_id == user_id)).all()
    return AppointmentFacts(
        frozenset(row.id for row in rows), frozenset(row.unit_id for row in rows if row.unit_id is not None)
    )


def own_units(judges: Collection[Judge]) -> Mapping[int, frozenset[int]]:
    """The units whose entries each judge may not judge, by judge id.

    They are those of the person's appointments and of the person's own groups, of all editions: the same as
    `policy.Actor.unit_ids`.
    """
    users = [judge.user_id for judge in judges]
    appointed = select(Judge.user_id, Judge.unit_id).where(
        Judge.user_id.in_(users), Judge.unit_id.is_not(None)
    )
    member = select(Member.user_id, Group.unit_id).join(Member.group).where(Member.user_id.in_(users))
    units: dict[int, set[int]] = {user_id: set() for user_id in users}
    for user_id, unit_id in [*db.session.execute(appointed), *db.session.execute(member)]:
        if user_id is not None and unit_id is not None:
            units[user_id].add(unit_id)
    return {judge.id: frozenset(units[judge.user_id]) for judge in judges}


def judge(public_id: str) -> Judge:
    """The judge with this public id; NotFound when there is none."""
    found = db.session.scalar(
        select(Judge)
        .where(Judge.public_id == public_id)
        .options(joinedload(Judge.user), joinedload(Judge.unit))
    )
    if found is None:
        raise NotFound("Juri ini tidak ditemukan.")
    return found


def judges(competition: Competition) -> Sequence[Judge]:
    """The judges of an edition by name."""
    return db.session.scalars(
        select(Judge)
        .join(Judge.user)
        .where(Judge.competition_id == competition.id)
        .options(contains_eager(Judge.user), joinedload(Judge.unit))
        .order_by(User.name, Judge.id)
    ).all()


def former_judges(competition: Competition) -> Sequence[User]:
    """People who have judged another edition and are not appointed in this one, by name."""
    here = select(Judge.user_id).where(Judge.competition_id == competition.id)
    before = select(Judge.user_id).where(Judge.competition_id != competition.id)
    return db.session.scalars(
        select(User).where(User.id.in_(before), User.id.not_in(here), User.active).order_by(User.name)
    ).all()


def is_judge_of(competition: Competition, user_id: int) -> bool:
    """Say whether the person is already appointed in the edition."""
    query = select(Judge.id).where(Judge.competition_id == competition.id, Judge.user_id == user_id)
    return db.session.scalar(query) is not None


def entry(public_id: str) -> Entry:
    """The entry with this public id; NotFound when there is none."""
    found = db.session.scalar(
        select(Entry)
        .where(Entry.public_id == public_id)
        .options(
            joinedload(Entry.stage).joinedload(Stage.competition),
            joinedload(Entry.group).joinedload(Group.unit),
        )
    )
    if found is None:
        raise NotFound("Peserta ini tidak ditemukan.")
    return found


def stages_of(group: Group) -> Sequence[Stage]:
    """The stages a group takes part in, the first first."""
    return db.session.scalars(
        select(Stage)
        .join(Entry, Entry.stage_id == Stage.id)
        .where(Entry.group_id == group.id)
        .order_by(Stage.position)
    ).all()


def takes_part(group: Group) -> bool:
    """Say whether the group has been let into any stage."""
    return db.session.scalar(select(Entry.id).where(Entry.group_id == group.id).limit(1)) is not None


def entries(stage: Stage) -> Sequence[Entry]:
    """The entries of a stage by category, unit and name, with group, unit and category."""
    return db.session.scalars(
        select(Entry)
        .join(Entry.group)
        .join(Group.unit)
        .join(Group.category)
        .where(Entry.stage_id == stage.id)
        .options(
            contains_eager(Entry.group).options(contains_eager(Group.unit), contains_eager(Group.category))
        )
        .order_by(Category.position, Unit.name, Group.name, Entry.id)
    ).all()


def sheet(public_id: str) -> Sheet:
    """The score sheet with this public id and all it stands on; NotFound when there is none."""
    found = db.session.scalar(
        select(Sheet)
        .where(Sheet.public_id == public_id)
        .options(
            joinedload(Sheet.judge).joinedload(Judge.user),
            joinedload(Sheet.entry).options(
                joinedload(Entry.stage).joinedload(Stage.competition),
                joinedload(Entry.group).options(joinedload(Group.unit), joinedload(Group.category)),
            ),
            selectinload(Sheet.marks),
        )
    )
    if found is None:
        raise NotFound("Lembar nilai ini tidak ditemukan.")
    return found


def sheet_of(entry: Entry, judge: Judge) -> Sheet | None:
    """The judge's sheet for the entry."""
    return db.session.scalar(select(Sheet).where(Sheet.entry_id == entry.id, Sheet.judge_id == judge.id))


def hold_stage(sheet: Sheet) -> StageState:
    """The state of the sheet's stage as it will stay until this transaction ends: closing waits for it."""
    query = select(Stage.state).where(Stage.id == sheet.entry.stage_id)
    return db.session.execute(query.with_for_update(read=True)).scalar_one()


def earlier_marks(sheet: Sheet) -> Sequence[EarlierMarks]:
    """What the judge had written before stepping back and did not take up again, the latest first."""
    return db.session.scalars(
        select(EarlierMarks).where(EarlierMarks.sheet_id == sheet.id).order_by(EarlierMarks.id.desc())
    ).all()


def panel(entry: Entry) -> Sequence[Sheet]:
    """The sheets of those who judge the entry, with their judges; of nobody who has stepped back."""
    return db.session.scalars(
        select(Sheet)
        .where(Sheet.entry_id == entry.id, Sheet.recused_at.is_(None))
        .options(joinedload(Sheet.judge))
        .order_by(Sheet.id)
    ).all()


def marks(sheet: Sheet) -> dict[str, Decimal]:
    """The marks of a sheet by criterion id; blanks are absent."""
    rows = db.session.execute(select(Mark.criterion, Mark.value).where(Mark.sheet_id == sheet.id))
    return {row.criterion: row.value for row in rows}


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """How far one sheet has come, without what is written on it."""

    public_id: str
    entry_id: int
    judge_id: int
    state: SheetState
    filled: int


def _sheet_facts(*conditions: ColumnElement[bool]) -> Sequence[SheetFacts]:
    filled = func.count(Mark.criterion)
    rows = db.session.execute(
        select(Sheet, filled)
        .join(Sheet.entry)
        .outerjoin(Sheet.marks)
        .where(*conditions)
        .group_by(Sheet.id)
        .order_by(Sheet.id)
    )
    return [
        SheetFacts(sheet.public_id, sheet.entry_id, sheet.judge_id, state_of(sheet, count), count)
        for sheet, count in rows
    ]


def state_of(sheet: Sheet, filled: int) -> SheetState:
    """The state of a sheet with `filled` marks."""
    return sheet_state(
        filled=filled,
        complete=sheet.total is not None,
        signed=sheet.signed_at is not None,
        recused=sheet.recused_at is not None,
        returned=sheet.returned_at is not None,
    )


def sheets_of_stage(stage: Stage) -> Sequence[SheetFacts]:
    """How far every sheet of a stage has come."""
    return _sheet_facts(Entry.stage_id == stage.id)


def sheets_of_entry(entry: Entry) -> Sequence[SheetFacts]:
    """How far every sheet of an entry has come."""
    return _sheet_facts(Sheet.entry_id == entry.id)


def sheets_of_competition(competition: Competition) -> Sequence[SheetFacts]:
    """How far every sheet of an edition has come."""
    stages = select(Stage.id).where(Stage.competition_id == competition.id)
    return _sheet_facts(Entry.stage_id.in_(stages))


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A judge's sheet with the entry it judges."""

    facts: SheetFacts
    sheet: Sheet

    @property
    def entry(self) -> Entry:
        """What is judged on it."""
        return self.sheet.entry


def own_sheets(actor: Actor) -> Sequence[ListedSheet]:
    """The sheets a person may open, the latest edition and stage first; none of the own unit."""
    return _listed_sheets(Sheet.judge_id.in_(actor.judge_ids), Group.unit_id.not_in(actor.unit_ids))


def _listed_sheets(*conditions: ColumnElement[bool]) -> Sequence[ListedSheet]:
    rows = db.session.scalars(
        select(Sheet)
        .join(Sheet.entry)
        .join(Entry.stage)
        .join(Stage.competition)
        .join(Entry.group)
        .join(Group.unit)
        .join(Group.category)
        .where(*conditions)
        .options(
            contains_eager(Sheet.entry).options(
                contains_eager(Entry.stage).contains_eager(Stage.competition),
                contains_eager(Entry.group).options(
                    contains_eager(Group.unit), contains_eager(Group.category)
                ),
            )
        )
        .order_by(Competition.year.desc(), Competition.id.desc(), Stage.position.desc())
        .order_by(Category.position, Unit.name, Group.name, Entry.id)
    )
    found = list(rows)
    facts = {row.public_id: row for row in _sheet_facts(Sheet.id.in_([sheet.id for sheet in found]))}
    return [ListedSheet(facts[sheet.public_id], sheet) for sheet in found]


def sheets_of_judge(judge: Judge) -> Sequence[ListedSheet]:
    """All sheets of a judge as the committee sees them, by stage, category and unit."""
    return _listed_sheets(Sheet.judge_id == judge.id)


def has_sheets(judge: Judge) -> bool:
    """Say whether the judge has been given any sheet."""
    return db.session.scalar(select(Sheet.id).where(Sheet.judge_id == judge.id).limit(1)) is not None


def groups_judged(judge: Judge, unit: Unit) -> Sequence[Group]:
    """The groups of a unit that the judge has a sheet for."""
    return db.session.scalars(
        select(Group)
        .join(Entry, Entry.group_id == Group.id)
        .join(Entry.sheets)
        .where(Sheet.judge_id == judge.id, Sheet.recused_at.is_(None), Group.unit_id == unit.id)
        .order_by(Group.name)
    ).all()


def judge_of_own_unit(group: Group, unit: Unit) -> Judge | None:
    """A judge of the unit who judges the group in a stage that is not decided yet."""
    judging = db.session.scalars(
        select(Judge)
        .join(Sheet, Sheet.judge_id == Judge.id)
        .join(Sheet.entry)
        .join(Entry.stage)
        .where(
            Entry.group_id == group.id,
            Sheet.recused_at.is_(None),
            Stage.state.not_in([StageState.DECIDED, StageState.PUBLISHED]),
        )
        .order_by(Judge.id)
    ).all()
    units = own_units(judging)
    return next((judge for judge in judging if unit.id in units[judge.id]), None)


def group_has_marks(group_id: int) -> bool:
    """Say whether a judge has begun to mark the group in any stage.

    Sheets of judges who have stepped back do not count, nor do those whose judge was appointed again and has not
    taken up the marks of before.
    """
    marked = exists().where(Mark.sheet_id == Sheet.id)
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Sheet.entry_id == Entry.id,
                    Entry.group_id == group_id,
                    Sheet.recused_at.is_(None),
                    Sheet.returned_at.is_(None),
                    marked,
                )
            )
        )
    )


def handed_in_group_ids(competition: Competition) -> Sequence[int]:
    """The groups whose risalah lies with the committee."""
    return db.session.scalars(
        select(Group.id)
        .join(Risalah, Risalah.group_id == Group.id)
        .where(Group.competition_id == competition.id, Risalah.state == RisalahState.SUBMITTED)
        .order_by(Group.id)
    ).all()


def late_joiners(stage: Stage) -> Sequence[int]:
    """Groups that have handed in but are not in the open first stage; none for later stages."""
    if stage.position > 1 or stage.state is not StageState.OPEN:
        return []
    admitted = set(db.session.scalars(select(Entry.group_id).where(Entry.stage_id == stage.id)))
    return [group_id for group_id in handed_in_group_ids(stage.competition) if group_id not in admitted]


def submission(group_id: int) -> Submission | None:
    """What judges read of a group: its last hand-in, unless the risalah has been sent back."""
    return db.session.scalar(
        select(Submission)
        .join(Submission.risalah)
        .where(
            Risalah.group_id == group_id,
            Risalah.state == RisalahState.SUBMITTED,
            Submission.returned_at.is_(None),
        )
        .order_by(Submission.number.desc())
        .limit(1)
    )


def hold_submission(group_id: int) -> Submission | None:
    """The same, as it will stay until this transaction ends: sending the risalah back waits for it."""
    db.session.execute(select(Risalah.id).where(Risalah.group_id == group_id).with_for_update(read=True))
    return submission(group_id)
