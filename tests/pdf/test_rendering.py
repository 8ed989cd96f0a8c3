import io
import re
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest

from kbk.errors import DomainError
from kbk.pdf.rendering import render_pdf

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
PAGE = """<html lang="id"><head><title>Daftar Peringkat</title>
<style>
@font-face {
  font-family: Kertas;
  src: url(kbk:fonts/source-serif-4-5.3.1/source-serif-4-latin-400-normal.woff2)
}
p { font-family: Kertas }
</style></head><body><p>Juara I: Ma’ruf — 87,25</p><img src="kbk:lambang" alt="Lambang"></body></html>"""


def text_of(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_render_pdf_makes_searchable_archival_paper() -> None:
    pdf = render_pdf(PAGE, assets={"lambang": SQUARE})
    assert text_of(pdf).strip() == "Juara I: Ma’ruf — 87,25"
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "id"
        assert document.Root.MarkInfo.Marked
        assert len(document.Root.OutputIntents) == 1
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == "Daftar Peringkat"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        fonts = [font for font in document.objects if is_descriptor(font)]
        assert [("/FontFile2" in font or "/FontFile3" in font) for font in fonts] == [True]
        assert str(fonts[0].FontName).endswith("+Kertas")


def is_descriptor(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"


def test_render_pdf_writes_equal_pages_equally() -> None:
    first, second = (re.sub(rb"uuid:[0-9a-f-]+", b"", render_pdf("<p>sama</p>")) for _ in range(2))
    assert first == second


class _Listener(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_error(404)


def test_render_pdf_reaches_neither_network_nor_disk(tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("isi yang rahasia")
    server = HTTPServer(("127.0.0.1", 0), _Listener)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    web, disk = f"http://127.0.0.1:{server.server_port}", secret.as_uri()
    pdf = render_pdf(hostile_page(web, disk))
    server.shutdown()
    server.server_close()
    assert server.asked == []  # type: ignore[attr-defined]
    assert "Tetap tercetak" in text_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.attachments) == 0
        assert [thing for thing in document.objects if is_file_specification(thing)] == []
        plain = io.BytesIO()
        document.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    assert b"isi yang rahasia" not in plain.getvalue()


def is_file_specification(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Filespec"


def hostile_page(web: str, disk: str) -> str:
    return f"""<html><head><base href="{disk}">
    <link rel="stylesheet" href="{web}/a.css"><link rel="stylesheet" href="rahasia.txt">
    <link rel="attachment" href="{disk}"><link rel="ATTACHMENT" href="data:text/plain,halo">
    <style>@import "{web}/b.css"; @import "{disk}";
    @font-face {{ font-family: a; src: url({web}/c.woff2), url({disk}), local("DejaVu Sans") }}
    body {{ font-family: a, sans-serif; background: url({web}/d.png) }}
    li {{ list-style-image: url({disk}) }} p::before {{ content: url({web}/e.png) attr(title) }}
    </style></head><body><p>Tetap tercetak</p><ul><li>a</ul><img src="{web}/f.png">
    <img src="{disk}"><img src="/etc/passwd">
    <img src="kbk:../../pyproject.toml"><img src="kbk:css/print/../../../pyproject.toml">
    <object data="{web}/g.svg"></object><embed src="{web}/h.svg"><iframe src="{web}/i"></iframe>
    <a rel="attachment" href="{disk}">x</a><a rel="attachment" href="{web}/j">y</a>
    <img src='data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"><image href="{web}/k.png"/>
    <use href="{disk}"/><style>@import "{web}/l.css";</style></svg>'>
    <svg><image href="{web}/m.png" width="9" height="9"/><image href="{disk}" width="9" height="9"/></svg>
    </body></html>"""


@pytest.mark.parametrize(
    "html",
    ["<table>" + "<tr><td>a<td>b<td>c" * 40_000 + "</table>", "<div>" * 30_000, "<div>" * 3_000],
    ids=["endless table", "deep nesting", "nesting"],
)
def test_render_pdf_survives_bombs(html: str) -> None:
    began = time.monotonic()
    with pytest.raises(DomainError, match="terlalu besar atau terlalu rumit untuk dicetak"):
        render_pdf(html, cpu_seconds=2)
    assert time.monotonic() - began < 6
    assert render_pdf("<p>masih hidup</p>").startswith(b"%PDF-")
