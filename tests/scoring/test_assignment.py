import time
from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from random import Random

import pytest

from scoring.additive import linked_groups
from scoring.assignment import Assignment, Pair, assign
from scoring.errors import ScoringError

CHARTS = 10_000


@dataclass(frozen=True)
class Chart:
    """A random contest: entries and judges of some offices, who may not judge their own."""

    entries: list[str]
    judges: list[str]
    per_entry: int
    forbidden: list[Pair]
    kept: list[Pair]


def random_chart(seed: int) -> Chart:
    draw = Random(seed)
    offices = range(draw.randint(1, 6))
    office_of = {f"E{number}": draw.choice(offices) for number in range(draw.randint(1, 14))}
    home_of = {f"J{number}": draw.choice([*offices, None, None]) for number in range(draw.randint(2, 8))}
    forbidden = {
        (entry, judge) for entry, own in office_of.items() for judge, home in home_of.items() if own == home
    }
    for _ in range(draw.choice([0, 0, 3, 10])):
        forbidden.add((draw.choice(list(office_of)), draw.choice(list(home_of))))
    per_entry = draw.randint(1, min(4, len(home_of)))
    kept = set()
    for entry in office_of:
        judges = [judge for judge in home_of if (entry, judge) not in forbidden]
        if draw.random() < 0.2 and len(judges) >= per_entry:
            kept |= {(entry, judge) for judge in draw.sample(judges, draw.randint(1, per_entry))}
    return Chart(list(office_of), list(home_of), per_entry, sorted(forbidden), sorted(kept))


def could_be_even(chart: Chart) -> bool:
    """Whether loads that differ by at most one exist, by a maximum flow that shares no code with the package.

    Each judge takes `floor` entries; `spare` more may go to judges one each. Kept pairs are taken off beforehand.
    """
    floor, spare = divmod(len(chart.entries) * chart.per_entry, len(chart.judges))
    room: dict[tuple[str, str], int] = {}
    for judge in chart.judges:
        load = sum(name == judge for _, name in chart.kept)
        if load > floor + 1:
            return False
        spare -= load == floor + 1
        room[judge, "sink"] = max(0, floor - load)
        room[judge, "spare"] = int(load <= floor)
    if spare < 0:
        return False
    room["spare", "sink"] = spare
    taken = {*chart.kept, *chart.forbidden}
    for entry in chart.entries:
        room["source", entry] = chart.per_entry - sum(name == entry for name, _ in chart.kept)
        room |= {(entry, judge): 1 for judge in chart.judges if (entry, judge) not in taken}
    needed = sum(amount for (start, _), amount in room.items() if start == "source")
    return max_flow(room) == needed


def max_flow(room: dict[tuple[str, str], int]) -> int:
    neighbours: dict[str, list[str]] = {}
    for start, end in list(room):
        neighbours.setdefault(start, []).append(end)
        neighbours.setdefault(end, []).append(start)
        room.setdefault((end, start), 0)
    flow = 0
    while path := augmenting_path(room, neighbours):
        for start, end in path:
            room[start, end] -= 1
            room[end, start] += 1
        flow += 1
    return flow


def augmenting_path(
    room: dict[tuple[str, str], int], neighbours: dict[str, list[str]]
) -> list[tuple[str, str]]:
    came = {"source": ""}
    queue = deque(["source"])
    while queue and "sink" not in came:
        node = queue.popleft()
        for end in neighbours.get(node, []):
            if end not in came and room[node, end]:
                came[end] = node
                queue.append(end)
    path = []
    node = "sink" if "sink" in came else "source"
    while came[node]:
        path.append((came[node], node))
        node = came[node]
    return path


def pairs_of(plan: Assignment) -> set[Pair]:
    return {(entry, judge) for entry, panel in plan.panels.items() for judge in panel}


def check(chart: Chart, plan: Assignment) -> None:
    pairs = pairs_of(plan)
    assert not pairs & set(chart.forbidden)
    assert pairs >= set(chart.kept)
    assert sorted(plan.panels) == sorted(chart.entries)
    assert {len(panel) for panel in plan.panels.values()} == {chart.per_entry}
    assert plan.loads == {judge: sum(name == judge for _, name in pairs) for judge in chart.judges}
    assert plan.even == could_be_even(chart)
    assert plan.linked == (len(linked_groups(pairs)) == 1)


def test_ten_thousand_random_org_charts_keep_every_promise() -> None:
    refused = 0
    for seed in range(CHARTS):
        chart = random_chart(seed)
        allowed = {
            entry: len(chart.judges) - sum(name == entry for name, _ in chart.forbidden)
            for entry in chart.entries
        }
        if min(allowed.values()) < chart.per_entry:
            refused += 1
            with pytest.raises(ScoringError, match=r"^Peserta E\d+ hanya dapat dinilai oleh"):
                plan_of(chart)
        else:
            check(chart, plan_of(chart))
    assert 0 < refused < CHARTS / 2


