"""Text written by users: cleaned when it is saved and once more when it is shown.

Only the marks of the editor survive. A picture must be one of the risalah's own; in the database it has the
address `/berkas/<public_id>`, on a page the address by which the reader may fetch it.
"""

import html as entities
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

import nh3
from markupsafe import Markup

from kbk.risalah.rules import SectionFacts

BLOCKS = {"p", "h3", "h4", "ul", "ol", "li", "blockquote", "table", "tbody", "thead", "tr", "th", "td", "hr"}
TAGS = BLOCKS | {"br", "strong", "b", "em", "i", "u", "s", "sub", "sup", "a", "img"}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
LINKS = ("http://", "https://", "mailto:")

_PICTURE = re.compile(r"/berkas/([A-Za-z0-9_-]{16})$")
_BLOCK = re.compile(rf"<({'|'.join(sorted(BLOCKS))})[\s>/]", re.IGNORECASE)
_IMAGE = re.compile(r"<img\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is kept of a text, and how many of its pictures had to be left out."""

    html: str
    lost_pictures: int


def clean(html: str, pictures: Collection[str]) -> Cleaned:
    """The text as it is stored; `pictures` are the public ids of the risalah's own.

    A text without any block of its own, as a browser without scripts sends it, becomes paragraphs.
    """
    html = html.replace("\0", "")
    if not _BLOCK.search(html):
        return Cleaned(_paragraphs(html), 0)
    wanted = len(re.findall(r"<img\b", html, re.IGNORECASE))
    kept = _cleaned(html, pictures, lambda public_id: f"/berkas/{public_id}")
    return Cleaned(kept, wanted - len(_IMAGE.findall(kept)))


def show(html: str, pictures: Collection[str], file_url: Callable[[str], str]) -> Markup:
    """The stored text as a page may contain it, its pictures at the addresses that `file_url` gives."""
    return Markup(_cleaned(html, pictures, file_url))  # noqa: S704


def facts(html: str) -> SectionFacts:
    """What the completeness rule wants to know of a cleaned text."""
    words = entities.unescape(_TAG.sub(" ", html)).split()
    return SectionFacts(words=len(words), has_picture="<img " in html)


def _cleaned(html: str, pictures: Collection[str], address: Callable[[str], str]) -> str:
    def keep(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) == ("img", "src"):
            found = _PICTURE.search(value)
            return address(found[1]) if found and found[1] in pictures else None
        if (tag, attribute) == ("a", "href"):
            return value if value.lower().startswith(LINKS) else None
        if attribute in {"start", "colspan", "rowspan"}:
            return value if value.isascii() and value.isdigit() and int(value) <= 100 else None
        return value

    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=keep,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    # A picture whose address was refused would show as a broken frame.
    return _IMAGE.sub(lambda image: image[0] if ' src="' in image[0] else "", safe).strip()


def _paragraphs(text: str) -> str:
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return "".join(
        f"<p>{entities.escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block
    )
