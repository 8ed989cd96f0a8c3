"""All entries by the kind of their tool. A new one is one value in a module of this package and one line here."""

from kbk.seven_tools.entry.counts import PARETO
from kbk.seven_tools.entry.model import Entry

_ENTRIES = {one.kind: one for one in (PARETO,)}

ENTRY_KINDS = tuple(_ENTRIES)


def entry(kind: str) -> Entry:
    """How the tool named `kind` is typed; raises KeyError for a name that is not in ENTRY_KINDS."""
    return _ENTRIES[kind]
