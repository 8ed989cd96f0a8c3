"""Who gets an answer: the pages of writing, handing in and reading a risalah."""

from kbk import clock
from kbk.db import db, transaction
from kbk.risalah.models import Attachment, Diagram, DiagramRevision
from kbk.risalah.rules import AttachmentPurpose
from kbk.web.storage import store
from tests.cast import Cast
from tests.site.routes import ORGANISER, TEAM_CEPAT, TEAM_SIGAP, Route, of_group

TEAMS = {"Sigap": TEAM_SIGAP, "Cepat": TEAM_CEPAT, "Prima": frozenset[str]()}
READERS = {name: ORGANISER | team for name, team in TEAMS.items()}
LEADERS = TEAMS | {"Sigap": TEAM_SIGAP - {"anggota"}}
HANDED_IN = {name: READERS[name] for name in ("Cepat", "Prima")}


def _risalah(cast: Cast, name: str) -> dict[str, str]:
    return {"public_id": cast.risalah(name).public_id}


def _step(cast: Cast, name: str) -> dict[str, str]:
    return _risalah(cast, name) | {"step": "1"}


def _section(cast: Cast, name: str) -> dict[str, str]:
    return _risalah(cast, name) | {"key": "masalah"}


def _revision(cast: Cast, name: str) -> dict[str, str]:
    return _section(cast, name) | {"revision": "1"}


def _receipt(cast: Cast, name: str) -> dict[str, str]:
    return _risalah(cast, name) | {"number": "1"}


def _file(cast: Cast, name: str) -> dict[str, str]:
    """A file whose row exists; its bytes are not asked for before the permission is."""
    added = Attachment(
        risalah=cast.risalah(name),
        purpose=AttachmentPurpose.ATTACHMENT,
        filename="data.pdf",
        media_type="application/pdf",
        size=3,
        sha256="0" * 64,
        uploaded_at=clock.now(),
    )
    with transaction():
        db.session.add(added)
    return {"public_id": added.public_id}


def _stored_file(cast: Cast, name: str) -> dict[str, str]:
    """A file whose bytes exist too."""
    found = _file(cast, name)
    with transaction():
        row = db.session.query(Attachment).filter_by(**found).one()
        row.sha256 = store().put_bytes(b"isi").sha256
    return found


def _diagram(cast: Cast, name: str) -> dict[str, str]:
    """A Pareto chart with what it held once; the one that is there already, unless it was removed."""
    risalah = cast.risalah(name)
    found = next((diagram for diagram in risalah.diagrams if diagram.removed_at is None), None)
    if found is None:
        now = clock.now()
        earlier = DiagramRevision(
            version=1, settings={}, table_text="Jenis\tJumlah", begun_at=now, saved_at=now
        )
        found = Diagram(
            risalah=risalah,
            section="masalah",
            kind="pareto",
            settings={"title": "Keluhan"},
            table_text="Jenis\tJumlah\tJumlah sesudah\nAntrean\t8\t\nBerkas\t4\t",
            created_at=now,
            updated_at=now,
            revisions=[earlier],
        )
        with transaction():
            db.session.add(found)
    return {"public_id": found.public_id}


def _diagram_revision(cast: Cast, name: str) -> dict[str, str]:
    return _diagram(cast, name) | {"revision": "1"}


ROUTES = {
    "risalah.show": Route(READERS | {"Rukun": ORGANISER}, of_group),
    "risalah.begin": Route(TEAMS | {"Rukun": frozenset()}, of_group),
    "risalah.set_title": Route(TEAMS, _risalah),
    "risalah.step": Route(READERS, _step),
    "risalah.save_section": Route(TEAMS, _section),
    "risalah.history": Route(READERS, _section),
    "risalah.restore": Route(TEAMS, _revision),
    "risalah.attach": Route(TEAMS, _risalah),
    "risalah.document": Route(TEAMS, _risalah),
    "risalah.picture": Route(TEAMS, _risalah),
    "risalah.file": Route(READERS, _stored_file),
    "risalah.remove_file": Route(TEAMS, _file),
    "risalah.choose_diagram": Route(TEAMS, _section),
    "risalah.begin_diagram": Route(TEAMS, _section),
    "risalah.diagram": Route(READERS, _diagram),
    "risalah.save_diagram": Route(TEAMS, _diagram),
    "risalah.remove_diagram": Route(TEAMS, _diagram),
    "risalah.put_back_diagram": Route(TEAMS, _diagram),
    "risalah.diagram_history": Route(READERS, _diagram),
    "risalah.restore_diagram": Route(TEAMS, _diagram_revision),
    "risalah.drawing": Route(READERS, _diagram),
    "risalah.hand_in": Route(LEADERS, _risalah),
    "risalah.receipt": Route(HANDED_IN, _receipt),
    "risalah.read": Route(READERS, _risalah),
    "risalah.send_back": Route(dict.fromkeys(TEAMS, ORGANISER), _risalah),
}
