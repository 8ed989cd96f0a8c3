"""The trail of changes: chained, final, and told in the committee's words."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

import kbk
from kbk.audit.models import EMPTY_TRAIL, AuditRow
from kbk.audit.trail import broken_links, record
from kbk.audit.words import ACTIONS, DETAILS, detail_words
from kbk.db import db, transaction
from kbk.indonesian import Zone

NOW = datetime(2024, 8, 2, 9, tzinfo=UTC)


PLACE_OF_ACTION = {"record": 1, "record_link": 1, "record_refusal": 1, "mark_refusal": 0}
"""Which argument of each function that writes to the trail is the action."""


def writing_calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call that writes to the trail, with the name of its function."""
    for path in Path(kbk.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in PLACE_OF_ACTION:
                yield ast.unparse(node.func), node


def written_actions() -> set[str]:
    """Every action that the program records."""
    parts = (node.args[PLACE_OF_ACTION[name]] for name, node in writing_calls())
    return {leaf.value for part in parts for leaf in ast.walk(part) if isinstance(leaf, ast.Constant)}


def test_every_action_has_its_words():
    assert written_actions() - set(ACTIONS) == set()


def test_every_detail_has_its_word():
    named = {keyword.arg for _, node in writing_calls() for keyword in node.keywords}
    assert named - {"now", "user_id", None} - set(DETAILS) == set()


def test_no_words_without_an_action():
    assert set(ACTIONS) - written_actions() == set()


def write(cast, count):
    for number in range(count):
        with transaction():
            record(None, "unit-added", cast.unit("Dinas Perdagangan"), now=NOW, number=number)


def test_rows_follow_from_each_other(cast):
    write(cast, 3)
    rows = db.session.scalars(select(AuditRow).order_by(AuditRow.id)).all()[-3:]
    assert [row.previous_hash for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert [row.detail["number"] for row in rows] == [0, 1, 2]
    assert list(broken_links()) == []


def test_a_moment_told_in_another_zone_is_the_same_in_the_chain(cast):
    with transaction():
        record(None, "unit-added", cast.unit("Dinas Perdagangan"), now=NOW.astimezone(Zone.WIT.tz))
    db.session.expire_all()
    assert list(broken_links()) == []


def test_the_first_row_follows_from_the_empty_trail(cast):
    write(cast, 1)
    assert db.session.scalars(select(AuditRow).order_by(AuditRow.id)).first().previous_hash == EMPTY_TRAIL


@pytest.mark.parametrize("change", [update(AuditRow).values(actor_name="orang lain"), delete(AuditRow)])
def test_the_database_refuses_to_change_a_row(cast, change):
    write(cast, 1)
    with pytest.raises(DatabaseError, match="tidak boleh diubah"), transaction():
        db.session.execute(change)


def test_a_changed_row_breaks_the_chain(cast):
    write(cast, 3)
    postgresql = db.engine.dialect.name == "postgresql"
    off = (
        "SET LOCAL session_replication_role = replica" if postgresql else "DROP TRIGGER audit_refuses_update"
    )
    second = db.session.scalars(select(AuditRow.id).order_by(AuditRow.id)).all()[1]
    with transaction():
        db.session.execute(text(off))
        db.session.execute(update(AuditRow).where(AuditRow.id == second).values(actor_name="orang lain"))
    assert list(broken_links()) == [second]


def test_a_refused_act_leaves_no_row(cast):
    before = len(db.session.scalars(select(AuditRow.id)).all())
    record(None, "unit-added", cast.unit("Dinas Perdagangan"), now=NOW)
    db.session.rollback()
    write(cast, 1)
    assert len(db.session.scalars(select(AuditRow.id)).all()) == before + 1


def test_details_are_told_in_one_line():
    detail = {"changes": {"city": ["Kota A", "Kota B"]}, "name": "", "order": [3, 1, 2], "missing": []}
    assert detail_words(detail) == "perubahan: kota Kota A → Kota B; nama: –; urutan: 3, 1, 2; belum ada: –"


def test_details_show_decimals_with_a_comma_and_digests_shortened():
    digest = "0123456789ab" + "0" * 52
    detail = {"total": "80.5", "marks": {"s01": "7.25", "s02": "8"}, "sha256": digest, "files": {"x": digest}}
    assert detail_words(detail) == (
        "jumlah nilai: 80,5; kriteria: s01 7,25, s02 8; sidik berkas: 0123456789ab…; berkas: 1"
    )


def test_details_write_points_in_time_as_pages_do():
    detail = {"until": "2024-08-02T09:00:00+00:00"}
    assert detail_words(detail, lambda moment: moment.strftime("%H.%M")) == "sampai: 09.00"
