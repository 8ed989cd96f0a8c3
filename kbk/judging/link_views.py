"""The committee's pages about the links by which judges come into the program."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.accounts import queries as accounts
from kbk.accounts import service as people
from kbk.accounts.handover_answers import Next, note_one, note_ticked
from kbk.accounts.printing_links import Listed, print_page, renew
from kbk.accounts.rules import Recipient
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition
from kbk.db import transaction
from kbk.judging import queries
from kbk.judging.models import Judge
from kbk.judging.views import blueprint
from kbk.policy import Action
from kbk.web import mail
from kbk.web.access import access, signed_in_actor


def give_link(judge: Judge) -> None:
    """Make the judge's link, and mail it where a mail server and the address are known."""
    actor, now = signed_in_actor(), clock.now()
    invitation = people.invite(actor, judge.user, now)
    if mail.is_configured() and judge.user.email:
        people.mail_invitation(actor, invitation, judge.user.email, judge.competition.name, now)


def next_waiting(judge: Judge) -> Next | None:
    """The next judge in the edition's list after this one whose link is to be handed over."""
    found = queries.judges(judge.competition)
    links = accounts.open_invitations([one.user_id for one in found], clock.now())
    after = found[found.index(judge) + 1 :]
    waiting = (one for one in after if one.user_id in links and links[one.user_id].to_hand_over)
    onward = next(waiting, None)
    return Next(onward.user.name, url_for("judging.judge", public_id=onward.public_id)) if onward else None


@blueprint.post("/panitia/juri/<public_id>/undang")
@access(Action.RUN_COMPETITIONS, on=queries.judge)
def invite_judge(judge: Judge) -> Response:
    """Make a new invitation; the earlier link stops working."""
    with transaction():
        give_link(judge)
    flash(
        f"Tautan baru untuk {judge.user.name} telah dibuat. Tautan yang lama tidak berlaku lagi.", "success"
    )
    return redirect(url_for("judging.judge", public_id=judge.public_id))


@blueprint.post("/panitia/juri/<public_id>/diserahkan")
@access(Action.RUN_COMPETITIONS, on=queries.judge)
def note_handover(judge: Judge) -> Response:
    """Note that a judge's link was handed over and lead to the next one, or take the note back."""
    return note_one(
        judge.recipient,
        here=url_for("judging.judge", public_id=judge.public_id),
        listing=url_for("judging.judges", public_id=judge.competition.public_id),
        following=lambda: next_waiting(judge),
    )


@blueprint.post("/panitia/gelar/<public_id>/juri/diserahkan")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def note_handovers(competition: Competition) -> Response:
    """Note that the links of the ticked judges were handed over."""
    ticked = set(request.form.getlist("orang"))
    return note_ticked(
        [judge.recipient for judge in queries.judges(competition) if judge.public_id in ticked],
        listing=url_for("judging.judges", public_id=competition.public_id),
    )


def _listed(competition: Competition) -> list[Listed]:
    """The edition's judges who have no password yet, as strips name them."""
    return [
        Listed(judge.recipient, ("Juri", judge.unit.name if judge.unit else judge.institution))
        for judge in queries.judges(competition)
        if judge.user.password_hash is None and not judge.user.is_organiser
    ]


@blueprint.route("/panitia/gelar/<public_id>/juri/cetak", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def print_links(competition: Competition) -> Any:
    """Print the links of judges for closed envelopes."""
    return print_page(
        _listed(competition),
        occasion=competition.name,
        competition=competition,
        shown="Daftar ini memuat semua juri yang belum mempunyai kata sandi.",
        back=("Dewan juri", url_for("judging.judges", public_id=competition.public_id)),
        renew_url=url_for("judging.renew_links", public_id=competition.public_id),
    )


@blueprint.post("/panitia/gelar/<public_id>/juri/cetak/baru")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def renew_links(competition: Competition) -> Response:
    """Make new links to print for judges."""
    users = {judge.user_id: judge.user for judge in queries.judges(competition)}

    def give(recipient: Recipient) -> None:
        people.invite(signed_in_actor(), users[recipient.user_id or 0], clock.now())

    here = redirect(url_for("judging.print_links", public_id=competition.public_id))
    return renew(_listed(competition), give, here)
