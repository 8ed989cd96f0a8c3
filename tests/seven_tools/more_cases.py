"""Data for the drawings of check sheets, strata, fishbones and the tables and charts that go with them."""

from tests.seven_tools.cases import (
    CONTROL_CHART,
    HISTOGRAM,
    HOSTILE,
    LONG,
    MONTHS,
    PARETO,
    SCATTER,
    SOURCE,
    UNBROKEN,
    Data,
    days,
    long_name,
    noise,
)

CHECK_SHEET: dict[str, Data] = {
    "easy": {
        "items": ["Berkas tidak lengkap", "Salah ketik nama", "Jaringan terputus", "Blangko habis"],
        "periods": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat"],
        "counts": [[7, 5, 9, 4, 10], [3, 2, 0, 5, 4], [1, 0, 6, 2, 0], [0, 1, 0, 0, 2]],
        "title": "Lembar periksa kesalahan permohonan akta", "who": "Sri Wahyuni", "where": "Loket 2 dan 3",
        "when": "4–8 Maret 2024", "method": "hitungan langsung tiap berkas", "source": SOURCE, "grand_total": 61,
    },
    "month": {"items": [f"Jenis {n}" for n in range(1, 13)], "periods": [str(n) for n in range(1, 32)],
              "counts": [[abs(round(noise(n * 40 + d) * 14)) for d in range(31)] for n in range(12)]},
    "long-and-zero": {"items": [long_name(1), UNBROKEN, HOSTILE], "periods": ["Januari sampai Maret 2024", "April"],
                      "counts": [[0, 0], [0, 0], [0, 0]]},
    "large-numbers": {"items": ["Pengunjung", "Panggilan"], "periods": ["2022", "2023", "2024"],
                      "counts": [[1250431, 987654321, 12], [0, 5, 123456]]},
}  # fmt: skip

STRATIFICATION: dict[str, Data] = {
    "easy": {
        "factor": "Loket", "count_label": "Berkas ditolak", "title": "Berkas ditolak menurut loket", "source": SOURCE,
        "strata": [{"name": "Loket 1", "counts": 42, "sizes": 1200}, {"name": "Loket 2", "counts": 35, "sizes": 400},
                   {"name": "Loket 3", "counts": 18, "sizes": 650}],
    },
    "grouped": {"factor": "Loket", "groups": ["Pagi", "Siang", "Sore"],
                "strata": [{"name": f"Loket {n}", "counts": [n * 3, 20 - n, n * n]} for n in range(1, 5)]},
    "records": {"factor": "Kecamatan", "records": [["Tugu" if n % 3 else "Mijen", "Pagi" if n % 2 else "Sore"]
                                                     for n in range(60)]},
    "many-long": {"strata": [{"name": long_name(n), "counts": n * 7 % 40, "sizes": 40 + n} for n in range(40)]},
}  # fmt: skip

FISHBONE: dict[str, Data] = {
    "easy": {
        "effect": "Penerbitan akta kelahiran lebih dari 3 hari", "title": "Mengapa penerbitan akta terlambat?",
        "categories": {
            "Manusia": [{"text": "Petugas kurang teliti",
                         "causes": [{"text": "Belum dilatih", "causes": [{"text": "Anggaran latihan dipangkas",
                             "root": True}]}]},
                        "Petugas sering diganti"],
            "Mesin/Alat": [{"text": "Pemindai lambat", "causes": [{"text": "Usia alat 9 tahun", "root": True}]}],
            "Metode": [{"text": "Berkas diperiksa dua kali", "causes": ["Tidak ada daftar periksa"]},
                       "Tanda tangan menunggu pejabat"],
            "Material": ["Formulir lama masih beredar", "Blangko sering habis"],
            "Lingkungan": ["Ruang tunggu sempit"],
        },
    },
    "two-branches": {"effect": "Antre", "categories": {"Metode": ["Satu pintu"], "Mesin": []}},
    "8-branches-60-causes": {
        "effect": LONG,
        "categories": [
            {"name": f"Kategori {c} dengan nama panjang" if c % 2 else f"Kategori {c}",
             "causes": [{"text": long_name(n) if n % 3 == 0 else f"Penyebab nomor {n}", "root": n % 5 == 0,
                         "causes": [{"text": "Sebab antara yang cukup panjang",
                                     "causes": [{"text": f"Akar {n}", "root": True}]}] if n % 2 else []}
                        for n in range(4)]}
            for c in range(8)
        ],
    },
    "why-chain": {
        "effect": "Keluhan naik",
        "categories": {
            "Metode": [{"text": "Satu", "causes": [{"text": "Dua", "causes": [{"text": "Tiga", "causes": [
                {"text": "Empat", "causes": [{"text": "Lima", "causes": [{"text": LONG, "root": True}]}]}]}]}]}],
            "Manusia": [UNBROKEN, HOSTILE],
            "Mesin": [f"Sebab {n}" for n in range(25)],
        },
    },
}  # fmt: skip

