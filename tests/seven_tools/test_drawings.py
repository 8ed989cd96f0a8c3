"""The drawings themselves: compared with the golden ones, and fit for page, paper and screen reader."""

import re
from difflib import unified_diff
from pathlib import Path

import pytest

from kbk.seven_tools import tool
from tests.seven_tools.layout import Box, Drawing, path_points, read
from tests.seven_tools.more_cases import ALL, CASES

GOLDEN = Path(__file__).parents[2] / "docs" / "drawings"
MOST_BYTES = 20_000


def drawn(kind: str, name: str) -> str:
    chosen = tool(kind)
    return chosen.draw(chosen.parse(ALL[kind][name]))


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_drawing_equals_the_golden_one(kind: str, name: str) -> None:
    golden = (GOLDEN / f"{kind}--{name}.svg").read_text(encoding="utf-8").splitlines()
    changed = list(
        unified_diff(golden, drawn(kind, name).splitlines(), "golden", "drawn now", lineterm="", n=1)
    )
    assert not changed, "Look at the change, then run bench/drawings_sheet.py:\n" + "\n".join(changed[:40])


def test_golden_drawings_are_those_of_the_cases_and_stand_on_the_sheet() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.svg")) == sorted(
        f"{kind}--{name}" for kind, name in CASES
    )
    sheet = (GOLDEN / "index.html").read_text(encoding="utf-8")
    for kind, name in CASES:
        assert (GOLDEN / f"{kind}--{name}.svg").read_text(encoding="utf-8") in sheet


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_drawing_is_well_laid_out_and_small(kind: str, name: str) -> None:
    svg = drawn(kind, name)
    drawing = read(svg)
    assert drawing.overlapping() == []
    assert drawing.outside() == []
    assert len(svg.encode()) <= MOST_BYTES


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_drawing_is_named_and_needs_neither_ids_nor_inline_styles(kind: str, name: str) -> None:
    svg = drawn(kind, name)
    assert re.match(r'<svg xmlns="http://www.w3.org/2000/svg" class="seven-tools" role="img" viewBox=', svg)
    assert re.search(r"\n<title>[^<]+</title>\n<desc>[^<]+</desc>\n", svg)
    tags = re.findall(r"<(/?[a-z]+)", svg)
    assert set(tags) <= {
        "svg",
        "/svg",
        "title",
        "/title",
        "desc",
        "/desc",
        "g",
        "/g",
        "text",
        "/text",
        "path",
        "rect",
        "circle",
    }
    attributes = {
        name for tag in re.findall(r"<[a-z][^>]*>", svg) for name in re.findall(r' ([a-z-]+)="', tag)
    }
    assert not attributes & {"id", "style", "href", "onload", "clip-path", "mask", "filter"}


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_table_holds_the_data_in_full_rows(kind: str, name: str) -> None:
    chosen = tool(kind)
    table = chosen.table(chosen.parse(ALL[kind][name]))
    assert table.rows
    assert all(table.header)
    assert {len(row) for row in table.rows} == {len(table.header)} == {len(table.numeric)}


def test_layout_check_finds_overlapping_and_outlying_texts() -> None:
    drawing = Drawing(
        100, 50, [Box(0, 0, 20, 10, "a"), Box(10, 5, 30, 15, "b"), Box(90, 40, 110, 45, "c")], []
    )
    assert drawing.overlapping() == [("a", "b")]
    assert drawing.outside() == ["c"]


def test_layout_check_follows_relative_paths() -> None:
    assert path_points("M10 20h5v-5H0l-1-2z") == [(10, 20), (15, 20), (15, 15), (0, 15), (-1, 13)]


def test_long_names_around_a_radar_keep_apart_from_the_legend() -> None:
    axes = [f"{number} {'kemampuan yang panjang ' * 8}"[:200] for number in range(7)]
    series = [{"name": f"Anggota {number}", "values": [3] * 7} for number in range(2)]
    radar = tool("radar")
    drawing = read(radar.draw(radar.parse({"axes": axes, "series": series})))
    assert drawing.overlapping() == []
    assert drawing.outside() == []
