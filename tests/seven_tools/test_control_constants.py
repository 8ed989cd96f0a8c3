"""d2 and d3 integrated anew from the distribution of the range."""

from math import sqrt

import pytest

from kbk.seven_tools.arithmetic import normal_cdf, normal_density
from kbk.seven_tools.control_constants import LARGEST_SUBGROUP, control_constants

STEP = 0.1
GRID = [STEP * index for index in range(-80, 81)]
RANGES = [0.05 * index for index in range(301)]
DENSITY = [normal_density(x) for x in GRID]
SHARES = [[normal_cdf(x + r) - normal_cdf(x) for x in GRID] for r in RANGES]


def simpson(values: list[float], step: float) -> float:
    return step / 3 * (values[0] + values[-1] + 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2]))


@pytest.mark.parametrize("n", range(2, LARGEST_SUBGROUP + 1))
def test_range_constants_are_the_moments_of_the_range(n: int) -> None:
    beyond = [
        1 - n * STEP * sum(f * share ** (n - 1) for f, share in zip(DENSITY, row, strict=True))
        for row in SHARES
    ]
    d2 = simpson(beyond, 0.05)
    square = 2 * simpson([r * rest for r, rest in zip(RANGES, beyond, strict=True)], 0.05)
    found = control_constants(n)
    assert found.d2 == pytest.approx(d2, abs=2e-6)
    assert found.d3 == pytest.approx(sqrt(square - d2 * d2), abs=2e-6)


def test_constants_of_pairs_have_closed_forms() -> None:
    found = control_constants(2)
    assert found.d2 == pytest.approx(1.1283791671, abs=1e-9)
    assert found.d3 == pytest.approx(sqrt(2 - 4 / 3.141592653589793), abs=1e-9)
    assert found.c4 == pytest.approx(sqrt(2 / 3.141592653589793), abs=1e-12)
    assert 3 / found.d2 == pytest.approx(2.66, abs=2e-3)
