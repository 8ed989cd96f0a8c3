"""The session cookie: what it may be used for, and from when to when it counts."""

import pytest

from kbk.app import create_app
from kbk.db import transaction
from tests.cast import PASSWORD
from tests.conftest import settings_for


def cookie_of(client) -> str:
    return client.get("/masuk").headers["Set-Cookie"]


def test_the_cookie_is_kept_from_scripts_and_other_sites(app):
    cookie = cookie_of(app.test_client())
    assert cookie.startswith("kbk=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


def test_over_https_the_cookie_is_bound_to_this_host(tmp_path):
    settings = settings_for(tmp_path, "").model_copy(update={"https": True})
    cookie = cookie_of(create_app(settings).test_client())
    assert cookie.startswith("__Host-kbk=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_signing_in_begins_anew(acting_as):
    browser = acting_as(None)
    with browser.client.session_transaction() as session:
        session["planted"] = "x"
    browser.post("/masuk", {"username": "ketua", "password": PASSWORD})
    with browser.client.session_transaction() as session:
        first = session["_user_id"]
        assert "planted" not in session
    browser.client.delete_cookie("kbk")
    with browser.client.session_transaction() as session:
        session["_user_id"] = first
        session["csrf_token"] = "0123456789abcdef0123456789abcdef01234567"
    browser.post("/masuk", {"username": "juri", "password": PASSWORD})
    with browser.client.session_transaction() as session:
        assert session["_user_id"] != first


@pytest.mark.parametrize("person", ["panitia", "juri", "ketua"])
def test_the_sessions_of_somebody_put_out_of_action_end(acting_as, cast, person):
    browser = acting_as(person)
    with transaction():
        cast.user(person).active = False
    assert browser.get("/akun").status == 302
