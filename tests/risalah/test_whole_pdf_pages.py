"""What a team sees that hands in its risalah as one PDF, and where the pages say what was done."""

import io
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest

from kbk.db import transaction
from kbk.files.kinds import Kind
from kbk.risalah.models import Risalah
from kbk.risalah.rules import AttachmentPurpose
from tests.cast import Cast
from tests.files import hostile
from tests.page import Browser, Page

Acting = Callable[[str | None], Browser]
DOCUMENT = {"purpose": AttachmentPurpose.DOCUMENT, "filename": "risalah.pdf"}


def step(cast: Cast, number: int) -> str:
    return f"/risalah/{cast.risalah('Sigap').public_id}/langkah/{number}"


def workplace(cast: Cast) -> str:
    return f"/kelompok/{cast.group('Sigap').public_id}/risalah"


def part(page: Page, place: str) -> Element:
    return next(element for element in page.tree.iter() if element.get("id") == place)


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def states(page: Page) -> dict[str, str]:
    """The badge beside the title of each section, by the section's id."""
    found = {}
    for section in page.tree.iter("section"):
        for badge in section.iter("span"):
            if (badge.get("id") or "").startswith("keadaan-"):
                found[section.get("id") or ""] = text(badge)
    return found


def confirmations(page: Page, place: str | None = None) -> list[str]:
    """What was done, as the whole page or one part of it says."""
    within = page.tree if place is None else part(page, place)
    return [text(element) for element in within.iter("div") if element.get("class") == "flashes"]


def test_sections_say_that_they_are_in_the_pdf(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str]
) -> None:
    before = states(acting_as("ketua").get(step(cast, 2)))
    keep_file(cast.risalah("Sigap"), **DOCUMENT)
    page = acting_as("ketua").get(step(cast, 2))
    assert before == {
        "bagian-kondisi": "Belum diisi",
        "bagian-alur": "Boleh kosong",
        "bagian-target": "Belum diisi",
    }
    assert set(states(page)) == set(before)
    assert set(states(page).values()) == {"Dalam PDF"}
    assert "Risalah ini berupa satu PDF “risalah.pdf” berlaku untuk semua langkah." in page.words()
    assert f"{workplace(cast)}#dokumen-utuh" in page.text


def test_written_section_keeps_its_count_beside_a_pdf(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah], keep_file: Callable[..., str]
) -> None:
    keep_file(complete(), **DOCUMENT)
    assert states(acting_as("ketua").get(step(cast, 2)))["bagian-target"] == "64 kata"


def test_workplace_says_that_all_steps_are_in_the_pdf(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str]
) -> None:
    keep_file(cast.risalah("Sigap"), **DOCUMENT)
    words = acting_as("ketua").get(workplace(cast)).words()
    assert "Semua langkah dalam PDF" in words
    assert "langkah lengkap" not in words
    assert "Risalah ini berupa satu PDF, “risalah.pdf”." in words
    assert "Belum diisi" not in words


def test_check_before_handing_in_asks_to_look_into_the_pdf(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str]
) -> None:
    risalah = cast.risalah("Sigap")
    public_id = keep_file(risalah, **DOCUMENT)
    with transaction():
        risalah.title = "Menurunkan antrean"
    page = acting_as("ketua").get(f"/risalah/{risalah.public_id}/serahkan")
    assert "Isi PDF Anda periksa sendiri" in page.words()
    assert "risalah utuh sebagai PDF, 1 halaman" in page.words()
    assert f'href="/berkas/{public_id}"' in page.text
    assert "Belum dapat diserahkan" not in page.words()


