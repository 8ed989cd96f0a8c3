"""Stratifikasi: the same data divided by place, time, person or type, as counts and, where sizes are known, as rates.

Counts and rates never share an axis or a column: a stratum with many cases may still have a low rate.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, optional_text, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.bars import draw_grouped_bars
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.drawing.legend import bar_symbol, draw_legend
from kbk.seven_tools.drawing.look import SERIES
from kbk.seven_tools.numerals import number_text, percent_text
from kbk.seven_tools.parsing import Reader, check_same_length, check_unlike, same_name

MOST_STRATA = 40
MOST_GROUPS = len(SERIES)
MOST_RECORDS = 20_000

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Stratum:
    """Counts, and sizes (units looked at) if they are known, per group; rates are counts divided by sizes."""

    name: str
    counts: tuple[int, ...]
    sizes: tuple[float, ...] | None

    @property
    def count(self) -> int:
        return sum(self.counts)

    @property
    def size(self) -> float | None:
        return None if self.sizes is None else sum(self.sizes)

    @property
    def rate(self) -> float | None:
        return None if self.size is None else self.count / self.size

    @property
    def rates(self) -> tuple[float, ...] | None:
        if self.sizes is None:
            return None
        return tuple(count / size for count, size in zip(self.counts, self.sizes, strict=True))


@dataclass(frozen=True, slots=True)
class Stratification:
    """Strata of one factor; `groups` are the values of a second factor, or one nameless group."""

    caption: Caption
    factor: str
    count_label: str
    groups: tuple[str, ...]
    strata: tuple[Stratum, ...]

    @property
    def group_totals(self) -> tuple[int, ...]:
        return tuple(sum(stratum.counts[at] for stratum in self.strata) for at in range(len(self.groups)))

    @property
    def total(self) -> Stratum:
        """All strata together; its rate is total count by total size, never a mean of rates."""
        sizes = [stratum.sizes for stratum in self.strata if stratum.sizes is not None]
        summed = tuple(map(sum, zip(*sizes, strict=True))) if sizes else None
        return Stratum("Jumlah", self.group_totals, summed)

    def to_json(self) -> dict[str, object]:
        found: dict[str, object] = {"factor": self.factor}
        if len(self.groups) > 1:
            found |= {"groups": list(self.groups), "group_totals": list(self.group_totals)}
        found["strata"] = [_stratum_json(stratum) for stratum in self.strata]
        return found | {"total": _stratum_json(self.total)}


def _stratum_json(stratum: Stratum) -> dict[str, object]:
    found: dict[str, object] = {"name": stratum.name, "counts": list(stratum.counts), "count": stratum.count}
    if stratum.sizes is not None and stratum.rates is not None:
        found |= {"sizes": list(stratum.sizes), "size": stratum.size, "rates": list(stratum.rates)}
        found["rate"] = stratum.rate
    return found


def parse(data: Mapping[str, object]) -> Stratification:
    """Read `strata` ([{"name", "counts", "sizes"}]) or `records` ([["Loket 1", "Pagi"], …]), which are counted.

    `counts` and `sizes` are a number, or one per name in `groups`. `sizes` must be given for all strata or for none,
    be above 0, and not be smaller than the counts when `proportion` is true. Also `factor`, `count_label` and the
    caption. Raises ToolInputError.
    """
    known = ("strata", "records", "groups", "factor", "count_label", "proportion", *CAPTION_FIELDS)
    reader = Reader(data).fields(*known)
    groups, strata = _from_records(reader) if reader.has("records") else _from_strata(reader)
    return Stratification(
        caption=parse_caption(reader, "Stratifikasi"),
        factor=optional_text(reader, "factor", "Kelompok"),
        count_label=optional_text(reader, "count_label", "Jumlah"),
        groups=groups,
        strata=strata,
    )


def _from_strata(reader: Reader) -> tuple[tuple[str, ...], tuple[Stratum, ...]]:
    groups: tuple[str, ...] = ("",)
    if reader.has("groups"):
        at_groups = reader.at("groups").rows(1, MOST_GROUPS)
        groups = tuple(row.text() for row in at_groups)
        check_unlike(at_groups, groups)
    rows = [row.fields("name", "counts", "sizes") for row in reader.at("strata").rows(1, MOST_STRATA)]
    names = [row.at("name").text() for row in rows]
    check_unlike(rows, names)
    sized = [row.has("sizes") for row in rows]
    if any(sized) and not all(sized):
        rows[sized.index(False)].fail('belum ada "sizes", padahal kelompok lain menyebutnya')
    proportion = reader.has("proportion") and reader.at("proportion").flag()
    strata = tuple(
        _stratum(row, name, len(groups), proportion) for row, name in zip(rows, names, strict=True)
    )
    return groups, strata


def _stratum(row: Reader, name: str, groups: int, proportion: bool) -> Stratum:
    counts = tuple(cell.integer() for cell in _cells(row.at("counts"), groups))
    if not row.has("sizes"):
        return Stratum(name, counts, None)
    cells = _cells(row.at("sizes"), groups)
    sizes = tuple(cell.positive() for cell in cells)
    for cell, count, size in zip(cells, counts, sizes, strict=True):
        if proportion and count > size:
            cell.fail(f"lebih kecil daripada banyaknya kejadian ({count})")
    return Stratum(name, counts, sizes)


def _cells(reader: Reader, groups: int) -> list[Reader]:
    """A bare number stands for a list of one."""
    if not isinstance(reader.value, list | tuple):
        reader = Reader([reader.value], reader.path)
    cells = reader.rows(1, MOST_GROUPS)
    check_same_length(reader, len(cells), "groups", groups)
    return cells


def _from_records(reader: Reader) -> tuple[tuple[str, ...], tuple[Stratum, ...]]:
    """Counts records by their first value and, if every record has two, by the second; in order of appearance."""
    rows = [row.texts(1, 2) for row in reader.at("records").rows(1, MOST_RECORDS)]
    for at, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            Reader(row, ("records", at)).fail(
                f"memuat {len(row)} bagian, sedangkan catatan pertama {len(rows[0])}"
            )
    strata = {same_name(row[0]): row[0] for row in reversed(rows)}
    groups = {same_name(row[1]): row[1] for row in reversed(rows) if len(row) > 1} or {"": ""}
    if len(strata) > MOST_STRATA or len(groups) > MOST_GROUPS:
        reader.at("records").fail(f"memuat lebih dari {MOST_STRATA} kelompok atau {MOST_GROUPS} pembanding")
    tally: dict[tuple[str, str], int] = {}
    for row in rows:
        cell = same_name(row[0]), same_name(row[1]) if len(row) > 1 else ""
        tally[cell] = tally.get(cell, 0) + 1
    order = list(dict.fromkeys(same_name(row[0]) for row in rows))
    across = list(dict.fromkeys(same_name(row[-1]) for row in rows)) if "" not in groups else [""]
    return tuple(groups[key] for key in across), tuple(
        Stratum(strata[key], tuple(tally.get((key, group), 0) for group in across), None) for key in order
    )


def notes(result: Stratification) -> list[str]:
    """What the stratification says, in sentences."""
    most = max(result.strata, key=lambda stratum: stratum.count)
    lines = [
        f"Jumlah terbanyak: {most.name} ({number_text(most.count)} dari {number_text(result.total.count)})."
    ]
    rated = [(stratum.rate, stratum.name) for stratum in result.strata if stratum.rate is not None]
    if rated and result.total.rate is not None:
        rate, name = max(rated, key=lambda pair: pair[0])
        overall = percent_text(result.total.rate * _PERCENT)
        lines.append(f"Tingkat tertinggi: {name} ({percent_text(rate * _PERCENT)}; keseluruhan {overall}).")
    return lines


def table(result: Stratification) -> DataTable:
    """The data of the stratification as rows, for readers who do not see the drawing."""
    sized, grouped = result.total.sizes is not None, len(result.groups) > 1
    columns = [(result.factor, False)]
    columns += [(f"{result.count_label} {group}", True) for group in result.groups] if grouped else []
    columns.append((f"{result.count_label} seluruhnya" if grouped else result.count_label, True))
    columns += [("Ukuran", True), ("Tingkat", True)] if sized else []
    rows = []
    for stratum in (*result.strata, result.total):
        cells = [
            stratum.name,
            *(map(number_text, stratum.counts) if grouped else ()),
            number_text(stratum.count),
        ]
        if stratum.size is not None and stratum.rate is not None:
            cells += [number_text(stratum.size), percent_text(stratum.rate * _PERCENT, 2)]
        rows.append(tuple(cells))
    return data_table(result.caption.title, columns, rows)


def draw(result: Stratification) -> str:
    """The stratification as SVG text."""
    canvas, y = open_frame(result.caption)
    names = [stratum.name for stratum in result.strata]
    counts = [[stratum.counts[at] for stratum in result.strata] for at in range(len(result.groups))]
    rated = result.total.sizes is not None
    y = draw_grouped_bars(canvas, y, names, counts, result.count_label, height=190, with_key=not rated)
    if rated:
        rates = [
            [
                round(rate[at] * _PERCENT, 2)
                for stratum in result.strata
                if (rate := stratum.rates) is not None
            ]
            for at in range(len(result.groups))
        ]
        y = draw_grouped_bars(canvas, y + 12, names, rates, "Tingkat: jumlah dibagi ukuran (%)", height=190)
    if len(result.groups) > 1:
        entries = [
            (bar_symbol(look.bar, look.stripe), group)
            for group, look in zip(result.groups, SERIES, strict=False)
        ]
        y = draw_legend(canvas, y + 4, entries)
    lines = notes(result)
    return close_frame(canvas, y, result.caption, lines, " ".join(lines))
