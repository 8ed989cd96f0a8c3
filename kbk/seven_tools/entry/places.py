"""Where people typed what a tool refuses: from a path into its input to a cell of the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kbk.seven_tools.entry.table import Row, Table
from kbk.seven_tools.errors import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, a line, a column, or with neither the whole table; `counted` are the things that a list holds there."""

    row: Row | None = None
    column: int | None = None
    counted: str = "baris"


Locate = Callable[[Path, Table], Place]


def by_row(columns: Mapping[str, int]) -> Locate:
    """For input with one member per line: the first number of a path is the line, its last known key the column.

    A second number counts columns from there on.
    """

    def locate(path: Path, table: Table) -> Place:
        numbers = [step for step in path if isinstance(step, int)]
        known = [columns[step] for step in path if isinstance(step, str) and step in columns]
        column = known[-1] + (numbers[1] - 1 if len(numbers) > 1 else 0) if known else None
        return Place(table.rows[numbers[0] - 1] if numbers else None, column)

    return locate


def by_column(path: Path, table: Table) -> Place:
    """For named series, one per column after the first: the names of the lines, or a series and its line."""
    numbers = [step for step in path if isinstance(step, int)]
    if path[0] != "series":
        return Place(table.rows[numbers[0] - 1] if numbers else None, 0 if numbers else None)
    if not numbers:
        return Place(counted="kolom")
    return Place(table.rows[numbers[1] - 1] if len(numbers) > 1 else None, numbers[0])
