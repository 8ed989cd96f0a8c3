"""Makes one PDF of a scanned paper: the PDF that was uploaded, or the photos of its pages bound together."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream
from PIL import Image

from kbk.files.inspection import Inspected, caged, inspect
from kbk.files.kinds import Kind, Purpose
from kbk.files.refusals import refusal

MOST_PHOTOS = 20

_A4 = (595, 842)
"""Width and height of an upright page in points."""
_DIGITS = re.compile(r"(\d+)")


def inspect_scan(uploads: Sequence[tuple[Path, str]]) -> Inspected:
    """What one or more uploads (path, sender's name) are accepted as: always a PDF.

    Photos become its pages in the order of their names, "foto 2" before "foto 10". The PDF lies beside the first
    upload, so give them a temporary folder. Raises FileProblem.
    """
    found = [inspect(path, name, Purpose.SCAN) for path, name in _in_order(uploads)]
    first = found[0]
    if len(found) == 1 and first.kind is Kind.PDF:
        return first
    if document := next((one for one in found if one.kind is Kind.PDF), None):
        raise refusal(
            document.filename,
            "tidak dapat digabung dengan berkas lain",
            "Unggah satu PDF saja, atau foto semua halamannya saja",
        )
    target = first.clean_path.with_name("bound.pdf")
    pages = caged(first.filename, 1000, bind_photos, [one.clean_path for one in found], target)
    name = f"{first.filename.rpartition('.')[0]}.pdf"
    return Inspected(name, Kind.PDF, target.stat().st_size, target, pages)


def page_count(content: bytes) -> int | None:
    """How many pages a PDF of our own making has; None when it cannot be read any more."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            return len(document.pages)
    except pikepdf.PdfError:
        return None


def _in_order(uploads: Sequence[tuple[Path, str]]) -> list[tuple[Path, str]]:
    if len(uploads) > MOST_PHOTOS:
        raise refusal(
            uploads[0][1],
            f"dan berkas lainnya berjumlah {len(uploads)}; paling banyak {MOST_PHOTOS} foto",
            "Pindai menjadi satu PDF, lalu unggah PDF itu",
        )
    return sorted(uploads, key=lambda upload: _name_key(upload[1]))


def _name_key(name: str) -> list[tuple[int, str]]:
    """Orders names as people count: numbers by their value."""
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in _DIGITS.split(name)]


def bind_photos(photos: Sequence[Path], target: Path) -> int:
    """Writes inspected pictures as the pages of a PDF at ``target``; returns their number. Runs in the cage only."""
    with pikepdf.new() as pdf:
        for photo in photos:
            _add_page(pdf, photo)
        pdf.save(target, deterministic_id=True)
    return len(photos)


def _add_page(pdf: Pdf, photo: Path) -> None:
    """One A4 page, lying for a wide photo, with the photo as large as fits."""
    content, (width, height), is_grey = _as_jpeg(photo)
    picture = Stream(
        pdf,
        content,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceGray if is_grey else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page_width, page_height = _A4 if height >= width else _A4[::-1]
    scale = min(page_width / width, page_height / height)
    shown = (width * scale, height * scale)
    left, bottom = (page_width - shown[0]) / 2, (page_height - shown[1]) / 2
    page = pdf.add_blank_page(page_size=(page_width, page_height))
    page.Resources = Dictionary(XObject=Dictionary(Foto=picture))
    page.Contents = Stream(
        pdf, b"q %.3f 0 0 %.3f %.3f %.3f cm /Foto Do Q" % (shown[0], shown[1], left, bottom)
    )


def _as_jpeg(photo: Path) -> tuple[bytes, tuple[int, int], bool]:
    """The picture as JPEG, its width and height in pixels, and whether it is grey; what is transparent turns white."""
    with Image.open(photo) as image:
        if image.format == "JPEG":
            return photo.read_bytes(), image.size, image.mode == "L"
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        is_grey = image.mode == "L"
        target = io.BytesIO()
        ground.convert("L" if is_grey else "RGB").save(target, "JPEG", quality=85, optimize=True)
        return target.getvalue(), image.size, is_grey
