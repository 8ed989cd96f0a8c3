"""The berita acara as paper: what stands on it, and that it holds together however much there is."""

import io
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from kbk.awards.papers import MinutesPaper, render_minutes
from tests.awards.minutes_samples import MINUTES, large_minutes


def pages_of(pdf: bytes, *options: str) -> list[str]:
    command = ["pdftotext", *options, "-", "-"]
    read = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return read.split("\f")[:-1]


def plain(paper: MinutesPaper, *options: str) -> str:
    return " ".join("".join(pages_of(render_minutes(paper), *options)).split())


def test_minutes_carry_everything_that_is_signed() -> None:
    text = plain(MINUTES, "-layout")
    for words in (
        "PEMERINTAH KOTA SEMARANG",
        "BERITA ACARA PENILAIAN",
        "Nomor: 000.8.3/262",
        "Pada hari ini, Jumat tanggal dua bulan Agustus tahun dua ribu dua puluh empat (2 Agustus 2024)",
        "bertempat di Gedung Contoh, Balai Kota, kami yang bertanda tangan di bawah ini:",
        "1 Contoh Juri Satu, S.T. Guru Besar, Universitas Contoh Ketua (Juri 1)",
        "telah melaksanakan penilaian tahap Final terhadap 4 (empat) Kelompok Budaya Kerja",
        "Nilai akhir adalah rata-rata lembar yang lengkap. Tidak ada undian.",
        "Kategori Perangkat Daerah (4 kelompok)",
        "1 KBK Lumpia Dinas Perdagangan 91,50 93,13 93,13",
        "BATAS LOLOS: DUA KELOMPOK",
        "Perangkat Daerah, peringkat 2: KBK Ma’ruf, KBK Srikandi. Ditetapkan dewan juri.",
        "Contoh Juri Dua tidak menilai KBK Semar, dengan alasan: sakit.",
        "Tidak hadir pada penandatanganan: Contoh Juri Dua, S.Psi. (lembar nilainya",
        "Demikian berita acara ini dibuat dengan sebenarnya",
        "Semarang, 2 Agustus 2024",
        "NIP 19750101 200003 2 002",
        "Mengetahui,",
        "a.n. Sekretaris Daerah",
        "1 Dampak 1 0–100 60",
        "Jumlah 100",
        "Juri 2 Contoh Juri Dua, S.Psi. 3 1 Agustus 2024 pukul 16.05 WIB",
        "KBK Semar 70,00 M",
        "9f2c9f2c",
        "2 Contoh Juri Dua, S.Psi. Inspektorat tidak hadir",
        "https://budayakerja.contoh.go.id/periksa",
        "1 KBK terdaftar tetapi tidak menyerahkan risalah Sayuran (Kelurahan Contoh).",
    ):
        assert words in text


def test_minutes_without_number_ties_and_gaps_say_so() -> None:
    result = replace(MINUTES.results[0], ties=())
    text = plain(replace(MINUTES, number=None, not_counted=(), results=(result,)))
    assert "Nomor: ……" in text
    assert "Tidak ada kelompok dengan nilai akhir yang sama tepat." in text
    assert "Tidak ada: semua kelompok dinilai, dan semua lembar nilai diperhitungkan." in text


def test_a_draft_says_on_every_page_that_it_is_none() -> None:
    draft = replace(MINUTES, title="Rancangan Berita Acara Penilaian", check_url=None, draft=True)
    pages = pages_of(render_minutes(draft))
    assert ["belum untuk ditandatangani" in " ".join(page.split()) for page in pages] == [True] * len(pages)
    assert "periksa" not in "".join(pages)


@pytest.mark.parametrize(("judges", "rows", "categories"), [(3, 6, 3), (12, 60, 2), (20, 6, 1)])
@pytest.mark.parametrize("long_names", [False, True])
def test_minutes_list_everybody_and_keep_the_signatures_together(
    judges: int, rows: int, categories: int, long_names: bool
) -> None:
    paper = large_minutes(judges=judges, rows=rows, categories=categories, long_names=long_names)
    pdf = render_minutes(paper)
    pages = pages_of(pdf, "-layout")
    text = "\n".join(pages)
    assert text[text.index("Demikian berita acara ini") :].count("NIP 19750101 200003 2 002") == judges
    signed = [page for page in pages if "Mengetahui," in page]
    assert len(signed) == 1
    assert "NIP 19750101 200003 2 002" in signed[0]
    assert ("Demikian berita acara ini" in signed[0]) is (judges <= 12)
    listed = re.findall(r"^\s*(\d+)\s.*\s(\d\d,\d\d)\s+(?:Lolos|Tidak lolos)", text, re.MULTILINE)
    assert [int(place) for place, _score in listed] == list(range(1, rows + 1)) * categories
    with pikepdf.open(io.BytesIO(pdf)) as document:
        wide = [page for page in document.pages if page.mediabox[2] > page.mediabox[3]]
    assert bool(wide) is (judges > 7)


def test_minutes_print_hostile_names_as_text() -> None:
    member = replace(MINUTES.panel[0], name="<img src=x>", office="<b>R&D</b>")
    text = plain(replace(MINUTES, panel=(member,)))
    assert ("<img src=x>" in text, "<b>R&D</b>" in text) == (True, True)


def test_minutes_embed_their_fonts_and_are_tagged() -> None:
    with pikepdf.open(io.BytesIO(render_minutes(MINUTES))) as document:
        fonts = [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]
        assert [font for font in fonts if "/FontFile2" not in font and "/FontFile3" not in font] == []
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "id"
