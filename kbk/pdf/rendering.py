"""Turns the HTML of a paper into a PDF, in the cage and with a closed fetcher.

Papers are built as PDF/A-3a: tagged, with all fonts embedded, for archives and screen readers.
"""

from collections.abc import Mapping

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from kbk.cage import MEGABYTE, CageError, run_caged
from kbk.errors import DomainError
from kbk.paths import STATIC
from kbk.pdf.fetcher import ClosedFetcher, own_file

VARIANT = "pdf/a-3a"

MEMORY = 1500 * MEGABYTE
_WARM_FONTS = "fonts/*/*-latin-[467]00-*.woff2"


def render_pdf(
    html: str, *, assets: Mapping[str, bytes] | None = None, variant: str = VARIANT, cpu_seconds: int = 20
) -> bytes:
    """The page or pages of ``html`` as one PDF.

    ``assets`` are pictures that the page names as ``kbk:<name>``. Style sheets, fonts and ornaments of the
    program are named by their place under ``static``, as in ``kbk:css/print/ranking.css``. Whatever else the
    page names is left out. Raises DomainError when the page needs more than ``cpu_seconds`` or 1.5 GB.
    """
    try:
        return run_caged(
            _render,
            html,
            dict(assets or {}),
            variant,
            cpu_seconds=cpu_seconds,
            wall_seconds=cpu_seconds * 2,
            memory_bytes=MEMORY,
        )
    # Layout recurses into nested boxes; too deep a nesting ends it before any limit does.
    except (CageError, RecursionError):
        raise too_heavy() from None


def too_heavy() -> DomainError:
    """The refusal of a paper that needs more time or memory than it may have."""
    return DomainError(
        "Dokumen terlalu besar atau terlalu rumit untuk dicetak. "
        "Kurangi tabel atau gambarnya, lalu coba lagi."
    )


def prepare_cage() -> None:
    """Unpacks the fonts once in the process from which the cage forks."""
    for path in STATIC.glob(_WARM_FONTS):
        own_file(path.relative_to(STATIC).as_posix())


def _render(html: str, assets: dict[str, bytes], variant: str) -> bytes:
    page = HTML(string=html, url_fetcher=ClosedFetcher(assets))
    # Papers carry no attachments, not even harmless ones.
    for element in page.etree_element.iter():
        if "attachment" in element.get("rel", "").casefold():
            del element.attrib["rel"]
    pdf: bytes = page.write_pdf(font_config=FontConfiguration(), pdf_variant=variant)
    return pdf
