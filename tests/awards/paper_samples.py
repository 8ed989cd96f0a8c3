"""Sample papers, from the plainest to the most awkward, for the tests of the papers and the workbook."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from PIL import Image

from kbk.awards.papers import (
    CertificatePaper,
    Letterhead,
    RankingPaper,
    RankingRow,
    Signatory,
    TieNote,
)

FINAL_DAY = date(2024, 8, 2)
CHECK_URL = "https://budayakerja.contoh.go.id/periksa/k7Qm2xVb9TnA4"
OCCASION = (
    "pada Gelar Budaya Kerja Kota Semarang Tahun 2024 yang diselenggarakan di Semarang "
    "pada tanggal 2 Agustus 2024."
)


def logo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (80, 100), "#7c4b20").save(buffer, "PNG")
    return buffer.getvalue()


LETTERHEAD = Letterhead(
    ("Pemerintah Kota Semarang", "Sekretariat Daerah"),
    "Jalan Contoh Nomor 1, Semarang 50132",
    "Telepon (024) 000000",
    logo(),
)
MAYOR = Signatory("Wali Kota Semarang", "Dr. Ir. Hj. Contoh, M.M.", place="Semarang", day=FINAL_DAY)
DEPUTY = Signatory(
    "Asisten Administrasi Umum",
    "Contoh Pejabat, S.H., M.Si.",
    nip="197001011995031001",
    rank="Pembina Utama Muda (IV/c)",
    on_behalf_of="Sekretaris Daerah",
    place="Semarang",
)
JUDGES = (
    Signatory("Ketua", "Contoh Juri Satu, S.T."),
    Signatory("Anggota", "Contoh Juri Dua, S.Psi.", nip="197501012000032002"),
)

TIED = (
    RankingRow(1, "KBK Lumpia", "Dinas Perdagangan", (Decimal("91.5"), Decimal("93.125")), Decimal("93.125")),
    RankingRow(2, "KBK Ma’ruf", "RSD Contoh", (Decimal("90"), Fraction(247, 3)), Fraction(247, 3), "Lolos"),
    RankingRow(2, "KBK Srikandi", "Kelurahan Patemon", (Decimal("88"), Fraction(247, 3)), Fraction(247, 3)),
    RankingRow(None, "KBK Semar", "Kecamatan Genuk", (Decimal("70"), None), None, "Lembar belum lengkap"),
)

RANKING = RankingPaper(
    letterhead=LETTERHEAD,
    title="Daftar Peringkat",
    number="000.8.3/261",
    edition="Gelar Budaya Kerja Kota Semarang Tahun 2024",
    stage="Final",
    category="Perangkat Daerah",
    place="Semarang",
    day=FINAL_DAY,
    stage_names=("Penilaian meja", "Presentasi"),
    rows=TIED,
    method=("Nilai akhir adalah rata-rata lembar yang lengkap.",),
    tie_chain=("Nilai kriteria Hasil", "Putusan tertulis dewan juri"),
    ties=(TieNote(2, ("KBK Ma’ruf", "KBK Srikandi"), "Ditetapkan dewan juri."),),
    cut_after=2,
    cut_label="Batas lolos: dua kelompok",
    judges=JUDGES,
    acknowledged_by=DEPUTY,
    check_url=CHECK_URL,
)

CERTIFICATE = CertificatePaper(
    letterhead=LETTERHEAD,
    number=None,
    recipient="KBK Lumpia",
    award="Juara I",
    occasion=OCCASION,
    signer=MAYOR,
    certificate_id="GBK24-7Q2M",
    check_url=CHECK_URL,
    unit="Dinas Perdagangan",
    category="Perangkat Daerah",
)

LONG_NAME = (
    "Kelompok Budaya Kerja Pelayanan Administrasi Kependudukan dan Pencatatan Sipil Terpadu "
    "“Semarang Hebat Bersama Ma’ruf”"
).ljust(120, "I")
LONG_UNIT = "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kota Semarang Provinsi Jawa Tengah"
MEMBERS = tuple(f"Contoh Anggota Bernama Panjang {number}, S.Kom., M.M." for number in range(1, 11))

FULL_CERTIFICATE = replace(
    CERTIFICATE,
    letterhead=replace(LETTERHEAD, lines=(*LETTERHEAD.lines, "Bagian Organisasi")),
    number="000.8.3/261/VIII/2024",
    recipient=LONG_NAME,
    award="Juara Harapan III",
    unit=LONG_UNIT,
    members=MEMBERS,
    signer=replace(DEPUTY, position="Asisten Perekonomian, Pembangunan dan Kesejahteraan Rakyat"),
)


def long_ranking(rows: int, stages: int = 2) -> RankingPaper:
    """A ranking of many rows, best first."""
    scores = [Fraction(9500 - 17 * number, 100) for number in range(rows)]
    return replace(
        RANKING,
        stage_names=tuple(f"Tahap {number + 1}" for number in range(stages)),
        rows=tuple(
            RankingRow(place, f"KBK Melati {place}", LONG_UNIT, (score,) * stages, score)
            for place, score in enumerate(scores, start=1)
        ),
        ties=(),
    )
