"""Peta kendali: is a process under control, or does something beyond chance act on it?

Attribute charts p, np, c, u and charts of measured values X̄-R, X̄-S, I-MR. Limits stand three sigma from the centre
(Shewhart 1931); samples can be left out of the computation by name and with a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from kbk.seven_tools.arithmetic import mean, sample_sd
from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, parse_caption
from kbk.seven_tools.control_chart_drawing import draw_panels
from kbk.seven_tools.control_constants import LARGEST_SUBGROUP, control_constants
from kbk.seven_tools.control_panel import MOST_MARKED, RULES, Bounds, ControlPanel, RunSettings, make_panel
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.numerals import MOST_LISTED, decimal_text, listed, number_text
from kbk.seven_tools.parsing import Reader, check_same_length, check_spread

LEAST_SAMPLES = 5
MOST_SAMPLES = 1000
ADVISED_SAMPLES = 20
RUN_LENGTHS = (7, 8, 9)

TYPES = {
    "p": "Peta kendali p (proporsi cacat)",
    "np": "Peta kendali np (banyak unit cacat)",
    "c": "Peta kendali c (banyak cacat)",
    "u": "Peta kendali u (cacat per unit)",
    "xbar-r": "Peta kendali rata-rata dan rentang",
    "xbar-s": "Peta kendali rata-rata dan simpangan baku",
    "i-mr": "Peta kendali nilai individu dan rentang bergerak",
}
PANEL_NAMES = {
    "p": "Proporsi cacat",
    "np": "Unit cacat",
    "c": "Banyak cacat",
    "u": "Cacat per unit",
    "xbar": "Rata-rata",
    "range": "Rentang",
    "sd": "Simpangan baku",
    "individuals": "Nilai individu",
    "moving_range": "Rentang bergerak",
}
_RULE_WORDS = {
    "run": "{length} titik berturut-turut di satu sisi garis tengah",
    "trend": "6 titik berturut-turut naik atau turun",
    "two_of_three": "2 dari 3 titik di luar 2 sigma",
    "four_of_five": "4 dari 5 titik di luar 1 sigma",
}
_SHORT_LABEL = 20
_COMMON_FIELDS = ("type", "run_length", "rules", "exclude", "labels", *CAPTION_FIELDS)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A sample (from 1) that does not count for the limits because its special cause is known."""

    sample: int
    reason: str


@dataclass(frozen=True, slots=True)
class ControlChart:
    """One panel for attribute charts, two for measured values; `labels` name the samples on the axis.

    `longest_label` is the one of most letters.
    """

    caption: Caption
    type: str
    labels: tuple[str, ...]
    longest_label: str
    panels: tuple[ControlPanel, ...]
    exclusions: tuple[Exclusion, ...]
    run_length: int

    def to_json(self) -> dict[str, object]:
        excluded = [{"sample": one.sample, "reason": one.reason} for one in self.exclusions]
        return {panel.name: panel.to_json() | {"excluded": excluded} for panel in self.panels}


@dataclass(frozen=True, slots=True)
class _Task:
    """What every chart needs besides its own data."""

    reader: Reader
    samples: int
    kept: tuple[bool, ...]
    runs: RunSettings

    def keep(self, values: Sequence[float]) -> list[float]:
        return [value for value, kept in zip(values, self.kept, strict=True) if kept]

    def panel(self, name: str, values: Sequence[float], center: float, sigma: float) -> ControlPanel:
        """A panel with one sigma for all samples and nothing below 0."""
        return make_panel(name, values, center, [sigma] * len(values), self.kept, self.runs, Bounds(low=0))


