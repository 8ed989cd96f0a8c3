"""What the committee says of links: handed over or not, whoever they are for. Never commits."""

from collections.abc import Sequence
from datetime import datetime

from kbk.accounts.models import Invitation
from kbk.accounts.queries import open_invitations
from kbk.accounts.rules import Recipient
from kbk.audit.trail import record
from kbk.errors import NotAllowed
from kbk.policy import Actor


def hand_over(actor: Actor, recipients: Sequence[Recipient], now: datetime) -> int:
    """Note that the open links of these people were handed over; return how many were not noted before.

    Raises NotAllowed when none of them has an open link.
    """
    links = open_links(recipients, now)
    if not links:
        raise NotAllowed(
            "Tautannya sudah dipakai, diganti, atau habis masa berlakunya. Buat tautan baru dahulu."
        )
    noted = 0
    for recipient, link in links:
        if link.handed_at is None:
            link.handed_at, link.handed_by_id = now, actor.user_id
            record_link(actor, "link-handed-over", recipient, now)
            noted += 1
    return noted


def take_back(actor: Actor, recipient: Recipient, now: datetime) -> None:
    """Note that somebody's open link was not handed over after all."""
    for _recipient, link in open_links([recipient], now):
        if link.handed_at is not None:
            link.handed_at = link.handed_by_id = None
            record_link(actor, "link-not-handed-over", recipient, now)


def open_links(recipients: Sequence[Recipient], now: datetime) -> list[tuple[Recipient, Invitation]]:
    """Those of the people who have a usable link, each with it, in the order given."""
    found = open_invitations([one.user_id for one in recipients if one.user_id is not None], now)
    return [(one, found[one.user_id]) for one in recipients if one.user_id in found]


def record_link(actor: Actor, action: str, recipient: Recipient, now: datetime) -> None:
    """Note in the trail what was done with somebody's link; never the link."""
    about = {"group": recipient.group} if recipient.group else {}
    record(actor, action, recipient.subject, now=now, name=recipient.name, **about)
