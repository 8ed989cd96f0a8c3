"""How wide a text is and how it breaks into lines, from the real advance widths of the page font.

Widths are counted in hundredths of the font size, so that a Latin text is measured by translating its bytes.
"""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from kbk.seven_tools.drawing.font_widths import BOLD, REGULAR
from kbk.seven_tools.drawing.look import Face

_REMEMBERED = 2048
_UNKNOWN_WIDTH = 100
_PICTURE_WIDTH = 140
_COMBINING = range(0x300, 0x370)
_BASIC_PLANE = 0x10000
_LATIN = 256


class _Widths(dict[str, int]):
    """Widths by character; those outside the table count as full width, pictures as more, combining marks as none."""

    def __init__(self, rows: dict[int, str]) -> None:
        super().__init__(
            {character: width // 10 for width, characters in rows.items() for character in characters}
        )
        self._latin = bytes(self[chr(point)] for point in range(_LATIN))

    def __missing__(self, character: str) -> int:
        point = ord(character)
        if point in _COMBINING:
            return 0
        return _UNKNOWN_WIDTH if point < _BASIC_PLANE else _PICTURE_WIDTH

    def each(self, text: str) -> bytes | list[int]:
        """The width of every character."""
        try:
            return text.encode("latin-1").translate(self._latin)
        except UnicodeEncodeError:
            return [self[character] for character in text]


_REGULAR_WIDTHS = _Widths(REGULAR)
_BOLD_WIDTHS = _Widths(BOLD)


@lru_cache(_REMEMBERED)
def text_width(text: str, face: Face) -> float:
    """Width of one line in drawing units, never less than the page font or Arial needs."""
    widths = _BOLD_WIDTHS if face.bold else _REGULAR_WIDTHS
    return sum(widths.each(text)) * face.size / 100


def widest(texts: list[str], face: Face) -> float:
    """Width of the widest of some lines; 0 for none."""
    return max((text_width(text, face) for text in texts), default=0.0)


def longest_word(text: str, face: Face) -> float:
    """Width below which `wrap` has to break a word."""
    return text_width(max(text.split(" "), key=len), face)


def wrap(text: str, limit: float, face: Face) -> tuple[str, ...]:
    """`text` in as few lines of at most `limit` units as its words allow; only a word wider than a line is broken."""
    return block(text, limit, face)[0]


@lru_cache(_REMEMBERED)
def block(text: str, limit: float, face: Face) -> tuple[tuple[str, ...], float]:
    """The lines that `wrap` gives, and the width of the widest.

    Remembered, because a drawing is drawn anew for each page and paper, and after every change of one of its texts.
    """
    sizes = (_BOLD_WIDTHS if face.bold else _REGULAR_WIDTHS).each(text)
    room, whole = int(limit * 100 / face.size), sum(sizes)
    if whole <= room:
        return (text,), whole * face.size / 100
    ends = [*accumulate(sizes)]
    lines: list[str] = []
    start = before = most = 0
    while whole - before > room:
        stop = following = max(bisect_right(ends, before + room, start), start + 1)
        cut = text.rfind(" ", start, stop + 1)
        if cut > start:
            stop, following = cut, cut + 1
        lines.append(text[start:stop])
        width = ends[stop - 1] - before
        if width > most:
            most = width
        start, before = following, ends[following - 1]
    if start < len(text):
        lines.append(text[start:])
        most = max(most, whole - before)
    return tuple(lines), most * face.size / 100