def parse(data: Mapping[str, object]) -> ControlChart:
    """Read the chart named by `type` (one of TYPES) with 5 to 1,000 samples.

    p and np: `nonconforming` and `sizes`; c: `counts`; u: `counts` and `sizes`; xbar-r and xbar-s: `samples`, lists of
    2 to 25 values; i-mr: `values`. `sizes` may be one number for all. Also `run_length` (7, 8 or 9), `rules` (of
    RULES), `exclude` ([{"sample": 15, "reason": "…"}]), `labels`, and the caption. Raises ToolInputError.
    """
    chosen = Reader(data).at("type").choice(tuple(TYPES))
    fields, series, build = _BUILDERS[chosen]
    reader = Reader(data).fields(*fields, *_COMMON_FIELDS)
    samples = len(reader.at(series).listed(LEAST_SAMPLES, MOST_SAMPLES))
    exclusions = _exclusions(reader, samples)
    left_out = {one.sample for one in exclusions}
    kept = tuple(number not in left_out for number in range(1, samples + 1))
    task = _Task(reader, samples, kept, _run_settings(reader, zones=chosen in ("xbar-r", "xbar-s", "i-mr")))
    labels = _labels(reader, series, samples)
    return ControlChart(
        caption=parse_caption(reader, TYPES[chosen]),
        type=chosen,
        labels=labels,
        longest_label=max(labels, key=len),
        panels=build(task),
        exclusions=exclusions,
        run_length=task.runs.run_length,
    )


def _run_settings(reader: Reader, zones: bool) -> RunSettings:
    """Zone rules only where the plotted value is near normal: on charts of measured values."""
    length = (
        reader.at("run_length").integer(RUN_LENGTHS[0], RUN_LENGTHS[-1]) if reader.has("run_length") else 7
    )
    if reader.has("rules"):
        rules = [row.choice(RULES) for row in reader.at("rules").rows(0, len(RULES))]
        return RunSettings(tuple(dict.fromkeys(rules)), length)
    return RunSettings(RULES if zones else RULES[:2], length)


def _exclusions(reader: Reader, samples: int) -> tuple[Exclusion, ...]:
    if not reader.has("exclude"):
        return ()
    at = reader.at("exclude")
    rows = [row.fields("sample", "reason") for row in at.rows(0, samples)]
    found = sorted(
        (Exclusion(row.at("sample").integer(1, samples), row.at("reason").text()) for row in rows),
        key=lambda one: one.sample,
    )
    if any(left.sample == right.sample for left, right in pairwise(found)):
        at.fail("menyebut satu sampel dua kali")
    if samples - len(found) < LEAST_SAMPLES:
        at.fail(f"menyisakan {samples - len(found)} sampel; paling sedikit {LEAST_SAMPLES}")
    return tuple(found)


def _labels(reader: Reader, series: str, samples: int) -> tuple[str, ...]:
    if not reader.has("labels"):
        return tuple(map(str, range(1, samples + 1)))
    labels = reader.at("labels").texts(1, MOST_SAMPLES)
    check_same_length(reader.at("labels"), len(labels), series, samples)
    return tuple(labels)


def _sizes(task: _Task, other: str) -> list[float]:
    at = task.reader.at("sizes")
    if not isinstance(at.value, list | tuple):
        return [at.positive()] * task.samples
    sizes = [row.positive() for row in at.rows(1, MOST_SAMPLES)]
    check_same_length(at, len(sizes), other, task.samples)
    return sizes


def _nonconforming(task: _Task) -> tuple[list[int], list[float]]:
    at, sizes = task.reader.at("nonconforming"), _sizes(task, "nonconforming")
    sizes_at, counts = task.reader.at("sizes"), []
    for row, size in zip(at.rows(), sizes, strict=True):
        if size != int(size):
            sizes_at.fail("harus berupa bilangan bulat")
        counts.append(row.integer())
        if counts[-1] > size:
            row.fail(f"melebihi ukuran sampelnya ({number_text(size)})")
    return counts, sizes


def _p(task: _Task) -> tuple[ControlPanel, ...]:
    """p̄ ± 3 √(p̄(1 − p̄)/nᵢ), clipped to 0..1; p̄ is the share in all units together, not the mean of shares."""
    counts, sizes = _nonconforming(task)
    center = sum(task.keep(counts)) / sum(task.keep(sizes))
    sigmas = [sqrt(center * (1 - center) / size) for size in sizes]
    shares = [count / size for count, size in zip(counts, sizes, strict=True)]
    bounds = Bounds(0, [1] * task.samples)
    return (make_panel("p", shares, center, sigmas, task.kept, task.runs, bounds),)


