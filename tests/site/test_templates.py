"""Every template is used, and every template that is asked for is there."""

import re
from pathlib import Path

from kbk.paths import TEMPLATES

ROOT = Path(__file__).parent.parent.parent
ASKED = re.compile(r"""["']((?:[a-z_]+/)*[a-z_0-9-]+\.html)["']""")


def test_templates_asked_for_and_templates_there_are_the_same():
    there = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    sources = [*TEMPLATES.rglob("*.html"), *(ROOT / "kbk").rglob("*.py")]
    asked = {name for path in sources for name in ASKED.findall(path.read_text(encoding="utf-8"))}
    papers = {name.removeprefix("pdf/") for name in there if name.startswith("pdf/")}
    errors = {name for name in there if name.startswith("errors/")}
    assert there - asked - errors - {f"pdf/{name}" for name in papers & asked} == set()
    assert {name for name in asked if name not in there and name not in papers} == set()
