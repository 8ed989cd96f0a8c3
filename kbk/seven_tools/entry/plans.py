"""Entries of plans: schedule, action plan."""

from kbk.seven_tools.entry.model import Data, Entry, Typed
from kbk.seven_tools.entry.places import by_row
from kbk.seven_tools.entry.settings import Answers, Setting
from kbk.seven_tools.entry.table import Column, EntryError, Row, Table

_PLAN, _ACTUAL = 1, 3
_TODAY = Setting(
    "today",
    "Keadaan per tanggal",
    hint="Hari jadwal ini dilihat, misalnya 30/6/2024; perlu diisi bila ada kegiatan yang sedang berjalan.",
)
_QUESTIONS = (
    ("what", Column("Apa", hint="Yang akan dikerjakan.")),
    ("why", Column("Mengapa", hint="Penyebab yang dihilangkan atau sasaran yang dikejar.")),
    ("where", Column("Di mana", hint="Tempatnya.")),
    ("when", Column("Kapan", hint="Tanggal atau masanya, sesuai dengan jadwal.")),
    ("who", Column("Siapa", hint="Satu orang yang bertanggung jawab.")),
    ("how", Column("Bagaimana", hint="Langkah-langkahnya.")),
)
_COST = Column("Biaya (Rp)", numeric=True, hint="Kosongkan semua bila biaya tidak direncanakan.")


def _write_gantt(table: Table, answers: Answers) -> Data:
    today = answers.day(_TODAY.key)
    rows = []
    for row in table.rows:
        found: Data = {"name": table.text(row, 0), "plan": _span(table, row, _PLAN)}
        if row.cells[_ACTUAL] or row.cells[_ACTUAL + 1]:
            actual = _span(table, row, _ACTUAL)
            found["actual"] = actual
            if actual[1] is None and today is None:
                raise EntryError(
                    f"Baris {row.number} sudah mulai dan belum selesai; isilah “{_TODAY.label}” lebih dahulu.",
                    row.number,
                    _ACTUAL + 1,
                    _TODAY.key,
                )
            if actual[1] is None and today is not None and table.day(row, _ACTUAL) > today:
                raise table.fail(
                    row, _ACTUAL, f"melewati “{_TODAY.label}”, padahal belum ada hari selesainya"
                )
        rows.append(found)
    return {"rows": rows} | ({"today": today.isoformat()} if today else {})


def _span(table: Table, row: Row, first: int) -> list[str | None]:
    """Start and end from the column `first` on; only actual work may still have no end."""
    start = table.day(row, first)
    if first == _ACTUAL and not row.cells[first + 1]:
        return [start.isoformat(), None]
    end = table.day(row, first + 1)
    if end < start:
        raise table.fail(row, first + 1, f"lebih awal daripada “{table.headings[first]}”")
    return [start.isoformat(), end.isoformat()]


GANTT = Entry(
    kind="gantt",
    purpose="Menunjukkan rencana tiap kegiatan dan pelaksanaannya pada satu garis waktu; dipakai untuk melihat yang "
    "terlambat.",
    columns=(
        Column("Kegiatan", hint="Satu baris untuk tiap langkah atau pekerjaan."),
        Column("Rencana mulai", hint="Tanggal, misalnya 2/8/2024 atau 2 Agustus 2024."),
        Column("Rencana selesai", hint="Hari terakhir, ikut dihitung."),
        Column("Realisasi mulai", hint="Kosongkan bila belum mulai."),
        Column("Realisasi selesai", hint="Kosongkan bila belum selesai."),
    ),
    write=_write_gantt,
    locate=by_row({"name": 0, "plan": _PLAN, "actual": _ACTUAL}),
    settings=(_TODAY,),
    example=Typed(
        {
            "title": "Jadwal kegiatan KBK Melati",
            "today": "20/5/2024",
            "source": "Notulen rapat kelompok, Januari–Mei 2024",
        },
        "Kegiatan\tRencana mulai\tRencana selesai\tRealisasi mulai\tRealisasi selesai\n"
        "1. Tema dan judul\t8/1/2024\t26/1/2024\t8/1/2024\t24/1/2024\n"
        "2. Fakta dan data\t29/1/2024\t16/2/2024\t29/1/2024\t20/2/2024\n"
        "3. Penyebab\t19/2/2024\t8/3/2024\t21/2/2024\t13/3/2024\n"
        "4. Rencana perbaikan\t11/3/2024\t28/3/2024\t14/3/2024\t1/4/2024\n"
        "5. Pelaksanaan\t1/4/2024\t31/5/2024\t2/4/2024\t\n"
        "6. Pemeriksaan hasil\t3/6/2024\t21/6/2024\t\t\n"
        "7. Standarisasi\t24/6/2024\t12/7/2024\t\t",
    ),
)


def _write_action_plan(table: Table, answers: Answers) -> Data:
    cost = len(_QUESTIONS)
    rows = []
    for row in table.rows:
        found: Data = {key: table.text(row, at) for at, (key, _) in enumerate(_QUESTIONS)}
        amount = table.number_or_none(row, cost)
        rows.append(found if amount is None else found | {"how_much": amount})
    return {"rows": rows}


ACTION_PLAN = Entry(
    kind="action-plan",
    purpose="Menguraikan setiap tindakan perbaikan: apa, mengapa, di mana, kapan, siapa, bagaimana, dan biayanya; "
    "dipakai sebelum pelaksanaan.",
    columns=(*(column for _, column in _QUESTIONS), _COST),
    write=_write_action_plan,
    locate=by_row({key: at for at, (key, _) in enumerate(_QUESTIONS)} | {"how_much": len(_QUESTIONS)}),
    example=Typed(
        {"title": "Rencana perbaikan berkas tidak lengkap", "source": "Rapat kelompok, 26 Maret 2024"},
        "Apa\tMengapa\tDi mana\tKapan\tSiapa\tBagaimana\tBiaya (Rp)\n"
        "Menyamakan pengumuman persyaratan\tPapan, laman, dan brosur berbeda\tLoket dan laman kelurahan\t"
        "2–12 April 2024\tSri Wahyuni\tSatu naskah disahkan lurah, lalu dipasang di semua tempat\t450.000\n"
        "Melatih petugas loket\tBaru 2 dari 6 petugas terlatih\tAula kelurahan\t15–19 April 2024\tBudi Santoso\t"
        "Dua kali latihan dengan contoh berkas\t1.200.000\n"
        "Memakai daftar periksa\tBerkas diperiksa dua kali\tLoket 1–3\tmulai 22 April 2024\tDewi Lestari\t"
        "Satu lembar untuk tiap permohonan\t150.000",
    ),
)