def _np(task: _Task) -> tuple[ControlPanel, ...]:
    """np̄ ± 3 √(np̄(1 − p̄)), clipped to 0..n; only for samples of one size."""
    counts, sizes = _nonconforming(task)
    if min(sizes) != max(sizes):
        task.reader.at("sizes").fail("tidak sama untuk semua sampel; pakailah peta p")
    center = mean(task.keep(counts))
    sigma = sqrt(center * (1 - center / sizes[0]))
    return (make_panel("np", counts, center, [sigma] * task.samples, task.kept, task.runs, Bounds(0, sizes)),)


def _c(task: _Task) -> tuple[ControlPanel, ...]:
    """c̄ ± 3 √c̄, clipped at 0."""
    counts = [row.integer() for row in task.reader.at("counts").rows()]
    center = mean(task.keep(counts))
    return (task.panel("c", counts, center, sqrt(center)),)


def _u(task: _Task) -> tuple[ControlPanel, ...]:
    """ū ± 3 √(ū/nᵢ), clipped at 0; sizes may be broken numbers such as areas."""
    counts, sizes = [row.integer() for row in task.reader.at("counts").rows()], _sizes(task, "counts")
    center = sum(task.keep(counts)) / sum(task.keep(sizes))
    rates = [count / size for count, size in zip(counts, sizes, strict=True)]
    sigmas = [sqrt(center / size) for size in sizes]
    return (make_panel("u", rates, center, sigmas, task.kept, task.runs, Bounds(low=0)),)


def _samples(task: _Task) -> list[list[float]]:
    at = task.reader.at("samples")
    samples = [row.numbers(2, LARGEST_SUBGROUP) for row in at.rows()]
    for row, sample in zip(at.rows(), samples, strict=True):
        check_same_length(row, len(sample), "samples ke-1", len(samples[0]))
    check_spread(at, [value for sample in samples for value in sample])
    return samples


def _xbar_r(task: _Task) -> tuple[ControlPanel, ...]:
    """X̿ ± A2·R̄ and D3·R̄, D4·R̄."""
    samples = _samples(task)
    ranges, factors = [max(sample) - min(sample) for sample in samples], control_constants(len(samples[0]))
    center = mean(task.keep(ranges))
    means = _means_panel(task, samples, factors.a2 * center / 3)
    return means, task.panel("range", ranges, center, factors.range_sigma * center)


def _xbar_s(task: _Task) -> tuple[ControlPanel, ...]:
    """X̿ ± A3·s̄ and B3·s̄, B4·s̄."""
    samples = _samples(task)
    spreads, factors = [sample_sd(sample) for sample in samples], control_constants(len(samples[0]))
    center = mean(task.keep(spreads))
    means = _means_panel(task, samples, factors.a3 * center / 3)
    return means, task.panel("sd", spreads, center, factors.sd_sigma * center)


def _means_panel(task: _Task, samples: list[list[float]], sigma: float) -> ControlPanel:
    if sigma == 0:
        task.reader.at("samples").fail(
            "tidak bervariasi di dalam sampel sehingga batas kendali tidak dapat dihitung"
        )
    means = [mean(sample) for sample in samples]
    return make_panel("xbar", means, mean(task.keep(means)), [sigma] * task.samples, task.kept, task.runs)


def _i_mr(task: _Task) -> tuple[ControlPanel, ...]:
    """x̄ ± 3·MR̄/d2 and MR̄·D4, from moving ranges of two; a range that touches a left-out value does not count.

    Moving ranges share values with their neighbours, so run rules say nothing about them and are not applied.
    """
    at = task.reader.at("values")
    values = at.numbers(LEAST_SAMPLES, MOST_SAMPLES)
    check_spread(at, values)
    ranges = [abs(right - left) for left, right in pairwise(values)]
    whole = tuple(left and right for left, right in pairwise(task.kept))
    counted = [size for size, keep in zip(ranges, whole, strict=True) if keep]
    if not counted or max(counted) == 0:
        at.fail("tidak bervariasi sehingga batas kendali tidak dapat dihitung")
    center, factors = mean(counted), control_constants(2)
    sigmas = [center / factors.d2] * len(values)
    moving = [factors.range_sigma * center] * len(ranges)
    no_runs = RunSettings((), task.runs.run_length)
    return (
        make_panel("individuals", values, mean(task.keep(values)), sigmas, task.kept, task.runs),
        make_panel("moving_range", ranges, center, moving, whole, no_runs, Bounds(low=0)),
    )


