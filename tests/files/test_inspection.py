import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from kbk.errors import FileProblem
from kbk.files.inspection import Inspected, inspect
from kbk.files.kinds import Kind, Purpose
from tests.files import hostile

ANY = Purpose.ATTACHMENT


def inspected(folder: Path, content: bytes, filename: str, purpose: Purpose = ANY) -> Inspected:
    upload = folder / "unggahan"
    upload.write_bytes(content)
    return inspect(upload, filename, purpose)


def refused(folder: Path, content: bytes, filename: str, purpose: Purpose = ANY) -> str:
    with pytest.raises(FileProblem) as caught:
        inspected(folder, content, filename, purpose)
    return caught.value.message


def test_inspect_accepts_a_pdf_with_its_pages(tmp_path: Path) -> None:
    result = inspected(tmp_path, hostile.pdf_bytes(hostile.pdf(3)), "C:\\dokumen\\Risalah KBK.PDF")
    assert (result.filename, result.kind, result.pages) == ("Risalah KBK.PDF", Kind.PDF, 3)
    assert (result.media_type, result.extension) == ("application/pdf", "pdf")
    assert result.size == result.clean_path.stat().st_size
    with pikepdf.open(result.clean_path) as document:
        assert len(document.pages) == 3


def test_inspect_takes_everything_active_out_of_a_pdf(tmp_path: Path) -> None:
    result = inspected(tmp_path, hostile.pdf_bytes(hostile.active_pdf()), "aktif.pdf")
    clean = result.clean_path.read_bytes()
    with pikepdf.open(result.clean_path) as document:
        assert [name for name in ("/OpenAction", "/AA") if name in document.Root] == []
        assert "/XFA" not in document.Root.AcroForm
        assert len(document.attachments) == 0
        assert "/AA" not in document.pages[0].obj
        actions = [annotation.A for annotation in document.pages[0].obj.Annots if "/A" in annotation]
        assert [str(action.URI) for action in actions] == ["https://video.example/presentasi"]
        plain = hostile.pdf_bytes(document, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    words = (b"JavaScript", b"Launch", b"GoToR", b"SubmitForm", b"EmbeddedFile", b"javascript:", b"cmd.exe")
    assert [word for word in words if word in plain] == []
    assert clean.startswith(b"%PDF-")


def test_inspect_writes_equal_pdfs_equally(tmp_path: Path) -> None:
    content = hostile.pdf_bytes(hostile.pdf())
    first = inspected(tmp_path, content, "a.pdf").clean_path.read_bytes()
    assert inspected(tmp_path, content, "b.pdf").clean_path.read_bytes() == first


def test_inspect_keeps_the_bytes_of_a_signed_pdf(tmp_path: Path) -> None:
    content = hostile.pdf_bytes(hostile.signed_pdf())
    assert inspected(tmp_path, content, "sk.pdf").clean_path.read_bytes() == content
    active = hostile.pdf_bytes(hostile.signed_pdf(active=True))
    assert refused(tmp_path, active, "sk.pdf") == (
        "Berkas “sk.pdf” bertanda tangan elektronik tetapi memuat skrip, lampiran, atau tindakan otomatis. "
        "Buat PDF tanpa isi aktif, tanda tangani kembali, lalu unggah lagi."
    )


@pytest.mark.parametrize(
    ("owner", "user"), [("rahasia", "rahasia"), ("rahasia", "")], ids=["to open", "to change"]
)
def test_inspect_refuses_an_encrypted_pdf(tmp_path: Path, owner: str, user: str) -> None:
    content = hostile.pdf_bytes(hostile.pdf(), encryption=pikepdf.Encryption(owner=owner, user=user))
    assert refused(tmp_path, content, "kunci.pdf") == (
        "Berkas “kunci.pdf” dikunci dengan kata sandi atau pembatasan. "
        "Simpan ulang sebagai PDF tanpa kata sandi, lalu unggah lagi."
    )


def test_inspect_refuses_a_pdf_of_too_many_pages(tmp_path: Path) -> None:
    assert refused(tmp_path, hostile.pdf_bytes(hostile.pdf(201)), "tebal.pdf") == (
        "Berkas “tebal.pdf” mempunyai 201 halaman; paling banyak 200 halaman. "
        "Kurangi lampirannya atau bagi menjadi beberapa berkas."
    )


@pytest.mark.parametrize("keep", [12, 300, -40])
def test_inspect_refuses_a_truncated_pdf(tmp_path: Path, keep: int) -> None:
    content = hostile.pdf_bytes(hostile.active_pdf())[:keep]
    assert refused(tmp_path, content, "putus.pdf") == (
        "Berkas “putus.pdf” rusak atau terpotong sehingga tidak dapat dibuka. "
        "Buka dokumen aslinya, simpan ulang sebagai PDF, lalu unggah lagi."
    )


def test_inspect_turns_scales_and_strips_a_phone_photo(tmp_path: Path) -> None:
    result = inspected(tmp_path, hostile.phone_photo(), "IMG_0001.JPG", Purpose.PICTURE)
    assert (result.kind, result.pixels) == (Kind.JPEG, (1500, 2000))
    clean = result.clean_path.read_bytes()
    assert (b"Exif" in clean, b"rahasia" in clean) == (False, False)
    with Image.open(io.BytesIO(clean)) as image:
        assert (image.size, dict(image.getexif())) == ((1500, 2000), {})


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_inspect_accepts_every_common_png(tmp_path: Path, mode: str) -> None:
    result = inspected(tmp_path, hostile.picture("PNG", (40, 30), mode), "logo.png")
    assert (result.kind, result.pixels) == (Kind.PNG, (40, 30))
    with Image.open(result.clean_path, formats=["PNG"]) as image:
        assert image.mode == {"1": "L", "I;16": "L", "P": "RGB", "LA": "RGBA"}.get(mode, mode)


def test_inspect_accepts_a_jpeg_for_print(tmp_path: Path) -> None:
    result = inspected(tmp_path, hostile.picture("JPEG", mode="CMYK"), "cetak.jpeg")
    with Image.open(result.clean_path) as image:
        assert image.mode == "RGB"


@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [
        (hostile.gigantic_png(), "raksasa.png", "berukuran 30000 × 30000 piksel; paling besar 40 megapiksel"),
        (hostile.picture("PNG")[:60], "putus.png", "rusak atau bukan gambar"),
        (hostile.phone_photo((400, 300))[:-900], "putus.jpg", "rusak atau bukan gambar"),
        (hostile.picture("EPS"), "eps.png", "berakhiran .png, tetapi isinya berkas PostScript"),
        (hostile.picture("PNG"), "foto.jpg", "berakhiran .jpg, tetapi isinya gambar PNG"),
        (hostile.picture("GIF"), "foto.jpg", "tetapi isinya gambar GIF"),
        (b"<svg onload='alert(1)'/>", "logo.png", "tetapi isinya halaman web atau XML"),
        (b"<html><script>", "risalah.pdf", "tetapi isinya halaman web atau XML"),
        (hostile.docx(), "risalah.pdf", "tetapi isinya dokumen Office atau arsip ZIP"),
        (b"\xd0\xcf\x11\xe0" * 9, "lama.docx", "dokumen Office lama atau yang dikunci dengan kata sandi"),
        (b"MZ\x90", "risalah.pdf", "tetapi isinya program"),
        (b"GIF8;" + hostile.pdf_bytes(hostile.pdf()), "polyglot.pdf", "tetapi isinya gambar GIF"),
        (b"", "kosong.pdf", "kosong"),
        (b"%PDF-1.7 halo", "palsu.pdf", "rusak atau terpotong"),
        (b"x", "risalah.pdf.exe", "tidak dapat diterima di sini"),
        (b"x", "risalah", "tidak dapat diterima di sini"),
        (b"x", "laporan.docm", "tidak dapat diterima di sini"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_inspect_refuses_what_is_not_as_it_says(
    tmp_path: Path, content: bytes, filename: str, words: str
) -> None:
    message = refused(tmp_path, content, filename)
    assert message.startswith(f"Berkas “{filename}” ")
    assert words in message


def test_inspect_names_what_the_place_accepts(tmp_path: Path) -> None:
    assert refused(tmp_path, hostile.docx(), "risalah.docx", Purpose.PICTURE) == (
        "Berkas “risalah.docx” tidak dapat diterima di sini. "
        "Unggah berkas dengan akhiran .jpg, .jpeg, atau .png."
    )


def test_inspect_names_the_size_limit(tmp_path: Path) -> None:
    upload = tmp_path / "unggahan"
    with upload.open("wb") as stream:
        stream.write(b"%PDF-1.7")
        stream.truncate(50 * 1024 * 1024)
    with pytest.raises(FileProblem) as caught:
        inspect(upload, "besar.pdf", Purpose.RISALAH)
    assert caught.value.message == (
        "Berkas “besar.pdf” berukuran 50 MB; paling besar 25 MB. "
        "Perkecil atau bagi berkasnya, lalu unggah lagi."
    )


def test_inspect_rewrites_a_polyglot_picture(tmp_path: Path) -> None:
    content = hostile.picture("PNG") + hostile.docx_with({"vbaProject.bin": b"makro"})
    clean = inspected(tmp_path, content, "polyglot.png").clean_path.read_bytes()
    assert b"PK" not in clean


def test_purpose_writes_the_accept_attribute() -> None:
    assert Purpose.PICTURE.accept_attribute == ".jpg,.jpeg,.png"
