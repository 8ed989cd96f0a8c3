"""Links on paper: whose, on whose word, and what is left behind."""

import io
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
import segno
from sqlalchemy import func, select, update

from kbk import clock
from kbk.accounts import service as accounts
from kbk.accounts.link_papers import LinkStrip, render_strips
from kbk.accounts.links import invitation_link
from kbk.accounts.models import Invitation, UserSession
from kbk.accounts.queries import open_invitations
from kbk.audit.models import AuditRow
from kbk.db import db, transaction
from kbk.groups import service
from kbk.jobs.models import Job
from kbk.judging.service import add_judge
from kbk.policy import Actor, MemberRole
from tests.cast import PASSWORD

ORGANISER = Actor(1, "Panitia", organiser=True)
URL = "https://kbk.example.go.id/undangan/Ukcg48QZaaHFc403.k1mI4HX0wq3OZ3S0mQ2o3N5pBq9RzYl1A_9dC2pKmVY"


def text_of(pdf: bytes) -> str:
    """The words on all pages, without the breaks of lines."""
    return " ".join(
        "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)).split()
    )


def codes_in(pdf: bytes) -> list[list[list[bool]]]:
    """The QR codes on all pages as rows of dark modules."""
    found = []
    for page in pikepdf.open(io.BytesIO(pdf)).pages:
        for picture in page.get_images().values():
            image = pikepdf.PdfImage(picture).as_pil_image().convert("L")
            middles = range(5, image.width, 10)
            found.append([[image.getpixel((x, y)) < 128 for x in middles] for y in middles])
    return found


@pytest.fixture
def leaders(cast):
    """Ana of Rukun with a link, Beni of Rukun without one; Sigap's people have passwords."""
    with transaction():
        people = [
            service.add_member(ORGANISER, cast.group("Rukun"), name=name, role=role, now=clock.now())
            for name, role in (("Ana", MemberRole.KETUA), ("Beni", MemberRole.ANGGOTA))
        ]
        service.invite_member(ORGANISER, people[0], clock.now())
    return people


@pytest.fixture
def judge(cast):
    """A judge who has just been added and has a link."""
    with transaction():
        user = accounts.add_user(ORGANISER, name="Dr. Baru Juri", now=clock.now())
        added = add_judge(
            ORGANISER, cast.competition(), user, institution="Universitas Contoh", now=clock.now()
        )
        accounts.invite(ORGANISER, user, clock.now())
    return added


def _url(cast, page="undangan/cetak"):
    return f"/panitia/gelar/{cast.competition().public_id}/{page}"


def _link(app, person) -> str:
    invitation = open_invitations([person.user_id], clock.now())[person.user_id]
    with app.test_request_context():
        return invitation_link(invitation, "gelar").url


def _rows(action="link-printed"):
    query = select(AuditRow).where(AuditRow.action == action).order_by(AuditRow.id)
    return [(row.actor_name, row.detail) for row in db.session.scalars(query)]


def test_a_strip_holds_name_address_and_a_code_of_the_same_address():
    pdf = render_strips(
        "Gelar 2024", [LinkStrip("Ana", ("Ketua KBK Rukun",), URL, "2 Agustus 2024 pukul 10.42 WIB")]
    )
    words = text_of(pdf)
    assert "Kepada Yth. Ana Ketua KBK Rukun" in words
    assert "Berlaku sampai 2 Agustus 2024 pukul 10.42 WIB, satu kali pakai." in words
    assert URL in words.replace(" ", "")
    (code,) = codes_in(pdf)
    assert code == [
        [bool(dot) for dot in row] for row in segno.make(URL, error="m", micro=False, mask=2).matrix
    ]


