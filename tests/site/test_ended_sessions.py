"""A session that ends while somebody types: signing in again, and nothing typed is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from kbk import clock
from kbk.accounts.models import UserSession
from kbk.db import db, transaction
from tests.cast import PASSWORD

SIGN_IN = "/masuk"


def end_sessions() -> None:
    """Let everybody have been idle for too long."""
    with transaction():
        db.session.execute(update(UserSession).values(seen_at=clock.now() - timedelta(hours=5)))


@pytest.fixture
def profile(cast):
    """The address where a group's profile is edited."""
    return f"/kelompok/{cast.group('Sigap').public_id}/ubah"


def edited(browser, profile) -> dict[str, str]:
    """The profile's form with a motto typed into it."""
    held = browser.get(profile).fields(form_action="")
    return {name: value for name, value in held.items() if name != "csrf_token"} | {
        "motto": "Cepat & <b>tepat</b>\nselalu"
    }


def test_a_form_sent_too_late_is_sent_again_after_signing_in(acting_as, cast, profile):
    browser = acting_as("ketua")
    sent = edited(browser, profile)
    end_sessions()
    page = browser.post(profile, sent, headers={"Referer": f"http://localhost{profile}"})
    assert page.status == 401
    assert "Isian Anda tidak hilang" in page.words()
    sign_in = page.fields(form_action=SIGN_IN)
    assert sign_in["lanjut"] == profile
    again = browser.post(SIGN_IN, sign_in | {"username": "ketua", "password": PASSWORD})
    assert again.heading == "Isian Anda belum terkirim"
    assert again.response.headers["Cache-Control"] == "no-store"
    kept = again.fields(form_action=profile)
    assert {name: kept[name] for name in sent} == {
        name: value.replace("\r\n", "\n") for name, value in sent.items()
    }
    answer = browser.client.post(profile, data=kept)
    assert answer.status_code == 302
    db.session.rollback()
    assert cast.group("Sigap").motto == "Cepat & <b>tepat</b> selalu"


def test_a_wrong_password_in_between_keeps_what_was_typed(acting_as, profile):
    browser = acting_as("ketua")
    sent = edited(browser, profile)
    end_sessions()
    sign_in = browser.post(profile, sent).fields(form_action=SIGN_IN)
    page = browser.post(SIGN_IN, sign_in | {"username": "ketua", "password": "salah sekali ini"})
    assert page.status == 400
    again = browser.post(SIGN_IN, page.fields() | {"username": "ketua", "password": PASSWORD})
    assert again.fields(form_action=profile)["motto"].startswith("Cepat")


def test_nobody_else_is_offered_what_was_typed(acting_as, profile):
    browser = acting_as("ketua")
    sent = edited(browser, profile)
    end_sessions()
    sign_in = browser.post(profile, sent).fields(form_action=SIGN_IN)
    answer = browser.post(SIGN_IN, sign_in | {"username": "anggota", "password": PASSWORD})
    assert (answer.status, answer.location) == (302, "/beranda")


@pytest.mark.parametrize("change", [lambda seal: seal + "x", lambda seal: "e30.x.y", lambda seal: "ñ"])
def test_an_invented_seal_is_nothing(acting_as, profile, change):
    browser = acting_as("ketua")
    sent = edited(browser, profile)
    end_sessions()
    sign_in = browser.post(profile, sent).fields(form_action=SIGN_IN)
    sign_in["kiriman"] = change(sign_in["kiriman"])
    answer = browser.post(SIGN_IN, sign_in | {"username": "ketua", "password": PASSWORD})
    assert (answer.status, answer.location) == (302, "/beranda")


def test_passwords_are_not_kept_for_sending_again(acting_as):
    browser = acting_as("ketua")
    end_sessions()
    change = {"current": PASSWORD, "new": "kata sandi yang lain", "repeat": "kata sandi yang lain"}
    page = browser.post("/akun/kata-sandi", change, headers={"Referer": "http://localhost/akun"})
    assert page.status == 401
    assert "kiriman" not in page.fields(form_action=SIGN_IN)
    assert page.fields(form_action=SIGN_IN)["lanjut"] == "/akun"
    assert PASSWORD not in page.text


def test_a_visitor_is_offered_nothing_to_send(acting_as, profile):
    page = acting_as(None).post(profile, {"motto": "Titipan"})
    assert page.status == 401
    assert "kiriman" not in page.fields(form_action=SIGN_IN)


@pytest.mark.parametrize("referrer", ["https://jahat.example/x", "http://localhost.jahat.example/x", ""])
def test_the_way_back_stays_on_this_site(acting_as, profile, referrer):
    browser = acting_as("ketua")
    end_sessions()
    page = browser.post(profile, {}, headers={"Referer": referrer})
    assert page.fields(form_action=SIGN_IN)["lanjut"] == ""


def test_a_save_in_the_background_is_told_that_the_session_has_ended(acting_as, cast):
    browser = acting_as("juri")
    end_sessions()
    answer = browser.save(f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}/simpan", {"version": "1"})
    assert answer.status == 401
    assert answer.response.get_json()["message"].startswith("Sesi Anda sudah berakhir")


def test_marks_sent_too_late_reach_the_sheet(acting_as, cast):
    browser = acting_as("juri")
    address = f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}"
    end_sessions()
    sent = {"version": "1", "nilai-s01": "8,5", "comment": "Baik", "lanjut": "1"}
    page = browser.post(f"{address}/simpan", sent, headers={"Referer": f"http://localhost{address}"})
    signing_in = page.fields(form_action=SIGN_IN) | {"username": "juri", "password": PASSWORD}
    kept = browser.post(SIGN_IN, signing_in).fields(form_action=f"{address}/simpan")
    answer = browser.client.post(f"{address}/simpan", data=kept)
    assert answer.headers["Location"] == f"{address}/tanda-tangan"
    db.session.rollback()
    assert [str(mark.value) for mark in cast.sheet("juri", "Cepat").marks] == ["8.5"]


@pytest.mark.parametrize(
    ("column", "ago"),
    [
        ("seen_at", timedelta(minutes=30)),
        ("created_at", timedelta(hours=12)),
    ],
)
def test_a_session_of_the_committee_ends_idle_or_old(acting_as, column, ago):
    browser = acting_as("panitia")
    with transaction():
        db.session.execute(update(UserSession).values({column: clock.now() - ago}))
    assert browser.get("/panitia").location == "/masuk?lanjut=/panitia"


def test_what_a_page_asks_for_by_itself_keeps_no_session_alive(acting_as, cast):
    browser = acting_as("panitia")
    seen = clock.now() - timedelta(minutes=20)
    with transaction():
        db.session.execute(update(UserSession).values(seen_at=seen))
    address = f"/panitia/gelar/{cast.competition().public_id}/piagam"
    assert browser.client.get(address, headers={"HX-Request": "true"}).status_code == 200
    db.session.rollback()
    assert db.session.query(UserSession).one().seen_at == seen
    browser.get(address)
    assert db.session.query(UserSession).one().seen_at > seen
