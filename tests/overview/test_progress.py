"""The committee sees who has not begun, writes, has handed in and is judged; the public sees what is public."""

from datetime import UTC, datetime, timedelta

import pytest

from kbk.overview.queries import progress
from kbk.overview.rules import Standing, standing

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
