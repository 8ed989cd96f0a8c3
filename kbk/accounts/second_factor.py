"""The second step of signing in: codes of a telephone, and recovery codes for when it is lost. Never commits.

The codes are those of RFC 6238 (TOTP: six digits, 30 seconds, SHA-1, as every app of this kind makes them). What is
stored of a telephone's secret is a random text; the secret follows from it by the installation's key, so that whoever
reads the database or a backup cannot make codes.
"""

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from argon2.exceptions import VerifyMismatchError
from pyotp import TOTP
from sqlalchemy import delete, select, update

from kbk.accounts.models import RecoveryCode, SecondFactor, User
from kbk.accounts.service import PASSWORDS, note_failure
from kbk.audit.trail import record
from kbk.db import db
from kbk.errors import InvalidInput
from kbk.policy import Actor

STEP_SECONDS = 30
RECOVERY_CODES = 8
_SECRET_BYTES = 20
_NONCE_BYTES = 16
_RECOVERY_LENGTH = 16
WRONG = "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya di telepon Anda, lalu ketik kode itu."


def new_nonce() -> str:
    """A random text from which a new secret follows."""
    return secrets.token_hex(_NONCE_BYTES)


def secret_of(user: User, nonce: str, key: str) -> str:
    """The secret that the telephone is given, in base32; `key` is the installation's signing key."""
    content = f"dua-langkah:{user.public_id}:{nonce}".encode()
    return base64.b32encode(hmac.digest(key.encode(), content, sha256)[:_SECRET_BYTES]).decode()


def second_factor(user_id: int) -> SecondFactor | None:
    """What is known of the person's telephone, if it is used."""
    return db.session.get(SecondFactor, user_id)


def people_with_second_factor() -> Sequence[SecondFactor]:
    """Everybody who signs in by two steps, by name."""
    return db.session.scalars(select(SecondFactor).join(SecondFactor.user).order_by(User.name)).all()


def accepted_step(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """The step of 30 seconds whose code this is: the present one or a neighbour, later than `after`; else None."""
    present, totp = int(now.timestamp()) // STEP_SECONDS, TOTP(secret)
    for step in (present, present - 1, present + 1):
        if step > after and hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            return step
    return None


def turn_on(actor: Actor, user: User, *, nonce: str, code: str, key: str, now: datetime) -> list[str]:
    """Begin to ask for codes, once the telephone has shown that it makes them; return the recovery codes.

    Raises InvalidInput for a code that is not the telephone's.
    """
    step = accepted_step(secret_of(user, nonce, key), _plain(code), after=0, now=now)
    if step is None:
        raise InvalidInput(WRONG, field="otp")
    _forget(user)
    db.session.add(SecondFactor(user_id=user.id, nonce=nonce, last_step=step, since=now))
    codes = [_new_recovery_code() for _number in range(RECOVERY_CODES)]
    db.session.add_all(
        RecoveryCode(user_id=user.id, code_hash=PASSWORDS.hash(_plain(code))) for code in codes
    )
    record(actor, "second-factor-set", user, now=now)
    return codes


def check_second_step(user: User, code: str, address: str, *, key: str, now: datetime) -> bool:
    """Say whether the code opens the account; whatever is accepted is used up, whatever is not is counted."""
    factor, typed = second_factor(user.id), _plain(code)
    if factor is not None and (_use_step(factor, typed, key, now) or _use_recovery_code(user, typed, now)):
        return True
    note_failure(user, user.username or "", address, now)
    return False


def turn_off(actor: Actor, user: User, now: datetime) -> None:
    """Ask for codes no longer: the person's own wish, or the committee's for somebody who lost the telephone."""
    if second_factor(user.id) is None:
        return
    _forget(user)
    own = actor.user_id == user.id
    record(actor, "second-factor-dropped" if own else "second-factor-reset", user, now=now)


def _forget(user: User) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == user.id))


def _use_step(factor: SecondFactor, code: str, key: str, now: datetime) -> bool:
    """Use up the step of a code; of two requests with the same code only one succeeds."""
    step = accepted_step(secret_of(factor.user, factor.nonce, key), code, after=factor.last_step, now=now)
    if step is None:
        return False
    used = (
        update(SecondFactor)
        .where(SecondFactor.user_id == factor.user_id, SecondFactor.last_step < step)
        .values(last_step=step)
        .returning(SecondFactor.user_id)
    )
    return db.session.scalar(used) is not None


def _use_recovery_code(user: User, code: str, now: datetime) -> bool:
    unused = select(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    for row in db.session.scalars(unused).all() if len(code) == _RECOVERY_LENGTH else ():
        try:
            PASSWORDS.verify(row.code_hash, code)
        except VerifyMismatchError:
            continue
        used = (
            update(RecoveryCode)
            .where(RecoveryCode.id == row.id, RecoveryCode.used_at.is_(None))
            .values(used_at=now)
            .returning(RecoveryCode.id)
        )
        if db.session.scalar(used) is not None:
            left = len(db.session.scalars(unused).all())
            record(None, "recovery-code-used", user, now=now, count=left)
            return True
    return False


def _new_recovery_code() -> str:
    """80 random bits in four groups that can be read aloud."""
    letters = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, _RECOVERY_LENGTH, 4))


def _plain(code: str) -> str:
    """A typed code without what people put between its parts."""
    return "".join(letter for letter in code.casefold() if letter.isalnum())
