import json
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scoring.aggregate import Method, Missing, Penalty
from scoring.errors import ScoringError
from scoring.record import (
    MAX_BYTES,
    Record,
    StagePenalty,
    parse_record,
    read_record,
    record_from_data,
    record_to_data,
)
from scoring.stage import StageRules, TieChain
from scoring.ties import Decision

Edit = Callable[[dict[str, Any]], object]


def data() -> dict[str, Any]:
    """A small record that has every optional part."""
    return {
        "format": "kbk-scores/1",
        "stages": [
            {
                "name": "Risalah",
                "weight": "80",
                "method": "median",
                "missing": "present",
                "ties": ["isi", "gaya"],
                "first_places": False,
                "joint": True,
                "rubric": {
                    "normalised": False,
                    "criteria": [
                        {"id": "isi", "name": "Isi", "weight": "60", "maximum": "10"},
                        {"id": "gaya", "name": "Gaya", "weight": "40", "maximum": "10"},
                    ],
                },
                "sheets": [
                    {"entry": "A", "judge": "J1", "marks": {"isi": "8.5", "gaya": "7"}},
                    {"entry": "B", "judge": "J1", "marks": {"isi": "8"}},
                ],
                "panels": {"A": ["J1", "J2"], "B": ["J1"], "C": ["J2"]},
            },
            {
                "name": "Gelar",
                "weight": "20",
                "method": "mean",
                "missing": "wait",
                "ties": [],
                "first_places": True,
                "joint": False,
                "rubric": {
                    "normalised": True,
                    "criteria": [{"id": "p", "name": "p", "weight": "7", "maximum": "5"}],
                },
                "sheets": [{"entry": "A", "judge": "J3", "marks": {"p": "4"}}],
            },
        ],
        "decisions": [{"entries": ["B", "A"], "note": "Berita acara 3", "joint": False}],
        "penalties": [
            {"entry": "A", "points": "1.5", "reason": "Terlambat", "stage": "Gelar"},
            {"entry": "B", "points": "2", "reason": "Melebihi waktu"},
        ],
    }


def test_record_is_read_completely() -> None:
    record = record_from_data(data())
    desk, day = record.stages
    assert (desk.name, desk.weight) == ("Risalah", Decimal(80))
    assert desk.rules == StageRules(
        Method.MEDIAN, Missing.PRESENT, TieChain(("isi", "gaya"), first_places=False, joint=True)
    )
    assert desk.entries == ("A", "B", "C")
    assert desk.panels == {"A": ("J1", "J2"), "B": ("J1",), "C": ("J2",)}
    assert desk.ballots[0].marks == {"isi": Decimal("8.5"), "gaya": Decimal(7)}
    assert (day.rules, day.rubric.maximum, day.panels) == (StageRules(), Fraction(100), None)
    assert record.decisions == (Decision(("B", "A"), "Berita acara 3"),)
    assert record.penalties == (
        StagePenalty("Gelar", Penalty("A", Decimal("1.5"), "Terlambat")),
        StagePenalty("", Penalty("B", Decimal(2), "Melebihi waktu")),
    )


def test_record_survives_being_written_and_read() -> None:
    record = record_from_data(data())
    assert record_to_data(record) == data()
    assert parse_record(json.dumps(record_to_data(record)).encode()) == record


def test_record_without_optional_parts_takes_defaults() -> None:
    smallest = data()
    del smallest["decisions"], smallest["penalties"], smallest["stages"][1]
    (stage,) = smallest["stages"]
    for key in ("panels", "ties", "first_places", "joint", "missing"):
        del stage[key]
    del stage["rubric"]["normalised"], stage["rubric"]["criteria"][0]["name"]
    (read,) = record_from_data(smallest).stages
    assert read.rules == StageRules(Method.MEDIAN)
    assert read.rubric.criteria[0].name == "isi"
    assert read.entries == ("A", "B")


def test_numbers_may_stand_as_text_or_as_numbers() -> None:
    text = json.dumps(data()).replace('"8.5"', "8.50").replace('"80"', "80")
    assert parse_record(text.encode()) == record_from_data(data())


def test_penalty_of_a_single_stage_belongs_to_it() -> None:
    single = data()
    del single["stages"][1], single["penalties"][0], single["decisions"]
    assert record_from_data(single).penalties_of("Risalah") == (Penalty("B", Decimal(2), "Melebihi waktu"),)


def test_unknown_keys_are_left_alone() -> None:
    more = data()
    more["edition"] = {"year": 2024}
    assert record_from_data(more) == record_from_data(data())


