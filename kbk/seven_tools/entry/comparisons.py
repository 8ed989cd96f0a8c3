"""Entries of comparisons line by line: USG matrix, deviations, before and after."""

from kbk.seven_tools.entry.model import Data, Entry, Typed
from kbk.seven_tools.entry.places import by_row
from kbk.seven_tools.entry.settings import Answers
from kbk.seven_tools.entry.table import Column, Row, Table

_UNIT = Column("Satuan", hint="Misalnya %, menit, atau berkas; boleh kosong.")
_LOWER = ("turun", "menurun", "lebih rendah", "rendah", "makin rendah", "lebih kecil", "kecil", "berkurang")
_HIGHER = ("naik", "meningkat", "lebih tinggi", "tinggi", "makin tinggi", "lebih besar", "besar", "bertambah")
_BETTER = dict.fromkeys(_LOWER, "lower") | dict.fromkeys(_HIGHER, "higher")


def _write_usg(table: Table, answers: Answers) -> Data:
    problems = [
        {
            "name": table.text(row, 0),
            "u": table.number(row, 1),
            "s": table.number(row, 2),
            "g": table.number(row, 3),
        }
        for row in table.rows
    ]
    return {"problems": problems}


USG = Entry(
    kind="usg",
    purpose="Mengurutkan masalah menurut mendesak, gawat, dan berkembangnya; dipakai untuk memilih tema.",
    columns=(
        Column("Masalah", hint="Satu baris untuk tiap masalah."),
        Column("U", numeric=True, hint="Urgency, seberapa mendesak: 1 (tidak) sampai 5 (sangat)."),
        Column("S", numeric=True, hint="Seriousness, seberapa gawat akibatnya: 1 sampai 5."),
        Column("G", numeric=True, hint="Growth, seberapa cepat memburuk bila dibiarkan: 1 sampai 5."),
    ),
    write=_write_usg,
    locate=by_row({"name": 0, "u": 1, "s": 2, "g": 3}),
    example=Typed(
        {"title": "Prioritas masalah Kelurahan Tugurejo", "source": "Rapat kelompok, 10 Januari 2024"},
        "Masalah\tU\tS\tG\n"
        "Penerbitan akta terlambat\t5\t5\t4\n"
        "Arsip sulit ditemukan\t3\t4\t3\n"
        "Ruang tunggu penuh\t4\t3\t3\n"
        "Nomor antrean tidak tercetak\t2\t2\t2",
    ),
)


def _write_deviation(table: Table, answers: Answers) -> Data:
    rows = [
        _with_unit(
            row,
            {"name": table.text(row, 0), "target": table.number(row, 2), "achieved": table.number(row, 3)},
        )
        for row in table.rows
    ]
    return {"rows": rows}


def _with_unit(row: Row, found: Data) -> Data:
    return found | ({"unit": row.cells[1]} if row.cells[1] else {})


DEVIATION = Entry(
    kind="deviation",
    purpose="Menunjukkan seberapa jauh capaian tiap indikator dari targetnya; dipakai untuk menemukan masalah yang "
    "paling besar.",
    columns=(
        Column("Indikator", hint="Yang ditargetkan, misalnya cakupan imunisasi."),
        _UNIT,
        Column("Target", numeric=True, hint="Harus lebih besar dari 0."),
        Column("Capaian", numeric=True, hint="Yang tercapai pada masa yang sama."),
    ),
    write=_write_deviation,
    locate=by_row({"name": 0, "unit": 1, "target": 2, "achieved": 3}),
    example=Typed(
        {"title": "Target dan capaian Puskesmas tahun 2023", "source": "Laporan kinerja tahun 2023"},
        "Indikator\tSatuan\tTarget\tCapaian\n"
        "Cakupan imunisasi dasar lengkap\t%\t95\t29,6\n"
        "Kunjungan balita\t%\t80\t26\n"
        "Penyuluhan\tkali\t14\t9",
    ),
)


def _write_before_after(table: Table, answers: Answers) -> Data:
    names = table.names(table.rows)
    rows = [
        _with_unit(
            row,
            {
                "name": name,
                "before": table.number(row, 2),
                "after": table.number(row, 3),
                "better": table.meaning(row, 4, _BETTER, "“turun” atau “naik”"),
            },
        )
        for name, row in zip(names, table.rows, strict=True)
    ]
    return {"rows": rows}


BEFORE_AFTER = Entry(
    kind="before-after",
    purpose="Membandingkan keadaan sebelum dan sesudah perbaikan dalam persen; dipakai saat memeriksa hasil.",
    columns=(
        Column("Ukuran", hint="Yang diukur, misalnya lama layanan."),
        _UNIT,
        Column("Sebelum", numeric=True, hint="Angka sebelum perbaikan."),
        Column("Sesudah", numeric=True, hint="Angka sesudah perbaikan, dari masa yang sama panjang."),
        Column(
            "Yang lebih baik", hint="Turun bila makin kecil makin baik, naik bila makin besar makin baik."
        ),
    ),
    write=_write_before_after,
    locate=by_row({"name": 0, "unit": 1, "before": 2, "after": 3, "better": 4}),
    example=Typed(
        {
            "title": "Hasil perbaikan layanan akta",
            "source": "Buku register loket, Januari–Maret dan Juli–September 2024",
        },
        "Ukuran\tSatuan\tSebelum\tSesudah\tYang lebih baik\n"
        "Lama penerbitan\thari\t5,2\t2,4\tturun\n"
        "Berkas ditolak\tberkas\t94\t22\tturun\n"
        "Kepuasan pemohon\tnilai 1–4\t2,7\t3,6\tnaik\n"
        "Biaya cetak ulang\trupiah\t1.250.000\t310.000\tturun",
    ),
)
