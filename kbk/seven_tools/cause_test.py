"""Uji penyebab: each root cause held against a standard at the workplace, so that data choose the dominant ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.drawing.grid import Column, Row, draw_grid, plan_grid
from kbk.seven_tools.drawing.look import WIDE
from kbk.seven_tools.parsing import CELL_LENGTH, Reader

MOST_ROWS = 30

_KEYS = ("cause", "standard", "method", "actual")
_HEADINGS = ("Akar masalah", "Standar", "Cara menguji", "Kenyataan", "Kesimpulan")


class Verdict(Enum):
    """What the test showed; the value is the word in the input."""

    DOMINANT = "dominant"
    PROVEN = "proven"
    NOT_PROVEN = "not-proven"
    OPEN = "open"

    @property
    def words(self) -> str:
        return {
            "dominant": "Terbukti, dominan",
            "proven": "Terbukti",
            "not-proven": "Tidak terbukti",
            "open": "Belum diuji",
        }[self.value]


@dataclass(frozen=True, slots=True)
class TestedCause:
    """A root cause with the standard, how it was checked, what was found, and the verdict."""

    cause: str
    standard: str
    method: str
    actual: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class CauseTest:
    """All tested causes in the order typed."""

    caption: Caption
    causes: tuple[TestedCause, ...]

    @property
    def dominant(self) -> tuple[str, ...]:
        return tuple(one.cause for one in self.causes if one.verdict is Verdict.DOMINANT)

    def to_json(self) -> dict[str, object]:
        rows = [
            {key: getattr(one, key) for key in _KEYS} | {"verdict": one.verdict.value} for one in self.causes
        ]
        return {"rows": rows, "dominant": list(self.dominant)}


def parse(data: Mapping[str, object]) -> CauseTest:
    """Read `rows`: [{"cause", "standard", "method", "actual", "verdict"}].

    verdict is dominant, proven, not-proven, or open; only open rows may lack `actual`. Raises ToolInputError.
    """
    reader = Reader(data).fields("rows", *CAPTION_FIELDS)
    rows = [row.fields(*_KEYS, "verdict") for row in reader.at("rows").rows(1, MOST_ROWS)]
    return CauseTest(parse_caption(reader, "Uji penyebab"), tuple(map(_tested, rows)))


def _tested(row: Reader) -> TestedCause:
    verdict = Verdict(row.at("verdict").choice([one.value for one in Verdict]))
    cause, standard, method = (row.at(key).text(CELL_LENGTH) for key in _KEYS[:3])
    actual = "" if verdict is Verdict.OPEN and not row.has("actual") else row.at("actual").text(CELL_LENGTH)
    return TestedCause(cause, standard, method, actual, verdict)


def notes(result: CauseTest) -> list[str]:
    """What the table of tested causes says, in sentences."""
    tested = sum(one.verdict is not Verdict.OPEN for one in result.causes)
    return [f"Diuji {tested} dari {len(result.causes)} akar masalah; dominan: {len(result.dominant)}."]


def _rows(result: CauseTest) -> list[Row]:
    return [
        Row(
            (one.cause, one.standard, one.method, one.actual, one.verdict.words),
            strong=one.verdict is Verdict.DOMINANT,
        )
        for one in result.causes
    ]


def table(result: CauseTest) -> DataTable:
    """The data of the table of tested causes as rows, for readers who do not see the drawing."""
    columns = [(heading, False) for heading in _HEADINGS]
    return data_table(result.caption.title, columns, [row.cells for row in _rows(result)])


def draw(result: CauseTest) -> str:
    """The table of tested causes as SVG text."""
    grid = plan_grid([Column(heading) for heading in _HEADINGS], _rows(result), WIDE)
    canvas, y = open_frame(result.caption, grid.width)
    bottom = draw_grid(canvas, y, grid)[-1]
    lines = notes(result)
    return close_frame(canvas, bottom + 2, result.caption, lines, " ".join(lines))
