"""What a fault tells: to the user a sentence, to the log a cause, and to neither what was confidential."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError
from wtforms import PasswordField

from kbk.accounts.confirming import ConfirmedForm
from kbk.accounts.forms import AcceptForm, PasswordForm, SignInForm
from kbk.accounts.links import invitation_link
from kbk.accounts.models import Invitation, User
from kbk.accounts.service import add_user, invite
from kbk.clock import now
from kbk.db import db, transaction
from kbk.web.resending import SECRET_FIELDS

CHANGE = {"current": "sandi yang lama", "new": "sandi yang baru", "repeat": "sandi yang baru"}


def test_passwords_are_never_shown_again(acting_as):
    page = acting_as("ketua").post("/akun/kata-sandi", CHANGE | {"csrf_token": "basi"})
    assert page.status == 400
    assert "sandi yang" not in page.text


@pytest.mark.parametrize("form", [SignInForm, AcceptForm, PasswordForm, ConfirmedForm])
def test_every_field_of_a_password_is_known_as_secret(app, form):
    with app.test_request_context():
        assert {field.name for field in form() if isinstance(field, PasswordField)} <= SECRET_FIELDS


def test_faults_of_the_database_do_not_tell_its_values(app):
    with pytest.raises(IntegrityError) as fault, transaction():
        db.session.execute(
            text("INSERT INTO users (public_id, name, username) VALUES ('x', :name, 'u')"),
            {"name": "Nama Rahasia"},
        )
    assert "Nama Rahasia" not in str(fault.value).split("[SQL")[-1]
    assert "parameters hidden" in str(fault.value)


def test_of_two_people_choosing_one_name_the_second_is_told(app, acting_as):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with transaction(), app.test_request_context():
        people = [add_user(None, name=f"Orang Baru {number}", now=now()) for number in range(2)]
        links = [invitation_link(invite(None, person, now()), "gelar").url for person in people]
    browsers, gate = [acting_as(None), acting_as(None)], Barrier(2)
    choice = {
        "username": "nama-sama",
        "password": "empat kata yang panjang",
        "repeat": "empat kata yang panjang",
    }

    def accept(browser, link):
        data = {"csrf_token": browser.csrf_token} | choice
        gate.wait()
        return browser.client.post(link.removeprefix("http://localhost"), data=data).status_code

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(accept, browsers, links))
    assert statuses[0] == 302
    assert statuses[1] in {400, 409}
    assert len(db.session.scalars(select(User).where(User.username == "nama-sama")).all()) == 1
    assert len(db.session.scalars(select(Invitation).where(Invitation.used_at.is_not(None))).all()) == 1


def test_a_database_that_does_not_answer_is_told_and_nothing_typed_is_lost(app, acting_as, cast):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    browser, url = acting_as("panitia"), f"/panitia/kelompok/{cast.group('Sigap').public_id}/perpanjang"
    postgresql = db.engine.dialect.name == "postgresql"
    impatient = "SET lock_timeout = 50" if postgresql else "PRAGMA busy_timeout = 50"
    lock = "LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE" if postgresql else "BEGIN IMMEDIATE"
    data = {"csrf_token": browser.csrf_token, "reason": "Kantor terendam banjir"}
    db.session.rollback()
    db.engine.dispose()

    def hurry(connection, _record):
        connection.execute(impatient)
        connection.commit()

    event.listen(db.engine, "connect", hurry)
    try:
        holder = db.engine.raw_connection()
        holder.cursor().execute(lock)
        page = browser.client.post(url, data=data)
        holder.rollback()
        holder.close()
    finally:
        event.remove(db.engine, "connect", hurry)
    assert page.status_code == 503
    assert "Kantor terendam banjir" in page.get_data(as_text=True)
    assert "sangat sibuk" in page.get_data(as_text=True)
