"""Signing in by two steps: offered to all, forced on the committee where the site says so, every code used once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from pyotp import TOTP
from sqlalchemy import select, update

from kbk import clock
from kbk.accounts import second_factor, service
from kbk.accounts.links import invitation_link
from kbk.accounts.models import RecoveryCode, SecondFactor, UserSession
from kbk.audit.models import AuditRow
from kbk.db import db, transaction
from tests.cast import PASSWORD

SET_UP = "/akun/dua-langkah"
SECOND = "/masuk/kode"


def code_of(app, cast, username: str, steps: int = 0) -> str:
    """What the person's telephone shows now, or `steps` later."""
    user = cast.user(username)
    secret = second_factor.secret_of(user, db.session.get(SecondFactor, user.id).nonce, app.secret_key)
    return TOTP(secret).generate_otp(int(clock.now().timestamp()) // 30 + steps)


def set_up(app, browser, cast, username: str) -> list[str]:
    """Set it up on the pages and return the recovery codes; the step used is one of the past."""
    page = browser.get(SET_UP)
    nonce = page.fields(form_action="")["nonce"]
    secret = second_factor.secret_of(cast.user(username), nonce, app.secret_key)
    shown = next(field for field in page.tree.iter("input") if field.get("readonly") is not None)
    assert shown.get("value").replace(" ", "") == secret
    answer = browser.post(SET_UP, {"nonce": nonce, "otp": TOTP(secret).now()})
    assert answer.heading == "Simpan kode cadangan Anda"
    with transaction():
        db.session.execute(update(SecondFactor).values(last_step=0))
    area = next(answer.tree.iter("textarea"))
    return (area.text or "").split()


def first_step(browser, username: str, password: str = PASSWORD, **more: str):
    return browser.post("/masuk", {"username": username, "password": password} | more)


def second_fields(page) -> dict[str, str]:
    return {name: value for name, value in page.fields(form_action=SECOND).items() if name != "csrf_token"}


def actions(cast, username: str) -> list[tuple[str, str]]:
    query = select(AuditRow).where(
        AuditRow.subject_kind == "users", AuditRow.subject_id == cast.user(username).id
    )
    rows = db.session.scalars(query.order_by(AuditRow.id))
    return [(row.actor_name, row.action) for row in rows if row.action != "sign-in"]


def test_codes_are_those_of_the_standard():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    at = datetime(2005, 3, 18, 1, 58, 29, tzinfo=UTC)
    step = 1111111109 // 30
    assert second_factor.accepted_step(secret, "081804", after=0, now=at) == step
    assert second_factor.accepted_step(secret, "081804", after=0, now=at + timedelta(seconds=30)) == step
    assert second_factor.accepted_step(secret, "081804", after=0, now=at + timedelta(seconds=61)) is None
    assert second_factor.accepted_step(secret, "081804", after=step, now=at) is None
    assert second_factor.accepted_step(secret, "০৮১৮০৪", after=0, now=at) is None


def test_the_password_alone_no_longer_opens_the_account(app, acting_as, cast):
    set_up(app, acting_as("ketua"), cast, "ketua")
    browser = acting_as(None)
    page = first_step(browser, "ketua", lanjut="/akun")
    assert page.heading == "Langkah kedua"
    assert browser.get("/akun").location == "/masuk?lanjut=/akun"
    answer = browser.post(SECOND, second_fields(page) | {"otp": code_of(app, cast, "ketua")})
    assert (answer.status, answer.location) == (302, "/akun")
    assert "Sejak" in browser.get("/akun").words()


def test_a_code_is_accepted_once(app, acting_as, cast):
    set_up(app, acting_as("ketua"), cast, "ketua")
    code, first, other = code_of(app, cast, "ketua"), acting_as(None), acting_as(None)
    pages = [first_step(first, "ketua"), first_step(other, "ketua")]
    assert first.post(SECOND, second_fields(pages[0]) | {"otp": f"{code[:3]} {code[3:]}"}).status == 302
    page = other.post(SECOND, second_fields(pages[1]) | {"otp": code})
    assert page.status == 400
    assert any("sudah dipakai" in error for error in page.errors())


def test_of_two_people_with_the_same_code_one_gets_in(app, acting_as, cast):
    set_up(app, acting_as("ketua"), cast, "ketua")
    code, browsers, gate = code_of(app, cast, "ketua"), [acting_as(None), acting_as(None)], Barrier(2)
    sent = [second_fields(first_step(browser, "ketua")) | {"otp": code} for browser in browsers]

    def send(browser, fields):
        gate.wait()
        return browser.client.post(SECOND, data={"csrf_token": browser.csrf_token} | fields).status_code

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(send, browsers, sent))
    assert statuses == [302, 400]


