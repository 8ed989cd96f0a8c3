"""How wide a text will be in one of the papers' fonts, to choose its size before it is laid out."""

import functools
import io

from fontTools.ttLib import TTFont

from kbk.pdf.fetcher import own_file

SERIF_ITALIC = "fonts/source-serif-4-5.3.1/source-serif-4-latin-600-italic.woff2"


def text_width(text: str, font: str) -> float:
    """The width of ``text`` set on one line, in multiples of the type size, kerning left aside.

    ``font`` is the file's name under ``static``; a letter that it lacks counts as one em.
    """
    widths = _widths(font)
    return sum(widths.get(ord(letter), 1.0) for letter in text)


@functools.cache
def _widths(font: str) -> dict[int, float]:
    face = TTFont(io.BytesIO(own_file(font)))
    per_em = face["head"].unitsPerEm
    metrics = face["hmtx"]
    return {code: metrics[glyph][0] / per_em for code, glyph in face.getBestCmap().items()}
