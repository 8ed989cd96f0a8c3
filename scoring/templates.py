"""Rubrics to start from, as data. A committee copies one and may change every name, weight and scale.

Weights and scales follow published contests; the wording is our own.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from scoring.rubric import Criterion, Rubric
from scoring.scales import ClockBand, ClockScale, NumberScale

MINUTE = 60
"""Seconds."""

ONE_TO_TEN = NumberScale(Decimal(1), Decimal(10), Decimal("0.5"))


def _criteria(prefix: str, aspects: Mapping[str, Iterable[tuple[str, str]]]) -> tuple[Criterion, ...]:
    """Criteria numbered through all aspects, each (name, weight), marked from 1 to 10 in halves."""
    rows = [(aspect, name, weight) for aspect, items in aspects.items() for name, weight in items]
    return tuple(
        Criterion(f"{prefix}{number:02}", name, Decimal(weight), ONE_TO_TEN, aspect)
        for number, (aspect, name, weight) in enumerate(rows, 1)
    )


DESK = Rubric(
    "Penilaian risalah (24 kriteria)",
    _criteria(
        "r",
        {
            "PLAN": [
                ("Penetapan kegiatan dan susunan kelompok", "2"),
                ("Perumusan masalah dan tema", "4"),
                ("Sasaran terukur dan pengesahannya", "2"),
                ("Pengamatan lapangan dan curah pendapat", "2"),
                ("Penelusuran akar penyebab", "3"),
                ("Penentuan penyebab dominan", "3"),
                ("Pilihan solusi dan pertimbangan risikonya", "6"),
                ("Rencana perbaikan dan persetujuannya", "3"),
            ],
            "DO": [
                ("Kecakapan pelaksana", "2"),
                ("Pelaksanaan rencana perbaikan", "8"),
                ("Penanganan kendala selama pelaksanaan", "2"),
                ("Pengukuran dan pembuktian kemajuan", "3"),
            ],
            "CHECK": [
                ("Perbandingan alur kerja sebelum dan sesudah", "3"),
                ("Perbandingan Pareto dan pencapaian sasaran", "2"),
                ("Dampak pada aspek mutu dan biaya", "2"),
                ("Tanggapan pihak terkait dan pencegahan dampak samping", "3"),
                ("Manfaat yang dihasilkan", "20"),
                ("Kebaruan dan keunggulan gagasan", "10"),
            ],
            "ACTION": [
                ("Pembakuan hasil dan tema berikutnya", "4"),
                ("Sosialisasi dan perlindungan karya", "5"),
                ("Pengembangan dan penerapan di tempat lain", "3"),
                ("Keberlanjutan hasil", "3"),
            ],
            "PENYAJIAN": [
                ("Mutu naskah risalah", "3"),
                ("Mutu paparan", "2"),
            ],
        },
    ),
)

SHOW_TIME = ClockScale(
    (
        ClockBand(9 * MINUTE + 50, 10 * MINUTE + 10, Decimal(10)),
        ClockBand(9 * MINUTE + 30, 10 * MINUTE + 30, Decimal(6)),
    ),
    outside=Decimal(2),
)
"""Points for a presentation of ten minutes: within 10 s, within 30 s, further off."""

STAGE_DAY = Rubric(
    "Penilaian gelar",
    (
        *_criteria(
            "g",
            {
                "Presentasi": [
                    ("Keruntutan dan kejelasan isi", "20"),
                    ("Pemakaian alat dan data", "15"),
                    ("Kerja sama penyaji dan alat peraga", "10"),
                ],
                "Tanya jawab": [
                    ("Ketepatan jawaban", "15"),
                    ("Penguasaan oleh semua anggota", "10"),
                ],
                "Yel-yel": [
                    ("Kekompakan", "6"),
                    ("Kreativitas dan semangat", "4"),
                ],
                "Fragmen": [
                    ("Kesesuaian cerita dengan perbaikan", "8"),
                    ("Penghayatan dan daya tarik", "5"),
                ],
            },
        ),
        Criterion("g10", "Ketepatan waktu presentasi", Decimal(7), SHOW_TIME, "Ketepatan waktu"),
    ),
)

SHORT = Rubric(
    "Penilaian ringkas",
    _criteria(
        "s",
        {
            "Isi": [
                ("Masalah dan sasaran yang jelas", "20"),
                ("Analisis berdasarkan data", "25"),
                ("Hasil dan manfaat nyata", "35"),
            ],
            "Penyajian": [
                ("Pembakuan dan kelanjutan", "10"),
                ("Kejelasan penyampaian", "10"),
            ],
        },
    ),
)

TEMPLATES = {"risalah": DESK, "gelar": STAGE_DAY, "ringkas": SHORT}
"""All templates by a short name."""
