"""Each drawing against matplotlib, both sides in one run and by turns.

    python bench/drawings.py [--rounds 15]

Prints for every tool the median time of our drawing (warm, parsed data), of parsing and drawing it for the first time
(no text and no number remembered), the size, the median time matplotlib needs for a comparable SVG, and the ratio.
Tools for which matplotlib has no picture of its own (tables, fishbone, chains) are drawn with its text and lines.
"""

import argparse
import io
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

import matplotlib as mpl

mpl.use("svg")

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kbk.seven_tools import Tool, tool
from kbk.seven_tools.drawing.text import block, text_width
from kbk.seven_tools.numerals import decimal_text, number_text
from tests.seven_tools.cases import Data
from tests.seven_tools.more_cases import ALL

Rival = Callable[[Figure, Data], None]

CASES = {
    "check-sheet": "easy", "stratification": "grouped", "pareto": "easy", "fishbone": "easy", "histogram": "easy",
    "scatter": "easy", "control-chart": "p-easy", "line-chart": "easy", "bar-chart": "easy", "gantt": "easy",
    "usg": "easy", "deviation": "easy", "cause-test": "easy", "five-why": "easy", "action-plan": "easy",
    "before-after": "easy", "radar": "easy",
}  # fmt: skip
LARGE = [
    ("scatter", "1000-points"), ("line-chart", "1000-points"), ("control-chart", "c-1000"), ("control-chart", "p-1000"),
    ("control-chart", "i-mr-1000"), ("pareto", "40-bars"), ("fishbone", "8-branches-60-causes"),
    ("check-sheet", "month"),
]  # fmt: skip


def rival_table(figure: Figure, data: Data) -> None:
    rows = data.get("rows") or data.get("problems")
    if rows:
        text = [[str(value) for value in row.values()] for row in rows]
        width = max(map(len, text))
        text = [row + [""] * (width - len(row)) for row in text]
    else:
        text = [[item, *map(str, row)] for item, row in zip(data["items"], data["counts"], strict=True)]
    axes = figure.subplots()
    axes.axis("off")
    axes.table(text, loc="center")


def rival_pareto(figure: Figure, data: Data) -> None:
    items = sorted(data["items"], key=lambda item: -item[1])
    axes = figure.subplots()
    axes.bar([name for name, _ in items], [count for _, count in items])
    shares, total = [], 0
    for _, count in items:
        total += count
        shares.append(total)
    line = axes.twinx()
    line.plot([100 * share / total for share in shares], marker="o")
    line.axhline(80, linestyle="--")


def rival_histogram(figure: Figure, data: Data) -> None:
    axes = figure.subplots()
    axes.hist(data["values"], bins=8)
    axes.axvline(data["lower_spec"])
    axes.axvline(data["upper_spec"])


def rival_scatter(figure: Figure, data: Data) -> None:
    axes = figure.subplots()
    axes.plot(data["x"], data["y"], "o")
    axes.plot([min(data["x"]), max(data["x"])], [min(data["y"]), max(data["y"])])


def rival_control_chart(figure: Figure, data: Data) -> None:
    if "values" in data:
        ranges = [abs(right - left) for left, right in pairwise(data["values"])]
        upper, lower = figure.subplots(2)
        _rival_panel(upper, data["values"])
        _rival_panel(lower, ranges)
        return
    values = data.get("counts") or data["nonconforming"]
    axes = figure.subplots()
    _rival_panel(axes, values)
    sizes = data.get("sizes")
    if isinstance(sizes, list):
        axes.step(range(len(values)), [12 + 100 / size for size in sizes], linestyle="--")
        axes.step(range(len(values)), [12 - 100 / size for size in sizes], linestyle="--")


def _rival_panel(axes: Axes, values: list[float]) -> None:
    axes.plot(values, marker="o")
    for level in (min(values), sum(values) / len(values), max(values)):
        axes.axhline(level)


def rival_series(figure: Figure, data: Data) -> None:
    axes = figure.subplots()
    for one in data["series"]:
        axes.plot(data["x"], one["values"], label=one["name"])
    axes.legend()


