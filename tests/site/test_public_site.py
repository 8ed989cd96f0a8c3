"""The program set up as for a public site: HTTPS, one proxy in front, and only its own name answered."""

import re

import pytest
from sqlalchemy import select

from kbk.accounts.commands import add_organiser
from kbk.accounts.models import UserSession
from kbk.app import create_app
from kbk.db import db
from tests.cast import PASSWORD
from tests.conftest import settings_for
from tests.page import FreshClient

HOST = "kbk.example.go.id"
SITE = f"https://{HOST}"
THROUGH_PROXY = {
    "X-Forwarded-For": "6.6.6.6, 10.1.2.3",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": HOST,
}


@pytest.fixture
def public(template, tmp_path):
    """The application behind its proxy."""
    public_settings = {"https": True, "trusted_hosts": [HOST], "trusted_proxies": 1, "base_url": SITE}
    app = create_app(settings_for(tmp_path, template.fresh(tmp_path)).model_copy(update=public_settings))
    app.test_client_class = FreshClient
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_first_organiser_gets_a_link_that_opens(public):
    told = public.test_cli_runner().invoke(add_organiser, ["Rina Panitia, S.Sos."])
    assert told.exit_code == 0
    path = re.fullmatch(rf"{SITE}(/undangan/\S+)\n", told.stdout)[1]
    page = public.test_client().get(path, headers=THROUGH_PROXY)
    assert page.status_code == 200
    assert "Rina Panitia, S.Sos." in page.get_data(as_text=True)


def test_signing_in_notes_the_address_that_the_proxy_saw(public):
    client = public.test_client()
    page = client.get("/masuk", headers=THROUGH_PROXY, base_url=SITE).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1]
    answer = client.post(
        "/masuk",
        data={"csrf_token": token, "username": "ketua", "password": PASSWORD},
        headers=THROUGH_PROXY | {"Referer": f"{SITE}/masuk"},
        base_url=SITE,
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/beranda")
    assert answer.headers["Set-Cookie"].startswith("__Host-kbk=")
    assert db.session.scalars(select(UserSession.address)).all() == ["10.1.2.3"]


def test_another_name_is_not_answered(public):
    elsewhere = THROUGH_PROXY | {"X-Forwarded-Host": "jahat.example"}
    assert public.test_client().get("/", headers=elsewhere).status_code == 400
