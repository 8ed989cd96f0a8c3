"""Who gets an answer: the committee's pages, accounts, the front pages."""

from secrets import token_hex

from kbk.accounts.links import invitation_link
from kbk.accounts.models import Invitation, UserSession
from kbk.db import db, transaction
from tests.cast import Cast
from tests.site.routes import EVERYBODY, ORGANISER, SIGNED_IN, Route, of_competition, of_slug, of_stage


def _category(cast: Cast, name: str) -> dict[str, str]:
    return {"public_id": cast.category(name).public_id}


def _person(cast: Cast, name: str) -> dict[str, str]:
    return {"public_id": cast.user(name).public_id}


def _invitation(_cast: Cast, _name: str) -> dict[str, str]:
    invitation = db.session.query(Invitation).one()
    return {"token": invitation_link(invitation, "gelar").url.rsplit("/", 1)[-1]}


def _session(cast: Cast, name: str) -> dict[str, str]:
    """A session of its own that the named person has open elsewhere."""
    user = cast.user(name)
    session = UserSession(
        user=user,
        token_hash=token_hex(8),
        device="-",
        address="-",
        created_at=user.created_at,
        seen_at=user.created_at,
        confirmed_at=user.created_at,
    )
    with transaction():
        db.session.add(session)
    return {"public_id": session.public_id}


ANYBODY = Route({"": EVERYBODY})
ORGANISERS = Route({"": ORGANISER})
EDITION = Route({"edition": ORGANISER}, of_competition)
STAGE = Route({"1": ORGANISER, "3": ORGANISER}, of_stage)
OWN = Route({"": SIGNED_IN})
NOBODY: frozenset[str] = frozenset()
COMMITTEE_ONLY = Route({"panitia": ORGANISER, "ketua": NOBODY, "juri": NOBODY}, _person)
"""Members of the committee alone are invited and dismissed there, not people of groups or judges."""

ROUTES = {
    "site.health": ANYBODY,
    "site.components": ANYBODY,
    "overview.home": ANYBODY,
    "overview.edition": Route({"edition": EVERYBODY}, of_slug),
    "overview.progress": EDITION,
    "overview.extend": EDITION,
    "overview.trail": EDITION,
    "overview.refusals": ORGANISERS,
    "accounts.sign_in": ANYBODY,
    "accounts.sign_out": OWN,
    "accounts.lock": OWN,
    "accounts.unlock": OWN,
    "accounts.accept": Route({"link": EVERYBODY}, _invitation),
    "accounts.start": OWN,
    "accounts.show": OWN,
    "accounts.change_password": OWN,
    "accounts.second_step": ANYBODY,
    "accounts.set_up_second_factor": OWN,
    "accounts.turn_off_second_factor": OWN,
    "accounts.revoke": Route(
        {"panitia": frozenset({"panitia"}), "juri": frozenset({"juri"}), "ketua": frozenset({"ketua"})},
        _session,
    ),
    "competitions.index": ORGANISERS,
    "competitions.create": ORGANISERS,
    "competitions.people": ORGANISERS,
    "competitions.edit": EDITION,
    "competitions.add_category": EDITION,
    "competitions.add_stage": EDITION,
    "competitions.edit_stage": STAGE,
    "competitions.edit_rubric": STAGE,
    "competitions.remove_stage": STAGE,
    "competitions.remove_category": Route({"Kelurahan": ORGANISER}, _category),
    "competitions.invite_person": COMMITTEE_ONLY,
    "competitions.note_handover": COMMITTEE_ONLY,
    "competitions.reset_second_factor": Route({"panitia": ORGANISER, "ketua": ORGANISER}, _person),
    "competitions.dismiss_person": COMMITTEE_ONLY,
}
