"""Art that lies under many pages: drawn once, then laid under each page as a Form XObject.

Drawing the frame of a certificate costs more than setting its text. WeasyPrint would draw it anew for each
page; here its drawing is taken over ready-made.
"""

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
import pydyf
from weasyprint.document import Document

_NAME = "Latar"
_LEFT_OUT = frozenset({"/Length", "/Parent", "/StructParent", "/StructParents"})


@dataclass(frozen=True)
class _Reference:
    """Stands for an indirect object of the art's own PDF until a PDF is there to number it anew."""

    number: tuple[int, int]


@dataclass(frozen=True)
class _RawStream:
    """A stream's bytes as they are stored, and its dictionary."""

    content: bytes
    entries: dict[str, Any]


class Backdrop:
    """The first page of a PDF, ready to be laid under the page of any number of other PDFs."""

    def __init__(self, pdf: bytes) -> None:
        self._parts: dict[tuple[int, int], Any] = {}
        with pikepdf.open(io.BytesIO(pdf)) as document:
            form = document.make_indirect(document.pages[0].as_form_xobject())
            self._form = self._taken(form)

    def lay_under(self, _document: Document, pdf: pydyf.PDF) -> None:
        """Puts the art under the first page of ``pdf``, as a finisher of ``Document.write_pdf``.

        It is marked as an artifact, so that a screen reader passes over it.
        """
        numbered = {number: _empty(part) for number, part in self._parts.items()}
        for thing in numbered.values():
            pdf.add_object(thing)
        for number, part in self._parts.items():
            _fill(numbered[number], part, numbered)
        page = pdf.objects[pdf.pages["Kids"][0]]
        resources = _object(pdf, page["Resources"])
        resources["XObject"][_NAME] = numbered[self._form.number].reference
        contents = _object(pdf, page["Contents"])
        contents.stream[:0] = [b"/Artifact BMC", b"q", f"/{_NAME} Do".encode(), b"Q", b"EMC"]

    def _taken(self, thing: Any) -> Any:
        """The object in plain Python values; indirect ones are kept in ``_parts`` and referred to."""
        if not isinstance(thing, pikepdf.Object):
            return thing
        if not thing.is_indirect:
            return self._plain(thing)
        if thing.objgen not in self._parts:
            self._parts[thing.objgen] = None
            self._parts[thing.objgen] = self._plain(thing)
        return _Reference(thing.objgen)

    def _plain(self, thing: pikepdf.Object) -> Any:
        if isinstance(thing, pikepdf.Stream):
            return _RawStream(thing.read_raw_bytes(), self._entries(thing.stream_dict))
        if isinstance(thing, pikepdf.Dictionary):
            return self._entries(thing)
        if isinstance(thing, pikepdf.Array):
            return [self._taken(item) for item in thing]
        return str(thing)

    def _entries(self, dictionary: pikepdf.Object) -> dict[str, Any]:
        return {
            key.removeprefix("/"): self._taken(value)
            for key, value in dictionary.items()
            if key not in _LEFT_OUT
        }


def _empty(part: Any) -> pydyf.Object:
    if isinstance(part, _RawStream):
        return pydyf.Stream([part.content])
    return pydyf.Array() if isinstance(part, list) else pydyf.Dictionary()


def _fill(thing: Any, part: Any, numbered: dict[tuple[int, int], pydyf.Object]) -> None:
    if isinstance(part, _RawStream):
        thing.extra = _value(part.entries, numbered)
    elif isinstance(part, list):
        thing.extend(_value(part, numbered))
    else:
        thing.update(_value(part, numbered))


def _value(part: Any, numbered: dict[tuple[int, int], pydyf.Object]) -> Any:
    if isinstance(part, _Reference):
        return numbered[part.number].reference
    if isinstance(part, dict):
        return pydyf.Dictionary({key: _value(value, numbered) for key, value in part.items()})
    if isinstance(part, list):
        return pydyf.Array([_value(item, numbered) for item in part])
    if isinstance(part, bool):
        return str(part).lower()
    return f"{part:f}" if isinstance(part, Decimal) else part


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
