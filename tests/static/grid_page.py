"""A page with nothing but a form and its table, in the layout and under the policy of real pages."""

import json
import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from playwright.sync_api import Page, Route
from playwright.sync_api import Request as Sent
from werkzeug.wrappers import Request

PARETO = [
    {"heading": "Jenis", "numeric": False, "hint": "Jenis masalah atau penyebab."},
    {"heading": "Jumlah", "numeric": True, "hint": ""},
    {"heading": "Jumlah sesudah", "numeric": True, "hint": "Kosongkan bila belum ada perbaikan."},
]
HEADINGS = "Jenis\tJumlah\tJumlah sesudah\n"
FILLED = f"{HEADINGS}Berkas tidak lengkap\t94\t\nAntrean panjang\t80\t12\nSalah ketik\t66\t\n"
PERIOD = [{"heading": "Bulan", "numeric": False, "hint": ""}]
SERIES = {"heading": "", "numeric": True, "hint": "Nama garis, misalnya loket."}
ADDRESS = "/coba/tabel"

PASTE = """(target, [plain, html]) => {
    const data = new DataTransfer();
    if (plain) data.setData("text/plain", plain);
    if (html) data.setData("text/html", html);
    target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@dataclass
class GridPage:
    """The open page: what it holds, what was posted, what went wrong on it."""

    page: Page
    faults: list[str]
    posts: list[dict[str, str]] = field(default_factory=list)
    drawing: str = "<p>Gambar</p>"
    away: bool = False

    @property
    def text(self) -> str:
        """What the form would send."""
        return self.page.input_value("#table")

    @property
    def told(self) -> str:
        """What stands under the table."""
        return self.page.locator(".grid-told").inner_text()

    def cell(self, row: int, column: int) -> Any:
        """The field of a cell; row 0 is that of the headings, columns count from 0."""
        line = "thead tr" if row == 0 else f"tbody tr:nth-child({row})"
        return self.page.locator(f".grid-table {line} > :nth-child({column + 2}) .grid-field")

    def press(self, name: str) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def paste(self, row: int, column: int, plain: str = "", html: str = "") -> None:
        """Paste into a cell."""
        self.cell(row, column).focus()
        self.cell(row, column).evaluate(PASTE, [plain, html])

    @property
    def focused(self) -> str:
        """The name a screen reader tells of where one is."""
        names: str = self.page.evaluate(
            "() => { const { activeElement: one } = document; const ids = one.getAttribute('aria-labelledby');"
            " return ids ? ids.split(' ').map((id) => document.getElementById(id).textContent).join(' ')"
            " : one.getAttribute('aria-label') ?? one.textContent.trim(); }"
        )
        return names


def form(table: str, columns: list[Any], further: Any, select: str) -> str:
    """The form as the page of a diagram has it."""
    more = f" data-grid-further='{escape(json.dumps(further))}'" if further else ""
    return f"""<h1>Diagram</h1>
<form method="post" action="{ADDRESS}" data-autosave="{ADDRESS}" data-keep="coba" data-guard>
  <input type="hidden" name="version" value="1">
  {select}
  <div class="field">
    <label class="field-label" for="table">Data</label>
    <p class="field-hint" id="table-hint">Ketik, atau tempel dari Excel.</p>
    <textarea class="form-control" id="table" name="table" rows="10" aria-describedby="table-hint"
      data-grid='{escape(json.dumps(columns))}'{more}>{escape(table)}</textarea>
  </div>
  <p data-save-status role="status"></p>
  <button class="button button-primary">Simpan</button>
</form>
<div id="gambar">DRAWING</div>"""


def typed(sent: Sent) -> dict[str, str]:
    """The fields of a posted form, with plain line ends."""
    request = Request.from_values(
        method="POST", data=sent.post_data_buffer, content_type=sent.headers["content-type"]
    )
    return {name: value.replace("\r\n", "\n") for name, value in request.form.items()}


def serve(opened: GridPage, content: str) -> None:
    """Answer at the page's address: the layout of the gallery around the form, and what autosave.js is told."""

    address = opened.page.url

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            if opened.away:
                route.abort()
                return
            opened.posts.append(typed(route.request))
            if route.request.headers.get("x-requested-with"):
                shown = {"gambar": opened.drawing}
                answer = {"saved_at": "pukul 10.00", "version": 2, "problems": {}, "shown": shown}
                route.fulfill(json=answer)
                return
        gallery = route.fetch(url=address, method="GET")
        inside = f'<div class="main-inner">{content.replace("DRAWING", opened.drawing)}</div></main>'
        body = re.sub(r'<div class="main-inner">.*</main>', lambda _: inside, gallery.text(), flags=re.S)
        route.fulfill(response=gallery, body=body.replace("js/editor.js", "js/grid.js"))

    opened.page.route(f"**{ADDRESS}", answer)
    opened.page.goto(address.replace("/pengembang/komponen", ADDRESS), wait_until="networkidle")
