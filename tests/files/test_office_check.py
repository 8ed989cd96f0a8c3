import time
from pathlib import Path

import pytest

from kbk.errors import FileProblem
from kbk.files.inspection import inspect
from kbk.files.kinds import Kind, Purpose
from tests.files import hostile

DTD = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "haha">' + b'<!ENTITY c "' + b"&b;" * 99 + b'">]><w:document xmlns:w="w"/>'
MACRO_TYPES = (
    b'<Types xmlns="t"><Override ContentType="application/vnd.ms-word.document.macroEnabled"/></Types>'
)
BROKEN = "rusak, terpotong, atau bukan dokumen Office"
TOO_LARGE = "terlalu besar setelah dibuka"


def refused(folder: Path, content: bytes, filename: str) -> str:
    upload = folder / "unggahan"
    upload.write_bytes(content)
    with pytest.raises(FileProblem) as caught:
        inspect(upload, filename, Purpose.ATTACHMENT)
    return caught.value.message


@pytest.mark.parametrize(
    ("content", "filename", "kind"),
    [
        (hostile.docx(), "risalah.docx", Kind.DOCX),
        (hostile.xlsx(), "data.xlsx", Kind.XLSX),
        (
            hostile.docx_with({"word/_rels/document.xml.rels": hostile.relations("hyperlink", "https://a/")}),
            "tautan.docx",
            Kind.DOCX,
        ),
        (
            hostile.docx_with({"word/embeddings/Microsoft_Excel_Sheet.xlsx": hostile.xlsx()}),
            "grafik.docx",
            Kind.DOCX,
        ),
    ],
    ids=["docx", "xlsx", "hyperlink", "chart data"],
)
def test_inspect_accepts_sound_office_files(
    tmp_path: Path, content: bytes, filename: str, kind: Kind
) -> None:
    upload = tmp_path / "unggahan"
    upload.write_bytes(content)
    result = inspect(upload, filename, Purpose.ATTACHMENT)
    assert (result.kind, result.size, result.clean_path) == (kind, len(content), upload)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (hostile.docx_with({"word/vbaProject.bin": b"x"}), "memuat makro, yang tidak diperbolehkan"),
        (hostile.docx_with({"[Content_Types].xml": MACRO_TYPES}), "memuat makro"),
        (hostile.docx_with({"word/activeX/activeX1.bin": b"x"}), "memuat kontrol ActiveX"),
        (hostile.docx_with({"word/embeddings/oleObject1.bin": b"x"}), "memuat objek tertanam"),
        (hostile.docx_with({"word/embeddings/paket.docx": hostile.docx()}), "memuat objek tertanam"),
        (
            hostile.docx_with({"word/embeddings/a.xlsx": hostile.docx_with({})}),
            "bukan dokumen .xlsx yang benar",
        ),
        (
            hostile.docx_with({"word/_rels/document.xml.rels": hostile.relations("image", "http://a/b.png")}),
            "memuat tautan ke berkas atau alamat lain",
        ),
        (
            hostile.docx_with(
                {"word/_rels/settings.xml.rels": hostile.relations("attachedTemplate", "//a/b")}
            ),
            "memuat tautan ke berkas atau alamat lain",
        ),
        (hostile.docx_with({"word/document.xml": DTD}), "memuat definisi tipe dokumen (DTD)"),
        (
            hostile.docx_with({"word/document.xml": DTD.decode().encode("utf-16")}),
            "memuat definisi tipe dokumen (DTD)",
        ),
        (hostile.docx_with({"word/document.xml": LAUGHS}), "memuat definisi tipe dokumen (DTD)"),
        (hostile.docx_with({"word/document.xml": b"bukan xml"}), BROKEN),
        (hostile.docx_with({"../luar.xml": b"<a/>"}), BROKEN),
        (hostile.docx_with({"/mutlak.xml": b"<a/>"}), BROKEN),
        (hostile.docx_with({"WORD/document.xml": b"<a/>"}), BROKEN),
        (hostile.docx()[:-3000], BROKEN),
        (hostile.docx() + b"ekor", BROKEN),
        (b"PK\x03\x04", BROKEN),
        (hostile.lying_docx(), BROKEN),
        (hostile.archive({"a.txt": b"a"}), "bukan dokumen .docx yang benar"),
        (hostile.xlsx(), "bukan dokumen .docx yang benar"),
        (hostile.docx_with({f"a{n}": b"" for n in range(2_000)}), TOO_LARGE),
        (hostile.docx_with({"word/media/a.bmp": b"\0" * 30_000_000}), TOO_LARGE),
        (hostile.docx_with({f"word/media/{n}": bytes(range(256)) * 200_000 for n in range(5)}), TOO_LARGE),
    ],
)
def test_inspect_refuses_hostile_office_files_within_two_seconds(
    tmp_path: Path, content: bytes, words: str
) -> None:
    began = time.monotonic()
    message = refused(tmp_path, content, "risalah.docx")
    assert message.startswith("Berkas “risalah.docx” ")
    assert words in message
    assert time.monotonic() - began < 2


def test_inspect_refuses_a_workbook_linked_to_another(tmp_path: Path) -> None:
    parts = {
        "[Content_Types].xml": b'<Types xmlns="t"/>',
        "xl/workbook.xml": b"<workbook/>",
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    }
    assert refused(tmp_path, hostile.archive(parts), "data.xlsx") == (
        "Berkas “data.xlsx” memuat tautan data ke berkas lain, yang tidak diperbolehkan. "
        "Hapus bagian itu, simpan ulang, lalu unggah lagi."
    )


def test_inspect_refuses_a_workbook_excel_could_not_read(tmp_path: Path) -> None:
    parts = {"[Content_Types].xml": b'<Types xmlns="t"/>', "xl/workbook.xml": b"<workbook"}
    assert BROKEN in refused(tmp_path, hostile.archive(parts), "data.xlsx")
