"""Histogram: how measured values are spread, against specification limits when there are any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log2, log10

from kbk.seven_tools.arithmetic import exact, mean, median, normal_cdf, sample_sd
from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, optional_text, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.axes import Plot, axis_room, axis_title, base_axis, value_axis
from kbk.seven_tools.drawing.canvas import MIDDLE, Canvas, bar_path
from kbk.seven_tools.drawing.frame import PAD, close_frame, open_frame
from kbk.seven_tools.drawing.look import (
    BAR_SOFT,
    INDIGO,
    SIGNAL,
    SMALL,
    SMALL_STRONG,
    line_style,
)
from kbk.seven_tools.drawing.scales import Scale, nice_ticks, spread
from kbk.seven_tools.drawing.text import text_width
from kbk.seven_tools.numerals import decimal_text, number_text, percent_text, places_for
from kbk.seven_tools.parsing import Reader, check_spread

MOST_VALUES = 20_000
MOST_CLASSES = 60
ADVISED_VALUES = 30

_PLOT_HEIGHT = 240.0
_CURVE_STEPS = 60
_NEAR_EDGE = 1e-6
_CURVE = line_style("#b07a3e", 2)
_MEAN_LINE = line_style(INDIGO, 1.8, "2 3")
_SPEC_LINE = line_style(SIGNAL, 1.4, "6 4")


@dataclass(frozen=True, slots=True)
class Specification:
    """Limits the values should keep, either of which may be missing, and how well they do.

    `below` and `above` count values beyond a limit; a value on a limit keeps it. `pp` and `ppk` are the performance
    indices with the overall standard deviation: (U − L)/6s and the smaller of (U − mean)/3s, (mean − L)/3s.
    """

    lower: float | None
    upper: float | None
    below: int
    above: int
    pp: float | None
    ppk: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Class i holds values from edges[i] up to, not including, edges[i + 1]; the last class includes its right edge."""

    caption: Caption
    unit: str
    values: tuple[float, ...]
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    mean: float
    sd: float
    median: float
    specification: Specification | None
    normal_curve: bool

    def to_json(self) -> dict[str, object]:
        found: dict[str, object] = {
            "n": len(self.values),
            "edges": list(self.edges),
            "counts": list(self.counts),
            "mean": self.mean,
            "sd": self.sd,
            "median": self.median,
        }
        spec = self.specification
        if spec is not None:
            found |= {
                "below_lower_spec": spec.below,
                "above_upper_spec": spec.above,
                "pp": spec.pp,
                "ppk": spec.ppk,
            }
        return found


def parse(data: Mapping[str, object]) -> Histogram:
    """Read `values` (2 to 20,000 numbers that are not all equal) and `classes`.

    `classes` is null for Sturges' rule ceil(log2 n + 1) (Sturges 1926), a number of classes, or a list of edges.
    Also `lower_spec`, `upper_spec`, `normal_curve`, `unit`, and the caption. Raises ToolInputError.
    """
    known = ("values", "classes", "lower_spec", "upper_spec", "normal_curve", "unit", *CAPTION_FIELDS)
    reader = Reader(data).fields(*known)
    at_values = reader.at("values")
    values = at_values.numbers(2, MOST_VALUES)
    if min(values) == max(values):
        at_values.fail(
            f"semuanya sama ({number_text(values[0])}) sehingga kelas histogram tidak dapat dibentuk"
        )
    check_spread(at_values, values)
    edges, counts = _classes(reader, values)
    average, sd = mean(values), sample_sd(values)
    return Histogram(
        caption=parse_caption(reader, "Histogram"),
        unit=optional_text(reader, "unit", "Nilai"),
        values=tuple(values),
        edges=tuple(edges),
        counts=tuple(counts),
        mean=average,
        sd=sd,
        median=median(values),
        specification=_specification(reader, values, average, sd),
        normal_curve=reader.at("normal_curve").flag() if reader.has("normal_curve") else False,
    )


