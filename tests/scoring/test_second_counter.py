"""A second counter, written from docs/score-record.md alone, must find the same places.

It shares nothing with the package but the record reader's input, and is as plain as it can be.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from statistics import mean, median
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scoring.numbers import record_text
from scoring.record import record_from_data
from scoring.recount import recount

PAGE = Path(__file__).parents[2] / "docs" / "score-record.md"
Data = dict[str, Any]


class Stage:
    """One stage of a record, counted as the page says."""

    def __init__(self, data: Data, penalties: list[Data]) -> None:
        self.data = data
        self.weight = Fraction(data["weight"])
        self.criteria = data["rubric"]["criteria"]
        complete = [sheet for sheet in data["sheets"] if len(sheet["marks"]) == len(self.criteria)]
        self.sheets = {(sheet["entry"], sheet["judge"]): sheet["marks"] for sheet in complete}
        self.judges = {sheet["judge"] for sheet in data["sheets"]}
        self.entries = {sheet["entry"] for sheet in data["sheets"]}
        self.taken = {
            entry: sum(
                (Fraction(item["points"]) for item in penalties if item["entry"] == entry), Fraction(0)
            )
            for entry in self.entries
        }
        self.total = {
            pair: sum(
                (
                    Fraction(marks[c["id"]]) / Fraction(c["maximum"]) * Fraction(c["weight"])
                    for c in self.criteria
                ),
                Fraction(0),
            )
            for pair, marks in self.sheets.items()
        }

    def rank(self, entry: str, judge: str) -> Fraction:
        lowered = {
            name: self.total[name, judge] - self.taken[name] for name, other in self.total if other == judge
        }
        above = sum(total > lowered[entry] for total in lowered.values())
        equal = sum(total == lowered[entry] for total in lowered.values())
        return above + Fraction(equal + 1, 2)

    def score(self, entry: str) -> Fraction | None:
        own = [judge for name, judge in self.total if name == entry]
        totals = sorted(self.total[entry, judge] for judge in own)
        if not own or (self.data["missing"] == "wait" and len(own) < len(self.judges)):
            return None
        if self.data["method"] == "rank-sum":
            return Fraction(mean(self.rank(entry, judge) for judge in own)) * len(self.judges)
        if self.data["method"] == "trimmed":
            return mean(totals[1:-1]) - self.taken[entry] if len(totals) > 2 else None
        middle: Callable[[list[Fraction]], Fraction] = {"mean": mean, "median": median}[self.data["method"]]
        return middle(totals) - self.taken[entry]

    def mean_mark(self, entry: str, criterion: str) -> Fraction:
        return mean(Fraction(marks[criterion]) for (name, _), marks in self.sheets.items() if name == entry)

    def first_places(self, entry: str) -> int:
        return sum(
            total == max(other for (_, name), other in self.total.items() if name == judge)
            for (own, judge), total in self.total.items()
            if own == entry
        )


def second_count(record: Data) -> list[tuple[str, int | None, str | None]]:
    """Entry, place and score, in the order of the page's `places`."""
    penalties = record.get("penalties", [])
    single = len(record["stages"]) == 1
    stages = [
        Stage(data, [item for item in penalties if single or item.get("stage") == data["name"]])
        for data in record["stages"]
    ]
    at_the_end = [] if single else [item for item in penalties if "stage" not in item]
    lowest_first = record["stages"][0]["method"] == "rank-sum"
    scores: dict[str, Fraction] = {}
    everybody = sorted(set().union(*(stage.entries for stage in stages)))
    for entry in everybody:
        parts = [stage.score(entry) if entry in stage.entries else None for stage in stages]
        if None not in parts:
            scores[entry] = sum(
                (stage.weight / 100 * (part or 0) for stage, part in zip(stages, parts, strict=True)),
                Fraction(0),
            ) - sum(Fraction(item["points"]) for item in at_the_end if item["entry"] == entry)

    def key(entry: str) -> tuple[Fraction, ...]:
        """Everything that is compared, smallest first."""
        marks = [-stage.mean_mark(entry, criterion) for stage in stages for criterion in stage.data["ties"]]
        firsts = [Fraction(-stage.first_places(entry)) for stage in stages]
        return (scores[entry] if lowest_first else -scores[entry], *marks, *firsts)

    found: list[tuple[str, int | None, str | None]] = []
    for _, group in groupby(sorted(scores, key=lambda entry: (key(entry), entry)), key):
        place = len(found) + 1
        found += [(entry, place, record_text(scores[entry])) for entry in group]
    return found + [(entry, None, None) for entry in everybody if entry not in scores]


def first_count(record: Data) -> list[tuple[str, int | None, str | None]]:
    places = recount(record_from_data(record))["places"]
    return [(place["entry"], place["place"], place["score"]) for place in places]


marks = st.sampled_from(["0", "2.5", "5", "7.125"])


@st.composite
def records(draw: st.DrawFn) -> Data:
    stages: list[Data] = []
    ranks = draw(st.booleans())
    for name in draw(st.sampled_from([["Risalah"], ["Risalah", "Gelar"]])):
        table = draw(
            st.dictionaries(
                st.tuples(st.sampled_from("ABCDE"), st.sampled_from(["J1", "J2", "J3", "J4"])),
                st.dictionaries(st.sampled_from(["a", "b"]), marks, min_size=1),
                min_size=1,
            )
        )
        stages.append(
            {
                "name": name,
                "weight": draw(st.sampled_from(["20", "50", "100"])),
                "method": "rank-sum" if ranks else draw(st.sampled_from(["mean", "median", "trimmed"])),
                "missing": draw(st.sampled_from(["wait", "present"])),
                "rubric": {
                    "criteria": [
                        {"id": "a", "weight": "60", "maximum": "10"},
                        {"id": "b", "weight": "40", "maximum": "7.5"},
                    ]
                },
                "ties": draw(st.sampled_from([[], ["a"], ["b", "a"]])),
                "sheets": [
                    {"entry": e, "judge": j, "marks": given_marks} for (e, j), given_marks in table.items()
                ],
            }
        )
    entries = sorted({sheet["entry"] for sheet in stages[0]["sheets"]})
    penalty = {"entry": draw(st.sampled_from(entries)), "points": "2.5", "reason": "Terlambat"}
    placed = draw(st.sampled_from([[], [{**penalty, "stage": "Risalah"}], [] if ranks else [penalty]]))
    return {"format": "kbk-scores/1", "stages": stages, "penalties": placed}


@given(records())
def test_second_counter_finds_the_same_places(record: Data) -> None:
    assert first_count(record) == second_count(record)


def test_example_of_the_page_is_counted_as_the_page_says() -> None:
    example, result = (
        json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    )
    found = recount(record_from_data(example))
    assert found["places"] == result["places"]
    assert found["warnings"] == result["warnings"]
    assert found["agreement"][0] == result["agreement"][0]
    assert found["judges"][0] == result["judges"][0]
    assert {word: found["shadow"][word] for word in result["shadow"]} == result["shadow"]
    assert [(place, Decimal(score or 0)) for _, place, score in second_count(example)] == [
        (1, Decimal("84.9")),
        (2, Decimal(78)),
    ]
