"""A scanned paper becomes one PDF that tells nothing but its pages."""

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream
from PIL import Image

from kbk.errors import FileProblem
from kbk.files.inspection import Inspected, inspect
from kbk.files.kinds import Kind, Purpose
from kbk.files.scans import inspect_scan
from tests.files import hostile


def scanned(folder: Path, *uploads: tuple[bytes, str]) -> Inspected:
    paths = []
    for number, (content, name) in enumerate(uploads):
        path = folder / f"unggahan-{number}"
        path.write_bytes(content)
        paths.append((path, name))
    return inspect_scan(paths)


def refused(folder: Path, *uploads: tuple[bytes, str]) -> str:
    with pytest.raises(FileProblem) as caught:
        scanned(folder, *uploads)
    return caught.value.message


def colours(pdf: Path) -> list[tuple[int, ...]]:
    """The colour in the middle of the picture of every page."""
    found = []
    with pikepdf.open(pdf) as document:
        for page in document.pages:
            image = pikepdf.PdfImage(page.Resources.XObject.Foto).as_pil_image().convert("RGB")
            found.append(tuple(round(part / 255) for part in image.getpixel((10, 10))))
    return found


def plain(colour: str, size: tuple[int, int] = (300, 400), image_format: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, image_format)
    return buffer.getvalue()


def test_a_single_pdf_is_taken_as_it_is_inspected(tmp_path: Path) -> None:
    result = scanned(tmp_path, (hostile.pdf_bytes(hostile.active_pdf()), "BA pindai.pdf"))
    assert (result.filename, result.kind, result.pages) == ("BA pindai.pdf", Kind.PDF, 2)
    with pikepdf.open(result.clean_path) as document:
        assert "/OpenAction" not in document.Root


def test_photos_become_pages_in_the_order_of_their_names(tmp_path: Path) -> None:
    result = scanned(
        tmp_path,
        (plain("blue"), "Foto 10.jpg"),
        (plain("red", image_format="PNG"), "foto 1.PNG"),
        (plain("lime", (400, 300)), "FOTO 2.jpeg"),
    )
    assert (result.filename, result.kind, result.pages) == ("foto 1.pdf", Kind.PDF, 3)
    assert result.size == result.clean_path.stat().st_size
    assert colours(result.clean_path) == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    with pikepdf.open(result.clean_path) as document:
        sizes = [[float(number) for number in page.mediabox] for page in document.pages]
    assert sizes == [[0, 0, 595, 842], [0, 0, 842, 595], [0, 0, 595, 842]]


def test_a_photo_is_upright_and_forgets_where_it_was_taken(tmp_path: Path) -> None:
    result = scanned(tmp_path, (hostile.phone_photo(), "IMG_1.jpg"))
    content = result.clean_path.read_bytes()
    assert [mark for mark in (b"Exif", b"rahasia") if mark in content] == []
    with pikepdf.open(result.clean_path) as document:
        picture = document.pages[0].Resources.XObject.Foto
        assert (int(picture.Width), int(picture.Height)) == (1500, 2000)


def test_what_is_transparent_turns_white_and_grey_stays_grey(tmp_path: Path) -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(clear, "PNG")
    result = scanned(
        tmp_path, (clear.getvalue(), "1.png"), (hostile.picture("PNG", (60, 60), mode="L"), "2.png")
    )
    with pikepdf.open(result.clean_path) as document:
        spaces = [str(page.Resources.XObject.Foto.ColorSpace) for page in document.pages]
    assert spaces == ["/DeviceRGB", "/DeviceGray"]
    assert colours(result.clean_path) == [(1, 1, 1), (1, 1, 1)]


def test_the_same_photos_make_the_same_file(tmp_path: Path) -> None:
    first = scanned(tmp_path, (hostile.phone_photo(), "a.jpg")).clean_path.read_bytes()
    assert scanned(tmp_path, (hostile.phone_photo(), "a.jpg")).clean_path.read_bytes() == first


@pytest.mark.parametrize(
    ("uploads", "message"),
    [
        (
            [(plain("red"), "1.jpg"), (hostile.pdf_bytes(hostile.pdf()), "2.pdf")],
            (
                "Berkas “2.pdf” tidak dapat digabung dengan berkas lain. "
                "Unggah satu PDF saja, atau foto semua halamannya saja."
            ),
        ),
        (
            [(plain("red"), f"{number}.jpg") for number in range(21)],
            (
                "Berkas “0.jpg” dan berkas lainnya berjumlah 21; paling banyak 20 foto. "
                "Pindai menjadi satu PDF, lalu unggah PDF itu."
            ),
        ),
        (
            [(plain("red"), "1.jpg"), (b"<html>", "2.jpg")],
            (
                "Berkas “2.jpg” berakhiran .jpg, tetapi isinya halaman web atau XML. "
                "Simpan ulang sebagai .jpg dari aplikasi asalnya, lalu unggah lagi."
            ),
        ),
        (
            [(hostile.docx(), "BA.docx")],
            (
                "Berkas “BA.docx” tidak dapat diterima di sini. "
                "Unggah berkas dengan akhiran .pdf, .jpg, .jpeg, atau .png."
            ),
        ),
    ],
    ids=["pdf among photos", "too many", "no picture", "word"],
)
def test_what_is_no_scan_is_refused(tmp_path: Path, uploads: list[tuple[bytes, str]], message: str) -> None:
    assert refused(tmp_path, *uploads) == message


def told_pdf() -> bytes:
    """A scanner's PDF that names its maker, with a photo that knows where it was taken."""
    document = hostile.pdf()
    document.docinfo["/Author"] = "Rahasia Penulis"
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = ["Rahasia XMP"]
    photo = hostile.phone_photo((60, 40))
    assert b"Exif" in photo
    document.pages[0].Resources = Dictionary(
        XObject=Dictionary(
            Foto=Stream(
                document, photo, Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40,
                ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
                Metadata=Stream(document, b"Rahasia gambar"),
            )
        )
    )  # fmt: skip
    return hostile.pdf_bytes(document)


def test_a_pdf_forgets_who_made_it_and_where(tmp_path: Path) -> None:
    upload = tmp_path / "unggahan"
    upload.write_bytes(told_pdf())
    result = inspect(upload, "pindai.pdf", Purpose.ATTACHMENT)
    with pikepdf.open(result.clean_path) as document:
        assert dict(document.docinfo) == {}
        assert "/Metadata" not in document.Root
        image = document.pages[0].Resources.XObject.Foto
        assert "/Metadata" not in image
        raw = image.read_raw_bytes()
        assert pikepdf.PdfImage(image).as_pil_image().getpixel((5, 5))[0] > 250
        whole = hostile.pdf_bytes(document, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert [mark for mark in (b"Exif", b"rahasia") if mark in raw] == []
    assert b"Rahasia" not in whole


@pytest.mark.parametrize("cut", [3, 10, 25])
def test_an_odd_picture_inside_a_pdf_stays_as_it_is(tmp_path: Path, cut: int) -> None:
    document = hostile.pdf()
    half = hostile.phone_photo((60, 40))[:cut]
    document.pages[0].Resources = Dictionary(
        XObject=Dictionary(Foto=Stream(document, half, Subtype=Name.Image, Filter=Name.DCTDecode))
    )
    upload = tmp_path / "unggahan"
    upload.write_bytes(hostile.pdf_bytes(document))
    with pikepdf.open(inspect(upload, "aneh.pdf", Purpose.RISALAH).clean_path) as clean:
        assert clean.pages[0].Resources.XObject.Foto.read_raw_bytes() == half
