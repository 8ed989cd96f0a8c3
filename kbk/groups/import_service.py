"""Taking an uploaded list over, in three steps: upload, put right, confirm. Never commits."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import update

from kbk.audit.trail import record
from kbk.competitions import queries as competitions
from kbk.competitions import service as competition_service
from kbk.competitions.models import Competition, Unit, UnitKind
from kbk.competitions.rules import name_key
from kbk.db import db
from kbk.errors import FileProblem, InvalidInput, NotAllowed
from kbk.files.inspection import inspect
from kbk.files.kinds import Purpose
from kbk.files.spreadsheets import read_sheets
from kbk.groups import queries
from kbk.groups.import_reading import ReadRow, read_rows
from kbk.groups.importing import (
    JudgedRow,
    Known,
    KnownCategory,
    KnownGroup,
    PlannedGroup,
    RowState,
    judge,
)
from kbk.groups.models import Group, Import, Member
from kbk.groups.unit_names import NEW_UNIT, KnownUnit, bare_key, unit_name
from kbk.policy import Actor, MemberRole


def read_upload(path: Path, filename: str) -> tuple[str, list[ReadRow]]:
    """The accepted name of an uploaded workbook, and its rows. Raises FileProblem; touches no database."""
    accepted = inspect(path, filename, Purpose.IMPORT)
    rows = read_rows(read_sheets(path, filename))
    if not rows:
        raise FileProblem(
            f"Berkas “{accepted.filename}” tidak berisi apa pun. Periksa lembarnya, lalu unggah lagi."
        )
    return accepted.filename, rows


def add_import(
    actor: Actor,
    competition: Competition,
    *,
    filename: str,
    path: Path,
    rows: Sequence[ReadRow],
    now: datetime,
) -> Import:
    """Keep the rows of an uploaded list until they are confirmed; nothing is taken over yet."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    added = Import(
        competition=competition,
        filename=filename,
        sha256=digest,
        rows=[row.to_data() for row in rows],
        created_by_id=actor.user_id,
        created_at=now,
    )
    db.session.add(added)
    record(actor, "import-uploaded", added, now=now, filename=filename, rows=len(rows))
    return added


def judged_rows(import_: Import, today: date) -> list[JudgedRow]:
    """Every row with its verdict: against the edition as it is now, or as it was when the import was confirmed."""
    rows = [ReadRow.from_data(data) for data in import_.rows]
    if import_.confirmed_at is None:
        return judge(rows, known_things(import_.competition, today))
    return [
        JudgedRow(row, RowState(data["state"]), tuple(data["notes"]))
        for row, data in zip(rows, import_.rows, strict=True)
    ]


def known_things(competition: Competition, today: date) -> Known:
    """What a list for the edition is compared with."""
    units = competitions.units()
    name_by_id = {unit.id: unit.name for unit in units}
    ref_by_id = {unit.id: unit.public_id for unit in units}
    return Known(
        units=[
            KnownUnit(unit.public_id, unit.name, unit.kind, bare_key(name_by_id.get(unit.parent_id or 0, "")))
            for unit in units
        ],
        groups=[
            KnownGroup(
                ref_by_id[group.unit_id],
                group.name,
                next((member.name for member in group.members if member.role is MemberRole.KETUA), ""),
            )
            for group in queries.groups_of(competition)
        ],
        categories=[
            KnownCategory(category.id, category.name) for category in competitions.categories(competition)
        ],
        today=today,
    )


