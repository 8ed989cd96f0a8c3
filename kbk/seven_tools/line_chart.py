"""Grafik garis: how one or several quantities move over time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, optional_text, parse_caption
from kbk.seven_tools.data_table import DataTable
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
from kbk.seven_tools.drawing.frame import PAD, close_frame, open_frame
from kbk.seven_tools.drawing.legend import draw_legend, draw_marker, line_symbol
from kbk.seven_tools.drawing.look import (
    AXIS_LINE,
    SERIES,
    SIGNAL,
    SMALL,
    SMALL_STRONG,
    Face,
    SeriesLook,
    line_style,
)
from kbk.seven_tools.drawing.scales import Scale, nice_ticks, spread
from kbk.seven_tools.drawing.text import text_width, wrap
from kbk.seven_tools.drawing.track import Track, plan_track
from kbk.seven_tools.numerals import number_text
from kbk.seven_tools.parsing import Reader, check_spread
from kbk.seven_tools.series import Series, parse_series, series_json, series_table

MOST_POINTS = 1000
MOST_VALUES = 2000

_PLOT_HEIGHT = 250.0
_NAME_ROOM = 120.0
_BELOW = 18.0
_MOST_MARKERS = 60
_TARGET = line_style(SIGNAL, 1.3, "6 4")


@dataclass(frozen=True, slots=True)
class LineChart:
    """`x` names the points in time, `longest_x` is the name of most letters; a target is a level drawn across."""

    caption: Caption
    x_label: str
    y_label: str
    x: tuple[str, ...]
    longest_x: str
    series: tuple[Series, ...]
    target: float | None

    def to_json(self) -> dict[str, object]:
        return {"x": list(self.x), "series": series_json(self.series), "target": self.target}


def parse(data: Mapping[str, object]) -> LineChart:
    """Read `x` (2 to 1,000 names) and `series` ([{"name", "values"}], null for a gap).

    Also `target`, `x_label`, `y_label` and the caption. Raises ToolInputError.
    """
    reader = Reader(data).fields("x", "series", "target", "x_label", "y_label", *CAPTION_FIELDS)
    x = tuple(reader.at("x").texts(2, MOST_POINTS))
    series = parse_series(reader, "x", len(x), gaps=True)
    if len(x) * len(series) > MOST_VALUES:
        most = f"paling banyak {number_text(MOST_VALUES)}; kurangi serinya atau gabungkan titik waktunya"
        reader.at("series").fail(f"memuat {len(series)} × {number_text(len(x))} angka, {most}")
    target = reader.at("target").number() if reader.has("target") else None
    levels = [] if target is None else [target]
    check_spread(reader.at("series"), [*levels, *(value for one in series for value in one.known)])
    return LineChart(
        caption=parse_caption(reader, "Grafik garis"),
        x_label=optional_text(reader, "x_label", "Waktu"),
        y_label=optional_text(reader, "y_label", "Nilai"),
        x=x,
        longest_x=max(x, key=len),
        series=series,
        target=target,
    )


def table(result: LineChart) -> DataTable:
    """The data of the line chart as rows, for readers who do not see the drawing."""
    return series_table(result.caption.title, result.x_label, result.x, result.series)


def draw(result: LineChart) -> str:
    """The line chart as SVG text."""
    canvas, y = open_frame(result.caption)
    levels = [level for one in result.series for level in (min(one.known), max(one.known))]
    if result.target is not None:
        levels.append(result.target)
    low, high = min(levels), max(levels)
    ticks = nice_ticks(0 if 0 < low < high * 0.6 else low, 0 if low * 0.6 > high and high < 0 else high, 6)
    names = [wrap(one.name, _NAME_ROOM, SMALL_STRONG) for one in result.series]
    room = max(text_width(line, SMALL_STRONG) for lines in names for line in lines)
    height = max(_PLOT_HEIGHT, sum(len(lines) * SMALL.leading + 4 for lines in names))
    head = axis_title(canvas, y, result.y_label)
    plot = Plot(PAD + axis_room(ticks), head, canvas.width - PAD - room - GAP, head + height)
    scale = Scale(ticks.low, ticks.high, plot.bottom, plot.top)
    value_axis(canvas, plot, scale, ticks)
    canvas.line(plot.left, plot.bottom, plot.right, plot.bottom, AXIS_LINE)
    if result.target is not None:
        canvas.line(plot.left, scale(result.target), plot.right, scale(result.target), _TARGET)
    _draw_lines(canvas, result, plot, scale)
    _draw_names(canvas, result, names, plot, scale)
    labels = plan_ordered_labels(result.x, result.longest_x, plot.width / len(result.x))
    draw_band_labels(canvas, labels, plot.left, plot.bottom + 4)
    y = draw_key(canvas, labels, plot.bottom + 4 + labels.height)
    if result.target is not None:
        y = draw_legend(canvas, y + 4, [(line_symbol(_TARGET), f"Target {number_text(result.target)}")])
    return close_frame(canvas, y, result.caption, [], describe(result))


def describe(result: LineChart) -> str:
    """First and last known value of each series."""
    parts = [
        f"{one.name}: dari {number_text(one.known[0])} menjadi {number_text(one.known[-1])}"
        for one in result.series
    ]
    return f"{result.y_label} menurut {result.x_label}. {'; '.join(parts)}."


def _draw_lines(canvas: Canvas, result: LineChart, plot: Plot, scale: Scale) -> None:
    band = plot.width / len(result.x)
    track = plan_track(plot.left + band / 2, band, scale)
    for one, look in zip(result.series, SERIES, strict=False):
        lines = [track.line(track.heights(values), first) for first, values in _stretches(one)]
        track.draw(canvas, "".join(lines), look.color, 2, look.dash)
        if len(result.x) <= _MOST_MARKERS:
            _draw_markers(canvas, track, one, look)
    if len(result.series) == 1:
        _draw_values(canvas, result.series[0], plot, scale, band)


def _stretches(one: Series) -> Iterator[tuple[int, Sequence[float]]]:
    """The runs of known values, each with the number (from 0) of its first."""
    if len(one.known) == len(one.values):
        yield 0, one.known
        return
    first = 0
    for is_gap, run in groupby(one.values, lambda value: value is None):
        stretch = list(run)
        if not is_gap:
            yield first, [value for value in stretch if value is not None]
        first += len(stretch)


def _draw_markers(canvas: Canvas, track: Track, one: Series, look: SeriesLook) -> None:
    for index, value in enumerate(one.values):
        if value is not None:
            draw_marker(canvas, look.marker, *track.point(index, value), look.color)


def _draw_values(canvas: Canvas, one: Series, plot: Plot, scale: Scale, band: float) -> None:
    """Values above the points of a single line (below a low point), when all of them have room."""
    if band < SMALL.size:
        return
    words = [None if value is None else number_text(value) for value in one.values]
    if max(text_width(word, SMALL) for word in words if word is not None) > band - 4:
        return
    for index, (value, word) in enumerate(zip(one.values, words, strict=True)):
        if value is not None and word is not None:
            at = scale(value)
            neighbours = [other for other in one.values[max(index - 1, 0) : index + 2] if other is not None]
            below = value == min(neighbours) < max(neighbours) and at + _BELOW < plot.bottom
            canvas.text(
                plot.left + (index + 0.5) * band, at + _BELOW - 2 if below else at - 8, word, SMALL, MIDDLE
            )


def _draw_names(
    canvas: Canvas, result: LineChart, names: Sequence[tuple[str, ...]], plot: Plot, scale: Scale
) -> None:
    """Names at the right ends of the lines, moved apart where the ends meet."""
    sizes = [len(lines) * SMALL.leading + 2 for lines in names]
    ends = [scale(one.known[-1]) for one in result.series]
    places = spread(ends, sizes, plot.top - 4, plot.bottom + 8)
    for lines, place, size, look in zip(names, places, sizes, SERIES, strict=False):
        face = Face(SMALL.size, bold=True, fill=look.color)
        canvas.lines(plot.right + GAP, place - size / 2, lines, face)
