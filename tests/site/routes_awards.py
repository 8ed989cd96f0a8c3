"""Who gets an answer: rankings, decisions, certificates, results."""

from datetime import date

from sqlalchemy import select

from kbk.awards.minutes_queries import minutes
from kbk.awards.models import Certificate, Minutes, PanelDecision, SignedCopy
from kbk.awards.signed_copies import Scan
from kbk.awards.signed_copy_views import seal
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.web.storage import store
from tests.cast import START, Cast
from tests.site.routes import (
    EVERYBODY,
    ORGANISER,
    TEAM_SIGAP,
    Route,
    of_competition,
    of_group,
    of_slug,
    of_stage,
)


def _entry(cast: Cast, name: str) -> dict[str, str]:
    return {"public_id": cast.stage(1).public_id, "group_id": cast.group(name).public_id}


def _ranking(cast: Cast, name: str) -> dict[str, str]:
    return of_stage(cast, name) | {"kategori": cast.category().public_id}


def _decision(cast: Cast, _name: str) -> dict[str, str]:
    with transaction():
        decision = db.session.scalar(select(PanelDecision))
        if decision is None:
            decision = PanelDecision(
                stage=cast.stage(1),
                category_id=cast.category().id,
                order=[cast.group("Cepat").id, cast.group("Prima").id],
                note="BA 1/2024",
                decided_at=START,
            )
            db.session.add(decision)
    return {"public_id": decision.public_id}


def _certificate(cast: Cast, name: str) -> dict[str, str]:
    """A certificate of Sigap; "terbit" belongs to a published stage, "rahasia" to one that is not."""
    position = {"terbit": 1, "rahasia": 2}[name]
    with transaction():
        found = db.session.scalar(select(Certificate).where(Certificate.serial == position))
        if found is None:
            stage, stored = cast.stage(position), store().put_bytes(b"%PDF-1.7 contoh")
            stage.state = StageState.PUBLISHED if name == "terbit" else StageState.DECIDED
            found = Certificate(
                competition=cast.competition(),
                group=cast.group("Sigap"),
                stage=stage,
                award="Juara I",
                serial=position,
                issued_on=date(2024, 8, 2),
                sha256=stored.sha256,
                size=stored.size,
                issued_at=START,
            )
            db.session.add(found)
    return {"public_id": found.public_id}


def _locked(cast: Cast, name: str) -> dict[str, str]:
    """A stage whose judging is closed."""
    with transaction():
        cast.stage(int(name)).state = StageState.CLOSED
    return of_stage(cast, name)


def _minutes(cast: Cast, name: str) -> dict[str, str]:
    """A berita acara; "terbit" belongs to a published stage, "rahasia" to one that is not."""
    position = {"terbit": 1, "rahasia": 2}[name]
    with transaction():
        stage = cast.stage(position)
        found = db.session.scalar(select(Minutes).where(Minutes.stage_id == stage.id))
        if found is None:
            stored = store().put_bytes(b"%PDF-1.7 contoh")
            stage.state = StageState.PUBLISHED if name == "terbit" else StageState.DECIDED
            found = Minutes(
                stage=stage,
                number=f"BA/{position}",
                issued_on=date(2024, 8, 2),
                venue="Balai Kota",
                sha256=stored.sha256,
                size=stored.size,
                issued_at=START,
            )
            db.session.add(found)
    return {"public_id": found.public_id}


def _signed_copy(cast: Cast, name: str) -> dict[str, str]:
    """A scan of the berita acara of this name."""
    minutes_id = _minutes(cast, name)["public_id"]
    with transaction():
        found = db.session.scalar(
            select(SignedCopy).join(SignedCopy.minutes).where(Minutes.public_id == minutes_id)
        )
        if found is None:
            stored = store().put_bytes(b"%PDF-1.7 pindai")
            found = SignedCopy(
                minutes=db.session.scalar(select(Minutes).where(Minutes.public_id == minutes_id)),
                number=1,
                filename="pindai.pdf",
                pages=3,
                sha256=stored.sha256,
                size=stored.size,
                uploaded_at=START,
                uploaded_by=cast.user("panitia"),
            )
            db.session.add(found)
    return {"public_id": found.public_id}


