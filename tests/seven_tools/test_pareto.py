"""Sorting, merging and the 80% mark of the Pareto diagram."""

from typing import Any

from kbk.seven_tools import pareto


def parse(*items: list[Any], **others: object) -> pareto.Pareto:
    return pareto.parse({"items": list(items), **others})


def labels(result: pareto.Pareto) -> list[str]:
    return [item.label for item in result.before.items]


def test_equal_counts_keep_their_order_of_input() -> None:
    assert labels(parse(["B", 2], ["A", 2], ["C", 5], ["D", 2])) == ["C", "B", "A", "D"]


def test_names_differing_in_case_or_blanks_are_one_bar() -> None:
    result = parse(["Salah ketik", 2], ["salah  KETIK ", 3], ["Lain", 1])
    assert [(item.label, item.count) for item in result.before.items] == [("Salah ketik", 5), ("Lain", 1)]


def test_lain_lain_stands_last_even_if_larger_and_is_remarked_on() -> None:
    result = parse(["Lain-lain", 50], ["A", 10], ["B", 20])
    assert labels(result) == ["B", "A", "Lain-lain"]
    assert pareto.notes(result)[-1] == "Lain-lain lebih besar daripada jenis terbesar; uraikan lagi isinya."


def test_exactly_80_percent_counts_as_reached_also_with_decimals() -> None:
    assert parse(["A", 0.7], ["B", 0.1], ["C", 0.2]).before.vital_few == 2
    assert parse(["A", 7], ["B", 1], ["C", 2]).before.vital_few == 2
    assert parse(["A", 79], ["B", 21]).before.vital_few == 2


def test_decimal_costs_add_up_exactly() -> None:
    assert parse(["A", 0.1], ["a", 0.2]).before.total == 0.3


def test_pair_shares_the_scale_and_tells_the_change() -> None:
    result = parse(["A", 60], ["B", 40], after=[["B", 15], ["A", 10]])
    assert result.after is not None
    assert [item.label for item in result.after.items] == ["B", "A"]
    assert result.change_percent == -75
    assert result.to_json()["change_percent"] == -75
    assert pareto.notes(result)[-1] == "Jumlah seluruhnya turun dari 100 menjadi 25 (75,0%)."


def test_after_may_be_all_zero() -> None:
    result = parse(["A", 60], after=[["A", 0]])
    assert result.after is not None
    assert (result.after.total, result.after.vital_few, result.change_percent) == (0, 0, -100)


def test_table_ends_with_the_total() -> None:
    assert pareto.table(parse(["A", 3], ["B", 1])).rows == (
        ("A", "3", "75,0%", "75,0%"),
        ("B", "1", "25,0%", "100,0%"),
        ("Jumlah seluruhnya", "4", "100,0%", ""),
    )


def test_merged_counts_are_added_before_they_are_rounded() -> None:
    result = parse(["A", 10**15], *[["a", 0.05]] * 20)
    assert (result.before.items[0].count, result.before.total) == (10**15 + 1, 10**15 + 1)
