"""What is done with the diagrams of a risalah: begin, save, remove, put back. Each takes the risalah in hand first."""

from datetime import datetime

from kbk.audit.trail import record
from kbk.db import db
from kbk.errors import InvalidInput, NotAllowed
from kbk.policy import Actor
from kbk.risalah import diagrams, queries, rules
from kbk.risalah.models import Diagram, DiagramRevision, Risalah
from kbk.risalah.outline import outline
from kbk.seven_tools.entry import ENTRY_KINDS, Typed, entry
from kbk.versions import advance


def begin_diagram(actor: Actor, risalah: Risalah, key: str, kind: str, now: datetime) -> Diagram:
    """Add an empty diagram of a kind below a part; one there that nobody has filled yet is returned instead.

    Raises NotFound for an unknown part, InvalidInput for an unknown kind, Closed when handed in, NotAllowed when
    there are too many.
    """
    _take_in_hand(risalah)
    part = outline(risalah.outline).section(key)
    if kind not in ENTRY_KINDS:
        raise InvalidInput("Alat ini tidak tersedia. Pilih salah satu dari daftar.", field="kind")
    present = queries.diagrams(risalah)
    for found in present:
        if (found.section, found.kind, found.version) == (part.key, kind, 1):
            return found
    rules.check_diagram_count(len(present))
    diagram = Diagram(
        risalah=risalah,
        section=part.key,
        kind=kind,
        settings={},
        table_text=entry(kind).heading_line({}) + "\n",
        created_at=now,
        created_by_id=actor.user_id,
        updated_at=now,
        updated_by_id=actor.user_id,
    )
    risalah.updated_at = now
    db.session.add(diagram)
    db.session.flush()
    record(actor, "diagram-begun", diagram, now=now, key=part.key, name=entry(kind).name)
    return diagram


def save_diagram(
    actor: Actor, diagram: Diagram, typed: Typed, version: int, now: datetime, automatic: bool = False
) -> Diagram:
    """Keep what was typed, whether it can be drawn or not; `version` is the one that was edited.

    Raises Closed when handed in, InvalidInput when the table is too long, NotAllowed when the diagram was removed, and
    Conflict when somebody else saved since. Saving what is there already changes nothing.
    """
    _take_in_hand(diagram.risalah)
    db.session.refresh(diagram)
    name = entry(diagram.kind).name
    if diagram.removed_at is not None:
        raise NotAllowed(
            f"{name} ini sudah dihapus. Kembalikan dahulu dari halaman langkahnya, lalu simpan lagi."
        )
    settings = {key: value for key, value in typed.settings.items() if value}
    table = diagrams.tidy(typed.table)
    rules.check_table_size(table)
    if (diagram.settings, diagram.table_text) == (settings, table):
        _keep_for_good(diagram, automatic)
        return diagram
    who = diagram.updated_by.name if diagram.updated_by else "anggota lain"
    advance(
        diagram,
        version,
        {
            "settings": settings,
            "table_text": table,
            "updated_at": now,
            "updated_by_id": actor.user_id,
        },
        f"{name} ini sudah disimpan oleh {who} sejak halaman ini dibuka.",
    )
    diagram.risalah.updated_at = now
    if _keep_revision(actor, diagram, automatic, now):
        record(
            actor, "diagram-saved", diagram, now=now, key=diagram.section, name=name, version=diagram.version
        )
    return diagram


def restore_diagram(actor: Actor, diagram: Diagram, revision: int, version: int, now: datetime) -> Diagram:
    """Make what a diagram held earlier its present content again; the present one stays in the history."""
    return save_diagram(actor, diagram, queries.diagram_revision(diagram, revision).typed, version, now)


def remove_diagram(actor: Actor, diagram: Diagram, now: datetime) -> None:
    """Take a diagram out of the risalah; it can be put back, and earlier hand-ins keep it."""
    _take_in_hand(diagram.risalah)
    db.session.refresh(diagram)
    if diagram.removed_at is not None:
        return
    diagram.removed_at = diagram.risalah.updated_at = now
    record(actor, "diagram-removed", diagram, now=now, key=diagram.section, name=entry(diagram.kind).name)


def put_back_diagram(actor: Actor, diagram: Diagram, now: datetime) -> None:
    """Undo a removal. Raises NotAllowed when there are too many meanwhile."""
    _take_in_hand(diagram.risalah)
    db.session.refresh(diagram)
    if diagram.removed_at is None:
        return
    rules.check_diagram_count(len(queries.diagrams(diagram.risalah)))
    diagram.removed_at = None
    diagram.risalah.updated_at = now
    record(actor, "diagram-put-back", diagram, now=now, key=diagram.section, name=entry(diagram.kind).name)


def _take_in_hand(risalah: Risalah) -> None:
    queries.hold(risalah)
    rules.check_writable(risalah.state)


def _keep_revision(actor: Actor, diagram: Diagram, automatic: bool, now: datetime) -> bool:
    """Put the new content on record; False when it only replaced the revision that it continues."""
    latest = queries.latest_diagram_revision(diagram)
    if latest is not None and automatic:
        before = rules.SavedText(latest.saved_by_id, latest.automatic, latest.begun_at, _length(latest.typed))
        if rules.continues(before, actor.user_id, _length(diagram.typed), now):
            latest.version, latest.saved_at = diagram.version, now
            latest.settings, latest.table_text = diagram.settings, diagram.table_text
            return False
    db.session.add(
        DiagramRevision(
            diagram=diagram,
            version=diagram.version,
            settings=diagram.settings,
            table_text=diagram.table_text,
            automatic=automatic,
            begun_at=now,
            saved_at=now,
            saved_by_id=actor.user_id,
        )
    )
    return True


def _keep_for_good(diagram: Diagram, automatic: bool) -> None:
    """Saved by hand what was saved automatically already: later automatic saves must not replace it."""
    latest = queries.latest_diagram_revision(diagram)
    if latest is not None and not automatic:
        latest.automatic = False


def _length(typed: Typed) -> int:
    return len(typed.table) + sum(map(len, typed.settings.values()))
