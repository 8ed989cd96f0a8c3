"""Value axes with grid lines, and labels under bands: on lines, turned, or numbered with a key."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil

from kbk.seven_tools.drawing.canvas import END, MIDDLE, START, Canvas
from kbk.seven_tools.drawing.frame import PAD
from kbk.seven_tools.drawing.look import AXIS_LINE, GRID_LINE, NOTE, SMALL, Face
from kbk.seven_tools.drawing.scales import Scale, Ticks
from kbk.seven_tools.drawing.text import longest_word, text_width, widest, wrap

GAP = 6.0
_MOST_LINES = 4
_TURNED_LENGTH = 120.0
_THINNED_LENGTH = 90.0
_SHORT_LENGTH = 40.0
_MOST_KEYED = 40


@dataclass(frozen=True, slots=True)
class Plot:
    """The rectangle inside the axes."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


def axis_room(ticks: Ticks) -> float:
    """Width that the tick labels of a vertical axis take, with the gap to the plot."""
    return widest(ticks.labels(), SMALL) + GAP


def axis_title(canvas: Canvas, y: float, title: str) -> float:
    """The vertical axis's title above it, where it reads without turning the head; returns the top of the plot."""
    return canvas.paragraph(PAD, y, title, canvas.width - 2 * PAD, NOTE) + SMALL.size


def value_axis(canvas: Canvas, plot: Plot, scale: Scale, ticks: Ticks) -> None:
    """Grid lines with labels on the left."""
    grid = "".join([f"M{plot.left:.1f} {scale(value):.1f}H{plot.right:.1f}" for value in ticks.values])
    canvas.path(grid, GRID_LINE)
    for value, label in zip(ticks.values, ticks.labels(), strict=True):
        canvas.text(plot.left - GAP, scale(value) + 4, label, SMALL, END)


def base_axis(canvas: Canvas, plot: Plot, scale: Scale, ticks: Ticks, title: str = "") -> float:
    """A horizontal value axis at the bottom of the plot; returns the y below it."""
    marks = "".join([f"M{scale(value):.1f} {plot.bottom:.1f}v4" for value in ticks.values])
    canvas.path(f"M{plot.left:.1f} {plot.bottom:.1f}H{plot.right:.1f}{marks}", AXIS_LINE)
    edge = 0.0
    for value, label in zip(ticks.values, ticks.labels(), strict=True):
        half = text_width(label, SMALL) / 2
        middle = min(max(scale(value), half + 2), canvas.width - half - 2)
        if middle - half > edge:
            canvas.text(middle, plot.bottom + 16, label, SMALL, MIDDLE)
            edge = middle + half + GAP
    y = plot.bottom + 22
    if title:
        middle, room = (plot.left + plot.right) / 2, min(plot.left, canvas.width - plot.right) - PAD
        return canvas.paragraph(middle, y, title, plot.width + 2 * max(room, 0), NOTE, MIDDLE) + 4
    return y + 2


class LabelWay(Enum):
    """Level lines; turned lines; numbers with a key below; or only every so many names of an ordered axis."""

    LEVEL = "level"
    TURNED = "turned"
    NUMBERED = "numbered"
    THINNED = "thinned"


@dataclass(frozen=True, slots=True)
class BandLabels:
    """Names under equal bands and the way that shows all of them whole.

    `lines` are the names broken into lines where they stand under their bands; `step` tells that only every so many
    names, or numbers, have room.
    """

    names: tuple[str, ...]
    band: float
    way: LabelWay
    height: float
    lines: tuple[tuple[str, ...], ...] = ()
    step: int = 1


