"""Tables of the risalah, its sections and diagrams with all their revisions, its files and its hand-ins."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kbk.accounts.models import User
from kbk.competitions.models import Competition, stored
from kbk.db import Base, Identified, UtcDateTime
from kbk.groups.models import Group
from kbk.risalah.rules import AttachmentPurpose as AttachmentPurpose
from kbk.risalah.rules import RisalahState as RisalahState
from kbk.seven_tools.entry import Typed, entry
from kbk.versions import Versioned

LONGEST_NAME = 80
"""How much of a diagram's title stands in lists and messages."""


class Risalah(Versioned, Base):
    """The paper of one group."""

    __tablename__ = "risalah"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), unique=True)
    title: Mapped[str] = mapped_column(String(250), default="")
    outline: Mapped[str] = mapped_column(String(40))
    state: Mapped[RisalahState] = mapped_column(stored(RisalahState), default=RisalahState.DRAFT, index=True)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    group: Mapped[Group] = relationship()
    sections: Mapped[list["Section"]] = relationship(back_populates="risalah", cascade="all, delete-orphan")
    attachments: Mapped[list["Attachment"]] = relationship(
        back_populates="risalah", order_by="Attachment.id", cascade="all, delete-orphan"
    )
    diagrams: Mapped[list["Diagram"]] = relationship(
        back_populates="risalah", order_by="Diagram.id", cascade="all, delete-orphan"
    )
    submissions: Mapped[list["Submission"]] = relationship(
        back_populates="risalah", order_by="Submission.number", cascade="all, delete-orphan"
    )

    @property
    def competition(self) -> Competition:
        """The edition it is written for."""
        return self.group.competition

    @property
    def unit_id(self) -> int:
        """The unit it comes from, for the policy."""
        return self.group.unit_id


class Section(Base):
    """The text of one part of a step."""

    __tablename__ = "sections"
    __table_args__ = (UniqueConstraint("risalah_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    risalah_id: Mapped[int] = mapped_column(ForeignKey("risalah.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    html: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    risalah: Mapped[Risalah] = relationship(back_populates="sections")
    revisions: Mapped[list["SectionRevision"]] = relationship(
        back_populates="section", order_by="SectionRevision.version", cascade="all, delete-orphan"
    )
    updated_by: Mapped[User | None] = relationship()

    @property
    def competition(self) -> Competition:
        """The edition it belongs to."""
        return self.risalah.competition


class SectionRevision(Base):
    """A text that a section has had; nothing written is ever lost.

    `version` is the section's when the text was saved last; automatic saves may have replaced one another in it.
    """

    __tablename__ = "section_revisions"
    __table_args__ = (UniqueConstraint("section_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"), index=True)
    version: Mapped[int]
    html: Mapped[str] = mapped_column(Text)
    automatic: Mapped[bool] = mapped_column(default=False)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    section: Mapped[Section] = relationship(back_populates="revisions")
    saved_by: Mapped[User | None] = relationship()


class Diagram(Versioned, Base):
    """What a group has typed for a quality tool, as it was typed: finished, unfinished or wrong.

    `section` is the key of the part below whose text it stands, `kind` one of the entries of the tools.
    """

    __tablename__ = "diagrams"

    risalah_id: Mapped[int] = mapped_column(ForeignKey("risalah.id"), index=True)
    section: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(40))
    settings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    table_text: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    risalah: Mapped[Risalah] = relationship(back_populates="diagrams")
    revisions: Mapped[list["DiagramRevision"]] = relationship(
        back_populates="diagram", order_by="DiagramRevision.version", cascade="all, delete-orphan"
    )
    updated_by: Mapped[User | None] = relationship(foreign_keys=[updated_by_id])

    @property
    def group_id(self) -> int:
        """The group it belongs to, for the policy."""
        return self.risalah.group_id

    @property
    def competition(self) -> Competition:
        """The edition it belongs to."""
        return self.risalah.competition

    @property
    def name(self) -> str:
        """What pages call it: its own title, shortened where it is long, or else the name of its tool."""
        title = self.settings.get("title") or entry(self.kind).name
        return title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1].rstrip()}…"

    @property
    def typed(self) -> Typed:
        """What was typed, as the entry of its tool takes it."""
        return Typed(self.settings, self.table_text)


class DiagramRevision(Base):
    """What a diagram has held; automatic saves may have replaced one another in it, as in `SectionRevision`."""

    __tablename__ = "diagram_revisions"
    __table_args__ = (UniqueConstraint("diagram_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    diagram_id: Mapped[int] = mapped_column(ForeignKey("diagrams.id"), index=True)
    version: Mapped[int]
    settings: Mapped[dict[str, str]] = mapped_column(JSON)
    table_text: Mapped[str] = mapped_column(Text)
    automatic: Mapped[bool] = mapped_column(default=False)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    diagram: Mapped[Diagram] = relationship(back_populates="revisions")
    saved_by: Mapped[User | None] = relationship()

    @property
    def typed(self) -> Typed:
        """What was typed then."""
        return Typed(self.settings, self.table_text)


class Attachment(Identified, Base):
    """A file of a risalah; its bytes lie in the store under their hash."""

    __tablename__ = "attachments"

    risalah_id: Mapped[int] = mapped_column(ForeignKey("risalah.id"), index=True)
    step: Mapped[str | None] = mapped_column(String(40))
    purpose: Mapped[AttachmentPurpose] = mapped_column(stored(AttachmentPurpose))
    filename: Mapped[str] = mapped_column(String(150))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    pages: Mapped[int | None]
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    risalah: Mapped[Risalah] = relationship(back_populates="attachments")

    @property
    def group_id(self) -> int:
        """The group it belongs to, for the policy."""
        return self.risalah.group_id

    @property
    def competition(self) -> Competition:
        """The edition it belongs to."""
        return self.risalah.competition


class Submission(Base):
    """A hand-in: the frozen content with its hash, and how it was returned if it was."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("risalah_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    risalah_id: Mapped[int] = mapped_column(ForeignKey("risalah.id"), index=True)
    number: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    late: Mapped[bool] = mapped_column(default=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    return_reason: Mapped[str] = mapped_column(Text, default="")
    risalah: Mapped[Risalah] = relationship(back_populates="submissions")
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id])

    @property
    def competition(self) -> Competition:
        """The edition it belongs to."""
        return self.risalah.competition
