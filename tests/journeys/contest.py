"""Telling the demonstration on from inside, as far as a journey does not tell it in the browser."""

from dataclasses import dataclass

from sqlalchemy import select

from kbk import clock
from kbk.accounts.models import User
from kbk.accounts.service import as_actor
from kbk.awards.models import Outcome, Standing
from kbk.competitions.models import Category, Competition, Stage
from kbk.db import db, transaction
from kbk.demo import story
from kbk.demo.edition import Scene
from kbk.groups.models import Group
from kbk.judging import service as judging
from kbk.judging.models import Judge, Sheet
from tests.journeys.site import Site


def _scene() -> Scene:
    """The demonstration's scene once more, read from the database."""
    competition = db.session.scalars(select(Competition)).one()
    person = db.session.scalars(select(User).where(User.is_organiser)).one()
    groups = db.session.scalars(select(Group).where(Group.competition_id == competition.id))
    return Scene(competition, as_actor(person), {group.name: group for group in groups})


def _panel() -> story.Panel:
    judges = {judge.user.username: judge for judge in db.session.scalars(select(Judge))}
    return story.Panel([judges[username] for username, *_ in story.JUDGES])


def sign_all_but_one(site: Site, username: str, group: str) -> None:
    """Sign every sheet of the second stage but this judge's for this group, which only lacks the signature."""
    with site.inside(), transaction():
        scene, panel = _scene(), _panel()
        stage = scene.competition.stages[1]
        story.mark(panel, stage, clock.now())
        sheet = db.session.scalars(
            select(Sheet)
            .join(Sheet.judge)
            .join(Judge.user)
            .where(
                User.username == username, Sheet.entry.has(stage_id=stage.id, group_id=scene.groups[group].id)
            )
        ).one()
        judging.reopen_sheet(scene.committee, sheet, "Tanda tangan tertinggal.", clock.now())


def judge_final(site: Site) -> None:
    """Open the final, appoint all judges and let them sign all sheets."""
    with site.inside(), transaction():
        scene, panel = _scene(), _panel()
        final = scene.competition.stages[2]
        story.open_and_appoint(scene, panel, final, clock.now())
        story.mark(panel, final, clock.now())


@dataclass(frozen=True, slots=True)
class Place:
    """A decided place as the database has it."""

    place: int | None
    group: str
    unit: str
    award: str
    advanced: bool


def places(site: Site, position: int, category: str) -> list[Place]:
    """All places of a category in a decided stage, the best first."""
    with site.inside():
        rows = db.session.scalars(
            select(Standing)
            .join(Standing.stage)
            .join(Standing.category)
            .where(Stage.position == position, Category.name == category)
            .order_by(Standing.place)
        )
        return [
            Place(row.place, row.group.name, row.group.unit.name, row.award, row.outcome is Outcome.ADVANCED)
            for row in rows
        ]
