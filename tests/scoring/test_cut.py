from fractions import Fraction

import pytest

from scoring.cut import AtLine, Cut, CutRule, Standing, Verdict, cut
from scoring.errors import ScoringError
from scoring.ranking import Ranking, rank
from scoring.ties import Decision, Measure, Step


def ranking(chain: dict[str, int] | None = None, joint: bool = False, **scores: int | None) -> Ranking:
    measures = []
    if chain is not None:
        measures = [Measure(Step.CRITERION, "", "isi", lambda entry: Fraction(chain.get(entry, 0)))]
    exact = {entry: None if score is None else Fraction(score) for entry, score in scores.items()}
    return rank(exact, measures, joint=joint)


def standings(result: Cut) -> dict[str, str]:
    return {verdict.entry: verdict.standing.value for verdict in result.verdicts}


def test_best_entries_go_on() -> None:
    result = cut(ranking(A=90, B=80, C=70), CutRule(2))
    assert result.verdicts == (
        Verdict("A", Standing.IN),
        Verdict("B", Standing.IN),
        Verdict("C", Standing.OUT),
    )
    assert result.entries(Standing.IN) == ("A", "B")
    assert result.final
    assert result.rule == CutRule(2)


def test_all_go_on_when_there_are_not_more() -> None:
    assert standings(cut(ranking(A=90, B=80), CutRule(2))) == {"A": "in", "B": "in"}
    assert standings(cut(ranking(), CutRule(2))) == {}


@pytest.mark.parametrize(
    ("at_line", "standing"), [(AtLine.TAKE_ALL, "in"), (AtLine.CHAIN, "open"), (AtLine.DECISION, "open")]
)
def test_unbroken_tie_at_the_line(at_line: AtLine, standing: str) -> None:
    result = cut(ranking(A=90, B=80, C=80, D=70), CutRule(2, at_line))
    assert standings(result) == {"A": "in", "B": standing, "C": standing, "D": "out"}
    assert result.final is (standing == "in")


@pytest.mark.parametrize(
    ("at_line", "b", "c"),
    [(AtLine.TAKE_ALL, "in", "in"), (AtLine.CHAIN, "in", "out"), (AtLine.DECISION, "open", "open")],
)
def test_tie_at_the_line_that_the_chain_has_broken(at_line: AtLine, b: str, c: str) -> None:
    result = cut(ranking({"B": 9, "C": 8}, A=90, B=80, C=80, D=70), CutRule(2, at_line))
    assert standings(result) == {"A": "in", "B": b, "C": c, "D": "out"}


def test_tie_that_stays_above_the_line_opens_nothing() -> None:
    for at_line in AtLine:
        result = cut(ranking(A=90, B=90, C=80), CutRule(2, at_line))
        assert standings(result) == {"A": "in", "B": "in", "C": "out"}


def test_joint_place_declared_beforehand_takes_all_through_the_chain() -> None:
    result = cut(ranking(joint=True, A=90, B=80, C=80, D=70), CutRule(2, AtLine.CHAIN))
    assert result.entries(Standing.IN) == ("A", "B", "C")


def test_chain_opens_only_those_it_could_not_part() -> None:
    scores = ranking({"B": 9, "C": 8, "D": 8, "E": 7}, A=90, B=80, C=80, D=80, E=80)
    result = cut(scores, CutRule(3, AtLine.CHAIN))
    assert standings(result) == {"A": "in", "B": "in", "C": "open", "D": "open", "E": "out"}


def test_panel_decides_at_the_line() -> None:
    tied = ranking({"B": 9, "C": 8, "D": 7}, A=90, B=80, C=80, D=80)
    decision = Decision(("D", "B", "C"), "Berita acara 7")
    result = cut(tied, CutRule(3, AtLine.DECISION), decisions=[decision])
    assert standings(result) == {"A": "in", "B": "in", "C": "out", "D": "in"}
    joint = Decision(("D", "B", "C"), "Berita acara 7", joint=True)
    together = cut(tied, CutRule(3, AtLine.DECISION), decisions=[joint])
    assert together.entries(Standing.IN) == ("A", "B", "C", "D")


def test_entry_without_a_place_is_waited_for() -> None:
    result = cut(ranking(A=90, B=None), CutRule(2))
    assert standings(result) == {"A": "in", "B": "waiting"}
    assert not result.final


def test_reserves_are_numbered_and_share_numbers_when_equal() -> None:
    result = cut(ranking(A=90, B=80, C=80, D=70, E=60), CutRule(1, reserves=2))
    assert [(verdict.entry, verdict.standing.value, verdict.reserve) for verdict in result.verdicts[1:]] == [
        ("B", "reserve", 1),
        ("C", "reserve", 1),
        ("D", "out", None),
        ("E", "out", None),
    ]


CATEGORIES = {"A": "opd", "B": "opd", "C": "opd", "D": "kelurahan", "E": "kelurahan", "F": "puskesmas"}


