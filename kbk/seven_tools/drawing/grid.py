"""Tables as drawings: columns that share the width by what they hold, rows as high as their longest cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from kbk.seven_tools.drawing.canvas import END, START, Canvas
from kbk.seven_tools.drawing.frame import PAD
from kbk.seven_tools.drawing.look import AXIS_LINE, BAND, BAR, GRID_LINE, LABEL, ON_DARK, SMALL, STRONG, Face
from kbk.seven_tools.drawing.text import longest_word, text_width, wrap

CELL_PAD = 6.0
_ROW_PAD = 4.0


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
class Placed:
    """Where columns and rows came to stand: their edges, one more than there are of each."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]


def draw_grid(canvas: Canvas, y: float, columns: Sequence[Column], rows: Sequence[Row]) -> Placed:
    """A table over the whole width from y down; the returned row edges leave out the heading."""
    face = LABEL if len(columns) <= 6 else SMALL
    edges = _column_edges(canvas.width - 2 * PAD, columns, rows, face)
    y = _draw_heading(canvas, y, columns, edges)
    row_edges = [y]
    for row in rows:
        y = _draw_row(canvas, y, row, columns, edges, STRONG if row.strong else face)
        row_edges.append(y)
    canvas.line(PAD, y, canvas.width - PAD, y, AXIS_LINE)
    return Placed(edges, tuple(row_edges))


def _draw_heading(canvas: Canvas, y: float, columns: Sequence[Column], edges: tuple[float, ...]) -> float:
    wrapped = [
        wrap(column.heading, edges[index + 1] - edges[index] - 2 * CELL_PAD, ON_DARK)
        for index, column in enumerate(columns)
    ]
    height = max(map(len, wrapped)) * ON_DARK.leading + 2 * _ROW_PAD
    canvas.rect(edges[0], y, edges[-1] - edges[0], height, BAR)
    for index, column in enumerate(columns):
        x, anchor = _anchor(edges, index, column.numeric)
        canvas.lines(x, y + _ROW_PAD, wrapped[index], ON_DARK, anchor)
    return y + height


def _draw_row(
    canvas: Canvas, y: float, row: Row, columns: Sequence[Column], edges: tuple[float, ...], face: Face
) -> float:
    wrapped = [
        wrap(cell, edges[index + 1] - edges[index] - 2 * CELL_PAD, face)
        for index, cell in enumerate(row.cells)
    ]
    height = max(max(map(len, wrapped)) * face.leading + 2 * _ROW_PAD, row.least)
    if row.strong:
        canvas.rect(edges[0], y, edges[-1] - edges[0], height, BAND)
    for index, lines in enumerate(wrapped):
        if lines != [""]:
            x, anchor = _anchor(edges, index, columns[index].numeric)
            canvas.lines(x, y + _ROW_PAD, lines, face, anchor)
    canvas.line(edges[0], y + height, edges[-1], y + height, GRID_LINE)
    return y + height


def _anchor(edges: tuple[float, ...], index: int, numeric: bool) -> tuple[float, str]:
    return (edges[index + 1] - CELL_PAD, END) if numeric else (edges[index] + CELL_PAD, START)


def _column_edges(
    room: float, columns: Sequence[Column], rows: Sequence[Row], face: Face
) -> tuple[float, ...]:
    """Every column gets its longest word; what is left goes to those whose texts would need more lines."""
    least, natural = [], []
    for index, column in enumerate(columns):
        cells = [row.cells[index] for row in rows]
        longest = max(cells, key=len, default="")
        word = max(
            (
                longest_word(cell, STRONG if row.strong else face)
                for cell, row in zip(cells, rows, strict=True)
            ),
            default=0.0,
        )
        word = max(word, longest_word(column.heading, ON_DARK))
        least.append(max(word + 2 * CELL_PAD, column.least))
        natural.append(max(text_width(longest, STRONG) + 2 * CELL_PAD, least[-1]))
    spare = room - sum(least)
    if spare <= 0:
        widths = [width * room / sum(least) for width in least]
    else:
        wish = [(whole - part) ** 0.75 for whole, part in zip(natural, least, strict=True)]
        total = sum(wish)
        widths = [
            part + (spare * share / total if total else spare / len(least))
            for part, share in zip(least, wish, strict=True)
        ]
    edges = [PAD]
    for width in widths:
        edges.append(edges[-1] + width)
    return tuple(edges)
