"""Diagram Pareto: which few causes make up most of the trouble.

Bars fall from left to right, a line adds them up, and a mark at 80% shows where the vital few end. A second set of
counts, taken after the improvement, is drawn on the same scale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kbk.seven_tools.arithmetic import exact
from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, optional_text, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.axes import (
    GAP,
    Plot,
    axis_room,
    axis_title,
    draw_band_labels,
    draw_key,
    plan_band_labels,
    value_axis,
)
from kbk.seven_tools.drawing.canvas import END, MIDDLE, START, Canvas, bar_path
from kbk.seven_tools.drawing.frame import PAD, close_frame, open_frame
from kbk.seven_tools.drawing.look import (
    AXIS_LINE,
    BAR,
    BAR_SOFT,
    INK,
    NOTE,
    SIGNAL,
    SMALL,
    SMALL_STRONG,
    STRONG,
    line_style,
)
from kbk.seven_tools.drawing.scales import Scale, inner_ticks
from kbk.seven_tools.drawing.text import text_width, widest
from kbk.seven_tools.numerals import number_text, percent_text
from kbk.seven_tools.parsing import Reader, same_name

MOST_ITEMS = 60
MARK = 80
OTHER_NAMES = frozenset(
    {"lain-lain", "lain lain", "lain - lain", "lainnya", "lain", "dll", "dll.", "dan lain-lain"}
)

_PLOT_HEIGHT = 240.0
_WIDEST_BAR = 140.0
_CUMULATIVE = line_style("#b07a3e", 2)
_MARK_LINE = line_style(SIGNAL, 1.2, "6 4")
_DOT_RIM = f'{line_style("#8a5a2b", 7.5)} stroke-linecap="round"'
_DOT = f'{line_style("#fff", 4.5)} stroke-linecap="round"'
_FIRST_COLUMN = ("Jumlah", "%", "Kum. %")


@dataclass(frozen=True, slots=True)
class ParetoItem:
    """One bar; percentages are of the total of all bars."""

    label: str
    count: float
    percent: float
    cumulative_percent: float


@dataclass(frozen=True, slots=True)
class ParetoSet:
    """Sorted bars; `vital_few` counts the bars from the left whose cumulative percentage first reaches 80."""

    label: str
    items: tuple[ParetoItem, ...]
    total: float
    vital_few: int

    def to_json(self) -> dict[str, object]:
        names = ("label", "count", "percent", "cumulative_percent")
        items = [{name: getattr(item, name) for name in names} for item in self.items]
        return {"items": items, "total": self.total, "vital_few": self.vital_few}


@dataclass(frozen=True, slots=True)
class Pareto:
    """Causes sorted by count before, and after an improvement where given."""

    caption: Caption
    unit: str
    before: ParetoSet
    after: ParetoSet | None

    @property
    def change_percent(self) -> float | None:
        """Change of the total from before to after, in percent of before."""
        if self.after is None:
            return None
        return (self.after.total - self.before.total) * 100 / self.before.total

    def to_json(self) -> dict[str, object]:
        found = self.before.to_json()
        if self.after is not None:
            found |= {"after": self.after.to_json(), "change_percent": self.change_percent}
        return found


def parse(data: Mapping[str, object]) -> Pareto:
    """Read `items` and, for a pair, `after`: lists of [label, count] with counts or costs of at least 0.

    Also `unit`, `before_label`, `after_label`, `title`, `subtitle`, `source`. Labels that differ only in case or
    blanks are one bar. Raises ToolInputError; also when all counts of `items` are 0, as then no percentage exists.
    """
    known = ("items", "after", "unit", "before_label", "after_label", *CAPTION_FIELDS)
    reader = Reader(data).fields(*known)
    before = _parse_set(reader.at("items"), optional_text(reader, "before_label", "Sebelum"))
    if before.total == 0:
        reader.at("items").fail("berjumlah 0 sehingga persentasenya tidak ada")
    after = None
    if reader.has("after"):
        after = _parse_set(reader.at("after"), optional_text(reader, "after_label", "Sesudah"))
    unit = optional_text(reader, "unit", "Jumlah")
    return Pareto(parse_caption(reader, "Diagram Pareto"), unit, before, after)


def _parse_set(reader: Reader, label: str) -> ParetoSet:
    merged: dict[str, tuple[str, Fraction]] = {}
    for row in reader.rows(1, 10 * MOST_ITEMS):
        name, amount = row.rows(2, 2)
        text, count = name.text(), exact(amount.number(low=0))
        first, so_far = merged.get(same_name(text), (text, Fraction(0)))
        merged[same_name(text)] = (first, so_far + count)
    if len(merged) > MOST_ITEMS:
        reader.fail(
            f"memuat {len(merged)} nama berbeda; gabungkan yang kecil menjadi Lain-lain (paling banyak {MOST_ITEMS})"
        )
    ordered = sorted(merged.items(), key=lambda pair: (pair[0] in OTHER_NAMES, -pair[1][1]))
    return _cumulate(label, [pair for _, pair in ordered])


def _cumulate(label: str, pairs: Sequence[tuple[str, Fraction]]) -> ParetoSet:
    """Exact sums, so that the last bar ends at 100 and a bar that reaches 80.00 counts as reaching it."""
    total, so_far, vital, items = sum((count for _, count in pairs), Fraction(0)), Fraction(0), 0, []
    for name, count in pairs:
        if total and so_far * 100 < total * MARK:
            vital += 1
        so_far += count
        share, cumulated = (
            (count * 100 / total, so_far * 100 / total) if total else (Fraction(0), Fraction(0))
        )
        items.append(ParetoItem(name, _plain(count), float(share), float(cumulated)))
    return ParetoSet(label, tuple(items), _plain(total), vital)


def _plain(count: Fraction) -> float:
    return int(count) if count.denominator == 1 else float(count)


def notes(result: Pareto) -> list[str]:
    """What the drawing says, in sentences."""
    sets = [result.before] if result.after is None else [result.before, result.after]
    lines = []
    for one in sets:
        if one.vital_few:
            lead = f"{one.label}: " if len(sets) > 1 else ""
            reached = percent_text(one.items[one.vital_few - 1].cumulative_percent)
            lines.append(
                f"{lead}{one.vital_few} dari {len(one.items)} jenis mencapai {reached} dari jumlah seluruhnya."
            )
    change = result.change_percent
    if result.after is not None and change is not None:
        way = "turun" if change < 0 else "naik" if change > 0 else "tetap"
        from_to = f"dari {number_text(result.before.total)} menjadi {number_text(result.after.total)}"
        lines.append(
            f"Jumlah seluruhnya {way} {from_to}" + (f" ({percent_text(abs(change))})." if change else ".")
        )
    named = [item.count for item in result.before.items if same_name(item.label) not in OTHER_NAMES]
    if len(named) < len(result.before.items) and result.before.items[-1].count > max(named, default=0):
        lines.append("Lain-lain lebih besar daripada jenis terbesar; uraikan lagi isinya.")
    return lines


def table(result: Pareto) -> DataTable:
    """The data of the Pareto chart as rows, for readers who do not see the drawing."""
    sets = [result.before] if result.after is None else [result.before, result.after]
    rows = []
    for one in sets:
        for item in one.items:
            cells = (
                item.label,
                number_text(item.count),
                percent_text(item.percent),
                percent_text(item.cumulative_percent),
            )
            rows.append((one.label, *cells) if len(sets) > 1 else cells)
        total = ("Jumlah seluruhnya", number_text(one.total), percent_text(100 if one.total else 0), "")
        rows.append((one.label, *total) if len(sets) > 1 else total)
    columns = [("Jenis", False), (result.unit, True), ("Persen", True), ("Persen kumulatif", True)]
    return data_table(result.caption.title, [("Masa", False), *columns] if len(sets) > 1 else columns, rows)


def draw(result: Pareto) -> str:
    """The Pareto chart as SVG text."""
    canvas, y = open_frame(result.caption)
    top = max(result.before.total, result.after.total if result.after else 0)
    y = _draw_set(canvas, y, result, result.before, top)
    if result.after is not None:
        y = _draw_set(canvas, y + 10, result, result.after, top)
    lines = notes(result)
    return close_frame(canvas, y, result.caption, lines, " ".join(lines) or "Diagram Pareto.")


def _draw_set(canvas: Canvas, y: float, result: Pareto, one: ParetoSet, top: float) -> float:
    """One Pareto whose left axis ends at `top`; its right axis reaches 100% at its own total."""
    if result.after is not None:
        y = canvas.paragraph(PAD, y, one.label, canvas.width - 2 * PAD, STRONG) + 4
    ticks = inner_ticks(0, top, whole=all(isinstance(item.count, int) for item in one.items))
    left = PAD + max(axis_room(ticks), widest(list(_FIRST_COLUMN), SMALL) + GAP)
    head = axis_title(canvas, y, result.unit)
    plot = Plot(left, head, canvas.width - PAD - 38, head + _PLOT_HEIGHT)
    scale = Scale(0, top, plot.bottom, plot.top)
    value_axis(canvas, plot, scale, ticks)
    band = plot.width / len(one.items)
    _draw_bars(canvas, plot, scale, one, band)
    if one.total:
        _draw_line(canvas, plot, scale, one, band)
    labels = plan_band_labels([item.label for item in one.items], band)
    draw_band_labels(canvas, labels, plot.left, plot.bottom + 4)
    y = _draw_figures(canvas, plot, one, band, plot.bottom + 4 + labels.height)
    return draw_key(canvas, labels, y)


def _draw_bars(canvas: Canvas, plot: Plot, scale: Scale, one: ParetoSet, band: float) -> None:
    gap = max(min(band * 0.12, 8), (band - _WIDEST_BAR) / 2)
    bars = []
    for index, item in enumerate(one.items):
        top = scale(item.count)
        bars.append(bar_path(plot.left + index * band + gap, top, band - 2 * gap, plot.bottom - top))
    canvas.path("".join(bars[: one.vital_few]), BAR)
    canvas.path("".join(bars[one.vital_few :]), BAR_SOFT)
    canvas.line(plot.left, plot.bottom, plot.right, plot.bottom, AXIS_LINE)


def _draw_line(canvas: Canvas, plot: Plot, scale: Scale, one: ParetoSet, band: float) -> None:
    mark = scale(one.total * MARK / 100)
    canvas.line(plot.left, mark, plot.right, mark, _MARK_LINE)
    points = [
        (plot.left + (index + 1) * band, scale(item.cumulative_percent * one.total / 100))
        for index, item in enumerate(one.items)
    ]
    canvas.polyline([(plot.left, plot.bottom), *points], _CUMULATIVE)
    if band >= 8:
        dots = "".join([f"M{x:.1f} {at:.1f}h0" for x, at in points])
        canvas.path(dots, _DOT_RIM)
        canvas.path(dots, _DOT)
    shares = (0, 20, 40, 60, MARK, 100) if plot.bottom - scale(one.total) > 90 else (MARK, 100)
    edge = plot.bottom + 20
    for share in shares:
        at = scale(one.total * share / 100)
        if edge - at >= SMALL.leading:
            face = SMALL_STRONG if share == MARK else SMALL
            canvas.text(plot.right + GAP, at + 4, f"{share}%", face, START)
            edge = at
    canvas.line(plot.right, plot.bottom, plot.right, scale(one.total), line_style(INK))


def _draw_figures(canvas: Canvas, plot: Plot, one: ParetoSet, band: float, y: float) -> float:
    """Count, percent and cumulative percent under the bars, where the bars are wide enough for them."""
    if text_width("100,0", SMALL) > band - 4:
        return y
    rows = [
        [number_text(item.count) for item in one.items],
        [percent_text(item.percent).rstrip("%") for item in one.items],
        [percent_text(item.cumulative_percent).rstrip("%") for item in one.items],
    ]
    if max(text_width(max(row, key=len), SMALL) for row in rows) > band - 4:
        return y
    for heading, row in zip(_FIRST_COLUMN, rows, strict=True):
        canvas.line(PAD, y, plot.right, y, line_style("#ddd6c8"))
        canvas.text(plot.left - GAP, y + SMALL.size + 2, heading, NOTE, END)
        for index, words in enumerate(row):
            canvas.text(plot.left + (index + 0.5) * band, y + SMALL.size + 2, words, SMALL, MIDDLE)
        y += SMALL.leading + 3
    return y + 4
