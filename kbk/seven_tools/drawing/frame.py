"""Opens a drawing with its title and closes it with notes and the source of the data."""

from collections.abc import Sequence

from kbk.seven_tools.caption import Caption
from kbk.seven_tools.drawing.canvas import Canvas
from kbk.seven_tools.drawing.look import LABEL, NOTE, TITLE, WIDTH

PAD = 12.0


def open_frame(caption: Caption, width: float = WIDTH) -> tuple[Canvas, float]:
    """A canvas with the title on it, and the y at which the drawing itself may begin."""
    canvas = Canvas(width)
    room = width - 2 * PAD
    y = canvas.paragraph(PAD, PAD - 2, caption.title, room, TITLE)
    if caption.subtitle:
        y = canvas.paragraph(PAD, y + 1, caption.subtitle, room, LABEL)
    return canvas, y + 8


def close_frame(canvas: Canvas, y: float, caption: Caption, notes: Sequence[str], description: str) -> str:
    """The finished SVG: notes and source below y, the description for readers who do not see it."""
    room = canvas.width - 2 * PAD
    lines = [*notes, f"Sumber: {caption.source}"] if caption.source else notes
    y += 4
    for words in lines:
        y = canvas.paragraph(PAD, y, words, room, NOTE) + 1
    return canvas.svg(y + 6, caption.title, description)
