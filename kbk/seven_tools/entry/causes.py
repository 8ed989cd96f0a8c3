"""Entries of causes in lines of text: five whys, test of causes."""

from kbk.seven_tools.entry.model import Data, Entry, Typed
from kbk.seven_tools.entry.places import by_row
from kbk.seven_tools.entry.settings import Answers, Setting
from kbk.seven_tools.entry.table import Column, Row, Table

_OPEN = "open"
VERDICTS = {
    "dominan": "dominant",
    "terbukti dominan": "dominant",
    "terbukti, dominan": "dominant",
    "terbukti (dominan)": "dominant",
    "penyebab dominan": "dominant",
    "terbukti": "proven",
    "terbukti, tidak dominan": "proven",
    "tidak dominan": "proven",
    "tidak terbukti": "not-proven",
    "bukan penyebab": "not-proven",
    "belum diuji": _OPEN,
    "belum": _OPEN,
}


def _write_five_why(table: Table, answers: Answers) -> Data:
    return {"whys": table.texts(0)} | answers.given("problem")


FIVE_WHY = Entry(
    kind="five-why",
    purpose="Menelusuri satu masalah dengan bertanya mengapa berulang-ulang; dipakai untuk sampai pada akarnya.",
    columns=(
        Column(
            "Jawaban",
            hint="Baris pertama menjawab mengapa masalah itu terjadi, baris berikutnya mengapa jawaban di atasnya "
            "terjadi; baris terakhir menjadi akar masalah.",
        ),
    ),
    write=_write_five_why,
    locate=by_row({"whys": 0}),
    settings=(Setting("problem", "Masalah", hint="Satu kalimat, sebaiknya dengan angka.", required=True),),
    example=Typed(
        {
            "problem": "94 dari 312 permohonan akta ditolak karena berkas tidak lengkap",
            "title": "Mengapa berkas tidak lengkap?",
            "source": "Wawancara 20 pemohon dan 4 petugas loket, Maret 2024",
        },
        "Jawaban\n"
        "Pemohon tidak membawa semua persyaratan\n"
        "Pemohon tidak tahu persyaratan yang berlaku\n"
        "Persyaratan di papan pengumuman berbeda dengan di laman\n"
        "Papan pengumuman tidak diperbarui setelah aturan berubah\n"
        "Tidak ada petugas yang ditunjuk memperbarui pengumuman",
    ),
)


def _write_cause_test(table: Table, answers: Answers) -> Data:
    return {"rows": [_tested(table, row) for row in table.rows]}


def _tested(table: Table, row: Row) -> Data:
    """A line with neither a finding nor a verdict is a cause that is still to be tested."""
    found: Data = {"cause": table.text(row, 0), "standard": table.text(row, 1), "method": table.text(row, 2)}
    if not row.cells[3] and not row.cells[4]:
        return found | {"verdict": _OPEN}
    wanted = "“dominan”, “terbukti”, “tidak terbukti”, atau “belum diuji”"
    verdict = table.meaning(row, 4, VERDICTS, wanted)
    if verdict == _OPEN and not row.cells[3]:
        return found | {"verdict": verdict}
    return found | {"actual": table.text(row, 3), "verdict": verdict}


CAUSE_TEST = Entry(
    kind="cause-test",
    purpose="Membandingkan setiap akar masalah dengan kenyataan di tempat kerja; dipakai untuk menentukan penyebab "
    "dominan dengan data, bukan dengan suara terbanyak.",
    columns=(
        Column("Akar masalah", hint="Dari diagram tulang ikan atau lima mengapa."),
        Column("Standar", hint="Bagaimana seharusnya."),
        Column("Cara menguji", hint="Misalnya memeriksa dokumen atau mengamati 30 berkas."),
        Column("Kenyataan", hint="Hasil uji dengan angka; kosongkan bila belum diuji."),
        Column("Kesimpulan", hint="Dominan, terbukti, tidak terbukti, atau belum diuji."),
    ),
    write=_write_cause_test,
    locate=by_row({"cause": 0, "standard": 1, "method": 2, "actual": 3, "verdict": 4}),
    example=Typed(
        {"title": "Uji akar masalah berkas tidak lengkap", "source": "Pengamatan di loket, 18–22 Maret 2024"},
        "Akar masalah\tStandar\tCara menguji\tKenyataan\tKesimpulan\n"
        "Pengumuman tidak diperbarui\tSama dengan aturan terbaru\tMembandingkan papan, laman, dan brosur\t"
        "7 dari 9 persyaratan berbeda\tdominan\n"
        "Petugas belum dilatih\tSemua petugas bersertifikat\tMemeriksa sertifikat\t2 dari 6 petugas\tterbukti\n"
        "Formulir sulit dibaca\tTerbaca tanpa bantuan\tMencoba dengan 20 pemohon\t19 dari 20 terbaca\ttidak terbukti\n"
        "Ruang tunggu bising\tPanggilan terdengar di semua kursi\tMengukur dari 10 kursi\t\tbelum diuji",
    ),
)