def test_confirmation_stands_where_the_file_is(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua")
    sent = {"file": (io.BytesIO(hostile.pdf_bytes(hostile.pdf(1))), "SK.pdf"), "step": "3"}
    answer = browser.post(f"/risalah/{cast.risalah('Sigap').public_id}/berkas", sent)
    assert answer.location == f"{step(cast, 3)}#berkas"
    page = browser.get(step(cast, 3))
    assert confirmations(page) == confirmations(page, "berkas")
    assert confirmations(page) == ["Berhasil: Berkas “SK.pdf” ditambahkan."]


def test_confirmation_stands_where_the_section_is(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua")
    section = f"/risalah/{cast.risalah('Sigap').public_id}/bagian/target"
    answer = browser.post(section, {"html": "<p>Dari 40 menjadi 20 menit.</p>", "version": "0"})
    assert answer.location == f"{step(cast, 2)}#bagian-target"
    page = browser.get(step(cast, 2))
    assert confirmations(page) == confirmations(page, "bagian-target")
    assert confirmations(page) == ["Berhasil: Bagian “Sasaran” disimpan."]


def test_confirmation_for_another_page_stands_on_top(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua")
    section = f"/risalah/{cast.risalah('Sigap').public_id}/bagian/target"
    browser.post(section, {"html": "<p>Dari 40 menjadi 20 menit.</p>", "version": "0"})
    assert confirmations(browser.get(workplace(cast))) == ["Berhasil: Bagian “Sasaran” disimpan."]


@pytest.mark.parametrize(
    ("options", "place"),
    [({}, "berkas"), ({"step": "3"}, "berkas"), (DOCUMENT, "dokumen-utuh")],
    ids=["of the risalah", "of a step", "whole"],
)
def test_removed_file_leads_to_where_it_stood(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str], options: dict[str, str], place: str
) -> None:
    browser = acting_as("ketua")
    public_id = keep_file(cast.risalah("Sigap"), **options)
    answer = browser.post(f"/berkas/{public_id}/hapus")
    page = browser.get(answer.location.partition("#")[0])
    assert answer.location.partition("#")[2] == place
    assert len(confirmations(page)) == 1
    assert confirmations(page) == confirmations(page, place)


@pytest.mark.parametrize(
    ("html", "state"), [("<p>Satu dua.</p>", "2 dari sekitar 15 kata"), ("", "Belum diisi")]
)
def test_automatic_save_answers_with_the_new_badge(
    acting_as: Acting, cast: Cast, html: str, state: str
) -> None:
    section = f"/risalah/{cast.risalah('Sigap').public_id}/bagian/target"
    answer = acting_as("ketua").post(
        section, {"html": html, "version": "0"}, headers={"X-Requested-With": "fetch"}
    )
    badge = answer.response.get_json()["shown"]["keadaan-target"]
    assert badge.startswith('<span class="state state-')
    assert badge.endswith(f"{state}</span>")


def test_deadline_is_told_while_a_step_is_written(acting_as: Acting, cast: Cast) -> None:
    assert "Batas penyerahan" in acting_as("ketua").get(step(cast, 2)).words()
    assert "Batas penyerahan" not in acting_as("panitia").get(step(cast, 2)).words()


@pytest.mark.parametrize(
    ("filename", "advised"), [("risalah.docx", True), ("RISALAH.DOC", True), ("foto.png", False)]
)
def test_word_in_place_of_the_pdf_is_told_how_it_becomes_one(
    acting_as: Acting, cast: Cast, filename: str, advised: bool
) -> None:
    url = f"/risalah/{cast.risalah('Sigap').public_id}/dokumen"
    page = acting_as("ketua").post(url, {"file": (io.BytesIO(b"PK\x03\x04"), filename)})
    assert page.status == 400
    assert f"Berkas “{filename}” tidak dapat diterima di sini." in page.words()
    assert ("Ubah dahulu menjadi PDF: di Word pilih Berkas, Simpan sebagai, PDF" in page.words()) is advised


def test_risalah_attached_as_word_is_noticed_before_handing_in(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str]
) -> None:
    keep_file(cast.risalah("Sigap"), filename="risalah akhir.docx", kind=Kind.DOCX)
    page = acting_as("ketua").get(f"/risalah/{cast.risalah('Sigap').public_id}/serahkan")
    assert "“risalah akhir.docx” tersimpan sebagai lampiran. Bila itu risalahnya" in page.words()
    assert "simpan dahulu sebagai PDF" in page.words()
