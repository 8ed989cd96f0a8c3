"""One-use links: taken once, by the person they were made for, in time."""

import pytest
from sqlalchemy import select

from kbk import clock
from kbk.accounts import service
from kbk.accounts.links import invitation_link
from kbk.accounts.models import Invitation, UserSession
from kbk.db import db, transaction

CHOSEN = {"username": "wati.undangan", "password": "empat kata yang baru", "repeat": "empat kata yang baru"}


def link_of(app, invitation=None) -> str:
    invitation = invitation or db.session.scalars(select(Invitation)).one()
    with app.test_request_context():
        return invitation_link(invitation, "gelar").url.removeprefix("http://localhost")


def test_accepting_signs_the_person_in(app, cast, acting_as):
    browser = acting_as(None)
    answer = browser.post(link_of(app), CHOSEN)
    assert (answer.status, answer.location) == (302, "/beranda")
    assert "Wati Undangan" in browser.get("/akun").words()
    assert acting_as(None).post("/masuk", CHOSEN).location == "/beranda"


def test_a_used_link_says_so_and_changes_nothing(app, cast, acting_as):
    url = link_of(app)
    acting_as(None).post(url, CHOSEN)
    before = cast.invited().password_hash
    page = acting_as(None).post(
        url, CHOSEN | {"password": "orang lain yang coba", "repeat": "orang lain yang coba"}
    )
    assert page.status == 409
    assert "sudah dipakai" in page.words()
    assert cast.invited().password_hash == before


def test_a_new_link_replaces_the_old_one(app, cast, acting_as):
    old = link_of(app)
    with transaction():
        newer = service.invite(None, cast.invited(), clock.now())
    assert "sudah diganti" in acting_as(None).get(old).words()
    assert acting_as(None).get(link_of(app, newer)).status == 200


def test_a_link_ends_with_its_time(app, cast, acting_as):
    with transaction():
        db.session.scalars(select(Invitation)).one().expires_at = clock.now()
    page = acting_as(None).get(link_of(app))
    assert page.status == 409
    assert "sudah habis" in page.words()


def refused(app, acting_as, why: str):
    """A link that no longer counts, and why."""
    url = link_of(app)
    if why == "used":
        acting_as(None).post(url, CHOSEN)
    with transaction():
        if why == "replaced":
            service.invite(None, db.session.scalars(select(Invitation)).one().user, clock.now())
        if why == "expired":
            db.session.scalars(select(Invitation)).one().expires_at = clock.now()
    return url + "x" if why == "unknown" else url


@pytest.mark.parametrize("why", ["used", "replaced", "expired", "unknown"])
def test_a_refused_link_leads_to_signing_in(app, acting_as, why):
    page = acting_as(None).get(refused(app, acting_as, why))
    assert page.heading == "Tautan undangan ini tidak dapat dipakai"
    assert "Sudah punya nama masuk dan kata sandi? Masuk saja" in page.words()
    buttons = [link for link in page.tree.iter("a") if "button" in link.get("class", "")]
    assert [link.get("href") for link in buttons] == ["/masuk", "/"]
    assert "".join(buttons[0].itertext()).strip() == "Masuk"


@pytest.mark.parametrize("why", ["used", "replaced", "expired", "unknown"])
def test_a_refused_link_sends_the_signed_in_home(app, acting_as, why):
    page = acting_as("ketua").get(refused(app, acting_as, why))
    assert page.status == 409
    assert "Anda sudah masuk sebagai Ani Ketua, S.Kom." in page.words()
    assert [link.get("href") for link in page.tree.iter("a") if "button" in link.get("class", "")] == ["/"]


@pytest.mark.parametrize("tail", ["x", "%00", ".", "A" * 500])
def test_a_changed_link_is_not_known(app, acting_as, tail):
    page = acting_as(None).get(link_of(app) + tail)
    assert page.status in {404, 409}
    assert "Tidak ada yang ditimpa" not in page.words()
    assert cast_has_no_password()


def cast_has_no_password() -> bool:
    return db.session.scalars(select(Invitation)).one().used_at is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"repeat": "lain sama sekali!"}, "Kedua kata sandi tidak sama."),
        ({"password": "pendek", "repeat": "pendek"}, "paling sedikit 12 huruf"),
        ({"password": "wati.undangan1", "repeat": "wati.undangan1"}, "memuat nama, nama masuk"),
        ({"password": "dinasperdagangan1", "repeat": "dinasperdagangan1"}, "nama instansi"),
        ({"username": "panitia"}, "sudah dipakai orang lain"),
        ({"username": "a b"}, "4 sampai 60 huruf"),
        ({"username": ""}, "Nama masuk wajib diisi."),
    ],
)
def test_what_cannot_be_taken_is_named_and_the_link_stays(app, cast, acting_as, changes, sentence):
    page = acting_as(None).post(link_of(app), CHOSEN | changes)
    assert page.status == 400
    assert any(sentence in error for error in page.errors())
    assert cast_has_no_password()


def test_accepting_ends_the_sessions_of_before(app, cast, acting_as):
    browser = acting_as("juri")
    with transaction():
        invitation = service.invite(None, cast.user("juri"), clock.now())
    acting_as(None).post(link_of(app, invitation), CHOSEN | {"username": "juri"})
    assert browser.get("/juri").location == "/masuk?lanjut=/juri"


def test_a_session_row_holds_no_token(app, cast, acting_as):
    browser = acting_as("juri")
    with browser.client.session_transaction() as session:
        token = session["_user_id"]
    hashes = db.session.scalars(select(UserSession.token_hash)).all()
    assert token not in hashes
    assert service.token_hash(token) in hashes
