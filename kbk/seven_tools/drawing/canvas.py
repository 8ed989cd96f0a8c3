"""Collects SVG elements and hands back the finished document; knows nothing about tools."""

from collections import defaultdict
from collections.abc import Sequence

from kbk.seven_tools.drawing.look import BODY, FONT, INK, LABEL, WIDTH, Face, Style
from kbk.seven_tools.drawing.text import wrap

START = ""
MIDDLE = ' text-anchor="middle"'
END = ' text-anchor="end"'

Point = tuple[float, float]


class _Written(dict[int, str]):
    """Whole coordinates, each written once into its piece of the markup."""

    def __init__(self, piece: str) -> None:
        super().__init__()
        self.piece = piece

    def __missing__(self, coordinate: int) -> str:
        text = self[coordinate] = self.piece % coordinate
        return text


_X, _Y, _END = _Written('<text x="%d" y="'), _Written('%d">'), "</text>\n"


def escape(text: str) -> str:
    """`text` as XML character data."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


class Canvas:
    """A sheet of fixed width that grows downward. Units are CSS pixels; y runs down.

    Texts of one look are gathered in one group behind all shapes: nothing is ever drawn over a text, and a drawing
    of many texts stays small. Texts stand on whole units, where screens draw them sharpest.
    """

    def __init__(self, width: float = WIDTH) -> None:
        self.width = width
        self.parts: list[str] = []
        self._texts: defaultdict[str, list[str]] = defaultdict(list)

    def text(self, x: float, y: float, words: str, face: Face = LABEL, anchor: str = START) -> None:
        """One line with its baseline at y."""
        group = self._texts[anchor + face.attributes]
        group += _X[(x + 0.5).__trunc__()], _Y[(y + 0.5).__trunc__()], words, _END

    def level(
        self, xs: Sequence[int], texts: Sequence[str], y: float, face: Face = LABEL, anchor: str = START
    ) -> None:
        """Texts side by side on one baseline, each at its x; empty ones are left out."""
        if "" in texts:
            xs = [x for x, words in zip(xs, texts, strict=True) if words]
            texts = [words for words in texts if words]
        pieces = ["", _Y[(y + 0.5).__trunc__()], "", _END] * len(texts)
        pieces[::4], pieces[2::4] = [_X[x] for x in xs], texts
        self._texts[anchor + face.attributes] += pieces

    def turned(self, x: float, y: float, words: str, face: Face = LABEL, anchor: str = END) -> None:
        """One line running upwards, its baseline on the vertical through x."""
        across, down = (x + 0.5).__trunc__(), (y + 0.5).__trunc__()
        turn = f'{down}" transform="rotate(-90 {across} {down})">'
        self._texts[anchor + face.attributes] += _X[across], turn, words, _END

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        face: Face = LABEL,
        anchor: str = START,
        lean: float = 0.0,
    ) -> float:
        """Lines under one another, the first in the line box that starts at y; returns where the next box starts.

        Each line stands `lean` further right than the one above it.
        """
        group, leading = self._texts[anchor + face.attributes], face.leading
        left, baseline = x + 0.5, (y + face.size + 0.5).__trunc__()
        for words in lines:
            group += _X[left.__trunc__()], _Y[baseline], words, _END
            left += lean
            baseline += leading
        return y + len(lines) * leading

    def paragraph(
        self, x: float, y: float, words: str, room: float, face: Face = LABEL, anchor: str = START
    ) -> float:
        """`words` wrapped to `room`; returns where the next line box starts."""
        return self.lines(x, y, wrap(words, room, face), face, anchor)

    def rect(self, x: float, y: float, width: float, height: float, style: Style, corner: float = 0) -> None:
        rounded = f' rx="{corner:g}"' if corner else ""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"{rounded}{style}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, style: Style) -> None:
        self.parts.append(f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"{style}/>')

    def path(self, data: str, style: Style) -> None:
        """A path of any data; an empty one is left out."""
        if data:
            self.parts.append(f'<path d="{data}"{style}/>')

    def polyline(self, points: Sequence[Point], style: Style) -> None:
        self.path(open_path(points), style)

    def circle(self, x: float, y: float, radius: float, style: Style) -> None:
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"{style}/>')

    def svg(self, height: float, title: str, description: str) -> str:
        """The document. It carries no ids, so any number of drawings may stand on one page."""
        across, down = f"{self.width:.0f}", f"{height:.0f}"
        root = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="seven-tools" role="img" viewBox="0 0 {across} {down}"'
            f' width="{across}" height="{down}" font-family="{FONT}" font-size="{BODY:g}"'
            f' font-variant="tabular-nums" fill="{INK}">'
        )
        named = (f"<title>{escape(title)}</title>", f"<desc>{escape(description)}</desc>")
        groups = [f"<g{look}>\n{_joined(texts)}</g>" for look, texts in self._texts.items()]
        return "\n".join([root, *named, *self.parts, *groups, "</svg>"])


def _joined(texts: list[str]) -> str:
    """Texts, each given as place (in two pieces), words and end.

    The words are escaped only here, because one look at all of them mostly tells that none needs it.
    """
    words = texts[2::4]
    everything = "".join(words)
    if escape(everything) != everything:
        texts[2::4] = map(escape, words)
    return "".join(texts)


def open_path(points: Sequence[Point]) -> str:
    """Path data of straight lines through `points`; one format call because series are long."""
    if not points:
        return ""
    flat = [coordinate for point in points for coordinate in point]
    return ("M%.1f %.1f" + "L%.1f %.1f" * (len(points) - 1)) % tuple(flat)


def bar_path(x: float, y: float, width: float, height: float) -> str:
    """Path data of one rectangle; bars of one look share a path, which keeps many of them small."""
    return f"M{x:.1f} {y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"
