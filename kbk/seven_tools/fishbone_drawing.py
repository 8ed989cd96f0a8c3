"""Lays out a fishbone so that nothing can overlap, whatever the texts.

Each pair of categories shares one column of the paper, one above and one below the spine. The bone is the slanted
right border of its column; all text lines of a column lean along with it, so columns keep their distance at every
height. A cause stands on a twig that runs to the bone (or, further down, to the twig of its own effect), and what it
needs in height is known before anything is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from kbk.seven_tools.drawing.canvas import MIDDLE, Canvas
from kbk.seven_tools.drawing.frame import PAD
from kbk.seven_tools.drawing.look import (
    BOX,
    BOX_STRONG,
    INDIGO,
    SMALL,
    SMALL_STRONG,
    SOGAN,
    STRONG,
    WIDTH,
    line_style,
    shape_style,
)
from kbk.seven_tools.drawing.text import block, wrap

_WIDTHS = (WIDTH, 768.0, 922.0, 1106.0, 1328.0)
_COLUMN_AT_LEAST = 125.0
_TALLEST = 1.1
_LETTER = 7.5
_HEAD = 118.0
_TAIL = 14.0
_STEEPEST = 0.35
_MOST_LEAN = 90.0
_INDENT = 13
_FOOT = 5
_MARGIN = 10.0
_GAP = 7
_BOX_PAD = 3
_ROOM_AT_LEAST = 30.0
_SPINE_GAP = 12.0
_CORNER = 4.0

_SPINE = line_style(INDIGO, 4)
_BONE = line_style(INDIGO, 2)
_TWIG = line_style(SOGAN, 1)
_ARROW = shape_style(INDIGO)


class CauseLike(Protocol):
    """What the layout needs to know of a cause."""

    @property
    def root(self) -> bool: ...


class CategoryLike(Protocol):
    """What the drawing needs to know of a main bone: its causes in order, each with the texts that lead to it."""

    @property
    def name(self) -> str: ...
    @property
    def ways(self) -> Sequence[tuple[tuple[str, ...], CauseLike]]: ...


class _Twig(NamedTuple):
    """A cause ready to be drawn: its lines, how deep it hangs, and the twig (by index) it runs to, if not the bone.

    `width` is that of its lines, with the box around those of a root; `height` takes in the gap to the next one.
    """

    lines: tuple[str, ...]
    width: float
    level: int
    root: bool
    parent: int | None
    height: int


class _Branch(NamedTuple):
    """A category ready to be drawn: its name in a box, its twigs, and the height that they take."""

    name: tuple[str, ...]
    head_width: float
    head_height: float
    twigs: list[_Twig]
    height: int


def width_for(categories: Sequence[CategoryLike]) -> float:
    """The narrowest sheet whose columns hold words and on which the fish is no taller than a page of that width.

    Printed to the width of the page, its texts are then as large as they can be.
    """
    letters = [sum([len(path[-1]) for path, _ in category.ways]) for category in categories]
    causes = [len(category.ways) for category in categories]
    for width in _WIDTHS:
        column = _column(width, len(categories))
        if column >= _COLUMN_AT_LEAST and _likely_depth(letters, causes, column) <= _TALLEST * width:
            return width
    return _WIDTHS[-1]


def _column(width: float, categories: int) -> float:
    """Breadth of a pair of categories on a sheet of this width."""
    return (width - 2 * PAD - _HEAD - _TAIL - _MOST_LEAN) / ((categories + 1) // 2)


def _likely_depth(letters: Sequence[int], causes: Sequence[int], column: float) -> float:
    """What the longest branches above and below the spine need in height, judged by their letters and causes."""
    height_of_letter = _LETTER / (column - 2 * _MARGIN) * SMALL.leading
    height_of_cause = SMALL.leading / 2 + _GAP
    depths = [
        many * height_of_letter + few * height_of_cause for many, few in zip(letters, causes, strict=True)
    ]
    return max(depths[::2]) + max(depths[1::2], default=0.0)


def draw_bones(canvas: Canvas, y: float, effect: str, categories: Sequence[CategoryLike]) -> float:
    """The whole fish from y down; returns the y below it."""
    column = _column(canvas.width, len(categories))
    branches = [_plan_branch(category, column) for category in categories]
    upper, lower = branches[::2], branches[1::2]
    effect_lines = wrap(effect, _HEAD - 16, STRONG)
    head_height = len(effect_lines) * STRONG.leading + 16
    above = max([60.0, head_height / 2 - 10, *(branch.height for branch in upper)])
    below = max([head_height / 2, *(branch.height for branch in lower)])
    lean = min(_STEEPEST, _MOST_LEAN / max(above, below))
    spine = y + max(branch.head_height for branch in upper) + above
    right = canvas.width - PAD - _HEAD
    for at, branch in enumerate(branches):
        joint = right - _TAIL - (at // 2) * column
        side, room = (-1, above) if at % 2 == 0 else (1, below)
        _draw_branch(canvas, branch, _Bone(joint, spine, side, -side * lean, room, column))
    canvas.line(PAD, spine, right - 6, spine, _SPINE)
    canvas.path(f"M{right:.1f} {spine:.1f}l-13-7v14z", _ARROW)
    canvas.rect(right, spine - head_height / 2, _HEAD, head_height, BOX_STRONG, _CORNER)
    canvas.lines(right + _HEAD / 2, spine - head_height / 2 + 8, effect_lines, STRONG, MIDDLE)
    return spine + below + max((branch.head_height for branch in lower), default=0.0) + 6


def _plan_branch(category: CategoryLike, column: float) -> _Branch:
    twigs: list[_Twig] = []
    latest: dict[int, int] = {}
    taken = 2 * round(_SPINE_GAP)
    widest_room = column - 2 * _MARGIN - _STEEPEST * SMALL.leading
    for number, (path, cause) in enumerate(category.ways):
        level, root = len(path) - 2, cause.root
        face, pads = (SMALL_STRONG, 2 * _BOX_PAD) if root else (SMALL, 0)
        room = widest_room - level * _INDENT
        lines, width = block(path[-1], (room if room > _ROOM_AT_LEAST else _ROOM_AT_LEAST) - pads, face)
        height = len(lines) * SMALL.leading + pads + _GAP
        twigs.append(_Twig(lines, width + pads, level, root, latest.get(level - 1), height))
        latest[level] = number
        taken += height
    name, width = block(category.name, column - 2 * _MARGIN, SMALL_STRONG)
    return _Branch(name, width + 14, len(name) * SMALL_STRONG.leading + 10, twigs, taken)


@dataclass(frozen=True, slots=True)
class _Bone:
    """A branch's line: it meets the spine at (joint, spine) and moves right by `slope` per unit down the sheet."""

    joint: float
    spine: float
    side: int
    slope: float
    length: float
    column: float

    def x(self, y: float) -> float:
        return self.joint + (y - self.spine) * self.slope

    @property
    def end(self) -> float:
        return self.spine + self.side * self.length