def decide_unit(actor: Actor, import_: Import, *, position: int, decision: str, now: datetime) -> None:
    """Note which unit a near miss means: its public id, or `NEW_UNIT`; for all rows that name it alike.

    Raises NotAllowed once the import is confirmed, InvalidInput for a row or unit that was not offered.
    """
    if import_.confirmed_at is not None:
        raise NotAllowed("Impor ini sudah diterapkan. Ubahlah kelompok di halamannya masing-masing.")
    judged = judged_rows(import_, now.astimezone(import_.competition.zone.tz).date())
    chosen = judged[position] if 0 <= position < len(judged) else None
    offered = (
        {unit.ref for unit in chosen.choices} | ({NEW_UNIT} if chosen.may_be_new else set())
        if chosen
        else set()
    )
    if chosen is None or decision not in offered:
        raise InvalidInput("Pilihan ini tidak tersedia lagi. Muat ulang halaman pratinjau.")
    same = _unit_as_typed(import_.rows[position])
    import_.rows = [
        data | {"decision": decision} if _unit_as_typed(data) == same else data for data in import_.rows
    ]
    record(actor, "import-unit-decided", import_, now=now, unit=same[0], decision=decision)


def _unit_as_typed(data: dict[str, Any]) -> tuple[str, str, str]:
    values = data["values"]
    unit, kind, kecamatan = (name_key(values.get(name, "")) for name in ("unit", "jenis", "kecamatan"))
    return unit, kind, kecamatan


def confirm_import(actor: Actor, import_: Import, now: datetime) -> int | None:
    """Enter the groups of all good rows; return their number, or None when that was done before.

    The verdicts are kept with the rows, so that the page of the import stays its record.
    """
    claimed = db.session.execute(
        update(Import).where(Import.id == import_.id, Import.confirmed_at.is_(None)).values(confirmed_at=now)
    )
    if claimed.rowcount == 0:  # type: ignore[attr-defined]
        return None
    today = now.astimezone(import_.competition.zone.tz).date()
    judged = judge(
        [ReadRow.from_data(data) for data in import_.rows], known_things(import_.competition, today)
    )
    plans = [row.plan for row in judged if row.plan is not None]
    units = _units_for(actor, plans, now)
    groups = [_group(import_.competition, plan, units[plan.unit.ref], now) for plan in plans]
    db.session.add_all(groups)
    import_.rows = [
        data
        | {
            "state": (RowState.IMPORTED if row.state is RowState.READY else row.state).value,
            "notes": list(row.notes),
        }
        for data, row in zip(import_.rows, judged, strict=True)
    ]
    db.session.flush()
    db.session.refresh(import_)
    record(
        actor,
        "import-confirmed",
        import_,
        now=now,
        filename=import_.filename,
        sha256=import_.sha256,
        groups=[group.id for group in groups],
    )
    return len(groups)


def _units_for(actor: Actor, plans: Sequence[PlannedGroup], now: datetime) -> dict[str, Unit]:
    """The unit of each planned group by its reference; new ones are added, kelurahan below their kecamatan."""
    known = {unit.public_id: unit for unit in competitions.units()}
    kecamatan = {bare_key(unit.name): unit for unit in known.values() if unit.kind is UnitKind.KECAMATAN}
    for plan in plans:
        unit = plan.unit
        if unit.ref in known:
            continue
        parent = None
        if unit.kecamatan:
            key = bare_key(unit.kecamatan)
            if key not in kecamatan:
                name = unit_name(UnitKind.KECAMATAN, unit.kecamatan)
                kecamatan[key] = competition_service.add_unit(actor, name, UnitKind.KECAMATAN, now)
                db.session.flush()
            parent = kecamatan[key]
        known[unit.ref] = competition_service.add_unit(actor, unit.name, unit.kind, now, parent=parent)
        db.session.flush()
    return known


def _group(competition: Competition, plan: PlannedGroup, unit: Unit, now: datetime) -> Group:
    group = Group(
        competition=competition,
        unit=unit,
        category_id=plan.category_id,
        name=plan.name,
        name_key=name_key(plan.name),
        created_at=now,
    )
    if plan.leader is not None:
        contact = plan.leader.contact
        group.members.append(
            Member(
                name=plan.leader.name,
                role=MemberRole.KETUA,
                nip=contact.nip,
                job_title=plan.leader.job_title,
                phone=contact.phone,
                email=contact.email,
                position=0,
            )
        )
    return group
