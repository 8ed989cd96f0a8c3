"""The password again before a sheet is locked: on a shared tablet nobody signs in somebody else's name."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from kbk import clock
from kbk.accounts.models import FailedSignIn, UserSession
from kbk.accounts.service import PASSWORDS
from kbk.db import db, transaction
from kbk.judging import service
from tests.cast import PASSWORD
from tests.judging.conftest import COMPLETE


@pytest.fixture
def address(cast, actor):
    """A sheet of juri with all its marks."""
    sheet = cast.sheet("juri", "Cepat")
    with transaction():
        service.save_sheet(actor("juri"), sheet, COMPLETE, "Bagus.", 1, clock.now())
    return f"/juri/lembar/{sheet.public_id}"


@pytest.fixture
def judge(acting_as):
    """Juri, who signed in six minutes ago and has been at work since."""
    browser = acting_as("juri")
    with transaction():
        db.session.execute(update(UserSession).values(confirmed_at=clock.now() - timedelta(minutes=6)))
    return browser


def signed(cast) -> bool:
    return cast.sheet("juri", "Cepat").signed_at is not None


def password_fields(page) -> list[str]:
    """The password fields outside the question of a locked page."""
    forms = [form for form in page.tree.iter("form") if form.get("action") != "/buka-kunci"]
    fields = [field for form in forms for field in form.iter("input")]
    return [field.get("name") for field in fields if field.get("type") == "password"]


def test_right_after_signing_in_nothing_is_asked_again(acting_as, address, cast):
    judge = acting_as("juri")
    assert password_fields(judge.get(f"{address}/tanda-tangan")) == []
    assert judge.post(f"{address}/tanda-tangan", {"version": "2"}).status == 302
    assert signed(cast)


def test_after_a_while_the_password_locks_the_sheet(judge, address, cast):
    assert password_fields(judge.get(f"{address}/tanda-tangan")) == ["password"]
    answer = judge.post(f"{address}/tanda-tangan", {"version": "2", "password": PASSWORD})
    assert (answer.status, answer.location) == (302, "/juri")
    assert signed(cast)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({}, "Ketik kata sandi Anda"), ({"password": "bukan ini sama sekali"}, "Kata sandi tidak cocok.")],
)
def test_without_the_right_password_nothing_is_locked_or_lost(judge, address, cast, typed, sentence):
    page = judge.post(f"{address}/tanda-tangan", {"version": "2"} | typed)
    assert page.status == 400
    assert any(sentence in error for error in page.errors())
    assert "82,75 dari 100" in page.words()
    assert page.fields(form_action="")["version"] == "2"
    assert not signed(cast)
    assert cast.sheet("juri", "Cepat").comment == "Bagus."


def test_a_typed_password_is_good_for_the_next_sheets(judge, address, cast, actor):
    judge.post(f"{address}/tanda-tangan", {"version": "2", "password": PASSWORD})
    with transaction():
        service.reopen_sheet(actor("panitia"), cast.sheet("juri", "Cepat"), "Keliru", clock.now())
    version = cast.sheet("juri", "Cepat").version
    assert judge.post(f"{address}/tanda-tangan", {"version": str(version)}).status == 302
    assert signed(cast)


def test_saving_marks_needs_no_password(judge, address):
    assert judge.save(f"{address}/simpan", {"version": "2", "nilai-s01": "9"}).status == 200


def test_guessing_the_password_is_slowed_down_like_signing_in(judge, address, cast):
    wrong = {"version": "2", "password": "bukan ini sama sekali"}
    pages = [judge.post(f"{address}/tanda-tangan", wrong) for _time in range(7)]
    assert ["Coba lagi dalam" in page.words() for page in pages] == [False] * 5 + [True] * 2
    assert db.session.scalar(select(func.count(FailedSignIn.id))) == 5
    page = judge.post(f"{address}/tanda-tangan", {"version": "2", "password": PASSWORD})
    assert page.status == 400
    assert not signed(cast)


def test_the_password_of_somebody_else_does_not_help(judge, address, cast):
    with transaction():
        cast.user("juri").password_hash = PASSWORDS.hash("kata sandi juri sendiri")
    page = judge.post(f"{address}/tanda-tangan", {"version": "2", "password": PASSWORD})
    assert page.status == 400
    assert not signed(cast)
