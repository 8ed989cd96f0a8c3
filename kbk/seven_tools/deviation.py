"""Tabel penyimpangan: what was aimed at, what was reached, and how far apart the two are."""

from collections.abc import Mapping
from dataclasses import dataclass

from kbk.seven_tools.arithmetic import exact
from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, optional_text, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.drawing.grid import Column, Row, draw_grid, plan_grid
from kbk.seven_tools.numerals import decimal_text, number_text
from kbk.seven_tools.parsing import CELL_LENGTH, Reader

MOST_ROWS = 40

_HEADINGS = ("Indikator", "Satuan", "Target", "Capaian", "Konversi (%)", "Penyimpangan (%)", "Urutan")


@dataclass(frozen=True, slots=True)
class Indicator:
    """conversion = achieved / target × 100; deviation = 100 − conversion, below 0 where the target was passed."""

    name: str
    unit: str
    target: float
    achieved: float
    conversion: float
    deviation: float
    rank: int


@dataclass(frozen=True, slots=True)
class DeviationTable:
    """Indicators in the order of input; rank 1 has the largest deviation, equal deviations share a rank."""

    caption: Caption
    indicators: tuple[Indicator, ...]

    def to_json(self) -> dict[str, object]:
        names = ("name", "unit", "target", "achieved", "conversion", "deviation", "rank")
        return {"rows": [{name: getattr(one, name) for name in names} for one in self.indicators]}


def parse(data: Mapping[str, object]) -> DeviationTable:
    """Read `rows`: [{"name", "target", "achieved", "unit"}], target above 0, achieved 0 or more.

    Raises ToolInputError.
    """
    reader = Reader(data).fields("rows", *CAPTION_FIELDS)
    rows = [row.fields("name", "target", "achieved", "unit") for row in reader.at("rows").rows(1, MOST_ROWS)]
    pairs = [(row.at("target").positive(), row.at("achieved").number(low=0)) for row in rows]
    conversions = [exact(achieved) * 100 / exact(target) for target, achieved in pairs]
    indicators = tuple(
        Indicator(
            row.at("name").text(CELL_LENGTH),
            optional_text(row, "unit"),
            *pair,
            conversion=float(conversion),
            deviation=float(100 - conversion),
            rank=1 + sum(other < conversion for other in conversions),
        )
        for row, pair, conversion in zip(rows, pairs, conversions, strict=True)
    )
    return DeviationTable(parse_caption(reader, "Target, capaian, dan penyimpangan"), indicators)


def notes(result: DeviationTable) -> list[str]:
    """What the deviation table says, in sentences."""
    worst = min(result.indicators, key=lambda one: one.rank)
    lines = [f"Penyimpangan terbesar: {worst.name} ({decimal_text(worst.deviation, 2)}%)."]
    if any(one.deviation < 0 for one in result.indicators):
        lines.append("Penyimpangan negatif berarti capaian melampaui target.")
    return lines


def _rows(result: DeviationTable) -> list[Row]:
    return [
        Row(
            (
                one.name,
                one.unit,
                number_text(one.target),
                number_text(one.achieved),
                decimal_text(one.conversion, 2),
                decimal_text(one.deviation, 2),
                str(one.rank),
            ),
            strong=one.rank == 1,
        )
        for one in result.indicators
    ]


def table(result: DeviationTable) -> DataTable:
    """The data of the deviation table as rows, for readers who do not see the drawing."""
    columns = [(heading, at > 1) for at, heading in enumerate(_HEADINGS)]
    return data_table(result.caption.title, columns, [row.cells for row in _rows(result)])


def draw(result: DeviationTable) -> str:
    """The deviation table as SVG text."""
    grid = plan_grid([Column(heading, at > 1) for at, heading in enumerate(_HEADINGS)], _rows(result))
    canvas, y = open_frame(result.caption, grid.width)
    bottom = draw_grid(canvas, y, grid)[-1]
    lines = notes(result)
    return close_frame(canvas, bottom + 2, result.caption, lines, " ".join(lines))
