"""Tables as drawings: columns that share the width by what they hold, rows as high as their longest cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from kbk.seven_tools.drawing.canvas import END, Canvas
from kbk.seven_tools.drawing.frame import PAD
from kbk.seven_tools.drawing.look import (
    AXIS_LINE,
    BAND,
    BAR,
    GRID_LINE,
    LABEL,
    ON_DARK,
    SMALL,
    SMALL_STRONG,
    STRONG,
    WIDTH,
    Face,
)
from kbk.seven_tools.drawing.text import longest_word, text_width, wrap

_WIDE_PAD, _NARROW_PAD = 6.0, 3.0
_ROW_PAD = 4.0
_FEW_COLUMNS, _MANY_COLUMNS = 6, 12
_FAIR_WORD = 90.0
_ROUNDING = 0.1


@dataclass(frozen=True, slots=True)
class Column:
    """Heading, alignment and the least width a column needs for something drawn into it."""

    heading: str
    numeric: bool = False
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row; a strong row (totals, the chosen one) is set bold on a shade."""

    cells: tuple[str, ...]
    strong: bool = False
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its width and the edges of its columns settled; `pad` is the room left and right in a cell.

    `numbers` are the columns of numbers (by index), set to the right; `texts` are set to the left and wrapped.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    width: float
    edges: tuple[float, ...]
    pad: float
    face: Face
    strong_face: Face
    numbers: tuple[int, ...]
    texts: tuple[int, ...]

    def room(self, index: int) -> float:
        return self.edges[index + 1] - self.edges[index] - 2 * self.pad

    def face_of(self, row: Row) -> Face:
        """How the texts of a row are set."""
        return self.strong_face if row.strong else self.face


def plan_grid(columns: Sequence[Column], rows: Sequence[Row], width: float = WIDTH) -> Grid:
    """Settle the widths: numbers are never broken, and a column of texts gets room for a fair word at least.

    The sheet grows beyond `width` when even that does not fit.
    """
    face, strong = (LABEL, STRONG) if len(columns) <= _FEW_COLUMNS else (SMALL, SMALL_STRONG)
    pad = _WIDE_PAD if len(columns) <= _MANY_COLUMNS else _NARROW_PAD
    least, natural = [], []
    for column, cells in zip(columns, zip(*(row.cells for row in rows), strict=True), strict=True):
        widest = text_width(max(cells, key=len, default=""), strong)
        word = widest if column.numeric else min(widest, _FAIR_WORD)
        heading = min(longest_word(column.heading, ON_DARK), _FAIR_WORD)
        least.append(max(word, heading, column.least - 2 * pad) + 2 * pad + _ROUNDING)
        natural.append(max(widest + 2 * pad, least[-1]))
    width = max(width, sum(least) + 2 * PAD)
    edges = [PAD]
    for part in _shared(width - 2 * PAD, least, natural):
        edges.append(edges[-1] + part)
    numbers, texts = (
        tuple([index for index, column in enumerate(columns) if column.numeric is numeric])
        for numeric in (True, False)
    )
    return Grid(tuple(columns), tuple(rows), width, tuple(edges), pad, face, strong, numbers, texts)


def _shared(room: float, least: list[float], natural: list[float]) -> list[float]:
    """Each column's least width and a part of the spare room, the larger the more its texts would like."""
    spare = room - sum(least)
    wishes = [(whole - part) ** 0.75 for whole, part in zip(natural, least, strict=True)]
    if not any(wishes):
        wishes = [1.0] * len(least)
    total = sum(wishes)
    return [part + spare * wish / total for part, wish in zip(least, wishes, strict=True)]


def draw_grid(canvas: Canvas, y: float, grid: Grid) -> tuple[float, ...]:
    """The table from y down; returns the edges of its rows, the heading left out."""
    y = _draw_heading(canvas, y, grid)
    edges, numbers = [y], grid.numbers
    ends = [round(grid.edges[index + 1] - grid.pad) for index in numbers]
    for row in grid.rows:
        height = _draw_row(canvas, y, row, grid)
        face = grid.face_of(row)
        canvas.level(ends, [row.cells[index] for index in numbers], y + _ROW_PAD + face.size, face, END)
        y += height
        edges.append(y)
    lines = "".join([f"M{PAD:.1f} {edge:.1f}H{grid.edges[-1]:.1f}" for edge in edges[1:-1]])
    canvas.path(lines, GRID_LINE)
    canvas.line(PAD, y, grid.edges[-1], y, AXIS_LINE)
    return tuple(edges)


def _draw_heading(canvas: Canvas, y: float, grid: Grid) -> float:
    wrapped = [wrap(column.heading, grid.room(index), ON_DARK) for index, column in enumerate(grid.columns)]
    height = max(map(len, wrapped)) * ON_DARK.leading + 2 * _ROW_PAD
    canvas.rect(PAD, y, grid.edges[-1] - PAD, height, BAR)
    for index, lines in enumerate(wrapped):
        if grid.columns[index].numeric:
            canvas.lines(grid.edges[index + 1] - grid.pad, y + _ROW_PAD, lines, ON_DARK, END)
        else:
            canvas.lines(grid.edges[index] + grid.pad, y + _ROW_PAD, lines, ON_DARK)
    return y + height


def _draw_row(canvas: Canvas, y: float, row: Row, grid: Grid) -> float:
    """The shade and the texts of a row; returns its height."""
    face = grid.face_of(row)
    wrapped = [(index, wrap(row.cells[index], grid.room(index), face)) for index in grid.texts]
    deepest = max([len(lines) for _, lines in wrapped], default=1)
    height = max(deepest * face.leading + 2 * _ROW_PAD, row.least)
    if row.strong:
        canvas.rect(PAD, y, grid.edges[-1] - PAD, height, BAND)
    for index, lines in wrapped:
        if lines[0]:
            canvas.lines(grid.edges[index] + grid.pad, y + _ROW_PAD, lines, face)
    return height
