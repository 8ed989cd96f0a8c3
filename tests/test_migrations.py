"""Migrations lead from every released schema to the tables of the models, with the data kept."""

from collections.abc import Iterator

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from kbk.app import create_app
from kbk.db import Base, db, expect_writing
from tests.conftest import settings_for

OLD_ROWS = """
INSERT INTO units (id, public_id, name, name_key, kind) VALUES (1, 'unit', 'Dinas A', 'dinas a', 'rsud');
INSERT INTO users (id, public_id, name, is_organiser, active, created_at)
VALUES (1, 'orang', 'Juri', false, true, '2024-01-01 00:00:00');
INSERT INTO competitions (id, public_id, slug, name, year, city, zone, description, letterhead, letterhead_address,
    signer_position, signer_name, signer_rank, signer_nip, certificate_number, outline, submission_opens_at,
    submission_deadline, created_at, version)
VALUES (1, 'gelar', 'g', 'Gelar', 2024, 'Kota', 'WIB', '', '', '', '', '', '', '', '', 'tulta-7',
    '2024-01-01 00:00:00', '2024-02-01 00:00:00', '2024-01-01 00:00:00', 7);
INSERT INTO stages (id, public_id, competition_id, position, name, starts_at, ends_at, rubric, method, missing,
    tie_chain, line_rule, carry_over, state)
VALUES (1, 'tahap', 1, 1, 'Tahap', '2024-02-01 00:00:00', '2024-03-01 00:00:00', '{}', 'mean', 'wait', '[]',
    'decision', 0, 'planned');
INSERT INTO judges (id, public_id, competition_id, user_id, unit_id, institution, job_title, created_at)
VALUES (1, 'juri', 1, 1, 1, '', '', '2024-01-01 00:00:00')
"""
"""A judge, the judge's unit and a stage, as the schema of 0002 keeps them."""


@pytest.fixture
def empty_app(app, template, tmp_path) -> Iterator[Flask]:
    """An application on a database without tables, of the kind that the tests run on."""
    folder = tmp_path / "empty"
    folder.mkdir()
    url = f"sqlite:///{folder / 'kbk.db'}"
    if db.engine.dialect.name == "postgresql":
        with psycopg.connect(template.address, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS old_schema")
            connection.execute("CREATE DATABASE old_schema")
        url = template.url.replace("/postgres?", "/old_schema?")
    fresh = create_app(settings_for(folder, url))
    with fresh.app_context():
        yield fresh
        db.session.remove()
        db.engine.dispose()


def test_rows_of_the_first_release_count_their_changes_from_one(empty_app):
    upgrade(revision="0002")
    expect_writing(True)
    with db.engine.begin() as connection:
        for statement in OLD_ROWS.split(";"):
            connection.execute(text(statement))
    upgrade()
    query = "SELECT u.name, s.name, u.version, s.version, j.version FROM units u, stages s, judges j"
    assert [tuple(row) for row in db.session.execute(text(query))] == [("Dinas A", "Tahap", 1, 1, 1)]
    db.session.rollback()
    downgrade(revision="0002")
    assert db.session.scalar(text("SELECT name FROM units")) == "Dinas A"


def test_migrations_make_the_tables_of_the_models(empty_app):
    upgrade()
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


OLD_MINUTES = """
INSERT INTO minutes (id, public_id, stage_id, number, issued_on, venue, absent, sha256, size, issued_at,
    revoked_reason)
VALUES (1, 'ba', 1, 'BA/1', '2024-08-02', 'Balai Kota', '[]', 'sidik', 9, '2024-08-02 10:00:00', '')
"""
NEW_COPY = """
INSERT INTO signed_copies (public_id, minutes_id, number, filename, pages, sha256, size, reason, uploaded_at,
    uploaded_by_id)
VALUES ('salinan', 1, 1, 'pindai.pdf', 4, 'sidik lain', 8, '', '2024-08-03 10:00:00', 1)
"""


def run(*statements: str) -> None:
    expect_writing(True)
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_berita_acara_are_kept_with_and_without_their_signed_copies(empty_app):
    upgrade(revision="0002")
    run(*OLD_ROWS.split(";"))
    upgrade(revision="0005")
    run(OLD_MINUTES)
    upgrade()
    run(NEW_COPY)
    query = "SELECT m.number, c.number, c.pages FROM minutes m JOIN signed_copies c ON c.minutes_id = m.id"
    assert [tuple(row) for row in db.session.execute(text(query))] == [("BA/1", 1, 4)]
    db.session.rollback()
    downgrade(revision="0005")
    assert db.session.execute(text("SELECT number, sha256 FROM minutes")).one() == ("BA/1", "sidik")
    db.session.rollback()
    upgrade()
    assert db.session.scalar(text("SELECT count(*) FROM signed_copies")) == 0
