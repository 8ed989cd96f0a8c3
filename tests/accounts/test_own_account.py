"""One's own account: password, sessions on other devices, waiting after wrong passwords."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from kbk import clock
from kbk.accounts.models import FailedSignIn, UserSession
from kbk.db import db, transaction
from tests.cast import PASSWORD

CHANGE = {"current": PASSWORD, "new": "kata sandi yang lain", "repeat": "kata sandi yang lain"}


def test_a_new_password_counts_and_ends_other_sessions(acting_as):
    here, elsewhere = acting_as("ketua"), acting_as("ketua")
    assert here.post("/akun/kata-sandi", CHANGE).location == "/akun"
    assert here.get("/akun").status == 200
    assert elsewhere.get("/akun").location == "/masuk?lanjut=/akun"
    fields = {"username": "ketua", "password": CHANGE["new"]}
    assert acting_as(None).post("/masuk", fields).location == "/beranda"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"current": "bukan yang benar"}, "tidak cocok"),
        ({"repeat": "berbeda sama sekali"}, "tidak sama"),
        ({"new": "pendek", "repeat": "pendek"}, "paling sedikit 12"),
        ({"new": "", "repeat": ""}, "wajib diisi"),
        ({"new": "Ani Ketua 2024", "repeat": "Ani Ketua 2024"}, "memuat nama, nama masuk, surel"),
        ({"new": "miroto kota contoh", "repeat": "miroto kota contoh"}, "nama daerah, nama instansi"),
    ],
)
def test_a_password_that_cannot_be_taken_is_named(acting_as, changes, sentence):
    page = acting_as("ketua").post("/akun/kata-sandi", CHANGE | changes)
    assert page.status == 400
    assert any(sentence in error for error in page.errors())
    assert acting_as(None).post("/masuk", {"username": "ketua", "password": PASSWORD}).location == "/beranda"


def test_a_session_elsewhere_can_be_ended(acting_as, cast):
    elsewhere, here = acting_as("ketua"), acting_as("ketua")
    first = db.session.scalars(
        select(UserSession).where(UserSession.user_id == cast.user("ketua").id).order_by(UserSession.id)
    ).first()
    assert here.post(f"/akun/sesi/{first.public_id}/akhiri").location == "/akun"
    assert elsewhere.get("/akun").location == "/masuk?lanjut=/akun"
    assert here.get("/akun").status == 200


def test_an_idle_session_has_ended(acting_as):
    browser = acting_as("panitia")
    with transaction():
        db.session.execute(update(UserSession).values(seen_at=clock.now() - timedelta(minutes=31)))
    assert browser.get("/panitia").location == "/masuk?lanjut=/panitia"


def test_use_is_noted_so_that_a_busy_session_lives(acting_as):
    browser = acting_as("panitia")
    with transaction():
        db.session.execute(update(UserSession).values(seen_at=clock.now() - timedelta(minutes=20)))
    browser.get("/panitia")
    seen = db.session.scalars(select(UserSession.seen_at)).one()
    assert clock.now() - seen < timedelta(minutes=1)


def test_many_wrong_passwords_make_everybody_wait_a_little(acting_as):
    wrong = {"username": "juri", "password": "bukan ini sama sekali"}
    statuses = [acting_as(None).post("/masuk", wrong).status for _ in range(8)]
    assert statuses == [400] * 5 + [429] * 3
    page = acting_as(None).post("/masuk", {"username": "juri", "password": PASSWORD})
    assert page.status == 429
    assert any("Coba lagi dalam" in error for error in page.errors())
    assert db.session.scalar(select(func.count(FailedSignIn.id))) == 5


def test_an_unknown_name_is_answered_like_a_wrong_password(acting_as):
    known = acting_as(None).post("/masuk", {"username": "juri", "password": "salah sekali ini"})
    unknown = acting_as(None).post("/masuk", {"username": "tidak-ada", "password": "salah sekali ini"})
    assert known.errors() == unknown.errors()


def test_a_person_without_a_password_cannot_sign_in(acting_as):
    page = acting_as(None).post("/masuk", {"username": "", "password": ""})
    assert page.status == 400
    assert len(page.errors()) == 3
