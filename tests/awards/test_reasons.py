"""The chain that was tried on a tie, criterion by criterion."""

from decimal import Decimal
from fractions import Fraction

from kbk.awards.reasons import Mean, TriedCriterion, tie_sentences, tried_chain
from kbk.awards.tally import Tie
from scoring.rubric import Criterion, Rubric
from scoring.ties import Reason, Step
from tests.awards.contest import HUNDRED, PAIR


def said(criterion: str, value: Fraction, *, separated: bool = False) -> Reason:
    return Reason(Step.CRITERION, ("1", "2", "3"), separated, criterion=criterion, value=value)


def test_chain_is_told_by_criterion_and_group() -> None:
    third = Fraction(247, 3)
    unsettled = Reason(Step.UNSETTLED, ("1", "2"), separated=False)
    tie = Tie(
        place=2,
        groups=(1, 2),
        blocks=True,
        tried={
            1: (said("a", third, separated=True), said("b", Fraction(80)), unsettled),
            2: (said("a", third, separated=True), said("b", Fraction(80)), unsettled),
        },
    )
    # Criterion a has parted both from a third group, not from each other.
    assert tried_chain(tie, PAIR) == (
        TriedCriterion("Dampak", (Mean("82,33", "247/3"), Mean("82,33", "247/3")), separates=False),
        TriedCriterion("Penyajian", (Mean("80,00", ""), Mean("80,00", "")), separates=False),
    )


def test_means_that_differ_look_different() -> None:
    tie = Tie(
        place=1,
        groups=(1, 2),
        blocks=True,
        tried={1: (said("a", Fraction(247, 3)),), 2: (said("a", Fraction("82.333")),)},
    )
    (dampak,) = tried_chain(tie, PAIR)
    assert dampak == TriedCriterion("Dampak", (Mean("82,3333", "247/3"), Mean("82,3330", "")), separates=True)


def test_group_that_was_parted_earlier_has_no_later_mean() -> None:
    first, later = said("a", Fraction(85), separated=True), said("b", Fraction(70))
    tie = Tie(
        place=1,
        groups=(1, 2, 3),
        blocks=True,
        tried={
            1: (said("a", Fraction(90), separated=True),),
            2: (first, later),
            3: (first, later),
        },
    )
    assert [item.means[0] for item in tried_chain(tie, PAIR)] == [Mean("90,00", ""), None]
    assert [item.separates for item in tried_chain(tie, PAIR)] == [True, False]


def test_tie_without_a_chain_has_nothing_to_tell() -> None:
    unsettled = Reason(Step.UNSETTLED, ("1", "2"), separated=False)
    tie = Tie(place=1, groups=(1, 2), blocks=True, tried={1: (unsettled,), 2: (unsettled,)})
    assert tried_chain(tie, PAIR) == ()


def test_many_criteria_that_part_nobody_are_one_sentence() -> None:
    criteria = tuple(Criterion(key, f"Kriteria {key}", Decimal(20), HUNDRED, "Isi") for key in "pqrstuv")
    rubric = Rubric("Tujuh", criteria)
    equal = [said(key, Fraction(8)) for key in "pqrstuv"]
    unsettled = Reason(Step.UNSETTLED, ("1", "2", "3"), separated=False)
    names = {1: "A", 2: "B", 3: "C"}
    assert tie_sentences(1, [*equal, unsettled], names, rubric) == (
        "Nilai akhir sama tepat dengan B dan C.",
        "Rata-rata pada 7 kriteria berturut-turut, dari Kriteria p sampai Kriteria v, tetap sama.",
        "Belum terpecahkan: menunggu keputusan tertulis dewan juri.",
    )
    assert tie_sentences(1, equal[:2], names, rubric)[1:] == (
        "Kriteria Kriteria p: rata-rata 8, tetap sama.",
        "Kriteria Kriteria q: rata-rata 8, tetap sama.",
    )
