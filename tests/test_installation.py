"""`kbk check` finds what was changed past the program."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from kbk import clock
from kbk.audit.trail import record
from kbk.db import db, transaction
from kbk.files.store import StoredObject
from kbk.installation import check
from kbk.risalah.models import Attachment, AttachmentPurpose
from kbk.web.storage import store
from tests.cast import Cast


@pytest.fixture
def kept(app: Flask, cast: Cast) -> StoredObject:
    """A file of the risalah of Prima, and a row in the trail."""
    stored = store().put_bytes(b"lembar periksa")
    risalah = cast.risalah("Prima")
    with transaction():
        db.session.add(
            Attachment(
                risalah=risalah, purpose=AttachmentPurpose.ATTACHMENT, filename="lembar periksa.pdf", pages=1,
                media_type="application/pdf", size=stored.size, sha256=stored.sha256, uploaded_at=clock.now(),
            )
        )  # fmt: skip
        record(None, "file-added", risalah, now=clock.now(), filename="lembar periksa.pdf")
    return stored


def checked(app: Flask) -> Result:
    db.session.remove()
    return app.test_cli_runner().invoke(check)


def test_check_is_content_with_a_sound_installation(app: Flask, kept: StoredObject) -> None:
    result = checked(app)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Jejak perubahan utuh; semua penyerahan dan berkas sesuai dengan sidik jarinya.\n"


def test_check_names_a_hand_in_whose_content_was_changed(app: Flask, cast: Cast) -> None:
    with transaction():
        db.session.execute(
            text("UPDATE submissions SET content = :content WHERE risalah_id = :risalah"),
            {"content": '{"title": "Judul lain"}', "risalah": cast.risalah("Prima").id},
        )
    result = checked(app)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "Isi penyerahan ke-1 KBK Prima (RSD K.R.M.T. Wongsonegoro) telah berubah.",
        "Error: 1 temuan. Jangan memperbaiki sendiri; lihat panduan pengelola.",
    ]


def test_check_names_a_file_that_is_gone_or_other_than_it_was(
    app: Flask, kept: StoredObject, data_dir: Path
) -> None:
    (path,) = (path for path in data_dir.rglob(f"*{kept.sha256}*") if path.is_file())
    fault = f"Berkas “lembar periksa.pdf” ({kept.sha256}) hilang atau rusak."
    path.write_bytes(b"lembar lain")
    assert fault in checked(app).stderr
    path.unlink()
    assert fault in checked(app).stderr


def test_check_names_a_broken_row_of_the_trail(app: Flask, kept: StoredObject) -> None:
    with transaction():
        last = db.session.scalar(text("SELECT max(id) FROM audit"))
        postgresql = db.engine.dialect.name == "postgresql"
        db.session.execute(
            text(
                "SET LOCAL session_replication_role = replica"
                if postgresql
                else "DROP TRIGGER audit_refuses_update"
            )
        )
        db.session.execute(text("UPDATE audit SET action = 'file-removed' WHERE id = :id"), {"id": last})
    assert f"Rantai jejak terputus pada baris {last}." in checked(app).stderr
