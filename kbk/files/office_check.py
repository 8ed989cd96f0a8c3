"""Opens an uploaded Word, Excel or Calc file as the archive it is and looks for what must not be in it.

Runs in the cage only. The archive's directory is judged before anything is unpacked, then every part is
unpacked once, which shows false sizes and damage; no XML parser sees a document type definition.
"""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Literal, NoReturn
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.ElementTree
from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from kbk.files.refusals import refusal

MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100

OfficeKind = Literal["docx", "xlsx", "ods"]

_END_RECORD = struct.Struct("<4s4H2LH")
_MAX_DIRECTORY = 1024 * 1024
_MAX_RELATIONS = 4 * 1024 * 1024
_RATIO_MATTERS_FROM = 5 * 1024 * 1024
_NEEDED: Mapping[OfficeKind, tuple[str, str]] = {
    "docx": ("word/document.xml", "[Content_Types].xml"),
    "xlsx": ("xl/workbook.xml", "[Content_Types].xml"),
    "ods": ("content.xml", "META-INF/manifest.xml"),
}
_NEVER_READ = ("basic/", "dialogs/")
"""Where Calc keeps macros, with type definitions; nothing here runs, reads or keeps them."""
_XML = (".xml", ".rels", ".vml")
_FORBIDDEN = (
    ("vbaproject", "makro"),
    ("vbadata", "makro"),
    ("activex/", "kontrol ActiveX"),
    ("externallinks/", "tautan data ke berkas lain"),
    ("oleobject", "objek tertanam"),
)


def check_office(path: Path, name: str, kind: OfficeKind) -> None:
    """Raises FileProblem unless the file is a sound Word, Excel or Calc file without active content.

    Of a Calc file, which is only read for an import and never kept, macros are passed over.
    """
    with path.open("rb") as stream:
        _check_archive(stream, name, kind, nested=False)


def _check_archive(stream: IO[bytes], name: str, kind: OfficeKind, *, nested: bool) -> None:
    _check_end_record(stream, name)
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_directory(archive, name, kind)
            for entry in archive.infolist():
                _check_part(archive, entry, name, nested=nested)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        UnicodeError,
        RuntimeError,
        OSError,
    ):
        _refuse_broken(name)
    except DefusedXmlException:
        _refuse_content(name, "definisi tipe dokumen (DTD)")
    except (SAXException, defusedxml.ElementTree.ParseError):
        _refuse_broken(name)


def _check_end_record(stream: IO[bytes], name: str) -> None:
    """The last 22 bytes must be the archive's end record, and the directory it names must be small."""
    size = stream.seek(0, 2)
    if size < _END_RECORD.size:
        _refuse_broken(name)
    stream.seek(-_END_RECORD.size, 2)
    mark, _disk, _start, _here, entries, directory, _offset, comment = _END_RECORD.unpack(stream.read())
    stream.seek(0)
    if mark != b"PK\x05\x06" or comment:
        _refuse_broken(name)
    if entries > MAX_ENTRIES or directory > _MAX_DIRECTORY:
        _refuse_bomb(name)


def _check_directory(archive: zipfile.ZipFile, name: str, kind: OfficeKind) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_dense = unpacked > _RATIO_MATTERS_FROM and unpacked > MAX_RATIO * packed
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or too_dense:
        _refuse_bomb(name)
    names = [entry.filename for entry in entries]
    if any(part not in names for part in _NEEDED[kind]):
        raise refusal(
            name,
            f"bukan dokumen .{kind} yang benar",
            f"Buka dengan Word atau Excel, simpan ulang sebagai .{kind}, lalu unggah lagi",
        )
    if len({part.casefold() for part in names}) != len(names) or any(_is_unsafe(part) for part in names):
        _refuse_broken(name)


def _is_unsafe(part: str) -> bool:
    return part.startswith("/") or "\\" in part or ".." in PurePosixPath(part).parts


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, *, nested: bool) -> None:
    part = entry.filename.casefold()
    for mark, words in _FORBIDDEN:
        if mark in part:
            _refuse_content(name, words)
    with archive.open(entry) as stream:
        # Reading to the end compares size and checksum with the directory's.
        while stream.read(1024 * 1024):
            pass
    if "/embeddings/" in part and not entry.is_dir():
        _check_embedded(archive, entry, name, nested=nested)
    if part.endswith(_XML) and not part.startswith(_NEVER_READ):
        with archive.open(entry) as stream:
            _check_prolog(stream)
    if part == "[content_types].xml" and b"macroenabled" in archive.read(entry).lower():
        _refuse_content(name, "makro")
    if part.endswith(".rels"):
        _check_relations(archive, entry, name)


def _check_embedded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, *, nested: bool) -> None:
    """Charts in Word carry their figures as a small workbook; nothing else may be embedded."""
    if nested or not entry.filename.casefold().endswith(".xlsx"):
        _refuse_content(name, "objek tertanam")
    with archive.open(entry) as stream:
        _check_archive(stream, name, "xlsx", nested=True)


class _RootReached(Exception):  # noqa: N818
    """The prolog is over: no document type definition can follow."""


class _PrologHandler(ContentHandler, ErrorHandler):
    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        raise _RootReached


def _check_prolog(stream: IO[bytes]) -> None:
    parser = DefusedExpatParser(forbid_dtd=True)
    handler = _PrologHandler()
    parser.setContentHandler(handler)
    parser.setErrorHandler(handler)
    try:
        parser.parse(stream)
    except _RootReached:
        return


def _check_relations(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Only hyperlinks may point outside the document."""
    if entry.file_size > _MAX_RELATIONS:
        _refuse_bomb(name)
    for relation in defusedxml.ElementTree.fromstring(archive.read(entry), forbid_dtd=True):
        kind = relation.get("Type", "").rpartition("/")[2].casefold()
        if relation.get("TargetMode", "").casefold() == "external" and kind != "hyperlink":
            _refuse_content(name, "tautan ke berkas atau alamat lain")
        if kind in {"vbaproject", "oleobject", "control"}:
            _refuse_content(name, "makro atau objek tertanam")


def _refuse_broken(name: str) -> NoReturn:
    raise refusal(
        name,
        "rusak, terpotong, atau bukan dokumen Office",
        "Buka dengan Word atau Excel, simpan ulang, lalu unggah lagi",
    ) from None


def _refuse_bomb(name: str) -> NoReturn:
    raise refusal(
        name,
        "terlalu besar setelah dibuka",
        "Hapus lembar, gambar, atau baris yang tidak diperlukan, lalu unggah lagi",
    ) from None


def _refuse_content(name: str, words: str) -> NoReturn:
    raise refusal(
        name, f"memuat {words}, yang tidak diperbolehkan", "Hapus bagian itu, simpan ulang, lalu unggah lagi"
    ) from None
