"""The one style sheet that pages load is the join of its parts."""

import re
import runpy
from pathlib import Path

STATIC = Path(__file__).parents[2] / "static"


def test_site_css_is_the_join_of_its_parts() -> None:
    bundle = runpy.run_path(str(STATIC / "css" / "bundle.py"))["bundle"]
    assert (STATIC / "css" / "site.css").read_text("utf-8") == bundle(), "run: python static/css/bundle.py"


def test_site_css_names_only_fonts_that_are_there() -> None:
    addresses = re.findall(r'url\("\.\./(fonts/[^"?]+)', (STATIC / "css" / "site.css").read_text("utf-8"))
    assert [path for path in addresses if not (STATIC / path).is_file()] == []


def test_css_uses_only_named_tokens() -> None:
    sheets = sorted((STATIC / "css").rglob("*.css"))
    named = {name for sheet in sheets for name in re.findall(r"(--[\w-]+)\s*:", sheet.read_text("utf-8"))}
    used = {name for sheet in sheets for name in re.findall(r"var\((--[\w-]+)", sheet.read_text("utf-8"))}
    assert used - named == set()
