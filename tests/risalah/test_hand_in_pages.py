from collections.abc import Callable
from datetime import timedelta

import pytest

from kbk import clock
from kbk.audit.models import AuditRow
from kbk.db import db, transaction
from kbk.risalah import queries
from kbk.risalah.models import Risalah, RisalahState, Submission
from kbk.risalah.reading import fingerprint, reading_of
from kbk.risalah.rules import AttachmentPurpose
from tests.cast import Cast
from tests.page import Browser
from tests.risalah.conftest import TEXT

Acting = Callable[[str | None], Browser]
SURE = {"sure": "y", "number": "1"}


def url(cast: Cast, group: str = "Sigap") -> str:
    return f"/risalah/{cast.risalah(group).public_id}/serahkan"


def receipt(cast: Cast, number: int = 1) -> str:
    return f"/risalah/{cast.risalah('Sigap').public_id}/tanda-terima/{number}"


def submissions(cast: Cast) -> list[Submission]:
    return list(queries.submissions(cast.risalah("Sigap")))


def test_page_lists_what_is_missing(acting_as: Acting, cast: Cast) -> None:
    page = acting_as("ketua").get(url(cast))
    assert page.status == 200
    assert "Belum dapat diserahkan" in page.words()
    assert "Penyebab dominan Langkah 3: Menentukan penyebab" in page.words()
    assert "Daftar masalah dan datanya masih singkat (langkah 1)." in page.words()


def test_empty_hand_in_is_refused(acting_as: Acting, cast: Cast) -> None:
    page = acting_as("ketua").post(url(cast), SURE)
    assert page.status == 409
    assert "Risalah belum lengkap: langkah 1, langkah 2" in page.words()
    assert submissions(cast) == []


def test_complete_risalah_is_handed_in_and_frozen(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah], keep_file: Callable[..., str]
) -> None:
    public_id = keep_file(complete(), b"isi", "SK.pdf", step="1")
    answer = acting_as("ketua").post(url(cast), SURE)
    assert answer.location == receipt(cast)
    (submission,) = submissions(cast)
    assert (submission.number, submission.late) == (1, False)
    assert submission.sha256 == fingerprint(submission.content)
    assert submission.content["members"] == [
        {"name": "Ani Ketua, S.Kom.", "role": "ketua"},
        {"name": "Joko Anggota", "role": "anggota"},
        {"name": "Dra. Tuti Fasilitator, M.Si.", "role": "fasilitator"},
    ]
    assert submission.content["sections"]["target"] == TEXT
    reading = reading_of(submission.content)
    assert [f.public_id for f in reading.steps[0].files] == [public_id]
    risalah = cast.risalah("Sigap")
    assert (risalah.state, risalah.submitted_at) == (RisalahState.SUBMITTED, submission.submitted_at)
    row = db.session.query(AuditRow).filter_by(action="risalah-handed-in").one()
    assert row.detail == {"number": 1, "sha256": submission.sha256}


def test_declaration_must_be_given(acting_as: Acting, cast: Cast, complete: Callable[[], Risalah]) -> None:
    complete()
    page = acting_as("ketua").post(url(cast), {"number": "1"})
    assert page.status == 409
    # On top of the page, where it is seen, as well as beside the box.
    assert len([error for error in page.errors() if "Beri tanda pada pernyataan ini" in error]) == 2
    assert submissions(cast) == []


def test_double_click_shows_the_one_receipt(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah]
) -> None:
    complete()
    browser = acting_as("ketua")
    assert [browser.post(url(cast), SURE).location for _time in range(3)] == [receipt(cast)] * 3
    assert acting_as("fasilitator").get(url(cast)).location == receipt(cast)
    assert len(submissions(cast)) == 1


def test_receipt_names_moment_and_fingerprint(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah]
) -> None:
    complete()
    acting_as("ketua").post(url(cast), SURE)
    page = acting_as("anggota").get(receipt(cast))
    (submission,) = submissions(cast)
    assert submission.sha256 in page.words()
    assert f"Nomor 2024/{cast.risalah('Sigap').public_id}/1" in page.words()
    assert " WIB" in page.words()
    assert acting_as("anggota").get(receipt(cast, 2)).status == 404