def plan_band_labels(names: Sequence[str], band: float, face: Face = SMALL) -> BandLabels:
    """Level lines when every word fits its band, else turned when short enough, else numbers with a key below."""
    room = band - GAP
    if band < face.size:
        return _numbered(names, band, face)
    longest = widest(list(names), face)
    if longest <= room * _MOST_LINES and all(longest_word(name, face) <= room for name in names):
        lines = tuple(wrap(name, room, face) for name in names)
        deepest = max(map(len, lines))
        if deepest <= _MOST_LINES:
            return BandLabels(tuple(names), band, LabelWay.LEVEL, deepest * face.leading + 4, lines)
    if longest <= _TURNED_LENGTH * (band // face.leading):
        turned = tuple(wrap(name, _TURNED_LENGTH, face) for name in names)
        if max(map(len, turned)) * face.leading <= band:
            length = max(widest(list(lines), face) for lines in turned)
            return BandLabels(tuple(names), band, LabelWay.TURNED, length + 8, turned)
    return _numbered(names, band, face)


def _numbered(names: Sequence[str], band: float, face: Face) -> BandLabels:
    step = ceil((text_width(str(len(names)), face) + GAP) / band)
    return BandLabels(tuple(names), band, LabelWay.NUMBERED, face.leading + 4, step=step)


def plan_ordered_labels(
    names: Sequence[str], longest_name: str, band: float, face: Face = SMALL
) -> BandLabels:
    """As `plan_band_labels`, but names that follow one another (days, samples) are thinned out where they are many.

    Long names of more than a few bands give way to the plain numbers 1, 2, 3.
    """
    planned = plan_band_labels(names, band, face)
    longest = text_width(longest_name, face)
    if planned.way is LabelWay.LEVEL or (planned.way is LabelWay.TURNED and longest > _SHORT_LENGTH):
        return planned
    if longest > _THINNED_LENGTH:
        if len(names) <= _MOST_KEYED:
            return planned
        names = [str(number) for number in range(1, len(names) + 1)]
        longest = text_width(names[-1], face)
    step = ceil((longest + GAP) / band)
    return BandLabels(tuple(names), band, LabelWay.THINNED, face.leading + 4, step=step)


def draw_band_labels(
    canvas: Canvas, labels: BandLabels, left: float, top: float, face: Face = SMALL, taken: float = 0.0
) -> None:
    """The labels under their bands; numbered ones leave their names to `draw_key`.

    Something else stands on their line up to x = `taken`.
    """
    if labels.way in (LabelWay.NUMBERED, LabelWay.THINNED):
        edge = taken
        for index in range(0, len(labels.names), labels.step):
            name = labels.names[index] if labels.way is LabelWay.THINNED else str(index + 1)
            middle, half = left + (index + 0.5) * labels.band, text_width(name, face) / 2
            if edge <= middle - half and middle + half < canvas.width:
                canvas.text(middle, top + face.size, name, face, MIDDLE)
                edge = middle + half + GAP / 2
        return
    for index, lines in enumerate(labels.lines):
        middle = left + (index + 0.5) * labels.band
        if labels.way is LabelWay.LEVEL:
            canvas.lines(middle, top, lines, face, MIDDLE)
        else:
            x = middle - (len(lines) - 1) * face.leading / 2 + face.size * 0.36
            for line in lines:
                canvas.turned(x, top + 4, line, face)
                x += face.leading


def draw_key(canvas: Canvas, labels: BandLabels, y: float) -> float:
    """The names of numbered bands in two columns below y; returns where they end."""
    if labels.way is not LabelWay.NUMBERED:
        return y
    width = (canvas.width - 3 * PAD) / 2
    indent = text_width(f"{len(labels.names)}.", SMALL) + GAP
    half = (len(labels.names) + 1) // 2
    ends = []
    for column, start in enumerate((0, half)):
        x, bottom = PAD + column * (width + PAD), y + 4
        for number, name in enumerate(labels.names[start : start + half], start + 1):
            canvas.text(x + indent - GAP, bottom + SMALL.size, f"{number}.", SMALL, END)
            bottom = canvas.paragraph(x + indent, bottom, name, width - indent, SMALL, START) + 1
        ends.append(bottom)
    return max(ends) + 4
