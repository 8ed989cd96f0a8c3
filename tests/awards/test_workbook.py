import io
import re
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest
from python_calamine import CalamineWorkbook

from kbk.awards.workbook import ranking_workbook
from tests.awards.paper_samples import RANKING


def sheet(content: bytes, name: str) -> list[list[object]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [list(row) for row in workbook.get_sheet_by_name(name).to_python()]


def test_workbook_holds_the_list_with_numbers_and_exact_values() -> None:
    rows = sheet(ranking_workbook(RANKING), "Peringkat")
    assert [row[0] for row in rows[:6]] == [
        "Daftar Peringkat",
        "Gelar Budaya Kerja Kota Semarang Tahun 2024",
        "Tahap Final · Kategori Perangkat Daerah",
        "Nomor: 000.8.3/261",
        "Semarang, Jumat, 2 Agustus 2024",
        "Kelompok yang tampak: 4 dari 4",
    ]
    assert rows[6] == [
        "Peringkat",
        "Kelompok Budaya Kerja",
        "Unit kerja",
        "Penilaian meja",
        "Presentasi",
        "Nilai akhir",
        "Keterangan",
        "Penilaian meja (nilai persis)",
        "Presentasi (nilai persis)",
        "Nilai akhir (nilai persis)",
    ]
    assert rows[8] == [
        2,
        "KBK Ma’ruf",
        "RSD Contoh",
        90,
        pytest.approx(247 / 3),
        pytest.approx(247 / 3),
        "Lolos",
        "90",
        "247/3",
        "247/3",
    ]
    assert rows[10] == ["–", "KBK Semar", "Kecamatan Genuk", 70, "", "", "Lembar belum lengkap", "70", "", ""]


def test_workbook_explains_method_ties_and_check_page() -> None:
    texts = [row[0] for row in sheet(ranking_workbook(RANKING), "Penjelasan")]
    assert texts == [
        "Cara penilaian",
        "Nilai akhir adalah rata-rata lembar yang lengkap.",
        "",
        "Urutan penentu bila nilai sama",
        "1. Nilai kriteria Hasil",
        "2. Putusan tertulis dewan juri",
        "",
        "Nilai yang sama",
        "Peringkat 2: KBK Ma’ruf, KBK Srikandi. Ditetapkan dewan juri.",
        "",
        "Halaman pemeriksaan",
        "https://budayakerja.contoh.go.id/periksa/k7Qm2xVb9TnA4",
    ]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "http://jahat.example"])
def test_workbook_never_turns_text_into_a_formula_or_link(start: str) -> None:
    row = replace(RANKING.rows[0], group=start, unit=start, remark=start)
    content = ranking_workbook(replace(RANKING, title=start, rows=(row,), method=(start,)))
    assert sheet(content, "Peringkat")[7][1:3] == [start, start]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name, part in parts.items() if b"<hyperlink" in part] == []
    formulas = [found for part in parts.values() for found in re.findall(rb"<f>(.*?)</f>", part)]
    assert formulas == [b'"Kelompok yang tampak: "&amp;SUBTOTAL(103,A8:A8)&amp;" dari 1"']


def test_close_final_scores_look_different_in_the_workbook() -> None:
    first, second = (
        replace(RANKING.rows[0], final=Fraction(82335, 1000)),
        replace(RANKING.rows[1], final=Fraction(82336, 1000)),
    )
    with zipfile.ZipFile(io.BytesIO(ranking_workbook(replace(RANKING, rows=(first, second))))) as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert re.findall(r'formatCode="([^"]+)"', styles) == ["#,##0.00", "#,##0.000", "@"]


def test_workbook_is_set_up_for_print() -> None:
    with zipfile.ZipFile(io.BytesIO(ranking_workbook(RANKING))) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.read("xl/workbook.xml").decode()
    for part in ('orientation="landscape"', 'paperSize="9"', 'state="frozen"', "Halaman &amp;P dari &amp;N"):
        assert part in page
    assert "_xlnm.Print_Titles" in names
