"""Classes, specification limits and figures of the histogram."""

import pytest

from kbk.seven_tools import histogram


@pytest.mark.parametrize(("n", "classes"), [(2, 2), (16, 5), (17, 6), (125, 8), (1000, 11)])
def test_sturges_rule(n: int, classes: int) -> None:
    assert histogram.sturges(n) == classes


def test_value_on_an_edge_belongs_to_the_class_it_begins() -> None:
    result = histogram.parse({"values": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], "classes": 6})
    assert result.counts == (1, 1, 1, 1, 1, 2)


def test_chosen_edges_are_used_as_given() -> None:
    result = histogram.parse({"values": [1, 5, 10, 10, 20], "classes": [0, 5, 10, 20]})
    assert list(result.edges) == [0, 5, 10, 20]
    assert list(result.counts) == [1, 1, 3]


def test_specification_counts_what_lies_beyond_and_gives_pp_and_ppk() -> None:
    result = histogram.parse({"values": [1, 2, 3, 4, 5], "lower_spec": 2, "upper_spec": 8})
    found = result.to_json()
    assert (found["below_lower_spec"], found["above_upper_spec"]) == (1, 0)
    assert found["pp"] == pytest.approx(6 / (6 * 2.5**0.5))
    assert found["ppk"] == pytest.approx(1 / (3 * 2.5**0.5))


def test_one_sided_specification_has_no_pp() -> None:
    found = histogram.parse({"values": [1, 2, 3], "upper_spec": 5}).to_json()
    assert found["pp"] is None
    assert found["ppk"] == 1


def test_few_values_are_remarked_on() -> None:
    assert histogram.notes(histogram.parse({"values": [1, 2, 4]})) == [
        "n = 3; rata-rata 2,33; median 2,00; simpangan baku 1,528.",
        "Baru 3 nilai; sebaiknya paling sedikit 30 agar bentuk sebarannya terlihat.",
    ]


def test_counts_are_written_with_dots_between_thousands() -> None:
    result = histogram.parse({"values": [1, 2] * 1000, "classes": 1, "upper_spec": 1.5})
    assert histogram.table(result).rows == (("1 sampai 2", "2.000", "100,0%"),)
    assert histogram.notes(result)[0].startswith("n = 2.000; ")
    assert histogram.notes(result)[1].startswith("Di luar batas spesifikasi: 1.000 dari 2.000 (50,0%)")
    assert ">2.000</text>" in histogram.draw(result)
