from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.aggregate import Method, Missing, Penalty
from scoring.ballot import Ballot, Sheet
from scoring.errors import ScoringError
from scoring.rubric import Rubric
from scoring.stage import (
    StageRanking,
    StageRules,
    TieChain,
    WeightedStage,
    rank_final,
    rank_sheets,
    rank_stage,
)
from scoring.ties import Decision, Step

Make = Callable[..., Ballot]
MakeSheets = Callable[..., list[Sheet]]


def placed(ranking: StageRanking) -> list[tuple[str, int | None]]:
    return [(place.entry, place.place) for place in ranking.places]


@pytest.fixture
def equals(ballot: Make) -> list[Ballot]:
    """A and B both have 80 on the mean; B has the better isi, A the better gaya; each won one judge."""
    return [
        ballot("J1", "A", isi="7", gaya="10"),
        ballot("J2", "A", isi="8", gaya="7.5"),
        ballot("J1", "B", isi="9", gaya="6.5"),
        ballot("J2", "B", isi="8", gaya="8"),
    ]


def test_rank_stage_goes_from_marks_to_places(duo: Rubric, ballot: Make) -> None:
    ballots = [ballot("J1", "A", isi="8", gaya="7"), ballot("J1", "B", isi="7", gaya="9")]
    ranking = rank_stage(duo, ballots, ["A", "B"], name="Risalah")
    assert [(place.entry, place.place, place.score) for place in ranking.places] == [
        ("B", 1, Fraction(78)),
        ("A", 2, Fraction(76)),
    ]
    assert ranking.name == "Risalah"
    assert ranking.scores["B"].sheets[0].total == 78


def test_chain_of_criteria_is_followed_in_its_order(duo: Rubric, equals: list[Ballot]) -> None:
    by_content = rank_stage(duo, equals, "AB", StageRules(ties=TieChain(("isi", "gaya"))))
    by_style = rank_stage(duo, equals, "AB", StageRules(ties=TieChain(("gaya", "isi"))))
    assert by_content.of("A").score == by_content.of("B").score == 80
    assert placed(by_content) == [("B", 1), ("A", 2)]
    assert placed(by_style) == [("A", 1), ("B", 2)]
    assert [reason.value for reason in by_style.of("A").reasons] == [Fraction("8.75")]


def test_decision_settles_what_the_chain_leaves(duo: Rubric, equals: list[Ballot]) -> None:
    decisions = [Decision(("B", "A"), "Berita acara 2")]
    ranking = rank_stage(duo, equals, "AB", decisions=decisions)
    assert placed(ranking) == [("B", 1), ("A", 2)]
    assert ranking.warnings == ()


def test_first_places_come_after_the_criteria(make_sheets: MakeSheets) -> None:
    sheets = make_sheets([[80, 80, 77], [79, 79, 79], [60, 60, 60]])
    ranking = rank_sheets(sheets, ["E1", "E2", "E3"])
    assert placed(ranking) == [("E1", 1), ("E2", 2), ("E3", 3)]
    (reason,) = ranking.of("E1").reasons
    assert (reason.step, reason.stage, reason.criterion, reason.value) == (
        Step.FIRST_PLACES,
        "",
        "",
        Fraction(2),
    )


def test_shared_highest_total_counts_for_both(make_sheets: MakeSheets) -> None:
    ranking = rank_sheets(make_sheets([[80, 78], [80, 78], [10, 90]]), ["E1", "E2", "E3"])
    assert [ranking.of(entry).reasons[0].value for entry in ("E1", "E2")] == [1, 1]
    assert ranking.unsettled == (("E1", "E2"),)


def test_first_places_can_be_left_out(make_sheets: MakeSheets) -> None:
    sheets = make_sheets([[80, 80, 77], [79, 79, 79]])
    ranking = rank_sheets(sheets, ["E1", "E2"], StageRules(ties=TieChain(first_places=False)))
    assert placed(ranking) == [("E1", 1), ("E2", 1)]


def test_decision_and_joint_place_settle_the_rest(make_sheets: MakeSheets) -> None:
    sheets = make_sheets([[80, 70], [70, 80]])
    decided = rank_sheets(sheets, ["E1", "E2"], decisions=[Decision(("E2", "E1"), "Berita acara 4")])
    joint = rank_sheets(sheets, ["E1", "E2"], StageRules(ties=TieChain(joint=True)))
    assert placed(decided) == [("E2", 1), ("E1", 2)]
    assert placed(joint) == [("E1", 1), ("E2", 1)]
    assert decided.unsettled == joint.unsettled == ()


