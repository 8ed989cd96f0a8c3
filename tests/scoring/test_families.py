from collections.abc import Callable
from fractions import Fraction

import pytest

from scoring.ballot import Ballot
from scoring.errors import ScoringError
from scoring.families import Family, rank_family
from scoring.rubric import Rubric
from scoring.stage import StageRules, TieChain, rank_stage

Make = Callable[..., Ballot]
CONTENT = Family("KBK Prestasi", frozenset({"isi"}))
STYLE = Family("KBK Kreatif", frozenset({"gaya"}))


def test_each_family_has_its_own_winner_over_the_same_ballots(duo: Rubric, ballot: Make) -> None:
    ballots = [ballot("J1", "A", isi="9", gaya="6"), ballot("J1", "B", isi="7", gaya="8.5")]
    assert rank_stage(duo, ballots, "AB").of("A").place == 1
    content = rank_family(CONTENT, duo, ballots, "AB")
    style = rank_family(STYLE, duo, ballots, "AB")
    assert [(place.entry, place.score) for place in content.places] == [
        ("A", Fraction(90)),
        ("B", Fraction(70)),
    ]
    assert [(place.entry, place.score) for place in style.places] == [
        ("B", Fraction(85)),
        ("A", Fraction(60)),
    ]
    assert style.name == "KBK Kreatif"


def test_ballot_counts_for_a_family_before_it_is_complete(duo: Rubric, ballot: Make) -> None:
    ballots = [ballot("J1", "A", gaya="6")]
    assert rank_family(STYLE, duo, ballots, "A").of("A").place == 1
    assert rank_family(CONTENT, duo, ballots, "A").unplaced == ("A",)


def test_family_refuses_strange_criteria(duo: Rubric) -> None:
    with pytest.raises(ScoringError, match=r"^Kriteria suara tidak ada dalam rubrik\.$"):
        rank_family(Family("Suara", frozenset({"suara"})), duo, [], "A")
    with pytest.raises(ScoringError, match=r"^Urutan pemecah nilai sama menyebut kriteria isi"):
        rank_family(STYLE, duo, [], "A", StageRules(ties=TieChain(("isi",))))
