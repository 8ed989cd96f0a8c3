"""From the token in the cookie to the person: what Flask-Login is given."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_login import UserMixin

from kbk import clock
from kbk.accounts import queries, rules, service
from kbk.accounts.models import UserSession
from kbk.policy import Actor

TOUCH_EVERY = timedelta(minutes=1)


@dataclass(eq=False)
class SignedIn(UserMixin):
    """A valid session; its id is the token itself."""

    token: str
    session: UserSession
    seen_at: datetime
    """When the session was last noted as used; kept so that asking does not read the row again."""
    judged_at: datetime | None
    """The same of score sheets."""

    @property
    def user_id(self) -> int:
        """Whose session it is."""
        return self.session.user_id

    def get_id(self) -> str:
        """What Flask-Login keeps in the signed cookie."""
        return self.token


def find(token: str) -> SignedIn | None:
    """The session behind a token, unless it was revoked."""
    session = queries.session_by_hash(service.token_hash(token))
    return None if session is None else SignedIn(token, session, session.seen_at, session.judged_at)


def still_counts(signed_in: SignedIn, actor: Actor) -> bool:
    """Say whether the session is young and used enough for the offices the person holds."""
    session = signed_in.session
    return rules.is_alive(
        rules.session_life(actor), created_at=session.created_at, seen_at=session.seen_at, now=clock.now()
    )


def is_locked(signed_in: SignedIn) -> bool:
    """Say whether the password has to be typed before score sheets are shown in it again."""
    session = signed_in.session
    return rules.is_locked(
        confirmed_at=session.confirmed_at,
        judged_at=session.judged_at,
        locked_at=session.locked_at,
        now=clock.now(),
    )


def needs_touch(signed_in: SignedIn, *, judging: bool) -> bool:
    """Say whether the last note of use, or of the use of score sheets, is old enough to be renewed."""
    noted = signed_in.judged_at if judging else signed_in.seen_at
    return noted is None or clock.now() - noted >= TOUCH_EVERY
