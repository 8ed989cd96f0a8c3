"""Draws the panels of a control chart under one another on a common axis of samples."""

from collections.abc import Mapping, Sequence

from kbk.seven_tools.control_panel import ControlPanel, is_level
from kbk.seven_tools.drawing.axes import (
    GAP,
    Plot,
    axis_room,
    axis_title,
    draw_band_labels,
    draw_key,
    plan_ordered_labels,
    value_axis,
)
from kbk.seven_tools.drawing.canvas import MIDDLE, Canvas
from kbk.seven_tools.drawing.frame import PAD
from kbk.seven_tools.drawing.legend import Symbol, draw_legend, line_symbol, marker_symbol
from kbk.seven_tools.drawing.look import (
    ALARM,
    INDIGO,
    MUTED,
    NOTE,
    SIGNAL,
    SMALL_STRONG,
    SOGAN,
    line_style,
    shape_style,
)
from kbk.seven_tools.drawing.scales import Scale, Ticks, nice_ticks, spread
from kbk.seven_tools.drawing.text import text_width
from kbk.seven_tools.drawing.track import ROUND, SQUARE, Track, plan_track
from kbk.seven_tools.numerals import decimal_text

_HEIGHTS = {1: 250.0, 2: 180.0}
_LIMIT_GAP = 14.0
_MOST_DOTS = 120
_MOST_STEPS = 500
_BELOW = 17.0
_CENTER = line_style(SOGAN, 1.4)
_LIMIT = (SIGNAL, 1.3, "6 4")


def draw_panels(
    canvas: Canvas,
    y: float,
    panels: Sequence[ControlPanel],
    labels: Sequence[str],
    longest_label: str,
    names: Mapping[str, str],
) -> float:
    """All panels from y down, each headed by its name, then the labels of the samples and a legend.

    Returns the y below.
    """
    ticks = [_ticks(panel) for panel in panels]
    left = PAD + max(*map(axis_room, ticks), text_width("Sampel", NOTE) + GAP)
    room = max(text_width(words, SMALL_STRONG) for panel in panels for _, words in _limit_labels(panel))
    right = canvas.width - PAD - room - GAP
    band = (right - left) / len(labels)
    for panel, own in zip(panels, ticks, strict=True):
        head = axis_title(canvas, y, names[panel.name])
        plot = Plot(left, head, right, head + _HEIGHTS[len(panels)])
        _draw_panel(canvas, plot, panel, len(labels), own)
        y = plot.bottom + 10
    planned = plan_ordered_labels(labels, longest_label, band)
    draw_band_labels(canvas, planned, left, y, taken=PAD + text_width("Sampel", NOTE))
    canvas.text(PAD, y + NOTE.size, "Sampel", NOTE)
    y = draw_key(canvas, planned, y + planned.height)
    return draw_legend(canvas, y + 4, _legend(panels, len(labels) > _MOST_DOTS))


def _ticks(panel: ControlPanel) -> Ticks:
    return nice_ticks(panel.low, panel.high, 5, whole=panel.whole)


def _limit_labels(panel: ControlPanel) -> list[tuple[float, str]]:
    """Limits of the last sample and the centre, with the words that stand beside them."""
    rows = ((panel.ucl[-1], "BKA"), (panel.center, "GT"), (panel.lcl[-1], "BKB"))
    return [(value, f"{name} {decimal_text(value, panel.places)}") for value, name in rows]


def _draw_panel(canvas: Canvas, plot: Plot, panel: ControlPanel, samples: int, ticks: Ticks) -> None:
    scale, band = Scale(ticks.low, ticks.high, plot.bottom, plot.top), plot.width / samples
    value_axis(canvas, plot, scale, ticks)
    skipped = samples - len(panel.values)
    first = plot.left + skipped * band
    canvas.line(first, scale(panel.center), plot.right, scale(panel.center), _CENTER)
    track, crowded = plan_track(first + band / 2, band, scale), samples > _MOST_DOTS
    for limits in (panel.ucl, panel.lcl):
        if not panel.stepped or is_level(limits):
            canvas.line(first, scale(limits[0]), plot.right, scale(limits[0]), line_style(*_LIMIT))
        else:
            _draw_steps(canvas, track, limits)
    heights = track.heights(panel.values)
    track.draw(canvas, track.line(heights), INDIGO, 1.5)
    if not crowded:
        track.draw(canvas, track.dots(heights, range(len(heights))), INDIGO, 5.5, cap=ROUND)
    _draw_signals(canvas, panel, track, heights, crowded)
    _draw_numbers(canvas, panel, plot, track, skipped)
    rows = _limit_labels(panel)
    places = spread(
        [scale(value) for value, _ in rows], [_LIMIT_GAP] * len(rows), plot.top - 8, plot.bottom + 8
    )
    for at, (_, words) in zip(places, rows, strict=True):
        canvas.text(plot.right + GAP, at + 4, words, SMALL_STRONG)


