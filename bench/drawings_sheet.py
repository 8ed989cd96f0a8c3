"""Draw every case of tests/seven_tools anew into docs/drawings, and look at the sheet with both engines.

python bench/drawings_sheet.py                    write the golden drawings and the sheet that shows them
python bench/drawings_sheet.py --pictures FOLDER  also render the sheet: chromium-*.png and weasyprint.pdf
"""

import argparse
import sys
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from kbk.seven_tools import DataTable, tool
from tests.seven_tools.more_cases import ALL

SHEET = Path(__file__).parent.parent / "docs" / "drawings"
CHROMIUM = "/usr/bin/chromium"
HEAD = """<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Semua gambar tujuh alat</title>
<link rel="stylesheet" href="sheet.css">
</head>
<body>
<h1>Semua gambar tujuh alat</h1>
<p>Ditulis oleh <code>python bench/drawings_sheet.py</code>; setiap gambar diikuti tabel datanya.</p>
"""


def write_sheet() -> None:
    for old in SHEET.glob("*.svg"):
        old.unlink()
    parts = [HEAD]
    for kind, cases in ALL.items():
        chosen = tool(kind)
        parts.append(f'<section id="{kind}">\n<h2>{chosen.name} <small>{kind}</small></h2>')
        for name, data in cases.items():
            result = chosen.parse(data)
            drawing = chosen.draw(result)
            (SHEET / f"{kind}--{name}.svg").write_text(drawing + "\n", encoding="utf-8")
            parts.append(f'<figure id="{kind}--{name}">\n{drawing}\n<figcaption>{name}</figcaption>')
            parts.append(f"{_html_table(chosen.table(result))}\n</figure>")
        parts.append("</section>")
    page = "\n".join([*parts, "</body>", "</html>", ""])
    (SHEET / "index.html").write_text(page, encoding="utf-8")


def _html_table(data: DataTable, most: int = 12) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in data.header)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in data.rows[:most]
    )
    more = f"<p>… {len(data.rows) - most} baris lagi</p>" if len(data.rows) > most else ""
    return (
        f"<details><summary>Data: {escape(data.caption)}</summary><table><thead><tr>{head}</tr></thead>"
        f"<tbody>\n{rows}\n</tbody></table>{more}</details>"
    )


def take_pictures(folder: Path) -> None:
    from playwright.sync_api import sync_playwright
    from weasyprint import HTML

    folder.mkdir(parents=True, exist_ok=True)
    address = (SHEET / "index.html").resolve().as_uri()
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 960, "height": 1200})
        page.goto(address)
        for figure in page.locator("figure").all():
            figure.screenshot(path=folder / f"chromium-{figure.get_attribute('id')}.png")
        browser.close()
    HTML(address).write_pdf(folder / "weasyprint.pdf")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    wanted = parser.parse_args()
    write_sheet()
    if wanted.pictures:
        take_pictures(wanted.pictures)
