"""What must hold for any data at all, with examples that Hypothesis looks for."""

import copy
import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbk.seven_tools import KINDS, ToolInputError, control_chart, tool
from kbk.seven_tools import check_sheet as check_sheet_tool
from kbk.seven_tools import histogram as histogram_tool
from kbk.seven_tools import pareto as pareto_tool
from kbk.seven_tools import stratification as stratification_tool
from tests.seven_tools import strategies
from tests.seven_tools.cases import Data
from tests.seven_tools.layout import read

PROFILE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.parametrize("kind", KINDS)
def test_drawing_stays_in_its_box_and_overlaps_no_labels(kind: str) -> None:
    chosen = tool(kind)

    @PROFILE
    @given(strategies.VALID[kind])
    def check(data: Data) -> None:
        result = chosen.parse(data)
        drawing = read(chosen.draw(result))
        assert drawing.overlapping() == []
        assert drawing.outside() == []
        table = chosen.table(result)
        assert {len(row) for row in table.rows} == {len(table.header)} == {len(table.numeric)}
        json.dumps(result.to_json(), allow_nan=False)

    check()


@PROFILE
@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=6), st.integers(1, 10**6), min_size=1, max_size=30)
)
def test_pareto_does_not_depend_on_typing_order_of_unequal_counts(counts: dict[str, int]) -> None:
    items = [
        [name, count] for name, count in {count: [name, count] for name, count in counts.items()}.values()
    ]
    forward, backward = pareto_tool.parse({"items": items}), pareto_tool.parse({"items": items[::-1]})
    assert forward == backward


@PROFILE
@given(strategies.pareto())
def test_pareto_accumulates_to_exactly_100(data: Data) -> None:
    result = pareto_tool.parse(data)
    shares = [item.cumulative_percent for item in result.before.items]
    assert shares[-1] == 100
    assert shares == sorted(shares)
    reached = [share >= 80 for share in shares]
    assert result.before.vital_few == reached.index(True) + 1


@PROFILE
@given(st.lists(st.tuples(strategies.names, st.integers(0, 1000)), min_size=1, max_size=30))
def test_pareto_total_is_the_sum_of_the_input(pairs: list[tuple[str, int]]) -> None:
    result = pareto_tool.parse({"items": [["pasti", 1], *map(list, pairs)]})
    assert (
        sum(item.count for item in result.before.items) == result.before.total == 1 + sum(c for _, c in pairs)
    )


@PROFILE
@given(strategies.check_sheet())
def test_check_sheet_totals_agree(data: Data) -> None:
    result = check_sheet_tool.parse(data)
    assert sum(result.row_totals) == sum(result.column_totals) == result.grand_total


@PROFILE
@given(strategies.stratification())
def test_stratification_totals_agree(data: Data) -> None:
    result = stratification_tool.parse(data)
    assert sum(result.group_totals) == sum(one.count for one in result.strata) == result.total.count
    if result.total.rate is not None:
        rates = [rate for one in result.strata if (rate := one.rate) is not None]
        assert min(rates) <= result.total.rate * (1 + 1e-12)
        assert result.total.rate <= max(rates) * (1 + 1e-12)


@PROFILE
@given(strategies.histogram())
def test_histogram_counts_every_value_once_in_its_class(data: Data) -> None:
    result = histogram_tool.parse(data)
    assert sum(result.counts) == len(result.values)
    assert list(result.edges) == sorted(result.edges)
    low = Fraction(repr(min(result.values)))
    span = Fraction(repr(max(result.values))) - low
    number = len(result.counts)
    expected = [0] * number
    for value in result.values:
        expected[min(int((Fraction(repr(value)) - low) * number / span), number - 1)] += 1
    assert list(result.counts) == expected


@PROFILE
@given(st.lists(st.integers(0, 40), min_size=5, max_size=30), st.integers(40, 500), st.integers(1, 500))
def test_limits_come_closer_as_samples_grow(bad: list[int], size: int, more: int) -> None:
    sizes = [size + more * index for index in range(len(bad))]
    panel = control_chart.parse({"type": "p", "nonconforming": bad, "sizes": sizes}).panels[0]
    assert list(panel.ucl) == sorted(panel.ucl, reverse=True)
    assert list(panel.lcl) == sorted(panel.lcl)


@PROFILE
@given(st.lists(st.integers(-1000, 1000), min_size=6, max_size=40), st.integers(-(10**6), 10**6))
def test_adding_a_constant_shifts_individual_limits_by_it(values: list[int], shift: int) -> None:
    values = [*values, values[-1] + 5]
    before = control_chart.parse({"type": "i-mr", "values": values})
    after = control_chart.parse({"type": "i-mr", "values": [value + shift for value in values]})
    individuals, moved = before.panels[0], after.panels[0]
    assert moved.center - shift == pytest.approx(individuals.center, abs=1e-6)
    assert moved.ucl[0] - shift == pytest.approx(individuals.ucl[0], abs=1e-6)
    assert moved.lcl[0] - shift == pytest.approx(individuals.lcl[0], abs=1e-6)
    assert moved.beyond == individuals.beyond
    assert moved.runs == individuals.runs
    assert before.panels[1].ucl == after.panels[1].ucl


@PROFILE
@given(strategies.scatter(), st.floats(0.5, 4))
def test_correlation_is_symmetric_and_free_of_scale(data: Data, factor: float) -> None:
    straight = tool("scatter").parse(data)
    swapped = tool("scatter").parse({"x": data["y"], "y": data["x"]})
    scaled = tool("scatter").parse({"x": data["x"], "y": [factor * value for value in data["y"]]})
    assert swapped.r == pytest.approx(straight.r, abs=1e-9)
    assert scaled.r == pytest.approx(straight.r, abs=1e-9)
    assert -1 <= straight.r <= 1
    assert 0 <= straight.p <= 1


_JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(
        [
            -1,
            0,
            1e308,
            -1e308,
            10**400,
            1e-320,
            float("nan"),
            float("inf"),
            "",
            "1.234,5",
            "\ud800",
            "x" * 5000,
        ]
    ),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.lists(st.integers(-2, 2), max_size=3),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)


@st.composite
def spoilt(draw: st.DrawFn, kind: str) -> object:
    """Valid data with one value, anywhere inside, replaced or taken away."""
    data = copy.deepcopy(draw(strategies.VALID[kind]))
    node: Any = data
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return data
        key = draw(st.sampled_from(keys))
        if isinstance(node[key], dict | list) and draw(st.integers(0, 3)):
            node = node[key]
        elif draw(st.booleans()):
            node[key] = draw(_JUNK)
            return data
        else:
            del node[key]
            return data


@pytest.mark.parametrize("kind", KINDS)
def test_spoilt_data_are_refused_in_one_sentence_or_drawn_well(kind: str) -> None:
    chosen = tool(kind)

    @PROFILE
    @given(spoilt(kind))
    def check(data: Data) -> None:
        try:
            result = chosen.parse(data)
        except ToolInputError as error:
            sentence = str(error)
            assert sentence.startswith("Isi ")
            assert sentence.endswith(".")
            assert "\n" not in sentence
            return
        drawing = read(chosen.draw(result))
        assert drawing.overlapping() == []
        assert drawing.outside() == []
        json.dumps(result.to_json(), allow_nan=False)

    check()
