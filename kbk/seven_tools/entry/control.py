"""The entry of the control chart: seven types, each with columns of its own."""

from collections.abc import Mapping

from kbk.seven_tools.entry.model import Data, Entry, Typed
from kbk.seven_tools.entry.numbers import read_number
from kbk.seven_tools.entry.places import Place, by_row
from kbk.seven_tools.entry.settings import Answers, Setting, SettingKind
from kbk.seven_tools.entry.table import OR_ZERO, Column, Row, Table, quoted
from kbk.seven_tools.errors import Path

_LARGEST_SAMPLE = 25
_USUAL_SAMPLE = 5
_LABEL = Column("Sampel", hint="Hari, minggu, atau nomornya; boleh kosong, maka diberi nomor urut.")
_REASON = Column(
    "Alasan tidak dihitung",
    hint="Hanya bila sebabnya diketahui, misalnya listrik padam; sampel itu tidak ikut menentukan batas.",
)
_FAULTY = Column("Cacat", numeric=True, hint="Banyaknya unit yang salah, misalnya berkas keliru.")
_FAULTS = Column("Cacat", numeric=True, hint="Banyaknya kesalahan; satu unit boleh lebih dari satu.")
_LOOKED_AT = Column("Diperiksa", numeric=True, hint="Banyaknya unit yang diperiksa.")
_VALUE = Column("Nilai", numeric=True, hint="Satu hasil pengukuran tiap kali.")

_TYPE = Setting(
    "type",
    "Jenis peta kendali",
    SettingKind.CHOICE,
    hint="Pilihlah menurut datanya: banyaknya yang salah, atau hasil pengukuran.",
    choices=(
        ("p", "p – bagian yang cacat, ukuran sampel boleh berbeda"),
        ("np", "np – banyaknya unit cacat, ukuran sampel sama"),
        ("c", "c – banyaknya cacat pada unit yang sama"),
        ("u", "u – cacat per unit, ukuran sampel boleh berbeda"),
        ("xbar-r", "X̄-R – rata-rata dan rentang hasil pengukuran"),
        ("xbar-s", "X̄-S – rata-rata dan simpangan baku hasil pengukuran"),
        ("i-mr", "I-MR – satu hasil pengukuran tiap kali"),
    ),
    required=True,
    reshapes=True,
)
_SAMPLE_SIZE = Setting(
    "sample_size",
    "Banyaknya nilai tiap sampel",
    SettingKind.CHOICE,
    hint="Hanya untuk peta X̄-R dan X̄-S.",
    choices=tuple(
        ("", f"{size} nilai (lazim)") if size == _USUAL_SAMPLE else (str(size), f"{size} nilai")
        for size in range(2, _LARGEST_SAMPLE + 1)
    ),
    reshapes=True,
)
_RUN_LENGTH = Setting(
    "run_length",
    "Titik berturut-turut di satu sisi yang menjadi tanda",
    SettingKind.CHOICE,
    hint="Makin banyak titiknya, makin jarang tanda yang keliru.",
    choices=(("", "7 titik (lazim)"), ("8", "8 titik"), ("9", "9 titik")),
)
_FIRST = 1
_ATTRIBUTES = {
    "p": ("nonconforming", (_FAULTY, _LOOKED_AT)),
    "np": ("nonconforming", (_FAULTY, _LOOKED_AT)),
    "c": ("counts", (_FAULTS,)),
    "u": ("counts", (_FAULTS, _LOOKED_AT)),
}


def _columns(settings: Mapping[str, str]) -> tuple[Column, ...]:
    """Those of the type; of the first one where nothing that is offered was chosen."""
    chosen = settings.get(_TYPE.key, "").strip()
    if chosen == "i-mr":
        return (_LABEL, _VALUE, _REASON)
    if chosen in ("xbar-r", "xbar-s"):
        size = settings.get(_SAMPLE_SIZE.key, "").strip()
        many = int(size) if size and size in dict(_SAMPLE_SIZE.choices) else _USUAL_SAMPLE
        values = [Column(f"Nilai {at}", numeric=True, hint="Hasil pengukuran.") for at in range(1, many + 1)]
        return (_LABEL, *values, _REASON)
    return (_LABEL, *_ATTRIBUTES.get(chosen, _ATTRIBUTES["p"])[1], _REASON)


