"""What can be done with people, sessions and invitations. Never commits."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, update

from kbk.accounts import queries, rules
from kbk.accounts.models import FailedSignIn, Invitation, User, UserSession
from kbk.accounts.passwords import Known, password_problem
from kbk.audit.trail import record, record_refusal
from kbk.db import db
from kbk.errors import InvalidInput, NotAllowed, NotFound
from kbk.jobs.queue import enqueue
from kbk.policy import Actor

PASSWORDS = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = PASSWORDS.hash(secrets.token_urlsafe(16))
MAIL_JOB = "mail"
KEEP_FAILURES = timedelta(days=1)


def token_hash(token: str) -> str:
    """What is stored of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def as_actor(user: User) -> Actor:
    """The person alone, for the trail, before groups and appointments are known."""
    return Actor(user_id=user.id, name=user.name, organiser=user.is_organiser)


def _password_matches(user: User | None, password: str) -> bool:
    """Compare in the same time whether or not there is such a person."""
    stored = user.password_hash if user and user.password_hash else _NOBODY
    try:
        PASSWORDS.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not _NOBODY


def check_wait(username: str, address: str, now: datetime) -> None:
    """Raise NotAllowed while too many recent tries have failed for the name, the address, or both."""
    key, since = rules.username_key(username), now - rules.FAILURE_WINDOW
    wait = max(
        rules.wait_after(
            queries.failures(since=since, username=key, address=address), free=rules.FREE_FAILURES, now=now
        ),
        rules.wait_after(
            queries.failures(since=since, username=key), free=rules.FREE_FAILURES_OF_ACCOUNT, now=now
        ),
        rules.wait_after(
            queries.failures(since=since, address=address), free=rules.FREE_FAILURES_OF_ADDRESS, now=now
        ),
    )
    if wait:
        seconds = int(wait.total_seconds()) + 1
        raise NotAllowed(f"Terlalu banyak percobaan yang gagal. Coba lagi dalam {seconds} detik.")


def verify_sign_in(username: str, password: str, address: str, now: datetime) -> User | None:
    """The person with this name and password, or None after noting the failure."""
    user = queries.user_by_username(username)
    if not _password_matches(user, password):
        note_failure(user, rules.username_key(username)[:120], address, now)
        return None
    if user is not None and PASSWORDS.check_needs_rehash(user.password_hash or ""):
        user.password_hash = PASSWORDS.hash(password)
    return user


def note_failure(user: User | None, key: str, address: str, now: datetime) -> None:
    """Count a failure; when they pile up for somebody's account, the trail says so."""
    db.session.add(FailedSignIn(username=key, address=address, at=now))
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.at < now - KEEP_FAILURES))
    failures = queries.failures(since=now - rules.FAILURE_WINDOW, username=key)
    if user is not None and len(failures) >= rules.FREE_FAILURES:
        record_refusal(None, "sign-ins-failed", user_id=user.id, now=now, count=len(failures))


def open_session(user: User, *, device: str, address: str, now: datetime) -> str:
    """Begin a session and return its token, which exists only in the person's cookie from now on."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        UserSession(
            user_id=user.id,
            token_hash=token_hash(token),
            device=device[:200],
            address=address,
            created_at=now,
            seen_at=now,
            confirmed_at=now,
        )
    )
    record(as_actor(user), "sign-in", user, now=now)
    return token


def confirm_session(session: UserSession, password: str, address: str, now: datetime) -> bool:
    """Take the password of the session's person once more; say whether it is right. A wrong one is counted.

    Raises NotAllowed while too many have failed.
    """
    username = session.user.username or ""
    check_wait(username, address, now)
    if verify_sign_in(username, password, address, now) is None:
        return False
    session.confirmed_at = now
    session.locked_at = None
    return True


def lock_session(session: UserSession, now: datetime) -> None:
    """Close score sheets in a session until its person types the password, whatever else arrives of it."""
    session.locked_at = session.locked_at or now


def touch_session(session_id: int, now: datetime, *, judging: bool) -> None:
    """Note that the session is in use, and with `judging` that score sheets are used in it."""
    values = {"seen_at": now, "judged_at": now} if judging else {"seen_at": now}
    db.session.execute(update(UserSession).where(UserSession.id == session_id).values(values))


def revoke_session(actor: Actor, session: UserSession, now: datetime) -> None:
    """End one session of the person's own."""
    if session.user_id != actor.user_id:
        raise NotFound("Sesi ini tidak ditemukan.")
    session.revoked_at = session.revoked_at or now
    record(actor, "session-revoked", session.user, now=now)


def revoke_all_sessions(user: User, now: datetime, *, but: str | None = None) -> None:
    """End every session of a person, except the one with token hash `but`."""
    query = update(UserSession).where(UserSession.user_id == user.id, UserSession.revoked_at.is_(None))
    if but is not None:
        query = query.where(UserSession.token_hash != but)
    db.session.execute(query.values(revoked_at=now))


def change_password(
    actor: Actor,
    user: User,
    *,
    current: str,
    new: str,
    local_words: Sequence[str],
    keep: str | None,
    now: datetime,
) -> None:
    """Replace the password after checking the current one; all other sessions end.

    `local_words` are names of this installation that make a password easy to guess.
    """
    if not _password_matches(user, current):
        raise InvalidInput("Kata sandi yang sekarang tidak cocok.", field="current")
    _set_password(user, new, now, local_words, field="new")
    revoke_all_sessions(user, now, but=keep)
    record(actor, "password-changed", user, now=now)


