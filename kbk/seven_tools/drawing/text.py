"""How wide a text is and how it breaks into lines, from the real advance widths of the page font."""

from kbk.seven_tools.drawing.font_widths import BOLD, REGULAR
from kbk.seven_tools.drawing.look import Face

_UNKNOWN_WIDTH = 1000
_PICTURE_WIDTH = 1400
_COMBINING = range(0x300, 0x370)
_BASIC_PLANE = 0x10000


class _Widths(dict[str, int]):
    """Widths by character; those outside the table count as full width, pictures as more, combining marks as none."""

    def __missing__(self, character: str) -> int:
        point = ord(character)
        if point in _COMBINING:
            return 0
        return _UNKNOWN_WIDTH if point < _BASIC_PLANE else _PICTURE_WIDTH


def _by_character(rows: dict[int, str]) -> _Widths:
    return _Widths({character: width for width, characters in rows.items() for character in characters})


_REGULAR_WIDTHS = _by_character(REGULAR)
_BOLD_WIDTHS = _by_character(BOLD)


def text_width(text: str, face: Face) -> float:
    """Width of one line in drawing units, never less than the page font or Arial needs."""
    widths = _BOLD_WIDTHS if face.bold else _REGULAR_WIDTHS
    return sum(map(widths.__getitem__, text)) * face.size / 1000


def widest(texts: list[str], face: Face) -> float:
    """Width of the widest of some lines; 0 for none."""
    return max((text_width(text, face) for text in texts), default=0.0)


def longest_word(text: str, face: Face) -> float:
    """Width below which `wrap` has to break a word."""
    return text_width(max(text.split(" "), key=len), face)


def wrap(text: str, limit: float, face: Face) -> list[str]:
    """`text` in as few lines of at most `limit` units as its words allow; only a word wider than a line is broken."""
    if text_width(text, face) <= limit:
        return [text]
    widths = _BOLD_WIDTHS if face.bold else _REGULAR_WIDTHS
    room, blank = limit * 1000 / face.size, widths[" "]
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        size = sum(map(widths.__getitem__, word))
        if line and used + blank + size <= room:
            line, used = f"{line} {word}", used + blank + size
            continue
        if line:
            lines.append(line)
        if size > room:
            *full, word = _pieces(word, room, widths)
            lines += full
            size = sum(map(widths.__getitem__, word))
        line, used = word, size
    return [*lines, line]


def _pieces(word: str, room: float, widths: _Widths) -> list[str]:
    """A word wider than a line, cut where a line is full; at least one character stands on each line."""
    pieces: list[str] = []
    start, used = 0, 0
    for position, character in enumerate(word):
        size = widths[character]
        if used + size > room and position > start:
            pieces.append(word[start:position])
            start, used = position, 0
        used += size
    return [*pieces, word[start:]]
