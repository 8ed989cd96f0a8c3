"""Diagram pencar: do two measured things move together, and is the relation more than chance?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, copysign, fsum, sqrt

from kbk.seven_tools.arithmetic import critical_r, mean, squares_about, t_two_sided_p
from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, optional_text, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.axes import Plot, axis_room, axis_title, base_axis, value_axis
from kbk.seven_tools.drawing.canvas import Canvas
from kbk.seven_tools.drawing.frame import PAD, close_frame, open_frame
from kbk.seven_tools.drawing.look import INDIGO, SOGAN, line_style
from kbk.seven_tools.drawing.scales import Scale, nice_ticks
from kbk.seven_tools.drawing.track import dots_path
from kbk.seven_tools.numerals import decimal_text, number_text, typed_text
from kbk.seven_tools.parsing import Reader, check_same_length, check_spread

MOST_POINTS = 5000
RULE_N = 30
RULE_R = 0.4
ALPHA = 0.05

_PLOT_HEIGHT = 300.0
_INSET = 10.0
_MOST_RINGED = 200
_MOST_DRAWN = 1000
_TENTH = 0.1
_PERFECT = 1e-15
_FIT = line_style(SOGAN, 2)
_RING = line_style(INDIGO, 1)
_STRENGTHS = ((0.8, "sangat kuat"), (0.6, "kuat"), (0.4, "sedang"), (0.2, "lemah"), (0.0, "sangat lemah"))


@dataclass(frozen=True, slots=True)
class Scatter:
    """Pairs with Pearson's r and the least-squares line y = intercept + slope·x.

    t = r·√(df/(1 − r²)) with df = n − 2, p two-sided; t is None when all points lie on the line, where it has no bound.
    `rule_n` and `rule_r` are the least n and |r| that the contest's assessors ask for, `x_ends` and `y_ends` the
    smallest and the largest value of each side.
    """

    caption: Caption
    x_label: str
    y_label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    r: float
    t: float | None
    p: float
    slope: float
    intercept: float
    critical_r: float
    rule_n: int
    rule_r: float
    x_ends: tuple[float, float]
    y_ends: tuple[float, float]

    @property
    def n(self) -> int:
        return len(self.x)

    @property
    def drawn_every(self) -> int:
        """Of a very large number of points only each so many-th is drawn; the figures come from all."""
        return ceil(self.n / _MOST_DRAWN)

    @property
    def df(self) -> int:
        return len(self.x) - 2

    @property
    def significant(self) -> bool:
        return self.p < ALPHA

    @property
    def rule_met(self) -> bool:
        return self.n >= self.rule_n and abs(self.r) >= self.rule_r

    def to_json(self) -> dict[str, object]:
        names = ("n", "r", "t", "df", "p", "slope", "intercept", "critical_r", "significant")
        found: dict[str, object] = {name: getattr(self, name) for name in names}
        rule = {"min_n": self.rule_n, "min_r": self.rule_r, "met": self.rule_met}
        return found | {"rule": rule, "meaning": meaning(self)}


def parse(data: Mapping[str, object]) -> Scatter:
    """Read `x` and `y`: 3 to 5,000 pairs, neither side all equal (r would be undefined).

    Also `x_label`, `y_label`, `min_n`, `min_r` and the caption. Raises ToolInputError.
    """
    reader = Reader(data).fields("x", "y", "x_label", "y_label", "min_n", "min_r", *CAPTION_FIELDS)
    x, y = reader.at("x").numbers(3, MOST_POINTS), reader.at("y").numbers(3, MOST_POINTS)
    check_same_length(reader.at("y"), len(y), "x", len(x))
    x_ends, y_ends = (min(x), max(x)), (min(y), max(y))
    for name, values, (low, high) in (("x", x, x_ends), ("y", y, y_ends)):
        if low == high:
            reader.at(name).fail(f"semuanya sama ({number_text(low)}) sehingga korelasinya tidak ada")
        check_spread(reader.at(name), values)
    r, t, slope, intercept = fit_line(x, y)
    return Scatter(
        caption=parse_caption(reader, "Diagram pencar"),
        x_label=optional_text(reader, "x_label", "X"),
        y_label=optional_text(reader, "y_label", "Y"),
        x=tuple(x),
        y=tuple(y),
        r=r,
        t=t,
        p=0.0 if t is None else t_two_sided_p(t, len(x) - 2),
        slope=slope,
        intercept=intercept,
        critical_r=critical_r(len(x)),
        rule_n=reader.at("min_n").integer(3) if reader.has("min_n") else RULE_N,
        rule_r=reader.at("min_r").number(0, 1) if reader.has("min_r") else RULE_R,
        x_ends=x_ends,
        y_ends=y_ends,
    )


def fit_line(x: Sequence[float], y: Sequence[float]) -> tuple[float, float | None, float, float]:
    """(r, t, slope, intercept) by least squares; r = Sxy/√(Sxx·Syy), t = r·√((n − 2)/(1 − r²)).

    1 − r² is taken from the residuals, where it keeps its digits near |r| = 1.
    """
    center_x, center_y = mean(x), mean(y)
    dx, dy = [value - center_x for value in x], [value - center_y for value in y]
    sxx, syy = squares_about(x, center_x), squares_about(y, center_y)
    sxy = fsum(a * b for a, b in zip(dx, dy, strict=True)) - fsum(dx) * fsum(dy) / len(x)
    slope = sxy / sxx
    r = max(-1.0, min(1.0, sxy / (sqrt(sxx) * sqrt(syy))))
    unexplained = fsum((b - slope * a) ** 2 for a, b in zip(dx, dy, strict=True)) / syy
    intercept = center_y - slope * center_x
    if unexplained < _PERFECT:
        return copysign(1.0, sxy), None, slope, intercept
    return r, r * sqrt((len(x) - 2) / unexplained), slope, intercept


def meaning(result: Scatter) -> str:
    """One plain sentence on what the numbers say, without claiming a cause."""
    figures = f"r = {decimal_text(result.r, 2)}; n = {number_text(result.n)}; {p_words(result.p)}"
    if not result.significant:
        return f"Tidak terbukti ada hubungan lurus antara {result.x_label} dan {result.y_label} ({figures})."
    strength = next(words for bound, words in _STRENGTHS if abs(result.r) >= bound)
    way, trend = ("positif", "besar") if result.r > 0 else ("negatif", "kecil")
    return (
        f"Ada hubungan {way} yang {strength}: makin besar {result.x_label}, makin {trend} {result.y_label}"
        f" ({figures}); hubungan belum berarti sebab-akibat."
    )


def p_words(p: float) -> str:
    """A p value as it is written in a sentence: three decimals, or below 0,001."""
    return "p < 0,001" if p < 0.001 else f"p = {decimal_text(p, 3)}"


def notes(result: Scatter) -> list[str]:
    """What the scatter diagram says, in sentences."""
    sign = "+" if result.slope >= 0 else "−"
    line = f"Garis: y = {number_text(result.intercept)} {sign} {number_text(abs(result.slope))} x"
    critical = f"batas r pada taraf 5% = {decimal_text(result.critical_r, 4)}"
    least = (
        f"n paling sedikit {number_text(result.rule_n)}, r paling sedikit {decimal_text(result.rule_r, 2)}"
    )
    lines = [
        meaning(result),
        f"{line}; {critical}.",
        f"Syarat juri ({least}) {'terpenuhi' if result.rule_met else 'belum terpenuhi'}.",
    ]
    if result.drawn_every > 1:
        lines.append(
            f"Digambar satu dari setiap {result.drawn_every} titik; angkanya dihitung dari semua titik."
        )
    return lines


def table(result: Scatter) -> DataTable:
    """The data of the scatter diagram as rows, for readers who do not see the drawing."""
    rows = [
        (str(number), typed_text(a), typed_text(b))
        for number, (a, b) in enumerate(zip(result.x, result.y, strict=True), 1)
    ]
    return data_table(
        result.caption.title, [("No.", True), (result.x_label, True), (result.y_label, True)], rows
    )


def draw(result: Scatter) -> str:
    """The scatter diagram as SVG text."""
    canvas, y = open_frame(result.caption)
    across, up = nice_ticks(*result.x_ends, 8), nice_ticks(*result.y_ends, 6)
    head = axis_title(canvas, y, result.y_label)
    plot = Plot(PAD + axis_room(up), head, canvas.width - PAD, head + _PLOT_HEIGHT)
    x = Scale(across.low, across.high, plot.left + _INSET, plot.right - _INSET)
    scale = Scale(up.low, up.high, plot.bottom - _INSET, plot.top)
    value_axis(canvas, plot, scale, up)
    below = base_axis(canvas, plot, x, across, result.x_label)
    _draw_fit(canvas, result, x, scale)
    _draw_points(canvas, result, x, scale)
    lines = notes(result)
    return close_frame(canvas, below, result.caption, lines, " ".join(lines))


def _draw_fit(canvas: Canvas, result: Scatter, x: Scale, scale: Scale) -> None:
    """The line from the smallest to the largest x, cut where it would leave the plot."""
    left, right = result.x_ends
    if result.slope:
        crossings = sorted((level - result.intercept) / result.slope for level in (scale.low, scale.high))
        left, right = max(left, crossings[0]), min(right, crossings[1])
    if left < right:
        points = [(x(end), scale(result.intercept + result.slope * end)) for end in (left, right)]
        canvas.polyline(points, _FIT)


def _draw_points(canvas: Canvas, result: Scatter, x: Scale, scale: Scale) -> None:
    """The points as one path of round dots; unless they crowd, pairs that coincide get a ring as in QC practice."""
    across, up = result.x[:: result.drawn_every], result.y[:: result.drawn_every]
    places = dots_path(x.wholes(across, _TENTH), scale.wholes(up, _TENTH), round(canvas.width / _TENTH))
    crowded = result.n > _MOST_RINGED
    dots = f' transform="scale({_TENTH})" stroke-linecap="round"{line_style(INDIGO, 50 if crowded else 70)}'
    canvas.path(places, dots)
    if not crowded:
        for (left, height), count in Counter(zip(across, up, strict=True)).items():
            if count > 1:
                canvas.circle(x(left), scale(height), 6, _RING)