def _set_password(
    user: User, password: str, now: datetime, local_words: Sequence[str], *, field: str
) -> None:
    about = (user.name, user.username, user.email, (user.email or "").partition("@")[0], user.phone, user.nip)
    known = Known(personal=[text for text in about if text], local=local_words)
    if problem := password_problem(password, known):
        raise InvalidInput(problem, field=field)
    _store_password(user, password, now)


def _store_password(user: User, password: str, now: datetime) -> None:
    user.password_hash = PASSWORDS.hash(password)
    user.password_changed_at = now


def invite(actor: Actor | None, user: User, now: datetime) -> Invitation:
    """Give a person a new one-use link; earlier unused ones stop working."""
    db.session.flush()
    _revoke_invitations(user, now)
    invitation = Invitation(
        user=user,
        created_by_id=actor.user_id if actor else None,
        created_at=now,
        expires_at=now + rules.INVITATION_LIFE,
    )
    db.session.add(invitation)
    record(actor, "invited", user, now=now)
    return invitation


def _revoke_invitations(user: User, now: datetime) -> None:
    db.session.execute(
        update(Invitation)
        .where(Invitation.user_id == user.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def mail_invitation(
    actor: Actor | None, invitation: Invitation, address: str, occasion: str, now: datetime
) -> None:
    """Queue an e-mail that carries the invitation to `occasion` (the edition's name); the worker sends it."""
    db.session.flush()
    payload = {"invitation": invitation.public_id, "address": address, "occasion": occasion}
    title = f"Surel undangan untuk {invitation.user.name}"
    enqueue(actor, MAIL_JOB, title, payload, competition_id=None, now=now)


def add_user(
    actor: Actor | None,
    *,
    name: str,
    now: datetime,
    nip: str = "",
    email: str = "",
    phone: str = "",
    is_organiser: bool = False,
) -> User:
    """Name a person who will be invited; somebody with the same NIP is found instead of added again."""
    if nip and (known := queries.user_by_nip(nip)):
        return known
    user = User(
        name=name,
        nip=nip or None,
        email=email or None,
        phone=phone or None,
        is_organiser=is_organiser,
        created_at=now,
    )
    db.session.add(user)
    record(actor, "user-added", user, now=now, name=name)
    return user


def add_organiser(
    actor: Actor | None,
    *,
    name: str,
    judges: Iterable[rules.SittingJudge],
    now: datetime,
    email: str = "",
    phone: str = "",
) -> User:
    """Name a new member of the committee, who must not be one of the sitting `judges`; raises NotAllowed."""
    rules.check_may_organise(rules.Person(name, None, email, phone), judges)
    return add_user(actor, name=name, email=email, phone=phone, is_organiser=True, now=now)


def accept_invitation(
    invitation: Invitation, *, username: str, password: str, local_words: Sequence[str], now: datetime
) -> User:
    """Let the invited person choose sign-in name and password (see `change_password`); the link is used up."""
    check_usable(invitation, now)
    user = invitation.user
    if problem := rules.username_problem(username):
        raise InvalidInput(problem, field="username")
    holder = queries.user_by_username(username)
    if holder is not None and holder.id != user.id:
        raise InvalidInput("Nama masuk ini sudah dipakai orang lain. Pilih yang lain.", field="username")
    user.username = rules.username_key(username)
    _set_password(user, password, now, local_words, field="password")
    revoke_all_sessions(user, now)
    invitation.used_at = now
    record(as_actor(user), "invitation-accepted", user, now=now)
    return user


def check_usable(invitation: Invitation | None, now: datetime) -> Invitation:
    """Return the invitation, or raise NotAllowed with the reason and the way out."""
    ask = "Mintalah tautan baru kepada panitia (Bagian Organisasi)."
    if invitation is None:
        raise NotAllowed(f"Tautan undangan ini tidak dikenali. Periksa apakah tersalin utuh. {ask}")
    if invitation.used_at is not None:
        raise NotAllowed(f"Tautan undangan ini sudah dipakai. Lupa kata sandi? {ask}")
    if invitation.revoked_at is not None:
        raise NotAllowed(f"Tautan undangan ini sudah diganti dengan yang lebih baru. {ask}")
    if invitation.expires_at <= now:
        raise NotAllowed(f"Masa berlaku tautan undangan ini sudah habis. {ask}")
    return invitation


def dismiss_organiser(actor: Actor, person: User, now: datetime) -> None:
    """Take somebody out of the committee; sessions and unused links of that person end.

    Nobody dismisses themselves, so that one organiser always remains. Raises NotAllowed.
    """
    if person.id == actor.user_id:
        raise NotAllowed("Anda tidak dapat mengeluarkan diri sendiri. Mintalah panitia lain melakukannya.")
    person.is_organiser = False
    revoke_all_sessions(person, now)
    _revoke_invitations(person, now)
    record(actor, "organiser-dismissed", person, now=now, name=person.name)


def set_sign_in(person: User, *, username: str, password: str, now: datetime) -> None:
    """Give a person name and a password that everybody may know; for demonstrations only."""
    person.username = rules.username_key(username)
    _store_password(person, password, now)
