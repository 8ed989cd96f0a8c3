"""Risalah in the states that the tests of this feature need."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from kbk import clock
from kbk.db import db, transaction
from kbk.files.inspection import Inspected
from kbk.files.kinds import Kind
from kbk.policy import Actor
from kbk.risalah import diagram_service, queries, service
from kbk.risalah.models import Diagram, Risalah
from kbk.risalah.outline import outline
from kbk.seven_tools.entry import Typed
from kbk.web.storage import store
from tests.cast import Cast

TEXT = "<p>" + "Antrean loket diukur selama empat minggu oleh petugas. " * 8 + "</p>"


@pytest.fixture
def actor(cast: Cast) -> Callable[[str], Actor]:
    """The named person as the services know people."""

    def find(username: str) -> Actor:
        user = cast.user(username)
        return Actor(user.id, user.name, organiser=user.is_organiser)

    return find


@pytest.fixture
def complete(cast: Cast, actor: Callable[[str], Actor]) -> Callable[[str], Risalah]:
    """Write everything that the outline asks for, as the ketua of Sigap."""

    def write(group: str = "Sigap") -> Risalah:
        risalah = cast.risalah(group)
        with transaction():
            written = queries.sections(risalah)
            for section in outline(risalah.outline).sections:
                version = written[section.key].version if section.key in written else 0
                service.save_section(actor("ketua"), risalah, section.key, TEXT, version, clock.now())
        return risalah

    return write


PARETO = "Jenis\tJumlah\tJumlah sesudah\nAntrean\t80\t\nBerkas kurang\t94\t\n"


@pytest.fixture
def add_diagram(cast: Cast, actor: Callable[[str], Actor]) -> Callable[..., Diagram]:
    """Add a Pareto chart to Sigap's risalah, as the ketua; `table` may be anything that somebody types."""

    def add(table: str = PARETO, section: str = "masalah", **settings: str) -> Diagram:
        risalah, ketua = cast.risalah("Sigap"), actor("ketua")
        with transaction():
            diagram = diagram_service.begin_diagram(ketua, risalah, section, "pareto", clock.now())
            typed = Typed(settings, table)
            diagram_service.save_diagram(ketua, diagram, typed, diagram.version, clock.now())
        return queries.diagram(diagram.public_id)

    return add


@pytest.fixture
def keep_file(app: Flask, actor: Callable[[str], Actor]) -> Callable[..., str]:
    """Attach stored bytes without inspecting them; gives the public id."""

    def keep(
        risalah: Risalah,
        content: bytes = b"isi",
        filename: str = "data.pdf",
        kind: Kind = Kind.PDF,
        **options: object,
    ) -> str:
        stored = store().put_bytes(content)
        accepted = Inspected(
            filename, kind, stored.size, Path(filename), pages=1 if kind is Kind.PDF else None
        )
        with transaction():
            added = service.attach(
                actor("ketua"), risalah, accepted, stored, clock.now(), **({"quota": 10**9} | options)
            )
            return added.public_id

    return keep


@pytest.fixture
def past_deadline(cast: Cast) -> Iterator[None]:
    """Let the edition's deadline be an hour ago."""
    with transaction():
        cast.competition().submission_deadline = clock.now() - timedelta(hours=1)
    yield
    db.session.rollback()
