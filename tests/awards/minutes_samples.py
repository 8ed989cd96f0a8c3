"""A sample berita acara, from the plainest to the most awkward."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kbk.awards.papers import (
    CriterionRow,
    MinutesPaper,
    OutsideList,
    PanelMember,
    RankingPaper,
    RankingRow,
    SheetTable,
    TieNote,
)
from tests.awards.paper_samples import (
    CHECK_URL,
    DEPUTY,
    FINAL_DAY,
    LETTERHEAD,
    LONG_NAME,
    LONG_UNIT,
    RANKING,
)

PANEL = (
    PanelMember("Juri 1", "Contoh Juri Satu, S.T.", "Ketua", "Guru Besar, Universitas Contoh", None, True, 4),
    PanelMember(
        "Juri 2",
        "Contoh Juri Dua, S.Psi.",
        "Anggota",
        "Inspektorat",
        "197501012000032002",
        present=False,
        sheets=3,
        last="1 Agustus 2024 pukul 16.05 WIB",
    ),
)

MINUTES = MinutesPaper(
    letterhead=LETTERHEAD,
    title="Berita Acara Penilaian",
    number="000.8.3/262",
    edition=RANKING.edition,
    stage="Final",
    venue="Gedung Contoh, Balai Kota",
    place="Semarang",
    day=FINAL_DAY,
    panel=PANEL,
    activity="penilaian tahap Final terhadap 4 (empat) Kelompok Budaya Kerja (KBK) pada tanggal 2 Agustus 2024",
    method=("Nilai akhir adalah rata-rata lembar yang lengkap.", "Tidak ada undian."),
    results=(replace(RANKING, stage_names=("Juri 1", "Juri 2")),),
    not_counted=("Contoh Juri Dua tidak menilai KBK Semar, dengan alasan: sakit.",),
    rubric="Rubrik Contoh",
    criteria=(
        CriterionRow("Isi", "Dampak", "0–100", Decimal(60), 1),
        CriterionRow("Sajian", "Penyajian", "1–10", Decimal("40")),
    ),
    sheets=(
        SheetTable(
            "Perangkat Daerah",
            ("Juri 1", "Juri 2"),
            (("KBK Lumpia", (Decimal("91.5"), Fraction(247, 3))), ("KBK Semar", (Decimal("70"), "M"))),
        ),
    ),
    outside=(OutsideList("terdaftar tetapi tidak menyerahkan risalah", ("Sayuran (Kelurahan Contoh)",)),),
    acknowledged_by=DEPUTY,
    fingerprint="9f2c" * 16,
    check_url=CHECK_URL,
)


def large_minutes(*, judges: int, rows: int, categories: int, long_names: bool = False) -> MinutesPaper:
    """A berita acara of many judges, groups and categories."""
    unit = LONG_UNIT if long_names else "Dinas Contoh"
    labels = tuple(f"Juri {number}" for number in range(1, judges + 1))
    name = "Prof. Dr. dr. Hj. Contoh Nama yang Amat Panjang Sekali Ma’ruf, Sp.PD., M.Kes., Ph.D."
    panel = tuple(
        PanelMember(
            label,
            name if long_names else f"Contoh Juri {number}",
            label,
            f"Kepala Bidang Pelayanan, {unit}",
            "197501012000032002",
            sheets=rows,
            last="1 Agustus 2024 pukul 16.05 WIB",
        )
        for number, label in enumerate(labels, 1)
    )
    names = [LONG_NAME if long_names and row % 7 == 0 else f"KBK Melati {row}" for row in range(rows)]
    scores = [Fraction(9500 - 17 * row, 100) for row in range(rows)]
    shown = labels if judges <= 3 else ()
    return replace(
        MINUTES,
        panel=panel,
        results=tuple(
            _result(f"Kategori {number + 1}", shown, names, unit, scores) for number in range(categories)
        ),
        criteria=tuple(
            CriterionRow(f"Aspek {row // 4}", f"Kriteria {row}", "1–10", Decimal(4)) for row in range(25)
        ),
        sheets=tuple(
            SheetTable(
                f"Kategori {number + 1}",
                labels,
                tuple((group, (score,) * judges) for group, score in zip(names, scores, strict=True)),
            )
            for number in range(categories)
        ),
    )


def _result(
    category: str, shown: tuple[str, ...], names: list[str], unit: str, scores: list[Fraction]
) -> RankingPaper:
    return replace(
        RANKING,
        category=category,
        stage_names=shown,
        rows=tuple(
            RankingRow(
                place, name, unit, (score,) * len(shown), score, "Lolos" if place < 17 else "Tidak lolos"
            )
            for place, (name, score) in enumerate(zip(names, scores, strict=True), 1)
        ),
        cut_after=min(16, len(names)),
        cut_label="Batas lolos: 16 kelompok",
        ties=(TieNote(2, tuple(names[:2]), "Diputuskan tertulis oleh dewan juri: BA 3/2024."),),
    )