def _write(table: Table, answers: Answers) -> Data:
    chosen, last = answers.choice(_TYPE.key), len(table.headings) - 1
    data: Data = {"type": chosen}
    run_length = answers.choice(_RUN_LENGTH.key)
    if run_length:
        data["run_length"] = int(run_length)
    if chosen in _ATTRIBUTES:
        key, columns = _ATTRIBUTES[chosen]
        data[key] = [table.number(row, _FIRST, OR_ZERO) for row in table.rows]
        if _LOOKED_AT in columns:
            data["sizes"] = [table.number(row, _FIRST + 1) for row in table.rows]
    elif chosen == "i-mr":
        data["values"] = [table.number(row, _FIRST) for row in table.rows]
    else:
        answers.choice(_SAMPLE_SIZE.key)
        data["samples"] = [[table.number(row, at) for at in range(_FIRST, last)] for row in table.rows]
    if table.has(0):
        data["labels"] = [row.cells[0] or str(at) for at, row in enumerate(table.rows, 1)]
    excluded = [(at, row) for at, row in enumerate(table.rows, 1) if row.cells[last]]
    if excluded:
        data["exclude"] = [{"sample": at, "reason": _reason(table, row)} for at, row in excluded]
    return data


def _reason(table: Table, row: Row) -> str:
    """Words, as a number there belongs into another column and would leave the sample out in silence."""
    words = row.cells[-1]
    if read_number(words) is not None:
        raise table.fail(row, len(row.cells) - 1, f"harus berisi kata-kata, bukan angka {quoted(words)}")
    return words


def _locate(path: Path, table: Table) -> Place:
    last = len(table.headings) - 1
    if path[0] == "exclude":
        left_out = [row for row in table.rows if row.cells[last]]
        return Place(left_out[path[1] - 1] if len(path) > 1 and isinstance(path[1], int) else None, last)
    if len(path) == 1 and path[0] != "sizes":
        return Place()
    columns = {"nonconforming": 1, "counts": 1, "values": 1, "samples": 1, "sizes": 2, "labels": 0}
    place = by_row(columns)(path, table)
    return Place(place.row) if path[0] == "samples" and len(path) == len(("samples", 1)) else place


CONTROL_CHART = Entry(
    kind="control-chart",
    purpose="Menunjukkan apakah suatu proses berjalan wajar atau terganggu sebab khusus; dipakai untuk memantau dari "
    "hari ke hari, sebaiknya dengan 20 sampel atau lebih.",
    columns=_columns({}),
    columns_for=_columns,
    write=_write,
    locate=_locate,
    settings=(_TYPE, _SAMPLE_SIZE, _RUN_LENGTH),
    example=Typed(
        {
            "type": "p",
            "title": "Surat pengantar yang keliru, Kelurahan Tugurejo",
            "source": "Buku ekspedisi surat, 1–29 Juli 2024",
        },
        "Sampel\tCacat\tDiperiksa\tAlasan tidak dihitung\n"
        "1 Juli\t5\t52\t\n2 Juli\t4\t60\t\n3 Juli\t6\t71\t\n4 Juli\t6\t55\t\n5 Juli\t3\t40\t\n"
        "8 Juli\t8\t90\t\n9 Juli\t7\t84\t\n10 Juli\t19\t76\tpetugas pengganti belum dilatih\n"
        "11 Juli\t5\t64\t\n12 Juli\t2\t38\t\n15 Juli\t7\t80\t\n16 Juli\t6\t75\t\n17 Juli\t4\t66\t\n"
        "18 Juli\t5\t58\t\n19 Juli\t3\t41\t\n22 Juli\t6\t88\t\n23 Juli\t7\t79\t\n24 Juli\t4\t70\t\n"
        "25 Juli\t5\t62\t\n26 Juli\t2\t37\t\n29 Juli\t6\t81\t",
    ),
)