def test_quota_keeps_places_for_a_category() -> None:
    scores = ranking(A=90, B=85, C=80, D=60, E=50, F=40)
    result = cut(scores, CutRule(3, quotas={"opd": 2, "kelurahan": 1}, reserves=1), CATEGORIES)
    assert [(verdict.entry, verdict.standing.value, verdict.category) for verdict in result.verdicts] == [
        ("A", "in", "opd"),
        ("B", "in", "opd"),
        ("C", "reserve", "opd"),
        ("D", "in", "kelurahan"),
        ("E", "reserve", "kelurahan"),
        ("F", "out", ""),
    ]


def test_open_list_takes_the_best_of_the_rest() -> None:
    scores = ranking(A=90, B=85, C=80, D=60, E=50, F=40)
    result = cut(scores, CutRule(4, quotas={"opd": 1, "kelurahan": 1}), CATEGORIES)
    assert result.entries(Standing.IN) == ("A", "B", "C", "D")
    assert [verdict.category for verdict in result.verdicts[:4]] == ["opd", "", "", "kelurahan"]


def test_quota_that_cannot_be_filled_goes_to_the_open_list() -> None:
    scores = ranking(A=90, B=85, C=80, F=40)
    result = cut(scores, CutRule(3, quotas={"puskesmas": 2}), CATEGORIES)
    assert result.entries(Standing.IN) == ("A", "B", "F")


@pytest.mark.parametrize(
    ("at_line", "standing"), [(AtLine.TAKE_ALL, "in"), (AtLine.CHAIN, "open"), (AtLine.DECISION, "open")]
)
def test_rule_at_the_line_holds_for_quotas_too(at_line: AtLine, standing: str) -> None:
    categories = dict.fromkeys("GDEH", "kelurahan")
    rule = CutRule(2, at_line, quotas={"kelurahan": 2})
    result = cut(ranking(G=70, D=60, E=60, H=50), rule, categories)
    assert standings(result) == {"G": "in", "D": standing, "E": standing, "H": "out"}
    assert {verdict.category for verdict in result.verdicts} == {"kelurahan"}


def test_panel_decides_at_the_line_of_a_quota() -> None:
    rule = CutRule(1, AtLine.DECISION, quotas={"kelurahan": 1})
    decision = Decision(("E", "D"), "Berita acara 8")
    result = cut(ranking(D=60, E=60), rule, CATEGORIES, [decision])
    assert standings(result) == {"D": "out", "E": "in"}


def test_open_list_without_places_names_no_reserves() -> None:
    result = cut(ranking(A=90, F=80), CutRule(1, quotas={"opd": 1}, reserves=3), CATEGORIES)
    assert result.verdicts[1] == Verdict("F", Standing.OUT)


def test_who_loses_the_tie_at_a_quota_competes_on_the_open_list() -> None:
    # Whichever of D and E the panel prefers, the other beats F for the open place.
    rule = CutRule(2, AtLine.CHAIN, quotas={"kelurahan": 1})
    assert standings(cut(ranking(D=60, E=60, F=40), rule, CATEGORIES)) == {"D": "in", "E": "in", "F": "out"}
    assert standings(cut(ranking(A=90, D=60, E=60), rule, CATEGORIES)) == {
        "A": "in",
        "D": "open",
        "E": "open",
    }


def test_tie_at_a_quota_leaves_the_open_list_its_other_places() -> None:
    rule = CutRule(3, AtLine.CHAIN, quotas={"kelurahan": 1})
    assert standings(cut(ranking(D=60, E=60, F=40), rule, CATEGORIES)) == {"D": "in", "E": "in", "F": "in"}


def test_tie_on_the_open_list_lifts_a_category_that_has_its_quota() -> None:
    rule = CutRule(2, AtLine.CHAIN, quotas={"opd": 1}, reserves=1)
    result = cut(ranking(A=90, B=60, F=60), rule, CATEGORIES)
    assert standings(result) == {"A": "in", "B": "open", "F": "open"}


@pytest.mark.parametrize(
    ("number", "quotas", "reserves", "sentence"),
    [
        (0, {}, 0, "Jumlah yang lolos paling sedikit 1; kuota dan cadangan tidak boleh negatif."),
        (1, {}, -1, "Jumlah yang lolos paling sedikit 1; kuota dan cadangan tidak boleh negatif."),
        (1, {"opd": -1}, 0, "Jumlah yang lolos paling sedikit 1; kuota dan cadangan tidak boleh negatif."),
        (3, {"opd": 2, "kelurahan": 2}, 0, "Jumlah kuota kategori melebihi jumlah yang lolos."),
    ],
)
def test_cut_rule_refuses_nonsense(number: int, quotas: dict[str, int], reserves: int, sentence: str) -> None:
    with pytest.raises(ScoringError) as refusal:
        CutRule(number, quotas=quotas, reserves=reserves)
    assert str(refusal.value) == sentence
