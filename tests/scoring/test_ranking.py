from fractions import Fraction
from typing import Any

import pytest

from scoring.errors import ScoringError
from scoring.ranking import Place, rank
from scoring.ties import Decision, Measure, Step


def scores(**values: str | None) -> dict[str, Fraction | None]:
    return {entry: None if value is None else Fraction(value) for entry, value in values.items()}


def test_places_skip_after_a_tie(reference: dict[str, Any]) -> None:
    (example,) = reference["places"]
    ranking = rank({f"E{n}": Fraction(score) for n, score in enumerate(example["scores"])})
    assert [place.place for place in ranking.places] == example["competition_rank"]


def test_ranking_is_on_exact_values_and_not_on_shown_ones() -> None:
    ranking = rank(scores(A="82.33499999999999999999999", B="82.335", C="82.3349"))
    assert [(place.entry, place.place) for place in ranking.places] == [("B", 1), ("A", 2), ("C", 3)]


def test_thirds_are_equal_however_they_came_about() -> None:
    ranking = rank({"A": Fraction(250, 3), "B": Fraction(500, 6), "C": Fraction(83)})
    assert [(place.entry, place.place, place.tied) for place in ranking.places] == [
        ("A", 1, ("B",)),
        ("B", 1, ("A",)),
        ("C", 3, ()),
    ]
    assert ranking.unsettled == (("A", "B"),)


def test_entry_without_score_has_no_place_and_comes_last() -> None:
    ranking = rank(scores(B=None, A=None, C="1", D="-1"))
    assert ranking.places == (
        Place("C", 1, Fraction(1)),
        Place("D", 2, Fraction(-1)),
        Place("A", None, None),
        Place("B", None, None),
    )
    assert ranking.unplaced == ("A", "B")
    assert [place.entry for place in ranking.placed] == ["C", "D"]


def test_lowest_first_where_ranks_were_summed() -> None:
    ranking = rank(scores(A="7", B="6.5", C="9"), ascending=True)
    assert [place.entry for place in ranking.places] == ["B", "A", "C"]
    assert ranking.ascending


def test_chain_parts_equal_scores_and_leaves_a_reason() -> None:
    chain = [Measure(Step.CRITERION, "", "isi", {"A": Fraction(7), "B": Fraction(8)}.__getitem__)]
    ranking = rank(scores(A="80", B="80", C="70"), chain)
    assert [(place.entry, place.place, place.settled) for place in ranking.places] == [
        ("B", 1, True),
        ("A", 2, True),
        ("C", 3, True),
    ]
    assert [reason.value for reason in ranking.of("A").reasons] == [7]
    assert ranking.of("C").reasons == ()
    assert ranking.unsettled == ()


def test_joint_place_is_settled() -> None:
    ranking = rank(scores(A="80", B="80"), joint=True)
    assert [(place.place, place.settled) for place in ranking.places] == [(1, True), (1, True)]
    assert ranking.unsettled == ()


def test_decision_that_decides_nothing_is_reported() -> None:
    used, unused = Decision(("B", "A"), "Berita acara 1"), Decision(("C", "D"), "Berita acara 1")
    ranking = rank(scores(A="80", B="80", C="70", D="60"), decisions=[used, unused])
    assert [place.entry for place in ranking.places] == ["B", "A", "C", "D"]
    assert ranking.warnings == ("Keputusan panel tentang C, D tidak dipakai karena nilainya tidak sama.",)


def test_nobody_to_rank_is_an_empty_ranking() -> None:
    assert rank({}).places == ()


def test_of_refuses_a_stranger() -> None:
    with pytest.raises(ScoringError, match=r"^Peserta Z tidak ada dalam daftar peringkat\.$"):
        rank(scores(A="1")).of("Z")
