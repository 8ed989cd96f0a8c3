"""The committee's page about itself: who belongs to it, inviting more."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.accounts import queries as accounts
from kbk.accounts import service
from kbk.accounts.handover_answers import note_one
from kbk.accounts.links import invitation_link
from kbk.accounts.models import User
from kbk.accounts.offices import sitting_judges
from kbk.accounts.second_factor import people_with_second_factor, turn_off
from kbk.competitions.forms import PersonForm
from kbk.competitions.views import blueprint
from kbk.db import transaction
from kbk.errors import DomainError
from kbk.policy import Action
from kbk.web import mail
from kbk.web.access import access, signed_in_actor

OCCASION = "KBK sebagai panitia gelar"


@blueprint.route("/panitia/orang", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS)
def people() -> Any:
    """List the committee and name a new member."""
    form = PersonForm()
    if form.validate_on_submit():
        try:
            with transaction():
                person = service.add_organiser(
                    signed_in_actor(),
                    name=form.name.data,
                    email=form.email.data,
                    phone=form.phone.data,
                    judges=sitting_judges(),
                    now=clock.now(),
                )
                _invite(person)
        except DomainError as error:
            form.show(error)
        else:
            flash(f"{person.name} ditambahkan. Kirimkan tautan undangannya.", "success")
            return redirect(url_for("competitions.people"))
    organisers = accounts.organisers()
    open_ones = accounts.open_invitations([person.id for person in organisers], clock.now())
    links = {user_id: invitation_link(invitation, OCCASION) for user_id, invitation in open_ones.items()}
    return render_template(
        "competitions/people.html",
        form=form,
        organisers=organisers,
        invitations=open_ones,
        links=links,
        two_steps=people_with_second_factor(),
    ), form.status


def _invite(person: User) -> None:
    """Make the person's link, and mail it where a mail server and the address are known."""
    actor, now = signed_in_actor(), clock.now()
    invitation = service.invite(actor, person, now)
    if mail.is_configured() and person.email:
        service.mail_invitation(actor, invitation, person.email, OCCASION, now)


@blueprint.post("/panitia/orang/<public_id>/undang")
@access(Action.RUN_COMPETITIONS, on=accounts.organiser)
def invite_person(person: User) -> Response:
    """Give a person of the committee a new link, for the first or a forgotten password."""
    with transaction():
        _invite(person)
    flash(f"Tautan baru untuk {person.name} telah dibuat.", "success")
    return redirect(url_for("competitions.people"))


@blueprint.post("/panitia/orang/<public_id>/diserahkan")
@access(Action.RUN_COMPETITIONS, on=accounts.organiser)
def note_handover(person: User) -> Response:
    """Note that the link of somebody of the committee was handed over, or take the note back."""
    here = url_for("competitions.people")
    return note_one(person.recipient, here=here, listing=here, following=lambda: None)


@blueprint.post("/panitia/orang/<public_id>/lepas-dua-langkah")
@access(Action.RUN_COMPETITIONS, on=accounts.user)
def reset_second_factor(person: User) -> Response:
    """Let somebody who has lost telephone and recovery codes sign in by the password alone."""
    with transaction():
        turn_off(signed_in_actor(), person, clock.now())
    flash(f"Masuk dua langkah dilepas dari akun {person.name}.", "success")
    return redirect(url_for("competitions.people"))


@blueprint.post("/panitia/orang/<public_id>/keluarkan")
@access(Action.RUN_COMPETITIONS, on=accounts.organiser)
def dismiss_person(person: User) -> Response:
    """Take somebody out of the committee; all of that person's sessions end."""
    with transaction():
        service.dismiss_organiser(signed_in_actor(), person, clock.now())
    flash(f"{person.name} bukan lagi panitia.", "success")
    return redirect(url_for("competitions.people"))
