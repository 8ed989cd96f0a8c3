"""Who may do what: one map from action to the people it is open to.

Pure. Whether a thing is in a state for the action is another question, answered by each feature's rules.
A subject is whatever the page's loader returned; predicates read only the few names listed in `Subject`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any, TypeAlias


class MemberRole(StrEnum):
    """What somebody is in a group."""

    KETUA = "ketua"
    SEKRETARIS = "sekretaris"
    NOTULIS = "notulis"
    ANGGOTA = "anggota"
    FASILITATOR = "fasilitator"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request, with the offices that person holds."""

    user_id: int
    name: str
    organiser: bool = False
    groups: Mapping[int, MemberRole] = field(default_factory=dict)
    """Role by group id."""
    judge_ids: frozenset[int] = frozenset()
    """The person's appointments as judge, one per edition at most."""
    unit_ids: frozenset[int] = frozenset()
    """Units the person belongs to as judge or group member: entries of these may not be judged."""

    @property
    def role_label(self) -> str:
        """The person's main office, as pages name it."""
        if self.organiser:
            return "Panitia"
        if self.judge_ids:
            return "Juri"
        return "Tim KBK" if self.groups else "Pengguna"


class Action(StrEnum):
    """Everything a page can be for."""

    SEE_PUBLIC_PAGES = auto()
    SIGN_IN = auto()
    KEEP_OWN_ACCOUNT = auto()
    RUN_COMPETITIONS = auto()
    SEE_OWN_GROUPS = auto()
    SEE_GROUP = auto()
    EDIT_GROUP = auto()
    READ_RISALAH = auto()
    WRITE_RISALAH = auto()
    HAND_IN_RISALAH = auto()
    SEE_OWN_SHEETS = auto()
    FILL_SHEET = auto()
    SEE_OWN_CERTIFICATE = auto()


Subject: TypeAlias = Any
"""A loaded object with some of: group_id, unit_id, judge_id."""

Predicate: TypeAlias = Callable[[Actor | None, Subject], bool]


def anyone(_actor: Actor | None, _subject: Subject) -> bool:
    """True for visitors too."""
    return True


def signed_in(actor: Actor | None, _subject: Subject) -> bool:
    """True for whoever has signed in."""
    return actor is not None


def is_organiser(actor: Actor | None, _subject: Subject) -> bool:
    """True for the committee."""
    return actor is not None and actor.organiser


def is_judge(actor: Actor | None, _subject: Subject) -> bool:
    """True for whoever is appointed as judge in any edition."""
    return actor is not None and bool(actor.judge_ids)


def is_member(actor: Actor | None, subject: Subject) -> bool:
    """True for people of the group the subject belongs to."""
    return actor is not None and subject.group_id in actor.groups


def leads_group(actor: Actor | None, subject: Subject) -> bool:
    """True for the people who answer for the group: ketua, sekretaris and fasilitator."""
    leading = {MemberRole.KETUA, MemberRole.SEKRETARIS, MemberRole.FASILITATOR}
    return actor is not None and actor.groups.get(subject.group_id) in leading


def is_outsider_to_unit(actor: Actor | None, subject: Subject) -> bool:
    """True unless the entry comes from a unit of the person's own."""
    return actor is not None and subject.unit_id not in actor.unit_ids


def holds_sheet(actor: Actor | None, subject: Subject) -> bool:
    """True for the judge whose score sheet it is."""
    return actor is not None and subject.judge_id in actor.judge_ids


def either(*predicates: Predicate) -> Predicate:
    """True when at least one holds."""
    return lambda actor, subject: any(holds(actor, subject) for holds in predicates)


def both(*predicates: Predicate) -> Predicate:
    """True when all hold."""
    return lambda actor, subject: all(holds(actor, subject) for holds in predicates)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may; and whether others must not even learn that the thing exists."""

    allows: Predicate
    secret: bool = False


RULES: Mapping[Action, Rule] = {
    Action.SEE_PUBLIC_PAGES: Rule(anyone),
    Action.SIGN_IN: Rule(anyone),
    Action.KEEP_OWN_ACCOUNT: Rule(signed_in),
    Action.RUN_COMPETITIONS: Rule(is_organiser),
    Action.SEE_OWN_GROUPS: Rule(signed_in),
    Action.SEE_GROUP: Rule(either(is_organiser, is_member), secret=True),
    Action.EDIT_GROUP: Rule(either(is_organiser, leads_group), secret=True),
    Action.READ_RISALAH: Rule(either(is_organiser, is_member), secret=True),
    Action.WRITE_RISALAH: Rule(is_member, secret=True),
    Action.HAND_IN_RISALAH: Rule(leads_group, secret=True),
    Action.SEE_OWN_SHEETS: Rule(is_judge),
    Action.FILL_SHEET: Rule(both(holds_sheet, is_outsider_to_unit), secret=True),
    Action.SEE_OWN_CERTIFICATE: Rule(either(is_organiser, is_member), secret=True),
}


def may(actor: Actor | None, action: Action, subject: Subject = None) -> bool:
    """Say whether `actor` (None is a visitor) may do `action` on `subject`."""
    return RULES[action].allows(actor, subject)
