"""Distribution functions against values and identities known from elsewhere."""

import pytest

from kbk.seven_tools.arithmetic import (
    critical_r,
    incomplete_beta,
    median,
    normal_cdf,
    normal_density,
    sample_sd,
    t_two_sided_p,
)


@pytest.mark.parametrize(
    ("t", "df", "p"),
    [
        (0.0, 7, 1.0),
        (1.0, 1, 0.5),
        (2.0, 10, 0.07338803),
        (-2.0, 10, 0.07338803),
        (12.706205, 1, 0.05),
        (1.959964, 1_000_000, 0.05),
        (9.46399, 48, 1.4898e-12),
    ],
)
def test_t_two_sided_p_equals_the_tables(t: float, df: int, p: float) -> None:
    assert t_two_sided_p(t, df) == pytest.approx(p, rel=1e-4)


@pytest.mark.parametrize("x", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_incomplete_beta_of_one_and_one_is_the_uniform_distribution(x: float) -> None:
    assert incomplete_beta(1, 1, x) == pytest.approx(x, abs=1e-14)


@pytest.mark.parametrize(("a", "b", "x"), [(0.5, 24, 0.02), (3, 8, 0.4), (200, 0.5, 0.99)])
def test_incomplete_beta_mirrors_itself(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) + incomplete_beta(b, a, 1 - x) == pytest.approx(1, abs=1e-12)


def test_critical_r_is_just_significant() -> None:
    r = critical_r(12)
    assert t_two_sided_p(r * (10 / (1 - r * r)) ** 0.5, 10) == pytest.approx(0.05, abs=1e-9)


def test_normal_distribution_has_its_familiar_quantiles() -> None:
    assert normal_cdf(1.959963985) == pytest.approx(0.975, abs=1e-9)
    assert normal_density(0) == pytest.approx(0.3989422804)


def test_median_of_an_even_number_of_values_lies_between_the_middle_ones() -> None:
    assert median([4, 1, 3, 2]) == 2.5


def test_sample_sd_keeps_its_digits_far_from_zero() -> None:
    assert sample_sd([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]) == pytest.approx(30**0.5, rel=1e-12)