LINE_CHART: dict[str, Data] = {
    "easy": {"x": MONTHS, "series": [{"name": "Keluhan", "values": [94, 90, 97, 80, 71, 66, 50, 41, 37, 33, 30, 27]}],
             "target": 30, "y_label": "Keluhan per bulan", "title": "Keluhan tahun 2024", "source": SOURCE},
    "six-series": {"x": MONTHS, "series": [
        {"name": f"Kecamatan {n}" if n else LONG[:80],
         "values": [None if (m + n) % 9 == 0 else round(40 + 10 * noise(n * 50 + m), 1) for m in range(12)]}
        for n in range(6)]},
    "negative-long": {"x": [long_name(n) for n in range(8)],
                      "series": [{"name": "Laba rugi", "values": [-5, 3, -12.5, 0, 4, 8, -1, -20]}]},
    "equal": {"x": ["A", "B"], "series": [{"name": "Tetap", "values": [7, 7]}]},
    "1000-points": {"x": [str(n) for n in range(1000)],
                    "series": [{"name": "Suhu", "values": [round(25 + 3 * noise(n), 2) for n in range(1000)]}]},
}  # fmt: skip

BAR_CHART: dict[str, Data] = {
    "easy": {"categories": ["Ketelitian", "Kecepatan", "Keramahan", "Kejelasan"], "y_label": "Nilai survei",
             "series": [{"name": "Sebelum", "values": [2.8, 2.1, 3.4, 2.5]},
                        {"name": "Sesudah", "values": [3.6, 3.5, 3.7, 3.4]}],
             "target": 3.5, "title": "Survei kepuasan", "source": SOURCE},
    "negative": {"categories": ["Januari", "Februari", "Maret"],
                 "series": [{"name": "Selisih anggaran (juta rupiah)", "values": [-12.5, 4, -0.25]}]},
    "40-bars": {"categories": [f"Kelurahan nomor {n} di kecamatan yang jauh" for n in range(40)],
                "series": [{"name": "Pemohon", "values": [abs(round(900 * noise(n))) for n in range(40)]}]},
    "six-series": {"categories": ["A", "B", "C"],
                   "series": [{"name": f"Seri {n}", "values": [n + 1, 2 * n, 7 - n]} for n in range(6)]},
    "all-zero": {"categories": ["Satu"], "series": [{"name": "Nihil", "values": [0]}]},
}  # fmt: skip

STEPS = ["Tema dan judul", "Fakta dan data", "Penyebab", "Rencana perbaikan", "Pelaksanaan", "Pemeriksaan hasil",
         "Standarisasi dan rencana berikutnya"]  # fmt: skip
GANTT: dict[str, Data] = {
    "easy": {
        "rows": [{"name": f"{n + 1}. {name}", "plan": days(n * 18, 17),
                  **({"actual": days(n * 20, 15 + n)} if n < 5 else {"actual": [days(104, 0)[0],
                      None]} if n == 5 else {})}
                 for n, name in enumerate(STEPS)],
        "today": days(112, 0)[0], "title": "Jadwal kegiatan kelompok",
    },
    "one-day": {"rows": [{"name": "Rapat", "plan": ["2024-02-29", "2024-02-29"], "actual": ["2024-02-29",
        "2024-02-29"]}]},
    "ten-years": {"rows": [{"name": long_name(n), "plan": [f"{2015 + n}-01-01",
        f"{2016 + n}-12-31"]} for n in range(9)]},
}  # fmt: skip

USG: dict[str, Data] = {
    "easy": {"problems": [{"name": "Penerbitan akta terlambat", "u": 5, "s": 5, "g": 4},
                          {"name": "Arsip sulit ditemukan", "u": 3, "s": 4, "g": 3},
                          {"name": "Ruang tunggu penuh", "u": 4, "s": 3, "g": 3},
                          {"name": "Nomor antrean tidak tercetak", "u": 2, "s": 2, "g": 2}], "source": SOURCE},
    "tie-long": {"problems": [{"name": long_name(n), "u": 5, "s": 4, "g": 3} for n in range(3)]
                 + [{"name": UNBROKEN, "u": 1, "s": 1, "g": 1}]},
}  # fmt: skip

DEVIATION: dict[str, Data] = {
    "easy": {"rows": [{"name": "Cakupan imunisasi dasar lengkap", "target": 95, "achieved": 29.6, "unit": "%"},
                      {"name": "Kunjungan balita", "target": 80, "achieved": 26, "unit": "%"},
                      {"name": "Penyuluhan", "target": 14, "achieved": 9, "unit": "kali"}]},
    "passed-long": {"rows": [{"name": long_name(1), "target": 0.5, "achieved": 1.75},
                             {"name": "Pendapatan", "target": 1234567890, "achieved": 1,
                                 "unit": "rupiah per tahun"}]},
}  # fmt: skip

