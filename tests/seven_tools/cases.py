"""Data of every drawing on the sheet in docs/drawings: for each tool easy data as a group has them,
and nasty ones."""

from datetime import date, timedelta
from math import cos, sin
from typing import Any

Data = dict[str, Any]

LONG = (
    "Pemohon datang tanpa berkas lengkap karena persyaratan pada papan pengumuman, laman, dan brosur tidak sama"
    " dan berubah tanpa pemberitahuan"
)
UNBROKEN = (
    "https://layanan.contoh.go.id/kependudukan/permohonan-akta-kelahiran/unduh-formulir-persyaratan-lengkap"
)
HOSTILE = '</text><script>alert("x")</script> & <b>tebal</b>'
SOURCE = "Buku register loket, Januari sampai Maret 2024"

PISTON = [
    [74.030, 74.002, 74.019, 73.992, 74.008], [73.995, 73.992, 74.001, 74.011, 74.004],
    [73.988, 74.024, 74.021, 74.005, 74.002], [74.002, 73.996, 73.993, 74.015, 74.009],
    [73.992, 74.007, 74.015, 73.989, 74.014], [74.009, 73.994, 73.997, 73.985, 73.993],
    [73.995, 74.006, 73.994, 74.000, 74.005], [73.985, 74.003, 73.993, 74.015, 73.988],
    [74.008, 73.995, 74.009, 74.005, 74.004], [73.998, 74.000, 73.990, 74.007, 73.995],
    [73.994, 73.998, 73.994, 73.995, 73.990], [74.004, 74.000, 74.007, 74.000, 73.996],
    [73.983, 74.002, 73.998, 73.997, 74.012], [74.006, 73.967, 73.994, 74.000, 73.984],
    [74.012, 74.014, 73.998, 73.999, 74.007], [74.000, 73.984, 74.005, 73.998, 73.996],
    [73.994, 74.012, 73.986, 74.005, 74.007], [74.006, 74.010, 74.018, 74.003, 74.000],
    [73.984, 74.002, 74.003, 74.005, 73.997], [74.000, 74.010, 74.013, 74.020, 74.003],
    [73.988, 74.001, 74.009, 74.005, 73.996], [74.004, 73.999, 73.990, 74.006, 74.009],
    [74.010, 73.989, 73.990, 74.009, 74.014], [74.015, 74.008, 73.993, 74.000, 74.010],
    [73.982, 73.984, 73.995, 74.017, 74.013],
]  # fmt: skip
JUICE = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]
BOARDS = [
    21,
    24,
    16,
    12,
    15,
    5,
    28,
    20,
    31,
    25,
    20,
    24,
    16,
    19,
    10,
    17,
    13,
    22,
    18,
    39,
    30,
    24,
    16,
    19,
    17,
    15,
]
SPEED = [4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 16, 16, 17,
         17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25]  # fmt: skip
STOPPING = [2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80, 20, 26,
    54, 32, 40,
            32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85]  # fmt: skip

COMPLAINTS: list[list[Any]] = [
    ["Berkas pemohon tidak lengkap", 94],
    ["Antrean lebih dari 60 menit", 80],
    ["Salah ketik nama", 66],
    ["Jaringan terputus", 33],
    ["Blangko habis", 27],
    ["Lain-lain", 12],
]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]


def noise(index: int) -> float:
    """A fixed irregular number between −1 and 1."""
    return sin(index * 12.9898) * 0.6 + cos(index * 78.233) * 0.4


def long_name(number: int) -> str:
    return f"{LONG} ({number})"


def days(start: int, length: int) -> list[str]:
    first = date(2024, 1, 8) + timedelta(start)
    return [first.isoformat(), (first + timedelta(length)).isoformat()]


