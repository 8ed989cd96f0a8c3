"""How people type the data of a tool: a table and a few settings, all of it text. Pure.

A tool's own input is made for programs. A group types cells or pastes them from Excel, with Indonesian numbers, and
leaves them unfinished for days; so what is stored is what was typed. `entry("pareto").compose(typed)` makes the tool's
input of it, or raises `EntryError` with one Indonesian sentence and the cell at fault.
"""

from kbk.seven_tools.entry.model import Entry, Typed
from kbk.seven_tools.entry.registry import ENTRY_KINDS, entry
from kbk.seven_tools.entry.settings import Setting, SettingKind
from kbk.seven_tools.entry.table import Column, EntryError

__all__ = ["ENTRY_KINDS", "Column", "Entry", "EntryError", "Setting", "SettingKind", "Typed", "entry"]
