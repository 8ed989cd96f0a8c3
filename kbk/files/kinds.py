"""The kinds of file that are accepted, their limits, and what each place in the program accepts."""

from dataclasses import dataclass
from enum import Enum

from kbk.indonesian import join_words

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class _Traits:
    media_type: str
    extensions: tuple[str, ...]
    name: str
    starts_with: bytes
    max_bytes: int


class Kind(Enum):
    """A kind of file, known by its first bytes as well as by its name."""

    PDF = _Traits("application/pdf", ("pdf",), "PDF", b"%PDF-", 25 * MEGABYTE)
    DOCX = _Traits(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ("docx",),
        "Word",
        b"PK\x03\x04",
        25 * MEGABYTE,
    )
    XLSX = _Traits(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ("xlsx",),
        "Excel",
        b"PK\x03\x04",
        10 * MEGABYTE,
    )
    XLS = _Traits("application/vnd.ms-excel", ("xls",), "Excel lama", b"\xd0\xcf\x11\xe0", 10 * MEGABYTE)
    ODS = _Traits(
        "application/vnd.oasis.opendocument.spreadsheet",
        ("ods",),
        "LibreOffice Calc",
        b"PK\x03\x04",
        10 * MEGABYTE,
    )
    JPEG = _Traits("image/jpeg", ("jpg", "jpeg"), "gambar JPEG", b"\xff\xd8\xff", 25 * MEGABYTE)
    PNG = _Traits("image/png", ("png",), "gambar PNG", b"\x89PNG\r\n\x1a\n", 25 * MEGABYTE)

    @property
    def media_type(self) -> str:
        """The type a download is labelled with."""
        return self.value.media_type

    @property
    def extension(self) -> str:
        """The extension, without the dot, that a file of this kind is given."""
        return self.value.extensions[0]

    @property
    def extensions(self) -> tuple[str, ...]:
        """All extensions that name this kind."""
        return self.value.extensions

    @property
    def max_bytes(self) -> int:
        """The largest file of this kind that is accepted."""
        return self.value.max_bytes


class Purpose(Enum):
    """What a file is uploaded for; the value is the kinds that may be."""

    RISALAH = (Kind.PDF,)
    ATTACHMENT = (Kind.PDF, Kind.DOCX, Kind.XLSX, Kind.JPEG, Kind.PNG)
    PICTURE = (Kind.JPEG, Kind.PNG)
    SCAN = (Kind.PDF, Kind.JPEG, Kind.PNG)
    IMPORT = (Kind.XLSX, Kind.XLS, Kind.ODS)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of file that may be uploaded for this."""
        kinds: tuple[Kind, ...] = self.value
        return kinds

    @property
    def accepted(self) -> str:
        """The accepted extensions as words: ``.jpg, .jpeg, atau .png``."""
        extensions = [f".{extension}" for kind in self.kinds for extension in kind.extensions]
        return join_words(extensions, "atau")

    @property
    def accept_attribute(self) -> str:
        """The accepted extensions for the ``accept`` attribute of a file input."""
        return ",".join(f".{extension}" for kind in self.kinds for extension in kind.extensions)


_OTHER_STARTS = (
    (Kind.XLS.value.starts_with, "dokumen Office lama atau yang dikunci dengan kata sandi"),
    (b"%!PS", "berkas PostScript"),
    (b"GIF8", "gambar GIF"),
    (b"RIFF", "gambar WebP atau berkas media"),
    (b"PK\x05\x06", "arsip ZIP yang kosong"),
    (b"Rar!", "arsip RAR"),
    (b"MZ", "program"),
    (b"<", "halaman web atau XML"),
)


def content_name(start: bytes) -> str:
    """What the first bytes of a file say it is, in words that follow "isinya"."""
    if start.startswith(Kind.DOCX.value.starts_with):
        return "dokumen Office atau arsip ZIP"
    names = [(kind.value.starts_with, kind.value.name) for kind in (Kind.PDF, Kind.JPEG, Kind.PNG)]
    return next(
        (name for first, name in [*names, *_OTHER_STARTS] if start.startswith(first)), "tidak dikenal"
    )
