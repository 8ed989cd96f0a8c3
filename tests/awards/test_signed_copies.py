"""A berita acara comes back with its signatures: kept, replaced with a reason, and shown to the committee only."""

import io
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import func, select

from kbk.audit.models import AuditRow
from kbk.awards import minutes_issuing, minutes_queries, signed_copies
from kbk.awards.models import Minutes, SignedCopy
from kbk.db import db, transaction
from kbk.errors import Conflict
from kbk.files.scans import page_count
from kbk.installation import check
from kbk.web.storage import store
from tests.awards.contest import NOW, PANITIA, Contest, said
from tests.awards.test_minutes import GIVEN, make, url
from tests.cast import PEOPLE
from tests.files import hostile
from tests.page import Browser, Page

Acting = Callable[[str | None], Browser]
PHOTO = hostile.picture("JPEG", (300, 400))
FIRST = hostile.pdf_bytes(hostile.pdf(4))
BETTER = hostile.pdf_bytes(hostile.pdf(5))


@pytest.fixture
def decided(contest: Contest) -> Contest:
    """Two groups in a decided stage, not published."""
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("80", "84")})
    contest.finish_without_publishing()
    return contest


def address(minutes: Minutes) -> str:
    return f"/panitia/berita-acara/{minutes.public_id}/salinan"


def send(browser: Browser, minutes: Minutes, *files: tuple[bytes, str], **changes: Any) -> Page:
    """Send files as the form on the page would, and keep them where they are shown beside the printed ones."""
    page = upload(browser, minutes, *files, **changes)
    return keep(browser, page) if page.status == 302 else page


def upload(browser: Browser, minutes: Minutes, *files: tuple[bytes, str], **changes: Any) -> Page:
    held = browser.get(address(minutes)).fields("")
    sent = [(io.BytesIO(content), name) for content, name in files]
    return browser.post(address(minutes), held | {"files": sent} | changes)


def keep(browser: Browser, uploaded: Page) -> Page:
    return browser.post(uploaded.location, browser.get(uploaded.location).fields(""))


def copies() -> list[SignedCopy]:
    db.session.rollback()
    return list(db.session.scalars(select(SignedCopy).order_by(SignedCopy.id)))


def trail() -> list[tuple[str, dict[str, Any]]]:
    rows = select(AuditRow).where(AuditRow.action.like("signed-copy%")).order_by(AuditRow.id)
    return [(row.action, row.detail) for row in db.session.scalars(rows)]


def test_the_missing_scan_is_the_next_step_of_the_stage(decided: Contest, acting_as: Acting) -> None:
    panitia = acting_as("panitia")
    stages = f"/panitia/gelar/{decided.cast.competition().public_id}/tahap"
    publish = f"/panitia/tahap/{decided.stage.public_id}/umumkan"
    missing = "Salinan bertanda tangan belum disimpan"
    assert missing not in said(panitia.get(stages)) + said(panitia.get(publish))
    minutes = make(decided)
    for page in (stages, publish, url(decided)):
        assert f'href="{address(minutes)}"' in panitia.get(page).text
    assert (missing in said(panitia.get(stages)), missing in said(panitia.get(publish))) == (True, True)
    assert send(panitia, minutes, (FIRST, "BA pindai.pdf")).location == url(decided)
    assert missing not in said(panitia.get(stages)) + said(panitia.get(publish))
    assert list(minutes_queries.awaiting_signed_copy(decided.cast.competition())) == []


def test_a_pdf_is_kept_written_anew_and_shown_with_who_when_and_size(
    decided: Contest, acting_as: Acting
) -> None:
    panitia, minutes = acting_as("panitia"), make(decided)
    before = minutes.sha256
    active = hostile.pdf_bytes(hostile.active_pdf())
    assert send(panitia, minutes, (active, "BA pindai.pdf")).location == url(decided)
    (kept,) = copies()
    content = store().read_bytes(kept.sha256)
    assert (sha256(content).hexdigest(), len(content)) == (kept.sha256, kept.size)
    assert (kept.number, kept.filename, kept.pages, kept.reason) == (1, "BA pindai.pdf", 2, "")
    with pikepdf.open(io.BytesIO(content)) as document:
        assert (len(document.pages), "/OpenAction" in document.Root) == (2, False)
    words = said(panitia.get(url(decided)))
    assert "BA pindai.pdf" in words
    assert f"2 halaman · {PEOPLE['panitia']}, " in words
    answer = panitia.get(f"/panitia/salinan-berita-acara/{kept.public_id}").response
    assert answer.data == content
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=berita-acara-penilaian-risalah-bertanda-tangan-1.pdf"
    )
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()
    assert db.session.get_one(Minutes, minutes.id).sha256 == before
    assert trail() == [("signed-copy-kept", {"filename": "BA pindai.pdf", "sha256": kept.sha256})]