def _sent_copy(cast: Cast, name: str) -> dict[str, str]:
    """A scan that waits to be compared with the berita acara of this name."""
    found = minutes(_minutes(cast, name)["public_id"])
    stored = store().put_bytes(b"%PDF-1.7 dikirim")
    scan = Scan("pindai.pdf", 3, stored.sha256, stored.size, number=1, reason="", exact=False)
    return {"public_id": found.public_id, "berkas": seal(found, scan)}


def _decided_edition(cast: Cast, name: str) -> dict[str, str]:
    """The edition with a decided stage that nobody took part in."""
    with transaction():
        cast.stage(int(name)).state = StageState.DECIDED
    return of_competition(cast, name)


def _checked(cast: Cast, name: str) -> dict[str, str]:
    """A paper by its kind and whether its result is published."""
    kind, _, state = name.partition(" ")
    return (_certificate if kind == "piagam" else _minutes)(cast, state)


def _with_certificate(cast: Cast, name: str) -> dict[str, str]:
    _certificate(cast, name)
    return of_competition(cast, name)


EDITION = Route({"edition": ORGANISER}, of_competition)
STAGE = Route({"1": ORGANISER, "3": ORGANISER}, of_stage)
OPEN_STAGE = Route({"1": ORGANISER}, of_stage)

ROUTES = {
    "awards.stages": EDITION,
    "awards.ranking": STAGE,
    "awards.signals": STAGE,
    "awards.explain": Route({"Cepat": ORGANISER, "Prima": ORGANISER}, _entry),
    "awards.close": OPEN_STAGE,
    "awards.close_without": STAGE,
    "awards.reopen_stage": STAGE,
    "awards.settle": Route({"Cepat": ORGANISER}, _entry),
    "awards.withdraw": Route({"keputusan": ORGANISER}, _decision),
    "awards.decide": STAGE,
    "awards.publish": STAGE,
    "awards.print_ranking": Route({"1": ORGANISER}, _ranking),
    "awards.ranking_workbook": Route({"1": ORGANISER}, _ranking),
    "awards.score_records": Route({"1": ORGANISER}, _locked),
    "awards.minutes": STAGE,
    "awards.draft_minutes": Route({"1": ORGANISER}, _locked),
    "awards.minutes_file": Route({"terbit": ORGANISER, "rahasia": ORGANISER}, _minutes),
    "awards.replace_minutes": Route({"terbit": ORGANISER, "rahasia": ORGANISER}, _minutes),
    "awards.send_signed_copy": Route({"terbit": ORGANISER, "rahasia": ORGANISER}, _minutes),
    "awards.keep_signed_copy": Route({"terbit": ORGANISER, "rahasia": ORGANISER}, _sent_copy),
    "awards.sent_copy": Route({"terbit": ORGANISER, "rahasia": ORGANISER}, _sent_copy),
    "awards.signed_copy": Route({"terbit": ORGANISER, "rahasia": ORGANISER}, _signed_copy),
    "awards.certificates": EDITION,
    "awards.make_certificates": EDITION,
    "awards.archive": Route({"2": ORGANISER}, _decided_edition),
    "awards.all_certificates": Route({"terbit": ORGANISER}, _with_certificate),
    "awards.certificate": Route({"terbit": ORGANISER | TEAM_SIGAP, "rahasia": ORGANISER}, _certificate),
    "awards.reprint": Route({"terbit": ORGANISER}, _certificate),
    "awards.own_result": Route(
        {"Sigap": ORGANISER | TEAM_SIGAP, "Cepat": ORGANISER | frozenset({"ketua-lain"})}, of_group
    ),
    "public.results": Route({"edition": EVERYBODY}, of_slug),
    "public.check_form": Route({"": EVERYBODY}),
    "public.check": Route(
        {
            "piagam terbit": EVERYBODY,
            "piagam rahasia": frozenset(),
            "berita-acara terbit": EVERYBODY,
            "berita-acara rahasia": frozenset(),
        },
        _checked,
    ),
}
