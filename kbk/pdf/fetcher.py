"""What a paper may draw in: our own fonts, style sheets and ornaments, and what the caller hands over.

A page is made from people's text, so nothing that stands in it may reach the network or the disk. The fetcher
knows a fixed list of names and ``data:`` addresses; it has no code that opens anything else.
"""

import functools
import io
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from urllib.request import DataHandler, Request

from fontTools.ttLib import woff2
from weasyprint.urls import URLFetcher, URLFetcherResponse

from kbk.paths import STATIC

SCHEME = "kbk:"

_PACKED = ("fonts/**/*.woff2", "css/print/*.css", "img/paper/*.svg")
_TYPES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"<svg", "image/svg+xml"),
)


class ClosedFetcher(URLFetcher):
    """Gives ``kbk:`` names their content: first the caller's assets, then the program's own files."""

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._assets = assets

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The content behind ``url``. Raises ValueError, which leaves a gap in the paper, for all else."""
        if url.startswith("data:"):
            response = DataHandler().data_open(Request(url))  # noqa: S310 - opens data: alone
            return URLFetcherResponse(url, response.read(), response.headers)
        name = url.removeprefix(SCHEME)
        if name == url:
            raise ValueError(f"not allowed in a paper: {url[:80]}")
        content = self._assets[name] if name in self._assets else own_file(name)
        return URLFetcherResponse(url, content, _headers(name, content))


@functools.cache
def own_file(name: str) -> bytes:
    """One of the program's own files by its name under ``static``; fonts come unpacked, ready for layout.

    Raises ValueError for a name that is not on the list.
    """
    path = _own_files().get(name)
    if path is None:
        raise ValueError(f"no such file for papers: {name[:80]}")
    content = path.read_bytes()
    if path.suffix != ".woff2":
        return content
    unpacked = io.BytesIO()
    woff2.decompress(io.BytesIO(content), unpacked)
    return unpacked.getvalue()


@functools.cache
def _own_files() -> dict[str, Path]:
    return {path.relative_to(STATIC).as_posix(): path for pattern in _PACKED for path in STATIC.glob(pattern)}


def _headers(name: str, content: bytes) -> EmailMessage:
    headers = EmailMessage()
    by_name = "text/css" if name.endswith(".css") else "application/octet-stream"
    headers["Content-Type"] = next((kind for start, kind in _TYPES if content.startswith(start)), by_name)
    return headers
