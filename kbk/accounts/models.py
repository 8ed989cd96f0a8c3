"""Tables of people, their sessions, invitations and failed sign-ins."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kbk.accounts.rules import Person, Recipient
from kbk.db import Base, Identified, UtcDateTime


class User(Identified, Base):
    """A person. Without a password the person has been named but has not accepted an invitation yet."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(String(120))
    username: Mapped[str | None] = mapped_column(String(120), unique=True)
    """What the person types to sign in; kept in its compared form (see `rules.username_key`)."""
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    phone: Mapped[str | None] = mapped_column(String(20))
    nip: Mapped[str | None] = mapped_column(String(18), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_organiser: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def person(self) -> Person:
        """By what this person is recognised under another account."""
        return Person(self.name, self.nip, self.email, self.phone)

    @property
    def recipient(self) -> Recipient:
        """Whose link it is when this person's is handed over."""
        return Recipient(self.id, self.name, self)


class UserSession(Identified, Base):
    """One signed-in browser; only a hash of its token is stored."""

    __tablename__ = "sessions"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(45))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """When the person last typed the password in it."""
    judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When score sheets were last used in it; None before the first time."""
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the person locked the score sheets by hand; None while nobody has, and again once the password is typed."""
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Invitation(Identified, Base):
    """A one-use link by which a person chooses a password."""

    __tablename__ = "invitations"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody of the committee said that the link was handed over; nothing proves that it arrived."""
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined", innerjoin=True)
    handed_by: Mapped[User | None] = relationship(foreign_keys=[handed_by_id])

    @property
    def to_hand_over(self) -> bool:
        """Say whether the link has gone neither by mail nor, as far as the committee has said, by hand."""
        return self.handed_at is None and self.mailed_at is None


class SecondFactor(Base):
    """The telephone by whose codes a person signs in; its secret is not stored (see `second_factor.secret_of`)."""

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    nonce: Mapped[str] = mapped_column(String(32))
    last_step: Mapped[int]
    """The step of 30 seconds, counted from 1970, whose code was used last; only later ones are taken."""
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class RecoveryCode(Base):
    """A code that opens the account once when the telephone is lost; only its hash is stored."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(200))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FailedSignIn(Base):
    """A refused sign-in, counted per account and per address."""

    __tablename__ = "failed_sign_ins"
    __table_args__ = (
        Index("ix_failed_sign_ins_username_at", "username", "at"),
        Index("ix_failed_sign_ins_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(45))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
