import json
from typing import Any

import pytest

from scoring.errors import ScoringError
from scoring.record import record_from_data
from scoring.recount import explain_record, recount

METHODS = ["mean", "median", "trimmed", "zscore", "rank-sum", "additive"]


def stage(name: str, weight: str, table: dict[str, list[str | None]], **rules: Any) -> dict[str, Any]:
    """A stage with one criterion of 100 points; one mark per judge J1, J2 …"""
    return {
        "name": name,
        "weight": weight,
        "method": "mean",
        "missing": "present",
        "rubric": {"criteria": [{"id": "nilai", "weight": "100", "maximum": "100"}]},
        "ties": [],
        "sheets": [
            {"entry": entry, "judge": f"J{number}", "marks": {"nilai": mark}}
            for entry, marks in table.items()
            for number, mark in enumerate(marks, 1)
            if mark is not None
        ],
        **rules,
    }


def result(*stages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return recount(record_from_data({"format": "kbk-scores/1", "stages": list(stages), **more}))


def texts(table: list[list[Any]]) -> dict[str, list[str | None]]:
    return {f"E{number}": [str(mark) for mark in row] for number, row in enumerate(table, 1)}


def test_places_carry_exact_scores() -> None:
    desk = stage("Risalah", "80", {"A": ["82.335", "82.34"], "B": ["80", "81"], "C": ["70", None]})
    day = stage("Gelar", "20", {"A": ["90"], "B": ["95.5"]})
    assert result(desk, day)["places"] == [
        {
            "entry": "A",
            "place": 1,
            "score": "83.87",
            "stage_scores": {"Risalah": "82.3375", "Gelar": "90"},
            "sheets": 3,
            "tie": False,
        },
        {
            "entry": "B",
            "place": 2,
            "score": "83.5",
            "stage_scores": {"Risalah": "80.5", "Gelar": "95.5"},
            "sheets": 3,
            "tie": False,
        },
        {
            "entry": "C",
            "place": None,
            "score": None,
            "stage_scores": {"Risalah": "70", "Gelar": None},
            "sheets": 1,
            "tie": False,
        },
    ]


def test_shadow_agreement_and_judges_match_the_worked_example(reference: dict[str, Any]) -> None:
    example = reference["agreement"][0]
    found = result(stage("Risalah", "100", texts(example["table"])))
    for word, key in (("mean", "raw_mean"), ("trimmed", "trimmed_mean"), ("rank-sum", "rank_sum")):
        assert [float(score) for score in found["shadow"][word].values()] == example[key]
    z_scores = [float(score) for score in found["shadow"]["zscore"].values()]
    assert z_scores == pytest.approx(example["z_mean"], abs=1e-4)
    (agreement,) = found["agreement"]
    assert agreement.pop("stage") == "Risalah"
    assert agreement == pytest.approx({key: example[key] for key in agreement}, abs=1e-5)
    assert list(found["shadow"]) == METHODS
    assert found["judges"][0] == {
        "stage": "Risalah",
        "judge": "J1",
        "mean": "7.66666666666666666667",
        "sd": "1.63299316185545206546",
    }


def test_judge_with_one_sheet_has_no_spread() -> None:
    assert result(stage("Risalah", "100", {"A": ["80"]}))["judges"] == [
        {"stage": "Risalah", "judge": "J1", "mean": "80", "sd": None}
    ]


def test_shadow_says_nothing_where_a_method_cannot() -> None:
    shadow = result(stage("Risalah", "100", {"A": ["80", "70"], "B": ["60", "50"]}))["shadow"]
    assert shadow["trimmed"] == {"A": None, "B": None}
    assert shadow["median"] == {"A": "75", "B": "55"}


def test_tie_is_marked_and_reported() -> None:
    table: dict[str, list[str | None]] = {"A": ["80", "70"], "B": ["70", "80"], "C": ["60", "60"]}
    found = result(stage("Risalah", "100", table))
    assert [(place["place"], place["tie"]) for place in found["places"]] == [(1, True), (1, True), (3, False)]
    assert found["warnings"][0] == (
        "Nilai A, B sama dan belum terpecahkan; diperlukan keputusan tertulis panel."
    )


def test_decision_settles_a_tie() -> None:
    table: dict[str, list[str | None]] = {"A": ["80", "70"], "B": ["70", "80"]}
    decisions = [{"entries": ["B", "A"], "note": "Berita acara 3"}]
    found = result(stage("Risalah", "100", table), decisions=decisions)
    assert [(place["entry"], place["place"]) for place in found["places"]] == [("B", 1), ("A", 2)]
    assert found["warnings"] == []


def test_joint_place_of_the_last_stage_holds_at_the_end() -> None:
    table: dict[str, list[str | None]] = {"A": ["80", "70"], "B": ["70", "80"]}
    found = result(stage("Risalah", "100", table, joint=True))
    assert [place["tie"] for place in found["places"]] == [True, True]
    assert found["warnings"] == []


def test_penalties_count_in_the_stage_or_at_the_end() -> None:
    desk = stage("Risalah", "50", {"A": ["80"], "B": ["80"]})
    day = stage("Gelar", "50", {"A": ["80"], "B": ["80"]})
    penalties = [
        {"entry": "A", "points": "2", "reason": "Terlambat", "stage": "Gelar"},
        {"entry": "B", "points": "2", "reason": "Terlambat"},
    ]
    found = result(desk, day, penalties=penalties)
    assert {place["entry"]: place["score"] for place in found["places"]} == {"A": "79", "B": "78"}
    assert found["shadow"]["median"] == {"A": "79", "B": "78"}
    assert found["shadow"]["rank-sum"] == {"A": "1.75", "B": "1.25"}


def test_judge_with_unfinished_sheets_only_is_awaited() -> None:
    desk = stage("Risalah", "100", {"A": ["80"]}, missing="wait")
    desk["sheets"].append({"entry": "A", "judge": "J2", "marks": {}})
    found = result(desk)
    assert found["places"][0]["place"] is None
    assert found["warnings"] == [
        "Tahap Risalah: Lembar juri J2 untuk A belum lengkap: 1 dari 1 kriteria belum dinilai."
    ]


def test_warnings_name_what_to_look_at() -> None:
    desk = stage("Risalah", "80", {"A": ["90", "60"], "B": ["90", "61"], "C": ["90", "62"]})
    desk["rubric"]["criteria"][0]["weight"] = "99.9"
    assert result(desk)["warnings"] == [
        "Jumlah bobot tahap 80, bukan 100.",
        "Tahap Risalah: Jumlah bobot 99,9, bukan 100; nilai tertinggi yang mungkin 99,9.",
        "Tahap Risalah: Nilai juri J1 untuk A (89,91) jauh dari rata-rata juri lain (59,94).",
        "Tahap Risalah: Nilai juri J2 untuk A (59,94) jauh dari rata-rata juri lain (89,91).",
        "Tahap Risalah: Nilai juri J1 untuk B (89,91) jauh dari rata-rata juri lain (60,94).",
        "Tahap Risalah: Nilai juri J2 untuk B (60,94) jauh dari rata-rata juri lain (89,91).",
        "Tahap Risalah: Nilai juri J1 untuk C (89,91) jauh dari rata-rata juri lain (61,94).",
        "Tahap Risalah: Nilai juri J2 untuk C (61,94) jauh dari rata-rata juri lain (89,91).",
        "Tahap Risalah: Juri J1 memberi nilai 90 pada kriteria nilai untuk semua dari 3 peserta.",
    ]


def test_methods_that_disagree_are_reported(reference: dict[str, Any]) -> None:
    (example,) = reference["methods_disagree"]
    found = result(stage("Risalah", "100", texts(example["table"])))
    assert found["warnings"][-1] == (
        "Metode yang berbeda memberi juara berbeda: E3 menurut rata-rata, model aditif; "
        "E1 menurut median, rata-rata terpangkas, jumlah peringkat; E2 menurut skor baku."
    )


def test_additive_shadow_is_absent_for_a_crowd_of_judges() -> None:
    crowd: dict[str, list[str | None]] = {"A": [*["80"] * 40, "81"]}
    assert list(result(stage("Risalah", "100", crowd))["shadow"]) == METHODS[:-1]
    with pytest.raises(
        ScoringError, match=r"^Model aditif dihitung untuk paling banyak 40 juri, bukan 41\.$"
    ):
        result(stage("Risalah", "100", crowd, method="additive"))


def test_panels_that_nothing_links_are_reported() -> None:
    panels = {"A": ["J1"], "B": ["J2"]}
    found = result(stage("Risalah", "100", {"A": ["80"], "B": [None, "70"]}, panels=panels, missing="wait"))
    assert found["warnings"][0] == (
        "Tahap Risalah: Panel juri terpisah menjadi 2 kelompok tanpa peserta bersama: J1; J2."
    )
    assert [place["place"] for place in found["places"]] == [1, 2]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"nilai": "100.5"}, "Lembar juri J1 untuk A: nilai: nilai 100,5 di luar rentang 0 sampai 100."),
        ({"lain": "8"}, "Lembar juri J1 untuk A: Kriteria lain tidak ada dalam rubrik."),
    ],
)
def test_marks_off_the_rubric_are_refused(change: dict[str, str], sentence: str) -> None:
    desk = stage("Risalah", "100", {"A": ["80"]})
    desk["sheets"][0]["marks"] |= change
    with pytest.raises(ScoringError) as refusal:
        result(desk)
    assert str(refusal.value) == sentence


