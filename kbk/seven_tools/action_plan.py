"""Rencana perbaikan 5W1H, or 5W2H when costs are given: what, why, where, when, who, how, how much."""

from collections.abc import Mapping
from dataclasses import dataclass

from kbk.seven_tools.caption import CAPTION_FIELDS, Caption, parse_caption
from kbk.seven_tools.data_table import DataTable, data_table
from kbk.seven_tools.drawing.frame import close_frame, open_frame
from kbk.seven_tools.drawing.grid import Column, Row, draw_grid, plan_grid
from kbk.seven_tools.drawing.look import WIDE
from kbk.seven_tools.numerals import decimal_text
from kbk.seven_tools.parsing import CELL_LENGTH, Reader

MOST_ROWS = 30

_QUESTIONS = (
    ("what", "What (apa)"),
    ("why", "Why (mengapa)"),
    ("where", "Where (di mana)"),
    ("when", "When (kapan)"),
    ("who", "Who (siapa)"),
    ("how", "How (bagaimana)"),
)
_COST = ("how_much", "How much (biaya, Rp)")


@dataclass(frozen=True, slots=True)
class Action:
    """Answers in the order of the questions; cost in rupiah, None where it is not given."""

    answers: tuple[str, ...]
    cost: float | None


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """A plan: its questions in order, and one row of answers for each action."""

    caption: Caption
    actions: tuple[Action, ...]

    @property
    def with_cost(self) -> bool:
        return any(action.cost is not None for action in self.actions)

    @property
    def total_cost(self) -> float:
        return sum(action.cost or 0 for action in self.actions)

    def to_json(self) -> dict[str, object]:
        keys = [key for key, _ in _QUESTIONS]
        rows: list[dict[str, object]] = []
        for action in self.actions:
            row: dict[str, object] = dict(zip(keys, action.answers, strict=True))
            rows.append(row | {"how_much": action.cost} if self.with_cost else row)
        return {"rows": rows, "total_cost": self.total_cost} if self.with_cost else {"rows": rows}


def parse(data: Mapping[str, object]) -> ActionPlan:
    """Read `rows`: [{"what", "why", "where", "when", "who", "how", "how_much"}]; how_much (rupiah) makes it 5W2H.

    Raises ToolInputError.
    """
    reader = Reader(data).fields("rows", *CAPTION_FIELDS)
    keys = [key for key, _ in _QUESTIONS]
    actions = []
    for row in reader.at("rows").rows(1, MOST_ROWS):
        row.fields(*keys, _COST[0])
        cost = row.at(_COST[0]).number(low=0) if row.has(_COST[0]) else None
        actions.append(Action(tuple(row.at(key).text(CELL_LENGTH) for key in keys), cost))
    name = (
        "Rencana perbaikan (5W2H)"
        if any(action.cost is not None for action in actions)
        else "Rencana perbaikan (5W1H)"
    )
    return ActionPlan(parse_caption(reader, name), tuple(actions))


def _rows(result: ActionPlan) -> list[Row]:
    if not result.with_cost:
        return [Row(action.answers) for action in result.actions]
    rows = [
        Row((*action.answers, "" if action.cost is None else decimal_text(action.cost, 0)))
        for action in result.actions
    ]
    return [*rows, Row(("Jumlah", "", "", "", "", "", decimal_text(result.total_cost, 0)), strong=True)]


def _columns(result: ActionPlan) -> list[tuple[str, bool]]:
    columns = [(heading, False) for _, heading in _QUESTIONS]
    return [*columns, (_COST[1], True)] if result.with_cost else columns


def table(result: ActionPlan) -> DataTable:
    """The data of the 5W1H/5W2H plan as rows, for readers who do not see the drawing."""
    return data_table(result.caption.title, _columns(result), [row.cells for row in _rows(result)])


def draw(result: ActionPlan) -> str:
    """The 5W1H/5W2H plan as SVG text."""
    grid = plan_grid([Column(*column) for column in _columns(result)], _rows(result), WIDE)
    canvas, y = open_frame(result.caption, grid.width)
    bottom = draw_grid(canvas, y, grid)[-1]
    description = f"{len(result.actions)} tindakan perbaikan."
    return close_frame(canvas, bottom + 2, result.caption, [], description)
