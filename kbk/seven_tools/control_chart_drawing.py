"""Draws the panels of a control chart under one another on a common axis of samples."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from kbk.seven_tools.control_panel import ControlPanel
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
from kbk.seven_tools.numerals import decimal_text

_HEIGHTS = {1: 250.0, 2: 180.0}
_LIMIT_GAP = 14.0
_MOST_DOTS = 120
_MOST_LABELS = 60
_CENTER = line_style(SOGAN, 1.4)
_LIMIT = line_style(SIGNAL, 1.3, "6 4")
# Series are written in tenths of a unit: whole numbers are shorter and quicker than decimals.
_SERIES = line_style(INDIGO, 15)
_DOTS = f' stroke-linecap="round"{line_style(INDIGO, 55)}'


def draw_panels(
    canvas: Canvas, y: float, panels: Sequence[ControlPanel], labels: Sequence[str], names: Mapping[str, str]
) -> float:
    """All panels from y down, then sample names and legend; returns the y below."""
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
    planned = plan_ordered_labels(labels, band)
    draw_band_labels(canvas, planned, left, y)
    canvas.text(PAD, y + NOTE.size, "Sampel", NOTE)
    y = draw_key(canvas, planned, y + planned.height)
    return draw_legend(canvas, y + 4, _legend(panels))


def _ticks(panel: ControlPanel) -> Ticks:
    values = (*panel.values, *panel.lcl, *panel.ucl)
    return nice_ticks(min(values), max(values), 5, whole={*map(type, panel.values)} == {int})


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
    for limits in (panel.ucl, panel.lcl):
        canvas.path(_steps(limits, first, band, scale), _LIMIT)
    middle, bottom, factor = first + band / 2, scale(0), scale.factor
    points = [(middle + index * band, bottom + value * factor) for index, value in enumerate(panel.values)]
    _draw_series(canvas, points)
    _draw_signals(canvas, panel, points, plot, skipped)
    rows = _limit_labels(panel)
    heights = spread(
        [scale(value) for value, _ in rows], [_LIMIT_GAP] * len(rows), plot.top - 8, plot.bottom + 8
    )
    for at, (_, words) in zip(heights, rows, strict=True):
        canvas.text(plot.right + GAP, at + 4, words, SMALL_STRONG)


def _steps(limits: Sequence[float], first: float, band: float, scale: Scale) -> str:
    """A line that keeps each limit over its sample's band and steps where it changes."""
    parts = [f"M{first:.1f} {scale(limits[0]):.1f}"]
    if limits.count(limits[0]) == len(limits):
        return f"{parts[0]}h{len(limits) * band:.1f}"
    for index, (left, right) in enumerate(pairwise(limits), 1):
        if left != right:
            parts.append(f"H{first + index * band:.1f}V{scale(right):.1f}")
    return "".join(parts) + f"H{first + len(limits) * band:.1f}"


def _draw_series(canvas: Canvas, points: Sequence[tuple[float, float]]) -> None:
    flat = tuple([int(coordinate * 10 + 0.5) for point in points for coordinate in point])
    data = ("M%d %d" + "L%d %d" * (len(points) - 1)) % flat
    canvas.parts.append(f'<path transform="scale(.1)" d="{data}"{_SERIES}/>')
    if len(points) <= _MOST_DOTS:
        canvas.parts.append(f'<path transform="scale(.1)" d="{("M%d %dh0" * len(points)) % flat}"{_DOTS}/>')


def _draw_signals(
    canvas: Canvas, panel: ControlPanel, points: Sequence[tuple[float, float]], plot: Plot, skipped: int
) -> None:
    """Diamonds beyond the limits, squares where a pattern ends, crosses where a sample does not count."""
    patterned = {point for signal in panel.runs for point in signal.points} - set(panel.beyond)
    _mark(
        canvas, [points[at - 1] for at in sorted(patterned)], "m-4-4h8v8h-8z", shape_style("#fff", SOGAN, 1.6)
    )
    _mark(canvas, [points[at - 1] for at in panel.beyond], "m0-6l6 6-6 6-6-6z", shape_style(SIGNAL))
    left_out = [point for point, kept in zip(points, panel.kept, strict=True) if not kept]
    _mark(canvas, left_out, "m-5-5l10 10m0-10l-10 10", line_style(MUTED, 1.8))
    edge = plot.left
    for at in panel.beyond[:_MOST_LABELS]:
        x, y = points[at - 1]
        number = str(at + skipped)
        half = text_width(number, ALARM) / 2 + 2
        if x - half > edge and x + half < plot.right:
            canvas.text(x, y - 9 if y > plot.top + 4 else y + 18, number, ALARM, MIDDLE)
            edge = x + half


def _mark(canvas: Canvas, points: Sequence[tuple[float, float]], outline: str, style: str) -> None:
    canvas.path("".join([f"M{x:.1f} {y:.1f}{outline}" for x, y in points]), style)


def _legend(panels: Sequence[ControlPanel]) -> list[tuple[Symbol, str]]:
    entries = [
        (line_symbol(_CENTER), "GT garis tengah"),
        (line_symbol(_LIMIT), "BKA/BKB batas kendali atas dan bawah"),
    ]
    if any(panel.beyond for panel in panels):
        entries.append((marker_symbol("diamond", SIGNAL), "di luar batas"))
    if any(panel.runs for panel in panels):
        entries.append((marker_symbol("frame", SOGAN), "pola tidak acak"))
    if not all(all(panel.kept) for panel in panels):
        entries.append((marker_symbol("cross", MUTED), "tidak ikut dihitung"))
    return entries