CAUSE_TEST: dict[str, Data] = {
    "easy": {"rows": [
        {"cause": "Petugas belum dilatih", "standard": "Semua petugas punya sertifikat", "actual": "2 dari 6 petugas",
         "method": "Memeriksa daftar pelatihan 2023", "verdict": "dominant"},
        {"cause": "Pemindai berusia 9 tahun", "standard": "Paling lama 5 tahun", "actual": "9 tahun, 4 halaman/menit",
         "method": "Mengukur kecepatan 30 berkas", "verdict": "proven"},
        {"cause": "Ruang tunggu sempit", "standard": "1 kursi per pemohon", "actual": "Selalu cukup",
         "method": "Menghitung tiap jam selama 5 hari", "verdict": "not-proven"},
        {"cause": "Anggaran dipangkas", "standard": "Sesuai DPA", "method": "Wawancara bendahara",
            "verdict": "open"}]},
    "long": {"rows": [{"cause": LONG, "standard": UNBROKEN, "method": LONG + " " + LONG, "actual": HOSTILE,
                       "verdict": "dominant"}] * 6},
}  # fmt: skip

FIVE_WHY: dict[str, Data] = {
    "easy": {"problem": "Akta kelahiran terbit lebih dari 3 hari",
             "whys": ["Berkas dikembalikan dua sampai tiga kali", "Petugas loket kurang teliti memeriksa",
                      "Petugas belum memakai daftar periksa", "Daftar periksa belum ada dalam SOP",
                      "SOP belum diperbarui sejak 2017"]},
    "one": {"problem": "Listrik padam", "whys": ["Sekring putus"]},
    "long": {"problem": LONG * 4, "whys": [LONG * 3, UNBROKEN, HOSTILE, *["Karena begitu"] * 6, LONG * 4]},
}  # fmt: skip

ACTION_PLAN: dict[str, Data] = {
    "easy": {"rows": [
        {"what": "Menyusun daftar periksa berkas", "why": "Kesalahan terbanyak di pemeriksaan awal",
            "where": "Loket 1–3",
         "when": "2–6 September 2024", "who": "Sri Wahyuni", "how": "Meringkas SOP menjadi 12 butir",
             "how_much": 150000},
        {"what": "Melatih petugas", "why": "Hanya 2 dari 6 yang terlatih", "where": "Aula dinas",
            "when": "9 September 2024",
         "who": "Budi Santoso", "how": "Simulasi 30 berkas", "how_much": 2400000}]},
    "5w1h-long": {"rows": [{"what": LONG, "why": LONG, "where": UNBROKEN, "when": "Senin", "who": "A",
        "how": LONG}] * 4},
}  # fmt: skip

BEFORE_AFTER: dict[str, Data] = {
    "easy": {"rows": [{"name": "Lama penerbitan akta", "unit": "hari", "before": 7.5, "after": 2, "better": "lower"},
                      {"name": "Berkas dikembalikan", "unit": "per bulan", "before": 94, "after": 25,
                          "better": "lower"},
                      {"name": "Nilai kepuasan", "unit": "dari 4", "before": 2.71, "after": 3.52, "better": "higher"},
                      {"name": "Biaya cetak", "unit": "Rp", "before": 1250000, "after": 1310000, "better": "lower"}],
             "source": SOURCE},
    "odd": {"rows": [{"name": "Dari nol", "before": 0, "after": 5, "better": "higher"},
                     {"name": "Tetap nol", "before": 0, "after": 0, "better": "lower"},
                     {"name": "Rugi menjadi laba " + LONG, "before": -20, "after": 5, "better": "higher"},
                     {"name": "Makin rugi", "before": -2, "after": -9.5, "better": "higher"}]},
}  # fmt: skip

RADAR: dict[str, Data] = {
    "easy": {"axes": ["Pengetahuan TULTA", "Kerja sama", "Mengolah data", "Presentasi", "Komputer"], "highest": 5,
             "series": [{"name": "Sebelum", "values": [2, 3, 1.5, 2, 3]}, {"name": "Sesudah", "values": [4,
                 4.5, 4, 3, 4]}],
             "title": "Kemampuan anggota"},
    "12-long": {"axes": [long_name(n) for n in range(12)],
                "series": [{"name": f"Anggota {s}", "values": [abs(round(9 * noise(s * 30 + n))) for n in range(12)]}
                           for s in range(6)]},
    "three-zero": {"axes": ["A", "B", "C"], "series": [{"name": "Nihil", "values": [0, 0, 0]}]},
}  # fmt: skip

ALL: dict[str, dict[str, Data]] = {
    "check-sheet": CHECK_SHEET,
    "stratification": STRATIFICATION,
    "pareto": PARETO,
    "fishbone": FISHBONE,
    "histogram": HISTOGRAM,
    "scatter": SCATTER,
    "control-chart": CONTROL_CHART,
    "line-chart": LINE_CHART,
    "bar-chart": BAR_CHART,
    "gantt": GANTT,
    "usg": USG,
    "deviation": DEVIATION,
    "cause-test": CAUSE_TEST,
    "five-why": FIVE_WHY,
    "action-plan": ACTION_PLAN,
    "before-after": BEFORE_AFTER,
    "radar": RADAR,
}
CASES: list[tuple[str, str]] = [(kind, name) for kind, named in ALL.items() for name in named]
