"""How tests type a table: what becomes of it, or where it is refused."""

from collections.abc import Mapping

import pytest

from kbk.seven_tools import tool
from kbk.seven_tools.entry import EntryError, Typed, entry

Refusal = tuple[str, int | None, int | None, str | None]


def composed(kind: str, settings: Mapping[str, str], *lines: str) -> dict[str, object]:
    """The tool's input made of the lines, which it also draws."""
    data = entry(kind).compose(Typed(settings, "\n".join(lines)))
    chosen = tool(kind)
    assert chosen.draw(chosen.parse(data)).startswith("<svg")
    return data


def refused(kind: str, settings: Mapping[str, str], *lines: str) -> Refusal:
    """The sentence, the line, the column and the setting at fault."""
    with pytest.raises(EntryError) as raised:
        entry(kind).compose(Typed(settings, "\n".join(lines)))
    return str(raised.value), raised.value.row, raised.value.column, raised.value.setting