def test_photos_become_one_pdf(decided: Contest, acting_as: Acting) -> None:
    panitia, minutes = acting_as("panitia"), make(decided)
    page = send(panitia, minutes, (PHOTO, "2.jpg"), (hostile.phone_photo(), "1.jpg"))
    assert page.location == url(decided)
    (kept,) = copies()
    assert (kept.filename, kept.pages) == ("1.pdf", 2)
    content = store().read_bytes(kept.sha256)
    assert content.startswith(b"%PDF-")
    assert [mark for mark in (b"Exif", b"rahasia") if mark in content] == []


def test_an_electronically_signed_pdf_keeps_its_bytes(decided: Contest, acting_as: Acting) -> None:
    panitia, minutes = acting_as("panitia"), make(decided)
    signed = hostile.pdf_bytes(hostile.signed_pdf())
    send(panitia, minutes, (signed, "BA-TTE.pdf"))
    assert store().read_bytes(copies()[0].sha256) == signed


def test_a_better_scan_needs_a_reason_and_the_older_stays(decided: Contest, acting_as: Acting) -> None:
    panitia, minutes = acting_as("panitia"), make(decided)
    send(panitia, minutes, (FIRST, "pindai.pdf"))
    refused = send(panitia, minutes, (BETTER, "pindai baru.pdf"), reason=" ")
    assert (refused.status, "Alasan penggantian wajib diisi." in said(refused)) == (400, True)
    reason = "Halaman 3 terpotong"
    assert send(panitia, minutes, (BETTER, "pindai baru.pdf"), reason=reason).location == url(decided)
    older, newer = copies()
    assert [(one.number, one.pages, one.reason) for one in (older, newer)] == [(1, 4, ""), (2, 5, reason)]
    page = panitia.get(url(decided))
    words = said(page)
    assert words.index("pindai baru.pdf") < words.index("Salinan sebelumnya") < words.index("pindai.pdf PDF")
    assert reason in words
    for one, pages in ((older, 4), (newer, 5)):
        answer = panitia.get(f"/panitia/salinan-berita-acara/{one.public_id}").response
        with pikepdf.open(io.BytesIO(answer.data)) as document:
            assert len(document.pages) == pages
        answer.close()
    assert [row[0] for row in trail()] == ["signed-copy-kept", "signed-copy-replaced"]
    assert trail()[1][1] == {
        "filename": "pindai baru.pdf",
        "sha256": newer.sha256,
        "reason": reason,
    }


def test_the_same_file_twice_is_one_scan(decided: Contest, acting_as: Acting) -> None:
    panitia, minutes = acting_as("panitia"), make(decided)
    held = panitia.get(address(minutes)).fields("")
    for _click in range(2):
        page = panitia.post(address(minutes), held | {"files": [(io.BytesIO(FIRST), "pindai.pdf")]})
        assert keep(panitia, page).location == url(decided)
    assert [one.number for one in copies()] == [1]
    assert len(trail()) == 1


def test_of_two_first_scans_the_second_is_told(decided: Contest, acting_as: Acting) -> None:
    panitia, minutes = acting_as("panitia"), make(decided)
    held = panitia.get(address(minutes)).fields("")
    send(panitia, minutes, (FIRST, "pindai.pdf"))
    page = panitia.post(address(minutes), held | {"files": [(io.BytesIO(BETTER), "lain.pdf")]})
    assert page.status == 400
    assert "Salinan lain baru saja disimpan oleh panitia lain." in said(page)
    assert [one.number for one in copies()] == [1]


