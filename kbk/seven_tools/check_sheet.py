"""Lembar periksa: how often each thing happened in each period, with totals that agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, optional_text, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.canvas import Canvas
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.drawing.grid import Column, Grid, Row, draw_grid, plan_grid
from kbk.seven_tools.drawing.look import INDIGO, line_style
from kbk.seven_tools.numerals import number_text
from kbk.seven_tools.parsing import Reader, check_same_length, check_unlike

MOST_ITEMS = 40
MOST_PERIODS = 31

_TALLY_LIMIT = 10
_TALLY_GAP = 3.2
_TALLY_HEIGHT = 11.0
_TALLY_FIVE = 21.0
_TALLY = line_style(INDIGO, 1.3)
_TALLY_ROOM = 34.0
_NUMBER_ROOM = 18.0
_MOST_TALLIED_PERIODS = 8
_CONTEXT = ("who", "where", "when", "method")
_CONTEXT_WORDS = {"who": "Petugas", "where": "Tempat", "when": "Waktu", "method": "Cara"}


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """counts[i][j] belongs to item i and period j; `context` says who counted, where, when and how."""

    caption: Caption
    item_label: str
    items: tuple[str, ...]
    periods: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    context: tuple[tuple[str, str], ...]

    @property
    def row_totals(self) -> tuple[int, ...]:
        return tuple(map(sum, self.counts))

    @property
    def column_totals(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(*self.counts, strict=True)))

    @property
    def grand_total(self) -> int:
        return sum(self.row_totals)

    def to_json(self) -> dict[str, object]:
        return {
            "items": list(self.items),
            "periods": list(self.periods),
            "row_totals": list(self.row_totals),
            "column_totals": list(self.column_totals),
            "grand_total": self.grand_total,
        }


def parse(data: Mapping[str, object]) -> CheckSheet:
    """Read `items`, `periods` and `counts` (one row per item, one whole number of at least 0 per period).

    Totals given as `row_totals`, `column_totals`, `grand_total` are checked against the counts. Also `item_label`,
    `who`, `where`, `when`, `method` and the caption. Raises ToolInputError.
    """
    totals = ("row_totals", "column_totals", "grand_total")
    reader = Reader(data).fields(
        "items", "periods", "counts", *totals, "item_label", *_CONTEXT, *CAPTION_FIELDS
    )
    items, periods = _names(reader.at("items"), MOST_ITEMS), _names(reader.at("periods"), MOST_PERIODS)
    at_counts = reader.at("counts")
    rows = at_counts.rows(1, MOST_ITEMS)
    check_same_length(at_counts, len(rows), "items", len(items))
    counts = []
    for row in rows:
        counts.append(tuple(row.integers(1, MOST_PERIODS)))
        check_same_length(row, len(counts[-1]), "periods", len(periods))
    sheet = CheckSheet(
        caption=parse_caption(reader, "Lembar periksa"),
        item_label=optional_text(reader, "item_label", "Jenis"),
        items=items,
        periods=periods,
        counts=tuple(counts),
        context=tuple((key, reader.at(key).text()) for key in _CONTEXT if reader.has(key)),
    )
    _check_totals(reader, sheet)
    return sheet


def _names(reader: Reader, most: int) -> tuple[str, ...]:
    rows = reader.rows(1, most)
    names = [row.text() for row in rows]
    check_unlike(rows, names)
    return tuple(names)


def _check_totals(reader: Reader, sheet: CheckSheet) -> None:
    for key, wanted in (("row_totals", sheet.row_totals), ("column_totals", sheet.column_totals)):
        if reader.has(key):
            given = reader.at(key).rows()
            check_same_length(reader.at(key), len(given), "counts", len(wanted))
            for row, total in zip(given, wanted, strict=True):
                _check_total(row, total)
    if reader.has("grand_total"):
        _check_total(reader.at("grand_total"), sheet.grand_total)


def _check_total(reader: Reader, wanted: int) -> None:
    given = reader.integer()
    if given != wanted:
        reader.fail(f"adalah {number_text(given)}, padahal jumlah hitungannya {number_text(wanted)}")


def notes(result: CheckSheet) -> list[str]:
    """What the check sheet says, in sentences."""
    lines = [f"Jumlah seluruhnya {number_text(result.grand_total)}."]
    if result.grand_total:
        most = max(range(len(result.items)), key=result.row_totals.__getitem__)
        lines[0] = (
            lines[0][:-1] + f"; terbanyak {result.items[most]} ({number_text(result.row_totals[most])})."
        )
    lines += ["; ".join(f"{_CONTEXT_WORDS[key]}: {words}" for key, words in result.context) + "."] * bool(
        result.context
    )
    return lines


def table(result: CheckSheet) -> DataTable:
    """The data of the check sheet as rows, for readers who do not see the drawing."""
    columns = [(result.item_label, False), *((period, True) for period in result.periods), ("Jumlah", True)]
    return data_table(result.caption.title, columns, [row.cells for row in _rows(result)])


def _rows(result: CheckSheet) -> list[Row]:
    rows = [
        Row((item, *map(number_text, counts), number_text(total)))
        for item, counts, total in zip(result.items, result.counts, result.row_totals, strict=True)
    ]
    totals = (*map(number_text, result.column_totals), number_text(result.grand_total))
    return [*rows, Row(("Jumlah", *totals), strong=True)]


def draw(result: CheckSheet) -> str:
    """A table; where all counts are small each cell also shows tally marks, as on the paper form."""
    most = max(max(row) for row in result.counts)
    tallied = 0 < most <= _TALLY_LIMIT and len(result.periods) <= _MOST_TALLIED_PERIODS
    least = ceil(most / 5) * _TALLY_FIVE + _TALLY_ROOM if tallied else 0
    columns = [Column(result.item_label), *(Column(period, True, least) for period in result.periods)]
    grid = plan_grid([*columns, Column("Jumlah", True)], _rows(result))
    canvas, y = open_frame(result.caption, grid.width)
    edges = draw_grid(canvas, y, grid)
    if tallied:
        _draw_tallies(canvas, result, grid, edges)
    lines = notes(result)
    return close_frame(canvas, edges[-1] + 2, result.caption, lines, " ".join(lines))


def _draw_tallies(canvas: Canvas, result: CheckSheet, grid: Grid, edges: tuple[float, ...]) -> None:
    strokes = []
    for at, counts in enumerate(result.counts):
        for period, count in enumerate(counts, 1):
            left = grid.edges[period + 1] - grid.pad - _NUMBER_ROOM - ceil(count / 5) * _TALLY_FIVE
            strokes.append(f"M{left:.1f} {edges[at] + 5:.1f}{_tally(count)}")
    canvas.path("".join(strokes), _TALLY)


@cache
def _tally(count: int) -> str:
    """Path data of `count` strokes from the current point on, every fifth laid across the four before it."""
    stroke = f"v{_TALLY_HEIGHT:g}m{_TALLY_GAP:g}-{_TALLY_HEIGHT:g}"
    four, down = 4 * _TALLY_GAP, _TALLY_HEIGHT - 1
    slash = f"m{-2 - four:.1f} {down:g}l{four + 1:.1f} {1 - down:g}m{_TALLY_FIVE - four + 1:.1f}-1"
    return "".join([slash if number % 5 == 4 else stroke for number in range(count)])