def test_a_recovery_code_works_once_and_is_noted(app, acting_as, cast):
    codes = set_up(app, acting_as("ketua"), cast, "ketua")
    assert (len(set(codes)), {len(code) for code in codes}) == (8, {19})
    statuses = []
    for _time in range(2):
        browser = acting_as(None)
        page = first_step(browser, "ketua")
        statuses.append(browser.post(SECOND, second_fields(page) | {"otp": codes[0].upper()}).status)
    assert statuses == [302, 400]
    assert actions(cast, "ketua") == [
        ("Ani Ketua, S.Kom.", "second-factor-set"),
        ("sistem", "recovery-code-used"),
    ]
    hashes = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert [code for code in codes if any(code.replace("-", "") in kept for kept in hashes)] == []


def test_what_is_stored_does_not_suffice_to_make_a_code(app, acting_as, cast):
    set_up(app, acting_as("ketua"), cast, "ketua")
    user, factor = cast.user("ketua"), db.session.scalars(select(SecondFactor)).one()
    own = second_factor.secret_of(user, factor.nonce, app.secret_key)
    assert second_factor.secret_of(user, factor.nonce, "another key") != own
    assert second_factor.secret_of(cast.user("juri"), factor.nonce, app.secret_key) != own


def test_wrong_codes_are_slowed_down(app, acting_as, cast):
    set_up(app, acting_as("ketua"), cast, "ketua")
    browser = acting_as(None)
    fields = second_fields(first_step(browser, "ketua"))
    statuses = [browser.post(SECOND, fields | {"otp": "000000"}).status for _time in range(7)]
    assert statuses == [400] * 5 + [429] * 2
    assert browser.post(SECOND, fields | {"otp": code_of(app, cast, "ketua")}).status == 429


@pytest.mark.parametrize("change", ["expired", "invented", "new password"])
def test_the_second_step_needs_the_first(app, acting_as, cast, change):
    set_up(app, acting_as("ketua"), cast, "ketua")
    browser = acting_as(None)
    fields = second_fields(first_step(browser, "ketua"))
    if change == "new password":
        with transaction():
            cast.user("ketua").password_changed_at = clock.now()
    else:
        fields["proof"] = "" if change == "expired" else fields["proof"][::-1]
    answer = browser.post(SECOND, fields | {"otp": code_of(app, cast, "ketua")})
    assert (answer.status, answer.location) == (302, "/masuk")
    assert browser.get("/akun").status == 302


def test_a_wrong_code_sets_nothing_up(app, acting_as, cast):
    browser = acting_as("ketua")
    nonce = browser.get(SET_UP).fields(form_action="")["nonce"]
    page = browser.post(SET_UP, {"nonce": nonce, "otp": "000000"})
    assert page.status == 400
    assert page.fields(form_action="")["nonce"] == nonce
    assert db.session.scalars(select(SecondFactor)).all() == []
    assert first_step(acting_as(None), "ketua").location == "/beranda"


