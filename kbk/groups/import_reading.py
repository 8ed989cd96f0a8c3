"""Finds the table in each sheet of an uploaded list: which row is what, and which column says what. Pure.

No row gets lost: everything that is not empty comes back, also titles, headings and remarks, with the reason
why it is no entry.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from kbk.competitions.rules import name_key
from kbk.files.spreadsheets import Cell, SheetRows
from kbk.indonesian import format_date

LONGEST_SHOWN = 400
TITLE = "judul di atas kepala tabel"
REPEATED_HEADING = "kepala tabel yang terulang"
COLUMN_NUMBERS = "nomor kolom"
NO_TABLE = "kepala tabel tidak ditemukan di lembar ini; kepala tabel memuat paling sedikit “Unit kerja” dan “Nama KBK”"
REMARK = "catatan, bukan baris kelompok"


class Field(StrEnum):
    """What a column of the list can say."""

    UNIT = "unit"
    KIND = "jenis"
    KECAMATAN = "kecamatan"
    CATEGORY = "kategori"
    GROUP = "kelompok"
    LEADER = "ketua"
    NIP = "nip"
    JOB_TITLE = "jabatan"
    PHONE = "hp"
    EMAIL = "surel"


_HEADINGS: Mapping[Field, str] = {
    Field.UNIT: "perangkat daerah|nama perangkat daerah|opd|nama opd|skpd|nama skpd|unit|nama unit|unit kerja|"
    "nama unit kerja|satuan kerja|satker|instansi|nama instansi|asal instansi|kelurahan|nama kelurahan|puskesmas|"
    "dinas|perangkat daerah kelurahan|perangkat daerah unit kerja",
    Field.KIND: "jenis|jenis unit|jenis unit kerja|jenis perangkat daerah|jenis opd|jenis instansi|tipe",
    Field.KECAMATAN: "kecamatan|nama kecamatan|kec",
    Field.CATEGORY: "kategori|kategori lomba|kategori peserta|kelas",
    Field.GROUP: "kbk|nama kbk|kelompok|nama kelompok|nama kelompok budaya kerja|kelompok budaya kerja|nama gkm|"
    "nama tim|nama gugus|kelompok budaya kerja kbk|nama kelompok budaya kerja kbk",
    Field.LEADER: "ketua|nama ketua|ketua kbk|nama ketua kbk|ketua kelompok|nama ketua kelompok|ketua tim|nama|"
    "nama lengkap|nama lengkap ketua",
    Field.NIP: "nip|nip ketua|nip ketua kbk|nip ketua kelompok|nomor induk pegawai|no nip|nip nippppk|nip ni pppk",
    Field.JOB_TITLE: "jabatan|jabatan ketua",
    Field.PHONE: "hp|no hp|nomor hp|hp ketua|no hp ketua|nomor hp ketua|wa|no wa|nomor wa|whatsapp|no whatsapp|"
    "nomor whatsapp|handphone|no handphone|telepon|no telepon|nomor telepon|telp|no telp|ponsel|nomor ponsel|kontak|"
    "no kontak",
    Field.EMAIL: "email|e mail|surel|alamat email|alamat e mail|alamat surel|email ketua|e mail ketua|surel ketua|"
    "pos el",
}
_FIELD_BY_HEADING = {
    heading: field for field, headings in _HEADINGS.items() for heading in headings.split("|")
}
_REMARK_WORDS = ("catatan", "keterangan", "ket", "jumlah", "total", "sumber", "mengetahui", "nb")

Columns = Mapping[int, Field]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row that is not empty: where it stood, what it says, and why it is no entry if it is none.

    `numeric` names the fields that Excel kept as a number, where digits may have been lost. `decision` is what
    the committee answered to "Maksud Anda ...?": the reference of a unit, or `NEW_UNIT`.
    """

    sheet: str
    number: int
    shown: str
    values: Mapping[Field, str] = field(default_factory=dict)
    numeric: frozenset[Field] = frozenset()
    skipped: str = ""
    decision: str = ""

    def to_data(self) -> dict[str, Any]:
        """The row for JSON."""
        return {
            "sheet": self.sheet,
            "number": self.number,
            "shown": self.shown,
            "values": dict(self.values),
            "numeric": sorted(self.numeric),
            "skipped": self.skipped,
            "decision": self.decision,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "ReadRow":
        """The row that `to_data` wrote."""
        return cls(
            sheet=data["sheet"],
            number=data["number"],
            shown=data["shown"],
            values={Field(name): text for name, text in data["values"].items()},
            numeric=frozenset(Field(name) for name in data["numeric"]),
            skipped=data["skipped"],
            decision=data["decision"],
        )


def read_rows(sheets: Sequence[SheetRows]) -> list[ReadRow]:
    """Every row of every sheet that is not empty, in their order; row numbers count from 1 as Excel's do."""
    return [row for sheet in sheets for row in _read_sheet(sheet)]


def cell_text(cell: Cell) -> str:
    """A cell as one line of text: composed letters, single blanks, nothing invisible."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return format_date(cell)
    composed = unicodedata.normalize("NFC", str(cell))
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in composed).split())


def _read_sheet(sheet: SheetRows) -> Iterator[ReadRow]:
    texts = [[cell_text(cell) for cell in row] for row in sheet.rows]
    first, last = _heading_rows(texts)
    columns = _columns(texts[first:last])
    for index, row in enumerate(texts):
        if not any(row):
            continue
        shown = " · ".join(text for text in row if text)[:LONGEST_SHOWN]
        place = ReadRow(sheet.name, index + 1, shown)
        if not columns:
            yield _skipped(place, NO_TABLE)
        elif index < first:
            yield _skipped(place, TITLE)
        elif index < last:
            yield _skipped(place, _heading_reason(row, columns))
        else:
            yield _entry(place, row, sheet.rows[index], columns)


def _heading_rows(texts: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The first run of rows that look like a heading, as a half-open range; an empty one when there is none."""
    for first, row in enumerate(texts):
        if _is_heading(row):
            last = first + 1
            while last < len(texts) and _is_subheading(texts[last]):
                last += 1
            return first, last
    return 0, 0


def _is_heading(row: Sequence[str]) -> bool:
    found = set(map(_field_of, row)) - {None}
    return len(found) >= 2 and bool(found & {Field.UNIT, Field.GROUP})


def _is_subheading(row: Sequence[str]) -> bool:
    """A second line of headings, under a merged one such as "Ketua": nothing but headings."""
    cells = [text for text in row if text]
    return len({_field_of(text) for text in cells} - {None}) >= 2 and all(
        _field_of(text) is not None or name_key(text) in {"no", "nomor"} for text in cells
    )


def _field_of(heading: str) -> Field | None:
    """The field a heading names, as a whole or by the first of the parts between slashes or brackets."""
    if len(heading) > 80:
        return None
    parts = [heading, *heading.replace("(", "/").replace(")", "/").split("/")]
    return next((_FIELD_BY_HEADING[key] for key in map(name_key, parts) if key in _FIELD_BY_HEADING), None)


def _columns(headings: Sequence[Sequence[str]]) -> dict[int, Field]:
    """Column -> field; a lower heading is more precise than the one above it."""
    columns: dict[int, Field] = {}
    for row in headings:
        for column, text in enumerate(row):
            if (found := _field_of(text)) is not None:
                columns[column] = found
    if Field.GROUP not in columns.values():
        return {}
    return columns


def _heading_reason(row: Sequence[str], columns: Columns) -> str:
    unused = [text for column, text in enumerate(row) if text and column not in columns]
    return f"kepala tabel; kolom yang tidak dipakai: {', '.join(unused)}" if unused else "kepala tabel"


def _skipped(place: ReadRow, reason: str) -> ReadRow:
    return ReadRow(place.sheet, place.number, place.shown, skipped=reason)


def _entry(place: ReadRow, row: Sequence[str], cells: Sequence[Cell], columns: Columns) -> ReadRow:
    values: dict[Field, str] = {}
    numeric = set()
    for column, known in columns.items():
        if column < len(row) and row[column] and known not in values:
            values[known] = row[column]
            if isinstance(cells[column], int | float):
                numeric.add(known)
    if reason := _no_entry(row, values):
        return _skipped(place, reason)
    return ReadRow(place.sheet, place.number, place.shown, values, frozenset(numeric))


def _no_entry(row: Sequence[str], values: Mapping[Field, str]) -> str:
    """Why a row below the heading is no entry, or ""."""
    cells = [text for text in row if text]
    if _is_subheading(row):
        return REPEATED_HEADING
    if len(cells) > 2 and _are_column_numbers(cells):
        return COLUMN_NUMBERS
    first_word = (name_key(cells[0]).split() or [""])[0]
    telling = set(values) - {Field.KIND, Field.KECAMATAN, Field.CATEGORY}
    if not telling or (len(values) == 1 and first_word in _REMARK_WORDS):
        return REMARK
    return ""


def _are_column_numbers(cells: Sequence[str]) -> bool:
    numbers = [cell.strip("()") for cell in cells]
    return numbers == [str(number) for number in range(1, len(cells) + 1)]