_BUILDERS = {
    "p": (("nonconforming", "sizes"), "nonconforming", _p),
    "np": (("nonconforming", "sizes"), "nonconforming", _np),
    "c": (("counts",), "counts", _c),
    "u": (("counts", "sizes"), "counts", _u),
    "xbar-r": (("samples",), "samples", _xbar_r),
    "xbar-s": (("samples",), "samples", _xbar_s),
    "i-mr": (("values",), "values", _i_mr),
}


def notes(result: ControlChart) -> list[str]:
    """Signals, what was left out and why, and whether there are enough samples.

    Samples are named by their labels, or by their numbers where the labels would fill the page.
    """
    lines, short = [], len(result.longest_label) <= _SHORT_LABEL
    labels = result.labels if short else [str(number) for number in range(1, len(result.labels) + 1)]
    for panel in result.panels:
        names, own = PANEL_NAMES[panel.name], labels[len(labels) - len(panel.values) :]
        if panel.beyond:
            lines.append(f"{names}: di luar batas kendali pada {_listed_samples(own, panel.beyond)}.")
        for signal in panel.runs:
            rule = _RULE_WORDS[signal.rule].format(length=result.run_length)
            lines.append(f"{names}: {rule}, sampai {_listed_samples(own, signal.points)}.")
        if max(len(panel.beyond), len(panel.patterned)) > MOST_MARKED:
            lines.append(
                f"{names}: lebih dari {MOST_MARKED} titik bertanda, maka tidak ditandai satu per satu."
            )
    if not lines:
        lines.append("Tidak ada tanda bahwa proses di luar kendali.")
    left_out = [f"{result.labels[one.sample - 1]} ({one.reason})" for one in result.exclusions]
    if left_out:
        lines.append(f"Tidak ikut dihitung dalam batas: {listed(left_out, len(left_out))}.")
    if result.panels[0].stepped:
        lines.append("Batas mengikuti ukuran tiap sampel; angka di kanan untuk sampel terakhir.")
    counted = len(result.labels) - len(result.exclusions)
    if counted < ADVISED_SAMPLES:
        lines.append(
            f"Baru {counted} sampel; sebaiknya paling sedikit {ADVISED_SAMPLES} agar batasnya dapat dipercaya."
        )
    return lines


def _listed_samples(labels: Sequence[str], points: Sequence[int]) -> str:
    return listed([labels[point - 1] for point in points[:MOST_LISTED]], len(points))


def table(result: ControlChart) -> DataTable:
    """The data of the control chart as rows, for readers who do not see the drawing."""
    columns = [("Sampel", False)]
    for panel in result.panels:
        columns += [
            (PANEL_NAMES[panel.name], True),
            ("BKB", True),
            ("Garis tengah", True),
            ("BKA", True),
            ("Tanda", False),
        ]
    rows = [
        (
            label,
            *(
                cell
                for panel in result.panels
                for cell in _cells(panel, at - len(result.labels) + len(panel.values))
            ),
        )
        for at, label in enumerate(result.labels)
    ]
    return data_table(result.caption.title, columns, rows)


def _cells(panel: ControlPanel, index: int) -> tuple[str, ...]:
    if index < 0:
        return ("", "", "", "", "")
    signs = ["tidak dihitung"] if index + 1 in panel.left_out else []
    signs += ["di luar batas"] if index + 1 in panel.beyond else []
    signs += ["pola"] if any(index + 1 in signal.points for signal in panel.runs) else []
    figures = (panel.values[index], panel.lcl[index], panel.center, panel.ucl[index])
    return (*(decimal_text(figure, panel.places) for figure in figures), ", ".join(signs))


def draw(result: ControlChart) -> str:
    """The control chart as SVG text."""
    canvas, y = open_frame(result.caption)
    y = draw_panels(canvas, y, result.panels, result.labels, result.longest_label, PANEL_NAMES)
    lines = notes(result)
    return close_frame(canvas, y, result.caption, lines, " ".join(lines))
