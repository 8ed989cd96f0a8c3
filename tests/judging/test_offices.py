"""Committee and panel are kept apart: who sees all marks does not give any."""

import pytest
from sqlalchemy import select

from kbk import clock
from kbk.accounts.commands import add_organiser
from kbk.accounts.models import User
from kbk.accounts.rules import Person, SittingJudge, check_may_organise
from kbk.accounts.service import add_user
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.errors import Closed, InvalidInput, NotAllowed
from kbk.judging import queries, rules, service
from kbk.judging.panels import sitting_judges
from tests.judging.conftest import COMPLETE

NOW = clock.now()
SRI = Person("Sri Panitia, S.Sos.", None, "sri@kota.example", "08123456789")


@pytest.fixture
def panitia(acting_as):
    """The organiser's browser."""
    return acting_as("panitia")


def organise(cast, username: str) -> None:
    """Let somebody belong to the committee, as earlier versions allowed."""
    with transaction():
        cast.user(username).is_organiser = True


@pytest.mark.parametrize(
    "other",
    [
        Person("sri panitia, s.sos."),
        Person("Sri P.", None, "SRI@kota.example"),
        Person("Sri P.", None, None, "+62 812-3456-789"),
    ],
)
def test_one_person_named_twice_is_recognised(other):
    assert SRI.is_like(other)
    with pytest.raises(
        NotAllowed, match=r"tidak dapat menjadi juri, karena Sri Panitia, S\.Sos\. adalah panitia"
    ):
        rules.check_may_judge(other, [SRI])
    with pytest.raises(NotAllowed, match="adalah juri Gelar 2024 dan panitia melihat nilai semua juri"):
        check_may_organise(other, [SittingJudge(SRI, "Gelar 2024")])


@pytest.mark.parametrize("other", [Person("Sri Panitia"), Person("Budi", "1", "budi@kota.example", "0811")])
def test_two_people_are_not_taken_for_one(other):
    assert not SRI.is_like(other)
    rules.check_may_judge(other, [SRI])
    check_may_organise(other, [SittingJudge(SRI, "Gelar 2024")])


def test_one_of_the_committee_is_not_added_as_judge(actor, cast):
    with pytest.raises(NotAllowed, match="halaman Panitia"):
        service.add_judge(
            actor("panitia"), cast.competition(), cast.user("panitia"), institution="BPKP", now=NOW
        )


def test_the_page_of_a_new_judge_tells_why_and_keeps_what_was_typed(panitia, cast):
    address = f"/panitia/gelar/{cast.competition().public_id}/juri/baru"
    page = panitia.post(address, {"name": "Sri  Panitia, S.Sos.", "institution": "BPKP"})
    assert page.status == 400
    assert any("tidak dapat menjadi juri" in error for error in page.errors())
    assert page.fields(form_action="")["institution"] == "BPKP"
    assert len(queries.judges(cast.competition())) == 3
    assert db.session.scalars(select(User).where(User.name == "Sri Panitia, S.Sos.")).one().is_organiser


def test_a_judge_is_not_added_to_the_committee(panitia):
    page = panitia.post("/panitia/orang", {"name": "Dr. Rahmat Juri, M.M."})
    assert page.status == 400
    assert any("tunggu sampai hasil semua tahapnya ditetapkan" in error for error in page.errors())
    assert page.fields(form_action="")["name"] == "Dr. Rahmat Juri, M.M."
    assert [user.name for user in db.session.scalars(select(User).where(User.is_organiser))] == [SRI.name]


def test_the_command_refuses_a_judge_too(app):
    answer = app.test_cli_runner().invoke(add_organiser, ["Dr. Rahmat Juri, M.M."])
    assert answer.exit_code == 1
    assert "tidak dapat menjadi panitia" in answer.output
    answer = app.test_cli_runner().invoke(add_organiser, ["Rahmat Lain, S.E."])
    assert (answer.exit_code, "/undangan/" in answer.output) == (0, True)


def test_after_the_edition_a_judge_may_join_the_committee(panitia, cast):
    assert len(sitting_judges()) == 3
    with transaction():
        for stage in cast.competition().stages:
            stage.state = StageState.PUBLISHED
    assert sitting_judges() == []
    assert panitia.post("/panitia/orang", {"name": "Dr. Rahmat Juri, M.M."}).status == 302


def test_whoever_is_both_already_gives_no_marks(actor, cast, acting_as):
    organise(cast, "juri")
    sheet = cast.sheet("juri", "Cepat")
    with pytest.raises(Closed, match="Anda juga panitia"):
        service.save_sheet(actor("juri"), sheet, COMPLETE, "", 1, NOW)
    page = acting_as("juri").get(f"/juri/lembar/{sheet.public_id}")
    assert "Anda juga panitia" in page.words()
    assert "simpan" not in {form.get("action", "").rsplit("/", 1)[-1] for form in page.tree.iter("form")}
    assert acting_as("juri").get(f"/juri/lembar/{sheet.public_id}/tanda-tangan").status == 302
    judges = acting_as("panitia").get(f"/panitia/gelar/{cast.competition().public_id}/juri")
    assert judges.words().count("juga panitia, tidak dapat menilai") == 1


def test_whoever_is_both_already_gets_no_more_sheets(actor, cast):
    organise(cast, "juri-lain")
    with transaction():
        db.session.delete(cast.sheet("juri-lain", "Cepat"))
    with pytest.raises(NotAllowed, match="tidak dapat menjadi juri"):
        service.appoint(actor("panitia"), cast.entry("Cepat"), cast.judge("juri-lain"), NOW)
    with pytest.raises(InvalidInput, match="KBK Cepat hanya dapat dinilai oleh 1 juri, padahal diminta 2"):
        service.share_out(actor("panitia"), cast.stage(1), 2, NOW)


def test_a_former_member_of_the_committee_may_judge(actor, cast):
    with transaction():
        user = add_user(None, name="Bekas Panitia, S.E.", is_organiser=True, now=NOW)
    with pytest.raises(NotAllowed, match="panitia melihat nilai"):
        service.add_judge(actor("panitia"), cast.competition(), user, institution="BPKP", now=NOW)
    with transaction():
        user.is_organiser = False
        judge = service.add_judge(actor("panitia"), cast.competition(), user, institution="BPKP", now=NOW)
    assert judge.user.name == "Bekas Panitia, S.E."