def stage(found: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = found["stages"][0]
    return first


def marks(found: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = stage(found)["sheets"][0]["marks"]
    return first


NOT_A_NUMBER = "Tahap Risalah: lembar juri J1 untuk A harus angka desimal biasa, misalnya 8.5."
FAULTS: dict[str, tuple[Edit, str]] = {
    "format": (lambda d: d.update(format="kbk-scores/2"), "Format catatan nilai harus kbk-scores/1."),
    "no format": (lambda d: d.pop("format"), "Catatan nilai: format harus berupa teks."),
    "no stages": (lambda d: d.pop("stages"), "Catatan nilai: stages harus berupa daftar JSON."),
    "empty": (lambda d: d.update(stages=[]), "Catatan nilai harus memuat 1 sampai 20 tahap."),
    "many stages": (
        lambda d: d.update(stages=[{**stage(d), "name": str(n)} for n in range(21)]),
        "Catatan nilai harus memuat 1 sampai 20 tahap.",
    ),
    "stage twice": (
        lambda d: d["stages"].append(deepcopy(stage(d))),
        "Setiap tahap harus mempunyai nama yang berbeda.",
    ),
    "stage no object": (lambda d: d.update(stages=["Risalah"]), "Tahap harus berupa objek JSON."),
    "method": (
        lambda d: stage(d).update(method="best"),
        "Tahap Risalah: method harus salah satu dari mean, median, trimmed, zscore, rank-sum, additive.",
    ),
    "no method": (
        lambda d: stage(d).pop("method"),
        "Tahap Risalah: method harus salah satu dari mean, median, trimmed, zscore, rank-sum, additive.",
    ),
    "missing": (
        lambda d: stage(d).update(missing=["wait"]),
        "Tahap Risalah: missing harus salah satu dari wait, present, additive.",
    ),
    "flag": (lambda d: stage(d).update(joint="yes"), "Tahap Risalah: joint harus true atau false."),
    "weight": (
        lambda d: stage(d).update(weight="-5"),
        "Tahap Risalah: weight harus angka desimal biasa, misalnya 8.5.",
    ),
    "rubric": (lambda d: stage(d).update(rubric=[]), "Tahap Risalah: rubric harus berupa objek JSON."),
    "no criteria": (lambda d: stage(d)["rubric"].update(criteria=[]), "Rubrik belum memuat kriteria."),
    "many criteria": (
        lambda d: stage(d)["rubric"].update(criteria=[{}] * 201),
        "Tahap Risalah: rubric memuat lebih dari 200 kriteria.",
    ),
    "maximum": (
        lambda d: stage(d)["rubric"]["criteria"][0].update(maximum="0"),
        "Skala angka memerlukan 0 ≤ minimum < maksimum dan langkah lebih dari 0.",
    ),
    "NaN": (lambda d: marks(d).update(isi="NaN"), NOT_A_NUMBER),
    "huge": (lambda d: marks(d).update(isi="1e9999"), NOT_A_NUMBER),
    "negative": (lambda d: marks(d).update(isi="-1"), NOT_A_NUMBER),
    "comma": (lambda d: marks(d).update(isi="8,5"), NOT_A_NUMBER),
    "long": (lambda d: marks(d).update(isi="8" * 10_000), NOT_A_NUMBER),
    "fullwidth": (lambda d: marks(d).update(isi="８"), NOT_A_NUMBER),
    "null": (lambda d: marks(d).update(isi=None), NOT_A_NUMBER),
    "true": (lambda d: marks(d).update(isi=True), NOT_A_NUMBER),
    "marks": (
        lambda d: stage(d)["sheets"][0].update(marks=[8]),
        "Tahap Risalah: sheets: marks harus berupa objek JSON.",
    ),
    "sheet twice": (
        lambda d: stage(d)["sheets"].append(deepcopy(stage(d)["sheets"][1])),
        "Tahap Risalah: juri J1 mempunyai dua lembar untuk B.",
    ),
    "no entry": (
        lambda d: stage(d)["sheets"][0].pop("entry"),
        "Tahap Risalah: sheets: entry harus berupa teks.",
    ),
    "blank entry": (
        lambda d: stage(d)["sheets"][0].update(entry=" "),
        "Tahap Risalah: sheets: entry harus teks biasa sepanjang 1 sampai 200 huruf.",
    ),
    "padded entry": (
        lambda d: stage(d)["sheets"][0].update(entry="A "),
        "Tahap Risalah: sheets: entry harus teks biasa sepanjang 1 sampai 200 huruf.",
    ),
    "long entry": (
        lambda d: stage(d)["sheets"][0].update(entry="A" * 201),
        "Tahap Risalah: sheets: entry harus teks biasa sepanjang 1 sampai 200 huruf.",
    ),
    "surrogate": (
        lambda d: marks(d).update({"\ud800": "8"}),
        "Tahap Risalah: lembar juri J1 untuk A harus teks biasa sepanjang 1 sampai 200 huruf.",
    ),
    "escape": (
        lambda d: stage(d)["sheets"][0].update(entry="\x1b[2J"),
        "Tahap Risalah: sheets: entry harus teks biasa sepanjang 1 sampai 200 huruf.",
    ),
    "many judges": (
        lambda d: stage(d)["panels"].update(A=[f"J{n}" for n in range(101)]),
        "Tahap Risalah mempunyai lebih dari 100 juri.",
    ),
    "panels": (lambda d: stage(d).update(panels=[]), "Tahap Risalah: panels harus berupa objek JSON."),
    "panel": (
        lambda d: stage(d)["panels"].update(A="J1"),
        "Tahap Risalah: panels: A harus berupa daftar JSON.",
    ),
    "decision alone": (
        lambda d: d["decisions"][0].update(entries=["A"]),
        "Keputusan panel harus menyebut sedikitnya dua peserta yang berbeda.",
    ),
    "decision twice": (
        lambda d: d["decisions"][0].update(entries=["A", "A"]),
        "Keputusan panel harus menyebut sedikitnya dua peserta yang berbeda.",
    ),
    "decision stranger": (
        lambda d: d["decisions"][0].update(entries=["A", "Z"]),
        "Keputusan panel menyebut peserta Z, yang tidak ada.",
    ),
    "penalty stage": (
        lambda d: d["penalties"][0].update(stage="Final"),
        "Pengurangan nilai menyebut tahap Final, yang tidak ada.",
    ),
    "penalty entry": (
        lambda d: d["penalties"][1].update(entry="Z"),
        "Pengurangan nilai menyebut peserta Z, yang tidak ada.",
    ),
    "penalty elsewhere": (
        lambda d: d["penalties"][0].update(entry="B"),
        "Pengurangan nilai menyebut peserta B, yang tidak ada.",
    ),
    "penalty nothing": (
        lambda d: d["penalties"][0].update(points="0"),
        "Pengurangan nilai harus lebih dari 0.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faulty_record_is_refused_with_one_sentence(fault: str) -> None:
    edit, sentence = FAULTS[fault]
    broken = data()
    edit(broken)
    with pytest.raises(ScoringError) as refusal:
        record_from_data(broken)
    assert str(refusal.value) == sentence


def test_record_may_not_hold_more_sheets_than_can_be_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.record.MAX_SHEETS", 2)
    with pytest.raises(ScoringError, match=r"^Catatan nilai memuat lebih dari 2 lembar\.$"):
        record_from_data(data())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Berkas catatan nilai bukan JSON yang benar (baris 1)."),
        (b'{\n"format":', "Berkas catatan nilai bukan JSON yang benar (baris 2)."),
        (b"\xff\xfe", "Berkas catatan nilai bukan teks UTF-8."),
        (b"[" * 100_000, "Berkas catatan nilai bersarang terlalu dalam."),
        (
            b'{"format": 1, "format": 2}',
            "Berkas catatan nilai memuat nama yang sama dua kali dalam satu objek.",
        ),
        (b"[]", "Catatan nilai harus berupa objek JSON."),
        (b'{"format": NaN}', "Catatan nilai: format harus berupa teks."),
        (b'{"format": ' + b"9" * 10_000 + b"}", "Catatan nilai: format harus berupa teks."),
    ],
)
def test_hostile_bytes_are_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(ScoringError) as refusal:
        parse_record(content)
    assert str(refusal.value) == sentence


def test_constants_of_json_are_no_marks() -> None:
    for constant in ("NaN", "Infinity", "-Infinity", "1e9999", "8.5e0"):
        with pytest.raises(ScoringError, match=r"harus angka desimal biasa"):
            parse_record(json.dumps(data()).replace('"8.5"', constant).encode())


def test_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "nilai.json"
    path.write_text(json.dumps(data()), encoding="utf-8")
    assert isinstance(read_record(path), Record)
    path.write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(ScoringError, match=r"^Berkas catatan nilai lebih besar dari 8 MB\.$"):
        read_record(path)


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "tidak-ada.json"):
        with pytest.raises(ScoringError, match=r"^Berkas catatan nilai tidak dapat dibuka\.$"):
            read_record(path)
