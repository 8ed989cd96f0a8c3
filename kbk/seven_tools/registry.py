"""All tools by the name they have in the shell. A new tool is one module and one line here.

A module is imported when its tool is first used, so that drawing one tool does not pay for seventeen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from kbk.seven_tools.data_table import DataTable


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: `parse` makes a frozen result with `to_json()`, which `draw` and `table` take."""

    kind: str
    name: str
    parse: Callable[[Mapping[str, object]], Any]
    draw: Callable[[Any], str]
    table: Callable[[Any], DataTable]


_MODULES = {
    "check-sheet": ("check_sheet", "Lembar periksa"),
    "stratification": ("stratification", "Stratifikasi"),
    "pareto": ("pareto", "Diagram Pareto"),
    "fishbone": ("fishbone", "Diagram tulang ikan"),
    "histogram": ("histogram", "Histogram"),
    "scatter": ("scatter", "Diagram pencar"),
    "control-chart": ("control_chart", "Peta kendali"),
    "line-chart": ("line_chart", "Grafik garis"),
    "bar-chart": ("bar_chart", "Grafik batang"),
    "gantt": ("gantt", "Jadwal rencana dan realisasi"),
    "usg": ("usg", "Matriks prioritas USG"),
    "deviation": ("deviation", "Tabel penyimpangan"),
    "cause-test": ("cause_test", "Uji penyebab"),
    "five-why": ("five_why", "Lima mengapa"),
    "action-plan": ("action_plan", "Rencana 5W1H dan 5W2H"),
    "before-after": ("before_after", "Perbandingan sebelum dan sesudah"),
    "radar": ("radar", "Radar kemampuan anggota"),
}

KINDS = tuple(_MODULES)


def tool(kind: str) -> Tool:
    """The tool named `kind`; raises KeyError for a name that is not in KINDS."""
    name, title = _MODULES[kind]
    module = import_module(f"kbk.seven_tools.{name}")
    return Tool(kind, title, module.parse, module.draw, module.table)
