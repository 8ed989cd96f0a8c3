"""Joins the style sheets into site.css, so that a page needs one request: python static/css/bundle.py.

site.css is committed, because nobody who runs the program should need a build step; a test compares it.
"""

from pathlib import Path

HERE = Path(__file__).parent
FIRST = ("tokens.css", "fonts.css", "base.css", "layout.css")


def bundle() -> str:
    """The text of site.css: tokens, fonts, base and layout, then the components by name."""
    parts = [HERE / name for name in FIRST] + sorted((HERE / "components").glob("*.css"))
    return "\n".join(f"/* {part.relative_to(HERE).as_posix()} */\n{part.read_text('utf-8')}" for part in parts)


if __name__ == "__main__":
    (HERE / "site.css").write_text(bundle(), "utf-8")
