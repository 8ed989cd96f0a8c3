"""Bringing people into the program: link, QR code, WhatsApp, all ketua at once."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select

from kbk import clock
from kbk.accounts.links import invitation_link
from kbk.accounts.models import Invitation, User
from kbk.accounts.queries import open_invitations
from kbk.db import db, transaction
from kbk.errors import NotAllowed
from kbk.groups import queries, service
from kbk.groups.models import Member
from kbk.groups.rules import InvitationState
from kbk.policy import Actor, MemberRole

ORGANISER = Actor(1, "Panitia", organiser=True)
NIP = "199001012015011001"


@pytest.fixture
def leader(cast):
    """The ketua of Rukun, never invited."""
    return _add(cast, "Rukun", "Sri Ketua, S.E.", MemberRole.KETUA, nip=NIP, phone="081234567890")


def _add(cast, group, name, role=MemberRole.ANGGOTA, **values):
    with transaction():
        return service.add_member(
            ORGANISER, cast.group(group), name=name, role=role, now=clock.now(), **values
        )


def _url(cast):
    return f"/panitia/gelar/{cast.competition().public_id}/undangan"


def _person_url(member, page="undangan"):
    return f"/panitia/anggota/{member.public_id}/{page}"


def test_everybody_stands_somewhere(cast, leader):
    now = clock.now()
    late = _add(cast, "Rukun", "Tono Terlambat")
    invited = _add(cast, "Rukun", "Wawan Diundang")
    with transaction():
        service.invite_member(ORGANISER, late, now - timedelta(days=9))
        service.invite_member(ORGANISER, invited, now)
    assert queries.invitation_counts(cast.competition(), now) == {
        InvitationState.NOT_INVITED: 1,
        InvitationState.INVITED: 1,
        InvitationState.EXPIRED: 1,
        InvitationState.SIGNED_UP: 4,
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("keadaan=belum-diundang", {"Sri Ketua, S.E."}),
        ("peran=fasilitator", {"Dra. Tuti Fasilitator, M.Si."}),
        ("cari=miroto", {"Sri Ketua, S.E."}),
        ("cari=ma'ruf&keadaan=sudah-masuk", {"Ma'ruf Ketua Lain"}),
        ("cari=tidak-ada", set()),
    ],
)
def test_the_list_is_searched_and_filtered(acting_as, cast, leader, query, names):
    page = acting_as("panitia").get(f"{_url(cast)}?{query}")
    found = {row.find(".//th/div").text.strip() for row in page.tree.iterfind(".//tbody/tr")}
    assert found == names


def test_an_invitation_is_handed_over_in_three_ways(app, acting_as, cast, leader):
    browser = acting_as("panitia")
    assert browser.post(_person_url(leader, "undang")).location == _person_url(leader)
    page = browser.get(_person_url(leader))
    invitation = open_invitations([leader.user_id], clock.now())[leader.user_id]
    with app.test_request_context():
        link = invitation_link(invitation, cast.competition().name)
    assert f'value="{link.url}"' in page.text
    assert f"https://wa.me/6281234567890?text={quote(link.message)}" in page.text
    assert "data:image/svg+xml" in page.tree.find(".//figure//img").get("src")
    token = link.url.rsplit("/", 1)[-1]
    assert acting_as(None).get(f"/undangan/{token}").heading == "Selamat datang"
    assert db.session.get_one(User, leader.user_id).nip == NIP


def test_links_are_handed_over_one_after_the_other(acting_as, cast, leader):
    last = _add(cast, "Rukun", "Wawan Diundang")
    _add(cast, "Rukun", "Yuni Belum Diundang")
    with transaction():
        for member in (leader, last):
            service.invite_member(ORGANISER, member, clock.now())
    browser = acting_as("panitia")
    assert queries.next_to_hand_over(cast.competition(), clock.now(), leader) == last
    page = browser.get(f"{_url(cast)}?keadaan=diundang")
    first = [
        a.get("href")
        for a in page.tree.iter("a")
        if "".join(a.itertext()).strip() == "Serahkan satu per satu"
    ]
    assert first == [_person_url(leader)]
    words = "Lihat tautan berikutnya: Wawan Diundang"
    (onward,) = [a for a in browser.get(first[0]).tree.iter("a") if a.get("aria-label") == words]
    assert onward.get("href") == _person_url(last)
    assert "Lihat tautan berikutnya" not in browser.get(_person_url(last)).words()


def test_a_new_link_replaces_the_old_one(acting_as, leader):
    browser = acting_as("panitia")
    for _time in range(2):
        browser.post(_person_url(leader, "undang"))
    invitations = db.session.scalars(select(Invitation).where(Invitation.user_id == leader.user_id)).all()
    assert [invitation.revoked_at is None for invitation in invitations] == [False, True]


def test_all_leaders_are_invited_at_once(acting_as, cast, leader):
    _add(cast, "Prima", "Dewi Ketua", MemberRole.KETUA)
    browser = acting_as("panitia")
    assert "Undang 2 ketua yang belum diundang" in browser.get(_url(cast)).words()
    answer = browser.post(f"{_url(cast)}/ketua")
    assert answer.location == f"{_url(cast)}?peran=ketua&keadaan=diundang"
    words = browser.get(answer.location).words()
    assert "2 ketua telah diundang." in words
    assert "Dewi Ketua" in words
    browser.post(f"{_url(cast)}/ketua")
    assert "Semua ketua sudah diundang." in browser.get(_url(cast)).words()


def test_a_person_with_an_account_is_recognised_by_nip_and_name(acting_as, cast, leader):
    with transaction():
        user = cast.user("pengguna")
        user.nip, user.name = NIP, "SRI KETUA, S.E."
    page = acting_as("panitia").post(_person_url(leader, "undang"))
    assert page.location == _person_url(leader)
    assert db.session.get_one(Member, leader.id).user_id == cast.user("pengguna").id
    assert open_invitations([cast.user("pengguna").id], clock.now()) == {}


def test_a_nip_alone_opens_nobody_elses_account(acting_as, cast, leader):
    with transaction():
        cast.user("juri").nip = NIP
    page = acting_as("panitia").post(_person_url(leader, "undang"))
    assert page.status == 409
    assert "NIP Sri Ketua, S.E. sudah dipakai akun lain." in page.words()
    assert db.session.get_one(Member, leader.id).user_id is None


def test_the_committees_accounts_get_no_link_through_a_group(cast, leader):
    with transaction():
        user = cast.user("panitia")
        user.nip, user.name = NIP, leader.name
    with pytest.raises(NotAllowed):
        service.invite_member(ORGANISER, leader, clock.now())


def test_a_forgotten_password_link_goes_to_the_accounts_own_number(acting_as, cast):
    member = db.session.scalars(select(Member).where(Member.name == "Joko Anggota")).one()
    with transaction():
        member.phone = "089999999999"
        cast.user("anggota").phone = "081111111111"
    browser = acting_as("panitia")
    assert "Joko Anggota sudah mempunyai kata sandi." in browser.get(_person_url(member)).words()
    browser.post(_person_url(member, "undang"))
    text = browser.get(_person_url(member)).text
    assert "wa.me/6281111111111?" in text
    assert "wa.me/6289999999999" not in text
