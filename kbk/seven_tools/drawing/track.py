"""Series of values at even distances, written as paths in whole numbers of a unit of their own.

Steps from point to point in whole numbers are shorter and several times quicker to write than decimal coordinates,
which a line of a thousand points needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import sub

from kbk.seven_tools.drawing.canvas import Canvas, Point
from kbk.seven_tools.drawing.look import line_style
from kbk.seven_tools.drawing.scales import Scale

ROUND, SQUARE = "round", "square"

_PER_UNIT = 4


@dataclass(frozen=True, slots=True)
class Track:
    """Value i stands `step` × i fine units right of `first`; heights are fine units from the top of the sheet.

    A fine unit is `unit` drawing units, about a quarter; `step` of them are exactly the distance of two values. Values
    that crowd in less than a unit stand one fine unit apart.
    """

    first: float
    step: int
    unit: float
    scale: Scale

    def every_second(self) -> "Track":
        """The track of values 0, 2, 4 and so on."""
        return Track(self.first, 2 * self.step, self.unit, self.scale)

    def heights(self, values: Iterable[float]) -> list[int]:
        """Where the values stand, each the nearest whole number of fine units from the top."""
        return self.scale.wholes(values, self.unit)

    def point(self, index: int, value: float) -> Point:
        """Where value number `index` stands, in drawing units."""
        return self.first + index * self.step * self.unit, self.scale(value)

    def line(self, heights: Sequence[int], start: int = 0) -> str:
        """Path data of the line through the heights of the values from number `start` on.

        Crowded values are joined by steps, which cannot be told from slopes there and are written twice as fast.
        """
        if self.step == 1:
            return self.ladder(heights, start)
        slopes = tuple(map(sub, heights[1:], heights))
        return f"M{start * self.step} {heights[0]}" + (f"l{self.step} %s" * len(slopes) % slopes or "h0")

    def ladder(self, heights: Sequence[int], start: int = 0) -> str:
        """Path data that keeps each height over its value's whole band and steps where it changes."""
        across, later = f"h{self.step}", tuple(heights[1:])
        return f"M{(start - 0.5) * self.step:g} {heights[0]}{across}" + f"V%d{across}" * len(later) % later

    def dots(self, heights: Sequence[int], chosen: Sequence[int]) -> str:
        """Path data of one dot on each of the `chosen` values (by number, ascending)."""
        xs, ys = [0, *(index * self.step for index in chosen)], [0, *(heights[index] for index in chosen)]
        steps = [0] * (2 * len(chosen))
        steps[::2], steps[1::2] = map(sub, xs[1:], xs), map(sub, ys[1:], ys)
        return "m%s %sh0" * len(chosen) % tuple(steps)

    def draw(
        self, canvas: Canvas, data: str, color: str, width: float, dash: str = "", cap: str = ""
    ) -> None:
        """Path data of this track on the canvas; `width` and `dash` in drawing units, `cap` the shape of dots."""
        dashes = " ".join(f"{float(part) / self.unit:.4g}" for part in dash.split())
        ends = f' stroke-linecap="{cap}"' if cap else ""
        place = f' transform="translate({self.first:.1f}) scale({self.unit:.6g})"'
        canvas.path(data, place + ends + line_style(color, round(width / self.unit, 1), dashes))


def plan_track(first: float, band: float, scale: Scale) -> Track:
    """The track of values `band` apart, the first at `first`."""
    step = round(band * _PER_UNIT) if band > 1 else 1
    return Track(first, step, band / step, scale)
