"""Entries of what is counted: Pareto."""

from kbk.seven_tools.entry.model import Data, Entry, Setting, Settings, Typed
from kbk.seven_tools.entry.table import Column, Table


def _write_pareto(table: Table, settings: Settings) -> Data:
    data: Data = {"items": [[table.text(row, 0), table.number(row, 1)] for row in table.rows]}
    if table.has(2):
        data["after"] = [[table.text(row, 0), table.number(row, 2)] for row in table.rows]
    return data | {key: settings[key] for key in ("unit",) if key in settings}


PARETO = Entry(
    kind="pareto",
    purpose="Menunjukkan sedikit jenis yang menyebabkan sebagian besar masalah.",
    columns=(
        Column("Jenis", hint="Jenis masalah atau penyebab."),
        Column("Jumlah", numeric=True),
        Column("Jumlah sesudah", numeric=True, hint="Kosongkan bila belum ada perbaikan."),
    ),
    write=_write_pareto,
    example=Typed(
        {"unit": "Jumlah berkas", "source": "Buku register loket, Januari–Maret"},
        "Jenis\tJumlah\tJumlah sesudah\nBerkas tidak lengkap\t94\t\nAntrean panjang\t80\t\nSalah ketik\t66\t\n",
    ),
    settings=(Setting("unit", "Satuan", hint="Misalnya jumlah berkas, menit, atau rupiah."),),
    places={"items": 0, "after": 1},
)