def test_judge_outside_the_panel_and_unknown_tie_criteria_are_refused() -> None:
    with pytest.raises(ScoringError, match=r"^Juri J1 menilai A, padahal tidak ditugaskan untuk itu\.$"):
        result(stage("Risalah", "100", {"A": ["80"]}, panels={"A": ["J2"]}))
    with pytest.raises(ScoringError, match=r"^Urutan pemecah nilai sama menyebut kriteria suara"):
        result(stage("Risalah", "100", {"A": ["80"]}, ties=["suara"]))


def test_explanation_ends_with_the_place() -> None:
    desk = stage("Risalah", "100", {"A": ["80"], "B": ["90"]})
    record = record_from_data({"format": "kbk-scores/1", "stages": [desk]})
    assert explain_record(record, "A") == (
        "Tahap Risalah\n"
        "Lembar juri J1\n"
        "  nilai: 80 / 100 × 100 = 80\n"
        "Jumlah lembar juri J1: 80 = 80\n"
        "Nilai tahap (rata-rata): (80) / 1 = 80\n"
        "Nilai akhir: 100 / 100 × 80 = 80\n"
        "Peringkat 2."
    )
    with pytest.raises(ScoringError, match=r"^Peserta Z tidak ada dalam daftar peringkat\.$"):
        explain_record(record, "Z")


def test_result_is_plain_json() -> None:
    found = result(stage("Risalah", "100", {"A": ["80", "81"], "B": ["70", "77"]}))
    assert json.loads(json.dumps(found)) == found
