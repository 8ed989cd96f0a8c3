"""Lima mengapa: a problem followed back, question by question, to its root cause."""

from collections.abc import Mapping
from dataclasses import dataclass

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.canvas import Canvas
from kbk.seven_tools.drawing.frame import PAD, close_frame, open_frame
from kbk.seven_tools.drawing.look import (
    BOX,
    BOX_STRONG,
    INDIGO,
    LABEL,
    SMALL_STRONG,
    STRONG,
    Face,
    Style,
    line_style,
)
from kbk.seven_tools.drawing.text import wrap
from kbk.seven_tools.parsing import CELL_LENGTH, Reader

MOST_WHYS = 10

_NAME_ROOM = 96.0
_INDENT = 14.0
_BOX_PAD = 7.0
_STEP = 22.0
_ARROW = line_style(INDIGO, 1.6)


@dataclass(frozen=True, slots=True)
class FiveWhy:
    """The answers in order; the last one is the root cause."""

    caption: Caption
    problem: str
    whys: tuple[str, ...]

    @property
    def root(self) -> str:
        return self.whys[-1]

    def to_json(self) -> dict[str, object]:
        return {"problem": self.problem, "whys": list(self.whys), "root": self.root, "depth": len(self.whys)}


def parse(data: Mapping[str, object]) -> FiveWhy:
    """Read `problem` and `whys`, 1 to 10 answers (five is the custom, the root decides). Raises ToolInputError."""
    reader = Reader(data).fields("problem", "whys", *CAPTION_FIELDS)
    whys = reader.at("whys").texts(1, MOST_WHYS, CELL_LENGTH)
    return FiveWhy(parse_caption(reader, "Lima mengapa"), reader.at("problem").text(CELL_LENGTH), tuple(whys))


def _steps(result: FiveWhy) -> list[tuple[str, str]]:
    names = [f"Mengapa {number}?" for number in range(1, len(result.whys))]
    return list(zip(["Masalah", *names, "Akar masalah"], [result.problem, *result.whys], strict=True))


def table(result: FiveWhy) -> DataTable:
    """The data of the 5-why chain as rows, for readers who do not see the drawing."""
    return data_table(result.caption.title, [("Langkah", False), ("Jawaban", False)], _steps(result))


def draw(result: FiveWhy) -> str:
    """The 5-why chain as SVG text."""
    canvas, y = open_frame(result.caption)
    steps = _steps(result)
    for at, (name, words) in enumerate(steps):
        left = PAD + at * _INDENT
        if at:
            canvas.path(f"M{left + 8:.1f} {y - _STEP:.1f}v{_STEP - 2:.1f}m-4-6l4 6 4-6", _ARROW)
        last = at == len(steps) - 1
        y = _draw_step(canvas, left, y, name, words, BOX_STRONG if last else BOX, STRONG if last else LABEL)
        y += 0 if last else _STEP
    description = f"Dari masalah: {result.problem} sampai akar masalah: {result.root}"
    return close_frame(canvas, y + 4, result.caption, [], description)


def _draw_step(
    canvas: Canvas, left: float, y: float, name: str, words: str, style: Style, face: Face
) -> float:
    width = canvas.width - PAD - left
    lines = wrap(words, width - _NAME_ROOM - 2 * _BOX_PAD, face)
    height = len(lines) * face.leading + 2 * _BOX_PAD
    canvas.rect(left, y, width, height, style, 4)
    canvas.lines(left + _BOX_PAD, y + _BOX_PAD, [name], SMALL_STRONG)
    canvas.lines(left + _NAME_ROOM + _BOX_PAD, y + _BOX_PAD, lines, face)
    return y + height
