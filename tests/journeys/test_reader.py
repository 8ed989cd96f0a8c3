"""Reading PDF files of a risalah inside the page, under the site's own content policy."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from kbk import clock
from kbk.accounts.models import User
from kbk.accounts.service import as_actor
from kbk.db import db, transaction
from kbk.files.inspection import Inspected
from kbk.files.kinds import Kind
from kbk.judging.models import Entry, Judge, Sheet
from kbk.pdf.rendering import render_pdf
from kbk.policy import Actor
from kbk.risalah import queries, service
from kbk.risalah.models import Risalah
from kbk.risalah.rules import AttachmentPurpose
from kbk.web.storage import store
from tests.journeys.site import Site, serve
from tests.journeys.visitor import Visitor

DOCUMENT, SCAN, BROKEN = "risalah utuh.pdf", "SK pindaian.pdf", "rusak.pdf"
PAGES = 12
SIDE = 64
PLACE = "(page) => [page.offsetTop - page.parentElement.scrollTop, page.getBoundingClientRect().width]"
INK = "(canvas) => [...canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data]"


@dataclass(frozen=True, slots=True)
class Places:
    """Where a risalah with PDF files is read: by a judge beside the sheet, and by the committee."""

    sheet: str
    reading: str


def twelve_pages() -> bytes:
    """A paper of twelve pages, the fifth one across."""
    body = "".join(
        f"<section class='p{number}'><h1>Bab {number}</h1><p>Kalimat penutup bab nomor {number}.</p></section>"
        for number in range(1, PAGES + 1)
    )
    style = "section { break-after: page } .p5 { page: wide } @page wide { size: A4 landscape }"
    return render_pdf(f"<html lang=id><title>Risalah</title><style>{style}</style><body>{body}")


def scanned() -> bytes:
    """Two pages as scanners write them: a red one in JPEG 2000, a black one as for a fax."""
    with pikepdf.new() as document:
        for colour, mode, form in (((255, 0, 0), "RGB", "JPEG2000"), (1, "1", "TIFF")):
            picture = BytesIO()
            options = {"compression": "group4"} if form == "TIFF" else {"no_jp2": False}
            Image.new(mode, (SIDE, SIDE), colour).save(picture, form, **options)
            _add_picture(document, picture.getvalue(), form)
        target = BytesIO()
        document.save(target)
    return target.getvalue()


def _add_picture(document: pikepdf.Pdf, data: bytes, form: str) -> None:
    page = document.add_blank_page(page_size=(SIDE, SIDE)).obj
    picture = pikepdf.Stream(document, data)
    picture.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image})
    picture.Width = picture.Height = SIDE
    if form == "TIFF":
        strip = TiffImageFile(BytesIO(data)).tag_v2
        start, size = strip[273][0], strip[279][0]
        picture.write(
            data[start : start + size],
            filter=pikepdf.Name.CCITTFaxDecode,
            decode_parms=pikepdf.Dictionary(K=-1, Columns=SIDE, Rows=SIDE),
        )
        picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 1
    else:
        picture.write(data, filter=pikepdf.Name.JPXDecode)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
    page.Contents = pikepdf.Stream(document, f"{SIDE} 0 0 {SIDE} 0 0 cm /P Do".encode())


def attach(writer: Actor, risalah: Risalah, name: str, content: bytes, purpose: AttachmentPurpose) -> None:
    stored = store().put_bytes(content)
    inspected = Inspected(name, Kind.PDF, stored.size, Path(name), PAGES)
    service.attach(writer, risalah, inspected, stored, clock.now(), quota=10**9, purpose=purpose)


def hand_in_with_files(site: Site) -> Places:
    """Let a group that juri-5 judges hand in once more, with PDF files; one of them broke on the disk."""
    with site.inside(), transaction():
        committee = as_actor(db.session.scalars(select(User).where(User.is_organiser)).one())
        sheets = select(Sheet).join(Sheet.judge).join(Judge.user).where(User.username == "juri-5")
        sheet = db.session.scalars(sheets.where(Sheet.entry.has(Entry.stage.has(state="open")))).first()
        assert sheet is not None
        risalah = queries.risalah_of(sheet.entry.group)
        assert risalah is not None
        now = clock.now()
        due = now + timedelta(days=9)
        service.send_back(committee, risalah, "Lampirkan berkasnya.", now, judged=False, due=due)
        attach(committee, risalah, DOCUMENT, twelve_pages(), AttachmentPurpose.DOCUMENT)
        attach(committee, risalah, SCAN, scanned(), AttachmentPurpose.ATTACHMENT)
        attach(committee, risalah, BROKEN, b"%PDF-1.7\nrusak", AttachmentPurpose.ATTACHMENT)
        service.hand_in(committee, risalah, clock.now())
        return Places(f"/juri/lembar/{sheet.public_id}", f"/risalah/{risalah.public_id}/baca")


@pytest.fixture(scope="module")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation of its own: a hand-in of the demonstration is replaced."""
    with serve(prepared, tmp_path_factory.mktemp("reader") / "data") as site:
        yield site
        assert site.troubles() == []


