"""Grouped bars over named categories, with values on the bars where they have room."""

from collections.abc import Sequence

from kbk.seven_tools.drawing.axes import (
    Plot,
    axis_room,
    draw_band_labels,
    draw_key,
    plan_band_labels,
    value_axis,
)
from kbk.seven_tools.drawing.canvas import MIDDLE, Canvas, hatching
from kbk.seven_tools.drawing.frame import PAD
from kbk.seven_tools.drawing.look import AXIS_LINE, SERIES, SMALL, line_style
from kbk.seven_tools.drawing.scales import Scale, nice_ticks
from kbk.seven_tools.drawing.text import widest
from kbk.seven_tools.numerals import number_text

_SHARE = 0.78
_LABEL_ROOM = 16.0


def draw_grouped_bars(
    canvas: Canvas,
    y: float,
    names: Sequence[str],
    columns: Sequence[Sequence[float]],
    title: str,
    height: float = 230.0,
    target: float | None = None,
    target_style: str = "",
) -> float:
    """One group of bars per name, one bar per column; returns the y below labels and key.

    `columns` holds one sequence of values per series, each as long as `names`.
    """
    values = [value for column in columns for value in column]
    levels = values if target is None else [*values, target]
    ticks = nice_ticks(
        min(0, *levels), max(0, *levels), 5, whole=all(isinstance(value, int) for value in levels)
    )
    plot = Plot(PAD + axis_room(ticks), y + 24, canvas.width - PAD, y + 24 + height)
    scale = Scale(ticks.low, ticks.high, plot.bottom, plot.top)
    value_axis(canvas, plot, scale, ticks, title)
    band = plot.width / len(names)
    slot = band * _SHARE / len(columns)
    labelled = (
        widest([number_text(value) for value in values], SMALL)
        <= max(slot, band if len(columns) == 1 else 0) - 3
    )
    for series, (column, look) in enumerate(zip(columns, SERIES, strict=False)):
        hatch = []
        for index, value in enumerate(column):
            x = plot.left + (index + (1 - _SHARE) / 2) * band + series * slot
            top, bottom = sorted((scale(value), scale(0)))
            canvas.rect(x, top, slot, bottom - top, look.bar)
            if look.hatch:
                hatch.append(hatching(x, top, slot, bottom - top))
            if labelled:
                at = bottom + _LABEL_ROOM - 3 if value < 0 else top - 4
                canvas.text(x + slot / 2, at, number_text(value), SMALL, MIDDLE)
        canvas.path("".join(hatch), line_style(look.hatch))
    canvas.line(plot.left, scale(0), plot.right, scale(0), AXIS_LINE)
    if target is not None:
        canvas.line(plot.left, scale(target), plot.right, scale(target), target_style)
    labels = plan_band_labels(names, band)
    top = plot.bottom + (_LABEL_ROOM if labelled and min(values) < 0 else 4)
    draw_band_labels(canvas, labels, plot.left, top)
    return draw_key(canvas, labels, top + labels.height)
