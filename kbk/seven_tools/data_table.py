"""The data of a drawing as rows, for readers who do not see it and for papers that print both."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataTable:
    """Header and rows of finished Indonesian text; `numeric` tells which columns a page sets flush right.

    The first column names the row. Every row has as many cells as the header.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


def data_table(caption: str, columns: list[tuple[str, bool]], rows: Sequence[tuple[str, ...]]) -> DataTable:
    """A DataTable from (heading, is numeric) pairs and rows."""
    return DataTable(
        caption,
        tuple(heading for heading, _ in columns),
        tuple(rows),
        tuple(numeric for _, numeric in columns),
    )