def test_member_without_office_does_not_hand_in(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah]
) -> None:
    complete()
    browser = acting_as("anggota")
    assert browser.get(url(cast)).status == 404
    assert browser.post(url(cast), SURE).status == 404
    page = browser.get(f"/kelompok/{cast.group('Sigap').public_id}/risalah")
    assert "Mintalah ketua, sekretaris, atau fasilitator" in page.words()


@pytest.mark.parametrize("username", ["ketua-lain", "juri", "panitia"])
def test_strangers_do_not_hand_in(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah], username: str
) -> None:
    complete()
    assert acting_as(username).post(url(cast), SURE).status == 404


@pytest.mark.usefixtures("past_deadline")
def test_hand_in_after_the_deadline_is_refused_with_the_way_out(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah]
) -> None:
    complete()
    page = acting_as("ketua").post(url(cast), SURE)
    assert page.status == 409
    assert "Batas penyerahan sudah lewat:" in page.words()
    assert "Hubungi panitia untuk meminta perpanjangan" in page.words()
    assert submissions(cast) == []
    workplace = acting_as("ketua").get(f"/kelompok/{cast.group('Sigap').public_id}/risalah")
    assert "Batas penyerahan sudah lewat" in workplace.words()


@pytest.mark.usefixtures("past_deadline")
def test_hand_in_by_extension_is_marked(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah]
) -> None:
    complete()
    with transaction():
        cast.group("Sigap").extended_until = clock.now() + timedelta(days=1)
    page = acting_as("ketua").get(url(cast))
    assert "Batas penyerahan (diperpanjang)" in page.words()
    assert acting_as("ketua").post(url(cast), SURE).location == receipt(cast)
    assert submissions(cast)[0].late is True
    assert "(terlambat dengan izin panitia)" in acting_as("ketua").get(receipt(cast)).words()


def test_a_pdf_among_the_attachments_is_pointed_out(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str]
) -> None:
    keep_file(cast.risalah("Sigap"), filename="pindaian.pdf")
    hint = "“pindaian.pdf” tersimpan sebagai lampiran."
    assert hint in acting_as("ketua").get(url(cast)).words()
    keep_file(cast.risalah("Sigap"), b"utuh", purpose=AttachmentPurpose.DOCUMENT)
    words = acting_as("ketua").get(url(cast)).words()
    assert hint not in words
    assert "risalah utuh sebagai PDF" in words


def test_whole_pdf_is_enough(acting_as: Acting, cast: Cast, keep_file: Callable[..., str]) -> None:
    keep_file(cast.risalah("Sigap"), purpose=AttachmentPurpose.DOCUMENT)
    assert acting_as("fasilitator").post(url(cast), SURE).location == receipt(cast)
    page = acting_as("panitia").get(f"/risalah/{cast.risalah('Sigap').public_id}/baca")
    assert "Risalah utuh" in page.words()
    assert "data.pdf" in page.words()


def test_reading_shows_what_was_handed_in_not_what_came_later(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah], keep_file: Callable[..., str]
) -> None:
    keep_file(complete(), filename="lama.pdf")
    acting_as("ketua").post(url(cast), SURE)
    with transaction():
        cast.risalah("Sigap").title = "Judul yang diselundupkan"
        queries.files(cast.risalah("Sigap"))[0].removed_at = clock.now()
    page = acting_as("panitia").get(f"/risalah/{cast.risalah('Sigap').public_id}/baca")
    assert "diselundupkan" not in page.words()
    assert "lama.pdf" in page.words()
    assert "Penyerahan ke-1, diterima" in page.words()


def test_draft_is_read_as_a_draft(acting_as: Acting, cast: Cast) -> None:
    page = acting_as("panitia").get(f"/risalah/{cast.risalah('Sigap').public_id}/baca")
    assert "naskah kerja yang belum diserahkan" in page.words()
    assert "Antrean Sigap mencapai 60 menit." in page.words()
    assert acting_as("panitia").get(f"/risalah/{cast.risalah('Sigap').public_id}/baca?nomor=1").status == 404
