"""Grouped bars over named categories, with values on the bars where they have room."""

from collections.abc import Sequence

from kbk.seven_tools.drawing.axes import (
    Plot,
    axis_room,
    axis_title,
    draw_band_labels,
    draw_key,
    plan_band_labels,
    value_axis,
)
from kbk.seven_tools.drawing.canvas import MIDDLE, Canvas, bar_path
from kbk.seven_tools.drawing.frame import PAD
from kbk.seven_tools.drawing.look import AXIS_LINE, PATCH, SERIES, SMALL, SeriesLook, stripes
from kbk.seven_tools.drawing.scales import Scale, nice_ticks
from kbk.seven_tools.drawing.text import text_width, widest
from kbk.seven_tools.numerals import number_text

_SHARE = 0.78
_LABEL_ROOM, _LABEL_GAP = 16.0, 4.0
_WIDEST_BAR = 110.0


def draw_grouped_bars(
    canvas: Canvas,
    y: float,
    names: Sequence[str],
    columns: Sequence[Sequence[float]],
    title: str,
    height: float = 230.0,
    target: float | None = None,
    target_style: str = "",
    with_key: bool = True,
) -> float:
    """One group of bars per name, one bar per column; returns the y below labels and key.

    `columns` holds one sequence of values per series, each as long as `names`. Without `with_key` numbered names are
    left to a second chart below that has the same ones.
    """
    values = [value for column in columns for value in column]
    levels = values if target is None else [*values, target]
    ticks = nice_ticks(
        min(0, *levels), max(0, *levels), 5, whole=all(isinstance(value, int) for value in levels)
    )
    head = axis_title(canvas, y, title)
    plot = Plot(PAD + axis_room(ticks), head, canvas.width - PAD, head + height)
    scale = Scale(ticks.low, ticks.high, plot.bottom, plot.top)
    value_axis(canvas, plot, scale, ticks)
    band = plot.width / len(names)
    slot = band * _SHARE / len(columns)
    if target is not None:
        canvas.line(plot.left, scale(target), plot.right, scale(target), target_style)
    slot = min(band * _SHARE / len(columns), _WIDEST_BAR)
    room = band if len(columns) == 1 else slot
    labelled = widest([number_text(value) for value in values], SMALL) <= room - _LABEL_GAP
    start = plot.left + (band - slot * len(columns)) / 2
    for series, (column, look) in enumerate(zip(columns, SERIES, strict=False)):
        lefts = [start + index * band + series * slot for index in range(len(column))]
        _draw_bars(canvas, column, look, lefts, slot, scale)
        if labelled:
            for left, value in zip(lefts, column, strict=True):
                _draw_value(canvas, left + slot / 2, scale(value), value, patched=target is not None)
    canvas.line(plot.left, scale(0), plot.right, scale(0), AXIS_LINE)
    labels = plan_band_labels(names, band)
    top = plot.bottom + (_LABEL_ROOM if labelled and min(values) < 0 else 4)
    draw_band_labels(canvas, labels, plot.left, top)
    return draw_key(canvas, labels, top + labels.height) if with_key else top + labels.height


def _draw_bars(
    canvas: Canvas,
    column: Sequence[float],
    look: SeriesLook,
    lefts: Sequence[float],
    slot: float,
    scale: Scale,
) -> None:
    bars, middles = [], []
    for left, value in zip(lefts, column, strict=True):
        top, bottom = sorted((scale(value), scale(0)))
        bars.append(bar_path(left, top, slot, bottom - top))
        middles.append(f"M{left + slot / 2:.1f} {bottom:.1f}V{top:.1f}")
    canvas.path("".join(bars), look.bar)
    if look.stripe:
        canvas.path("".join(middles), stripes(look.stripe, slot))


def _draw_value(canvas: Canvas, middle: float, end: float, value: float, patched: bool) -> None:
    """A bar's value beyond its end; a patch of paper keeps a target line from crossing it."""
    words = number_text(value)
    top = end + 1 if value < 0 else end - SMALL.leading - 1
    if patched:
        width = text_width(words, SMALL)
        canvas.rect(middle - width / 2, top, width, SMALL.leading, PATCH)
    canvas.text(middle, top + SMALL.size, words, SMALL, MIDDLE)
