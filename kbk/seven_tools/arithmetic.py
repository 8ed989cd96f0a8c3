"""Means, spreads and the few distribution functions the tools need, to the accuracy of a double."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import copysign, erf, exp, fsum, lgamma, log, log1p, pi, sqrt

_TINY = 1e-300
_PRECISE = 1e-15


def exact(number: float) -> Fraction:
    """The decimal number that was typed, not its binary neighbour."""
    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


def mean(values: Sequence[float]) -> float:
    """Arithmetic mean; the sum is exact before it is rounded once."""
    return fsum(values) / len(values)


def squares_about(values: Sequence[float], center: float) -> float:
    """Sum of squared deviations from `center`, corrected for the rounding of `center` (Chan, Golub, LeVeque 1983)."""
    deviations = [value - center for value in values]
    return max(fsum(d * d for d in deviations) - fsum(deviations) ** 2 / len(values), 0.0)


def sample_sd(values: Sequence[float]) -> float:
    """Standard deviation with n − 1; needs two values."""
    return sqrt(squares_about(values, mean(values)) / (len(values) - 1))


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two middle ones."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def normal_cdf(z: float) -> float:
    """Φ(z) = (1 + erf(z/√2)) / 2."""
    return (1 + erf(z / sqrt(2))) / 2


def normal_density(z: float) -> float:
    """φ(z) = exp(−z²/2) / √(2π)."""
    return exp(-z * z / 2) / sqrt(2 * pi)


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function I_x(a, b) for a, b > 0 and 0 ≤ x ≤ 1.

    Continued fraction DLMF 8.17.22, evaluated by Lentz's method on the side of the mean where it converges fast.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    return front * _beta_fraction(a, b, x)


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 1000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _off_zero(1 + term * d)
            c = _off_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _PRECISE:
            break
    return value


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else copysign(_TINY, value)


def t_two_sided_p(t: float, df: int) -> float:
    """P(|T| ≥ |t|) for Student's t with `df` degrees of freedom: I_{df/(df+t²)}(df/2, 1/2) (DLMF 8.17, A&S 26.7.1)."""
    return incomplete_beta(df / 2, 0.5, df / (df + t * t))


@lru_cache(maxsize=256)
def critical_r(n: int, alpha: float = 0.05) -> float:
    """Smallest |r| that is significant two-sided at `alpha` for n ≥ 3 pairs: root of I_{1−r²}((n−2)/2, 1/2) = alpha."""
    low, high = 0.0, 1.0
    while high - low > 1e-13:
        middle = (low + high) / 2
        if incomplete_beta((n - 2) / 2, 0.5, 1 - middle * middle) > alpha:
            low = middle
        else:
            high = middle
    return (low + high) / 2
