"""What is refused leaves a line: in the log always, in the trail where it concerns somebody known."""

import logging
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from kbk import clock
from kbk.accounts import service
from kbk.accounts.links import invitation_link
from kbk.accounts.models import Invitation
from kbk.audit.models import AuditRow
from kbk.audit.trail import MOST_REFUSALS_AN_HOUR, REFUSALS, broken_links, record_refusal
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from tests.cast import PASSWORD


@pytest.fixture(autouse=True)
def heard(caplog):
    """Everything the program logs."""
    caplog.set_level(logging.INFO, logger="kbk")


def refused() -> list[tuple[str, str, dict[str, object]]]:
    """Who was refused what, in the trail's order."""
    rows = db.session.scalars(
        select(AuditRow).where(AuditRow.action.in_(REFUSALS)).order_by(AuditRow.id)
    ).all()
    assert list(broken_links()) == []
    return [(row.actor_name, row.action, row.detail) for row in rows]


def lines(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "kbk.web.refusals"]


def test_a_request_without_right_is_in_the_trail_and_in_the_log(acting_as, cast, caplog):
    address = f"/kelompok/{cast.group('Cepat').public_id}"
    stranger = acting_as("ketua")
    assert stranger.get(address).status == 404
    assert stranger.post(f"{address}/ubah", {"name": "Lain"}).status == 404
    assert stranger.get("/panitia").status == 403
    assert refused() == [
        ("Ani Ketua, S.Kom.", "request-refused", {"page": f"membuka {address}"}),
        ("Ani Ketua, S.Kom.", "request-refused", {"page": f"mengirim ke {address}/ubah"}),
        ("Ani Ketua, S.Kom.", "request-refused", {"page": "membuka /panitia"}),
    ]
    person = cast.user("ketua").id
    assert lines(caplog)[0] == f"no right: GET {address!r} by person {person} from 127.0.0.1"
    assert len(lines(caplog)) == 3


def test_a_stranger_fills_the_log_and_never_the_trail(acting_as, cast, caplog):
    visitor = acting_as(None)
    for _time in range(30):
        assert visitor.post(f"/kelompok/{cast.group('Cepat').public_id}/ubah").status == 401
        assert visitor.get("/panitia").status == 302
    assert refused() == []
    assert len(lines(caplog)) == 30
    assert "by a visitor from 127.0.0.1" in lines(caplog)[0]


def test_the_same_again_is_noted_once_an_hour_but_always_logged(acting_as, cast, caplog):
    for _time in range(5):
        acting_as("ketua").get("/panitia")
    assert (len(refused()), len(lines(caplog))) == (1, 5)
    with transaction():
        later = clock.now() + timedelta(minutes=61)
        record_refusal(
            None, "request-refused", user_id=cast.user("ketua").id, now=later, page="membuka /panitia"
        )
    assert len(refused()) == 2


def test_one_person_cannot_drown_the_trail(cast):
    person, now = cast.user("ketua").id, clock.now()
    for number in range(MOST_REFUSALS_AN_HOUR + 10):
        with transaction():
            record_refusal(None, "request-refused", user_id=person, now=now, page=f"GET /{number}")
    assert len(refused()) == MOST_REFUSALS_AN_HOUR


@pytest.mark.parametrize("action", ["simpan", "tanda-tangan"])
def test_a_replay_after_closing_changes_nothing_and_is_noted(acting_as, cast, action):
    address = f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}/{action}"
    judge = acting_as("juri")
    with transaction():
        cast.stage(1).state = StageState.CLOSED
    sent = {"version": "1", "nilai-s01": "9"}
    assert judge.save(address, sent).status == 409
    assert judge.post(address, sent).status == 409
    assert cast.sheet("juri", "Cepat").marks == []
    reason = "Tahap Penilaian risalah sudah ditutup; nilai tidak dapat diubah lagi."
    assert refused() == [
        ("Dr. Rahmat Juri, M.M.", "late-change-refused", {"page": f"mengirim ke {address}", "reason": reason})
    ]


def test_handing_in_after_the_deadline_is_noted(acting_as, cast):
    with transaction():
        cast.competition().submission_deadline = clock.now() - timedelta(minutes=1)
    address = f"/risalah/{cast.risalah('Sigap').public_id}/serahkan"
    assert acting_as("ketua").post(address, {"number": "1", "sure": "y"}).status == 409
    name, action, detail = refused()[0]
    assert (name, action, detail["page"]) == (
        "Ani Ketua, S.Kom.",
        "late-change-refused",
        f"mengirim ke {address}",
    )
    assert detail["reason"].startswith("Batas penyerahan sudah lewat")


