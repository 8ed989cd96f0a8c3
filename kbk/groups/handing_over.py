"""What the committee says of links: handed over or not. Never commits."""

from collections.abc import Sequence
from datetime import datetime

from kbk.accounts.models import Invitation
from kbk.accounts.queries import open_invitations
from kbk.audit.trail import record
from kbk.errors import NotAllowed
from kbk.groups.models import Member
from kbk.policy import Actor


def hand_over(actor: Actor, members: Sequence[Member], now: datetime) -> int:
    """Note that the open links of these people were handed over; return how many were not noted before.

    Raises NotAllowed when none of them has an open link.
    """
    links = _links(members, now)
    if not links:
        raise NotAllowed(
            "Tautannya sudah dipakai, diganti, atau habis masa berlakunya. Buat tautan baru dahulu."
        )
    noted = 0
    for member, link in links:
        if link.handed_at is None:
            link.handed_at, link.handed_by_id = now, actor.user_id
            record(actor, "link-handed-over", member, now=now, name=member.name, group=member.group.name)
            noted += 1
    return noted


def take_back(actor: Actor, member: Member, now: datetime) -> None:
    """Note that a member's open link was not handed over after all."""
    for _member, link in _links([member], now):
        if link.handed_at is not None:
            link.handed_at = link.handed_by_id = None
            record(actor, "link-not-handed-over", member, now=now, name=member.name, group=member.group.name)


def _links(members: Sequence[Member], now: datetime) -> list[tuple[Member, Invitation]]:
    found = open_invitations([member.user_id for member in members if member.user_id is not None], now)
    return [(member, found[member.user_id]) for member in members if member.user_id in found]