def test_a_scan_stays_with_its_revoked_berita_acara(decided: Contest, acting_as: Acting) -> None:
    panitia, old = acting_as("panitia"), make(decided)
    send(panitia, old, (FIRST, "pindai.pdf"))
    with transaction():
        draft = minutes_issuing.draft_minutes(decided.stage, GIVEN, replaces=old)
        new = minutes_issuing.store_minutes(
            PANITIA, decided.stage, draft, b"%PDF-1.7", NOW, replaces=old, reason="Salah tulis"
        )
    (kept,) = copies()
    assert kept.minutes_id == old.id
    page = panitia.get(url(decided))
    assert f'href="/panitia/salinan-berita-acara/{kept.public_id}"' in page.text
    assert f'href="{address(new)}"' in page.text
    assert "Simpan salinan bertanda tangan" in said(page)
    assert panitia.get(address(old)).location == url(decided)
    assert "sudah dicabut dan diganti" in said(panitia.get(url(decided)))
    with pytest.raises(Conflict), transaction():
        signed_copies.check_can_keep(db.session.get_one(Minutes, old.id))


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ([], "Pilih hasil pindai atau foto-fotonya lebih dahulu."),
        ([(b"", "")], "Pilih hasil pindai atau foto-fotonya lebih dahulu."),
        ([(b"<svg/>", "pindai.svg")], "Berkas “pindai.svg” tidak dapat diterima di sini."),
        ([(FIRST[:200], "pindai.pdf")], "Berkas “pindai.pdf” rusak atau terpotong"),
        ([(PHOTO, "1.jpg"), (FIRST, "2.pdf")], "Berkas “2.pdf” tidak dapat digabung dengan berkas lain."),
    ],
    ids=["nothing", "no name", "svg", "truncated", "mixed"],
)
def test_what_is_no_scan_is_refused_on_the_page(
    decided: Contest, acting_as: Acting, files: list[tuple[bytes, str]], fault: str
) -> None:
    panitia, minutes = acting_as("panitia"), make(decided)
    page = send(panitia, minutes, *files)
    assert (page.status, fault in said(page)) == (400, True)
    assert copies() == []


@pytest.mark.parametrize("who", [None, "pengguna", "ketua", "juri"])
def test_nobody_but_the_committee_sees_or_sends_one(
    decided: Contest, acting_as: Acting, who: str | None
) -> None:
    minutes = make(decided)
    send(acting_as("panitia"), minutes, (FIRST, "pindai.pdf"))
    (kept,) = copies()
    decided.publish()
    browser = acting_as(who)
    assert browser.get(f"/panitia/salinan-berita-acara/{kept.public_id}").status == (403 if who else 302)
    sent = browser.post(address(minutes), {"number": "2", "files": [(io.BytesIO(BETTER), "x.pdf")]})
    assert sent.status == (403 if who else 401)
    assert len(copies()) == 1


def test_the_public_check_says_that_a_scan_is_kept_and_nothing_of_it(
    decided: Contest, acting_as: Acting
) -> None:
    minutes = make(decided)
    decided.publish()
    visitor, page = acting_as(None), f"/periksa/{minutes.public_id}"
    assert "Salinan bertanda tangan" not in said(visitor.get(page))
    send(acting_as("panitia"), minutes, (FIRST, "pindai rahasia.pdf"))
    (kept,) = copies()
    shown = visitor.get(page)
    assert "Salinan bertanda tangan tersimpan pada panitia" in said(shown)
    assert [word for word in ("pindai rahasia", kept.sha256, kept.public_id) if word in shown.text] == []


def test_the_committee_is_reminded_before_the_edition_is_done(decided: Contest, acting_as: Acting) -> None:
    make(decided)
    decided.publish()
    for position in (2, 3):
        decided.rules(position, quotas={})
        decided.enter({"A": ("90", "90")}, position=position)
        decided.finish(position)
    with transaction():
        db.session.execute(db.text("UPDATE standings SET award = ''"))
    panitia = acting_as("panitia")
    overview = f"/panitia/gelar/{decided.cast.competition().public_id}"
    assert "Salinan bertanda tangan 1 berita acara belum disimpan." in said(panitia.get(overview))
    minutes = minutes_queries.valid_minutes(decided.stage)
    assert minutes is not None
    send(panitia, minutes, (FIRST, "pindai.pdf"))
    assert "Gelar ini selesai" in said(panitia.get(overview))


def test_check_names_lost_berita_acara_and_scans(
    app: Flask, decided: Contest, acting_as: Acting, data_dir: Path
) -> None:
    minutes = make(decided)
    send(acting_as("panitia"), minutes, (FIRST, "pindai.pdf"))
    (kept,) = copies()
    assert app.test_cli_runner().invoke(check).exit_code == 0
    names = {minutes.sha256: "berita acara", kept.sha256: "salinan bertanda tangan"}
    for digest in names:
        (path,) = (path for path in data_dir.rglob(f"*{digest}*") if path.is_file())
        path.unlink()
    db.session.remove()
    faults = app.test_cli_runner().invoke(check).stderr
    for digest, name in names.items():
        assert f"Berkas “{name} Penilaian risalah” ({digest}) hilang atau rusak." in faults


