import io
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from kbk.files.kinds import Kind
from kbk.risalah import queries
from kbk.risalah.rules import AttachmentPurpose
from kbk.web.storage import store
from tests.cast import Cast
from tests.files import hostile
from tests.page import Browser, Page

Acting = Callable[[str | None], Browser]


def send(
    browser: Browser,
    cast: Cast,
    content: bytes,
    filename: str,
    place: str = "berkas",
    step: str = "",
    **headers: str,
) -> Page:
    risalah = cast.risalah("Sigap")
    fields: dict[str, object] = {"file": (io.BytesIO(content), filename)} | ({"step": step} if step else {})
    return browser.post(f"/risalah/{risalah.public_id}/{place}", fields, headers=headers)


def kept(cast: Cast) -> list[tuple[str, str, str | None]]:
    return [(f.filename, f.purpose.value, f.step) for f in queries.files(cast.risalah("Sigap"))]


def test_pdf_is_attached_to_its_step(acting_as: Acting, cast: Cast) -> None:
    answer = send(acting_as("anggota"), cast, hostile.pdf_bytes(hostile.pdf(3)), "SK KBK.pdf", step="3")
    assert answer.location == f"/risalah/{cast.risalah('Sigap').public_id}/langkah/3#berkas"
    assert kept(cast) == [("SK KBK.pdf", "attachment", "3")]
    assert queries.files(cast.risalah("Sigap"))[0].pages == 3


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (hostile.docx(), "notulen.docx"),
        (hostile.xlsx([["a", 1]]), "data.xlsx"),
        (hostile.picture("JPEG"), "foto.jpg"),
        (hostile.picture("PNG"), "grafik.png"),
    ],
    ids=["docx", "xlsx", "jpeg", "png"],
)
def test_allowed_kinds_are_accepted(acting_as: Acting, cast: Cast, content: bytes, filename: str) -> None:
    assert send(acting_as("anggota"), cast, content, filename).status == 302
    assert kept(cast) == [(filename, "attachment", None)]


def several(*files: tuple[bytes, str]) -> dict[str, object]:
    return {"file": [(io.BytesIO(content), filename) for content, filename in files], "step": "3"}


def test_photos_are_attached_together(acting_as: Acting, cast: Cast) -> None:
    browser, risalah = acting_as("anggota"), cast.risalah("Sigap")
    photos = several(*((hostile.picture("JPEG", (20 + n, 30)), f"foto {n}.jpg") for n in (1, 2, 3)))
    answer = browser.post(f"/risalah/{risalah.public_id}/berkas", photos)
    assert answer.status == 302
    assert kept(cast) == [(f"foto {n}.jpg", "attachment", "3") for n in (1, 2, 3)]
    words = browser.get(f"/risalah/{cast.risalah('Sigap').public_id}/langkah/3").words()
    assert "Berkas “foto 1.jpg”, “foto 2.jpg”, dan “foto 3.jpg” ditambahkan." in words


def test_refused_file_does_not_keep_the_others_out(acting_as: Acting, cast: Cast) -> None:
    files = several(
        (hostile.picture("JPEG"), "foto.jpg"), (b"<script>", "x.html"), (hostile.docx(), "a.docx")
    )
    page = acting_as("anggota").post(f"/risalah/{cast.risalah('Sigap').public_id}/berkas", files)
    assert page.status == 400
    assert kept(cast) == [("foto.jpg", "attachment", "3"), ("a.docx", "attachment", "3")]
    assert "Berkas “x.html” tidak dapat diterima di sini." in page.words()
    assert "Berkas “foto.jpg” dan “a.docx” sudah ditambahkan dan tidak perlu diunggah lagi." in page.words()


