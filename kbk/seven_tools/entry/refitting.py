"""Bringing what was typed under other headings, with nothing lost."""

from collections.abc import Sequence

from kbk.seven_tools.entry.table import Column, cells_of, has_headings
from kbk.seven_tools.parsing import clean, same_name


def refit(text: str, former: Sequence[Column], present: Sequence[Column]) -> str:
    """The lines of `text` with their cells moved from the `former` columns to the `present` ones.

    A column goes below its own heading where there is one, else one of numbers to the next free one of numbers. Filled
    columns that find none follow beyond the last, below the heading they had, so that they return to it one day.
    """
    lines = cells_of(text)
    named = has_headings([clean(cell) for cell in lines[0]], former, None)
    below = lines[1:] if named else lines
    width = max((len(cells) for cells in lines), default=0)
    headings = [column.heading for column in former]
    headings += lines[0][len(former) :] if named else ()
    headings += [""] * (width - len(headings))
    filled = [
        at for at in range(len(headings)) if any(cells[at].strip() for cells in below if at < len(cells))
    ]
    target = [column.heading for column in present]
    sources: list[int | None] = [_find(heading, headings, filled) for heading in target]
    numbers = [at for at in filled if at < len(former) and former[at].numeric and at not in sources]
    for at, column in enumerate(present):
        if sources[at] is None and column.numeric and numbers:
            sources[at] = numbers.pop(0)
    left = [at for at in filled if at not in sources]
    first = [*target, *(headings[at] for at in left)]
    moved = [[_cell(cells, at) for at in (*sources, *left)] for cells in below]
    return "\n".join("\t".join(cells) for cells in [first, *moved])


def _find(heading: str, headings: Sequence[str], filled: Sequence[int]) -> int | None:
    """The filled column of that heading."""
    return next((at for at in filled if same_name(clean(headings[at])) == same_name(heading)), None)


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""
