"""All entries by the kind of their tool. A new one is one value in a module of this package and one line here."""

from kbk.seven_tools.entry.causes import CAUSE_TEST, FIVE_WHY
from kbk.seven_tools.entry.comparisons import BEFORE_AFTER, DEVIATION, USG
from kbk.seven_tools.entry.control import CONTROL_CHART
from kbk.seven_tools.entry.counts import CHECK_SHEET, PARETO, STRATIFICATION
from kbk.seven_tools.entry.fishbone import FISHBONE
from kbk.seven_tools.entry.measurements import HISTOGRAM, SCATTER
from kbk.seven_tools.entry.model import Entry
from kbk.seven_tools.entry.plans import ACTION_PLAN, GANTT
from kbk.seven_tools.entry.series import BAR_CHART, LINE_CHART, RADAR

_ENTRIES = {
    one.kind: one
    for one in (
        CHECK_SHEET,
        STRATIFICATION,
        PARETO,
        FISHBONE,
        HISTOGRAM,
        SCATTER,
        CONTROL_CHART,
        LINE_CHART,
        BAR_CHART,
        GANTT,
        USG,
        DEVIATION,
        CAUSE_TEST,
        FIVE_WHY,
        ACTION_PLAN,
        BEFORE_AFTER,
        RADAR,
    )
}

ENTRY_KINDS = tuple(_ENTRIES)


def entry(kind: str) -> Entry:
    """How the tool named `kind` is typed; raises KeyError for a name that is not in ENTRY_KINDS."""
    return _ENTRIES[kind]
