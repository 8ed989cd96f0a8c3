"""Results of fishbone, why-chain, schedule, charts and radar."""

import pytest

from kbk.seven_tools import fishbone, five_why, gantt, line_chart, radar
from kbk.seven_tools.drawing.look import INDIGO, LABEL, SMALL
from kbk.seven_tools.drawing.scales import inner_ticks, nice_ticks, spread
from kbk.seven_tools.drawing.text import text_width, wrap


def test_fishbone_knows_its_leaves_roots_and_levels() -> None:
    causes = [{"text": "A", "causes": [{"text": "B", "causes": [{"text": "C", "root": True}]}, "D"]}, "E"]
    result = fishbone.parse({"effect": "X", "categories": {"Metode": causes, "Mesin": []}})
    assert result.leaves == (("Metode", "A", "B", "C"), ("Metode", "A", "D"), ("Metode", "E"))
    assert result.roots == (("Metode", "A", "B", "C"),)
    assert (result.count, result.levels) == (5, 3)


def test_fishbone_refuses_causes_nested_too_deep() -> None:
    cause: object = "bawah"
    for _ in range(6):
        cause = {"text": "x", "causes": [cause]}
    with pytest.raises(ValueError, match="bertingkat lebih dari 6"):
        fishbone.parse({"effect": "X", "categories": {"Metode": [cause]}})


@pytest.mark.parametrize(
    ("branches", "causes", "letters", "width"),
    [
        (5, 10, 20, 640),
        (8, 16, 20, 768),
        (5, 25, 100, 768),
        (6, 60, 100, 1106),
        (8, 60, 100, 1106),
        (5, 60, 140, 1328),
    ],
)
def test_fishbone_is_as_wide_as_keeps_it_on_a_page(
    branches: int, causes: int, letters: int, width: int
) -> None:
    text = ("petugas loket belum terbiasa memeriksa berkas " * 4)[:letters].strip()
    own = {f"Kategori {number}": [text] * (causes // branches) for number in range(branches)}
    svg = fishbone.draw(fishbone.parse({"effect": "Berkas kembali", "categories": own}))
    height = float(svg.split('height="')[1].split('"')[0])
    assert f'viewBox="0 0 {width} ' in svg
    assert height <= 1.45 * width
    assert len(svg.encode()) <= 20_000


def test_five_why_ends_at_the_root() -> None:
    result = five_why.parse({"problem": "A", "whys": ["B", "C"]})
    assert result.to_json() == {"problem": "A", "whys": ["B", "C"], "root": "C", "depth": 2}
    assert five_why.table(result).rows == (("Masalah", "A"), ("Mengapa 1?", "B"), ("Akar masalah", "C"))


def test_gantt_counts_days_and_delays() -> None:
    rows = [
        {"name": "A", "plan": ["2024-02-26", "2024-03-01"], "actual": ["2024-02-27", "2024-03-04"]},
        {"name": "B", "plan": ["2024-03-02", "2024-03-03"], "actual": ["2024-03-05", None]},
        {"name": "C", "plan": ["2024-03-04", "2024-03-05"]},
    ]
    result = gantt.parse({"rows": rows, "today": "2024-03-06"})
    assert result.to_json() == {
        "rows": [
            {"name": "A", "planned_days": 5, "actual_days": 7, "delay_days": 3},
            {"name": "B", "planned_days": 2, "actual_days": None, "delay_days": None},
            {"name": "C", "planned_days": 2, "actual_days": None, "delay_days": None},
        ],
        "done": 1,
        "late": 1,
    }
    assert [row[3] for row in gantt.table(result).rows] == [
        "3 hari lebih lambat",
        "belum selesai",
        "belum selesai",
    ]


def test_gantt_needs_today_for_unfinished_work() -> None:
    rows = [{"name": "A", "plan": ["2024-03-01", "2024-03-02"], "actual": ["2024-03-01", None]}]
    with pytest.raises(ValueError, match='belum selesai sehingga memerlukan "today"'):
        gantt.parse({"rows": rows})


def test_line_chart_breaks_the_line_at_gaps() -> None:
    result = line_chart.parse(
        {"x": ["1", "2", "3", "4"], "series": [{"name": "A", "values": [1, 2, None, 3]}]}
    )
    assert line_chart.table(result).rows[2] == ("3", "")
    (path,) = [part for part in line_chart.draw(result).splitlines() if f'stroke="{INDIGO}"' in part]
    assert path.split('"')[1].count("M") == 2


def test_line_chart_refuses_more_values_than_a_drawing_can_hold() -> None:
    x = [str(n) for n in range(1000)]
    series = [{"name": name, "values": [1] * 1000} for name in "ABC"]
    with pytest.raises(ValueError, match=r"3 × 1\.000 angka, paling banyak 2\.000; kurangi serinya"):
        line_chart.parse({"x": x, "series": series})
    assert len(line_chart.parse({"x": x, "series": series[:2]}).series) == 2


def test_radar_gives_means_and_a_round_end_of_scale() -> None:
    result = radar.parse({"axes": ["A", "B", "C"], "series": [{"name": "S", "values": [1, 2, 4.2]}]})
    assert result.highest == 5
    assert result.to_json()["series"] == [{"name": "S", "values": [1, 2, 4.2], "mean": pytest.approx(2.4)}]


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [
        (0, 97, (0, 20, 40, 60, 80, 100)),
        (-0.3, 0.25, (-0.4, -0.2, 0.0, 0.2, 0.4)),
        (7, 7, (6.0, 6.5, 7.0, 7.5, 8.0)),
        (0, 0, (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)),
    ],
)
def test_nice_ticks_are_round_and_enclose_the_values(
    low: float, high: float, values: tuple[float, ...]
) -> None:
    assert nice_ticks(low, high).values == pytest.approx(values)


def test_inner_ticks_stay_within_the_range() -> None:
    assert inner_ticks(0, 312).values == (0, 100, 200, 300)


def test_spread_moves_labels_apart_and_keeps_order() -> None:
    assert spread([10, 11, 50], [10, 10, 10], 0, 100) == [10, 20, 50]
    assert spread([98, 99], [10, 10], 0, 100) == [85, 95]


def test_wrap_breaks_at_blanks_and_only_long_words_inside() -> None:
    assert wrap("satu dua tiga", text_width("satu dua", LABEL), LABEL) == ("satu dua", "tiga")
    room = text_width("WWW", SMALL)
    assert wrap("a WWWWW b", room, SMALL) == ("a", "WWW", "WW b")
    assert wrap("x" * 5, 0, SMALL) == ("x",) * 5
