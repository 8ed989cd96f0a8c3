"""Bringing what was typed under other headings, with nothing lost."""

from collections.abc import Mapping, Sequence

from kbk.seven_tools.entry.table import MOST_COLUMNS, Column, cells_of, has_headings, is_too_large
from kbk.seven_tools.parsing import clean, same_name


def refit(text: str, former: Sequence[Column], present: Sequence[Column]) -> str:
    """The lines of `text` with their cells moved from the `former` columns to the `present` ones.

    A column goes below its own heading where there is one, else one of numbers to the next free one of numbers. Filled
    columns that find none follow beyond the last, below the heading they had, so that they return to it one day. What
    is too large to be read stays as it is.
    """
    if is_too_large(text):
        return text
    lines = cells_of(text)
    named = has_headings([clean(cell) for cell in lines[0][: len(former)]], former, None)
    first, below = (lines[0], lines[1:]) if named else ([], lines)
    filled = sorted({at for cells in below for at, cell in enumerate(cells) if cell.strip()})
    if len(filled) > MOST_COLUMNS:
        return text
    headings = {at: former[at].heading if at < len(former) else _cell(first, at) for at in filled}
    sources = _sources(headings, former, present)
    left = [at for at in filled if at not in sources]
    moved = [[_cell(cells, at) for at in (*sources, *left)] for cells in below]
    above = [*(column.heading for column in present), *(headings[at] for at in left)]
    return "\n".join("\t".join(cells) for cells in [above, *moved])


def _sources(
    headings: Mapping[int, str], former: Sequence[Column], present: Sequence[Column]
) -> list[int | None]:
    """For each of the `present` columns the filled one, of those in `headings`, that moves there."""
    by_name = {same_name(clean(heading)): at for at, heading in reversed(list(headings.items()))}
    sources = [by_name.get(same_name(column.heading)) for column in present]
    numbers = [at for at in headings if at < len(former) and former[at].numeric and at not in sources]
    for place, column in enumerate(present):
        if sources[place] is None and column.numeric and numbers:
            sources[place] = numbers.pop(0)
    return sources


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""