def test_too_many_files_at_once_are_refused_together(acting_as: Acting, cast: Cast) -> None:
    files = several(*((b"x", f"{n}.jpg") for n in range(21)))
    page = acting_as("anggota").post(f"/risalah/{cast.risalah('Sigap').public_id}/berkas", files)
    assert page.status == 400
    assert "Unggah paling banyak 20 berkas sekaligus." in page.words()
    assert kept(cast) == []


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        (b"bukan pdf", "laporan.pdf", "Berkas “laporan.pdf” berakhiran .pdf, tetapi isinya tidak dikenal."),
        (b"%PDF-1.7 rusak", "laporan.pdf", "Berkas “laporan.pdf”"),
        (b"", "kosong.pdf", "Berkas “kosong.pdf” kosong."),
        (b"<svg onload='alert(1)'/>", "gambar.svg", "Berkas “gambar.svg” tidak dapat diterima di sini."),
        (b"<script>", "halaman.html", "Berkas “halaman.html” tidak dapat diterima di sini."),
        (hostile.docx(), "../../etc/data.xlsx", "Berkas “data.xlsx”"),
    ],
    ids=["text", "broken", "empty", "svg", "html", "docx as xlsx"],
)
def test_refused_file_is_named_with_the_way_out(
    acting_as: Acting, cast: Cast, content: bytes, filename: str, sentence: str
) -> None:
    page = send(acting_as("anggota"), cast, content, filename)
    assert page.status == 400
    assert sentence in page.words()
    assert kept(cast) == []


def test_nothing_chosen_is_said(acting_as: Acting, cast: Cast) -> None:
    url = f"/risalah/{cast.risalah('Sigap').public_id}/berkas"
    page = acting_as("anggota").post(url, {"step": "2"})
    assert page.status == 400
    assert "Pilih berkas lebih dahulu." in page.words()
    assert page.heading == "Langkah 2: Menyajikan fakta dan data"


@pytest.mark.parametrize("step", ["0", "8", "-1"])
def test_unknown_step_is_not_found(acting_as: Acting, cast: Cast, step: str) -> None:
    assert send(acting_as("anggota"), cast, b"x", "a.pdf", step=step).status == 404