def _draw_branch(canvas: Canvas, branch: _Branch, bone: _Bone) -> None:
    canvas.line(bone.x(bone.end), bone.end, bone.joint, bone.spine, _BONE)
    top = bone.end - branch.head_height if bone.side < 0 else bone.end
    width = branch.head_width
    middle = min(bone.x(bone.end), canvas.width - PAD - width / 2)
    canvas.rect(middle - width / 2, top, width, branch.head_height, BOX, _CORNER)
    canvas.lines(middle, top + 4, branch.name, SMALL_STRONG, MIDDLE)
    y = bone.end + _SPINE_GAP / 2 if bone.side < 0 else bone.spine + _SPINE_GAP
    spare = bone.length - branch.height
    y += spare / 2 if bone.side < 0 else spare / 3
    _draw_twigs(canvas, branch.twigs, bone, round(y))


def _draw_twigs(canvas: Canvas, twigs: Sequence[_Twig], bone: _Bone, y: int) -> None:
    """The causes of a branch from y down, each on a twig that runs to the bone or to the twig of its effect."""
    origins: list[tuple[int, int]] = []
    paths: list[str] = []
    for twig in twigs:
        _, width, level, _, parent, height = twig
        low = y + height - _GAP + 2
        end = bone.x(low)
        left = (end - bone.column + _MARGIN + level * _INDENT).__trunc__()
        _draw_cause(canvas, twig, bone, y, left)
        if parent is None:
            paths.append(f"M{left} {low}H{end:.0f}")
        else:
            x, above = origins[parent]
            elbow = left - _INDENT + _FOOT
            paths.append(f"M{x} {above}L{elbow} {low}H{left + width:.0f}")
        origins.append((left + _FOOT, low))
        y += height
    canvas.path("".join(paths), _TWIG)


def _draw_cause(canvas: Canvas, twig: _Twig, bone: _Bone, y: int, left: float) -> None:
    """The lines of a cause under one another where the column has room for that, else leaning along the bone.

    `left` is where the column begins at the foot of the text.
    """
    lines, width, level, root, _, height = twig
    height -= _GAP
    slope = bone.slope
    rise = slope * height
    if abs(rise) + width > bone.column - 2 * _MARGIN - level * _INDENT:
        left -= rise
    else:
        left -= min(rise, 0.0)
        rise = slope = 0.0
    if root:
        box = f"M{left:.1f} {y}h{width:.1f}l{rise:.1f} {height}h{-width:.1f}z"
        canvas.path(box, BOX_STRONG)
        left += _BOX_PAD + slope * _BOX_PAD
        y += _BOX_PAD
    face = SMALL_STRONG if root else SMALL
    canvas.lines(left + slope * face.leading / 2, y - 1, lines, face, lean=slope * face.leading)