def rival_bars(figure: Figure, data: Data) -> None:
    axes = figure.subplots()
    if "series" in data:
        names, series = data["categories"], {one["name"]: one["values"] for one in data["series"]}
    else:
        names = [one["name"] for one in data["strata"]]
        series = {
            group: [one["counts"][at] for one in data["strata"]] for at, group in enumerate(data["groups"])
        }
    width = 0.8 / len(series)
    for at, (name, values) in enumerate(series.items()):
        places = [index + at * width for index in range(len(values))]
        axes.bar_label(axes.bar(places, values, width, hatch="//" if at else None, label=name))
    axes.set_xticks(range(len(names)), names)
    axes.legend()


def rival_gantt(figure: Figure, data: Data) -> None:
    axes = figure.subplots()
    for at, row in enumerate(data["rows"]):
        axes.barh([at - 0.2, at + 0.2], [10, 12], left=at * 15, height=0.35)
        axes.text(0, at, row["name"])


def rival_radar(figure: Figure, data: Data) -> None:
    axes = figure.subplots(subplot_kw={"projection": "polar"})
    angles = [6.283 * at / len(data["axes"]) for at in range(len(data["axes"]))]
    for one in data["series"]:
        axes.plot([*angles, angles[0]], [*one["values"], one["values"][0]], label=one["name"])
    axes.set_xticks(angles, data["axes"])
    axes.legend()


def rival_words(figure: Figure, data: Data) -> None:
    axes = figure.subplots()
    axes.axis("off")
    words = data.get("whys") or _cause_texts(data["categories"])
    for at, text in enumerate(words):
        axes.text(0.1, 1 - at / len(words), text)
        axes.plot([0, 0.1], [1 - at / len(words)] * 2)


def _cause_texts(found: object) -> list[str]:
    if isinstance(found, str):
        return [found]
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else []
    return [text for one in inner for text in _cause_texts(one)]


RIVALS: dict[str, Rival] = {
    "pareto": rival_pareto, "histogram": rival_histogram, "scatter": rival_scatter, "radar": rival_radar,
    "control-chart": rival_control_chart, "line-chart": rival_series, "bar-chart": rival_bars, "gantt": rival_gantt,
    "stratification": rival_bars, "fishbone": rival_words, "five-why": rival_words,
}  # fmt: skip


def draw_with_rival(rival: Rival, data: Data) -> bytes:
    figure = Figure(figsize=(6.4, 4.0))
    rival(figure, data)
    written = io.BytesIO()
    figure.savefig(written, format="svg")
    return written.getvalue()


def seconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def first_drawing(chosen: Tool, data: Data) -> None:
    for remembering in (block, text_width, number_text, decimal_text):
        remembering.cache_clear()
    chosen.draw(chosen.parse(data))


def compare(chosen: Tool, data: Data, rounds: int) -> tuple[float, float, float, float, float]:
    """Medians of drawing, of parsing and drawing for the first time, and the rival (ms), and both sizes (kB)."""
    result, rival = chosen.parse(data), RIVALS.get(chosen.kind, rival_table)
    size, rival_size = len(chosen.draw(result).encode()), len(draw_with_rival(rival, data))
    ours, whole, theirs = [], [], []
    for _ in range(rounds):
        ours += [seconds(lambda: chosen.draw(result)) for _ in range(20)]
        whole += [seconds(lambda: first_drawing(chosen, data)) for _ in range(5)]
        theirs.append(seconds(lambda: draw_with_rival(rival, data)))
    return median(ours) * 1000, median(whole) * 1000, median(theirs) * 1000, size / 1000, rival_size / 1000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    print(f"{'drawing':36}{'draw ms':>9}{'first ms':>11}{'kB':>7}{'mpl ms':>9}{'mpl kB':>8}{'ratio':>8}")
    ratios = []
    for group, cases in (("usual data", list(CASES.items())), ("large data", LARGE)):
        print(f"-- {group}")
        for kind, name in cases:
            draw, whole, rival, size, rival_size = compare(tool(kind), ALL[kind][name], rounds)
            label = f"{kind} {name}"
            print(
                f"{label:36}{draw:9.3f}{whole:11.3f}{size:7.1f}{rival:9.1f}{rival_size:8.1f}{rival / draw:8.0f}"
            )
            if cases is not LARGE:
                ratios.append(rival / draw)
    print(f"usual data: median ratio {median(ratios):.0f}, smallest {min(ratios):.0f}")


if __name__ == "__main__":
    main()