PARETO: dict[str, Data] = {
    "easy": {"items": COMPLAINTS, "unit": "Keluhan", "title": "Keluhan layanan akta kelahiran", "source": SOURCE},
    "pair": {
        "items": COMPLAINTS,
        "after": [["Antrean lebih dari 60 menit", 31], ["Berkas pemohon tidak lengkap", 22], ["Salah ketik nama", 12],
                  ["Jaringan terputus", 12], ["Lain-lain", 9]],
        "before_label": "Sebelum: Januari sampai Maret 2024",
        "after_label": "Sesudah: Juli sampai September 2024",
        "title": "Keluhan sebelum dan sesudah perbaikan",
        "subtitle": "Masing-masing tiga bulan, skala sama",
    },
    "40-bars": {"items": [[f"Jenis gangguan nomor {n}", 200 // (n + 1)] for n in range(40)]},
    "long-names": {"items": [[long_name(n), 30 - n] for n in range(12)] + [[UNBROKEN, 9], [HOSTILE, 1]]},
    "one-bar": {"items": [["Satu-satunya jenis", 7]]},
    "equal-and-zero": {"items": [["A", 5], ["B", 5], ["C", 5], ["D", 0], ["E", 0]], "after": [["A", 0], ["B", 0]]},
    "rupiah": {"items": [["Cetak ulang", 1250000.5], ["Lembur", 987654321], ["Kirim ulang", 45000]],
        "unit": "Rupiah"},
}  # fmt: skip

HISTOGRAM: dict[str, Data] = {
    "easy": {
        "values": [value for sample in PISTON for value in sample], "normal_curve": True, "lower_spec": 73.95,
        "upper_spec": 74.05, "unit": "Diameter cincin (mm)", "title": "Diameter cincin piston",
    },
    "plain": {"values": [18, 22, 25, 25, 27, 29, 30, 31, 31, 33, 34, 36, 38, 41, 47, 52],
        "unit": "Lama layanan (menit)"},
    "two-values": {"values": [1, 2]},
    "skewed-1000": {"values": [round((noise(n) + 1.1) ** 4, 3) for n in range(1000)], "classes": 40, "upper_spec": 9},
    "negative": {"values": [-30.5, -12, -8, -3.25, -1, 0, 0, 2, 4, 9, 14.75], "classes": 5, "lower_spec": -40,
                 "upper_spec": -35, "unit": "Selisih waktu dari jadwal (menit), negatif berarti lebih cepat"},
    "far-from-zero": {"values": [1000000.25 + n / 8 for n in range(20)], "classes": [1000000, 1000001, 1000002,
        1000003]},
}  # fmt: skip

SCATTER: dict[str, Data] = {
    "easy": {"x": SPEED, "y": STOPPING, "x_label": "Kecepatan (mil/jam)", "y_label": "Jarak henti (kaki)",
             "title": "Kecepatan dan jarak henti"},
    "curve": {"x": [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
              "y": [9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74]},
    "1000-points": {"x": [round(n / 7 + 20 * noise(n), 2) for n in range(1000)],
                    "y": [round(90 - n / 20 + 30 * noise(n + 5000), 2) for n in range(1000)]},
    "perfect": {"x": [1, 2, 3, 4, 5, 5], "y": [2, 4, 6, 8, 10, 10]},
    "no-relation": {"x": [-2, -1, 0, 1, 2, -2, 2], "y": [4, 1, 0, 1, 4, 4, 4], "x_label": LONG, "y_label": LONG},
}  # fmt: skip

CONTROL_CHART: dict[str, Data] = {
    "p-easy": {"type": "p", "nonconforming": JUICE, "sizes": 50, "title": "Proporsi kaleng bocor"},
    "p-stepped": {
        "type": "p", "nonconforming": [5, 4, 9, 6, 3, 8, 7, 12, 5, 6], "source": SOURCE,
        "sizes": [50, 60, 80, 55, 40, 120, 90, 60, 75, 50], "labels": [f"Minggu {n}" for n in range(1, 11)],
        "exclude": [{"sample": 8, "reason": "petugas baru belum dilatih"}],
    },
    "np": {"type": "np", "nonconforming": [8, 7, 11, 3, 6, 11, 4, 4, 5, 8, 8, 6, 7, 6, 10, 7, 9, 5, 6, 8],
        "sizes": 200},
    "c-easy": {"type": "c", "counts": BOARDS},
    "c-zeros": {"type": "c", "counts": [0] * 20},
    "u": {"type": "u", "counts": [10, 12, 8, 14, 10, 16, 11, 7, 10, 15, 9, 5, 7, 11, 12, 6, 8, 10, 7, 5], "sizes": 5},
    "xbar-r": {"type": "xbar-r", "samples": PISTON, "title": "Diameter cincin piston"},
    "xbar-s": {"type": "xbar-s", "samples": [[*sample, sample[0] - 0.01] for sample in PISTON], "run_length": 8},
    "i-mr": {"type": "i-mr", "values": [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]},
    "i-mr-trend": {"type": "i-mr", "values": [round(n / 3 + noise(n) * 2, 1) for n in range(30)],
                   "labels": [long_name(n) for n in range(30)]},
    "c-1000": {"type": "c", "counts": [round(20 + 16 * noise(n)) for n in range(1000)]},
    "i-mr-1000": {"type": "i-mr", "values": [round(20 + n / 100 + 3 * noise(n), 2) for n in range(1000)]},
    "p-1000": {"type": "p", "nonconforming": [round(12 + 11 * noise(n)) for n in range(1000)],
               "sizes": [round(200 + 120 * noise(n + 5000)) for n in range(1000)]},
}  # fmt: skip
