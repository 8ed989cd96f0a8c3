"""Sizes, colours and text styles of all drawings; the one place where the look is decided.

Colours are written as presentation attributes because a page's content security policy forbids inline styles.
Tones differ in lightness, so that a grey print keeps them apart; lines differ in dashes as well.
"""

from dataclasses import dataclass, field

WIDTH = 640.0
WIDE = 860.0

INK = "#23252e"
MUTED = "#5a5d68"
GRID = "#ddd6c8"
AXIS = "#8b8779"
INDIGO = "#2b3a67"
INDIGO_SOFT = "#a7b3d1"
SOGAN = "#8a5a2b"
SOGAN_SOFT = "#e3cba6"
PAPER = "#fffdf8"
SHADE = "#f4efe4"
SIGNAL = "#a3262a"

# Browsers show tabular figures through font-variant. Arial comes next because the width table covers it.
FONT = "Plus Jakarta Sans,Arial,Liberation Sans,Roboto,DejaVu Sans Condensed,sans-serif"
BODY = 12.0
LEADING = 1.28

Style = str


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """Size, weight and colour of a text.

    `attributes` is what its element carries beyond the drawing's defaults, `leading` the distance of two baselines,
    whole so that all lines of a text stand equally far apart. Faces are told apart by identity, which makes them
    cheap keys.
    """

    size: float = BODY
    bold: bool = False
    fill: str = INK
    attributes: str = field(init=False)
    leading: int = field(init=False)

    def __post_init__(self) -> None:
        written = f' font-size="{self.size:g}"' if self.size != BODY else ""
        written += ' font-weight="700"' if self.bold else ""
        written += f' fill="{self.fill}"' if self.fill != INK else ""
        object.__setattr__(self, "attributes", written)
        object.__setattr__(self, "leading", round(self.size * LEADING))


TITLE = Face(16, bold=True)
LABEL = Face()
STRONG = Face(bold=True)
SMALL = Face(11)
SMALL_STRONG = Face(11, bold=True)
NOTE = Face(11, fill=MUTED)
ON_DARK = Face(11, bold=True, fill="#fff")
ALARM = Face(11, bold=True, fill=SIGNAL)


def line_style(stroke: str, width: float = 1, dash: str = "") -> Style:
    """Attributes of an open line."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f' fill="none" stroke="{stroke}" stroke-width="{width:g}"{dashes}'


def stripes(stroke: str, breadth: float) -> Style:
    """Attributes of a line that fills a bar of this breadth with fine stripes across its length.

    A dashed line needs neither pattern nor clip path, and so no id.
    """
    return line_style(stroke, breadth, "1.2 4.3")


def shape_style(fill: str, stroke: str = "", width: float = 1) -> Style:
    """Attributes of a filled shape, outlined when `stroke` is given."""
    outline = f' stroke="{stroke}" stroke-width="{width:g}"' if stroke else ""
    return f' fill="{fill}"{outline}'


GRID_LINE = line_style(GRID)
AXIS_LINE = line_style(AXIS)
BAR = shape_style(INDIGO)
BAR_SOFT = shape_style(INDIGO_SOFT, INDIGO)
BOX = shape_style(PAPER, INDIGO, 1.2)
BOX_STRONG = shape_style(SOGAN_SOFT, SOGAN, 1.4)
BAND = shape_style(SHADE)
PATCH = shape_style(PAPER)


@dataclass(frozen=True, slots=True)
class SeriesLook:
    """How one of several series is told apart: tone and stripes of bars, dashes and marker of lines."""

    bar: Style
    stripe: str
    color: str
    dash: str
    marker: str


SERIES = (
    SeriesLook(BAR, "", INDIGO, "", "disc"),
    SeriesLook(shape_style(SOGAN_SOFT, SOGAN), SOGAN, SOGAN, "7 3", "square"),
    SeriesLook(shape_style(INDIGO_SOFT, INDIGO), "", "#5f74ad", "2 3", "ring"),
    SeriesLook(shape_style(SOGAN), "", "#b07a3e", "9 3 2 3", "diamond"),
    SeriesLook(shape_style(PAPER, INDIGO), INDIGO, INK, "4 2", "triangle"),
    SeriesLook(shape_style(PAPER, SOGAN), "", MUTED, "1 2", "cross"),
)
