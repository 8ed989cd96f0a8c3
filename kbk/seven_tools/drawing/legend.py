"""Keys of symbols, each drawn by a small function, in rows that wrap."""

from collections.abc import Callable, Sequence

from kbk.seven_tools.drawing.canvas import Canvas
from kbk.seven_tools.drawing.frame import PAD
from kbk.seven_tools.drawing.look import SMALL, SeriesLook, Style, line_style, shape_style, stripes
from kbk.seven_tools.drawing.text import text_width, wrap

Symbol = Callable[[Canvas, float, float], None]

_SYMBOL = 24.0
_GAP = 16.0


def draw_legend(canvas: Canvas, y: float, entries: Sequence[tuple[Symbol, str]]) -> float:
    """Symbol and name of each entry from y downward; returns the y below."""
    x, row = PAD, y
    bottom = y
    room = canvas.width - 2 * PAD - _SYMBOL
    for symbol, name in entries:
        lines = wrap(name, room, SMALL)
        width = _SYMBOL + max(text_width(line, SMALL) for line in lines)
        if x > PAD and x + width > canvas.width - PAD:
            x, row = PAD, bottom + 2
        symbol(canvas, x, row + 8)
        bottom = max(bottom, canvas.lines(x + _SYMBOL, row, lines, SMALL))
        x += width + _GAP
    return bottom + 4


def bar_symbol(style: Style, stripe: str = "", lying: bool = False) -> Symbol:
    """A piece of a bar; the stripes of a lying bar run upright."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.rect(x, y - 5, 18, 10, style)
        if stripe:
            ends = (x, y, x + 18, y) if lying else (x + 9, y + 5, x + 9, y - 5)
            canvas.line(*ends, stripes(stripe, 10 if lying else 18))

    return draw


def line_symbol(style: Style) -> Symbol:
    """A short line in `style`, as the legend shows a series."""
    return lambda canvas, x, y: canvas.line(x, y, x + 18, y, style)


def marker_symbol(kind: str, color: str, style: Style = "") -> Symbol:
    """A marker of this kind, on a short line where a style is given."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        if style:
            canvas.line(x, y, x + 18, y, style)
        draw_marker(canvas, kind, x + 9, y, color)

    return draw


def series_symbol(look: SeriesLook, width: float = 1.8) -> Symbol:
    """Line with marker of one series."""
    return marker_symbol(look.marker, look.color, line_style(look.color, width, look.dash))


_OUTLINES = {
    "square": "M{0:.1f} {1:.1f}m-3.5-3.5h7v7h-7z",
    "diamond": "M{0:.1f} {1:.1f}m0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z",
    "triangle": "M{0:.1f} {1:.1f}m0-5l4.8 8.4h-9.6z",
}


def draw_marker(canvas: Canvas, kind: str, x: float, y: float, color: str) -> None:
    """One marker, by shape and not only by colour: disc, ring, square, frame, diamond, triangle or cross."""
    if kind == "disc":
        canvas.circle(x, y, 3, shape_style(color))
    elif kind == "ring":
        canvas.circle(x, y, 3.5, shape_style("#fff", color, 1.5))
    elif kind == "frame":
        canvas.path(_OUTLINES["square"].format(x, y), shape_style("#fff", color, 1.5))
    elif kind == "cross":
        canvas.path(f"M{x:.1f} {y:.1f}m-4-4l8 8m0-8l-8 8", line_style(color, 1.8))
    else:
        canvas.path(_OUTLINES[kind].format(x, y), shape_style(color))