def _classes(reader: Reader, values: Sequence[float]) -> tuple[list[float], list[int]]:
    if reader.has("classes") and isinstance(reader.at("classes").value, list | tuple):
        edges = _given_edges(reader.at("classes"), values)
        counts = [0] * (len(edges) - 1)
        for value in values:
            counts[min(sum(edge <= value for edge in edges) - 1, len(counts) - 1)] += 1
        return edges, counts
    number = sturges(len(values))
    if reader.has("classes"):
        number = reader.at("classes").integer(1, MOST_CLASSES)
    return equal_classes(values, number)


def _given_edges(reader: Reader, values: Sequence[float]) -> list[float]:
    edges = reader.numbers(2, MOST_CLASSES + 1)
    if any(left >= right for left, right in pairwise(edges)):
        reader.fail("harus naik dari kecil ke besar")
    if edges[0] > min(values) or edges[-1] < max(values):
        reader.fail("tidak mencakup semua nilai")
    return edges


def sturges(n: int) -> int:
    """Number of classes for n values: ceil(log2 n + 1)."""
    return ceil(log2(n) + 1)


def equal_classes(values: Sequence[float], number: int) -> tuple[list[float], list[int]]:
    """Edges and counts of `number` classes of equal width from the smallest value to the largest.

    A value whose class cannot be told safely in binary is placed by the decimal number that was typed.
    """
    low, high = min(values), max(values)
    exact_low, exact_span = exact(low), exact(high) - exact(low)
    edges = [float(exact_low + exact_span * index / number) for index in range(number + 1)]
    counts = [0] * number
    factor = number / (high - low)
    for value in values:
        position = (value - low) * factor
        if abs(position - round(position)) < _NEAR_EDGE:
            position = floor((exact(value) - exact_low) * number / exact_span)
        counts[min(int(position), number - 1)] += 1
    return edges, counts


def _specification(
    reader: Reader, values: Sequence[float], average: float, sd: float
) -> Specification | None:
    lower = reader.at("lower_spec").number() if reader.has("lower_spec") else None
    upper = reader.at("upper_spec").number() if reader.has("upper_spec") else None
    if lower is None and upper is None:
        return None
    if lower is not None and upper is not None and lower >= upper:
        reader.at("upper_spec").fail('harus lebih besar dari "lower_spec"')
    rooms = [] if lower is None else [(average - lower) / (3 * sd)]
    rooms += [] if upper is None else [(upper - average) / (3 * sd)]
    return Specification(
        lower=lower,
        upper=upper,
        below=0 if lower is None else sum(value < lower for value in values),
        above=0 if upper is None else sum(value > upper for value in values),
        pp=None if lower is None or upper is None else (upper - lower) / (6 * sd),
        ppk=min(rooms),
    )


def notes(result: Histogram) -> list[str]:
    """What the histogram says, in sentences."""
    n, spec = len(result.values), result.specification
    size = number_text(n)
    center = f"rata-rata {_like_sd(result, result.mean)}; median {_like_sd(result, result.median)}"
    lines = [f"n = {size}; {center}; simpangan baku {number_text(result.sd, 4)}."]
    if spec is not None:
        out = spec.below + spec.above
        capability = f"Ppk = {number_text(round(spec.ppk, 2))}"
        lines.append(
            f"Di luar batas spesifikasi: {number_text(out)} dari {size} ({percent_text(out * 100 / n)}); {capability}."
        )
    if n < ADVISED_VALUES:
        lines.append(
            f"Baru {n} nilai; sebaiknya paling sedikit {ADVISED_VALUES} agar bentuk sebarannya terlihat."
        )
    return lines


def _like_sd(result: Histogram, value: float) -> str:
    """A value as precise as the spread of the data calls for."""
    return decimal_text(value, places_for(result.sd))


def table(result: Histogram) -> DataTable:
    """The data of the histogram as rows, for readers who do not see the drawing."""
    n = len(result.values)
    narrowest = min(right - left for left, right in pairwise(result.edges))
    digits = max(7, ceil(log10(max(map(abs, result.edges)) / narrowest)) + 3)
    rows = []
    for index, count in enumerate(result.counts):
        left, right = number_text(result.edges[index], digits), number_text(result.edges[index + 1], digits)
        rows.append((f"{left} sampai {right}", number_text(count), percent_text(count * 100 / n)))
    return data_table(
        result.caption.title,
        [(f"Kelas ({result.unit})", False), ("Banyak nilai", True), ("Persen", True)],
        rows,
    )


