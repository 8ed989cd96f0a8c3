"""Decides whether an uploaded file is accepted, and gives back what is to be kept of it.

A file is known by its extension, its first bytes and a real parser, all three of which must agree. PDFs and
pictures are written anew; what the caller stores is ``clean_path``, never the upload itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from kbk.cage import MEGABYTE, run_caged
from kbk.errors import FileProblem
from kbk.files.image_check import check_image
from kbk.files.kinds import Kind, Purpose, content_name
from kbk.files.office_check import OfficeKind, check_office
from kbk.files.pdf_check import check_pdf
from kbk.files.refusals import clean_filename, refusal
from kbk.files.spreadsheets import check_workbook
from kbk.indonesian import format_bytes

T = TypeVar("T")

_IMAGE_FORMATS: dict[Kind, Literal["JPEG", "PNG"]] = {Kind.JPEG: "JPEG", Kind.PNG: "PNG"}
_OFFICE_KINDS: dict[Kind, OfficeKind] = {Kind.DOCX: "docx", Kind.XLSX: "xlsx", Kind.ODS: "ods"}
_WORKBOOKS = frozenset({Kind.XLSX, Kind.XLS, Kind.ODS})


@dataclass(frozen=True)
class Inspected:
    """An accepted file: ``size`` in bytes is that of the file at ``clean_path``, the one to be stored.

    ``pages`` is known of PDFs, ``pixels`` (width, height) of pictures. Office files are kept as they came, so
    there ``clean_path`` is the upload itself.
    """

    filename: str
    kind: Kind
    size: int
    clean_path: Path
    pages: int | None = None
    pixels: tuple[int, int] | None = None

    @property
    def media_type(self) -> str:
        """The type a download is labelled with."""
        return self.kind.media_type

    @property
    def extension(self) -> str:
        """The extension of the kind, without the dot."""
        return self.kind.extension


def inspect(path: Path, filename: str, purpose: Purpose) -> Inspected:
    """What the upload at ``path``, called ``filename`` by its sender, is accepted as.

    A file written anew lies beside ``path``, so give each upload a temporary folder of its own and remove
    that afterwards. Raises FileProblem with the file, its fault and the way out.
    """
    name = clean_filename(filename)
    kind = _claimed_kind(name, purpose)
    size = path.stat().st_size
    _check_size(name, kind, size)
    _check_start(path, name, kind)
    clean_path = path.with_name(f"{path.name}.clean")
    pages: int | None = None
    pixels: tuple[int, int] | None = None
    if kind is Kind.PDF:
        pages = caged(name, 1500, check_pdf, path, clean_path, name)
    elif kind in _IMAGE_FORMATS:
        pixels = caged(name, 1000, check_image, path, clean_path, name, _IMAGE_FORMATS[kind])
    else:
        if kind in _OFFICE_KINDS:
            caged(name, 600, check_office, path, name, _OFFICE_KINDS[kind])
        if kind in _WORKBOOKS:
            caged(name, 600, check_workbook, path, name)
        clean_path = path
    return Inspected(name, kind, clean_path.stat().st_size, clean_path, pages, pixels)


def _claimed_kind(name: str, purpose: Purpose) -> Kind:
    extension = name.rpartition(".")[2].casefold()
    for kind in purpose.kinds:
        if extension in kind.extensions:
            return kind
    raise refusal(name, "tidak dapat diterima di sini", f"Unggah berkas dengan akhiran {purpose.accepted}")


def _check_size(name: str, kind: Kind, size: int) -> None:
    if size == 0:
        raise refusal(name, "kosong", "Periksa berkasnya, lalu unggah lagi")
    if size > kind.max_bytes:
        raise refusal(
            name,
            f"berukuran {format_bytes(size)}; paling besar {format_bytes(kind.max_bytes)}",
            "Perkecil atau bagi berkasnya, lalu unggah lagi",
        )


def _check_start(path: Path, name: str, kind: Kind) -> None:
    with path.open("rb") as stream:
        start = stream.read(16)
    if not start.startswith(kind.value.starts_with):
        raise refusal(
            name,
            f"berakhiran .{name.rpartition('.')[2]}, tetapi isinya {content_name(start)}",
            f"Simpan ulang sebagai .{kind.extension} dari aplikasi asalnya, lalu unggah lagi",
        )


def caged(name: str, megabytes: int, function: Callable[..., T], *args: object) -> T:
    """What a parser makes of the upload called ``name``, in the cage; FileProblem when it makes nothing of it."""
    try:
        return run_caged(function, *args, cpu_seconds=20, wall_seconds=40, memory_bytes=megabytes * MEGABYTE)
    except FileProblem:
        raise
    # On hostile input a parser may fail in any way at all; none of them is a fault of this program.
    except Exception:  # noqa: BLE001
        raise refusal(
            name,
            "rusak atau terlalu rumit untuk diperiksa",
            "Sederhanakan atau simpan ulang berkasnya, lalu unggah lagi",
        ) from None
