"""Entries of what is counted: check sheet, stratification, Pareto."""

from kbk.seven_tools.entry.model import Data, Entry, Typed
from kbk.seven_tools.entry.places import Place, by_row
from kbk.seven_tools.entry.settings import Answers, Setting, SettingKind
from kbk.seven_tools.entry.table import OR_ZERO, Column, EntryError, Table, is_total
from kbk.seven_tools.errors import Path
from kbk.seven_tools.parsing import same_name

_SIZES = frozenset({"banyaknya diperiksa", "banyaknya yang diperiksa", "diperiksa"})
_LOOKED_AT = "Banyaknya diperiksa"


def _write_check_sheet(table: Table, answers: Answers) -> Data:
    """A last line and a last column of totals are not counted again but compared with the counts."""
    table.check_headings(1, "periode")
    table.names(table.rows)
    last = len(table.headings) - 1
    totals = last > 1 and is_total(table.headings[last])
    summed = len(table.rows) > 1 and table.rows[-1].is_total
    items = table.rows[:-1] if summed else table.rows
    periods = range(1, last if totals else last + 1)
    data: Data = {
        "items": [row.cells[0] for row in items],
        "periods": [table.headings[column] for column in periods],
        "counts": [[table.number(row, column, OR_ZERO) for column in periods] for row in items],
    }
    if totals and any(row.cells[last] for row in items):
        data["row_totals"] = [table.number(row, last) for row in items]
    if summed and any(table.rows[-1].cells[column] for column in periods):
        data["column_totals"] = [table.number(table.rows[-1], column) for column in periods]
    if totals and summed and table.rows[-1].cells[last]:
        data["grand_total"] = table.number(table.rows[-1], last)
    return data | answers.given("item_label", "who", "where", "when", "method")


def _locate_check_sheet(path: Path, table: Table) -> Place:
    last, number = len(table.headings) - 1, path[1] if len(path) > 1 else None
    if path[0] == "periods":
        return Place(column=number if isinstance(number, int) else None, counted="kolom")
    if path[0] == "column_totals" and isinstance(number, int):
        return Place(table.rows[-1], number)
    if path[0] == "grand_total":
        return Place(table.rows[-1], last)
    known = {"counts": 1, "row_totals": last} | ({} if number is None else {"items": 0})
    return by_row(known)(path, table)


CHECK_SHEET = Entry(
    kind="check-sheet",
    purpose="Mencatat berapa kali setiap kejadian muncul pada setiap masa; dipakai saat mengumpulkan data.",
    columns=(Column("Jenis", hint="Kejadian yang dihitung, satu baris untuk tiap jenis."),),
    further=Column("Periode", numeric=True, hint="Banyaknya kejadian; tulislah 0 bila tidak ada."),
    begin=("Senin", "Selasa", "Rabu", "Kamis", "Jumat"),
    write=_write_check_sheet,
    locate=_locate_check_sheet,
    settings=(
        Setting("item_label", "Judul kolom jenis", hint="Misalnya jenis kesalahan atau jenis keluhan."),
        Setting("who", "Petugas", hint="Siapa yang menghitung."),
        Setting("where", "Tempat", hint="Di mana dihitung, misalnya loket 2."),
        Setting("when", "Waktu", hint="Kapan dihitung, misalnya 4–8 Maret 2024."),
        Setting("method", "Cara", hint="Bagaimana dihitung, misalnya langsung pada tiap berkas."),
    ),
    example=Typed(
        {
            "title": "Kesalahan permohonan akta kelahiran",
            "item_label": "Jenis kesalahan",
            "who": "Sri Wahyuni",
            "where": "Loket 2, Kelurahan Tugurejo",
            "when": "4–8 Maret 2024",
            "method": "dihitung langsung pada tiap berkas",
            "source": "Lembar periksa loket",
        },
        "Jenis\tSenin\tSelasa\tRabu\tKamis\tJumat\n"
        "Berkas tidak lengkap\t7\t5\t9\t4\t10\n"
        "Salah ketik nama\t3\t2\t0\t5\t4\n"
        "Jaringan terputus\t1\t0\t6\t2\t0\n"
        "Blangko habis\t0\t1\t0\t0\t2",
    ),
)


def _write_stratification(table: Table, answers: Answers) -> Data:
    """One column of counts with or without the sizes beside it, or one for each value of a second factor."""
    table.check_headings(1, "jumlah")
    table.refuse_total()
    names = table.names(table.rows)
    sizes, counts = _stratum_columns(table)
    if not counts:
        raise EntryError("Tabel ini belum mempunyai kolom jumlah.")
    if sizes is not None and len(counts) > 1:
        raise table.fail(None, sizes, "hanya dapat dipakai bila ada satu kolom jumlah")
    strata = []
    for name, row in zip(names, table.rows, strict=True):
        stratum: Data = {"name": name, "counts": [table.number(row, column, OR_ZERO) for column in counts]}
        if sizes is not None:
            stratum["sizes"] = [table.number(row, sizes)]
        strata.append(stratum)
    data: Data = {"strata": strata}
    if len(counts) > 1:
        data["groups"] = [table.headings[column] for column in counts]
    else:
        data["count_label"] = table.headings[counts[0]]
    return data | answers.given("factor", "count_label", "proportion")


