"""The risalah of the demonstration: the seven steps told about one theme, with tables of its figures."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from kbk.demo.participants import Theme
from kbk.indonesian import format_decimal, format_integer, join_words

HALF_WRITTEN = ("masalah", "prioritas", "judul", "kondisi")
"""The sections a half-written risalah has."""


def sections(theme: Theme, unit: str) -> Mapping[str, str]:
    """All sections of a complete risalah on the seven-step outline: section key -> HTML."""
    dominant = theme.causes[0]
    return {
        "masalah": _problem(theme, unit),
        "prioritas": _priority(theme),
        "judul": f"<p>Tema: {theme.problem}. Judul: <strong>{theme.title}</strong>.</p>",
        "kondisi": _before(theme, unit),
        "target": (
            f"<p>Sasaran: {theme.problem} dari {theme.before} {theme.unit} menjadi paling banyak "
            f"{theme.after + 1} {theme.unit} pada akhir Mei 2024, diukur setiap hari kerja dengan lembar periksa.</p>"
        ),
        "sebab-akibat": (
            f"<p>Curah pendapat bersama semua anggota menurut manusia, metode, alat, bahan, dan lingkungan "
            f"menghasilkan {len(theme.causes)} akar penyebab: {join_words(theme.causes)}.</p>"
        ),
        "uji-penyebab": _tests(theme),
        "penyebab-dominan": (
            f"<p>Penyebab dominan adalah <strong>{dominant}</strong>: jumlahnya terbesar pada lembar periksa dan "
            "terbukti pada pengamatan di tempat kerja, bukan hasil pemungutan suara.</p>"
        ),
        "alternatif": _alternatives(theme),
        "rencana": _plan(theme),
        "pelaksanaan": _actions(theme),
        "hambatan": (
            "<p>Pada minggu pertama sebagian petugas belum terbiasa dengan cara baru. Ketua mendampingi dua hari "
            "berturut-turut dan petunjuk singkat ditempel di meja kerja.</p>"
        ),
        "perbandingan": _results(theme),
        "manfaat": (
            f"<p>Warga menunggu lebih sebentar dan petugas bekerja lebih tenang. Cara ini tidak memerlukan "
            f"anggaran tambahan karena memakai sarana yang sudah ada di {theme.place}.</p>"
        ),
        "standar": (
            "<p>Cara kerja baru ditetapkan dalam SOP nomor 067/12/2024, berlaku sejak 3 Juni 2024, dan menjadi "
            "tanggung jawab kepala subbagian umum.</p>"
        ),
        "sosialisasi": "<p>Disosialisasikan pada apel 10 Juni 2024 dengan undangan dan daftar hadir terlampir.</p>",
        "rencana-berikutnya": (
            f"<p>Tema berikutnya diambil dari penyebab yang tersisa, yaitu {theme.causes[1]}, mulai Juli 2024.</p>"
        ),
    }


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    titles = "".join(f"<th>{title}</th>" for title in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tbody><tr>{titles}</tr>{body}</tbody></table>"


def _problem(theme: Theme, unit: str) -> str:
    return (
        f"<p>Anggota kelompok di {unit} mendaftar masalah yang dihadapi di {theme.place} selama November sampai "
        f"Desember 2023 dari catatan harian, kotak saran, dan pengamatan langsung. Masalah yang paling sering "
        f"dikeluhkan adalah {theme.problem}, yaitu rata-rata {theme.before} {theme.unit}, sedangkan target "
        f"pelayanan menetapkan {theme.after + 1} {theme.unit}.</p>"
    )


def _priority(theme: Theme) -> str:
    total = sum(theme.counts)
    rows, running = [], 0
    for cause, count in zip(theme.causes, theme.counts, strict=True):
        running += count
        share, cumulative = Fraction(100 * count, total), Fraction(100 * running, total)
        rows.append((cause, str(count), format_decimal(share, 1), format_decimal(cumulative, 1)))
    return (
        f"<p>Dari {format_integer(total)} kejadian pada lembar periksa, dua penyebab pertama mencakup sebagian besar "
        "kejadian. Karena itu masalah ini didahulukan: mendesak, terukur, dan dapat diselesaikan kelompok sendiri "
        "dalam satu semester tanpa menunggu kebijakan lain.</p>"
        + _table(("Penyebab", "Kejadian", "Persen", "Kumulatif"), rows)
    )


def _before(theme: Theme, unit: str) -> str:
    weeks = [theme.before + shift for shift in (2, -1, 0, 1)]
    rows = [(f"Minggu {number}", f"{value} {theme.unit}") for number, value in enumerate(weeks, 1)]
    return (
        f"<p>Pengukuran dilakukan empat minggu pada Januari 2024 di {theme.place} {unit} dengan lembar periksa yang "
        "diisi petugas jaga setiap hari kerja. Angka di bawah ini adalah rata-rata mingguan sebelum ada perbaikan "
        "apa pun; lembar periksa aslinya disimpan oleh notulis.</p>" + _table(("Masa", "Rata-rata"), rows)
    )


def _tests(theme: Theme) -> str:
    rows = [
        (
            cause,
            "pengamatan tiga hari",
            f"{count} kejadian",
            "terbukti" if count > 20 else "kecil pengaruhnya",
        )
        for cause, count in zip(theme.causes, theme.counts, strict=True)
    ]
    return (
        "<p>Setiap akar penyebab diuji di tempat kerja selama tiga hari oleh dua anggota secara bergantian, lalu "
        "hasilnya dicatat pada lembar periksa dan dibahas dalam pertemuan kelompok.</p>"
        + _table(("Akar penyebab", "Cara uji", "Hasil", "Simpulan"), rows)
    )


def _alternatives(theme: Theme) -> str:
    rows = [
        (theme.remedy, "rendah", "tinggi", "dipilih"),
        ("menambah petugas", "tinggi", "sedang", "tidak dipilih"),
    ]
    return (
        "<p>Untuk penyebab dominan disusun dua pilihan penanggulangan, lalu dinilai menurut biaya, hasil, dan risiko "
        "dalam pertemuan keenam. Pilihan pertama diambil karena dapat dikerjakan sendiri.</p>"
        + _table(("Pilihan", "Biaya", "Hasil", "Keputusan"), rows)
    )


def _plan(theme: Theme) -> str:
    rows = [
        ("Apa", theme.remedy),
        ("Mengapa", f"menghilangkan {theme.causes[0]}"),
        ("Di mana", theme.place),
        ("Kapan", "4 Maret sampai 31 Mei 2024"),
        ("Siapa", "sekretaris kelompok"),
        ("Bagaimana", "uji coba dua minggu, perbaikan, lalu diterapkan penuh"),
    ]
    return "<p>Rencana perbaikan disetujui ketua dan fasilitator dalam pertemuan ketujuh.</p>" + _table(
        ("5W1H", "Uraian"), rows
    )


def _actions(theme: Theme) -> str:
    rows = [
        ("4 Maret 2024", f"Menyiapkan {theme.remedy}"),
        ("18 Maret 2024", "Uji coba pada separuh hari kerja"),
        ("1 April 2024", "Diterapkan setiap hari kerja"),
        ("31 Mei 2024", "Pengukuran sesudah perbaikan"),
    ]
    return (
        "<p>Perbaikan dilaksanakan sesuai rencana. Semua anggota terlibat, dan setiap kegiatan dicatat dalam notulen "
        "dengan tanggal dan penanggung jawabnya. Uji coba dilakukan pada separuh hari kerja agar pelayanan tidak "
        "terganggu.</p>" + _table(("Tanggal", "Kegiatan"), rows)
    )


def _results(theme: Theme) -> str:
    change = Fraction(100 * (theme.before - theme.after), theme.before)
    rows = [
        ("Sebelum (Januari 2024)", f"{theme.before} {theme.unit}"),
        ("Sesudah (Mei 2024)", f"{theme.after} {theme.unit}"),
        ("Penurunan", f"{format_decimal(change, 1)} %"),
    ]
    return (
        "<p>Pengukuran diulang dengan lembar periksa dan cara yang sama selama empat minggu. "
        f"{theme.problem.capitalize()} turun dari {theme.before} menjadi {theme.after} {theme.unit}, sehingga "
        "sasaran tercapai.</p>" + _table(("Masa", "Rata-rata"), rows)
    )
