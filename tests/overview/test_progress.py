"""The committee sees who has not begun, writes, has handed in and is judged; the public sees what is public."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from kbk.db import transaction
from kbk.indonesian import format_datetime
from kbk.overview.queries import progress
from kbk.overview.rules import Duty, Standing, next_duty, standing
from kbk.policy import MemberRole

NOW = datetime(2024, 6, 1, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "deadline", "sheets", "signed", "expected"),
    [
        (None, LATER, 0, 0, Standing.NOT_BEGUN),
        (None, NOW, 0, 0, Standing.OVERDUE),
        ("draft", LATER, 0, 0, Standing.WRITING),
        ("draft", EARLIER, 0, 0, Standing.OVERDUE),
        ("returned", LATER, 0, 0, Standing.RETURNED),
        ("submitted", EARLIER, 0, 0, Standing.HANDED_IN),
        ("submitted", LATER, 3, 2, Standing.HANDED_IN),
        ("submitted", LATER, 3, 3, Standing.JUDGED),
    ],
)
def test_standing_follows_the_risalah_the_deadline_and_the_sheets(state, deadline, sheets, signed, expected):
    assert standing(state=state, deadline=deadline, sheets=sheets, signed=signed, now=NOW) == expected


def test_progress_counts_every_group_once(app, cast):
    found = progress(cast.competition(), datetime.now(UTC))
    assert {group.name: (group.standing, group.signed, group.sheets) for group in found.groups} == {
        "Sigap": (Standing.WRITING, 0, 0),
        "Cepat": (Standing.HANDED_IN, 0, 2),
        "Prima": (Standing.HANDED_IN, 1, 3),
        "Rukun": (Standing.NOT_BEGUN, 0, 0),
    }
    assert found.counts.total() == 4


def test_groups_with_the_most_before_them_come_first(app, cast):
    names = [group.name for group in progress(cast.competition(), datetime.now(UTC)).groups]
    assert names == ["Rukun", "Sigap", "Cepat", "Prima"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"groups": 0}, Duty.IMPORT),
        ({"writing": True, "to_invite": 2}, Duty.INVITE),
        ({"writing": True, "to_invite": 2, "to_hand_over": 1}, Duty.INVITE),
        ({"writing": True, "to_hand_over": 1}, Duty.HAND_OVER),
        ({"writing": True}, Duty.REMIND),
        ({"action": "open"}, Duty.OPEN),
        ({"action": "close", "unjudged": 1, "unsigned": 4}, Duty.APPOINT),
        ({"action": "close", "unsigned": 4}, Duty.WAIT),
        ({"action": "close"}, Duty.CLOSE),
        ({"action": "settle"}, Duty.SETTLE),
        ({"action": "decide"}, Duty.DECIDE),
        ({"action": "publish"}, Duty.PUBLISH),
        ({"uncertified": 3, "unsigned_minutes": 1}, Duty.CERTIFY),
        ({"unsigned_minutes": 1}, Duty.SIGN),
        ({}, Duty.DONE),
    ],
)
def test_next_duty_follows_the_order_of_a_contest(facts, expected):
    nothing = {"groups": 4, "writing": False, "to_invite": 0, "to_hand_over": 0, "action": None}
    closing = {"unjudged": 0, "unsigned": 0, "uncertified": 0, "unsigned_minutes": 0}
    assert next_duty(**nothing | closing | facts) == expected


def test_progress_page_puts_the_next_duty_first(acting_as, cast):
    words = acting_as("panitia").get(f"/panitia/gelar/{cast.competition().public_id}").words()
    assert "Menunggu dewan juri 4 dari 5 lembar nilai Penilaian risalah belum ditandatangani." in words


def test_progress_page_filters_by_standing(acting_as, cast):
    url = f"/panitia/gelar/{cast.competition().public_id}"
    page = acting_as("panitia").get(f"{url}?keadaan=belum-mulai")
    assert "1 dari 4 kelompok" in page.words()
    assert "Rukun" in page.words()
    assert "Sigap" not in page.words()


def test_front_page_leads_a_visitor_on(acting_as):
    page = acting_as(None).get("/")
    assert page.heading == "Gelar Budaya Kerja"
    assert "hasil belum diumumkan" in page.words()


def test_edition_page_tells_calendar_and_criteria(acting_as):
    words = acting_as(None).get("/gelar/contoh-2024").words()
    assert "Penilaian risalah" in words
    assert "1 kelompok lolos" in words


def test_overview_reminds_the_ketua_of_a_risalah_that_is_awaited(acting_as, cast):
    with transaction():
        for name in ("Sigap", "Cepat"):
            leader = next(m for m in cast.group(name).members if m.role == MemberRole.KETUA)
            leader.phone = "081234567890"
    page = acting_as("panitia").get(f"/panitia/gelar/{cast.competition().public_id}")
    links = [a.get("href") for a in page.tree.iter("a") if "wa.me" in (a.get("href") or "")]
    deadline = format_datetime(cast.competition().submission_deadline, cast.competition().zone)
    message = (
        "Yth. Ani Ketua, S.Kom., risalah KBK Sigap (Dinas Kependudukan dan Pencatatan Sipil) untuk Gelar Budaya "
        f"Kerja Kota Contoh belum kami terima. Batas penyerahan: {deadline}. Mohon diserahkan lewat "
        "http://localhost sebelum batas itu. Terima kasih. Panitia."
    )
    assert links == [f"https://wa.me/6281234567890?text={quote(message)}"]
    assert "Rukun" in page.words()
    assert "belum ada" in page.words()


def test_trail_page_names_what_was_changed(acting_as, cast):
    browser, group = acting_as("panitia"), cast.group("Sigap")
    browser.post(
        f"/panitia/kelompok/{group.public_id}/perpanjang",
        {"until": "2030-01-02T10:30", "reason": "Listrik padam", "version": str(group.version)},
    )
    words = browser.get(f"/panitia/gelar/{cast.competition().public_id}/jejak").words()
    assert "Memperpanjang batas waktu kelompokSigap" in words
    changes = "perubahan: sampai – → 2 Januari 2030 pukul 10.30 WIB, alasan – → Listrik padam"
    assert changes in words
