"""Matriks prioritas USG: problems ranked by urgency, seriousness and growth."""

from collections.abc import Mapping
from dataclasses import dataclass

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.drawing.grid import Column, Row, draw_grid, plan_grid
from kbk.seven_tools.parsing import CELL_LENGTH, Reader

MOST_PROBLEMS = 40
LOWEST, HIGHEST = 1, 5

_COLUMNS = (
    Column("No."),
    Column("Masalah"),
    Column("U", numeric=True),
    Column("S", numeric=True),
    Column("G", numeric=True),
    Column("Jumlah", numeric=True),
    Column("Peringkat", numeric=True),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Points from 1 to 5 each; equal totals share a rank and the ranks after them are left out (1, 2, 2, 4)."""

    name: str
    urgency: int
    seriousness: int
    growth: int
    rank: int

    @property
    def total(self) -> int:
        return self.urgency + self.seriousness + self.growth


@dataclass(frozen=True, slots=True)
class UsgMatrix:
    """Problems from the highest total to the lowest; equal totals keep their order of input."""

    caption: Caption
    problems: tuple[Problem, ...]

    @property
    def first(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.rank == 1)

    def to_json(self) -> dict[str, object]:
        names = ("name", "urgency", "seriousness", "growth", "total", "rank")
        return {"problems": [{name: getattr(problem, name) for name in names} for problem in self.problems]}


def parse(data: Mapping[str, object]) -> UsgMatrix:
    """Read `problems`: [{"name", "u", "s", "g"}] with points from 1 to 5. Raises ToolInputError."""
    reader = Reader(data).fields("problems", *CAPTION_FIELDS)
    rows = [row.fields("name", "u", "s", "g") for row in reader.at("problems").rows(1, MOST_PROBLEMS)]
    points = [
        (
            row.at("u").integer(LOWEST, HIGHEST),
            row.at("s").integer(LOWEST, HIGHEST),
            row.at("g").integer(LOWEST, HIGHEST),
        )
        for row in rows
    ]
    totals = [sum(three) for three in points]
    problems = [
        Problem(row.at("name").text(CELL_LENGTH), *three, 1 + sum(other > total for other in totals))
        for row, three, total in zip(rows, points, totals, strict=True)
    ]
    caption = parse_caption(reader, "Matriks prioritas masalah (USG)")
    return UsgMatrix(caption, tuple(sorted(problems, key=lambda problem: problem.rank)))


def notes(result: UsgMatrix) -> list[str]:
    """What the USG priority matrix says, in sentences."""
    scale = "U mendesak, S gawat, G berkembang; nilai 1 (rendah) sampai 5 (tinggi)."
    if len(result.first) > 1:
        return [
            f"{len(result.first)} masalah berbagi peringkat pertama; tentukan dengan alasan tertulis.",
            scale,
        ]
    return [f"Prioritas: {result.first[0].name} (jumlah {result.first[0].total} dari 15).", scale]


def _rows(result: UsgMatrix) -> list[Row]:
    rows = []
    for at, one in enumerate(result.problems, 1):
        points = (one.urgency, one.seriousness, one.growth, one.total, one.rank)
        rows.append(Row((str(at), one.name, *map(str, points)), strong=one.rank == 1))
    return rows


def table(result: UsgMatrix) -> DataTable:
    """The data of the USG priority matrix as rows, for readers who do not see the drawing."""
    columns = [("Masalah", False), ("Urgency (mendesak)", True), ("Seriousness (gawat)", True)]
    columns += [("Growth (berkembang)", True), ("Jumlah", True), ("Peringkat", True)]
    return data_table(result.caption.title, columns, [row.cells[1:] for row in _rows(result)])


def draw(result: UsgMatrix) -> str:
    """The USG priority matrix as SVG text."""
    grid = plan_grid(_COLUMNS, _rows(result))
    canvas, y = open_frame(result.caption, grid.width)
    bottom = draw_grid(canvas, y, grid)[-1]
    lines = notes(result)
    return close_frame(canvas, bottom + 2, result.caption, lines, " ".join(lines))
