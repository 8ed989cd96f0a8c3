"""A tablet left on a table: score sheets are shown and taken again only after the password, and nothing is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from kbk import clock
from kbk.accounts.models import FailedSignIn, UserSession
from kbk.accounts.service import PASSWORDS
from kbk.db import db, transaction
from kbk.web.access import LOCKABLE
from tests.cast import PASSWORD
from tests.site.routes_judging import ROUTES

LOCK = "/kunci"
UNLOCK = "/buka-kunci"
WRONG = "bukan ini sama sekali"
FETCH = {"X-Requested-With": "fetch"}


def leave(minutes: float = 15) -> None:
    """Let nobody have touched a score sheet for a while."""
    ago = clock.now() - timedelta(minutes=minutes)
    with transaction():
        db.session.execute(update(UserSession).values(confirmed_at=ago, judged_at=ago))


def used_at():
    """When score sheets were last used, as the session has it."""
    db.session.rollback()
    return db.session.scalars(select(UserSession.judged_at)).one()


def failures() -> int:
    return db.session.scalar(select(func.count(FailedSignIn.id)))


@pytest.fixture
def judge(acting_as):
    """The browser of juri."""
    return acting_as("juri")


@pytest.fixture
def address(cast):
    """Juri's blank sheet for Cepat."""
    return f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}"


def typed(**marks) -> dict[str, str]:
    return {"version": "1", "comment": "Rahasia juri"} | {
        f"nilai-{name}": mark for name, mark in marks.items()
    }


def lockable(app) -> list[tuple[str, str]]:
    """Endpoint and method of everything that shows or takes marks as a judge."""
    return sorted(
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "access", None)
        and app.view_functions[rule.endpoint].access.action in LOCKABLE
        for method in rule.methods & {"GET", "POST"}
    )


def test_a_locked_session_reads_and_writes_nothing_anywhere(app, cast, judge):
    judge.get("/juri")
    leave()
    tried = []
    for endpoint, method in lockable(app):
        parts = ROUTES[endpoint].parts(cast, "juri Prima")
        with app.test_request_context():
            url = app.url_map.bind("localhost").build(endpoint, parts)
        for headers in ({}, FETCH, {"HX-Request": "true"}):
            page = judge.get(url, headers=headers) if method == "GET" else judge.post(url, headers=headers)
            assert page.status == 423, f"{method} {endpoint}: {page.status}"
            assert "KBK Prima" not in page.text
        tried.append(f"{method} {endpoint.removeprefix('judging.')}")
    assert len(tried) == len(set(tried)) == 9
    assert judge.client.head("/juri").status_code == 423


def test_the_lock_asks_for_the_password_and_leads_back(judge, address):
    leave()
    page = judge.get(f"{address}?dari=1")
    assert (page.status, page.heading) == (423, "Lembar nilai terkunci")
    assert "Dr. Rahmat Juri, M.M., ketik kata sandi Anda." in page.words()
    answer = judge.post(UNLOCK, page.fields(form_action=UNLOCK) | {"password": PASSWORD})
    assert (answer.status, answer.location) == (302, f"{address}?dari=1")
    assert judge.get(address).status == 200


@pytest.mark.parametrize(("minutes", "status"), [(14.9, 200), (15, 423)])
def test_the_lock_falls_after_a_quarter_of_an_hour(judge, address, minutes, status):
    leave(minutes)
    assert judge.get(address).status == status


def test_using_sheets_keeps_them_open(judge, address):
    leave(14)
    judge.get(address)
    assert clock.now() - used_at() < timedelta(seconds=30)
    leave(14)
    judge.save(f"{address}/simpan", typed(s01="8"))
    assert clock.now() - used_at() < timedelta(seconds=30)


def test_other_pages_do_not_keep_sheets_open(judge, address):
    leave(14)
    before = used_at()
    judge.get("/akun")
    assert used_at() == before
    leave()
    judge.get("/akun")
    assert judge.get(address).status == 423


@pytest.mark.parametrize("sent", ["asking", "trying again"])
def test_what_a_page_does_by_itself_does_not_keep_sheets_open(judge, address, sent):
    leave(14)
    before = used_at()
    if sent == "asking":
        judge.get(address, headers={"HX-Request": "true"})
    else:
        judge.post(f"{address}/simpan", typed(s01="8"), headers=FETCH | {"X-Retry": "1"})
    assert used_at() == before


def test_an_automatic_save_waits_for_the_password(judge, address, cast, marks):
    leave()
    answer = judge.save(f"{address}/simpan", typed(s01="8"))
    assert answer.response.get_json() == {"message": "Lembar nilai terkunci."}
    assert marks(cast.sheet("juri", "Cepat")) == {}
    assert judge.save(UNLOCK, {"password": PASSWORD}).status == 200
    assert judge.save(f"{address}/simpan", typed(s01="8")).status == 200
    assert marks(cast.sheet("juri", "Cepat")) == {"s01": "8"}


