"""Write kbk/seven_tools/drawing/font_widths.py from font files.

The table was made from the npm package @fontsource/plus-jakarta-sans 5.3.0 (files/*-latin-{400,600,700}-normal.woff2
and *-latin-ext-*) and from Liberation Sans Regular and Bold, whose advance widths equal those of Arial. Of all fonts
given for one weight the widest advance counts, so a text measured with the table fits in each of them. Digits also
cover their tabular form. Needs fontTools and brotli:

    python bench/drawings_font_widths.py --regular A.woff2 B.ttf --bold C.woff2 D.ttf > font_widths.py
"""

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

SIGNS = (0x2032, 0x20AC, 0x2122, 0x2191, 0x2193, 0x2212)
POINTS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), *SIGNS]
STEP = 10
HEAD = '''"""Advance widths of the page font, in thousandths of the font size; made by bench/drawings_font_widths.py.

Each line maps a width, rounded up to ten, to the characters that have it. A width is the largest of Plus Jakarta
Sans (SIL Open Font License 1.1) and Arial, the first font a reader without the page font falls back to.
"""

'''


def widest_advances(paths: list[Path]) -> dict[str, int]:
    widths: dict[str, int] = {}
    for path in paths:
        font = TTFont(path)
        cmap, metrics, units = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
        tabular = _single_substitutions(font, "tnum")
        for point in POINTS:
            if point in cmap:
                names = [cmap[point], tabular.get(cmap[point], cmap[point])]
                advance = max(metrics[name][0] for name in names) * 1000 / units
                widths[chr(point)] = max(widths.get(chr(point), 0), -int(-advance // STEP) * STEP)
    return widths


def _single_substitutions(font: Any, tag: str) -> dict[str, str]:
    if "GSUB" not in font:
        return {}
    table, found = font["GSUB"].table, {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == tag:
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    found.update(getattr(part, "ExtSubTable", part).mapping)
    return found


def python_table(name: str, widths: dict[str, int]) -> str:
    rows: dict[int, str] = defaultdict(str)
    for character, width in widths.items():
        rows[width] += character
    lines = "".join(f"    {width}: {_literal(rows[width])},\n" for width in sorted(rows))
    return f"{name}: dict[int, str] = {{\n{lines}}}\n"


def _literal(characters: str) -> str:
    shown = characters.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + shown.replace("\xa0", "\\xa0").replace("\xad", "\\xad") + '"'


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regular", nargs="+", type=Path, required=True)
    parser.add_argument("--bold", nargs="+", type=Path, required=True)
    given = parser.parse_args()
    print(HEAD, end="")
    print(python_table("REGULAR", widest_advances(given.regular)), end="\n")
    print(python_table("BOLD", widest_advances(given.bold)), end="")
