"""What must hold for every contest, searched by Hypothesis."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from scoring.aggregate import Method, Missing, aggregate
from scoring.ballot import Ballot, Sheet
from scoring.cut import AtLine, CutRule, Standing, cut
from scoring.errors import ScoringError
from scoring.explanation import explain_stage
from scoring.numbers import parse_mark, round_half_up
from scoring.outlook import Outlook, outlook, stage_bounds
from scoring.ranking import Ranking
from scoring.record import Record, StageRecord, parse_record, record_from_data, record_to_data
from scoring.recount import explain_record, recount
from scoring.rubric import Criterion, Rubric
from scoring.scales import NumberScale
from scoring.stage import StageRules, TieChain, rank_sheets, rank_stage

SCALE = NumberScale(Decimal(0), Decimal(10), Decimal("0.000001"))
RUBRIC = Rubric(
    "Uji",
    (
        Criterion("a", "A", Decimal("33.3"), SCALE),
        Criterion("b", "B", Decimal(40), replace(SCALE, maximum=Decimal(7))),
        Criterion("c", "C", Decimal("26.7"), SCALE),
    ),
)
CATEGORIES = {f"E{number}": ("opd", "kelurahan", "")[number % 3] for number in range(8)}

# Few different marks make many ties.
few_marks = st.sampled_from([Decimal(0), Decimal("3.5"), Decimal(7)])
sheets = st.fixed_dictionaries({criterion.id: few_marks for criterion in RUBRIC.criteria})
ballots = st.dictionaries(
    st.tuples(st.sampled_from(sorted(CATEGORIES)), st.sampled_from(["J1", "J2", "J3"])), sheets, min_size=1
).map(lambda table: [Ballot(judge, entry, marks) for (entry, judge), marks in table.items()])
chains = st.builds(
    TieChain, st.permutations(["a", "b", "c"]).map(lambda ids: tuple(ids[:2])), st.booleans(), st.booleans()
)
rules = st.builds(StageRules, st.sampled_from(Method), st.sampled_from(Missing), chains)
cut_rules = st.tuples(
    st.integers(3, 6), st.sampled_from(AtLine), st.integers(0, 2), st.integers(0, 1), st.integers(0, 2)
).map(lambda t: CutRule(t[0], t[1], {"opd": t[2], "kelurahan": t[3]}, t[4]))


def refusal_of(attempt: Callable[[], object]) -> str | None:
    """The sentence with which something is refused; None when it is not."""
    try:
        attempt()
    except ScoringError as refusal:
        return str(refusal)
    return None


def entries_of(given_ballots: Sequence[Ballot]) -> list[str]:
    return sorted({ballot.entry for ballot in given_ballots})


@given(ballots, rules, st.data())
def test_raising_one_mark_never_lowers_the_place_under_mean(
    table: list[Ballot], declared: StageRules, data: st.DataObject
) -> None:
    mean = StageRules(Method.MEAN, Missing.PRESENT, declared.ties)
    before = rank_stage(RUBRIC, table, entries_of(table), mean)
    index = data.draw(st.integers(0, len(table) - 1))
    raised = table[index]
    criterion = data.draw(st.sampled_from(["a", "b", "c"]))
    mark = data.draw(st.decimals(raised.marks[criterion], 7, places=6))
    changed = [*table]
    changed[index] = Ballot(raised.judge, raised.entry, {**raised.marks, criterion: mark})
    after = rank_stage(RUBRIC, changed, entries_of(table), mean)
    old, new = before.of(raised.entry).place, after.of(raised.entry).place
    assert old is not None
    assert new is not None
    assert new <= old


@given(ballots, rules, st.randoms(use_true_random=False))
def test_order_of_sheets_and_entries_never_matters(
    table: list[Ballot], declared: StageRules, shuffle: Random
) -> None:
    entries = entries_of(table)
    first = rank_stage(RUBRIC, table, entries, declared)
    mixed, others = [*table], [*entries]
    shuffle.shuffle(mixed)
    shuffle.shuffle(others)
    again = rank_stage(RUBRIC, mixed, others, declared)
    assert (again.places, again.scores) == (first.places, first.scores)


def check_competition_ranking(ranking: Ranking) -> None:
    numbers = [place.place for place in ranking.placed]
    assert numbers == [
        1 + sum(other < number for other in numbers if other is not None)
        for number in numbers
        if number is not None
    ]
    for place in ranking.placed:
        same = {other.entry for other in ranking.placed if other.place == place.place}
        assert same == {place.entry, *place.tied}
        for other in ranking.placed:
            assert place.score is not None
            assert other.score is not None
            better = place.score < other.score if ranking.ascending else place.score > other.score
            if better:
                assert (place.place or 0) < (other.place or 0)


@given(ballots, rules)
def test_places_are_a_competition_ranking_of_the_exact_scores(
    table: list[Ballot], declared: StageRules
) -> None:
    ranking = rank_stage(RUBRIC, table, entries_of(table), declared)
    check_competition_ranking(ranking)
    assert sorted(place.entry for place in ranking.places) == entries_of(table)
    assert bool(ranking.unsettled) == any(not place.settled for place in ranking.places)
    if declared.ties.joint:
        assert ranking.unsettled == ()


@given(ballots, rules)
def test_last_line_of_the_explanation_is_the_place(table: list[Ballot], declared: StageRules) -> None:
    ranking = rank_stage(RUBRIC, table, entries_of(table), declared)
    for place in ranking.places:
        last = explain_stage(RUBRIC, table, ranking, place.entry)[-1]
        assert last.value == place.place
        assert last.text.startswith(
            f"Peringkat {place.place}" if place.place else "Belum mendapat peringkat: "
        )


@given(ballots, rules)
def test_recount_of_a_recount_is_identical(table: list[Ballot], declared: StageRules) -> None:
    record = Record((StageRecord("Risalah", Decimal(100), declared, RUBRIC, tuple(table)),))
    first = json.dumps(recount(record))
    written = parse_record(json.dumps(record_to_data(record)).encode())
    assert json.dumps(recount(written)) == first
    assert record_to_data(parse_record(json.dumps(record_to_data(written)).encode())) == record_to_data(
        written
    )
    entry = entries_of(table)[0]
    assert explain_record(written, entry).startswith("Tahap Risalah\n")


@given(ballots)
def test_additive_model_is_the_mean_where_every_judge_marked_every_entry(table: list[Ballot]) -> None:
    pairs = {(ballot.entry, ballot.judge) for ballot in table}
    entries = entries_of(table)
    judges = sorted({judge for _, judge in pairs})
    full = [entry for entry in entries if all((entry, judge) in pairs for judge in judges)]
    totals = [
        Sheet(ballot.judge, ballot.entry, RUBRIC.total(ballot.marks))
        for ballot in table
        if ballot.entry in full
    ]
    mean = aggregate(totals, full, Method.MEAN)
    additive = aggregate(totals, full, Method.ADDITIVE)
    assert [score.score for score in additive.values()] == [score.score for score in mean.values()]


@given(ballots, st.sampled_from([Method.MEAN, Method.MEDIAN]), cut_rules, st.data())
def test_what_is_certain_stays_so_whatever_comes_in(
    table: list[Ballot], method: Method, rule: CutRule, data: st.DataObject
) -> None:
    declared = StageRules(method, Missing.WAIT)
    entries = entries_of(table)
    now = rank_stage(RUBRIC, table, entries, declared)
    certain = outlook(stage_bounds(now, RUBRIC), rule, CATEGORIES)
    late = [
        Ballot(judge, score.entry, data.draw(sheets))
        for score in now.scores.values()
        for judge in score.missing
    ]
    final = cut(rank_stage(RUBRIC, table + late, entries, declared), rule, CATEGORIES)
    inside, outside = (
        final.entries(Standing.IN),
        final.entries(Standing.OUT) + final.entries(Standing.RESERVE),
    )
    for entry, known in certain.items():
        assert known is not Outlook.IN or entry in inside
        assert known is not Outlook.OUT or entry in outside


@given(ballots, cut_rules)
def test_cut_lets_as_many_in_as_it_should(table: list[Ballot], rule: CutRule) -> None:
    ranking = rank_stage(RUBRIC, table, entries_of(table), StageRules(missing=Missing.PRESENT))
    result = cut(ranking, rule, CATEGORIES)
    inside, open_ = result.entries(Standing.IN), result.entries(Standing.OPEN)
    placed = len(ranking.placed)
    assert sorted(verdict.entry for verdict in result.verdicts) == entries_of(table)
    assert len(inside) + len(open_) >= min(rule.number, placed)
    if rule.at_line is AtLine.TAKE_ALL:
        assert not open_
    elif result.final and rule.at_line is AtLine.CHAIN:
        assert len(inside) == min(rule.number, placed)
    for category, quota in rule.quotas.items():
        own = [place.entry for place in ranking.placed if CATEGORIES[place.entry] == category]
        assert len([entry for entry in own if entry in inside + open_]) >= min(quota, len(own))


@given(st.lists(st.tuples(st.integers(-(10**6), 10**6), st.integers(1, 10**6)), min_size=1))
def test_ranking_agrees_with_comparing_every_pair(ratios: list[tuple[int, int]]) -> None:
    sheets_of = [Sheet("J1", f"E{number}", Fraction(*ratio)) for number, ratio in enumerate(ratios)]
    ranking = rank_sheets(
        sheets_of, [sheet.entry for sheet in sheets_of], StageRules(ties=TieChain(first_places=False))
    )
    for sheet in sheets_of:
        above = sum(other.total > sheet.total for other in sheets_of)
        assert ranking.of(sheet.entry).place == above + 1


@given(st.text(max_size=60))
def test_parse_mark_answers_with_a_mark_or_a_sentence(typed: str) -> None:
    sentence = refusal_of(lambda: parse_mark(typed))
    if sentence is None:
        assert 0 <= parse_mark(typed) < 10**6
    else:
        assert sentence.startswith(("Nilai ", "Tanda "))
        assert sentence.endswith(".")


@given(st.decimals(0, 10**6, places=6, allow_nan=False).filter(lambda mark: mark < 10**6))
def test_parse_mark_reads_every_plain_number_with_comma_or_dot(mark: Decimal) -> None:
    assert parse_mark(f"{mark:f}") == parse_mark(f" {mark:f} ".replace(".", ",")) == mark


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_never_off_by_more_than_half(value: Fraction, places: int) -> None:
    rounded = Fraction(round_half_up(value, places))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
BASE = record_to_data(
    Record(
        (
            StageRecord(
                "Risalah",
                Decimal(100),
                StageRules(),
                RUBRIC,
                (Ballot("J1", "A", dict.fromkeys("abc", Decimal(5))),),
            ),
        )
    )
)
PATHS: list[list[str | int]] = [
    ["format"],
    ["stages"],
    ["decisions"],
    ["penalties"],
    ["stages", 0],
    *(["stages", 0, key] for key in (*BASE["stages"][0], "panels")),
    ["stages", 0, "rubric", "criteria"],
    *(["stages", 0, "rubric", "criteria", 0, key] for key in ("id", "name", "weight", "maximum")),
    *(["stages", 0, "sheets", 0, key] for key in ("entry", "judge", "marks")),
    ["stages", 0, "sheets", 0, "marks", "a"],
]


@given(st.sampled_from(PATHS), json_values)
def test_no_record_crashes_the_recount(path: list[str | int], value: object) -> None:
    broken = json.loads(json.dumps(BASE))
    holder = broken
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    sentence = refusal_of(lambda: recount(parse_record(json.dumps(broken).encode())))
    assert sentence is None or len(sentence.splitlines()) == 1


@given(json_values)
def test_no_data_at_all_crashes_the_reader(value: object) -> None:
    assert refusal_of(lambda: record_from_data(value))