@pytest.fixture(scope="module")
def places(site: Site) -> Places:
    return hand_in_with_files(site)


def reader(visitor: Visitor, name: str) -> Locator:
    """The reader of a file; where it is folded away it is unfolded."""
    file = visitor.page.locator(".file").filter(has=visitor.page.get_by_role("link", name=name))
    if file.locator("details:not([open])").count():
        file.get_by_text("Lihat di sini").click()
    return visitor.page.get_by_role("region", name=f"Pembaca {name}")


def leaf(visitor: Visitor, name: str, number: int) -> Locator:
    return reader(visitor, name).get_by_role("group", name=f"Halaman {number}", exact=True)


def picture(visitor: Visitor, name: str, number: int) -> Locator:
    return leaf(visitor, name, number).locator("canvas")


@pytest.mark.parametrize("width", [1366, 820, 390])
def test_judge_jumps_to_the_last_page_beside_the_sheet(
    visit: Callable[..., Visitor], places: Places, width: int
) -> None:
    judge = visit(width)
    judge.sign_in("juri-5")
    judge.open(f"{places.sheet}#risalah")
    expect(picture(judge, DOCUMENT, 1)).to_be_visible()
    number = reader(judge, DOCUMENT).get_by_label("Halaman dari 12")
    expect(number).to_have_value("1")
    number.fill("12")
    number.press("Enter")
    expect(picture(judge, DOCUMENT, 12)).to_be_in_viewport()
    expect(leaf(judge, DOCUMENT, 12).get_by_text("Kalimat penutup bab nomor 12.")).to_be_in_viewport()
    expect(number).to_have_value("12")
    expect(picture(judge, DOCUMENT, 1)).to_have_count(0)
    assert judge.overflow() == 0
    if width == 1366:
        expect(judge.page.locator("#lembar-nilai")).to_be_in_viewport()


def test_browser_finds_words_of_a_page_far_away(visit: Callable[..., Visitor], places: Places) -> None:
    judge = visit()
    judge.sign_in("juri-5")
    judge.open(places.sheet)
    words = leaf(judge, DOCUMENT, 9).get_by_text("Kalimat penutup bab nomor 9.")
    expect(words).to_have_count(1)
    expect(picture(judge, DOCUMENT, 9)).to_have_count(0)
    assert judge.page.evaluate("find('bab nomor 9')")
    assert judge.page.evaluate("getSelection().toString()") == "bab nomor 9"
    words.scroll_into_view_if_needed()
    expect(picture(judge, DOCUMENT, 9)).to_be_in_viewport()
    expect(reader(judge, DOCUMENT).get_by_label("Halaman dari 12")).to_have_value("9")


def place(visitor: Visitor, number: int) -> tuple[float, float]:
    """How far below the reader's upper edge a page begins, and how wide it is."""
    top, width = leaf(visitor, DOCUMENT, number).evaluate(PLACE)
    return top, width


