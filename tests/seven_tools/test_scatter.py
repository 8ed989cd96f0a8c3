"""Correlation, line and the sentence about them."""

import pytest

from kbk.seven_tools import scatter
from tests.seven_tools.cases import SPEED, STOPPING


def test_perfect_line_has_no_t_and_r_of_exactly_one() -> None:
    result = scatter.parse({"x": [1, 2, 3, 4], "y": [3, 1, -1, -3]})
    assert (result.r, result.t, result.p, result.slope, result.intercept) == (-1.0, None, 0.0, -2.0, 5.0)


def test_meaning_tells_direction_strength_and_caution() -> None:
    result = scatter.parse({"x": SPEED, "y": STOPPING, "x_label": "kecepatan", "y_label": "jarak"})
    assert scatter.meaning(result) == (
        "Ada hubungan positif yang sangat kuat: makin besar kecepatan, makin besar jarak"
        " (r = 0,81; n = 50; p < 0,001); hubungan belum berarti sebab-akibat."
    )


def test_meaning_claims_nothing_without_significance() -> None:
    result = scatter.parse({"x": [-2, -1, 0, 1, 2], "y": [4, 1, 0, 1, 4]})
    assert (
        scatter.meaning(result)
        == "Tidak terbukti ada hubungan lurus antara X dan Y (r = 0,00; n = 5; p = 1,000)."
    )


@pytest.mark.parametrize(("min_n", "min_r", "met"), [(30, 0.4, True), (51, 0.4, False), (50, 0.81, False)])
def test_rule_of_the_assessors_is_a_setting(min_n: int, min_r: float, met: bool) -> None:
    result = scatter.parse({"x": SPEED, "y": STOPPING, "min_n": min_n, "min_r": min_r})
    assert result.to_json()["rule"] == {"min_n": min_n, "min_r": min_r, "met": met}


def test_points_that_coincide_get_a_ring() -> None:
    drawing = scatter.draw(scatter.parse({"x": [1, 2, 2, 3], "y": [1, 5, 5, 2]}))
    assert drawing.count("<circle") == 1


def test_of_very_many_points_an_even_choice_is_drawn_and_said() -> None:
    many = scatter.parse({"x": list(range(2500)), "y": [(n * 7919) % 2500 for n in range(2500)]})
    assert scatter.draw(many).count("h0") == len(range(0, 2500, 3))
    assert scatter.notes(many)[-1] == "Digambar satu dari setiap 3 titik; angkanya dihitung dari semua titik."
    few = scatter.parse({"x": list(range(1000)), "y": [(n * 7919) % 1000 for n in range(1000)]})
    assert scatter.draw(few).count("h0") == 1000
    assert len(scatter.notes(few)) == 3


def test_numbers_of_pairs_have_dots_between_thousands() -> None:
    result = scatter.parse({"x": list(range(1500)), "y": [0, 1] * 750, "min_n": 2000})
    words = " ".join(scatter.notes(result))
    assert "n = 1.500;" in words
    assert "(n paling sedikit 2.000," in words