def test_chain_must_name_criteria_of_the_rubric(duo: Rubric) -> None:
    with pytest.raises(ScoringError, match=r"^Urutan pemecah nilai sama menyebut kriteria suara"):
        rank_stage(duo, [], "AB", StageRules(ties=TieChain(("suara",))))


def test_mark_that_the_chain_needs_must_be_there(make_sheets: MakeSheets) -> None:
    rules = StageRules(ties=TieChain(("isi",)))
    assert placed(rank_sheets(make_sheets([[80], [70]]), ["E1", "E2"], rules)) == [("E1", 1), ("E2", 2)]
    with pytest.raises(
        ScoringError, match=r"^Nilai kriteria isi untuk E1 diperlukan untuk memecah nilai sama\.$"
    ):
        rank_sheets(make_sheets([[80], [80]]), ["E1", "E2"], rules)


def test_incomplete_ballot_is_a_warning(duo: Rubric, ballot: Make) -> None:
    ranking = rank_stage(duo, [ballot("J1", "A", isi="8")], ["A"])
    assert ranking.unplaced == ("A",)
    assert ranking.warnings == ("Lembar juri J1 untuk A belum lengkap: 1 dari 2 kriteria belum dinilai.",)


def test_methods_warn_where_they_stand_on_thin_ice(make_sheets: MakeSheets) -> None:
    sheets = make_sheets([[80, 70], [70, 70]])
    entries = ["E1", "E2"]
    assert rank_sheets(sheets, entries, StageRules(Method.TRIMMED)).warnings == (
        "Rata-rata terpangkas dianjurkan mulai 5 juri; ada peserta yang baru mempunyai 2 lembar nilai.",
    )
    assert rank_sheets(sheets, entries, StageRules(Method.Z_SCORE)).warnings == (
        "Juri J1 baru menilai 2 peserta; skor baku dianjurkan mulai 5 peserta.",
        "Juri J2 tidak membedakan peserta; skor bakunya 0 untuk semua.",
    )
    apart = make_sheets([[80, None], [None, 70]])
    assert rank_sheets(apart, entries, StageRules(missing=Missing.ADDITIVE)).warnings == (
        "Pembagian juri terpisah menjadi 2 kelompok yang tidak terhubung.",
    )


def test_methods_on_firm_ground_do_not_warn(make_sheets: MakeSheets) -> None:
    sheets = make_sheets([[80 + row, 70, 75, 60, 65 - row] for row in range(5)])
    for method in (Method.TRIMMED, Method.ADDITIVE, Method.RANK_SUM):
        assert rank_sheets(sheets, [f"E{n}" for n in range(1, 6)], StageRules(method)).warnings == ()
    upright = make_sheets([[80 + row, 70 - row] for row in range(5)])
    assert rank_sheets(upright, [f"E{n}" for n in range(1, 6)], StageRules(Method.Z_SCORE)).warnings == ()
    assert rank_sheets([], [], StageRules(Method.TRIMMED)).warnings == ()


def weighted(weight: str, ranking: StageRanking) -> WeightedStage:
    return WeightedStage(Decimal(weight), ranking)


def test_final_carries_80_of_the_desk_and_20_of_the_day(make_sheets: MakeSheets) -> None:
    desk = rank_sheets(make_sheets([[80], [82], [60]]), ["E1", "E2", "E3"], name="Risalah")
    day = rank_sheets(make_sheets([[95], [70]]), ["E1", "E2"], name="Gelar")
    final = rank_final([weighted("80", desk), weighted("20", day)])
    assert [(place.entry, place.place, place.score) for place in final.places] == [
        ("E1", 1, 83),
        ("E2", 2, Fraction("79.6")),
        ("E3", None, None),
    ]
    assert final.warnings == ()
    assert rank_final([weighted("80", desk), weighted("20", day)], ["E2"]).of("E2").place == 1


