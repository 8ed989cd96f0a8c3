from fractions import Fraction

from scoring.ties import Decision, Measure, Reason, Step, Tier, settle


def measure(criterion: str, **values: int) -> Measure:
    return Measure(Step.CRITERION, "Risalah", criterion, lambda entry: Fraction(values[entry]))


def entries(tiers: tuple[Tier, ...]) -> list[tuple[str, ...]]:
    return [tier.entries for tier in tiers]


def test_single_entry_needs_no_reason() -> None:
    assert settle(["A"], [measure("isi", A=1)]) == (Tier(("A",), {"A": ()}, settled=True),)


def test_first_criterion_that_differs_decides() -> None:
    tiers = settle(
        ["B", "A"], [measure("isi", A=8, B=8), measure("gaya", A=7, B=9), measure("waktu", A=9, B=1)]
    )
    group = ("A", "B")
    assert tiers == tuple(
        Tier(
            (entry,),
            {
                entry: (
                    Reason(Step.CRITERION, group, False, "Risalah", "isi", Fraction(8)),
                    Reason(Step.CRITERION, group, True, "Risalah", "gaya", Fraction(gaya)),
                )
            },
            settled=True,
        )
        for entry, gaya in (("B", 9), ("A", 7))
    )


def test_part_of_a_group_goes_on_down_the_chain() -> None:
    tiers = settle(
        ["A", "B", "C", "D"], [measure("isi", A=8, B=9, C=8, D=7), measure("gaya", A=5, B=1, C=6, D=9)]
    )
    assert entries(tiers) == [("B",), ("C",), ("A",), ("D",)]
    assert [reason.group for reason in tiers[1].reasons["C"]] == [("A", "B", "C", "D"), ("A", "C")]


def test_unbroken_tie_is_reported_and_not_invented() -> None:
    (tier,) = settle(["B", "A"], [measure("isi", A=8, B=8)])
    assert (tier.entries, tier.settled) == (("A", "B"), False)
    assert tier.reasons["A"][-1] == Reason(Step.UNSETTLED, ("A", "B"), False)


def test_joint_place_declared_beforehand_settles() -> None:
    (tier,) = settle(["A", "B"], [], joint=True)
    assert (tier.entries, tier.settled) == (("A", "B"), True)
    assert tier.reasons["B"] == (Reason(Step.JOINT, ("A", "B"), False),)


def test_decision_of_the_panel_orders_what_it_names() -> None:
    decision = Decision(("C", "B", "A"), "Berita acara 3")
    tiers = settle(["A", "B"], [], [decision])
    assert entries(tiers) == [("B",), ("A",)]
    assert tiers[0].settled
    assert tiers[0].reasons["B"] == (Reason(Step.DECISION, ("A", "B"), True, decision=decision),)


def test_decision_that_misses_one_of_the_tied_is_not_used() -> None:
    (tier,) = settle(["A", "B", "C"], [], [Decision(("A", "B"), "Berita acara 3")])
    assert (tier.entries, tier.settled) == (("A", "B", "C"), False)


def test_decision_comes_after_the_measures() -> None:
    tiers = settle(["A", "B"], [measure("isi", A=8, B=9)], [Decision(("A", "B"), "Berita acara 3")])
    assert entries(tiers) == [("B",), ("A",)]


def test_panel_may_decide_for_a_joint_place() -> None:
    decision = Decision(("A", "B"), "Berita acara 3", joint=True)
    (tier,) = settle(["A", "B"], [], [decision])
    assert (tier.entries, tier.settled) == (("A", "B"), True)
    assert tier.reasons["A"] == (Reason(Step.JOINT, ("A", "B"), False, decision=decision),)


def test_last_of_two_decisions_holds() -> None:
    tiers = settle(["A", "B"], [], [Decision(("A", "B"), "Pertama"), Decision(("B", "A"), "Kedua")])
    assert entries(tiers) == [("B",), ("A",)]
