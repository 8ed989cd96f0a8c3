"""Tables of judges, entries of a stage and score sheets."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kbk.accounts.models import User
from kbk.accounts.rules import Recipient
from kbk.competitions.models import Competition, Stage, Unit
from kbk.db import Base, ExactDecimal, ExactFraction, Identified, UtcDateTime
from kbk.groups.models import Group
from kbk.versions import Versioned


class Judge(Versioned, Base):
    """A person appointed as judge of an edition."""

    __tablename__ = "judges"
    __table_args__ = (UniqueConstraint("competition_id", "user_id"),)

    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    """The judge's own unit in the city; its entries are closed to the judge."""
    institution: Mapped[str] = mapped_column(String(150), default="")
    job_title: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    competition: Mapped[Competition] = relationship()
    user: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()

    @property
    def recipient(self) -> Recipient:
        """Whose link it is when this judge's is handed over."""
        return Recipient(self.user_id, self.user.name, self)


class Entry(Identified, Base):
    """A group that takes part in a stage."""

    __tablename__ = "entries"
    __table_args__ = (UniqueConstraint("stage_id", "group_id"),)

    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stage: Mapped[Stage] = relationship()
    group: Mapped[Group] = relationship()
    sheets: Mapped[list["Sheet"]] = relationship(back_populates="entry", order_by="Sheet.id")

    @property
    def competition(self) -> Competition:
        """The edition it belongs to."""
        return self.stage.competition


class Sheet(Versioned, Base):
    """The score sheet of one judge for one entry; appointing a judge lays out an empty one."""

    __tablename__ = "sheets"
    __table_args__ = (UniqueConstraint("entry_id", "judge_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judges.id"), index=True)
    comment: Mapped[str] = mapped_column(Text, default="")
    total: Mapped[Fraction | None] = mapped_column(ExactFraction)
    """Exact total out of 100, present when every criterion has its mark."""
    updated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    recusal_reason: Mapped[str] = mapped_column(Text, default="")
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reopening_reason: Mapped[str] = mapped_column(Text, default="")
    """Why the committee last took the signature off, for the judge to read."""
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its judge, who had stepped back, was appointed again, until the judge says what becomes of the marks."""
    entry: Mapped[Entry] = relationship(back_populates="sheets")
    judge: Mapped[Judge] = relationship()
    marks: Mapped[list["Mark"]] = relationship(cascade="all, delete-orphan")

    @property
    def competition(self) -> Competition:
        """The edition it belongs to."""
        return self.entry.competition

    @property
    def unit_id(self) -> int:
        """The unit the judged entry comes from, for the policy."""
        return self.entry.group.unit_id


class EarlierMarks(Base):
    """What a judge had written before stepping back and then did not take up again; it counts nowhere."""

    __tablename__ = "earlier_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id"), index=True)
    marks: Mapped[dict[str, str]] = mapped_column(JSON)
    """Marks digit by digit, by criterion id."""
    comment: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Mark(Base):
    """What a judge gave for one criterion, digit by digit; a criterion without a row is blank."""

    __tablename__ = "marks"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheets.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Decimal] = mapped_column(ExactDecimal)
