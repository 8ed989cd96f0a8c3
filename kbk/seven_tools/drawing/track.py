"""Series of values at even distances, written as paths in whole numbers of a unit of their own.

Steps from point to point in whole numbers are shorter and several times quicker to write than decimal coordinates,
which a line of a thousand points needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from operator import sub

from kbk.seven_tools.drawing.canvas import Canvas, Point
from kbk.seven_tools.drawing.look import line_style
from kbk.seven_tools.drawing.scales import Scale

ROUND, SQUARE = "round", "square"

_PER_UNIT = 4


def numerals(most: int) -> tuple[str, ...]:
    """The whole numbers from 0 to `most` at least, each written out once: long paths are put together from them."""
    return _first_numerals(1 << most.bit_length())


@cache
def _first_numerals(amount: int) -> tuple[str, ...]:
    return tuple(map(str, range(amount)))


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

    @property
    def lowest(self) -> int:
        """The largest height that a value of the scale can have."""
        return ceil(max(self.scale.start, self.scale.end) / self.unit)

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
        across, texts = f"h{self.step}", numerals(self.lowest)
        stairs = f"{across}V".join([texts[height] for height in heights])
        return f"M{(start - 0.5) * self.step:g} {stairs}{across}"

    def dots(self, heights: Sequence[int], chosen: Sequence[int]) -> str:
        """Path data of one dot on each of the `chosen` values (by number)."""
        xs, ys = [index * self.step for index in chosen], [heights[index] for index in chosen]
        return dots_path(xs, ys, max(self.lowest, len(heights) * self.step))

    def draw(
        self, canvas: Canvas, data: str, color: str, width: float, dash: str = "", cap: str = ""
    ) -> None:
        """Path data of this track on the canvas; `width` and `dash` in drawing units, `cap` the shape of dots."""
        dashes = " ".join(f"{float(part) / self.unit:.4g}" for part in dash.split())
        ends = f' stroke-linecap="{cap}"' if cap else ""
        place = f' transform="translate({self.first:.1f}) scale({self.unit:.6g})"'
        canvas.path(data, place + ends + line_style(color, round(width / self.unit, 1), dashes))


def dots_path(xs: Sequence[int], ys: Sequence[int], most: int) -> str:
    """Path data of one dot at each place of whole coordinates from 0 to `most`."""
    texts, pieces = numerals(most), ["M", "", " ", "", "h0"] * len(xs)
    pieces[1::5], pieces[3::5] = [texts[x] for x in xs], [texts[y] for y in ys]
    return "".join(pieces)


def plan_track(first: float, band: float, scale: Scale) -> Track:
    """The track of values `band` apart, the first at `first`."""
    step = round(band * _PER_UNIT) if band > 1 else 1
    return Track(first, step, band / step, scale)
