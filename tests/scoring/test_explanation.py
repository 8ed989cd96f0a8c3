from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring.aggregate import Method, Missing, Penalty
from scoring.ballot import Ballot, Sheet
from scoring.explanation import Line, Names, Part, as_text, explain_final, explain_stage
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
from scoring.ties import Decision

Make = Callable[..., Ballot]
MakeSheets = Callable[..., list[Sheet]]


def told(rubric: Rubric, ranking: StageRanking, entry: str, **named: Any) -> list[str]:
    return as_text(explain_stage(rubric, [], ranking, entry, **named)).splitlines()


def test_every_step_from_marks_to_place_is_told(duo: Rubric, ballot: Make) -> None:
    ballots = [ballot("7", "12", isi="8.5", gaya="7"), ballot("8", "12", isi="8", gaya="6.5")]
    penalties = [Penalty("12", Decimal("1.5"), "Terlambat")]
    ranking = rank_stage(duo, ballots, ["12"], name="Risalah", penalties=penalties)
    names = Names({"12": "KBK Cantik"}, {"7": "Bu Sri", "8": "Pak Joko"})
    lines = explain_stage(duo, ballots, ranking, "12", names)
    assert as_text(lines) == (
        "Tahap Risalah\n"
        "Lembar juri Bu Sri\n"
        "  Isi: 8,5 / 10 × 60 = 51\n"
        "  Gaya: 7 / 10 × 40 = 28\n"
        "Jumlah lembar juri Bu Sri: 51 + 28 = 79\n"
        "Lembar juri Pak Joko\n"
        "  Isi: 8 / 10 × 60 = 48\n"
        "  Gaya: 6,5 / 10 × 40 = 26\n"
        "Jumlah lembar juri Pak Joko: 48 + 26 = 74\n"
        "Nilai tahap (rata-rata): (79 + 74) / 2 = 76,5\n"
        "Pengurangan nilai: 1,5 (Terlambat)\n"
        "Nilai tahap setelah pengurangan: 76,5 − 1,5 = 75\n"
        "Peringkat 1."
    )
    assert lines[2] == Line(Part.MARK, "Isi: 8,5 / 10 × 60 = 51", Fraction(51))
    assert lines[-1] == Line(Part.PLACE, "Peringkat 1.", Fraction(1))


def test_normalised_weights_show_what_they_are_multiplied_by(duo: Rubric, ballot: Make) -> None:
    part = duo.part(["gaya"])
    ballots = [ballot("J1", "A", gaya="7")]
    lines = explain_stage(part, ballots, rank_stage(part, ballots, ["A"]), "A")
    assert lines[1].text == "Gaya: 7 / 10 × 40 × 100 / 40 = 70"


@pytest.mark.parametrize(
    ("method", "lines"),
    [
        (Method.MEDIAN, ["Nilai tahap (median): urut 70; 80; 81, nilai tengah 80 = 80"]),
        (Method.TRIMMED, ["Nilai tahap (rata-rata terpangkas): tanpa 70 dan 81, (80) / 1 = 80"]),
        (
            Method.Z_SCORE,
            [
                "Juri J1: rata-rata 70, simpangan baku 10; (80 − 70) / 10 = 1",
                "Juri J2: rata-rata 70, simpangan baku 0; tanpa simpangan, skor baku 0",
                "Juri J3: rata-rata 81, simpangan baku 1; (81 − 81) / 1 = 0",
                "Nilai tahap (skor baku): (1 + 0 + 0) / 3 ≈ 0,333333",
            ],
        ),
        (
            Method.RANK_SUM,
            [
                "Juri J1: 80; 0 peserta di atasnya, 1 dengan nilai ini; peringkat 0 + (1 + 1) / 2 = 1",
                "Juri J2: 70; 0 peserta di atasnya, 3 dengan nilai ini; peringkat 0 + (3 + 1) / 2 = 2",
                "Juri J3: 81; 1 peserta di atasnya, 1 dengan nilai ini; peringkat 1 + (1 + 1) / 2 = 2",
                "Nilai tahap (jumlah peringkat): 1 + 2 + 2 = 5",
            ],
        ),
        (
            Method.ADDITIVE,
            [
                "Juri J1: 80 − (≈-3,666667) ≈ 83,666667; juri ini menilai ≈3,666667 lebih rendah daripada panel.",
                "Juri J2: 70 − (≈-3,666667) ≈ 73,666667; juri ini menilai ≈3,666667 lebih rendah daripada panel.",
                "Juri J3: 81 − (≈7,333333) ≈ 73,666667; juri ini menilai ≈7,333333 lebih tinggi daripada panel.",
                "Nilai tahap (model aditif): (≈83,666667 + ≈73,666667 + ≈73,666667) / 3 = 77",
            ],
        ),
    ],
)
def test_each_method_is_told_in_its_own_sums(
    method: Method, lines: list[str], duo: Rubric, make_sheets: MakeSheets
) -> None:
    sheets = make_sheets([[80, 70, 81], [70, 70, 82], [60, 70, 80]])
    ranking = rank_sheets(sheets, ["E1", "E2", "E3"], StageRules(method))
    said = told(duo, ranking, "E1")
    assert said[3 : 3 + len(lines)] == lines


