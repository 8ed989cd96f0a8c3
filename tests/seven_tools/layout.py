"""Reads a finished drawing back: where its texts and shapes stand, measured with the font's widths."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from kbk.seven_tools.drawing.look import BODY, Face
from kbk.seven_tools.drawing.text import text_width

SVG = "{http://www.w3.org/2000/svg}"
ASCENT, DESCENT = 0.74, 0.2
TOLERANCE = 0.6

_TURN = re.compile(r"rotate\(-90 [\d.-]+ [\d.-]+\)")
_PLACED = re.compile(r"(?:translate\(([\d.]+)\) )?scale\(([\d.]+)\)")
_PATH = re.compile(r"([MLHVmlhvz])|(-?\d*\.?\d+)")


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float
    words: str

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right - TOLERANCE
            and other.left < self.right - TOLERANCE
            and self.top < other.bottom - TOLERANCE
            and other.top < self.bottom - TOLERANCE
        )

    def inside(self, width: float, height: float) -> bool:
        edges = (self.left, self.top, width - self.right, height - self.bottom)
        return all(edge >= -TOLERANCE for edge in edges)


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    texts: list[Box]
    shapes: list[Box]

    def overlapping(self) -> list[tuple[str, str]]:
        """Pairs of texts whose boxes overlap; boxes are swept from the top, so that many stay quick."""
        found = []
        ordered = sorted(self.texts, key=lambda box: box.top)
        for at, box in enumerate(ordered):
            for other in ordered[at + 1 :]:
                if other.top >= box.bottom:
                    break
                if box.overlaps(other):
                    found.append((box.words, other.words))
        return found

    def outside(self) -> list[str]:
        return [box.words for box in (*self.texts, *self.shapes) if not box.inside(self.width, self.height)]


def read(svg: str) -> Drawing:
    """Parse an SVG document; raises ParseError when it is not well-formed."""
    root = ET.fromstring(svg)
    drawing = Drawing(float(root.attrib["width"]), float(root.attrib["height"]), [], [])
    _collect(root, {}, drawing)
    return drawing


def _collect(node: ET.Element, inherited: dict[str, str], drawing: Drawing) -> None:
    look = inherited | {
        key: node.attrib[key] for key in ("font-size", "font-weight", "text-anchor") if key in node.attrib
    }
    if node.tag == f"{SVG}text":
        drawing.texts.append(_text_box(node, look))
    elif node.tag in (f"{SVG}rect", f"{SVG}circle", f"{SVG}path"):
        drawing.shapes.append(_shape_box(node))
    for child in node:
        _collect(child, look, drawing)


def _text_box(node: ET.Element, look: dict[str, str]) -> Box:
    words, x, y = node.text or "", float(node.attrib["x"]), float(node.attrib["y"])
    face = Face(float(look.get("font-size", BODY)), look.get("font-weight") == "700")
    width = text_width(words, face)
    before = {"end": width, "middle": width / 2}.get(look.get("text-anchor", "start"), 0.0)
    above, below = face.size * ASCENT, face.size * DESCENT
    if "transform" in node.attrib:
        assert _TURN.fullmatch(node.attrib["transform"])
        return Box(x - above, y - width + before, x + below, y + before, words)
    return Box(x - before, y - above, x - before + width, y + below, words)


def _shape_box(node: ET.Element) -> Box:
    number = {
        key: float(node.attrib[key])
        for key in ("x", "y", "width", "height", "cx", "cy", "r")
        if key in node.attrib
    }
    name = node.tag.removeprefix(SVG)
    if name == "rect":
        assert number["width"] >= 0
        assert number["height"] >= 0
        return Box(
            number["x"], number["y"], number["x"] + number["width"], number["y"] + number["height"], name
        )
    if name == "circle":
        r = number["r"]
        return Box(number["cx"] - r, number["cy"] - r, number["cx"] + r, number["cy"] + r, name)
    shift, factor = _placement(node.attrib.get("transform"))
    points = path_points(node.attrib["d"])
    across, down = [shift + x * factor for x, _ in points], [y * factor for _, y in points]
    return Box(min(across), min(down), max(across), max(down), f"path {node.attrib['d'][:40]}")


def _placement(transform: str | None) -> tuple[float, float]:
    """How far to the right a path is moved, and by what it is multiplied before."""
    if transform is None:
        return 0.0, 1.0
    found = _PLACED.fullmatch(transform)
    assert found, transform
    return float(found[1] or 0), float(found[2])


def path_points(data: str) -> list[tuple[float, float]]:
    """Corners of a path made of straight lines."""
    points: list[tuple[float, float]] = []
    x, y, command = 0.0, 0.0, ""
    waiting: list[float] = []
    for letter, number in _PATH.findall(data):
        if letter:
            command = letter
            continue
        waiting.append(float(number))
        if len(waiting) < (1 if command in "HVhv" else 2):
            continue
        if command in "Hh":
            x = waiting[0] + (x if command == "h" else 0)
        elif command in "Vv":
            y = waiting[0] + (y if command == "v" else 0)
        else:
            x, y = waiting[0] + (x if command.islower() else 0), waiting[1] + (y if command.islower() else 0)
        points.append((x, y))
        waiting = []
    return points