def test_two_scans_with_one_number_cannot_be_stored(decided: Contest) -> None:
    minutes = make(decided)
    for number in (1, 2):
        with transaction():
            row = SignedCopy(
                minutes_id=minutes.id, number=number, filename="x.pdf", pages=1, sha256="0" * 64, size=1,
                uploaded_at=NOW, uploaded_by_id=1,
            )  # fmt: skip
            db.session.add(row)
    with pytest.raises(db.exc.IntegrityError), transaction():  # type: ignore[attr-defined]
        db.session.execute(db.update(SignedCopy).values(number=1))
    assert db.session.scalar(select(func.count()).select_from(SignedCopy)) == 2


def test_the_scan_is_shown_beside_the_printed_file_before_it_is_kept(
    decided: Contest, acting_as: Acting
) -> None:
    panitia, minutes = acting_as("panitia"), make(decided)
    sent = upload(panitia, minutes, (BETTER, "pindai.pdf"))
    page = panitia.get(sent.location)
    assert page_count(store().read_bytes(minutes.sha256)) == 4
    assert "Berita acara yang dicetak 4 halaman, salinan ini 5 halaman." in said(page)
    assert minutes.public_id in said(page)
    links = [link.get("href") for link in page.tree.findall(".//a[@data-pdf='open']")]
    assert links[0] == f"/panitia/berita-acara/{minutes.public_id}"
    answer = panitia.get(str(links[1])).response
    with pikepdf.open(io.BytesIO(answer.data)) as document:
        assert len(document.pages) == 5
    answer.close()
    assert (copies(), trail()) == ([], [])
    assert keep(panitia, sent).location == url(decided)
    assert [one.filename for one in copies()] == ["pindai.pdf"]


def test_an_electronic_signature_on_the_printed_file_is_recognised(
    decided: Contest, acting_as: Acting
) -> None:
    panitia, minutes = acting_as("panitia"), make(decided)
    printed = store().read_bytes(minutes.sha256)
    page = panitia.get(upload(panitia, minutes, (signed(printed), "BA-TTE.pdf")).location)
    assert "memuat berita acara yang dicetak bita demi bita" in said(page)
    assert "Banyaknya halaman berbeda" not in said(page)


def signed(printed: bytes) -> bytes:
    """The file with something harmless appended as a later version of itself."""
    return printed + b"\n% tanda tangan\n"


def test_the_printed_file_without_a_signature_is_refused(decided: Contest, acting_as: Acting) -> None:
    panitia, minutes = acting_as("panitia"), make(decided)
    page = upload(panitia, minutes, (store().read_bytes(minutes.sha256), "BA.pdf"))
    assert (page.status, "belum ditandatangani. Unggah hasil pindai" in said(page)) == (400, True)


def test_another_berita_acara_that_was_signed_is_refused_by_name(decided: Contest, acting_as: Acting) -> None:
    panitia, old = acting_as("panitia"), make(decided)
    other = signed(store().read_bytes(old.sha256))
    with transaction():
        draft = minutes_issuing.draft_minutes(decided.stage, GIVEN, replaces=old)
        pdf = store().read_bytes(old.sha256).replace(b"%PDF-1.7", b"%PDF-1.6")
        new = minutes_issuing.store_minutes(
            PANITIA, decided.stage, draft, pdf, NOW, replaces=old, reason="Salah tulis"
        )
    page = upload(panitia, new, (other, "BA-TTE.pdf"))
    assert (page.status, "Ini berkas lain: Berita acara Penilaian risalah" in said(page)) == (400, True)


def test_a_seal_belongs_to_one_berita_acara(decided: Contest, acting_as: Acting) -> None:
    panitia, old = acting_as("panitia"), make(decided)
    sent = upload(panitia, old, (FIRST, "pindai.pdf"))
    with transaction():
        draft = minutes_issuing.draft_minutes(decided.stage, GIVEN, replaces=old)
        new = minutes_issuing.store_minutes(
            PANITIA, decided.stage, draft, b"%PDF-1.7 baru", NOW, replaces=old, reason="Salah tulis"
        )
    moved = sent.location.replace(old.public_id, new.public_id)
    assert panitia.get(moved).location == address(new)
    assert panitia.get(moved.replace("/periksa", "/berkas")).status == 404
    assert panitia.get(f"{address(new)}/periksa?berkas=karangan").location == address(new)
    refused = panitia.post(sent.location, {})
    assert (refused.status, "sudah dicabut dan diganti" in said(refused)) == (400, True)
    assert copies() == []
