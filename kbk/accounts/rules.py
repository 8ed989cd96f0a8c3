"""Rules of sign-in names, sessions, invitations and repeated failures. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kbk.errors import NotAllowed
from kbk.policy import Actor

INVITATION_LIFE = timedelta(hours=72)
FAILURE_WINDOW = timedelta(minutes=15)
FREE_FAILURES = 5
FREE_FAILURES_OF_ACCOUNT = 30
FREE_FAILURES_OF_ADDRESS = 60
LONGEST_WAIT = timedelta(minutes=5)
CONFIRMED_FOR = timedelta(minutes=5)
"""How long a typed password vouches for the person before something final, such as signing marks."""
LOCKED_AFTER = timedelta(minutes=15)
"""How long score sheets stay open in a browser that nobody touches."""

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""A mark in what a browser says of itself and its name; the first found counts, for many claim to be others."""
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SessionLife:
    """How long a sign-in lasts without use, and at most."""

    idle: timedelta
    absolute: timedelta


def session_life(actor: Actor) -> SessionLife:
    """Shorter for those who can do more."""
    if actor.organiser:
        return SessionLife(timedelta(minutes=30), timedelta(hours=12))
    if actor.judge_ids:
        return SessionLife(timedelta(minutes=60), timedelta(hours=12))
    return SessionLife(timedelta(hours=4), timedelta(days=7))


def is_alive(life: SessionLife, *, created_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Say whether a session still counts at `now`."""
    return now - seen_at < life.idle and now - created_at < life.absolute


def is_locked(
    *, confirmed_at: datetime, judged_at: datetime | None, locked_at: datetime | None, now: datetime
) -> bool:
    """Say whether score sheets ask for the password: locked by hand, or not used nor it typed for `LOCKED_AFTER`."""
    return locked_at is not None or now - max(confirmed_at, judged_at or confirmed_at) >= LOCKED_AFTER


def username_key(text: str) -> str:
    """The compared form of a sign-in name: compatible letters, no blanks around or inside, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def username_problem(text: str) -> str | None:
    """One sentence on what is wrong with a chosen sign-in name, or None."""
    key = username_key(text)
    if not 4 <= len(key) <= 60:
        return "Nama masuk terdiri atas 4 sampai 60 huruf, misalnya NIP atau alamat surel Anda."
    if not all(c.isalnum() or c in "._-@" for c in key):
        return "Nama masuk hanya boleh memuat huruf, angka, titik, garis, dan @."
    return None


@dataclass(frozen=True, slots=True)
class Person:
    """By what somebody is recognised who may have been named twice."""

    name: str
    nip: str | None = None
    email: str | None = None
    phone: str | None = None

    @property
    def marks(self) -> frozenset[tuple[str, str]]:
        """Name with titles, NIP, e-mail and telephone in compared form, as far as they are known."""
        digits = "".join(c for c in self.phone or "" if c.isdigit())
        known = {
            "name": username_key(self.name),
            "nip": self.nip or "",
            "email": username_key(self.email or ""),
            "phone": "0" + digits.removeprefix("62") if digits.startswith("62") else digits,
        }
        return frozenset((kind, text) for kind, text in known.items() if text)

    def is_like(self, other: "Person") -> bool:
        """Say whether both are probably one person: name with titles, NIP, e-mail or telephone agree."""
        return bool(self.marks & other.marks)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to whom an invitation link is handed over.

    `user_id` is None without an account yet; `subject` is the row that the trail speaks about, `group` the name of
    the person's group, empty for judges and the committee.
    """

    user_id: int | None
    name: str
    subject: object
    group: str = ""


@dataclass(frozen=True, slots=True)
class SittingJudge:
    """A judge of an edition that is not decided yet."""

    person: Person
    edition: str


def check_may_organise(person: Person, judges: Iterable[SittingJudge]) -> None:
    """Raise NotAllowed for one of the sitting judges: the committee sees what all judges have signed."""
    if found := next((judge for judge in judges if judge.person.is_like(person)), None):
        raise NotAllowed(
            f"{person.name} tidak dapat menjadi panitia, karena {found.person.name} adalah juri {found.edition} "
            "dan panitia melihat nilai semua juri. Tunjuk orang lain, tunggu sampai hasil semua tahapnya ditetapkan, "
            "atau keluarkan dahulu dari dewan juri bila belum mempunyai lembar nilai. Bila ini orang lain, pakailah "
            "nama lengkap dengan gelar, surel, dan nomor HP miliknya sendiri."
        )


def wait_after(failures: Sequence[datetime], *, free: int, now: datetime) -> timedelta:
    """How long to wait before another try counts; zero while at most `free` failures are recent.

    `failures` are moments in ascending order. The wait doubles with each further failure, from 5 seconds up
    to `LONGEST_WAIT`, so that nobody can be shut out for long by a stranger's guesses.
    """
    recent = [at for at in failures if now - at < FAILURE_WINDOW]
    if len(recent) < free:
        return timedelta(0)
    wait = min(timedelta(seconds=5 * 2 ** min(len(recent) - free, 10)), LONGEST_WAIT)
    return max(recent[-1] + wait - now, timedelta(0))


def device_words(user_agent: str) -> str:
    """A device as its owner knows it, "Chrome di Android", from what its browser says of itself."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Peramban lain")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} di {system}" if system else browser