def plan_of(chart: Chart) -> Assignment:
    return assign(chart.entries, chart.judges, chart.per_entry, chart.forbidden, chart.kept)


def names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number:03}" for number in range(count)]


@pytest.mark.parametrize("per_entry", [2, 3, 5])
def test_three_hundred_entries_and_twenty_judges_take_less_than_two_seconds(per_entry: int) -> None:
    entries, judges = names("E", 300), names("J", 20)
    forbidden = [(entry, judges[number % 20]) for number, entry in enumerate(entries)]
    start = time.perf_counter()
    plan = assign(entries, judges, per_entry, forbidden)
    assert time.perf_counter() - start < 2
    assert (plan.even, plan.linked, plan.notes) == (True, True, ())
    assert not pairs_of(plan) & set(forbidden)


def test_plan_does_not_depend_on_the_order_it_was_asked_in() -> None:
    entries, judges = names("E", 17), names("J", 5)
    forbidden = [("E003", "J001"), ("E004", "J002")]
    assert assign(entries, judges, 2, forbidden) == assign(entries[::-1], judges[::-1], 2, forbidden[::-1])


def test_panels_that_rotation_would_leave_apart_are_linked() -> None:
    assert assign(names("E", 30), names("J", 21), 3).linked


@pytest.mark.parametrize(("entries", "judges", "per_entry"), [(30, 4, 2), (12, 6, 2), (9, 6, 2), (40, 13, 4)])
def test_panels_are_linked_whenever_nothing_is_forbidden(entries: int, judges: int, per_entry: int) -> None:
    assert assign(names("E", entries), names("J", judges), per_entry).linked


def blocked(entries: Iterable[str], judges: Collection[str]) -> list[Pair]:
    return [(entry, judge) for entry in entries for judge in judges]


def test_panels_that_cannot_be_linked_are_reported() -> None:
    entries, judges = names("E", 8), names("J", 4)
    forbidden = blocked(entries[:4], judges[2:]) + blocked(entries[4:], judges[:2])
    plan = assign(entries, judges, 2, forbidden)
    assert plan.even
    assert plan.notes == ("Panel juri tidak dapat dihubungkan satu sama lain oleh peserta bersama.",)


def test_groups_are_linked_by_a_move_where_swaps_are_forbidden() -> None:
    # E000 to E005 may only go to the first two judges, so one of the others has to come over to them.
    entries, judges = names("E", 12), names("J", 5)
    plan = assign(entries, judges, 2, blocked(entries[:6], judges[2:]))
    assert plan.linked
    assert sorted(plan.loads.values()) == [3, 4, 4, 6, 7]
    assert plan.notes == (
        "Beban juri tidak dapat diratakan (3 sampai 7 peserta) karena pasangan terlarang atau penugasan lama.",
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"entries": [], "judges": ["J1"], "per_entry": 1},
            "Pembagian juri memerlukan peserta, juri, dan sedikitnya satu juri untuk setiap peserta.",
        ),
        (
            {"entries": ["E1"], "judges": [], "per_entry": 1},
            "Pembagian juri memerlukan peserta, juri, dan sedikitnya satu juri untuk setiap peserta.",
        ),
        (
            {"entries": ["E1"], "judges": ["J1"], "per_entry": 0},
            "Pembagian juri memerlukan peserta, juri, dan sedikitnya satu juri untuk setiap peserta.",
        ),
        (
            {"entries": ["E1", "E2"], "judges": ["J1", "J2"], "per_entry": 2, "forbidden": [("E2", "J1")]},
            "Peserta E2 hanya dapat dinilai oleh 1 juri, padahal diperlukan 2.",
        ),
        (
            {"entries": ["E1"], "judges": ["J1", "J2"], "per_entry": 1, "kept": [("E1", "J1"), ("E1", "J2")]},
            "Peserta E1 sudah mempunyai lebih dari 1 juri.",
        ),
        (
            {
                "entries": ["E1"],
                "judges": ["J1", "J2"],
                "per_entry": 1,
                "kept": [("E1", "J1")],
                "forbidden": [("E1", "J1")],
            },
            "Penugasan lama juri J1 untuk E1 tidak diperbolehkan.",
        ),
        (
            {"entries": ["E1"], "judges": ["J1"], "per_entry": 1, "kept": [("E9", "J1")]},
            "Penugasan lama juri J1 untuk E9 tidak diperbolehkan.",
        ),
        (
            {"entries": ["E1"], "judges": ["J1"], "per_entry": 1, "kept": [("E1", "J9")]},
            "Penugasan lama juri J9 untuk E1 tidak diperbolehkan.",
        ),
    ],
)
def test_assign_refuses_what_cannot_be_done(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(ScoringError) as refusal:
        assign(**options)  # type: ignore[arg-type]
    assert str(refusal.value) == sentence