def test_a_file_added_after_the_hand_in_is_noted(acting_as, cast):
    address = f"/risalah/{cast.risalah('Cepat').public_id}/dokumen"
    acting_as("ketua-lain").post(address, {"file": (BytesIO(b"%PDF-1.7"), "risalah.pdf")})
    assert [(action, detail["page"]) for _, action, detail in refused()] == [
        ("late-change-refused", f"mengirim ke {address}")
    ]


def test_everyday_refusals_of_the_rules_are_not_noted(acting_as, cast, caplog):
    stage = cast.stage(1).public_id
    assert acting_as("panitia").post(f"/panitia/tahap/{stage}/tutup").status == 302
    assert cast.stage(1).state is StageState.OPEN
    assert (refused(), lines(caplog)) == ([], [])


def test_failed_sign_ins_are_logged_and_noted_when_they_pile_up(acting_as, caplog):
    for _time in range(4):
        acting_as(None).post("/masuk", {"username": "juri", "password": "rahasia saya 123"})
    assert refused() == []
    for _time in range(4):
        acting_as(None).post("/masuk", {"username": "juri", "password": "rahasia saya 123"})
    assert refused() == [("sistem", "sign-ins-failed", {"count": 5})]
    assert [line.split(":")[0] for line in lines(caplog)] == ["sign-in failed"] * 5 + [
        "sign-in held back"
    ] * 3


def test_failures_for_an_unknown_name_are_only_logged(acting_as, caplog):
    for _time in range(6):
        acting_as(None).post("/masuk", {"username": "kata-sandi-saya", "password": PASSWORD})
    assert refused() == []
    assert len(lines(caplog)) == 6


def test_a_used_link_is_noted_without_its_secret(app, acting_as, cast, caplog):
    chosen = {"username": "wati", "password": "empat kata yang baru", "repeat": "empat kata yang baru"}
    invitation = db.session.scalars(select(Invitation)).one()
    with app.test_request_context():
        link = invitation_link(invitation, "gelar").url.removeprefix("http://localhost")
    assert acting_as(None).post(link, chosen).status == 302
    assert acting_as(None).get(link).status == 409
    assert acting_as(None).post(link, chosen).status == 409
    row = db.session.scalars(select(AuditRow).where(AuditRow.action.in_(REFUSALS))).one()
    assert (row.actor_name, row.action, row.subject_id) == (
        "sistem",
        "invitation-refused",
        invitation.user_id,
    )
    assert row.detail["reason"].startswith("Tautan undangan ini sudah dipakai.")
    token = link.rsplit("/", 1)[-1]
    assert [token in text for text in (*lines(caplog), str(row.detail))] == [False] * 3


def test_an_expired_link_is_noted_and_an_invented_one_only_logged(app, acting_as, cast, caplog):
    with transaction():
        invitation = service.invite(None, cast.user("juri"), clock.now() - timedelta(hours=73))
    with app.test_request_context():
        link = invitation_link(invitation, "gelar").url.removeprefix("http://localhost")
    assert "sudah habis" in acting_as(None).get(link).words()
    assert [action for _, action, _ in refused()] == ["invitation-refused"]
    acting_as(None).get("/undangan/karangan.sendiri")
    assert (len(refused()), len(lines(caplog))) == (1, 2)


def test_nothing_typed_stands_in_a_line(acting_as, cast, caplog):
    secret = "rahasia-yang-diketik"
    acting_as(None).post("/masuk", {"username": secret, "password": secret})
    acting_as("ketua").post("/panitia/gelar/baru", {"name": secret})
    acting_as(None).client.post("/masuk", data={"username": secret})
    acting_as(None).post("/masuk", {"username": secret}, headers={"Sec-Fetch-Site": "cross-site"})
    assert len(lines(caplog)) == 4
    assert [line for line in lines(caplog) if secret in line] == []
    assert secret not in str(refused())


def test_the_committee_reads_what_was_refused(acting_as, cast):
    acting_as("ketua").get("/panitia")
    browser = acting_as("panitia")
    page = browser.get("/panitia/penolakan")
    assert page.heading == "Percobaan yang ditolak"
    assert "Meminta yang bukan haknyaAni Ketua, S.Kom.halaman: membuka /panitia" in page.words()
    assert "/panitia/penolakan" in browser.get("/panitia/orang").text
    assert acting_as("juri").get("/panitia/penolakan").status == 403
