"""How pages print invitation links and renew those that would not last: the same for groups and judges.

A sheet of links is a bunch of keys: the committee's password is asked for, each link has its row in the trail, and
nothing of it is kept. Links of accounts in use and of the committee are never on it.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, render_template, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from kbk import clock
from kbk.accounts.confirming import ConfirmedForm, must_confirm
from kbk.accounts.handing_over import open_links, record_link
from kbk.accounts.link_papers import LinkStrip, render_strips
from kbk.accounts.links import invitation_link
from kbk.accounts.models import Invitation
from kbk.accounts.rules import Recipient
from kbk.db import db, transaction
from kbk.errors import Conflict, DomainError, NotAllowed
from kbk.indonesian import count
from kbk.web.access import signed_in_actor
from kbk.web.filters import moment
from kbk.web.headers import DOWNLOAD_POLICY

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody without a password on a list of links: to whom, and what the strip says below the name."""

    recipient: Recipient
    about: tuple[str, ...]


def print_page(people: Sequence[Listed], *, occasion: str, **context: Any) -> Any:
    """Show what would be printed, and print it on the committee's word."""
    form = ConfirmedForm()
    if form.validate_on_submit():
        try:
            form.confirm()
        except DomainError as error:
            form.show(error)
        else:
            return _printed(people, occasion)
    links = _links(people)
    page = render_template(
        "accounts/print_links.html",
        form=form,
        people=[(one, links.get(one.recipient.user_id)) for one in people],
        ready=len(links),
        must_confirm=must_confirm(),
        **context,
    )
    return page, form.status


def _links(people: Sequence[Listed]) -> dict[int | None, Invitation]:
    found = open_links([one.recipient for one in people], clock.now())
    return {recipient.user_id: link for recipient, link in found}


def _printed(people: Sequence[Listed], occasion: str) -> Response:
    """The strips of all who have a link; laid out while no transaction is open, and noted before they leave."""
    links = _links(people)
    if not links:
        raise NotAllowed("Tidak ada tautan yang berlaku untuk dicetak. Buat tautannya dahulu.")
    printed = [one for one in people if one.recipient.user_id in links]
    strips = [_strip(one, links[one.recipient.user_id], occasion) for one in printed]
    made = {user_id: link.public_id for user_id, link in links.items()}
    db.session.rollback()
    pdf = render_strips(occasion, strips)
    with transaction():
        if {user_id: link.public_id for user_id, link in _links(printed).items()} != made:
            raise Conflict("Sementara dicetak ada tautan yang dipakai atau diganti. Cetak sekali lagi.")
        for one in printed:
            record_link(signed_in_actor(), "link-printed", one.recipient, clock.now())
    response = send_file(
        io.BytesIO(pdf),
        mimetype="application/pdf",
        as_attachment=True,
        download_name="tautan-masuk.pdf",
        etag=False,
    )
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def _strip(one: Listed, link: Invitation, occasion: str) -> LinkStrip:
    name = one.recipient.name
    return LinkStrip(name, one.about, invitation_link(link, occasion).url, moment(link.expires_at))


def renew(people: Sequence[Listed], give: Callable[[Recipient], None], back: AnyResponse) -> AnyResponse:
    """Make links by `give`: for everybody listed when the form says so, else only for those who have none.

    The refusals of single people are told, and the others get theirs.
    """
    refused: list[str] = []
    with transaction():
        links = {} if "semua" in request.form else _links(people)
        wanted = [one.recipient for one in people if one.recipient.user_id not in links]
        for recipient in wanted:
            try:
                give(recipient)
            except NotAllowed as error:
                refused.append(error.message)
    if len(wanted) > len(refused):
        flash(f"{count(len(wanted) - len(refused), 'tautan')} baru dibuat.", "success")
    for sentence in refused[:MOST_NAMED]:
        flash(sentence, "warning")
    if len(refused) > MOST_NAMED:
        flash(
            f"Masih ada {count(len(refused) - MOST_NAMED, 'orang')} lain yang belum mendapat tautan.",
            "warning",
        )
    return back
