"""Named reads about editions, stages, categories and units."""

from collections.abc import Sequence

from sqlalchemy import select

from kbk.competitions.models import Category, Competition, Stage, Unit
from kbk.competitions.rules import name_key
from kbk.db import db
from kbk.errors import NotFound


def competition(public_id: str) -> Competition:
    """The edition with this public id; NotFound when there is none."""
    found = db.session.scalar(select(Competition).where(Competition.public_id == public_id))
    if found is None:
        raise NotFound("Gelar ini tidak ditemukan.")
    return found


def competition_by_slug(slug: str) -> Competition:
    """The edition with this slug; NotFound when there is none."""
    found = db.session.scalar(select(Competition).where(Competition.slug == slug))
    if found is None:
        raise NotFound("Gelar ini tidak ditemukan.")
    return found


def competitions() -> Sequence[Competition]:
    """All editions, the latest first."""
    return db.session.scalars(
        select(Competition).order_by(Competition.year.desc(), Competition.id.desc())
    ).all()


def stage(public_id: str) -> Stage:
    """The stage with this public id; NotFound when there is none."""
    found = db.session.scalar(select(Stage).where(Stage.public_id == public_id))
    if found is None:
        raise NotFound("Tahap ini tidak ditemukan.")
    return found


def next_stage(stage: Stage) -> Stage | None:
    """The stage that follows, or None after the last."""
    return db.session.scalar(
        select(Stage).where(
            Stage.competition_id == stage.competition_id, Stage.position == stage.position + 1
        )
    )


def previous_stage(stage: Stage) -> Stage | None:
    """The stage before, or None before the first."""
    return db.session.scalar(
        select(Stage).where(
            Stage.competition_id == stage.competition_id, Stage.position == stage.position - 1
        )
    )


def categories(competition: Competition) -> Sequence[Category]:
    """The edition's categories in their order."""
    return db.session.scalars(
        select(Category).where(Category.competition_id == competition.id).order_by(Category.position)
    ).all()


def units() -> Sequence[Unit]:
    """All units of the city by name."""
    return db.session.scalars(select(Unit).order_by(Unit.name)).all()


def unit_by_name(name: str) -> Unit | None:
    """The unit whose name compares equal."""
    return db.session.scalar(select(Unit).where(Unit.name_key == name_key(name)))


def slug_exists(slug: str) -> bool:
    """Say whether an edition already has this slug."""
    return db.session.scalar(select(Competition.id).where(Competition.slug == slug)) is not None


def category(public_id: str) -> Category:
    """The category with this public id; NotFound when there is none."""
    found = db.session.scalar(select(Category).where(Category.public_id == public_id))
    if found is None:
        raise NotFound("Kategori ini tidak ditemukan.")
    return found
