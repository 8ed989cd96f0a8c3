"""How pages answer when the committee says that links were handed over: the same for groups, judges and committee."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from kbk import clock
from kbk.accounts.handing_over import hand_over, take_back
from kbk.accounts.rules import Recipient
from kbk.db import transaction
from kbk.indonesian import count
from kbk.web.access import signed_in_actor


@dataclass(frozen=True, slots=True)
class Next:
    """The next person whose link waits, and the page of that link."""

    name: str
    url: str


def note_one(
    recipient: Recipient, *, here: str, listing: str, following: Callable[[], Next | None]
) -> Response:
    """Note that a link was handed over and lead to the `following` one or the list; or take the note back."""
    actor, now = signed_in_actor(), clock.now()
    if "batal" in request.form:
        with transaction():
            take_back(actor, recipient, now)
        flash(f"Tautan {recipient.name} ditandai belum diserahkan.", "success")
        return redirect(here)
    with transaction():
        hand_over(actor, [recipient], now)
    onward = following()
    said = f"Tautan {recipient.name} ditandai sudah diserahkan."
    flash(f"{said} Berikutnya: {onward.name}." if onward else said, "success")
    return redirect(onward.url if onward else listing)


def note_ticked(recipients: Sequence[Recipient], *, listing: str) -> Response:
    """Note that the links of the ticked people were handed over, and lead back to the list."""
    if recipients:
        with transaction():
            noted = hand_over(signed_in_actor(), recipients, clock.now())
        flash(f"{count(noted, 'tautan')} ditandai sudah diserahkan.", "success")
    else:
        flash("Centang dahulu orang yang tautannya sudah diserahkan.", "warning")
    return redirect(listing)
