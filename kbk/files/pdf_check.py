"""Opens an uploaded PDF and writes it anew without anything active. Runs in the cage only."""

import contextlib
import io
import shutil
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream, sanitize

from kbk.files.refusals import refusal

MAX_PAGES = 200

_CLEANER = (
    sanitize.Sanitizer()
    .remove_javascript()
    .remove_external_access()
    .remove_attachments()
    .remove_multimedia()
    .remove_collection()
)
_FORGETTER = sanitize.Sanitizer().remove_private_app_data().remove_thumbnails()

_MARK, _PIXELS_FOLLOW = 0xFF, 0xDA
_PRIVATE_SEGMENTS = frozenset({0xE1, 0xED, 0xFE})
"""Exif and XMP, Photoshop's notes, comments (ITU T.81 B.1.1.3); colour profiles and Adobe's mark stay."""


def check_pdf(path: Path, clean_path: Path, name: str) -> int:
    """Writes the cleaned document to ``clean_path`` and returns its number of pages.

    A document that carries an electronic signature keeps its bytes, since any change would break it; it is
    refused when there is something active in it. Raises FileProblem.
    """
    try:
        with pikepdf.open(path, attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise pikepdf.PasswordError
            pages = _counted_pages(pdf, name)
            if _is_signed(pdf):
                _keep_signed(pdf, path, clean_path, name)
            else:
                _clean(pdf)
                _forget_origin(pdf)
                pdf.save(clean_path, deterministic_id=True)
            return pages
    except pikepdf.PasswordError:
        raise refusal(
            name,
            "dikunci dengan kata sandi atau pembatasan",
            "Simpan ulang sebagai PDF tanpa kata sandi, lalu unggah lagi",
        ) from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise refusal(
            name,
            "rusak atau terpotong sehingga tidak dapat dibuka",
            "Buka dokumen aslinya, simpan ulang sebagai PDF, lalu unggah lagi",
        ) from None


def _counted_pages(pdf: Pdf, name: str) -> int:
    pages = len(pdf.pages)
    if pages == 0:
        raise refusal(name, "tidak mempunyai halaman", "Periksa dokumennya, lalu unggah lagi")
    if pages > MAX_PAGES:
        raise refusal(
            name,
            f"mempunyai {pages} halaman; paling banyak {MAX_PAGES} halaman",
            "Kurangi lampirannya atau bagi menjadi beberapa berkas",
        )
    return pages


def _is_signed(pdf: Pdf) -> bool:
    form = pdf.Root.get(Name.AcroForm)
    flags = form.get(Name.SigFlags, 0) if isinstance(form, Dictionary) else 0
    return isinstance(flags, int) and bool(flags & 1)


def _keep_signed(pdf: Pdf, path: Path, clean_path: Path, name: str) -> None:
    before, after = io.BytesIO(), io.BytesIO()
    pdf.save(before, deterministic_id=True)
    _clean(pdf)
    pdf.save(after, deterministic_id=True)
    if before.getvalue() != after.getvalue():
        raise refusal(
            name,
            "bertanda tangan elektronik tetapi memuat skrip, lampiran, atau tindakan otomatis",
            "Buat PDF tanpa isi aktif, tanda tangani kembali, lalu unggah lagi",
        )
    shutil.copyfile(path, clean_path)


def _clean(pdf: Pdf) -> None:
    """Takes out scripts, launching, attachments, media and automatic actions; web links stay."""
    links = [(annotation, address) for page in pdf.pages for annotation, address in _web_links(page.obj)]
    _CLEANER.apply(pdf)
    for annotation, address in links:
        annotation.A = Dictionary(S=Name.URI, URI=pikepdf.String(address))
    for holder in (pdf.Root, *(page.obj for page in pdf.pages)):
        if Name.AA in holder:
            del holder.AA
    form = pdf.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and Name.XFA in form:
        del form.XFA


def _forget_origin(pdf: Pdf) -> None:
    """Takes out who made the document with what and where: its properties, and those of the photos inside."""
    _FORGETTER.apply(pdf)
    if Name.Info in pdf.trailer:
        del pdf.trailer.Info
    for thing in pdf.objects:
        if not isinstance(thing, Dictionary | Stream):
            continue
        if Name.Metadata in thing:
            del thing.Metadata
        if isinstance(thing, Stream) and thing.get(Name.Filter) == Name.DCTDecode:
            photo = thing.read_raw_bytes()
            plain, parameters = _without_notes(photo), thing.get(Name.DecodeParms)
            if plain != photo:
                thing.write(
                    plain,
                    filter=Name.DCTDecode,
                    decode_parms=parameters if isinstance(parameters, Dictionary) else None,
                )


def _without_notes(jpeg: bytes) -> bytes:
    """The same picture without the segments that tell about camera, place and time; one that is odd stays as it is."""
    kept, at = [jpeg[:2]], 2
    while at + 4 < len(jpeg) and jpeg[at] == _MARK and jpeg[at + 1] != _PIXELS_FOLLOW:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in _PRIVATE_SEGMENTS:
            kept.append(jpeg[at:end])
        at = end
    return b"".join(kept) + jpeg[at:] if at + 4 < len(jpeg) else jpeg


def _web_links(page: pikepdf.Object) -> list[tuple[pikepdf.Object, str]]:
    """The page's links to web addresses, with their address."""
    links: list[tuple[pikepdf.Object, str]] = []
    annotations = page.get(Name.Annots)
    if not isinstance(annotations, pikepdf.Array):
        return links
    for annotation in annotations:
        with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):
            address = str(annotation.A.URI)
            if annotation.A.S == Name.URI and address.startswith(("http://", "https://", "mailto:")):
                links.append((annotation, address))
    return links
