"""Radar kemampuan anggota: skills of one or several people (or before and after) on spokes around one centre."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, parse_caption
from kbk.seven_tools.data_table import DataTable
from kbk.seven_tools.drawing.canvas import END, MIDDLE, START, Canvas, Point, open_path
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.drawing.legend import draw_legend, draw_marker, series_symbol
from kbk.seven_tools.drawing.look import AXIS, GRID_LINE, NOTE, SERIES, SMALL, line_style
from kbk.seven_tools.drawing.scales import nice_ticks, spread
from kbk.seven_tools.drawing.text import wrap
from kbk.seven_tools.numerals import decimal_text, number_text
from kbk.seven_tools.parsing import Reader
from kbk.seven_tools.series import Series, parse_categories, parse_series, series_json, series_table

LEAST_AXES, MOST_AXES = 3, 12

_RADIUS = 140.0
_LABEL_GAP = 12.0
_SIDE_ROOM = 140.0
_STRAIGHT = 0.2
_SPOKE = line_style(AXIS, 0.8)


@dataclass(frozen=True, slots=True)
class Radar:
    """Values from 0 to `highest` on each spoke; spoke 1 points up, the others follow clockwise."""

    caption: Caption
    axes: tuple[str, ...]
    series: tuple[Series, ...]
    highest: float

    def to_json(self) -> dict[str, object]:
        means = [sum(one.known) / len(one.known) for one in self.series]
        series = [found | {"mean": mean} for found, mean in zip(series_json(self.series), means, strict=True)]
        return {"axes": list(self.axes), "highest": self.highest, "series": series}


def parse(data: Mapping[str, object]) -> Radar:
    """Read `axes` (3 to 12 skills), `series` ([{"name", "values"}], values of at least 0) and `highest` of the scale.

    Without `highest` the scale ends at the next round value. Raises ToolInputError.
    """
    reader = Reader(data).fields("axes", "series", "highest", *CAPTION_FIELDS)
    axes = parse_categories(reader, "axes", LEAST_AXES, MOST_AXES)
    series = parse_series(reader, "axes", len(axes), low=0)
    most = max(value for one in series for value in one.known)
    highest = reader.at("highest").positive() if reader.has("highest") else nice_ticks(0, most).high
    if most > highest:
        reader.at("highest").fail(f"lebih kecil daripada nilai terbesar ({number_text(most)})")
    return Radar(parse_caption(reader, "Radar kemampuan anggota"), axes, series, highest)


def table(result: Radar) -> DataTable:
    """The data of the radar chart as rows, for readers who do not see the drawing."""
    return series_table(result.caption.title, "Kemampuan", result.axes, result.series)


def draw(result: Radar) -> str:
    """The radar chart as SVG text."""
    canvas, y = open_frame(result.caption)
    blocks = [wrap(name, _SIDE_ROOM, SMALL) for name in result.axes]
    heights = [len(lines) * SMALL.leading for lines in blocks]
    sides = [_side(at, len(blocks)) for at in range(len(blocks))]
    side_height = max(
        sum(height + 4 for height, own in zip(heights, sides, strict=True) if own == side) for side in (-1, 1)
    )
    above = heights[0] + _LABEL_GAP
    below = (
        max((height for at, height in enumerate(heights) if at and not sides[at]), default=0.0) + _LABEL_GAP
    )
    half = max(_RADIUS, (side_height - above) / 2)
    center = (canvas.width / 2, y + above + half)
    ends = [_point(center, at, len(blocks), 1.0) for at in range(len(blocks))]
    _draw_web(canvas, result, center, ends)
    _draw_names(canvas, blocks, sides, ends, (y, center[1] + half))
    _draw_series(canvas, result, center)
    y = center[1] + half + below + 4
    if len(result.series) > 1:
        y = draw_legend(
            canvas,
            y,
            [(series_symbol(look), one.name) for one, look in zip(result.series, SERIES, strict=False)],
        )
    return close_frame(canvas, y, result.caption, [], describe(result))


def describe(result: Radar) -> str:
    """Strongest and weakest axis of every series, in a sentence."""
    parts = []
    for one in result.series:
        pairs = list(zip(one.known, result.axes, strict=True))
        (low, least), (high, most) = min(pairs), max(pairs)
        parts.append(
            f"{one.name}: terkuat {most} ({number_text(high)}), terlemah {least} ({number_text(low)})."
        )
    return " ".join(parts)


def _side(at: int, count: int) -> int:
    """1 for spokes on the right, −1 on the left, 0 straight up or down."""
    across = sin(2 * pi * at / count)
    return 0 if abs(across) < _STRAIGHT else 1 if across > 0 else -1


def _point(center: Point, at: int, count: int, share: float) -> Point:
    angle = 2 * pi * at / count
    return center[0] + sin(angle) * _RADIUS * share, center[1] - cos(angle) * _RADIUS * share


def _draw_web(canvas: Canvas, result: Radar, center: Point, ends: Sequence[Point]) -> None:
    ticks = [value for value in nice_ticks(0, result.highest, 5).values if 0 < value < result.highest]
    places = nice_ticks(0, result.highest, 5).places
    for value in [*ticks, result.highest]:
        ring = [_point(center, at, len(ends), value / result.highest) for at in range(len(ends))]
        canvas.path(open_path(ring) + "z", GRID_LINE)
    canvas.path("".join(f"M{center[0]:.1f} {center[1]:.1f}L{x:.1f} {y:.1f}" for x, y in ends), _SPOKE)
    for value in ticks:
        y = center[1] - _RADIUS * value / result.highest
        canvas.text(center[0] - 5, y + 4, decimal_text(value, places), NOTE, END)
    canvas.text(center[0] - 5, ends[0][1] + 12, number_text(result.highest), NOTE, END)


def _draw_names(
    canvas: Canvas,
    blocks: Sequence[tuple[str, ...]],
    sides: list[int],
    ends: Sequence[Point],
    room: tuple[float, float],
) -> None:
    """Names beside their spokes; those of one side are moved apart as far as their lines need."""
    for at, lines in enumerate(blocks):
        if sides[at] == 0:
            top = (
                ends[at][1] - _LABEL_GAP + 4 - len(lines) * SMALL.leading
                if at == 0
                else ends[at][1] + _LABEL_GAP - 4
            )
            canvas.lines(ends[at][0], top, lines, SMALL, MIDDLE)
    for side, anchor in ((1, START), (-1, END)):
        own = [at for at in range(len(blocks)) if sides[at] == side]
        sizes = [len(blocks[at]) * SMALL.leading + 4 for at in own]
        places = spread([ends[at][1] for at in own], sizes, room[0], room[1])
        x = canvas.width / 2 + side * (_RADIUS + _LABEL_GAP + 4)
        for at, size, middle in zip(own, sizes, places, strict=True):
            canvas.lines(x, middle - size / 2 + 1, blocks[at], SMALL, anchor)
            canvas.line(ends[at][0], ends[at][1], x - side * 4, middle, GRID_LINE)


def _draw_series(canvas: Canvas, result: Radar, center: Point) -> None:
    for one, look in zip(result.series, SERIES, strict=False):
        points = [
            _point(center, at, len(one.values), (value or 0) / result.highest)
            for at, value in enumerate(one.values)
        ]
        canvas.path(open_path(points) + "z", line_style(look.color, 2, look.dash))
        for x, y in points:
            draw_marker(canvas, look.marker, x, y, look.color)
