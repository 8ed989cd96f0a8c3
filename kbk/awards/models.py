"""Tables of decided places, panel decisions, certificates, minutes and their signed copies."""

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kbk.accounts.models import User
from kbk.competitions.models import Category, Competition, Stage, stored
from kbk.db import Base, ExactFraction, Identified, UtcDateTime
from kbk.groups.models import Group
from kbk.judging.models import Judge


class Outcome(StrEnum):
    """What a place in a decided stage means for the group."""

    ADVANCED = "advanced"
    RESERVE = "reserve"
    OUT = "out"
    WINNER = "winner"


class Standing(Base):
    """A decided place: the frozen result of a stage for one group."""

    __tablename__ = "standings"
    __table_args__ = (UniqueConstraint("stage_id", "group_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    place: Mapped[int | None]
    """None where no complete score exists."""
    score: Mapped[Fraction | None] = mapped_column(ExactFraction)
    outcome: Mapped[Outcome] = mapped_column(stored(Outcome))
    award: Mapped[str] = mapped_column(String(60), default="")
    """Juara I … Harapan III, Finalis; empty for none."""
    note: Mapped[str] = mapped_column(Text, default="")
    """How a tie was broken, in words."""
    judge_totals: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    stage: Mapped[Stage] = relationship()
    group: Mapped[Group] = relationship()
    category: Mapped[Category] = relationship()


class PanelDecision(Identified, Base):
    """The panel's written order of entries that the chain of tie-breaks left equal."""

    __tablename__ = "panel_decisions"

    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    order: Mapped[list[int]] = mapped_column(JSON)
    """Group ids, the best first."""
    joint: Mapped[bool] = mapped_column(default=False)
    """True where the panel left them together on one place; the order then means nothing."""
    note: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stage: Mapped[Stage] = relationship()

    @property
    def competition(self) -> Competition:
        """The edition it belongs to."""
        return self.stage.competition


class KeptPaper(Identified):
    """A paper whose file never changes: a correction is a new row, and the old one is revoked with a reason."""

    number: Mapped[str] = mapped_column(String(80), default="")
    issued_on: Mapped[date]
    """The date printed on it."""
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_reason: Mapped[str] = mapped_column(Text, default="")


class Certificate(KeptPaper, Base):
    """A printed certificate."""

    __tablename__ = "certificates"
    __table_args__ = (UniqueConstraint("competition_id", "serial"),)

    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"))
    """The stage it was earned in; nobody but the committee sees it before that stage is published."""
    award: Mapped[str] = mapped_column(String(60))
    serial: Mapped[int]
    """Counts the edition's certificates; never used twice."""
    competition: Mapped[Competition] = relationship()
    group: Mapped[Group] = relationship()
    stage: Mapped[Stage] = relationship()


class Minutes(KeptPaper, Base):
    """A berita acara of a decided stage."""

    __tablename__ = "minutes"

    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"), index=True)
    venue: Mapped[str] = mapped_column(String(150))
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("judges.id"))
    absent: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Ids of judges who were not at the signing."""
    stage: Mapped[Stage] = relationship()
    chair: Mapped[Judge | None] = relationship()

    @property
    def competition(self) -> Competition:
        """The edition it belongs to."""
        return self.stage.competition


class SignedCopy(Identified, Base):
    """A scan of a berita acara after it was signed by hand; the one with the highest number holds."""

    __tablename__ = "signed_copies"
    __table_args__ = (UniqueConstraint("minutes_id", "number"),)

    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    number: Mapped[int]
    """Counts the scans of one berita acara from 1."""
    filename: Mapped[str] = mapped_column(String(150))
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it took the place of the scan before it; empty for the first."""
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    minutes: Mapped[Minutes] = relationship()
    uploaded_by: Mapped[User] = relationship()

    @property
    def competition(self) -> Competition:
        """The edition it belongs to."""
        return self.minutes.competition
