"""Many one-page papers of the same make, each as a PDF of its own: the fast way for certificates.

The pages are laid out together, so that style sheets are parsed and fonts are found once, and each is then
written alone. Their common art is drawn once. The PDFs are as complete as those made one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from kbk.cage import CageError, run_caged
from kbk.pdf import rendering
from kbk.pdf.backdrop import Backdrop
from kbk.pdf.fetcher import ClosedFetcher

prepare_cage = rendering.prepare_cage

_AT_ONCE = 50
_SECONDS_PER_SHEET = 1


@dataclass(frozen=True)
class Sheet:
    """One page: its title and the HTML that stands in its body."""

    title: str
    body: str


def render_series(
    sheets: Sequence[Sheet], *, head: str, backdrop: str, assets: Mapping[str, bytes]
) -> list[bytes]:
    """One PDF for each sheet, in order.

    ``head`` is the HTML before the first body, up to and with the opening ``<body>``; its style sheet gives
    each ``.lembar`` the size of the page. ``backdrop`` is a whole HTML page that lies under every sheet.
    Raises DomainError when the sheets need too much time or memory, ValueError when one is larger than a page.
    """
    pdfs: list[bytes] = []
    for start in range(0, len(sheets), _AT_ONCE):
        some = list(sheets[start : start + _AT_ONCE])
        seconds = 20 + _SECONDS_PER_SHEET * len(some)
        try:
            pdfs += run_caged(
                _render,
                some,
                head,
                backdrop,
                dict(assets),
                cpu_seconds=seconds,
                wall_seconds=seconds * 2,
                memory_bytes=rendering.MEMORY,
            )
        except (CageError, RecursionError):
            raise rendering.too_heavy() from None
    return pdfs


def _render(sheets: list[Sheet], head: str, backdrop: str, assets: dict[str, bytes]) -> list[bytes]:
    fetcher, fonts = ClosedFetcher(assets), FontConfiguration()
    art = Backdrop(HTML(string=backdrop, url_fetcher=fetcher).write_pdf(font_config=fonts))
    bodies = "".join(f'<div class="lembar">{sheet.body}</div>' for sheet in sheets)
    document = HTML(string=f"{head}{bodies}</body></html>", url_fetcher=fetcher).render(font_config=fonts)
    if len(document.pages) != len(sheets):
        raise ValueError(f"{len(sheets)} sheets became {len(document.pages)} pages")
    pdfs = []
    for sheet, page in zip(sheets, document.pages, strict=True):
        document.metadata.title = sheet.title
        pdfs.append(document.copy([page]).write_pdf(pdf_variant=rendering.VARIANT, finisher=art.lay_under))
    return pdfs