def test_zoom_keeps_the_page_in_place(visit: Callable[..., Visitor], places: Places) -> None:
    judge = visit()
    judge.sign_in("juri-5")
    judge.open(places.sheet)
    expect(picture(judge, DOCUMENT, 1)).to_be_visible()
    number = reader(judge, DOCUMENT).get_by_label("Halaman dari 12")
    number.fill("4")
    number.press("Enter")
    top, width = place(judge, 4)
    assert place(judge, 5)[1] == width
    judge.press("Perbesar")
    judge.press("Perbesar")
    assert place(judge, 4) == pytest.approx((top, width * 1.25**2), abs=1)
    expect(number).to_have_value("4")
    expect(picture(judge, DOCUMENT, 4)).to_be_in_viewport()
    assert judge.overflow() == 0
    judge.press("Selebar kolom")
    assert place(judge, 4) == (top, width)


def test_scans_show_although_compiled_code_is_forbidden(
    visit: Callable[..., Visitor], places: Places
) -> None:
    organiser = visit()
    organiser.sign_in("panitia")
    organiser.open(places.reading)
    expect(picture(organiser, DOCUMENT, 1)).to_be_visible()
    expect(picture(organiser, SCAN, 1)).to_be_visible()
    assert picture(organiser, SCAN, 1).evaluate(INK) == [255, 0, 0, 255]
    expect(picture(organiser, SCAN, 2)).to_be_visible()
    assert picture(organiser, SCAN, 2).evaluate(INK) == [0, 0, 0, 255]


def test_broken_file_is_offered_for_download(visit: Callable[..., Visitor], places: Places) -> None:
    judge = visit()
    judge.sign_in("juri-5")
    judge.open(places.sheet)
    note = reader(judge, BROKEN).get_by_role("status")
    expect(note).to_contain_text(
        "Berkas ini tidak dapat ditampilkan di sini. Unduh berkasnya untuk dibaca dengan aplikasi lain."
    )
    with judge.page.expect_download() as download:
        note.get_by_role("link").click()
    assert download.value.suggested_filename == BROKEN
    assert download.value.path().read_bytes() == b"%PDF-1.7\nrusak"


def test_file_is_shown_once_the_network_is_back(visit: Callable[..., Visitor], places: Places) -> None:
    judge = visit()
    judge.sign_in("juri-5")
    judge.open(places.sheet)
    expect(picture(judge, DOCUMENT, 1)).to_be_visible()
    with judge.offline():
        expect(reader(judge, SCAN).get_by_role("status")).to_contain_text("tidak dapat ditampilkan")
    # The viewer's library may begin to listen to its request only after that has failed; the reader has told of it.
    judge.faults = [fault for fault in judge.faults if fault != "Failed to fetch"]
    reader(judge, SCAN).get_by_role("button", name="Coba lagi").click()
    expect(picture(judge, SCAN, 1)).to_be_visible()


def test_viewer_is_fetched_only_near_a_file(visit: Callable[..., Visitor], places: Places) -> None:
    judge = visit(390)
    judge.sign_in("juri-5")
    fetched: list[str] = []
    judge.page.on("request", lambda request: fetched.append(request.url))
    judge.open(places.sheet)
    judge.page.wait_for_load_state("networkidle")
    assert [url for url in fetched if "pdfjs" in url or "/berkas/" in url] == []
    judge.page.locator(".sheet-tabs").get_by_role("link", name="Risalah").click()
    expect(picture(judge, DOCUMENT, 1)).to_have_count(1)
    assert {re.sub(r".*/|\?.*", "", url) for url in fetched if "pdfjs" in url} == {
        "pdf.min.mjs",
        "pdf.worker.min.mjs",
    }


def test_file_is_downloaded_without_scripts(visit: Callable[..., Visitor], places: Places) -> None:
    judge = visit(java_script_enabled=False)
    judge.sign_in("juri-5")
    judge.open(places.sheet)
    expect(judge.page.locator("#risalah-utuh .file-text")).to_contain_text("12 halaman")
    with judge.page.expect_download() as download:
        judge.follow(DOCUMENT)
    assert download.value.suggested_filename == DOCUMENT
    assert download.value.path().read_bytes().startswith(b"%PDF-")
