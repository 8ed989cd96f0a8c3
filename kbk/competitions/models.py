"""Tables of editions, their categories, stages and quotas, and of the city's units."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy import Enum as ColumnEnum
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kbk.competitions.rules import StageState as StageState
from kbk.competitions.rules import UnitKind as UnitKind
from kbk.db import Base, Identified, UtcDateTime
from kbk.indonesian import Zone
from kbk.versions import Versioned


def stored(enum: type[StrEnum] | type[Zone]) -> ColumnEnum:
    """Column type that keeps an enum by its value, as text on every database."""
    return ColumnEnum(
        enum,
        native_enum=False,
        length=30,
        values_callable=lambda members: [member.value for member in members],
    )


class Unit(Versioned, Base):
    """An office of the city; the same row serves all editions."""

    __tablename__ = "units"

    name: Mapped[str] = mapped_column(String(150))
    name_key: Mapped[str] = mapped_column(String(150), unique=True)
    """The name in its compared form (see `competitions.rules.name_key`)."""
    kind: Mapped[UnitKind] = mapped_column(stored(UnitKind))
    code: Mapped[str | None] = mapped_column(String(13), unique=True)
    """Region code pp.kk.cc.nnnn of a kecamatan or kelurahan."""
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))


class Competition(Versioned, Base):
    """One edition of the contest."""

    __tablename__ = "competitions"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(150))
    year: Mapped[int]
    city: Mapped[str] = mapped_column(String(80))
    zone: Mapped[Zone] = mapped_column(stored(Zone), default=Zone.WIB)
    description: Mapped[str] = mapped_column(Text, default="")
    letterhead: Mapped[str] = mapped_column(Text, default="")
    """Lines of the kop surat, the issuing office last."""
    letterhead_address: Mapped[str] = mapped_column(Text, default="")
    signer_position: Mapped[str] = mapped_column(String(150), default="")
    signer_name: Mapped[str] = mapped_column(String(120), default="")
    signer_rank: Mapped[str] = mapped_column(String(80), default="")
    signer_nip: Mapped[str] = mapped_column(String(18), default="")
    certificate_number: Mapped[str] = mapped_column(String(80), default="")
    """Pattern with {urut}, {bulan} and {tahun}; empty means the number is written by hand later."""
    outline: Mapped[str] = mapped_column(String(40), default="tulta-7")
    submission_opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submission_deadline: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    categories: Mapped[list["Category"]] = relationship(
        back_populates="competition", order_by="Category.position", cascade="all, delete-orphan"
    )
    stages: Mapped[list["Stage"]] = relationship(
        back_populates="competition", order_by="Stage.position", cascade="all, delete-orphan"
    )

    @property
    def competition(self) -> "Competition":
        """The edition itself, so that pages find it on any subject."""
        return self


class Category(Identified, Base):
    """Entries compete within their category only."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("competition_id", "name"),)

    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    competition: Mapped[Competition] = relationship(back_populates="categories")


class Stage(Versioned, Base):
    """One round of judging, with the rules that hold for it."""

    __tablename__ = "stages"
    __table_args__ = (UniqueConstraint("competition_id", "position"),)

    competition_id: Mapped[int] = mapped_column(ForeignKey("competitions.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rubric: Mapped[dict[str, Any]] = mapped_column(JSON)
    """`scoring.rubric.Rubric.to_data()`; frozen once the stage is open."""
    method: Mapped[str] = mapped_column(String(20), default="mean")
    missing: Mapped[str] = mapped_column(String(20), default="wait")
    tie_chain: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Criterion ids in the order in which they break ties."""
    line_rule: Mapped[str] = mapped_column(String(20), default="decision")
    """What happens to equals at the cut line: take-all, chain or decision."""
    carry_over: Mapped[int] = mapped_column(default=0)
    """Percent of the score that comes from the stage before; 0 starts anew."""
    state: Mapped[StageState] = mapped_column(stored(StageState), default=StageState.PLANNED)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    competition: Mapped[Competition] = relationship(back_populates="stages")
    quotas: Mapped[list["Quota"]] = relationship(back_populates="stage", cascade="all, delete-orphan")

    def takes_part(self, category_id: int) -> bool:
        """Say whether the category is still in the contest at this stage: it went on from every stage before."""
        earlier = (stage for stage in self.competition.stages if stage.position < self.position)
        return all(stage.quota(category_id) is not None for stage in earlier)

    def quota(self, category_id: int) -> int | None:
        """How many of the category advance; None where the category's winners are found in this stage."""
        return next((q.advance for q in self.quotas if q.category_id == category_id), None)


class Quota(Base):
    """How many of a category go on from a stage; no row means that its contest ends there."""

    __tablename__ = "quotas"

    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), primary_key=True)
    advance: Mapped[int]
    stage: Mapped[Stage] = relationship(back_populates="quotas")
    category: Mapped[Category] = relationship()