def test_median_of_two_shows_both_middle_totals(duo: Rubric, make_sheets: MakeSheets) -> None:
    ranking = rank_sheets(make_sheets([[80, 70]]), ["E1"], StageRules(Method.MEDIAN))
    assert told(duo, ranking, "E1")[2] == "Nilai tahap (median): urut 70; 80, nilai tengah (70 + 80) / 2 = 75"


def test_penalty_before_ranks_and_z_scores_is_told_first(duo: Rubric, make_sheets: MakeSheets) -> None:
    penalties = [Penalty("E1", Decimal(15), "Terlambat")]
    for method, line in (
        (
            Method.RANK_SUM,
            "Juri J1: 65; 1 peserta di atasnya, 1 dengan nilai ini; peringkat 1 + (1 + 1) / 2 = 2",
        ),
        (
            Method.Z_SCORE,
            "Juri J1: rata-rata 67,5, simpangan baku ≈3,535534; (65 − 67,5) / ≈3,535534 ≈ -0,707107",
        ),
    ):
        sheets = make_sheets([[80], [70]])
        ranking = rank_sheets(sheets, ["E1", "E2"], StageRules(method), penalties=penalties)
        said = told(duo, ranking, "E1")
        assert said[1:3] == ["Pengurangan nilai: 15 (Terlambat)", line]
        assert said[-1] == "Peringkat 2."


def test_missing_sheets_are_told_with_what_was_done_about_them(duo: Rubric, make_sheets: MakeSheets) -> None:
    sheets = make_sheets([[80, 90], [70, None]])
    entries = ["E1", "E2"]
    waiting = told(duo, rank_sheets(sheets, entries), "E2")
    assert waiting[1:] == ["Lembar juri J2 belum ada.", "Belum mendapat peringkat: menunggu lembar juri J2."]
    present = told(duo, rank_sheets(sheets, entries, StageRules(missing=Missing.PRESENT)), "E2")
    assert present[1:3] == [
        "Lembar juri J2 belum ada; dihitung dari lembar yang ada.",
        "Nilai tahap (rata-rata): (70) / 1 = 70",
    ]
    filled = told(duo, rank_sheets(sheets, entries, StageRules(missing=Missing.ADDITIVE)), "E2")
    assert filled[1:3] == [
        "Lembar juri J2 belum ada; menurut model aditif nilainya 80.",
        "Nilai tahap (rata-rata): (70 + 80) / 2 = 75",
    ]


def test_rank_sum_with_gaps_shows_how_it_was_stretched(duo: Rubric, make_sheets: MakeSheets) -> None:
    rules = StageRules(Method.RANK_SUM, Missing.PRESENT)
    ranking = rank_sheets(make_sheets([[80, 90], [70, None]]), ["E1", "E2"], rules)
    assert told(duo, ranking, "E2")[-2] == "Nilai tahap (jumlah peringkat): (2) / 1 × 2 = 4"


def test_estimate_takes_part_in_ranks(duo: Rubric, make_sheets: MakeSheets) -> None:
    rules = StageRules(Method.RANK_SUM, Missing.ADDITIVE)
    ranking = rank_sheets(make_sheets([[80, 90], [70, None]]), ["E1", "E2"], rules)
    assert told(duo, ranking, "E2")[-2] == "Nilai tahap (jumlah peringkat): 2 + 2 = 4"


def test_ranks_count_only_the_entries_a_judge_marked(duo: Rubric, make_sheets: MakeSheets) -> None:
    rules = StageRules(Method.RANK_SUM, Missing.PRESENT)
    ranking = rank_sheets(make_sheets([[80, 90], [70, None], [90, 80]]), ["E1", "E2", "E3"], rules)
    assert told(duo, ranking, "E1")[2:4] == [
        "Juri J1: 80; 1 peserta di atasnya, 1 dengan nilai ini; peringkat 1 + (1 + 1) / 2 = 2",
        "Juri J2: 90; 0 peserta di atasnya, 1 dengan nilai ini; peringkat 0 + (1 + 1) / 2 = 1",
    ]


