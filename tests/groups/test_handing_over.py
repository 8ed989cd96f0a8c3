"""The committee notes which links were handed over, and finds those that are not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kbk import clock
from kbk.accounts import service as accounts
from kbk.accounts.models import Invitation
from kbk.audit.models import AuditRow
from kbk.db import db, transaction
from kbk.groups import queries, service
from kbk.judging.service import add_judge
from kbk.policy import Actor, MemberRole

ORGANISER = Actor(1, "Panitia", organiser=True)


@pytest.fixture
def invited(cast):
    """Ana, Beni and Citra of Rukun with a link each."""
    with transaction():
        people = [
            service.add_member(
                ORGANISER,
                cast.group("Rukun"),
                name=name,
                role=MemberRole.KETUA if name == "Ana" else MemberRole.ANGGOTA,
                now=clock.now(),
            )
            for name in ("Ana", "Beni", "Citra")
        ]
        for member in people:
            service.invite_member(ORGANISER, member, clock.now())
    return people


def _url(cast, page=""):
    return f"/panitia/gelar/{cast.competition().public_id}/undangan{page}"


def _person_url(member, page="undangan"):
    return f"/panitia/anggota/{member.public_id}/{page}"


def _listed(page):
    return [_name(row) for row in page.tree.iterfind(".//tbody/tr")]


def _name(row):
    return (
        "".join(row.find(".//th/div").itertext())
        .strip()
        .removesuffix("Ketua")
        .removesuffix("Anggota")
        .strip()
    )


def _links(member):
    query = select(Invitation).where(Invitation.user_id == member.user_id).order_by(Invitation.id)
    return [(link.handed_at is not None, link.handed_by_id) for link in db.session.scalars(query)]


def _noted(action="link-handed-over"):
    query = select(AuditRow).where(AuditRow.action == action).order_by(AuditRow.id)
    return [row.detail["name"] for row in db.session.scalars(query)]


def test_a_link_noted_as_handed_over_leads_to_the_next(acting_as, cast, invited):
    browser, panitia = acting_as("panitia"), cast.user("panitia").id
    ana, beni, citra = invited
    assert "Penyerahan: tautan belum diserahkan" in browser.get(_person_url(ana)).words()
    assert browser.post(_person_url(ana, "diserahkan")).location == _person_url(beni)
    assert _links(ana) == [(True, panitia)]
    words = browser.get(_person_url(beni)).words()
    assert "Tautan Ana ditandai sudah diserahkan. Berikutnya: Beni." in words
    assert "oleh Sri Panitia, S.Sos." in browser.get(_person_url(ana)).words()
    assert browser.post(_person_url(citra, "diserahkan")).location == _url(cast)
    assert queries.next_to_hand_over(cast.competition(), clock.now()) == beni
    assert _noted() == ["Ana", "Citra"]


def test_noting_twice_is_noting_once_and_can_be_taken_back(acting_as, invited):
    browser, ana = acting_as("panitia"), invited[0]
    for _time in range(2):
        assert browser.post(_person_url(ana, "diserahkan")).status == 302
    assert _noted() == ["Ana"]
    for _time in range(2):
        assert browser.post(_person_url(ana, "diserahkan"), {"batal": "ya"}).location == _person_url(ana)
    assert _links(ana) == [(False, None)]
    assert _noted("link-not-handed-over") == ["Ana"]


def test_ticked_links_are_noted_and_the_list_stays_as_asked(acting_as, cast, invited):
    browser = acting_as("panitia")
    ids = [member.public_id for member in invited[:2]]
    answer = browser.post(f"{_url(cast, '/diserahkan')}?penyerahan=belum&cari=rukun", {"orang": ids})
    assert answer.location == f"{_url(cast)}?cari=rukun&penyerahan=belum"
    page = browser.get(answer.location)
    assert "2 tautan ditandai sudah diserahkan." in page.words()
    assert _listed(page) == ["Citra"]
    assert _listed(browser.get(f"{_url(cast)}?penyerahan=sudah")) == ["Ana", "Beni"]
    assert "Tautan belum diserahkan1" in page.words().replace("diserahkan 1", "diserahkan1")
    ticks = [box.get("value") for box in page.tree.iter("input") if box.get("name") == "orang"]
    assert ticks == [invited[2].public_id]
    assert _noted() == ["Ana", "Beni"]


def test_nothing_ticked_is_said(acting_as, cast, invited):
    browser = acting_as("panitia")
    assert "Centang dahulu orang" in browser.get(browser.post(_url(cast, "/diserahkan")).location).words()
    assert _noted() == []


def test_a_new_link_is_to_be_handed_over_again(acting_as, cast, invited):
    browser, ana = acting_as("panitia"), invited[0]
    browser.post(_person_url(ana, "diserahkan"))
    browser.post(_person_url(ana, "undang"))
    assert _links(ana) == [(True, cast.user("panitia").id), (False, None)]
    assert queries.links_to_hand_over(cast.competition(), clock.now()) == 3


def test_a_mailed_link_need_not_be_handed_over(acting_as, cast, invited):
    ana, now = invited[0], clock.now()
    with transaction():
        db.session.scalars(select(Invitation).where(Invitation.user_id == ana.user_id)).one().mailed_at = now
    assert queries.links_to_hand_over(cast.competition(), now) == 2
    assert "surel terkirim" in acting_as("panitia").get(f"{_url(cast)}?penyerahan=sudah").words()


def test_a_link_that_no_longer_counts_cannot_have_been_handed_over(acting_as, cast, invited):
    with transaction():
        for link in db.session.scalars(select(Invitation)):
            link.expires_at = clock.now() - timedelta(seconds=1)
    browser = acting_as("panitia")
    refused = browser.post(_person_url(invited[0], "diserahkan"))
    assert refused.status == 409
    assert "Buat tautan baru dahulu." in refused.words()
    assert browser.post(_url(cast, "/diserahkan"), {"orang": invited[0].public_id}).status == 409
    assert queries.links_to_hand_over(cast.competition(), clock.now()) == 0


def test_the_overview_leads_to_links_that_wait(acting_as, cast, invited):
    with transaction():
        for stage in cast.competition().stages:
            stage.state = "planned"
    words = acting_as("panitia").get(_url(cast).removesuffix("/undangan")).words()
    assert "Serahkan tautan undangan 3 tautan sudah dibuat tetapi belum ditandai diserahkan." in words


@pytest.fixture
def judges(cast):
    """Two new judges with a link each."""
    with transaction():
        added = []
        for name in ("Aa Juri Baru", "Zz Juri Baru"):
            user = accounts.add_user(ORGANISER, name=name, now=clock.now())
            added.append(add_judge(ORGANISER, cast.competition(), user, institution="Univ", now=clock.now()))
            accounts.invite(ORGANISER, user, clock.now())
    return added


def _judge_url(judge, page=""):
    return f"/panitia/juri/{judge.public_id}{page}"


def test_judges_links_are_noted_one_after_the_other(acting_as, cast, judges):
    browser, (first, last) = acting_as("panitia"), judges
    listing = f"/panitia/gelar/{cast.competition().public_id}/juri"
    assert "Penyerahan: tautan belum diserahkan" in browser.get(_judge_url(first)).words()
    assert browser.post(_judge_url(first, "/diserahkan")).location == _judge_url(last)
    assert browser.post(_judge_url(last, "/diserahkan")).location == listing
    assert "oleh Sri Panitia, S.Sos." in browser.get(listing).words()
    assert browser.post(_judge_url(last, "/diserahkan"), {"batal": "ya"}).location == _judge_url(last)
    assert (_links(first), _links(last)) == ([(True, cast.user("panitia").id)], [(False, None)])
    assert _noted() == ["Aa Juri Baru", "Zz Juri Baru"]


def test_ticked_judges_are_noted_and_only_those_of_the_edition(acting_as, cast, judges, invited):
    browser = acting_as("panitia")
    listing = f"/panitia/gelar/{cast.competition().public_id}/juri"
    page = browser.get(listing)
    ticks = [box.get("value") for box in page.tree.iter("input") if box.get("name") == "orang"]
    assert ticks == [judge.public_id for judge in judges]
    browser.post(f"{listing}/diserahkan", {"orang": [*ticks, invited[0].public_id]})
    assert _noted() == ["Aa Juri Baru", "Zz Juri Baru"]
    assert "2 tautan ditandai sudah diserahkan." in browser.get(listing).words()


def test_links_of_the_committee_are_noted_on_its_page(acting_as, cast):
    with transaction():
        person = accounts.add_organiser(ORGANISER, name="Panitia Baru", judges=[], now=clock.now())
        accounts.invite(ORGANISER, person, clock.now())
    browser, url = acting_as("panitia"), f"/panitia/orang/{person.public_id}/diserahkan"
    assert "tautan belum diserahkan" in browser.get("/panitia/orang").words()
    assert browser.post(url).location == "/panitia/orang"
    assert "oleh Sri Panitia, S.Sos." in browser.get("/panitia/orang").words()
    browser.post(url, {"batal": "ya"})
    assert (_noted(), _noted("link-not-handed-over")) == (["Panitia Baru"], ["Panitia Baru"])
