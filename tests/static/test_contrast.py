"""The palette keeps WCAG AA: 4.5 to 1 for text (1.4.3), 3 to 1 for the edges of controls (1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"

TEXT = [
    ("ink", "paper"),
    ("ink", "paper-deep"),
    ("ink-soft", "paper"),
    ("ink-soft", "paper-deep"),
    ("ink-soft", "surface"),
    ("indigo", "paper"),
    ("indigo", "paper-deep"),
    ("indigo", "indigo-tint"),
    ("indigo-deep", "indigo-tint"),
    ("ink-soft", "indigo-tint"),
    ("surface", "indigo"),
    ("surface", "indigo-deep"),
    ("sogan", "paper"),
    ("good", "good-tint"),
    ("good", "paper"),
    ("warn", "warn-tint"),
    ("warn", "paper"),
    ("bad", "bad-tint"),
    ("bad", "paper"),
]
EDGES = [("line-strong", "surface"), ("line-strong", "paper"), ("indigo", "paper")]


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    palette = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS.read_text("utf-8")))
    light, dark = sorted((_luminance(palette[one]), _luminance(palette[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert _contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_stand_out_from_their_ground(edge: str, ground: str) -> None:
    assert _contrast(edge, ground) >= 3
