"""Pages by which the committee prints the links of groups' people for closed envelopes."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.accounts.printing_links import Listed, print_page, renew
from kbk.accounts.rules import Recipient
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition
from kbk.groups import queries, rules, service
from kbk.groups.blueprint import blueprint
from kbk.groups.models import Member
from kbk.groups.rules import Handover, InvitationState
from kbk.paging import Wanted
from kbk.policy import Action, MemberRole
from kbk.web.access import access, signed_in_actor
from kbk.web.listing import choice, search_words

ASKED = ("cari", "peran", "keadaan", "penyerahan")
"""What the address of the list of people may ask for."""


def asked() -> dict[str, Any]:
    """The filters of the list of people as the address has them."""
    return {name: request.args[name] for name in ASKED if request.args.get(name)}


def _members(competition: Competition) -> list[Member]:
    """The people of the filtered list who have no password yet, each person once."""
    page = queries.invitation_page(
        competition,
        clock.now(),
        search=search_words(),
        role=choice(MemberRole, "peran"),
        state=choice(InvitationState, "keadaan"),
        handover=choice(Handover, "penyerahan"),
        wanted=Wanted(whole=True),
    )
    found: dict[object, Member] = {}
    for member in page.items:
        if member.user is None or (member.user.password_hash is None and not member.user.is_organiser):
            found.setdefault(member.user_id or member, member)
    return list(found.values())


def _listed(member: Member) -> Listed:
    group = member.group
    return Listed(member.recipient, (f"{rules.ROLE_LABELS[member.role]} KBK {group.name}", group.unit.name))


@blueprint.route("/panitia/gelar/<public_id>/undangan/cetak", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def print_links(competition: Competition) -> Any:
    """Print the links of the filtered list."""
    return print_page(
        [_listed(member) for member in _members(competition)],
        occasion=competition.name,
        competition=competition,
        shown=(
            "Daftar ini memuat orang yang tampak pada halaman Undangan dengan saringannya tadi."
            if asked()
            else "Daftar ini memuat semua orang; saring dahulu pada halaman Undangan bila hanya sebagian."
        ),
        back=("Undangan", url_for("groups.invitations", public_id=competition.public_id, **asked())),
        renew_url=url_for("groups.renew_links", public_id=competition.public_id, **asked()),
    )


@blueprint.post("/panitia/gelar/<public_id>/undangan/cetak/baru")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def renew_links(competition: Competition) -> Response:
    """Make new links to print for the filtered list."""
    actor, now = signed_in_actor(), clock.now()
    members = {member.recipient: member for member in _members(competition)}

    def give(recipient: Recipient) -> None:
        if not service.recognise_member(actor, members[recipient], now):
            service.invite_member(actor, members[recipient], now)

    here = redirect(url_for("groups.print_links", public_id=competition.public_id, **asked()))
    return renew([_listed(member) for member in members.values()], give, here)
