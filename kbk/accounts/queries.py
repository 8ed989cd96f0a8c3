"""Named reads about people and their sessions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kbk.accounts import rules
from kbk.accounts.models import FailedSignIn, Invitation, User, UserSession
from kbk.db import db
from kbk.errors import NotFound


def user(public_id: str) -> User:
    """The person with this public id; NotFound when there is none."""
    found = db.session.scalar(select(User).where(User.public_id == public_id))
    if found is None:
        raise NotFound("Orang ini tidak ditemukan.")
    return found


def organiser(public_id: str) -> User:
    """The member of the committee with this public id; NotFound when there is none."""
    found = db.session.scalar(select(User).where(User.public_id == public_id, User.is_organiser, User.active))
    if found is None:
        raise NotFound("Orang ini bukan panitia, atau sudah dikeluarkan dari panitia.")
    return found


def user_by_username(username: str) -> User | None:
    """The active person who signs in with this name."""
    key = rules.username_key(username)
    return db.session.scalar(select(User).where(User.username == key, User.active))


def user_by_nip(nip: str) -> User | None:
    """The person with this NIP (18 digits)."""
    return db.session.scalar(select(User).where(User.nip == nip))


def session_by_hash(token_hash: str) -> UserSession | None:
    """The session with this token hash, unless it was revoked or its person is no longer active."""
    return db.session.scalar(
        select(UserSession)
        .join(UserSession.user)
        .where(UserSession.token_hash == token_hash, UserSession.revoked_at.is_(None), User.active)
    )


def open_sessions(user_id: int) -> Sequence[UserSession]:
    """The person's sessions that were not revoked, the most recent first."""
    return db.session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id, UserSession.revoked_at.is_(None))
        .order_by(UserSession.seen_at.desc())
    ).all()


def own_session(public_id: str) -> UserSession:
    """The session with this public id; NotFound when there is none."""
    found = db.session.scalar(select(UserSession).where(UserSession.public_id == public_id))
    if found is None:
        raise NotFound("Sesi ini tidak ditemukan.")
    return found


def invitation(public_id: str, *, lock: bool = False) -> Invitation | None:
    """The invitation with this public id; `lock` keeps others from using it up at the same time."""
    query = select(Invitation).where(Invitation.public_id == public_id)
    return db.session.scalar(query.with_for_update(of=Invitation) if lock else query)


def open_invitations(user_ids: Sequence[int], now: datetime) -> dict[int, Invitation]:
    """The usable invitation of each person, by user id."""
    rows = db.session.scalars(
        select(Invitation)
        .where(
            Invitation.user_id.in_(user_ids),
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .options(joinedload(Invitation.handed_by))
        .order_by(Invitation.id)
    )
    return {row.user_id: row for row in rows}


def failures(*, since: datetime, username: str | None = None, address: str | None = None) -> list[datetime]:
    """Moments of refused sign-ins since `since`, ascending, for a name, an address, or both together."""
    query = select(FailedSignIn.at).where(FailedSignIn.at > since)
    if username is not None:
        query = query.where(FailedSignIn.username == username)
    if address is not None:
        query = query.where(FailedSignIn.address == address)
    return list(db.session.scalars(query.order_by(FailedSignIn.at)))


def organisers() -> Sequence[User]:
    """The committee, by name."""
    return db.session.scalars(select(User).where(User.is_organiser, User.active).order_by(User.name)).all()
