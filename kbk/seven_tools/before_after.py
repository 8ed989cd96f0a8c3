"""Perbandingan sebelum dan sesudah: what the improvement changed, measure by measure, in percent."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, optional_text, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.canvas import Canvas
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.drawing.grid import Column, Row, draw_grid, plan_grid
from kbk.seven_tools.drawing.legend import bar_symbol, draw_legend
from kbk.seven_tools.drawing.look import AXIS_LINE, BAR, SOGAN, shape_style, stripes
from kbk.seven_tools.drawing.scales import Scale
from kbk.seven_tools.numerals import number_text, signed_text
from kbk.seven_tools.parsing import Reader, check_unlike

MOST_ROWS = 30

_BAR_ROOM = 150.0
_ROW_HEIGHT = 34.0
_BAR_HEIGHT = 10.0
_BEFORE = shape_style("#e3cba6", SOGAN)
_STRIPES = stripes(SOGAN, _BAR_HEIGHT)
_HEADINGS = ("Ukuran", "Satuan", "Sebelum", "Sesudah", "Perubahan")


class Better(Enum):
    """Which way is good; the value is the word in the input."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class Measure:
    """`change_percent` = (after − before) / |before| × 100; None when before is 0, as no percentage exists then."""

    name: str
    unit: str
    before: float
    after: float
    better: Better

    @property
    def change_percent(self) -> float | None:
        return (self.after - self.before) * 100 / abs(self.before) if self.before else None

    @property
    def improved(self) -> bool:
        return self.after < self.before if self.better is Better.LOWER else self.after > self.before

    @property
    def words(self) -> str:
        """Percentage and verdict, `−73,3% membaik`."""
        if self.after == self.before:
            return "0% tetap"
        verdict = "membaik" if self.improved else "memburuk"
        if self.change_percent is None:
            return f"dari 0 {verdict}"
        return f"{signed_text(self.change_percent, 1)}% {verdict}"


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Indicators measured before and after, with their change in percent."""

    caption: Caption
    measures: tuple[Measure, ...]

    def to_json(self) -> dict[str, object]:
        names = ("name", "unit", "before", "after", "change_percent", "improved")
        return {"rows": [{name: getattr(one, name) for name in names} for one in self.measures]}


def parse(data: Mapping[str, object]) -> BeforeAfter:
    """Read `rows`: [{"name", "before", "after", "better": "lower" | "higher", "unit"}]. Raises ToolInputError."""
    reader = Reader(data).fields("rows", *CAPTION_FIELDS)
    rows = [
        row.fields("name", "before", "after", "better", "unit")
        for row in reader.at("rows").rows(1, MOST_ROWS)
    ]
    measures = tuple(
        Measure(
            name=row.at("name").text(),
            unit=optional_text(row, "unit"),
            before=row.at("before").number(),
            after=row.at("after").number(),
            better=Better(row.at("better").choice([one.value for one in Better])),
        )
        for row in rows
    )
    check_unlike(rows, [measure.name for measure in measures])
    return BeforeAfter(parse_caption(reader, "Perbandingan sebelum dan sesudah"), measures)


def notes(result: BeforeAfter) -> list[str]:
    """What the before/after table says, in sentences."""
    improved = sum(one.improved for one in result.measures)
    return [f"{improved} dari {len(result.measures)} ukuran membaik."]


def _cells(one: Measure) -> tuple[str, ...]:
    return (one.name, one.unit, number_text(one.before), number_text(one.after), one.words)


def table(result: BeforeAfter) -> DataTable:
    """The data of the before/after table as rows, for readers who do not see the drawing."""
    columns = [(heading, at in (2, 3)) for at, heading in enumerate(_HEADINGS)]
    return data_table(result.caption.title, columns, [_cells(one) for one in result.measures])


def draw(result: BeforeAfter) -> str:
    """A table whose last column holds a pair of bars per measure; each pair has its own scale, as units differ."""
    columns = [Column(heading, at in (2, 3)) for at, heading in enumerate(_HEADINGS)]
    rows = [Row((*_cells(one), ""), least=_ROW_HEIGHT) for one in result.measures]
    grid = plan_grid([*columns, Column("Gambar", least=_BAR_ROOM)], rows)
    canvas, y = open_frame(result.caption, grid.width)
    edges = draw_grid(canvas, y, grid)
    for one, (top, bottom) in zip(result.measures, pairwise(edges), strict=True):
        _draw_pair(canvas, one, grid.edges[-2] + grid.pad, grid.edges[-1] - grid.pad, (top + bottom) / 2)
    y = draw_legend(
        canvas,
        edges[-1] + 8,
        [(bar_symbol(_BEFORE, SOGAN, lying=True), "Sebelum"), (bar_symbol(BAR), "Sesudah")],
    )
    lines = notes(result)
    return close_frame(canvas, y, result.caption, lines, " ".join(lines))


def _draw_pair(canvas: Canvas, one: Measure, left: float, right: float, middle: float) -> None:
    low, high = min(0, one.before, one.after), max(0, one.before, one.after)
    x = Scale(low, high if high > low else 1, left, right)
    for value, top, style in ((one.before, middle - _BAR_HEIGHT - 1, _BEFORE), (one.after, middle + 1, BAR)):
        start, end = sorted((x(0), x(value)))
        canvas.rect(start, top, end - start, _BAR_HEIGHT, style)
        if style is _BEFORE:
            canvas.line(start, top + _BAR_HEIGHT / 2, end, top + _BAR_HEIGHT / 2, _STRIPES)
    canvas.line(x(0), middle - 13, x(0), middle + 13, AXIS_LINE)