def draw(result: Histogram) -> str:
    """The histogram as SVG text."""
    canvas, y = open_frame(result.caption)
    curve = _curve(result) if result.normal_curve else []
    top = max(*result.counts, *(height for _, height in curve), 0)
    ticks = nice_ticks(0, top * 1.04, whole=True)
    across = _horizontal_range(result)
    head = axis_title(canvas, y, "Banyak nilai") + 16
    plot = Plot(PAD + axis_room(ticks), head, canvas.width - PAD - 8, head + _PLOT_HEIGHT)
    x, scale = Scale(*across, plot.left + 6, plot.right - 6), Scale(0, ticks.high, plot.bottom, plot.top)
    value_axis(canvas, plot, scale, ticks)
    _draw_bars(canvas, result, x, scale, plot)
    canvas.polyline([(x(value), scale(height)) for value, height in curve], _CURVE)
    _draw_reference_lines(canvas, result, x, plot)
    wide = nice_ticks(*across, about=8)
    inside = tuple(value for value in wide.values if across[0] <= value <= across[1])
    y = base_axis(canvas, plot, x, type(wide)(inside or wide.values, wide.places), result.unit)
    lines = notes(result)
    return close_frame(canvas, y, result.caption, lines, " ".join(lines))


def _horizontal_range(result: Histogram) -> tuple[float, float]:
    spec = result.specification
    limits = [] if spec is None else [limit for limit in (spec.lower, spec.upper) if limit is not None]
    low, high = min(result.edges[0], *limits, result.mean), max(result.edges[-1], *limits, result.mean)
    return low, high


def _draw_bars(canvas: Canvas, result: Histogram, x: Scale, scale: Scale, plot: Plot) -> None:
    edges = [x(edge) for edge in result.edges]
    room = min(right - left for left, right in pairwise(edges))
    labelled = text_width(number_text(max(result.counts)), SMALL) + 2 <= room and not result.normal_curve
    bars = []
    for (left, right), count in zip(pairwise(edges), result.counts, strict=True):
        top = scale(count)
        bars.append(bar_path(left, top, right - left, plot.bottom - top))
        if labelled and count:
            canvas.text((left + right) / 2, top - 4, number_text(count), SMALL, MIDDLE)
    canvas.path("".join(bars), BAR_SOFT)


def _draw_reference_lines(canvas: Canvas, result: Histogram, x: Scale, plot: Plot) -> None:
    """Mean and limits as lines, their names side by side in the strip above the plot."""
    spec = result.specification
    marks = [(result.mean, f"rata-rata {_like_sd(result, result.mean)}", _MEAN_LINE)]
    if spec is not None and spec.lower is not None:
        marks.append((spec.lower, f"BSB {number_text(spec.lower)}", _SPEC_LINE))
    if spec is not None and spec.upper is not None:
        marks.append((spec.upper, f"BSA {number_text(spec.upper)}", _SPEC_LINE))
    centers = [x(value) for value, _, _ in marks]
    sizes = [text_width(words, SMALL_STRONG) + 12 for _, words, _ in marks]
    strip = plot.top - 8
    for center, placed, (_, words, style) in zip(
        centers, spread(centers, sizes, plot.left - 20, canvas.width - 2), marks, strict=True
    ):
        canvas.text(placed, strip - 4, words, SMALL_STRONG, MIDDLE)
        canvas.path(f"M{placed:.1f} {strip:.1f}L{center:.1f} {plot.top:.1f}V{plot.bottom:.1f}", style)


def _curve(result: Histogram) -> list[tuple[float, float]]:
    """Expected counts of a normal distribution with the same mean and sd, in classes of the mean width."""
    low, high = result.edges[0], result.edges[-1]
    width = (high - low) / len(result.counts)
    points = []
    for step in range(_CURVE_STEPS + 1):
        value = low + (high - low) * step / _CURVE_STEPS
        share = normal_cdf((value + width / 2 - result.mean) / result.sd)
        share -= normal_cdf((value - width / 2 - result.mean) / result.sd)
        points.append((value, share * len(result.values)))
    return points
