"""The seven tools of quality control and the tables that go with them: data -> frozen result -> SVG.

Pure: standard library only, no web and no database. `tool("pareto").parse(data)` checks the data and computes,
`.draw(result)` gives the drawing for page, PDF and Word, `.table(result)` the same data as rows. Bad data raise
`ToolInputError` with one Indonesian sentence.
"""

from kbk.seven_tools.data_table import DataTable
from kbk.seven_tools.errors import ToolInputError
from kbk.seven_tools.registry import KINDS, Tool, tool

__all__ = ["KINDS", "DataTable", "Tool", "ToolInputError", "tool"]
