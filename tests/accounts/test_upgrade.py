"""Bringing an installation of the first release to this one: sessions stay good."""

from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from kbk.app import create_app
from kbk.db import db, transaction
from tests.conftest import settings_for

FIRST_RELEASE = "0002"
MOMENT = "2024-06-01 08:00:00.000000"
USER = (
    "INSERT INTO users (id, public_id, name, is_organiser, active, created_at) "
    f"VALUES (1, 'orang', 'Ani', false, true, '{MOMENT}')"
)
SESSION = (
    "INSERT INTO sessions (id, public_id, user_id, token_hash, device, address, created_at, seen_at) "
    f"VALUES (1, 'sesi', 1, 'sidik', '-', '-', '{MOMENT}', '{MOMENT}')"
)


def test_sessions_of_the_first_release_are_kept(tmp_path):
    app = create_app(settings_for(tmp_path, ""))
    with app.app_context():
        upgrade(revision=FIRST_RELEASE)
        with transaction():
            db.session.execute(text(USER))
            db.session.execute(text(SESSION))
        upgrade()
        kept = db.session.execute(text("SELECT token_hash, confirmed_at, judged_at FROM sessions")).one()
        assert tuple(kept) == ("sidik", MOMENT, None)
        db.session.rollback()
        downgrade(revision=FIRST_RELEASE)
        assert db.session.execute(text("SELECT token_hash FROM sessions")).scalar_one() == "sidik"
        db.session.remove()
        db.engine.dispose()