def _draw_steps(canvas: Canvas, track: Track, limits: Sequence[float]) -> None:
    """A limit that follows samples of different size: dashed steps, or a fine line where they are crowded.

    Where samples stand less than a unit apart, the line through every second one cannot be told from that through all.
    """
    if len(limits) <= _MOST_STEPS:
        track.draw(canvas, track.ladder(track.heights(limits)), *_LIMIT)
    else:
        sparse = track.every_second()
        sparse.draw(canvas, sparse.ladder(sparse.heights(limits[::2])), SIGNAL, 0.6)


def _draw_signals(
    canvas: Canvas, panel: ControlPanel, track: Track, heights: Sequence[int], crowded: bool
) -> None:
    """Diamonds beyond the limits, squares where a pattern ends, crosses where a sample does not count.

    Crowded samples get plain dots: round ones beyond the limits, square ones where a pattern ends.
    """
    beyond, patterned = panel.marked
    if crowded:
        track.draw(canvas, track.dots(heights, [at - 1 for at in patterned]), SOGAN, 3.5, cap=SQUARE)
        track.draw(canvas, track.dots(heights, [at - 1 for at in beyond]), SIGNAL, 6, cap=ROUND)
    else:
        _mark(canvas, panel, track, patterned, "m-4-4h8v8h-8z", shape_style("#fff", SOGAN, 1.6))
        _mark(canvas, panel, track, beyond, "m0-6l6 6-6 6-6-6z", shape_style(SIGNAL))
    _mark(canvas, panel, track, panel.left_out, "m-5-5l10 10m0-10l-10 10", line_style(MUTED, 1.8))


def _mark(
    canvas: Canvas, panel: ControlPanel, track: Track, chosen: Sequence[int], outline: str, style: str
) -> None:
    points = [track.point(at - 1, panel.values[at - 1]) for at in chosen]
    canvas.path("".join([f"M{x:.1f} {y:.1f}{outline}" for x, y in points]), style)


def _draw_numbers(canvas: Canvas, panel: ControlPanel, plot: Plot, track: Track, skipped: int) -> None:
    """Numbers of the samples beyond the limits, outside of them, as far as they have room beside one another."""
    edge, covered, band, digit = plot.left, 0.0, track.step * track.unit, text_width("0", ALARM)
    for at in panel.marked[0]:
        if at > covered:
            value = panel.values[at - 1]
            x, y = track.point(at - 1, value)
            number = str(at + skipped)
            half = len(number) * digit / 2 + 2
            if x - half > edge and x + half < plot.right:
                below = y + _BELOW <= plot.bottom if value < panel.center else y <= plot.top + 4
                canvas.text(x, y + _BELOW if below else y - 9, number, ALARM, MIDDLE)
                edge, covered = x + half, at + 2 * half / band


def _legend(panels: Sequence[ControlPanel], crowded: bool) -> list[tuple[Symbol, str]]:
    entries = [
        (line_symbol(_CENTER), "GT garis tengah"),
        (line_symbol(line_style(*_LIMIT)), "BKA/BKB batas kendali atas dan bawah"),
    ]
    beyond, patterned = (any(points) for points in zip(*(panel.marked for panel in panels), strict=True))
    if beyond:
        entries.append((marker_symbol("disc" if crowded else "diamond", SIGNAL), "di luar batas"))
    if patterned:
        entries.append((marker_symbol("square" if crowded else "frame", SOGAN), "pola tidak acak"))
    if any(panel.left_out for panel in panels):
        entries.append((marker_symbol("cross", MUTED), "tidak ikut dihitung"))
    return entries
