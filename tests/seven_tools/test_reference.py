"""Every published number of reference.toml comes out of the tools."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kbk.seven_tools import control_chart, deviation, histogram, pareto, run_rules, scatter
from kbk.seven_tools.arithmetic import critical_r
from kbk.seven_tools.control_constants import control_constants
from tests.seven_tools.cases import PISTON, SPEED, STOPPING

REFERENCE = tomllib.loads(Path(__file__).with_name("reference.toml").read_text(encoding="utf-8"))
RULES: dict[str, Callable[[list[float]], list[int]]] = {
    "one point beyond 3 sigma": run_rules.beyond_limits,
    "two of three beyond 2 sigma, same side": lambda series: run_rules.several_beyond(series, 2, 3, 2),
    "four of five beyond 1 sigma, same side": lambda series: run_rules.several_beyond(series, 4, 5, 1),
    "eight in a row on one side": lambda series: run_rules.run_on_one_side(series, 8),
    "six in a row rising or falling": run_rules.trend,
}


def test_pareto_reproduces_the_price_errors() -> None:
    (case,) = REFERENCE["pareto"]
    found = pareto.parse({"items": case["items"]}).before
    assert [item.label for item in found.items] == case["order"]
    assert [item.cumulative_percent for item in found.items] == pytest.approx(
        case["cumulative_percent"], abs=1e-6
    )
    assert found.vital_few == case["vital_few"]


def test_histogram_reproduces_the_piston_rings() -> None:
    (case,) = REFERENCE["histogram"]
    found = histogram.parse({"values": [value for sample in PISTON for value in sample]})
    assert found.counts == tuple(case["counts"])
    assert len(found.counts) == case["classes"]
    assert (found.edges[0], found.edges[-1]) == (case["minimum"], case["maximum"])
    assert found.edges[1] - found.edges[0] == pytest.approx(case["class_width"], abs=1e-9)
    assert found.mean == pytest.approx(case["mean"], abs=1e-6)
    assert found.sd == pytest.approx(case["sd"], abs=1e-8)
    assert found.median == case["median"]


@pytest.mark.parametrize("case", REFERENCE["scatter"], ids=lambda case: case["name"])
def test_scatter_reproduces_r_and_line(case: dict[str, Any]) -> None:
    found = scatter.parse({"x": case.get("x", SPEED), "y": case.get("y", STOPPING)})
    for name in ("r", "t", "df", "slope", "intercept"):
        if name in case:
            assert getattr(found, name) == pytest.approx(case[name], abs=case["tolerance"])


@pytest.mark.parametrize(("pairs", "expected"), REFERENCE["critical_r"].items())
def test_critical_r_agrees_with_the_tables(pairs: str, expected: float) -> None:
    assert critical_r(int(pairs)) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize("case", REFERENCE["control_chart"], ids=lambda case: case["name"])
def test_control_chart_reproduces_limits_and_signals(case: dict[str, Any]) -> None:
    data = case["input"] | ({"samples": PISTON} if case["input"]["type"] == "xbar-r" else {})
    tolerance = case.get("tolerance", 1e-6)
    panels = {panel.name: panel for panel in control_chart.parse(data).panels}
    assert panels.keys() == case["panels"].keys()
    for name, expected in case["panels"].items():
        panel = panels[name]
        assert panel.center == pytest.approx(expected["center"], abs=tolerance)
        assert panel.lcl == pytest.approx([expected["lcl"]] * len(panel.values), abs=tolerance)
        assert panel.ucl == pytest.approx([expected["ucl"]] * len(panel.values), abs=tolerance)
        assert list(panel.beyond) == expected["beyond"]


@pytest.mark.parametrize(("size", "expected"), REFERENCE["constants"].items())
def test_control_constants_agree_with_the_tables(size: str, expected: list[float]) -> None:
    one = control_constants(int(size))
    found = [one.d2, one.d3, one.c4, one.a2, one.lower_d3, one.d4, one.a3, one.b3, one.b4]
    assert found == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("case", REFERENCE["run_rule"], ids=lambda case: case["rule"])
def test_run_rule_signals_at_the_expected_points(case: dict[str, Any]) -> None:
    assert RULES[case["rule"]](case["series"]) == case["signals"]


def test_deviation_reproduces_the_puskesmas_paper() -> None:
    (case,) = REFERENCE["deviation"]
    rows = [{"name": str(at), "target": row[0], "achieved": row[1]} for at, row in enumerate(case["rows"])]
    found = deviation.parse({"rows": rows}).indicators
    assert [one.conversion for one in found] == pytest.approx([row[2] for row in case["rows"]], abs=1e-6)
    assert [one.deviation for one in found] == pytest.approx([row[3] for row in case["rows"]], abs=1e-6)
    assert [one.rank for one in found] == [1, 2, 3]
