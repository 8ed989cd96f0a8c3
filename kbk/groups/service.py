"""What can be done with groups, their members and their invitations. Never commits."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from kbk.accounts import service as accounts
from kbk.accounts.models import Invitation, User
from kbk.accounts.queries import user_by_nip
from kbk.audit.changes import differences
from kbk.audit.trail import record
from kbk.competitions.models import Category, Competition, Unit, UnitKind
from kbk.competitions.rules import name_key
from kbk.db import db
from kbk.errors import InvalidInput, NotAllowed
from kbk.groups import queries, rules
from kbk.groups.models import Group, Member
from kbk.policy import Actor, MemberRole
from kbk.versions import CHANGED_MEANWHILE, advance

CHANGED = CHANGED_MEANWHILE.format(thing="Data kelompok ini")


def add_group(
    actor: Actor | None, competition: Competition, *, unit: Unit, category: Category, name: str, now: datetime
) -> Group:
    """Enter a group of a unit in an edition.

    Raises InvalidInput for an unusable name, a category of another edition, or a name the unit has used already.
    """
    name = rules.bare_name(name)
    _check_name_and_category(competition, name, category)
    if queries.group_of_unit(competition, unit, name) is not None:
        raise InvalidInput(_taken(unit, name), field="name")
    group = Group(
        competition=competition,
        unit=unit,
        category=category,
        name=name,
        name_key=name_key(name),
        created_at=now,
    )
    db.session.add(group)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise InvalidInput(_taken(unit, name), field="name") from error
    record(actor, "group-added", group, now=now, name=name, unit=unit.name)
    return group


def _check_name_and_category(competition: Competition, name: str, category: Category) -> None:
    if problem := rules.name_problem(name, "Nama kelompok"):
        raise InvalidInput(problem, field="name")
    if category.competition_id != competition.id and category.competition is not competition:
        raise InvalidInput("Kategori ini bukan kategori gelar ini. Pilih dari daftar.", field="category")


def _taken(unit: Unit, name: str) -> str:
    return f"{unit.name} sudah mempunyai kelompok bernama {name}. Pilih nama lain."


def change_group(
    actor: Actor,
    group: Group,
    *,
    version: int,
    name: str,
    name_meaning: str,
    motto: str,
    formed_on: date | None,
    decree_number: str,
    now: datetime,
    judged: bool = False,
) -> None:
    """Replace what a group says about itself, unless it was changed since `version` was read.

    Raises Conflict, or InvalidInput for a day of formation ahead and for an unusable or used name. Of a group
    that takes part in judging (`judged`) only the committee may change the name: results are announced under it.
    """
    if formed_on is not None and formed_on > now.astimezone(group.competition.zone.tz).date():
        raise InvalidInput("Tanggal pembentukan belum tiba; periksa kembali.", field="formed_on")
    name = rules.bare_name(name)
    rules.check_new_name(group.name, name, judged=judged, organiser=actor.organiser)
    _check_name_and_category(group.competition, name, group.category)
    values = {
        "name": name,
        "name_meaning": name_meaning,
        "motto": motto,
        "formed_on": formed_on,
        "decree_number": decree_number,
    }
    changes = differences({field: getattr(group, field) for field in values}, values)
    _replace_group(actor, group, version, values, changes, now)


def place_group(
    actor: Actor, group: Group, *, version: int, unit: Unit, category: Category, name: str, now: datetime
) -> None:
    """Correct a group's unit, category and name, unless it was changed since `version` was read.

    Raises Conflict, or InvalidInput as `add_group` does.
    """
    name = rules.bare_name(name)
    _check_name_and_category(group.competition, name, category)
    values = {"name": name, "unit_id": unit.id, "category_id": category.id}
    changes = differences(
        {"name": group.name, "unit": group.unit.name, "category": group.category.name},
        {"name": name, "unit": unit.name, "category": category.name},
    )
    _replace_group(actor, group, version, values, changes, now)


def _replace_group(
    actor: Actor,
    group: Group,
    version: int,
    values: Mapping[str, object],
    changes: Mapping[str, object],
    now: datetime,
) -> None:
    if not changes:
        return
    name = str(values["name"])
    try:
        advance(group, version, {**values, "name_key": name_key(name)}, CHANGED)
    except IntegrityError as error:
        raise InvalidInput(
            f"Unit ini sudah mempunyai kelompok bernama {name}. Pilih nama lain.", field="name"
        ) from error
    record(actor, "group-changed", group, now=now, changes=changes)


def remove_group(actor: Actor, group: Group, now: datetime) -> None:
    """Take a group out of its edition; NotAllowed once it has a risalah."""
    name, unit, competition = group.name, group.unit.name, group.competition
    db.session.delete(group)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise NotAllowed(
            f"Kelompok {name} tidak dapat dihapus karena sudah mempunyai risalah atau sudah dinilai."
        ) from error
    record(actor, "group-removed", competition, now=now, name=name, unit=unit)


def extend_deadline(
    actor: Actor, group: Group, until: datetime, reason: str, *, version: int, now: datetime
) -> None:
    """Give one group a later deadline, with the reason that its page shows.

    Raises InvalidInput, and Conflict when the group was changed since `version` was read.
    """
    reason = reason.strip()
    rules.check_extension(until, reason, general=group.competition.submission_deadline, now=now)
    values = {"extended_until": until, "extension_reason": reason}
    changes = differences(
        {"until": group.extended_until, "reason": group.extension_reason}, {"until": until, "reason": reason}
    )
    if changes:
        advance(group, version, values, CHANGED)
        record(actor, "deadline-extended", group, now=now, changes=changes)


def add_member(
    actor: Actor | None,
    group: Group,
    *,
    name: str,
    role: MemberRole,
    now: datetime,
    nip: str = "",
    job_title: str = "",
    phone: str = "",
    email: str = "",
    user: User | None = None,
) -> Member:
    """Add a person to a group, at the end of its list.

    Raises InvalidInput for a second ketua, somebody who is in the list already, or numbers that cannot be right.
    """
    rules.check_new_role(role, [member.role for member in group.members])
    contact = _checked_person(group, name, nip, phone, email, now)
    position = max((member.position for member in group.members), default=-1) + 1
    member = Member(
        user=user,
        name=name,
        role=role,
        nip=contact.nip,
        job_title=job_title,
        phone=contact.phone,
        email=contact.email,
        position=position,
    )
    group.members.append(member)
    record(actor, "member-added", member, now=now, name=name, role=role, group=group.name)
    return member


def _checked_person(
    group: Group, name: str, nip: str, phone: str, email: str, now: datetime, *, but: Member | None = None
) -> rules.Contact:
    if problem := rules.name_problem(name, "Nama"):
        raise InvalidInput(problem, field="name")
    contact = rules.checked_contact(nip, phone, email, now.astimezone(group.competition.zone.tz).date())
    for other in group.members:
        if other is but:
            continue
        if contact.nip and other.nip == contact.nip:
            raise InvalidInput(
                f"NIP ini sudah tercantum atas nama {other.name} di kelompok ini.", field="nip"
            )
        if name_key(other.name) == name_key(name) and (not contact.nip or not other.nip):
            raise InvalidInput(f"{other.name} sudah tercantum di kelompok ini.", field="name")
    return contact


def change_member(
    actor: Actor,
    member: Member,
    *,
    version: int,
    name: str,
    role: MemberRole,
    nip: str,
    job_title: str,
    phone: str,
    email: str,
    now: datetime,
) -> Member | None:
    """Replace what is said of a member; return the earlier ketua when the office has passed to this member.

    Raises Conflict when the member was changed since `version` was read, and InvalidInput as `add_member` does.
    """
    group = member.group
    rules.check_changed_role(member.role, role)
    contact = _checked_person(group, name, nip, phone, email, now, but=member)
    former = None
    if role is MemberRole.KETUA and member.role is not MemberRole.KETUA:
        former = next((other for other in group.members if other.role is MemberRole.KETUA), None)
    values = {
        "name": name,
        "role": role,
        "nip": contact.nip,
        "job_title": job_title,
        "phone": contact.phone,
        "email": contact.email,
    }
    if all(getattr(member, field) == value for field, value in values.items()):
        return None
    advance(member, version, values, CHANGED_MEANWHILE.format(thing="Data anggota ini"))
    if former is not None:
        former.role = MemberRole.ANGGOTA
        former.version += 1
    record(actor, "member-changed", member, now=now, name=name, role=role, group=group.name)
    return former


def remove_member(actor: Actor, member: Member, now: datetime) -> None:
    """Take a person out of the group; the account, if there is one, stays. NotAllowed for ketua and oneself."""
    group = member.group
    if member.user_id == actor.user_id:
        raise NotAllowed(
            "Anda tidak dapat mengeluarkan diri sendiri. Mintalah ketua atau panitia melakukannya."
        )
    if member.role is MemberRole.KETUA and len(group.members) > 1:
        raise NotAllowed(
            f"{member.name} adalah ketua. Tunjuk dahulu ketua yang lain, lalu keluarkan dari daftar anggota."
        )
    group.members.remove(member)
    record(actor, "member-removed", group, now=now, name=member.name, role=member.role)


def invite_member(actor: Actor, member: Member, now: datetime, *, by_mail: bool = False) -> Invitation:
    """Give a member a one-use link, and an account before if there is none; earlier links stop working.

    With an account in use the link replaces a forgotten password. `by_mail` also queues a message. Raises
    NotAllowed for a NIP that belongs to somebody else's account, and for an account of the committee.
    """
    if member.user is None:
        member.user = _account_for(actor, member, now)
    user = member.user
    if user.is_organiser:
        raise NotAllowed(f"{user.name} adalah panitia; tautannya dibuat di halaman Panitia.")
    invitation = accounts.invite(actor, user, now)
    db.session.flush()
    if by_mail and (address := contact_of(member).email):
        accounts.mail_invitation(actor, invitation, address, member.competition.name, now)
    return invitation


def contact_of(member: Member) -> rules.Contact:
    """Where a member's link may be sent.

    The link to an account in use goes only to what the account itself knows, never to what a group has typed.
    """
    user = member.user
    if user is not None and user.password_hash is not None:
        return rules.Contact(user.nip or "", user.phone or "", user.email or "")
    return rules.Contact(member.nip, member.phone, member.email)


def _account_for(actor: Actor, member: Member, now: datetime) -> User:
    """The account of the member's NIP, if name and NIP agree, or a new one.

    A group types its members' numbers itself, so a NIP alone must never open somebody else's account.
    """
    user = accounts.add_user(
        actor, name=member.name, nip=member.nip, email=member.email, phone=member.phone, now=now
    )
    if name_key(user.name) != name_key(member.name) or user.is_organiser:
        raise NotAllowed(
            f"NIP {member.name} sudah dipakai akun lain. Periksa NIP dan ejaan namanya di data anggota."
        )
    return user


def recognise_member(actor: Actor, member: Member, now: datetime) -> bool:
    """Join a member to the account the same person already uses, known by NIP and name; say whether there is one."""
    if member.user is not None or not member.nip:
        return False
    user = user_by_nip(member.nip)
    known = user is not None and user.password_hash is not None and not user.is_organiser
    if user is None or not known or name_key(user.name) != name_key(member.name):
        return False
    member.user = user
    record(actor, "member-recognised", member, now=now, name=member.name, group=member.group.name)
    return True


def invite_leaders(
    actor: Actor, competition: Competition, now: datetime, *, by_mail: bool = False
) -> list[str]:
    """Invite every ketua who never was; return one sentence for each who could not be."""
    refused = []
    for member in queries.leaders_to_invite(competition, now):
        if recognise_member(actor, member, now):
            continue
        try:
            invite_member(actor, member, now, by_mail=by_mail)
        except NotAllowed as error:
            refused.append(error.message)
    return refused


def change_unit(actor: Actor, unit: Unit, *, version: int, name: str, kind: UnitKind, now: datetime) -> None:
    """Correct the name or kind of a unit; it shows in every edition.

    Raises InvalidInput for a used name, and Conflict when the unit was changed since `version` was read.
    """
    check_unit_name(name, but=unit)
    values: dict[str, object] = {"name": name, "kind": kind}
    changes = differences({"name": unit.name, "kind": unit.kind}, values)
    if changes:
        values["name_key"] = name_key(name)
        advance(unit, version, values, CHANGED_MEANWHILE.format(thing="Unit ini"))
        record(actor, "unit-changed", unit, now=now, changes=changes)


def check_unit_name(name: str, *, but: Unit | None = None) -> None:
    """Raise InvalidInput for an unusable name, or one that another unit than `but` bears."""
    if problem := rules.name_problem(name, "Nama unit"):
        raise InvalidInput(problem, field="name")
    known: Sequence[Unit] = [unit for unit in queries.units_named(name) if unit is not but]
    if known:
        raise InvalidInput(f"Unit {known[0].name} sudah ada. Periksa ejaannya.", field="name")
