"""What the committee is told about sheets, judges and the firmness of the order."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from kbk.awards.noticing import Notices, notices
from kbk.awards.tally import CategoryFacts, Contestant, SheetFacts, StageFacts
from scoring.aggregate import Method, Missing
from scoring.cut import AtLine
from scoring.signals import SignalKind
from tests.awards.contest import PAIR

DIFFERENT = "Metode yang berbeda memberi juara berbeda:"
OTHERS = "median, rata-rata terpangkas, skor baku, jumlah peringkat"
JUDGES = {1: "Ani", 2: "Budi", 3: "Citra"}


def facts(
    given: Mapping[str, Sequence[tuple[str, str] | None]],
    *,
    quota: int | None = None,
    judges: Mapping[int, str] = JUDGES,
    method: Method = Method.MEAN,
    names: Mapping[str, str] | None = None,
) -> StageFacts:
    """A stage of one category: group -> the pair of marks from judges 1, 2, 3; None was never signed."""
    names = names or {}
    return StageFacts(
        name="Final",
        rubric=PAIR,
        method=method,
        missing=Missing.WAIT,
        chain=(),
        at_line=AtLine.DECISION,
        carry_over=0,
        open=False,
        categories=(
            CategoryFacts(1, "k", "Kelurahan", quota, False),
            CategoryFacts(2, "x", "Kosong", 1, False),
        ),
        contestants=tuple(
            Contestant(number, name, names.get(name, name), f"Unit {name}", 1)
            for number, name in enumerate(given, 11)
        ),
        judges=judges,
        sheets=tuple(
            SheetFacts(
                number,
                judge,
                marks is not None,
                None,
                dict(zip("ab", map(Decimal, marks), strict=True)) if marks else {},
            )
            for number, sheets in enumerate(given.values(), 11)
            for judge, marks in enumerate(sheets, 1)
        ),
    )


def texts(found: Notices) -> list[str]:
    return [notice.text for notice in found.everything]


def test_a_calm_stage_has_no_notice_and_is_steady() -> None:
    found = notices(
        facts({"A": [("90", "91")] * 3, "B": [("80", "82")] * 3, "C": [("70", "72")] * 3}, quota=1)
    )
    assert (texts(found), found.steady, found.unready) == ([], ("Kelurahan",), ())


def test_a_sheet_far_from_the_others_is_named_once_with_its_judge() -> None:
    found = notices(facts({"A": [("90", "90"), ("90", "90"), ("70", "70")], "B": [("50", "50")] * 3}))
    (notice,) = found.sheets
    assert notice.text == "Nilai juri Citra untuk A (70,00) jauh dari rata-rata juri lain (90,00)."
    assert (notice.kind, notice.group_id, notice.judge_id) == (SignalKind.FAR_SHEET, 11, 3)


def test_criteria_marked_alike_or_far_off_are_told_of_their_judge() -> None:
    rows = {
        name: [("50", mark), ("50", mark), ("95", "70")]
        for name, mark in zip("ABC", ("71", "69", "72"), strict=True)
    }
    found = notices(facts(rows))
    assert [notice.text for notice in found.judges if notice.judge_id == 3] == [
        "Juri Citra memberi nilai 95 pada kriteria Dampak untuk semua dari 3 peserta.",
        "Juri Citra memberi nilai 70 pada kriteria Penyajian untuk semua dari 3 peserta.",
        "Juri Citra menilai kriteria Dampak rata-rata 45,00 di atas juri lain.",
    ]


def test_going_on_that_hangs_on_one_judge_is_told() -> None:
    found = notices(
        facts(
            {
                "A": [("90", "90"), ("80", "80"), ("80", "80")],
                "B": [("80", "80"), ("84", "84"), ("84", "84")],
            },
            quota=1,
        )
    )
    assert [(notice.text, notice.judge_id) for notice in found.firm if notice.kind is None] == [
        ("Menurut median B ikut lolos dan A tidak lolos.", None),
        ("Menurut rata-rata terpangkas B ikut lolos dan A tidak lolos.", None),
        ("Menurut skor baku B ikut lolos dan A tidak lolos.", None),
        ("Menurut jumlah peringkat B ikut lolos dan A tidak lolos.", None),
        ("Tanpa juri Ani B ikut lolos dan A tidak lolos.", 1),
    ]
    assert found.steady == ()


def test_winners_that_change_places_without_a_judge_are_told() -> None:
    found = notices(
        facts(
            {"A": [("90", "90"), ("80", "80"), ("80", "80")], "B": [("80", "80"), ("84", "84"), ("84", "84")]}
        )
    )
    assert [notice.text for notice in found.firm] == [
        f"{DIFFERENT} A menurut rata-rata, model aditif; B menurut {OTHERS}.",
        "Tanpa juri Ani urutan juara berubah: A dari tempat 1 ke 2 dan B dari tempat 2 ke 1.",
    ]


def test_panels_without_a_common_judge_are_told() -> None:
    split = facts({"A": [("90", "90")], "B": [("80", "80")]})
    other = StageFacts(
        **{field: getattr(split, field) for field in split.__dataclass_fields__}
        | {"sheets": (split.sheets[0], SheetFacts(12, 2, True, None, split.sheets[1].marks))}
    )
    kinds = [notice.kind for notice in notices(other).firm]
    assert SignalKind.UNLINKED_PANELS in kinds


def test_the_order_is_not_reckoned_while_a_sheet_is_missing() -> None:
    found = notices(facts({"A": [("90", "90"), None, ("60", "60")], "B": [("80", "80")] * 3}))
    assert (found.firm, found.steady, found.unready) == ((), (), ("Kelurahan",))
    assert [notice.group_id for notice in found.sheets] == [11, 11]


def test_equal_names_are_told_apart() -> None:
    stage = facts(
        {"A": [("90", "90"), ("50", "50")], "B": [("80", "80"), ("81", "81")]},
        judges={1: "Ani", 2: "Ani"},
        names={"A": "Melati", "B": "Melati"},
    )
    assert [(notice.text, notice.judge_id) for notice in notices(stage).sheets] == [
        ("Nilai juri Ani (1) untuk Melati (Unit A) (90,00) jauh dari rata-rata juri lain (50,00).", 1),
        ("Nilai juri Ani (2) untuk Melati (Unit A) (50,00) jauh dari rata-rata juri lain (90,00).", 2),
    ]


def test_a_judge_on_whom_scores_hang_alone_is_told() -> None:
    found = notices(facts({"A": [("90", "90")], "B": [("80", "80")]}, judges={1: "Ani"}))
    assert texts(found) == ["Tanpa juri Ani 2 kelompok tidak mempunyai nilai."]
    assert found.steady == ()


@pytest.mark.parametrize("method", list(Method))
def test_every_method_bears_one_group_and_one_judge(method: Method) -> None:
    found = notices(facts({"A": [("90", "90")]}, method=method, judges={1: "Ani"}))
    assert texts(found) == ["Tanpa juri Ani 1 kelompok tidak mempunyai nilai."]
