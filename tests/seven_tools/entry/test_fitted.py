"""What was typed, brought under the columns of other settings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbk.seven_tools.entry import Typed, entry
from tests.seven_tools.entry.typed_lines import refused

CHART = entry("control-chart")
P = "Sampel\tCacat\tDiperiksa\tAlasan tidak dihitung\nSenin\t5\t50\t\nSelasa\t4\t60\tlistrik padam"


def fitted(table: str, former: dict[str, str], present: dict[str, str]) -> str:
    return CHART.fitted(Typed(present, table), former).table


def test_same_columns_are_left_as_they_are() -> None:
    typed = Typed({"type": "np"}, P + "\n\n")
    assert CHART.fitted(typed, {"type": "p"}) is typed
    assert entry("pareto").fitted(typed, {}) is typed


def test_numbers_go_to_the_column_of_numbers_and_reasons_to_their_own() -> None:
    assert fitted("\t5\tpadam\n\t6\t", {"type": "i-mr"}, {"type": "p"}) == (
        "Sampel\tCacat\tDiperiksa\tAlasan tidak dihitung\n\t5\t\tpadam\n\t6\t\t"
    )


def test_cells_without_a_column_stay_beyond_the_last_and_return() -> None:
    table = fitted(P, {"type": "p"}, {"type": "i-mr"})
    assert table == (
        "Sampel\tNilai\tAlasan tidak dihitung\tDiperiksa\nSenin\t5\t\t50\nSelasa\t4\tlistrik padam\t60"
    )
    assert refused("control-chart", {"type": "i-mr"}, table) == (
        "Baris 1 memuat isi di luar kolom yang dipakai, yaitu di bawah “Diperiksa”.", 1, 3, None
    )  # fmt: skip
    assert fitted(table, {"type": "i-mr"}, {"type": "p"}) == P


def test_fewer_measurements_keep_the_others_beyond() -> None:
    five = {"type": "xbar-r"}
    two = five | {"sample_size": "2"}
    typed = CHART.heading_line(five) + "\nSenin\t1\t2\t3\t\t5\tpadam"
    table = fitted(typed, five, two)
    assert table == (
        "Sampel\tNilai 1\tNilai 2\tAlasan tidak dihitung\tNilai 3\tNilai 5\nSenin\t1\t2\tpadam\t3\t5"
    )
    assert fitted(table, two, five) == typed


def test_lines_without_headings_and_cells_beyond_are_kept() -> None:
    assert fitted("Senin\t5\n\n\t\t\t\tx", {"type": "c"}, {"type": "i-mr"}) == (
        "Sampel\tNilai\tAlasan tidak dihitung\t\nSenin\t5\t\t\n\t\t\t\n\t\t\tx"
    )


@pytest.mark.parametrize("table", ["", "\n", CHART.heading_line({}) + "\n"])
def test_empty_table_gets_the_present_headings(table: str) -> None:
    assert fitted(table, {}, {"type": "c"}).split("\n")[0] == "Sampel\tCacat\tAlasan tidak dihitung"


_cells = st.text(st.sampled_from("ab1 5,\t\t\n\n"), max_size=60)
_chosen = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["", "p", "c", "u", "xbar-r", "i-mr"]),
        "sample_size": st.sampled_from(["", "2", "4"]),
    }
)


@settings(deadline=None)
@given(_cells, _chosen, _chosen, st.booleans())
def test_nothing_typed_is_ever_lost(
    below: str, former: dict[str, str], present: dict[str, str], headed: bool
) -> None:
    typed = (CHART.heading_line(former) + "\n") * headed + below
    lines = fitted(typed, former, present).split("\n")
    assert [own for line in lines if (own := own_cells(line))] == [
        own for line in below.split("\n") if (own := own_cells(line))
    ]


def own_cells(line: str) -> list[str]:
    """The cells that are no headings, which alone have capitals."""
    return sorted(cell.strip() for cell in line.split("\t") if cell.strip() and cell == cell.lower())


@pytest.mark.parametrize(
    "table", ["x\t1\n" * 5002, "\t".join("x" * 61), "1" * 10_000_000, "x\t1\n" * 2_500_000]
)
def test_too_large_a_table_is_left_as_it_is(table: str) -> None:
    assert fitted(table, {}, {"type": "c"}) == table
