"""Pages by which the committee brings people into the program."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.accounts.handover_answers import Next, note_one, note_ticked
from kbk.accounts.links import InvitationLink, invitation_link
from kbk.accounts.queries import open_invitations
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition
from kbk.db import transaction
from kbk.groups import queries, rules, service
from kbk.groups.blueprint import blueprint
from kbk.groups.link_views import asked
from kbk.groups.models import Member
from kbk.groups.rules import Handover, InvitationState
from kbk.indonesian import count
from kbk.policy import Action, MemberRole
from kbk.web import mail
from kbk.web.access import access, signed_in_actor
from kbk.web.listing import choice, search_words, wanted_page

STATE_LABELS = {
    InvitationState.NOT_INVITED: "Belum diundang",
    InvitationState.INVITED: "Diundang",
    InvitationState.EXPIRED: "Kedaluwarsa",
    InvitationState.SIGNED_UP: "Sudah masuk",
}
HANDOVER_LABELS = {
    Handover.WAITING: "Belum diserahkan",
    Handover.DONE: "Sudah diserahkan",
}
MOST_NAMED = 5


@blueprint.get("/panitia/gelar/<public_id>/undangan")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def invitations(competition: Competition) -> str:
    """Show how far everybody has come on the way into the program."""
    now, search, handover = clock.now(), search_words(), choice(Handover, "penyerahan")
    state, role = choice(InvitationState, "keadaan"), choice(MemberRole, "peran")
    page = queries.invitation_page(
        competition,
        now,
        search=search,
        role=role,
        state=state,
        handover=handover,
        wanted=wanted_page(),
    )
    open_ones = open_invitations([m.user_id for m in page.items if m.user_id is not None], now)
    return render_template(
        "groups/invitations.html",
        competition=competition,
        page=page,
        people=[
            (member, _state(member, open_ones), open_ones.get(member.user_id or 0)) for member in page.items
        ],
        counts=queries.invitation_counts(competition, now),
        to_hand_over=queries.links_to_hand_over(competition, now),
        first=queries.next_to_hand_over(competition, now),
        leaders=len(queries.leaders_to_invite(competition, now)),
        search=search,
        role=role,
        state=state,
        labels=STATE_LABELS,
        role_labels=rules.ROLE_LABELS,
        states=InvitationState,
        handover=handover,
        handovers=HANDOVER_LABELS,
    )


def _state(member: Member, open_ones: Any) -> InvitationState:
    if member.user is None:
        return InvitationState.NOT_INVITED
    if member.user.password_hash is not None:
        return InvitationState.SIGNED_UP
    return InvitationState.INVITED if member.user_id in open_ones else InvitationState.EXPIRED


def _whatsapp_url(link: InvitationLink, member: Member) -> str:
    """The message with the person's number chosen already, if it is known."""
    number = rules.international_phone(service.contact_of(member).phone)
    return link.whatsapp_url.replace("wa.me/?", f"wa.me/{number}?", 1)


@blueprint.get("/panitia/anggota/<public_id>/undangan")
@access(Action.RUN_COMPETITIONS, on=queries.member)
def invitation(member: Member) -> str:
    """Show one person's link, to be handed over as text, QR code or WhatsApp message."""
    now = clock.now()
    found = (
        open_invitations([member.user_id], now).get(member.user_id) if member.user_id is not None else None
    )
    link = invitation_link(found, member.competition.name) if found else None
    return render_template(
        "groups/invitation.html",
        member=member,
        group=member.group,
        invitation=found,
        link=link,
        following=queries.next_to_hand_over(member.competition, now, member) if link else None,
        whatsapp_url=_whatsapp_url(link, member) if link else None,
        contact=service.contact_of(member),
        state=_state(member, {member.user_id} if found else set()),
        labels=STATE_LABELS,
        states=InvitationState,
        role_label=rules.ROLE_LABELS[member.role],
        mail_works=mail.is_configured(),
    )


@blueprint.post("/panitia/anggota/<public_id>/undang")
@access(Action.RUN_COMPETITIONS, on=queries.member)
def invite(member: Member) -> Response:
    """Give a person a new link."""
    actor, now = signed_in_actor(), clock.now()
    with transaction():
        recognised = service.recognise_member(actor, member, now)
        if not recognised:
            service.invite_member(actor, member, now, by_mail=mail.is_configured())
    if recognised:
        flash(f"{member.name} sudah mempunyai akun dan dapat langsung masuk.", "success")
    else:
        flash(f"Tautan untuk {member.name} telah dibuat. Serahkan lewat salah satu cara di bawah.", "success")
    return redirect(url_for("groups.invitation", public_id=member.public_id))


@blueprint.post("/panitia/anggota/<public_id>/diserahkan")
@access(Action.RUN_COMPETITIONS, on=queries.member)
def note_handover(member: Member) -> Response:
    """Note that a person's link was handed over and lead to the next one, or take the note back."""

    def following() -> Next | None:
        found = queries.next_to_hand_over(member.competition, clock.now(), member)
        return Next(found.name, url_for("groups.invitation", public_id=found.public_id)) if found else None

    return note_one(
        member.recipient,
        here=url_for("groups.invitation", public_id=member.public_id),
        listing=url_for("groups.invitations", public_id=member.competition.public_id),
        following=following,
    )


@blueprint.post("/panitia/gelar/<public_id>/undangan/diserahkan")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def note_handovers(competition: Competition) -> Response:
    """Note that the links of the ticked people were handed over; the list stays as it was asked for."""
    members = queries.members_of(competition, request.form.getlist("orang"))
    return note_ticked(
        [member.recipient for member in members],
        listing=url_for("groups.invitations", public_id=competition.public_id, **asked()),
    )


@blueprint.post("/panitia/gelar/<public_id>/undangan/ketua")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def invite_leaders(competition: Competition) -> Response:
    """Invite every ketua who never was."""
    actor, now = signed_in_actor(), clock.now()
    with transaction():
        waiting = len(queries.leaders_to_invite(competition, now))
        refused = service.invite_leaders(actor, competition, now, by_mail=mail.is_configured())
    if waiting > len(refused):
        flash(
            f"{count(waiting - len(refused), 'ketua')} telah diundang. Serahkan tautannya satu per satu.",
            "success",
        )
    if not waiting:
        flash("Semua ketua sudah diundang.", "info")
    for sentence in refused[:MOST_NAMED]:
        flash(sentence, "warning")
    if len(refused) > MOST_NAMED:
        flash(
            f"Masih ada {count(len(refused) - MOST_NAMED, 'ketua')} lain yang belum dapat diundang.",
            "warning",
        )
    return redirect(
        url_for("groups.invitations", public_id=competition.public_id, peran="ketua", keadaan="diundang")
    )
