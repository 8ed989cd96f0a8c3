from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from kbk import clock
from kbk.db import db, transaction
from kbk.errors import Conflict
from kbk.groups.models import Group
from kbk.policy import Actor
from kbk.risalah import diagram_service, queries, service
from kbk.risalah.models import Diagram, Risalah
from kbk.seven_tools.entry import Typed
from tests.cast import Cast

ROUNDS = 20


def test_of_two_writers_exactly_one_wins_each_round(
    app: Flask, cast: Cast, actor: Callable[[str], Actor]
) -> None:
    public_id, writers = cast.risalah("Sigap").public_id, [actor("ketua"), actor("anggota")]
    db.session.rollback()
    start = Barrier(2)

    def write(writer: Actor, version: int) -> bool:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    text = f"<p>{writer.name} {version}</p>"
                    service.save_section(
                        writer, queries.risalah(public_id), "masalah", text, version, clock.now()
                    )
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        for version in range(1, ROUNDS + 1):
            assert sorted(pool.map(write, writers, [version] * 2)) == [False, True]
    section = queries.section(cast.risalah("Sigap"), "masalah")
    assert section is not None
    assert section.version == ROUNDS + 1
    assert len(queries.revisions(section)) == ROUNDS + 1


def test_of_two_who_type_a_diagram_exactly_one_wins_each_round(
    app: Flask, actor: Callable[[str], Actor], add_diagram: Callable[[], Diagram]
) -> None:
    diagram, writers = add_diagram(), [actor("ketua"), actor("anggota")]
    public_id, first = diagram.public_id, diagram.version
    db.session.rollback()
    start = Barrier(2)

    def write(writer: Actor, version: int) -> bool:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    typed = Typed({}, f"{writer.name}\t{version}")
                    found = queries.diagram(public_id)
                    diagram_service.save_diagram(writer, found, typed, version, clock.now())
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        for version in range(first, first + ROUNDS):
            assert sorted(pool.map(write, writers, [version] * 2)) == [False, True]
    assert len(queries.diagram_revisions(queries.diagram(public_id))) == ROUNDS + 1


def test_two_clicks_at_once_begin_one_diagram(app: Flask, cast: Cast, actor: Callable[[str], Actor]) -> None:
    public_id, ketua = cast.risalah("Sigap").public_id, actor("ketua")
    db.session.rollback()
    start = Barrier(2)

    def click(_number: int) -> str:
        with app.app_context():
            start.wait()
            with transaction():
                risalah = queries.risalah(public_id)
                return diagram_service.begin_diagram(
                    ketua, risalah, "masalah", "pareto", clock.now()
                ).public_id

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(click, range(2)))) == 1


def test_many_clicks_at_once_are_one_hand_in(
    app: Flask, cast: Cast, actor: Callable[[str], Actor], complete: Callable[[], Risalah]
) -> None:
    public_id, ketua = complete().public_id, actor("ketua")
    db.session.rollback()
    start = Barrier(6)

    def click(_number: int) -> tuple[int, str]:
        with app.app_context():
            start.wait()
            with transaction():
                risalah = queries.risalah(public_id)
                queries.hold(risalah)
                submission = service.hand_in(ketua, risalah, clock.now(), 1)
                return submission.number, submission.sha256

    with ThreadPoolExecutor(6) as pool:
        receipts = set(pool.map(click, range(6)))
    assert len(receipts) == 1
    assert len(queries.submissions(cast.risalah("Sigap"))) == 1


def test_two_members_who_begin_at_once_begin_one_risalah(
    app: Flask, cast: Cast, actor: Callable[[str], Actor]
) -> None:
    group_id, writers = cast.group("Rukun").id, [actor("ketua"), actor("anggota")]
    db.session.rollback()
    start = Barrier(2)

    def begin(writer: Actor) -> str:
        with app.app_context():
            start.wait()
            with transaction():
                group = db.session.get_one(Group, group_id)
                return service.begin(writer, group, clock.now()).public_id

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(begin, writers))) == 1
