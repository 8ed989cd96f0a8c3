from collections.abc import Callable
from fractions import Fraction

from scoring.additive import Group, fit_additive, linked_groups
from scoring.ballot import Sheet

Make = Callable[..., list[Sheet]]


def test_linked_groups_follow_shared_judges() -> None:
    pairs = [("E3", "J3"), ("E1", "J1"), ("E2", "J2"), ("E2", "J1"), ("E4", "J3")]
    assert linked_groups(pairs) == (
        Group(frozenset({"E1", "E2"}), frozenset({"J1", "J2"})),
        Group(frozenset({"E3", "E4"}), frozenset({"J3"})),
    )


def test_fit_finds_the_levels_it_was_made_from(make_sheets: Make) -> None:
    levels, severities = [80, 70, 60, 75], [5, -2, -3]
    gaps = {(0, 0), (1, 1), (3, 2), (3, 0)}
    table = [
        [None if (row, column) in gaps else level + severity for column, severity in enumerate(severities)]
        for row, level in enumerate(levels)
    ]
    fit = fit_additive(make_sheets(table))
    assert fit.entries == {"E1": 80, "E2": 70, "E3": 60, "E4": 75}
    assert fit.judges == {"J1": 5, "J2": -2, "J3": -3}


def test_fit_satisfies_the_normal_equations_exactly(make_sheets: Make) -> None:
    sheets = make_sheets([[81, None, 77], [None, 62, 70], [55, 58, None], [90, 93, 84], [71, None, None]])
    fit = fit_additive(sheets)
    rests = [
        (sheet.entry, sheet.judge, sheet.total - fit.entries[sheet.entry] - fit.judges[sheet.judge])
        for sheet in sheets
    ]
    for name in (*fit.entries, *fit.judges):
        assert sum(rest for entry, judge, rest in rests if name in (entry, judge)) == 0
    assert sum(fit.judges.values()) == 0


def test_expected_total_needs_a_link(make_sheets: Make) -> None:
    fit = fit_additive(make_sheets([[80, 90, None], [70, None, None], [None, None, 50]]))
    assert fit.expected("E2", "J2") == Fraction(80)
    assert fit.expected("E2", "J3") is None
    assert len(fit.groups) == 2