def _stratum_columns(table: Table) -> tuple[int | None, list[int]]:
    """The column of sizes, if anything stands in it, and those of counts."""
    added = range(1, len(table.headings))
    named = [column for column in added if same_name(table.headings[column]) in _SIZES]
    sizes = next((column for column in named if table.has(column)), None)
    return sizes, [column for column in added if column not in named]


def _locate_stratification(path: Path, table: Table) -> Place:
    sizes, counts = _stratum_columns(table)
    numbers = [step for step in path if isinstance(step, int)]
    if path[0] == "groups":
        return Place(column=counts[numbers[0] - 1] if numbers else None, counted="kolom")
    if path[0] == "count_label":
        return Place(column=counts[0])
    row = table.rows[numbers[0] - 1] if numbers else None
    if "sizes" in path:
        return Place(row, sizes)
    if "counts" in path:
        return Place(row, counts[numbers[1] - 1] if len(numbers) > 1 else None, "kolom")
    return Place(row, 0 if row else None)


STRATIFICATION = Entry(
    kind="stratification",
    purpose="Memilah data yang sama menurut tempat, waktu, orang, atau jenis; dipakai untuk melihat di mana masalah "
    "paling banyak terjadi.",
    columns=(Column("Kelompok", hint="Bagian yang dibandingkan, misalnya Loket 1 atau RW 02."),),
    further=Column(
        "Jumlah",
        numeric=True,
        hint="Banyaknya kejadian; tambahkan satu kolom untuk tiap pembanding, misalnya Pagi dan Siang.",
    ),
    begin=("Jumlah", _LOOKED_AT),
    write=_write_stratification,
    locate=_locate_stratification,
    settings=(
        Setting("factor", "Dipilah menurut", hint="Misalnya loket, kelurahan, atau hari."),
        Setting("count_label", "Yang dihitung", hint="Misalnya berkas ditolak."),
        Setting(
            "proportion",
            "Jumlah adalah bagian dari yang diperiksa",
            SettingKind.FLAG,
            hint="Pilihlah ya bila jumlah tidak mungkin melebihi banyaknya yang diperiksa.",
        ),
    ),
    example=Typed(
        {
            "title": "Berkas ditolak menurut loket",
            "factor": "Loket",
            "count_label": "Berkas ditolak",
            "proportion": "ya",
            "source": "Buku register loket, Januari–Maret 2024",
        },
        "Kelompok\tJumlah\tBanyaknya diperiksa\nLoket 1\t42\t1.200\nLoket 2\t35\t400\nLoket 3\t18\t650",
    ),
)


def _write_pareto(table: Table, answers: Answers) -> Data:
    table.refuse_total()
    data: Data = {"items": [[table.text(row, 0), table.number(row, 1, OR_ZERO)] for row in table.rows]}
    if table.has(2):
        data["after"] = [[row.cells[0], table.number(row, 2, OR_ZERO)] for row in table.rows]
    return data | answers.given("unit", "before_label", "after_label")


def _locate_pareto(path: Path, table: Table) -> Place:
    return Place() if len(path) == 1 else by_row({"items": 0, "after": 1})(path, table)


PARETO = Entry(
    kind="pareto",
    purpose="Menunjukkan sedikit jenis yang menyebabkan sebagian besar masalah; dipakai untuk memilih yang dikerjakan "
    "lebih dahulu.",
    columns=(
        Column("Jenis", hint="Jenis masalah atau penyebab."),
        Column("Jumlah", numeric=True, hint="Banyaknya, lamanya, atau biayanya."),
        Column("Jumlah sesudah", numeric=True, hint="Kosongkan bila belum ada perbaikan."),
    ),
    write=_write_pareto,
    locate=_locate_pareto,
    settings=(
        Setting("unit", "Satuan", hint="Misalnya jumlah berkas, menit, atau rupiah."),
        Setting("before_label", "Sebutan sebelum perbaikan", hint="Misalnya Sebelum: Januari–Maret 2024."),
        Setting("after_label", "Sebutan sesudah perbaikan", hint="Misalnya Sesudah: Juli–September 2024."),
    ),
    example=Typed(
        {
            "title": "Keluhan layanan akta kelahiran",
            "unit": "Keluhan",
            "source": "Buku register loket, Januari–Maret 2024",
        },
        "Jenis\tJumlah\tJumlah sesudah\n"
        "Berkas tidak lengkap\t94\t\n"
        "Antrean lebih dari 60 menit\t80\t\n"
        "Salah ketik nama\t66\t\n"
        "Jaringan terputus\t33\t\n"
        "Blangko habis\t27\t\n"
        "Lain-lain\t12\t",
    ),
)