def test_a_form_sent_while_locked_is_offered_again(judge, address, cast, marks):
    leave()
    sent = typed(s01="8,5") | {"lanjut": "1"}
    page = judge.post(f"{address}/simpan", sent, headers={"Referer": f"http://localhost{address}"})
    assert page.status == 423
    assert "Isian Anda tidak hilang" in page.words()
    assert "Rahasia juri" not in page.text
    wrong = judge.post(UNLOCK, page.fields(form_action=UNLOCK) | {"password": WRONG})
    assert wrong.status == 400
    again = judge.post(UNLOCK, wrong.fields(form_action=UNLOCK) | {"password": PASSWORD})
    assert again.heading == "Isian Anda belum terkirim"
    answer = judge.client.post(f"{address}/simpan", data=again.fields(form_action=f"{address}/simpan"))
    assert answer.headers["Location"] == f"{address}/tanda-tangan"
    db.session.rollback()
    assert marks(cast.sheet("juri", "Cepat")) == {"s01": "8.5"}


def test_signing_waits_for_the_lock_even_with_the_password(judge, cast, address):
    leave()
    page = judge.post(f"{address}/tanda-tangan", {"version": "1", "password": PASSWORD})
    assert page.status == 423
    assert PASSWORD not in page.text


def test_wrong_passwords_are_counted_and_slowed_down(judge, address):
    leave()
    statuses = [judge.save(UNLOCK, {"password": WRONG}).status for _time in range(7)]
    assert (statuses, failures()) == ([400] * 5 + [429] * 2, 5)
    page = judge.post(UNLOCK, {"password": PASSWORD})
    assert page.status == 429
    assert any("Coba lagi dalam" in error for error in page.errors())
    assert judge.get(address).status == 423
    with transaction():
        db.session.execute(update(FailedSignIn).values(at=clock.now() - timedelta(minutes=5)))
    assert judge.post(UNLOCK, {"password": PASSWORD}).status == 302
    assert judge.get(address).status == 200


def test_guesses_at_the_tablet_do_not_shut_the_judge_out_elsewhere(app, judge, acting_as):
    leave()
    for _time in range(10):
        judge.save(UNLOCK, {"password": WRONG})
    own = acting_as(None)
    answer = own.post(
        "/masuk", {"username": "juri", "password": PASSWORD}, environ_overrides={"REMOTE_ADDR": "10.0.0.9"}
    )
    assert (answer.status, answer.location) == (302, "/beranda")


def test_the_password_of_somebody_else_unlocks_nothing(judge, address, cast):
    leave()
    with transaction():
        cast.user("juri").password_hash = PASSWORDS.hash("kata sandi juri sendiri")
    assert judge.save(UNLOCK, {"password": PASSWORD}).status == 400
    assert judge.get(address).status == 423


def test_without_a_password_nothing_is_counted_or_opened(judge, address):
    leave()
    assert (judge.save(UNLOCK, {}).status, failures()) == (400, 0)
    assert judge.get(address).status == 423


def test_a_stranger_has_nothing_to_unlock(acting_as, judge, address):
    leave()
    assert acting_as(None).save(UNLOCK, {"password": PASSWORD}).status == 401
    assert judge.get(address).status == 423


@pytest.mark.parametrize("target", ["https://jahat.example/", "//jahat.example", "/\\jahat.example"])
def test_unlocking_leads_nowhere_else(judge, target):
    assert judge.post(UNLOCK, {"password": PASSWORD, "lanjut": target}).location == "/beranda"


def test_pages_with_marks_lock_by_themselves_and_others_do_not(judge, address):
    for path in ("/juri", address, f"{address}/tanda-tangan", f"{address}/mundur"):
        boxes = [box for box in judge.get(path).tree.iter("section") if box.get("data-lock")]
        assert [(box.get("data-lock"), box.get("hidden") is not None) for box in boxes] == [("900", True)], (
            path
        )
    assert "data-lock" not in judge.get("/akun").text


def test_a_judge_locks_at_once_and_the_password_opens(judge, address, cast, marks):
    judge.save(f"{address}/simpan", typed(s01="8"))
    assert judge.save(LOCK, {}).status == 200
    assert judge.get(address).status == 423
    assert judge.save(f"{address}/simpan", typed(s01="9") | {"version": "2"}).status == 423
    assert judge.save(LOCK, {}).status == 200
    assert judge.save(UNLOCK, {"password": WRONG}).status == 400
    assert judge.get("/juri").status == 423
    assert judge.save(UNLOCK, {"password": PASSWORD}).status == 200
    assert judge.get(address).status == 200
    assert marks(cast.sheet("juri", "Cepat")) == {"s01": "8"}


def test_use_that_arrives_late_does_not_open_what_was_locked_by_hand(judge, address):
    judge.save(LOCK, {})
    with transaction():
        db.session.execute(update(UserSession).values(judged_at=clock.now(), confirmed_at=clock.now()))
    assert judge.get(address).status == 423


def test_locking_by_hand_locks_this_browser_alone(acting_as, judge, address):
    own = acting_as("juri")
    judge.save(LOCK, {})
    assert (judge.get(address).status, own.get(address).status) == (423, 200)
    assert acting_as(None).save(LOCK, {}).status == 401


def test_telling_again_of_the_lock_keeps_no_session_alive(judge):
    ago = clock.now() - timedelta(minutes=30)
    with transaction():
        db.session.execute(update(UserSession).values(seen_at=ago))
    judge.post(LOCK, {}, headers=FETCH | {"X-Retry": "1"})
    db.session.rollback()
    assert db.session.scalars(select(UserSession.seen_at)).one() == ago
