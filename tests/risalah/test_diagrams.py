"""From what was typed to what is drawn."""

import pytest

from kbk.risalah.diagrams import Drawing, Fault, cells, draw, drawn, drawn_again, example, filled_lines, tidy
from kbk.risalah.outline import OUTLINES, outline
from kbk.seven_tools import KINDS
from kbk.seven_tools.entry import ENTRY_KINDS, Typed, entry

TABLE = "Jenis\tJumlah\tJumlah sesudah\nAntrean\t80\t\nBerkas\t94\t\n"


def test_a_table_becomes_a_drawing_with_its_data() -> None:
    found = drawn("pareto", Typed({"title": "Keluhan"}, TABLE))
    assert isinstance(found, Drawing)
    assert found.title == "Keluhan"
    assert found.svg.startswith("<svg ")
    assert [row[0] for row in found.table.rows] == ["Berkas", "Antrean", "Jumlah seluruhnya"]


def test_without_a_title_the_tool_names_the_drawing() -> None:
    found = drawn("pareto", Typed({}, TABLE))
    assert isinstance(found, Drawing)
    assert found.title == "Diagram Pareto"


def test_a_fault_names_its_cell() -> None:
    found = drawn("pareto", Typed({}, TABLE.replace("94", "banyak")))
    assert found == Fault(
        "Baris 2, kolom “Jumlah” harus berupa angka seperti 1.250 atau 12,5, bukan “banyak”.", 2, 1
    )


@pytest.mark.parametrize(
    "table", ["", "Jenis\tJumlah\tJumlah sesudah", "Jenis\tJumlah\tJumlah sesudah\n\t\t\n"]
)
def test_an_empty_table_is_no_mistake(table: str) -> None:
    assert drawn("pareto", Typed({}, table)) == Fault("Tabelnya belum diisi.", empty=True)


def test_texts_of_people_are_escaped_in_the_drawing() -> None:
    nasty = "</svg><script>alert(1)</script>&\"'"
    found = drawn("pareto", Typed({"title": nasty, "source": nasty}, TABLE.replace("Antrean", nasty)))
    assert isinstance(found, Drawing)
    assert "<script" not in found.svg
    assert found.svg.count("</svg>") == 1


def test_what_a_tool_no_longer_takes_is_left_out() -> None:
    assert drawn_again("pareto", {"items": "lama"}) is None
    assert drawn_again("alat-lama", {}) is None
    assert drawn_again("pareto", {"items": [["a", 1]]}) == draw("pareto", {"items": [["a", 1]]})


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_every_tool_has_an_example_that_can_be_drawn(kind: str) -> None:
    assert example(kind).svg.startswith("<svg ")
    line = entry(kind).heading_line({})
    assert "\n" not in line


def test_a_table_is_kept_as_it_was_typed_but_for_what_nobody_sees() -> None:
    assert tidy("a\tb\r\nc\x0b\u2028d\te\rf\0") == "a\tb\nc  d\te\nf "


def test_cells_are_as_many_in_every_line() -> None:
    assert cells("a\tb\nc\n\n") == (("a", "b"), ("c", ""))
    assert cells("") == (("",),)
    assert filled_lines("a\tb\n\t\nc\n") == 1


@pytest.mark.parametrize("key", OUTLINES)
def test_every_step_names_tools_that_exist(key: str) -> None:
    for step in outline(key).steps:
        assert set(step.diagrams) <= set(KINDS)
        assert len(step.diagrams) == len(set(step.diagrams)) > 0
