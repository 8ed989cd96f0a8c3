from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from kbk import clock
from kbk.indonesian import Zone
from kbk.risalah import queries
from kbk.risalah.models import Risalah, RisalahState
from tests.cast import Cast
from tests.page import Browser

Acting = Callable[[str | None], Browser]
REASON = "Langkah 6 belum memuat data sesudah perbaikan."


def url(cast: Cast, group: str = "Cepat") -> str:
    return f"/panitia/risalah/{cast.risalah(group).public_id}/kembalikan"


def typed(moment: datetime) -> str:
    return moment.astimezone(Zone.WIB.tz).strftime("%Y-%m-%dT%H:%M")


def test_risalah_is_sent_back_with_its_reason(acting_as: Acting, cast: Cast) -> None:
    answer = acting_as("panitia").post(url(cast), {"reason": REASON})
    assert answer.location == f"/risalah/{cast.risalah('Cepat').public_id}/baca"
    risalah = cast.risalah("Cepat")
    assert (risalah.state, risalah.submitted_at) == (RisalahState.RETURNED, None)
    (submission,) = queries.submissions(risalah)
    assert submission.return_reason == REASON
    page = acting_as("ketua-lain").get(f"/kelompok/{cast.group('Cepat').public_id}/risalah")
    assert "Panitia mengembalikan risalah ini untuk diperbaiki" in page.words()
    assert REASON in page.words()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 4001])
def test_reason_is_required_and_limited(acting_as: Acting, cast: Cast, reason: str) -> None:
    assert acting_as("panitia").post(url(cast), {"reason": reason}).status == 400
    assert cast.risalah("Cepat").state is RisalahState.SUBMITTED


def test_judged_risalah_stays_with_the_committee(acting_as: Acting, cast: Cast) -> None:
    page = acting_as("panitia").get(url(cast, "Prima"))
    assert "Juri sudah mulai memberi nilai" in page.words()
    assert acting_as("panitia").post(url(cast, "Prima"), {"reason": REASON}).status == 400
    assert cast.risalah("Prima").state is RisalahState.SUBMITTED


def test_draft_is_not_sent_back(acting_as: Acting, cast: Cast) -> None:
    assert "sedang di tangan kelompok" in acting_as("panitia").get(url(cast, "Sigap")).words()
    assert acting_as("panitia").post(url(cast, "Sigap"), {"reason": REASON}).status == 400


@pytest.mark.parametrize("username", ["ketua-lain", "juri", "pengguna"])
def test_only_the_committee_sends_back(acting_as: Acting, cast: Cast, username: str) -> None:
    assert acting_as(username).post(url(cast), {"reason": REASON}).status == 403


@pytest.mark.usefixtures("past_deadline")
def test_time_to_correct_is_given_after_the_deadline(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("panitia")
    page = browser.post(url(cast), {"reason": REASON})
    assert page.status == 400
    assert "Tentukan batas perbaikan" in page.words()
    due = (datetime.now(UTC) + timedelta(days=3)).replace(second=0, microsecond=0)
    assert browser.post(url(cast), {"reason": REASON, "due": typed(due)}).status == 302
    assert cast.group("Cepat").deadline == due


@pytest.mark.usefixtures("past_deadline")
def test_due_in_the_past_is_refused(acting_as: Acting, cast: Cast) -> None:
    past = typed(clock.now() - timedelta(days=1))
    assert acting_as("panitia").post(url(cast), {"reason": REASON, "due": past}).status == 400


def test_corrected_risalah_is_handed_in_again(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah]
) -> None:
    complete()
    ketua = acting_as("ketua")
    page = f"/risalah/{cast.risalah('Sigap').public_id}"
    ketua.post(f"{page}/serahkan", {"sure": "y", "number": "1"})
    acting_as("panitia").post(url(cast, "Sigap"), {"reason": REASON})
    ketua.post(f"{page}/bagian/manfaat", {"html": "<p>Hemat waktu.</p>", "version": "1"})
    old_page = ketua.post(f"{page}/serahkan", {"sure": "y", "number": "1"})
    assert old_page.status == 409
    assert "dikembalikan sejak halaman ini dibuka" in old_page.words()
    assert ketua.post(f"{page}/serahkan", {"sure": "y", "number": "2"}).location == f"{page}/tanda-terima/2"
    second, first = queries.submissions(cast.risalah("Sigap"))
    assert (second.number, first.number) == (2, 1)
    assert second.content["sections"]["manfaat"] == "<p>Hemat waktu.</p>"
    assert first.content["sections"]["manfaat"] != "<p>Hemat waktu.</p>"
    assert "Hemat waktu." not in acting_as("panitia").get(f"{page}/baca?nomor=1").words()


def test_what_was_not_corrected_is_told_before_it_is_handed_in_again(
    acting_as: Acting, cast: Cast, complete: Callable[[str], Risalah]
) -> None:
    risalah, ketua = complete("Sigap"), acting_as("ketua")
    ketua.post(f"/risalah/{risalah.public_id}/judul", {"title": "Antrean singkat", "version": "1"})
    hand_in = f"/risalah/{risalah.public_id}/serahkan"
    assert ketua.post(hand_in, {"sure": "y", "number": "1"}).status == 302
    acting_as("panitia").post(url(cast, "Sigap"), {"reason": REASON})
    workplace = f"/kelompok/{cast.group('Sigap').public_id}/risalah"
    assert "Perbaiki menurut catatan panitia Isinya masih sama persis" in ketua.get(workplace).words()
    assert "Isinya belum berubah sejak dikembalikan" in ketua.get(hand_in).words()
    ketua.save(f"/risalah/{risalah.public_id}/bagian/target", {"html": "<p>20 menit.</p>", "version": "1"})
    assert "Serahkan lagi setelah diperbaiki" in ketua.get(workplace).words()
    assert "Isinya belum berubah" not in ketua.get(hand_in).words()
