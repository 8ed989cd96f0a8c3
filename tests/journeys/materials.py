"""Files that visitors bring along."""

from io import BytesIO

import pikepdf
import xlsxwriter
from PIL import Image
from playwright.sync_api import FilePayload

from kbk.files.kinds import Kind


def pdf(name: str = "SK pembentukan.pdf") -> FilePayload:
    """A PDF of one empty page."""
    target = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(target)
    return {"name": name, "mimeType": Kind.PDF.media_type, "buffer": target.getvalue()}


def workbook(name: str = "Lembar periksa.xlsx") -> FilePayload:
    """A workbook of one number."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet().write_number(0, 0, 60)
    return {"name": name, "mimeType": Kind.XLSX.media_type, "buffer": target.getvalue()}


def photo(name: str = "foto loket.png") -> FilePayload:
    """A picture of one colour."""
    target = BytesIO()
    Image.new("RGB", (320, 200), (38, 63, 128)).save(target, "PNG")
    return {"name": name, "mimeType": Kind.PNG.media_type, "buffer": target.getvalue()}


def text_called_pdf(name: str = "notulen.pdf") -> FilePayload:
    """A text that only its name makes a PDF."""
    return {"name": name, "mimeType": Kind.PDF.media_type, "buffer": b"Notulen rapat kelompok."}
