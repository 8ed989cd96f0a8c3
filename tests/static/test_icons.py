"""Every icon a template names is drawn in the sprite; a missing one would leave an empty place without a word."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPRITE = ROOT / "static" / "vendor" / "bootstrap-icons-1.13.2" / "sprite.svg"
LISTED = ROOT / "static" / "js" / "editor-build" / "icons.txt"
NAMED = re.compile(r'(?:\b(?:icon|draw)\(|\bempty\(|\bicon(?:_after)?=|"icon": )"([a-z0-9-]+)"')


def _drawn() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text("utf-8")))


def test_sprite_holds_exactly_the_listed_icons() -> None:
    assert _drawn() == set(LISTED.read_text("utf-8").split())


def test_icons_named_in_templates_are_drawn() -> None:
    named = {
        (name, page.name)
        for page in (ROOT / "templates").rglob("*.html")
        for name in NAMED.findall(page.read_text("utf-8"))
    }
    assert {(name, page) for name, page in named if name not in _drawn()} == set()
