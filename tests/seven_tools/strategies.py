"""Valid data of every tool as Hypothesis finds it: odd names, extreme sizes, few and many rows."""

from datetime import date, timedelta

from hypothesis import strategies as st

from kbk.seven_tools.control_chart import TYPES
from tests.seven_tools.cases import HOSTILE, LONG, UNBROKEN, Data

_WORDS = st.sampled_from(
    ["berkas", "Antrean", LONG, UNBROKEN, HOSTILE, "WWWWWW", "ｗｉｄｅ", "🙂🙂", "é̂", "i", "12,5%"]
)
names = st.one_of(st.text(max_size=40), st.lists(_WORDS, min_size=1, max_size=4).map(" ".join)).map(
    lambda text: ("n" + text)[:200]
)
short = names.map(lambda name: name[:60])
amounts = st.floats(0.001, 1e9)
counts = st.one_of(st.integers(0, 30), st.integers(0, 10**9))
measured = st.one_of(
    st.integers(-50, 50), st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), st.floats(1e-3, 1e12)
)


def unlike(texts: st.SearchStrategy[str], least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Names that stay different after cleaning."""
    return st.lists(texts, min_size=least, max_size=most).map(
        lambda found: [f"{number} {name}"[:60] for number, name in enumerate(found)]
    )


@st.composite
def pareto(draw: st.DrawFn) -> Data:
    items = st.lists(st.tuples(names, st.one_of(counts, amounts)), min_size=1, max_size=45)
    data: Data = {"items": [["pasti", 3], *map(list, draw(items))], "unit": draw(names)}
    if draw(st.booleans()):
        data["after"] = [list(pair) for pair in draw(items)]
    return data


@st.composite
def histogram(draw: st.DrawFn) -> Data:
    values = draw(st.lists(measured, min_size=1, max_size=60))
    data: Data = {"values": [*values, max(values) + max(1, abs(max(values)) / 100)], "unit": draw(names)}
    data |= {"normal_curve": draw(st.booleans()), "classes": draw(st.none() | st.integers(1, 60))}
    if draw(st.booleans()):
        data["lower_spec"] = draw(st.floats(-1e6, 1e6).filter(lambda limit: abs(limit) > 1e-6))
        data["upper_spec"] = data["lower_spec"] + draw(st.floats(1, 1e6))
    return data


@st.composite
def scatter(draw: st.DrawFn) -> Data:
    pairs = draw(st.lists(st.tuples(measured, measured), min_size=1, max_size=80))
    ends = [(-1.5, 3), (40, 10.25)]
    return {
        "x": [x for x, _ in pairs + ends], "y": [y for _, y in pairs + ends], "x_label": draw(names),
            "y_label": draw(names),
    }  # fmt: skip


@st.composite
def control_chart(draw: st.DrawFn) -> Data:
    kind, n = draw(st.sampled_from(list(TYPES))), draw(st.integers(6, 40))
    data: Data = {"type": kind, "run_length": draw(st.integers(7, 9))}
    sizes = st.lists(st.integers(1, 500), min_size=n, max_size=n)
    if kind in ("p", "np"):
        data["sizes"] = draw(sizes) if kind == "p" else draw(st.integers(1, 500))
        each = data["sizes"] if kind == "p" else [data["sizes"]] * n
        data["nonconforming"] = [draw(st.integers(0, size)) for size in each]
    elif kind in ("c", "u"):
        data["counts"] = draw(st.lists(counts, min_size=n, max_size=n))
        if kind == "u":
            data["sizes"] = draw(st.one_of(sizes, st.floats(1e-9, 100)))
    elif kind == "i-mr":
        data["values"] = [1, 2.5, 1, 2.5, 1, 2.5, *draw(st.lists(measured, max_size=n))]
    else:
        size = draw(st.integers(2, 25))
        samples = st.lists(st.lists(measured, min_size=size, max_size=size), min_size=5, max_size=12)
        data["samples"] = [*draw(samples), *[[0.5] + [7] * (size - 1)] * 6]
    if draw(st.booleans()):
        data["exclude"] = [{"sample": 1, "reason": draw(names)}]
    if draw(st.booleans()):
        rows = next(len(data[key]) for key in ("nonconforming", "counts", "values", "samples") if key in data)
        data["labels"] = draw(st.lists(names, min_size=rows, max_size=rows))
    return data


@st.composite
def series_data(draw: st.DrawFn, key: str, least: int, most: int, values: st.SearchStrategy[float]) -> Data:
    categories = draw(unlike(names, least, most))
    series = [
        {"name": name, "values": draw(st.lists(values, min_size=len(categories), max_size=len(categories)))}
        for name in draw(unlike(names, 1, 6))
    ]
    return {key: categories, "series": series}


@st.composite
def check_sheet(draw: st.DrawFn) -> Data:
    items, periods = draw(unlike(names, 1, 12)), draw(unlike(names, 1, 31))
    row = st.lists(counts, min_size=len(periods), max_size=len(periods))
    return {
        "items": items,
        "periods": periods,
        "counts": draw(st.lists(row, min_size=len(items), max_size=len(items))),
    }


@st.composite
def stratification(draw: st.DrawFn) -> Data:
    groups = draw(unlike(names, 1, 6))
    many, sized = len(groups), draw(st.booleans())
    strata = [
        {"name": name, "counts": draw(st.lists(counts, min_size=many, max_size=many)),
         **({"sizes": draw(st.lists(st.integers(1, 5000), min_size=many, max_size=many))} if sized else {})}
        for name in draw(unlike(names, 1, 20))
    ]  # fmt: skip
    return {"groups": groups, "strata": strata, "factor": draw(names), "count_label": draw(names)}


_cause = st.recursive(
    names,
    lambda inner: st.fixed_dictionaries(
        {"text": names, "root": st.booleans(), "causes": st.lists(inner, max_size=3)}
    ),
    max_leaves=8,
)


@st.composite
def fishbone(draw: st.DrawFn) -> Data:
    categories = [
        {"name": name, "causes": draw(st.lists(_cause, max_size=6))} for name in draw(unlike(short, 1, 10))
    ]
    categories[0]["causes"] = ["satu"]
    return {"effect": draw(names), "categories": categories, "title": draw(names), "source": draw(names)}


@st.composite
def gantt(draw: st.DrawFn) -> Data:
    def span() -> list[str]:
        start = date(2020, 1, 1) + timedelta(draw(st.integers(0, 3000)))
        return [start.isoformat(), (start + timedelta(draw(st.integers(0, 900)))).isoformat()]

    rows: list[Data] = []
    for name in draw(st.lists(names, min_size=1, max_size=12)):
        rows.append({"name": name, "plan": span()})
        if draw(st.booleans()):
            rows[-1]["actual"] = span() if draw(st.booleans()) else [span()[0], None]
    return {"rows": rows, "today": "2032-05-17"}


cell = st.one_of(names, st.just(LONG * 3))
points = st.integers(1, 5)


def rows_of(fields: dict[str, st.SearchStrategy[object]]) -> st.SearchStrategy[list[Data]]:
    return st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=8)


VALID: dict[str, st.SearchStrategy[Data]] = {
    "check-sheet": check_sheet(),
    "stratification": stratification(),
    "pareto": pareto(),
    "fishbone": fishbone(),
    "histogram": histogram(),
    "scatter": scatter(),
    "control-chart": control_chart(),
    "line-chart": series_data("x", 2, 40, st.one_of(st.integers(-9, 9), st.floats(-1e4,
        1e4).map(lambda x: round(x, 2)))),
    "bar-chart": series_data("categories", 1, 40, st.one_of(st.integers(-9, 99), st.floats(1, 1e9))),
    "gantt": gantt(),
    "usg": st.fixed_dictionaries({"problems": rows_of({"name": cell, "u": points, "s": points, "g": points})}),
    "deviation": st.fixed_dictionaries(
        {"rows": rows_of({"name": cell, "unit": short, "target": st.floats(1e-9, 1e15), "achieved": amounts})}
    ),
    "cause-test": st.fixed_dictionaries(
        {"rows": rows_of({"cause": cell, "standard": cell, "method": cell, "actual": cell,
            "verdict": st.just("proven")})}
    ),
    "five-why": st.fixed_dictionaries({"problem": cell, "whys": st.lists(cell, min_size=1, max_size=10)}),
    "action-plan": st.fixed_dictionaries(
        {"rows": rows_of(dict.fromkeys(("what", "why", "where", "when", "who", "how"), cell) | {"how_much": counts})}
    ),
    "before-after": st.lists(measured, min_size=2, max_size=20).map(
        lambda found: {"rows": [{"name": f"{LONG} {n}", "before": value, "after": found[n - 1], "better": "lower",
                                 "unit": "menit"} for n, value in enumerate(found)]}
    ),
    "radar": series_data("axes", 3, 12, st.one_of(st.integers(0, 5), st.floats(0.1, 100))),
}  # fmt: skip