@pytest.mark.parametrize(
    ("table", "rules", "sentence"),
    [
        (
            [[80, 70]],
            StageRules(Method.TRIMMED),
            "Belum mendapat peringkat: rata-rata terpangkas memerlukan sedikitnya tiga lembar.",
        ),
        (
            [[80, None], [None, 70]],
            StageRules(Method.ADDITIVE, Missing.PRESENT),
            "Belum mendapat peringkat: pembagian juri terpisah dan tidak dapat dibandingkan.",
        ),
        ([], StageRules(), "Belum mendapat peringkat: belum ada lembar nilai."),
    ],
)
def test_entry_without_a_place_is_told_why(
    table: list[list[object]], rules: StageRules, sentence: str, duo: Rubric, make_sheets: MakeSheets
) -> None:
    ranking = rank_sheets(make_sheets(table), ["E1", "E2"][: max(1, len(table))], rules)
    assert told(duo, ranking, "E1")[-1] == sentence


def test_steps_of_the_chain_are_told(duo: Rubric, ballot: Make) -> None:
    ballots = [ballot("J1", "A", isi="7", gaya="8"), ballot("J1", "B", isi="7", gaya="8")]
    rules = StageRules(ties=TieChain(("isi",)))
    ranking = rank_stage(duo, ballots, ["A", "B"], rules, name="Risalah")
    lines = explain_stage(duo, ballots, ranking, "A", Names({"B": "KBK Praja"}, {}))
    assert [line.text for line in lines[-4:]] == [
        "Nilai sama dengan KBK Praja. Rata-rata kriteria Isi pada tahap Risalah: 7; semua sama.",
        "Nilai sama dengan KBK Praja. Banyaknya juri yang memberi nilai tertinggi pada tahap Risalah: 1; semua sama.",
        "Nilai sama dengan KBK Praja. Urutan pemecah sudah habis; diperlukan keputusan tertulis panel.",
        "Peringkat 1, bersama KBK Praja, menunggu keputusan panel.",
    ]


def test_step_that_parts_is_told(duo: Rubric, make_sheets: MakeSheets) -> None:
    ranking = rank_sheets(make_sheets([[80, 80, 77], [79, 79, 79]]), ["E1", "E2"])
    assert told(duo, ranking, "E2")[-2:] == [
        "Nilai sama dengan E1. Banyaknya juri yang memberi nilai tertinggi: 1; yang lebih tinggi didahulukan.",
        "Peringkat 2.",
    ]


@pytest.mark.parametrize(
    ("decision", "joint", "said"),
    [
        (
            Decision(("E2", "E1"), "BA 7"),
            False,
            ["Nilai sama dengan E1. Urutan menurut keputusan panel (BA 7).", "Peringkat 1."],
        ),
        (
            Decision(("E2", "E1"), "BA 7", joint=True),
            False,
            [
                "Nilai sama dengan E1. Keputusan panel: peringkat dipakai bersama (BA 7).",
                "Peringkat 1, bersama E1.",
            ],
        ),
        (
            None,
            True,
            ["Nilai sama dengan E1. Menurut aturan, peringkat dipakai bersama.", "Peringkat 1, bersama E1."],
        ),
    ],
)
def test_decisions_and_joint_places_are_told(
    decision: Decision | None, joint: bool, said: list[str], duo: Rubric, make_sheets: MakeSheets
) -> None:
    rules = StageRules(ties=TieChain(first_places=False, joint=joint))
    decisions = [decision] if decision else []
    ranking = rank_sheets(make_sheets([[80], [80]]), ["E1", "E2"], rules, decisions=decisions)
    assert told(duo, ranking, "E2")[-2:] == said


def test_final_score_is_told_over_all_stages(duo: Rubric, ballot: Make, make_sheets: MakeSheets) -> None:
    ballots = [ballot("J1", "E1", isi="8", gaya="8"), ballot("J1", "E2", isi="7", gaya="7")]
    desk = rank_stage(duo, ballots, ["E1", "E2"], name="Risalah")
    trial = rank_sheets(make_sheets([[50]]), ["E1"], name="Latihan")
    day = rank_sheets(make_sheets([[90]]), ["E1"], name="Gelar")
    final = rank_final(
        [
            WeightedStage(Decimal(80), desk),
            WeightedStage(Decimal(0), trial),
            WeightedStage(Decimal(20), day),
        ],
        penalties=[Penalty("E1", Decimal(2), "Terlambat")],
    )
    stages = {"Risalah": (duo, ballots), "Latihan": (duo, []), "Gelar": (duo, [])}
    assert [line.text for line in explain_final(stages, final, "E1")[-5:]] == [
        "Jumlah lembar juri J1: 90",
        "Nilai tahap (rata-rata): (90) / 1 = 90",
        "Pengurangan nilai: 2 (Terlambat)",
        "Nilai akhir: 80 / 100 × 80 + 20 / 100 × 90 − 2 = 80",
        "Peringkat 1.",
    ]
    out = explain_final(stages, final, "E2")
    assert out[-1].text == "Belum mendapat peringkat: belum ada nilai tahap Gelar."
    assert out[0].text == "Tahap Risalah"