def test_final_takes_penalties_and_decisions(make_sheets: MakeSheets) -> None:
    desk = rank_sheets(make_sheets([[84, 80], [80, 88]]), ["E1", "E2"])
    penalties = [Penalty("E2", Decimal(2), "Terlambat mendaftar ulang")]
    final = rank_final([weighted("100", desk)], penalties=penalties)
    assert final.unsettled == (("E1", "E2"),)
    decided = rank_final(
        [weighted("100", desk)], penalties=penalties, decisions=[Decision(("E1", "E2"), "Berita acara 5")]
    )
    assert decided.of("E2").place == 2
    assert rank_final([weighted("100", desk)], penalties=penalties, joint=True).unsettled == ()


def test_final_ties_go_through_all_criteria_before_first_places(duo: Rubric, ballot: Make) -> None:
    chain = StageRules(ties=TieChain(("isi",)))
    first = [ballot("J1", "A", isi="8", gaya="8"), ballot("J1", "B", isi="8", gaya="7")]
    second = [ballot("J1", "A", isi="7", gaya="8"), ballot("J1", "B", isi="8", gaya="7.5")]
    stages = [
        weighted("50", rank_stage(duo, first, "AB", chain, name="Risalah")),
        weighted("50", rank_stage(duo, second, "AB", chain, name="Gelar")),
    ]
    final = rank_final(stages)
    assert final.of("A").score == final.of("B").score == 77
    assert [(reason.stage, reason.step, reason.value) for reason in final.of("B").reasons] == [
        ("Risalah", Step.CRITERION, Fraction(8)),
        ("Gelar", Step.CRITERION, Fraction(8)),
    ]
    assert final.of("B").place == 1


def test_stage_without_weight_neither_counts_nor_keeps_out(make_sheets: MakeSheets) -> None:
    desk = rank_sheets(make_sheets([[80], [82]]), ["E1", "E2"])
    day = rank_sheets(make_sheets([[90]]), ["E1"])
    final = rank_final([weighted("100", desk), weighted("0", day)])
    assert [place.entry for place in final.places] == ["E2", "E1"]


def test_final_over_rank_sums_puts_the_lowest_first(make_sheets: MakeSheets) -> None:
    desk = rank_sheets(make_sheets([[80], [82]]), ["E1", "E2"], StageRules(Method.RANK_SUM))
    final = rank_final([weighted("100", desk)])
    assert [(place.entry, place.score) for place in final.places] == [
        ("E2", Fraction(1)),
        ("E1", Fraction(2)),
    ]
    assert final.ascending
    points = rank_sheets(make_sheets([[80], [82]]), ["E1", "E2"])
    with pytest.raises(ScoringError, match=r"^Jumlah peringkat tidak dapat digabung"):
        rank_final([weighted("50", desk), weighted("50", points)])


@pytest.mark.parametrize("method", [Method.RANK_SUM, Method.Z_SCORE])
def test_points_cannot_come_off_a_final_score_that_is_not_in_points(
    method: Method, make_sheets: MakeSheets
) -> None:
    desk = rank_sheets(make_sheets([[80], [82]]), ["E1", "E2"], StageRules(method))
    penalties = [Penalty("E1", Decimal(1), "Terlambat")]
    with pytest.raises(ScoringError, match=r"^Nilai akhir hanya dapat dikurangi bila semua tahap"):
        rank_final([weighted("100", desk)], penalties=penalties)


def test_final_warns_about_weights_and_units(make_sheets: MakeSheets) -> None:
    points = rank_sheets(make_sheets([[80], [82]]), ["E1", "E2"])
    standard = rank_sheets(make_sheets([[80], [82]]), ["E1", "E2"], StageRules(Method.Z_SCORE))
    assert rank_final([weighted("60.5", points), weighted("20", standard)]).warnings == (
        "Jumlah bobot tahap 80,5, bukan 100.",
        "Skor baku dan nilai rubrik digabung, padahal satuannya berbeda.",
    )
    median = rank_sheets(make_sheets([[80], [82]]), ["E1", "E2"], StageRules(Method.MEDIAN))
    assert rank_final([weighted("50", points), weighted("50", median)]).warnings == ()
    assert rank_final([weighted("50", standard), weighted("50", standard)]).warnings == ()


def test_final_needs_a_stage_that_weighs(make_sheets: MakeSheets) -> None:
    desk = rank_sheets(make_sheets([[80]]), ["E1"])
    with pytest.raises(ScoringError, match=r"^Sedikitnya satu tahap harus mempunyai bobot lebih dari 0\.$"):
        rank_final([weighted("0", desk)])