def test_four_strips_stand_on_a_sheet_and_the_longest_names_fit():
    name, group, unit = "Dra. Raden " + "Nama " * 21, "Ketua KBK " + "Panjang " * 15, "Dinas " * 25
    strips = [
        LinkStrip(f"{name}a{n}", (f"{group}b{n}", f"{unit}c{n}"), f"{URL}{n}", "besok") for n in range(9)
    ]
    document = pypdfium2.PdfDocument(render_strips("Gelar " * 10, strips))
    assert [page.get_size() for page in document] == [pytest.approx((595.3, 841.9), abs=0.1)] * 3
    for number in range(9):
        page, bottom = document[number // 4], 841.9 - 74.2 * 72 / 25.4 * (number % 4 + 1)
        strip = page.get_textpage().get_text_bounded(bottom=bottom, top=bottom + 74.2 * 72 / 25.4)
        words = " ".join(strip.split())
        for wanted in (f"a{number}", f"b{number}", f"c{number}", "beri tahu panitia."):
            assert wanted in words
        assert f"{URL}{number}" in words.replace(" ", "")


def test_open_links_of_people_without_a_password_are_printed_as_they_are(app, acting_as, cast, leaders):
    browser, url = acting_as("panitia"), _link(app, leaders[0])
    page = browser.get(_url(cast))
    assert "1 tautan siap dicetak" in page.words()
    answer = browser.post(_url(cast))
    assert (answer.status, answer.response.mimetype) == (200, "application/pdf")
    assert answer.response.headers["Cache-Control"] == "no-store"
    words = text_of(answer.response.data)
    assert url in words.replace(" ", "")
    assert words.count("rahasia") == 1
    assert _link(app, leaders[0]) == url
    assert _rows() == [("Sri Panitia, S.Sos.", {"name": "Ana", "group": "Rukun"})]
    assert db.session.scalars(
        select(Invitation.handed_at).where(Invitation.user_id == leaders[0].user_id)
    ).all() == [None]


def test_nothing_of_a_print_is_kept(app, acting_as, cast, leaders):
    token = _link(app, leaders[0]).rsplit("/", 1)[-1]
    acting_as("panitia").post(_url(cast))
    assert db.session.scalar(select(func.count(Job.id))) == 0
    assert token not in str(_rows())


def test_accounts_in_use_and_the_committee_are_never_printed(acting_as, cast, leaders):
    with transaction():
        service.invite_member(ORGANISER, cast.group("Sigap").members[0], clock.now())
        user = db.session.get_one(type(cast.user("panitia")), leaders[0].user_id)
        user.is_organiser = True
    page = acting_as("panitia").get(_url(cast))
    assert "Ani Ketua" not in page.words()
    assert "tautan siap dicetak" not in page.words()
    refused = acting_as("panitia").post(_url(cast))
    assert refused.status == 409
    assert "Tidak ada tautan yang berlaku untuk dicetak." in refused.words()


def test_printing_asks_for_the_password_after_five_minutes(acting_as, cast, leaders):
    browser = acting_as("panitia")
    with transaction():
        db.session.execute(update(UserSession).values(confirmed_at=clock.now() - timedelta(minutes=6)))
    for typed in ({}, {"password": "bukan ini sama sekali"}):
        page = browser.post(_url(cast), typed)
        assert (page.status, _rows()) == (400, [])
    assert browser.post(_url(cast), {"password": PASSWORD}).response.mimetype == "application/pdf"


def test_the_list_is_the_one_that_was_filtered(acting_as, cast, leaders):
    words = acting_as("panitia").get(f"{_url(cast)}?cari=beni").words()
    assert "Beni" in words
    assert "Ana" not in words
    assert "1 orang tanpa tautan yang berlaku" in words


def test_links_are_made_for_those_without_one_and_the_others_stay(app, acting_as, cast, leaders):
    browser, url = acting_as("panitia"), _link(app, leaders[0])
    answer = browser.post(_url(cast, "undangan/cetak/baru?cari=rukun"))
    assert answer.location == f"{_url(cast)}?cari=rukun"
    assert "1 tautan baru dibuat." in browser.get(answer.location).words()
    assert _link(app, leaders[0]) == url
    assert _link(app, leaders[1]) != url


def test_new_links_for_all_end_what_was_printed(app, acting_as, cast, leaders):
    browser, url = acting_as("panitia"), _link(app, leaders[0])
    browser.post(_url(cast, "undangan/cetak/baru"), {"semua": "ya"})
    assert _link(app, leaders[0]) != url
    assert "sudah diganti" in acting_as(None).get(url.removeprefix("http://localhost")).words()
    assert acting_as(None).get(_link(app, leaders[1]).removeprefix("http://localhost")).status == 200


def test_a_person_who_cannot_get_a_link_is_named_and_the_others_get_theirs(app, acting_as, cast, leaders):
    with transaction():
        cast.user("juri").nip = leaders[1].nip = "197001011990031001"
    browser = acting_as("panitia")
    browser.post(_url(cast, "undangan/cetak/baru"), {"semua": "ya"})
    words = browser.get(_url(cast)).words()
    assert "NIP Beni sudah dipakai akun lain." in words
    assert "1 tautan baru dibuat." in words


def test_judges_without_a_password_get_strips_too(app, acting_as, cast, judge):
    browser, url = acting_as("panitia"), _link(app, judge)
    assert "Cetak tautan" in browser.get(_url(cast, "juri")).words()
    words = text_of(browser.post(_url(cast, "juri/cetak")).response.data)
    assert "Kepada Yth. Dr. Baru Juri Juri Universitas Contoh" in words
    assert url in words.replace(" ", "")
    assert words.count("rahasia") == 1
    assert _rows() == [("Sri Panitia, S.Sos.", {"name": "Dr. Baru Juri"})]
    browser.post(_url(cast, "juri/cetak/baru"), {"semua": "ya"})
    assert _link(app, judge) != url
