"""Grafik batang: one or several quantities side by side for named things."""

from collections.abc import Mapping
from dataclasses import dataclass

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, optional_text, parse_caption
from kbk.seven_tools.data_table import DataTable
from kbk.seven_tools.drawing.bars import draw_grouped_bars
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.drawing.legend import bar_symbol, draw_legend, line_symbol
from kbk.seven_tools.drawing.look import SERIES, SIGNAL, line_style
from kbk.seven_tools.numerals import number_text
from kbk.seven_tools.parsing import Reader
from kbk.seven_tools.series import Series, parse_categories, parse_series, series_json, series_table

MOST_CATEGORIES = 60

_TARGET = line_style(SIGNAL, 1.3, "6 4")


@dataclass(frozen=True, slots=True)
class BarChart:
    """Every series has a value for every category; the axis always includes 0."""

    caption: Caption
    x_label: str
    y_label: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    target: float | None

    def to_json(self) -> dict[str, object]:
        return {
            "categories": list(self.categories),
            "series": series_json(self.series),
            "target": self.target,
        }


def parse(data: Mapping[str, object]) -> BarChart:
    """Read `categories` (1 to 60 different names) and `series` ([{"name", "values"}]); negative values are allowed.

    Also `target`, `x_label`, `y_label` and the caption. Raises ToolInputError.
    """
    reader = Reader(data).fields("categories", "series", "target", "x_label", "y_label", *CAPTION_FIELDS)
    categories = parse_categories(reader, "categories", 1, MOST_CATEGORIES)
    return BarChart(
        caption=parse_caption(reader, "Grafik batang"),
        x_label=optional_text(reader, "x_label", "Kategori"),
        y_label=optional_text(reader, "y_label", "Nilai"),
        categories=categories,
        series=parse_series(reader, "categories", len(categories)),
        target=reader.at("target").number() if reader.has("target") else None,
    )


def table(result: BarChart) -> DataTable:
    """The data of the bar chart as rows, for readers who do not see the drawing."""
    return series_table(result.caption.title, result.x_label, result.categories, result.series)


def draw(result: BarChart) -> str:
    """The bar chart as SVG text."""
    canvas, y = open_frame(result.caption)
    columns = [one.known for one in result.series]
    y = draw_grouped_bars(
        canvas, y, result.categories, columns, result.y_label, target=result.target, target_style=_TARGET
    )
    entries = [
        (bar_symbol(look.bar, look.stripe), one.name)
        for one, look in zip(result.series, SERIES, strict=False)
        if len(result.series) > 1
    ]
    if result.target is not None:
        entries.append((line_symbol(_TARGET), f"Target {number_text(result.target)}"))
    if entries:
        y = draw_legend(canvas, y + 4, entries)
    names = ", ".join(one.name for one in result.series)
    return close_frame(
        canvas,
        y,
        result.caption,
        [],
        f"{result.y_label} menurut {result.x_label} ({names}): {_extremes(result)}.",
    )


def _extremes(result: BarChart) -> str:
    pairs = [pair for one in result.series for pair in zip(one.known, result.categories, strict=True)]
    (low, least), (high, most) = min(pairs), max(pairs)
    return f"tertinggi {most} {number_text(high)}, terendah {least} {number_text(low)}"
