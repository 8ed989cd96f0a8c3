"""The diagrams of the demonstration's risalah."""

import pytest

from kbk.demo.drawing import sketches
from kbk.demo.participants import Theme, themes
from kbk.risalah.outline import outline
from kbk.seven_tools import tool
from kbk.seven_tools.entry import entry


@pytest.mark.parametrize("theme", themes().values(), ids=list(themes()))
def test_every_theme_is_drawn_with_the_tools_of_its_sections(theme: Theme) -> None:
    found = list(sketches(theme, "Kelurahan Contoh"))
    assert [(one.section, one.kind) for one in found] == [
        ("prioritas", "pareto"),
        ("kondisi", "line-chart"),
        ("sebab-akibat", "fishbone"),
        ("perbandingan", "pareto"),
        ("sosialisasi", "control-chart"),
    ]
    for one in found:
        assert outline("tulta-7").section(one.section)
        data = entry(one.kind).compose(one.typed)
        chosen = tool(one.kind)
        assert chosen.draw(chosen.parse(data)).startswith("<svg ")


def test_figures_are_those_of_the_text() -> None:
    theme = themes()["antrean"]
    first, *_, pair, watched = sketches(theme, "Kelurahan Contoh")
    assert entry("pareto").compose(first.typed)["items"] == [
        [cause, count] for cause, count in zip(theme.causes, theme.counts, strict=True)
    ]
    assert entry("pareto").compose(pair.typed)["after"] == [
        ["berkas tidak lengkap", 35], ["formulir lama", 17], ["loket satu arah", 9], ["arsip sulit dicari", 4],
    ]  # fmt: skip
    assert len(entry("control-chart").compose(watched.typed)["counts"]) == 20
