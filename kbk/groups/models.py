"""Tables of groups, their members and the imports they came by."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kbk.accounts.models import User
from kbk.accounts.rules import Recipient
from kbk.competitions.models import Category, Competition, Unit, stored
from kbk.competitions.rules import name_key
from kbk.db import Base, Identified, UtcDateTime
from kbk.policy import MemberRole
from kbk.versions import Versioned


class Group(Versioned, Base):
    """A KBK taking part in one edition."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("competition_id", "unit_id", "name_key"),)

    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120))
    name_meaning: Mapped[str] = mapped_column(Text, default="")
    motto: Mapped[str] = mapped_column(String(200), default="")
    formed_on: Mapped[date | None]
    decree_number: Mapped[str] = mapped_column(String(80), default="")
    extended_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    extension_reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    competition: Mapped[Competition] = relationship()
    unit: Mapped[Unit] = relationship()
    category: Mapped[Category] = relationship()
    members: Mapped[list["Member"]] = relationship(
        back_populates="group", order_by="Member.position", cascade="all, delete-orphan"
    )

    def is_called(self, words: str) -> bool:
        """Say whether the name of the group or of its unit holds these words, as names are compared."""
        key = name_key(words)
        return key in self.name_key or key in self.unit.name_key

    @property
    def group_id(self) -> int:
        """Its own id, under the name the policy asks for."""
        return self.id

    @property
    def deadline(self) -> datetime:
        """Until when this group may hand in: the edition's deadline or its own extension."""
        return self.extended_until or self.competition.submission_deadline


class Member(Versioned, Base):
    """A person in a group; with a user once that person is invited."""

    __tablename__ = "members"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[MemberRole] = mapped_column(stored(MemberRole))
    nip: Mapped[str] = mapped_column(String(18), default="")
    job_title: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    position: Mapped[int] = mapped_column(default=0)
    group: Mapped[Group] = relationship(back_populates="members")
    user: Mapped[User | None] = relationship()

    @property
    def competition(self) -> Competition:
        """The edition the member's group takes part in."""
        return self.group.competition

    @property
    def recipient(self) -> Recipient:
        """Whose link it is when this member's is handed over."""
        return Recipient(self.user_id, self.name, self, self.group.name)


class Import(Identified, Base):
    """An uploaded list, read and judged row by row; nothing is taken over before it is confirmed."""

    __tablename__ = "imports"

    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"), index=True)
    filename: Mapped[str] = mapped_column(String(150))
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    competition: Mapped[Competition] = relationship()
