"""A contest small enough to reckon by heart: groups with one letter, two criteria, marks as they should add up."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import delete, select

from kbk.awards import service
from kbk.awards.models import Standing
from kbk.competitions.models import Category, Quota, Stage, StageState, Unit, UnitKind
from kbk.db import db, transaction
from kbk.groups.models import Group
from kbk.judging.models import Entry, Judge, Mark, Sheet
from kbk.policy import Actor
from scoring.rubric import Criterion, Rubric
from scoring.scales import NumberScale
from tests.cast import PEOPLE, START, Cast
from tests.page import Page

HUNDRED = NumberScale(Decimal(0), Decimal(100), Decimal("0.001"))
PAIR = Rubric(
    "Dua kriteria",
    (
        Criterion("a", "Dampak", Decimal(60), HUNDRED, "Isi"),
        Criterion("b", "Penyajian", Decimal(40), HUNDRED, "Isi"),
    ),
)
"""A sheet's total is 0.6 a + 0.4 b."""
PANITIA = Actor(user_id=1, name=PEOPLE["panitia"], organiser=True)
NOW = datetime(2024, 8, 2, 9, 0, tzinfo=UTC)
JUDGES = ("juri", "juri-lain")
Marks = str | tuple[str, str]
"""One mark for both criteria, so that the total equals it, or one for each."""


class Contest:
    """Stage 1 of the cast's edition with a field of our own."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        with transaction():
            for table in (Mark, Sheet, Entry):
                db.session.execute(delete(table))
            for stage in cast.competition().stages:
                stage.rubric, stage.tie_chain = PAIR.to_data(), []

    @property
    def stage(self) -> Stage:
        return self.cast.stage(1)

    def rules(self, position: int = 1, *, quotas: Mapping[str, int] | None = None, **values: object) -> None:
        """Set what a stage declares: quotas by category, and columns such as line_rule."""
        with transaction():
            stage = self.cast.stage(position)
            for name, value in values.items():
                setattr(stage, name, value)
            if quotas is not None:
                stage.quotas = [
                    Quota(category=self.cast.category(name), advance=number)
                    for name, number in quotas.items()
                ]

    def enter(
        self,
        totals: Mapping[str, Sequence[Marks | None]],
        *,
        position: int = 1,
        category: str = "Perangkat Daerah",
    ) -> None:
        """Let groups take part: name -> what each of JUDGES gave and signed; None is a blank sheet."""
        with transaction():
            stage = self.cast.stage(position)
            stage.state = StageState.OPEN
            for name, given in totals.items():
                entry = self._entry(stage, self.register(name, self.cast.category(category)))
                for username, marks in zip(JUDGES, given, strict=False):
                    entry.sheets.append(self._sheet(self.cast.judge(username), marks))

    def register(self, name: str, category: Category) -> Group:
        """The group of this name, new where there is none."""
        found = db.session.scalar(select(Group).where(Group.name == name))
        if found is not None:
            return found
        unit = Unit(name=f"Dinas {name}", name_key=f"dinas {name.casefold()}", kind=UnitKind.OPD)
        group = Group(
            competition=self.cast.competition(),
            unit=unit,
            category=category,
            name=name,
            name_key=name.casefold(),
            created_at=START,
        )
        db.session.add(group)
        return group

    def _entry(self, stage: Stage, group: Group) -> Entry:
        db.session.flush()
        found = db.session.scalar(select(Entry).where(Entry.stage_id == stage.id, Entry.group_id == group.id))
        entry = found or Entry(stage=stage, group=group, created_at=START)
        db.session.add(entry)
        return entry

    def _sheet(self, judge: Judge, marks: Marks | None) -> Sheet:
        if marks is None:
            return Sheet(judge=judge)
        first, second = (marks, marks) if isinstance(marks, str) else marks
        values = {"a": Decimal(first), "b": Decimal(second)}
        return Sheet(
            judge=judge,
            total=PAIR.total(values),
            signed_at=START,
            comment=f"Pertahankan {first}.",
            marks=[Mark(criterion=key, value=value) for key, value in values.items()],
        )

    def close(self, position: int = 1) -> None:
        with transaction():
            service.close_stage(PANITIA, self.cast.stage(position), NOW)

    def settle(self, *names: str, position: int = 1, joint: bool = False) -> str:
        """Write down the panel's order and return the decision's public id."""
        order = [self.cast.group(name).id for name in names]
        with transaction():
            decision = service.settle_tie(
                PANITIA, self.cast.stage(position), order, "BA 12/2024", NOW, joint=joint
            )
            return decision.public_id

    def decide(self, position: int = 1) -> None:
        with transaction():
            service.decide_stage(PANITIA, self.cast.stage(position), NOW)

    def publish(self, position: int = 1) -> None:
        with transaction():
            service.publish_stage(PANITIA, self.cast.stage(position), NOW)

    def finish_without_publishing(self, position: int = 1) -> None:
        """Close and decide."""
        self.close(position)
        self.decide(position)

    def finish(self, position: int = 1) -> None:
        """Close, decide and publish."""
        self.finish_without_publishing(position)
        self.publish(position)

    def standings(self, position: int = 1) -> dict[str, tuple[int | None, str, str]]:
        """Decided place, outcome and award by group name."""
        rows = db.session.scalars(select(Standing).where(Standing.stage_id == self.cast.stage(position).id))
        return {row.group.name: (row.place, row.outcome.value, row.award) for row in rows}

    def entrants(self, position: int) -> set[str]:
        """Names of the groups that take part in a stage."""
        query = select(Group.name).join(Entry, Entry.group_id == Group.id)
        return set(db.session.scalars(query.where(Entry.stage_id == self.cast.stage(position).id)))


def said(page: Page) -> str:
    """The visible text with a blank between elements, so that the cells of a row can be told apart."""
    body = page.tree.find(".//body")
    return "" if body is None else " ".join(" ".join(body.itertext()).split())