def test_setting_up_ends_other_sessions_and_asks_for_the_password_after_a_while(app, acting_as, cast):
    here, elsewhere = acting_as("ketua"), acting_as("ketua")
    with transaction():
        db.session.execute(update(UserSession).values(confirmed_at=clock.now() - timedelta(minutes=6)))
    nonce = here.get(SET_UP).fields(form_action="")["nonce"]
    sent = {
        "nonce": nonce,
        "otp": TOTP(second_factor.secret_of(cast.user("ketua"), nonce, app.secret_key)).now(),
    }
    assert here.post(SET_UP, sent).status == 400
    assert here.post(SET_UP, sent | {"password": PASSWORD}).status == 200
    assert elsewhere.get("/akun").location == "/masuk?lanjut=/akun"


def test_turning_off_needs_a_code(app, acting_as, cast):
    browser = acting_as("ketua")
    set_up(app, browser, cast, "ketua")
    assert browser.get(SET_UP).heading == "Masuk dua langkah"
    assert browser.post(f"{SET_UP}/matikan", {"otp": "000000"}).status == 400
    assert browser.post(f"{SET_UP}/matikan", {"otp": code_of(app, cast, "ketua")}).location == "/akun"
    assert first_step(acting_as(None), "ketua").location == "/beranda"
    assert db.session.scalars(select(RecoveryCode)).all() == []
    assert actions(cast, "ketua")[-1] == ("Ani Ketua, S.Kom.", "second-factor-dropped")


def test_the_committee_resets_it_for_somebody_who_lost_everything(app, acting_as, cast):
    set_up(app, acting_as("juri"), cast, "juri")
    committee = acting_as("panitia")
    assert "Yang masuk dengan dua langkah" in committee.get("/panitia/orang").words()
    person = cast.user("juri").public_id
    address = f"/panitia/orang/{person}/lepas-dua-langkah"
    assert acting_as("ketua").post(address).status == 403
    assert committee.post(address).location == "/panitia/orang"
    assert first_step(acting_as(None), "juri").location == "/beranda"
    assert actions(cast, "juri")[-1] == ("Sri Panitia, S.Sos.", "second-factor-reset")


def test_a_new_password_by_invitation_does_not_go_round_it(app, acting_as, cast):
    set_up(app, acting_as("ketua"), cast, "ketua")
    with transaction():
        invitation = service.invite(None, cast.user("ketua"), clock.now())
    with app.test_request_context():
        link = invitation_link(invitation, "gelar").url.removeprefix("http://localhost")
    chosen = {"username": "ketua", "password": "empat kata yang baru", "repeat": "empat kata yang baru"}
    browser = acting_as(None)
    page = browser.post(link, chosen)
    assert page.heading == "Langkah kedua"
    assert browser.get("/akun").status == 302
    assert browser.post(SECOND, second_fields(page) | {"otp": code_of(app, cast, "ketua")}).status == 302


@pytest.fixture
def forced(app):
    """A site that wants two steps from its committee."""
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"force_second_factor": True})


@pytest.mark.usefixtures("forced")
def test_where_it_is_forced_the_committee_sets_it_up_first(app, acting_as, cast):
    browser = acting_as(None)
    assert first_step(browser, "panitia", lanjut="/panitia").location == SET_UP
    assert browser.get("/panitia").location == SET_UP
    assert browser.get("/beranda").location == SET_UP
    assert "Panitia di situs ini wajib" in browser.get(SET_UP).words()
    assert browser.get("/").status == 200
    other = acting_as("panitia")
    assert other.post("/panitia/orang", {"name": "Orang Baru"}).location == SET_UP
    assert "second-factor-set" not in dict(actions(cast, "panitia")).values()
    set_up(app, other, cast, "panitia")
    assert other.get("/panitia").status == 200


@pytest.mark.usefixtures("forced")
@pytest.mark.parametrize("person", ["juri", "ketua"])
def test_where_it_is_forced_others_may_still_choose(acting_as, person):
    assert first_step(acting_as(None), person).location == "/beranda"
