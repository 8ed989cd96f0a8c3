"""Named series over common categories, the data of line charts, bar charts and radars."""

from dataclasses import dataclass, field

from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.look import SERIES
from kbk.seven_tools.numerals import number_text
from kbk.seven_tools.parsing import LARGEST, Reader, check_same_length, check_unlike

MOST_SERIES = len(SERIES)
SERIES_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Series:
    """One value per category; None where there is none, so that `known` holds fewer."""

    name: str
    values: tuple[float | None, ...]
    known: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", tuple([value for value in self.values if value is not None]))


def parse_categories(reader: Reader, key: str, least: int, most: int) -> tuple[str, ...]:
    """Names of the categories, all different."""
    rows = reader.at(key).rows(least, most)
    names = [row.text() for row in rows]
    check_unlike(rows, names)
    return tuple(names)


def parse_series(
    reader: Reader, categories_key: str, categories: int, low: float = -LARGEST, gaps: bool = False
) -> tuple[Series, ...]:
    """`series`: 1 to 6 objects with `name` and as many `values` as there are categories; null only with `gaps`."""
    rows = [row.fields("name", "values") for row in reader.at("series").rows(1, MOST_SERIES)]
    names = [row.at("name").text(SERIES_NAME_LENGTH) for row in rows]
    check_unlike(rows, names)
    return tuple(
        Series(name, _values(row.at("values"), categories_key, categories, low, gaps))
        for row, name in zip(rows, names, strict=True)
    )


def _values(
    reader: Reader, categories_key: str, categories: int, low: float, gaps: bool
) -> tuple[float | None, ...]:
    rows = reader.rows()
    check_same_length(reader, len(rows), categories_key, categories)
    values = tuple(None if gaps and row.value is None else row.number(low) for row in rows)
    if all(value is None for value in values):
        reader.fail("tidak memuat satu angka pun")
    return values


def series_json(series: tuple[Series, ...]) -> list[dict[str, object]]:
    """The series as JSON objects with name and values."""
    return [{"name": one.name, "values": list(one.values)} for one in series]


def series_table(
    title: str, heading: str, categories: tuple[str, ...], series: tuple[Series, ...]
) -> DataTable:
    """Categories down, series across."""
    rows = [
        (name, *("" if one.values[at] is None else number_text(one.values[at] or 0) for one in series))
        for at, name in enumerate(categories)
    ]
    return data_table(title, [(heading, False), *((one.name, True) for one in series)], rows)
