"""Constants of control charts for subgroups of n normal values.

d2 and d3 are mean and standard deviation of the range R of n standard normal values. With the distribution
F(r) = n ∫ φ(x) (Φ(x + r) − Φ(x))^(n−1) dx they are d2 = ∫ 1 − F(r) dr and d3² = 2 ∫ r (1 − F(r)) dr − d2²
(Tippett 1925); the table holds the integrals to nine decimals and a test integrates them anew.
c4 = √(2/(n−1)) Γ(n/2) / Γ((n−1)/2) is the mean of the standard deviation. All other constants follow from these three,
so nothing is taken over from rounded tables: the familiar 2.66 is 3/d2 for n = 2.
"""

from dataclasses import dataclass
from math import exp, lgamma, sqrt

LARGEST_SUBGROUP = 25

_RANGE = {
    2: (1.128379167, 0.852502466),
    3: (1.692568751, 0.888368004),
    4: (2.058750746, 0.879808203),
    5: (2.325928947, 0.864081941),
    6: (2.534412721, 0.848039686),
    7: (2.704356751, 0.833205336),
    8: (2.847200612, 0.819831490),
    9: (2.970026324, 0.807834275),
    10: (3.077505462, 0.797050674),
    11: (3.172872704, 0.787314621),
    12: (3.258455280, 0.778478341),
    13: (3.335980354, 0.770416202),
    14: (3.406763108, 0.763023096),
    15: (3.471826890, 0.756211430),
    16: (3.531982786, 0.749908089),
    17: (3.587883962, 0.744051784),
    18: (3.640063758, 0.738590853),
    19: (3.688963023, 0.733481496),
    20: (3.734950120, 0.728686346),
    21: (3.778335830, 0.724173341),
    22: (3.819384643, 0.719914808),
    23: (3.858323423, 0.715886735),
    24: (3.895348148, 0.712068175),
    25: (3.930629220, 0.708440766),
}


@dataclass(frozen=True, slots=True)
class ControlConstants:
    """Constants for subgroups of `n`; the properties carry the names that textbooks use (D3 is `lower_d3` here)."""

    n: int
    d2: float
    d3: float
    c4: float

    @property
    def a2(self) -> float:
        """A2 = 3/(d2 √n): limits of means from the mean range."""
        return 3 / (self.d2 * sqrt(self.n))

    @property
    def a3(self) -> float:
        """A3 = 3/(c4 √n): limits of means from the mean standard deviation."""
        return 3 / (self.c4 * sqrt(self.n))

    @property
    def range_sigma(self) -> float:
        """d3/d2: standard deviation of the range as a share of its mean."""
        return self.d3 / self.d2

    @property
    def sd_sigma(self) -> float:
        """√(1 − c4²)/c4: standard deviation of s as a share of its mean."""
        return sqrt(1 - self.c4**2) / self.c4

    @property
    def lower_d3(self) -> float:
        """D3 = 1 − 3 d3/d2, at least 0."""
        return max(1 - 3 * self.range_sigma, 0.0)

    @property
    def d4(self) -> float:
        """D4 = 1 + 3 d3/d2."""
        return 1 + 3 * self.range_sigma

    @property
    def b3(self) -> float:
        """B3 = 1 − 3 √(1 − c4²)/c4, at least 0."""
        return max(1 - 3 * self.sd_sigma, 0.0)

    @property
    def b4(self) -> float:
        """B4 = 1 + 3 √(1 − c4²)/c4."""
        return 1 + 3 * self.sd_sigma


def control_constants(n: int) -> ControlConstants:
    """Constants for subgroups of 2 to 25 values; KeyError beyond."""
    d2, d3 = _RANGE[n]
    return ControlConstants(n, d2, d3, sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2)))
