import io
import re
import subprocess
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pikepdf
import pytest

from kbk.awards.papers import (
    CertificatePaper,
    render_certificate,
    render_certificates,
    render_ranking,
)
from tests.awards.paper_samples import (
    CERTIFICATE,
    DEPUTY,
    FULL_CERTIFICATE,
    LETTERHEAD,
    LONG_NAME,
    LONG_UNIT,
    MEMBERS,
    RANKING,
    long_ranking,
)

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
POINTS_PER_MM = 72 / 25.4


def read_back(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def pages_of(pdf: bytes, *options: str) -> list[str]:
    return read_back(pdf, *options).split("\f")[:-1]


def plain(pdf: bytes) -> str:
    return " ".join("".join(pages_of(pdf)).split())


def rows_of(pdf: bytes) -> list[str]:
    lines = "".join(pages_of(pdf, "-layout")).splitlines()
    return [" ".join(line.split()) for line in lines if re.match(r"\s*(\d+|–)\s+KBK", line)]


def words_of(pdf: bytes) -> list[tuple[float, float, float, float, str]]:
    return [
        (float(left), float(top), float(right), float(bottom), word)
        for left, top, right, bottom, word in WORD.findall(read_back(pdf, "-bbox"))
    ]


def test_ranking_lists_places_scores_and_what_is_missing() -> None:
    assert rows_of(render_ranking(RANKING)) == [
        "1 KBK Lumpia Dinas Perdagangan 91,50 93,13 93,13",
        "2 KBK Ma’ruf RSD Contoh 90,00 82,33 82,33 Lolos",
        "2 KBK Srikandi Kelurahan Patemon 88,00 82,33 82,33",
        "– KBK Semar Kecamatan Genuk 70,00 – – Lembar belum",
    ]


def test_ranking_carries_everything_an_official_paper_needs() -> None:
    text = plain(render_ranking(RANKING))
    for words in (
        "PEMERINTAH KOTA SEMARANG",
        "DAFTAR PERINGKAT",
        "Nomor: 000.8.3/261",
        "Jumat, 2 Agustus 2024",
        "BATAS LOLOS: DUA KELOMPOK",
        "Cara penilaian",
        "1. Nilai kriteria Hasil 2. Putusan tertulis dewan juri",
        "Peringkat 2: KBK Ma’ruf, KBK Srikandi. Ditetapkan dewan juri.",
        "Contoh Juri Dua, S.Psi.",
        "NIP 19750101 200003 2 002",
        "Mengetahui,",
        "a.n. Sekretaris Daerah",
        "Pembina Utama Muda (IV/c)",
        "Halaman 1 dari 2",
        "https://budayakerja.contoh.go.id/periksa",
    ):
        assert words in text


def test_ranking_of_many_rows_repeats_heads_and_numbers_pages() -> None:
    pages = pages_of(render_ranking(long_ranking(250)), "-layout")
    listed = [int(number) for page in pages for number in re.findall(r"KBK Melati (\d+)", page)]
    assert listed == list(range(1, 251))
    with_rows = [page for page in pages if "KBK Melati" in page]
    assert [page for page in with_rows if "Peringkat" not in page] == []
    assert [f"Halaman {number} dari {len(pages)}" in page for number, page in enumerate(pages, 1)] == (
        [True] * len(pages)
    )


def test_ranking_never_leaves_the_signatures_alone_on_a_page() -> None:
    for rows in range(1, 22, 5):
        last = pages_of(render_ranking(replace(long_ranking(rows), ties=RANKING.ties)))[-1]
        assert "Dewan Juri" in last
        assert "Nilai yang sama" in last


@pytest.mark.parametrize(("stages", "landscape"), [(2, False), (3, True), (5, True)])
def test_ranking_turns_the_page_for_many_stages(stages: int, landscape: bool) -> None:
    with pikepdf.open(io.BytesIO(render_ranking(long_ranking(3, stages)))) as document:
        _left, _bottom, width, height = (float(edge) for edge in document.pages[0].mediabox)
    assert (width > height) is landscape


def test_ranking_prints_hostile_names_as_text() -> None:
    row = replace(RANKING.rows[0], group="<img src=x>", remark="<b>R&D</b>")
    text = plain(render_ranking(replace(RANKING, rows=(row,))))
    assert ("<img src=x>" in text, "<b>R&D</b>" in text) == (True, True)


def test_certificate_names_group_award_and_mayor() -> None:
    text = plain(render_certificate(CERTIFICATE))
    for words in (
        "SEKRETARIAT DAERAH",
        "PIAGAM PENGHARGAAN",
        "Nomor: ……",
        "diberikan kepada KBK Lumpia Dinas Perdagangan",
        "JUARA I",
        "Kategori Perangkat Daerah",
        "Semarang, 2 Agustus 2024 Wali Kota Semarang,",
        "Dr. Ir. Hj. Contoh, M.M.",
        "Kode piagam: GBK24-7Q2M",
    ):
        assert words in text
    assert "NIP" not in text


def test_certificate_shows_a_deputy_in_full() -> None:
    text = plain(render_certificate(replace(CERTIFICATE, signer=DEPUTY, number="000.8.3/261")))
    assert "Nomor: 000.8.3/261" in text
    assert "Semarang, ………" in text
    assert "a.n. Sekretaris Daerah Asisten Administrasi Umum," in text
    assert ("Contoh Pejabat, S.H., M.Si. Pembina Utama Muda (IV/c) NIP 19700101 199503 1 001") in text


@pytest.mark.parametrize(
    "paper",
    [
        CERTIFICATE,
        FULL_CERTIFICATE,
        replace(FULL_CERTIFICATE, recipient=LONG_NAME.upper()),
        replace(FULL_CERTIFICATE, recipient="M" * 30 + " " + "W" * 89),
        replace(FULL_CERTIFICATE, members=()),
        replace(CERTIFICATE, members=MEMBERS),
        replace(CERTIFICATE, recipient=LONG_NAME, unit=LONG_UNIT),
        replace(CERTIFICATE, recipient="KBK Semarang Hebat Sekali!", signer=DEPUTY, unit=LONG_UNIT),
        replace(CERTIFICATE, letterhead=replace(LETTERHEAD, logo=None), category="", unit=""),
    ],
    ids=["short", "full", "capitals", "widest", "no members", "members", "long name", "deputy", "bare"],
)
def test_certificate_fits_on_its_page_whatever_the_names(paper: CertificatePaper) -> None:
    pdf = render_certificate(paper)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 1
    words = words_of(pdf)
    inside = 20 * POINTS_PER_MM
    assert [word for left, top, *_rest, word in words if left < inside or top < inside] == []
    assert max(right for _left, _top, right, *_rest in words) < 842 - inside
    assert max(bottom for *_edges, bottom, _word in words) < 595 - inside
    occasion_ends = max(bottom for *_edges, bottom, word in words if word == "2024.")
    signature_begins = min(top for _left, top, *_edges, word in words if word == "Semarang,")
    assert occasion_ends <= signature_begins


def test_certificates_come_one_each_in_order_and_small() -> None:
    names = [f"KBK Nomor {number}" for number in range(7)]
    pdfs = render_certificates([replace(CERTIFICATE, recipient=name) for name in names])
    assert [name in plain(pdf) for name, pdf in zip(names, pdfs, strict=True)] == [True] * 7
    assert max(map(len, pdfs)) < 100_000


def test_papers_embed_their_fonts_and_are_tagged() -> None:
    for pdf in (render_ranking(RANKING), render_certificate(CERTIFICATE)):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            fonts = [thing for thing in document.objects if is_font_descriptor(thing)]
            assert [font for font in fonts if "/FontFile2" not in font and "/FontFile3" not in font] == []
            assert {str(font.FontName).partition("+")[2] for font in fonts} <= {
                "Kertas",
                "Kertas-Bold",
                "Kertas-Italic",
                "Kertas-Semi-Bold-Italic",
                "Angka",
                "Angka-Bold",
            }
            assert document.Root.MarkInfo.Marked
            assert str(document.Root.Lang) == "id"
            assert str(document.docinfo.Title) != ""


def is_font_descriptor(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"


def test_final_scores_that_differ_are_printed_so_that_they_look_different() -> None:
    first, second = (
        replace(RANKING.rows[0], stage_scores=(), final=final)
        for final in (Fraction(247, 3), Decimal("82.333"))
    )
    paper = replace(RANKING, stage_names=(), rows=(first, replace(second, place=2)), cut_after=None)
    assert rows_of(render_ranking(paper)) == [
        "1 KBK Lumpia Dinas Perdagangan 82,3333",
        "2 KBK Lumpia Dinas Perdagangan 82,3330",
    ]
    assert (RANKING.decimals, paper.decimals) == (2, 4)


def test_a_long_tie_chain_is_a_sentence_and_takes_no_page() -> None:
    chain = tuple(f"Kriteria {number}" for number in range(1, 8))
    assert "(1) Kriteria 1; (2) Kriteria 2" in plain(render_ranking(replace(RANKING, tie_chain=chain)))
