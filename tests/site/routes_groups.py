"""Who gets an answer: the pages of groups, their members, imports and invitations."""

from kbk.db import db, transaction
from kbk.groups.models import Import, Member
from kbk.policy import MemberRole
from tests.cast import START, Cast
from tests.site.routes import ORGANISER, SIGNED_IN, TEAM_CEPAT, TEAM_SIGAP, Route, of_competition, of_group

SEES_GROUP = {
    "Sigap": ORGANISER | TEAM_SIGAP,
    "Cepat": ORGANISER | TEAM_CEPAT,
    "Rukun": ORGANISER,
}
LEADS_GROUP = SEES_GROUP | {"Sigap": ORGANISER | {"ketua", "fasilitator"}}


def _unit(cast: Cast, name: str) -> dict[str, str]:
    return {"public_id": cast.competition().public_id, "unit_id": cast.unit(name).public_id}


def _member(cast: Cast, group: str) -> dict[str, str]:
    """Somebody who has just joined the group and has no account."""
    added = Member(group_id=cast.group(group).id, name="Anggota Baru", role=MemberRole.ANGGOTA, position=9)
    with transaction():
        db.session.add(added)
    return {"public_id": added.public_id}


def _import(cast: Cast, _name: str) -> dict[str, str]:
    """A list that was uploaded and holds nothing."""
    added = Import(
        competition=cast.competition(),
        filename="daftar.xlsx",
        sha256="0" * 64,
        rows=[],
        created_by_id=cast.user("panitia").id,
        created_at=START,
    )
    with transaction():
        db.session.add(added)
    return {"public_id": added.public_id}


_EDITION = Route({"edition": ORGANISER}, of_competition)
_OWN_IMPORT = Route({"list": ORGANISER}, _import)
_EVERY_GROUP = dict.fromkeys(SEES_GROUP, ORGANISER)
_EVERY_MEMBER = dict.fromkeys(("Sigap", "Cepat"), ORGANISER)
_LED_MEMBERS = {name: LEADS_GROUP[name] for name in ("Sigap", "Cepat")}

ROUTES = {
    "groups.own_groups": Route({"": SIGNED_IN}),
    "groups.show": Route(SEES_GROUP, of_group),
    "groups.edit": Route(LEADS_GROUP, of_group),
    "groups.add_member": Route(LEADS_GROUP, of_group),
    "groups.edit_member": Route(_LED_MEMBERS, _member),
    "groups.remove_member": Route(_LED_MEMBERS, _member),
    "groups.index": _EDITION,
    "groups.create": _EDITION,
    "groups.place": Route(_EVERY_GROUP, of_group),
    "groups.remove": Route(_EVERY_GROUP, of_group),
    "groups.extend": Route(_EVERY_GROUP, of_group),
    "groups.units": _EDITION,
    "groups.create_unit": _EDITION,
    "groups.edit_unit": Route({"Kelurahan Miroto": ORGANISER}, _unit),
    "groups.upload_import": _EDITION,
    "groups.preview_import": _OWN_IMPORT,
    "groups.decide_unit": _OWN_IMPORT,
    "groups.confirm_import": _OWN_IMPORT,
    "groups.invitations": _EDITION,
    "groups.invite_leaders": _EDITION,
    "groups.print_links": _EDITION,
    "groups.renew_links": _EDITION,
    "groups.note_handovers": _EDITION,
    "groups.note_handover": Route(_EVERY_MEMBER, _member),
    "groups.invitation": Route(_EVERY_MEMBER, _member),
    "groups.invite": Route(_EVERY_MEMBER, _member),
}
