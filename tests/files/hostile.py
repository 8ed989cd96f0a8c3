"""Builds good and hostile uploads for the tests of the file inspection."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pikepdf
import xlsxwriter
from docx import Document
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

DOCX_PARTS = {
    "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="t"/>',
    "word/document.xml": b'<?xml version="1.0"?><w:document xmlns:w="w"/>',
}


def pdf(pages: int = 1) -> Pdf:
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(595, 842))
    return document


def pdf_bytes(document: Pdf, **save_options: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer, **save_options)
    return buffer.getvalue()


def active_pdf() -> Pdf:
    """Scripts, launches, attachments, page actions, a form with XFA, and one honest web link."""
    document = pdf(2)
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    document.Root.OpenAction = script
    document.Root.AA = Dictionary(WC=script)
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))
    document.attachments["makro.exe"] = b"MZ"
    page = document.pages[0].obj
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("cmd.exe")))
    page.Annots = Array(
        [
            link(Dictionary(S=Name.Launch, F=String("cmd.exe"))),
            link(Dictionary(S=Name.GoToR, F=String("\\\\jauh\\berkas.pdf"))),
            link(Dictionary(S=Name.SubmitForm, F=String("https://jahat.example/"))),
            link(Dictionary(S=Name.URI, URI=String("javascript:alert(1)"))),
            link(Dictionary(S=Name.URI, URI=String("https://video.example/presentasi"))),
        ]
    )
    return document


def link(action: Dictionary) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)


def signed_pdf(*, active: bool = False) -> Pdf:
    document = active_pdf() if active else pdf()
    document.Root.AcroForm = Dictionary(Fields=Array([]), SigFlags=3)
    return document


def picture(image_format: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, "red" if mode.startswith("RGB") else 128).save(buffer, image_format, **options)
    return buffer.getvalue()


def phone_photo(size: tuple[int, int] = (4000, 3000)) -> bytes:
    """A photo that was taken sideways and knows where."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (6.0, 58.0, 12.0)
    return picture("JPEG", size, exif=exif, comment=b"rahasia", quality=60)


def gigantic_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """A few kilobytes that claim 900 megapixels."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
        for tag, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def docx() -> bytes:
    document = Document()
    document.add_paragraph("Langkah 1: menentukan tema")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def xlsx(rows: list[list[object]] | None = None) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet("Data")
        for number, row in enumerate(rows or [["Nama", "Nilai"], ["KBK Melati", 8.5]]):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def archive(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def docx_with(parts: dict[str, bytes]) -> bytes:
    return archive(DOCX_PARTS | parts)


def relations(kind: str, target: str) -> bytes:
    return (
        f'<Relationships xmlns="r"><Relationship Id="a" Type="x/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    ).encode()


def lying_docx() -> bytes:
    """The directory says 10 bytes, the part unpacks to 50 MB."""
    whole = bytearray(docx_with({"word/media/bom.bin": b"\0" * 50_000_000}))
    entry = whole.index(b"PK\x01\x02")
    while whole[entry + 46 : entry + 64] != b"word/media/bom.bin":
        entry = whole.index(b"PK\x01\x02", entry + 4)
    whole[entry + 24 : entry + 28] = struct.pack("<I", 10)
    return bytes(whole)


def xlsx_with_sheet(sheet: bytes) -> bytes:
    """A workbook whose one sheet is replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet
    buffer.write(archive(parts))
    return buffer.getvalue()


def far_cell_xlsx() -> bytes:
    """Two cells, seventeen thousand million cells apart."""
    return xlsx_with_sheet(
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
    )


def many_rows_xlsx(rows: int) -> bytes:
    cells = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, rows + 1))
    return xlsx_with_sheet(
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + cells
        + b"</sheetData></worksheet>"
    )