def test_file_of_fifty_megabytes_is_refused(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("anggota")
    upload = FileStorage(io.BytesIO(b"%PDF-1.7" + bytes(50 * 1024 * 1024)), "besar.pdf")
    boundary, body = encode_multipart({"csrf_token": browser.csrf_token, "file": upload})
    answer = browser.client.post(
        f"/risalah/{cast.risalah('Sigap').public_id}/berkas",
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
    )
    assert answer.status_code == 413
    assert "terlalu besar" in answer.get_data(as_text=True)
    assert kept(cast) == []


def test_same_file_sent_twice_is_kept_once(acting_as: Acting, cast: Cast) -> None:
    content = hostile.picture("PNG")
    for _time in range(2):
        assert send(acting_as("anggota"), cast, content, "foto.png").status == 302
    assert kept(cast) == [("foto.png", "attachment", None)]


def test_quota_of_all_files_is_kept(acting_as: Acting, cast: Cast, app: Flask) -> None:
    app.extensions["settings"].risalah_quota_bytes = 10
    page = send(acting_as("anggota"), cast, hostile.picture("PNG"), "foto.png")
    assert page.status == 400
    assert "Berkas risalah ini sudah 0 B dari 10 B yang tersedia." in page.words()


def test_whole_pdf_replaces_the_former(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua")
    send(browser, cast, hostile.pdf_bytes(hostile.pdf(1)), "lama.pdf", "dokumen")
    answer = send(browser, cast, hostile.pdf_bytes(hostile.pdf(2)), "baru.pdf", "dokumen")
    assert answer.location == f"/kelompok/{cast.group('Sigap').public_id}/risalah#isi"
    assert kept(cast) == [("baru.pdf", "document", None)]
    page = browser.get(f"/kelompok/{cast.group('Sigap').public_id}/risalah")
    assert "Serahkan risalah" in page.words()


def test_whole_risalah_must_be_a_pdf(acting_as: Acting, cast: Cast) -> None:
    page = send(acting_as("ketua"), cast, hostile.docx(), "risalah.docx", "dokumen")
    assert page.status == 400
    assert "Unggah berkas dengan akhiran .pdf." in page.words()


def test_picture_is_written_anew_and_shown(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("anggota")
    answer = send(
        browser, cast, hostile.phone_photo((400, 300)), "foto.jpg", "gambar", **{"X-Requested-With": "fetch"}
    )
    assert answer.response.json is not None
    url = answer.response.json["url"]
    shown = browser.get(url).response
    assert shown.mimetype == "image/jpeg"
    assert not Image.open(io.BytesIO(shown.data)).getexif()
    saved = browser.save(
        f"/risalah/{cast.risalah('Sigap').public_id}/bagian/alur",
        {"html": f'<p><img src="{url}"></p>', "version": "0"},
    )
    assert saved.response.json is not None
    assert saved.response.json["problems"] == {}
    section = queries.section(cast.risalah("Sigap"), "alur")
    assert section is not None
    assert section.html == f'<p><img src="{url}"></p>'


def test_picture_that_is_none_answers_json(acting_as: Acting, cast: Cast) -> None:
    answer = send(acting_as("anggota"), cast, b"GIF89a", "a.png", "gambar", **{"X-Requested-With": "fetch"})
    assert answer.status == 400
    assert answer.response.json is not None
    assert answer.response.json["message"].startswith(
        "Berkas “a.png” berakhiran .png, tetapi isinya gambar GIF."
    )


def test_download_is_inert(acting_as: Acting, cast: Cast, keep_file: Callable[..., str]) -> None:
    public_id = keep_file(cast.risalah("Sigap"), b"%PDF-isi", "data.pdf")
    response = acting_as("panitia").get(f"/berkas/{public_id}").response
    assert response.data == b"%PDF-isi"
    assert response.headers["Content-Disposition"] == "attachment; filename=data.pdf"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_file_that_the_store_has_lost_is_named_with_the_way_out(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str], data_dir: Path
) -> None:
    public_id = keep_file(cast.risalah("Sigap"), b"%PDF-isi", "data.pdf")
    (kept,) = (path for path in data_dir.rglob("*") if path.is_file() and path.read_bytes() == b"%PDF-isi")
    kept.unlink()
    page = acting_as("ketua").get(f"/berkas/{public_id}")
    assert page.status == 404
    assert "Berkas “data.pdf” tidak ada lagi di penyimpanan. Beri tahu panitia" in page.words()


@pytest.mark.parametrize("username", ["ketua-lain", "juri", "pengguna"])
def test_download_is_secret_to_strangers(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str], username: str
) -> None:
    public_id = keep_file(cast.risalah("Sigap"))
    browser = acting_as(username)
    foreign, missing = browser.get(f"/berkas/{public_id}"), browser.get("/berkas/AAAAAAAAAAAAAAAA")
    assert (foreign.status, foreign.text) == (404, missing.text)


def test_visitor_is_asked_to_sign_in(acting_as: Acting, cast: Cast, keep_file: Callable[..., str]) -> None:
    answer = acting_as(None).get(f"/berkas/{keep_file(cast.risalah('Sigap'))}")
    assert answer.location.startswith("/masuk?lanjut=")


def test_removed_file_leaves_the_list_but_not_the_store(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str]
) -> None:
    public_id = keep_file(cast.risalah("Sigap"), b"isi", step="2")
    browser = acting_as("anggota")
    for _time in range(2):
        assert browser.post(f"/berkas/{public_id}/hapus").status == 302
    assert kept(cast) == []
    assert store().exists(sha256(b"isi").hexdigest())


def test_picture_of_a_text_is_not_removed_as_a_file(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str]
) -> None:
    public_id = keep_file(cast.risalah("Sigap"), b"isi", "a.png", Kind.PNG, purpose=AttachmentPurpose.PICTURE)
    assert acting_as("ketua").post(f"/berkas/{public_id}/hapus").status == 409


def test_organiser_does_not_touch_files(acting_as: Acting, cast: Cast, keep_file: Callable[..., str]) -> None:
    public_id = keep_file(cast.risalah("Sigap"))
    assert acting_as("panitia").post(f"/berkas/{public_id}/hapus").status == 404
    assert len(kept(cast)) == 1
