import io
import subprocess

import pikepdf
import pytest

from kbk.pdf.series import Sheet, render_series

HEAD = """<!doctype html><html lang="id"><head><style>
@page { size: 100mm 50mm; margin: 0 } .lembar { break-after: page; height: 50mm }
.lembar:last-child { break-after: auto } p { margin: 0 }
</style></head><body>"""
ART = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><path fill="#c00" d="M0 0H90V40Z"/></svg>'
BACKDROP = f'{HEAD}<div class="lembar"><img src="kbk:seni" alt=""></div></body></html>'


def render(sheets: list[Sheet]) -> list[bytes]:
    return render_series(sheets, head=HEAD, backdrop=BACKDROP, assets={"seni": ART})


def text_of(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_render_series_writes_each_sheet_whole_and_alone() -> None:
    pdfs = render([Sheet(f"Judul {number}", f"<p>Lembar {number}</p>") for number in range(51)])
    assert [text_of(pdf).strip() for pdf in pdfs] == [f"Lembar {number}" for number in range(51)]
    with pikepdf.open(io.BytesIO(pdfs[50]), attempt_recovery=False) as document:
        assert len(document.pages) == 1
        assert str(document.docinfo.Title) == "Judul 50"
        assert document.Root.MarkInfo.Marked
        assert len(document.Root.OutputIntents) == 1
        assert document.check_pdf_syntax() == []
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "Judul 50"
            assert metadata["pdfaid:conformance"] == "A"


def test_render_series_lays_the_art_under_every_sheet() -> None:
    for pdf in render([Sheet("a", "<p>a</p>"), Sheet("b", "<p>b</p>")]):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            page = document.pages[0]
            drawn = page.Contents.read_bytes().split()[:5]
            art = page.Resources.XObject.Latar.read_bytes() + b"".join(
                part.read_bytes() for part in page.Resources.XObject.Latar.Resources.XObject.values()
            )
        assert drawn == [b"/Artifact", b"BMC", b"q", b"/Latar", b"Do"]
        assert b"0.8 0 0 rg" in art


def test_render_series_refuses_a_sheet_larger_than_its_page() -> None:
    with pytest.raises(ValueError, match="1 sheets became 3 pages"):
        render([Sheet("panjang", "<p>baris</p>" * 20)])


def test_render_series_of_nothing_is_nothing() -> None:
    assert render([]) == []
