"""How far a group has come, in one word. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Standing(StrEnum):
    """Where a group stands, in the order of the work."""

    NOT_BEGUN = "belum-mulai"
    WRITING = "menulis"
    RETURNED = "dikembalikan"
    OVERDUE = "terlambat"
    HANDED_IN = "diserahkan"
    JUDGED = "dinilai"


@dataclass(frozen=True, slots=True)
class StandingWords:
    """How a standing is shown: words, tone and icon of its badge."""

    label: str
    tone: str
    icon: str


WORDS: dict[Standing, StandingWords] = {
    Standing.NOT_BEGUN: StandingWords("belum mulai", "danger", "circle"),
    Standing.WRITING: StandingWords("sedang menulis", "warning", "pencil"),
    Standing.RETURNED: StandingWords("dikembalikan", "warning", "arrow-return-left"),
    Standing.OVERDUE: StandingWords("lewat batas waktu", "danger", "exclamation-triangle-fill"),
    Standing.HANDED_IN: StandingWords("sudah menyerahkan", "info", "check-circle-fill"),
    Standing.JUDGED: StandingWords("sudah dinilai", "success", "clipboard-check"),
}


def standing(*, state: str | None, deadline: datetime, sheets: int, signed: int, now: datetime) -> Standing:
    """Where a group stands.

    `state` is the risalah's state or None without one; `sheets` and `signed` count the score sheets of the
    running stage. A group that still has to hand in is overdue once its deadline has passed.
    """
    if state == "submitted":
        return Standing.JUDGED if sheets and signed == sheets else Standing.HANDED_IN
    if now >= deadline:
        return Standing.OVERDUE
    if state is None:
        return Standing.NOT_BEGUN
    return Standing.RETURNED if state == "returned" else Standing.WRITING


class Duty(StrEnum):
    """What the committee of an edition has to do next."""

    IMPORT = "import"
    INVITE = "invite"
    HAND_OVER = "hand-over"
    REMIND = "remind"
    OPEN = "open"
    APPOINT = "appoint"
    WAIT = "wait"
    CLOSE = "close"
    SETTLE = "settle"
    DECIDE = "decide"
    PUBLISH = "publish"
    CERTIFY = "certify"
    SIGN = "sign"
    DONE = "done"


def next_duty(
    *,
    groups: int,
    writing: bool,
    to_invite: int,
    to_hand_over: int,
    action: str | None,
    unjudged: int,
    unsigned: int,
    uncertified: int,
    unsigned_minutes: int,
) -> Duty:
    """The committee's next duty, in the order of a contest.

    `writing` tells whether no stage was opened yet and the deadline lies ahead; `action` is the next action of
    the first stage that is not published ("open", "close", "settle", "decide", "publish"), None when all are;
    `unjudged` and `unsigned` count its groups without judges and its sheets without a signature, and
    `unsigned_minutes` the berita acara whose scan with the signatures is not kept yet.
    """
    if not groups:
        return Duty.IMPORT
    if writing:
        return Duty.INVITE if to_invite else Duty.HAND_OVER if to_hand_over else Duty.REMIND
    if action == "close":
        return Duty.APPOINT if unjudged else Duty.WAIT if unsigned else Duty.CLOSE
    if action is not None:
        return Duty(action)
    if uncertified:
        return Duty.CERTIFY
    return Duty.SIGN if unsigned_minutes else Duty.DONE
