"""What is typed for the seven types of control charts."""

import pytest

from kbk.seven_tools.control_chart import RUN_LENGTHS, TYPES
from kbk.seven_tools.control_constants import LARGEST_SUBGROUP
from kbk.seven_tools.entry import entry
from tests.seven_tools.entry.typed_lines import composed, refused

CHART = entry("control-chart")
SETTINGS = {setting.key: setting for setting in CHART.settings}
FIVE_SAMPLES = [f"{day}\t{day}\t50" for day in range(1, 6)]


def headings(**settings: str) -> list[str]:
    return CHART.heading_line(settings).split("\t")


def test_all_types_lengths_and_sizes_of_the_tool_are_offered() -> None:
    assert tuple(value for value, _ in SETTINGS["type"].choices) == tuple(TYPES)
    assert tuple(int(value or 7) for value, _ in SETTINGS["run_length"].choices) == RUN_LENGTHS
    sizes = [int(value or 5) for value, _ in SETTINGS["sample_size"].choices]
    assert sizes == list(range(2, LARGEST_SUBGROUP + 1))
    assert [key for key, setting in SETTINGS.items() if setting.reshapes] == ["type", "sample_size"]


@pytest.mark.parametrize(
    ("chosen", "columns"),
    [
        ("", ["Cacat", "Diperiksa"]),
        ("p", ["Cacat", "Diperiksa"]),
        ("np", ["Cacat", "Diperiksa"]),
        ("c", ["Cacat"]),
        ("u", ["Cacat", "Diperiksa"]),
        ("xbar-r", ["Nilai 1", "Nilai 2", "Nilai 3"]),
        ("xbar-s", ["Nilai 1", "Nilai 2", "Nilai 3"]),
        ("i-mr", ["Nilai"]),
    ],
)
def test_columns_follow_the_type(chosen: str, columns: list[str]) -> None:
    assert headings(type=chosen, sample_size="3") == ["Sampel", *columns, "Alasan tidak dihitung"]


def test_samples_of_measured_values_have_five_columns_unless_told() -> None:
    assert [len(headings(type="xbar-r", sample_size=size)) for size in ("", "2", "25", "x")] == [7, 4, 27, 7]


def test_p_chart_takes_labels_sizes_and_reasons() -> None:
    settings = {"type": "p", "run_length": "8"}
    assert composed("control-chart", settings, "Senin\t5\t50", "\t4\t60", "Rabu\t9\t80\tlistrik padam", "K\t1\t50",
                    "J\t2\t50", "S\t3\t1.000") == {
        "type": "p",
        "run_length": 8,
        "nonconforming": [5, 4, 9, 1, 2, 3],
        "sizes": [50, 60, 80, 50, 50, 1000],
        "labels": ["Senin", "2", "Rabu", "K", "J", "S"],
        "exclude": [{"sample": 3, "reason": "listrik padam"}],
    }  # fmt: skip


def test_other_types_take_what_they_need() -> None:
    five = range(1, 6)
    assert composed("control-chart", {"type": "c"}, *(f"\t{n}" for n in five)) == {
        "type": "c",
        "counts": [1, 2, 3, 4, 5],
    }
    assert composed("control-chart", {"type": "u"}, *(f"\t{n}\t2,5" for n in five)) == {
        "type": "u",
        "counts": [1, 2, 3, 4, 5],
        "sizes": [2.5] * 5,
    }
    assert composed("control-chart", {"type": "i-mr"}, *(f"\t{n},5" for n in five)) == {
        "type": "i-mr",
        "values": [1.5, 2.5, 3.5, 4.5, 5.5],
    }
    samples = {"type": "xbar-s", "sample_size": "2"}
    assert composed("control-chart", samples, *(f"\t{n}\t{n + 1}" for n in five)) == {
        "type": "xbar-s",
        "samples": [[1, 2], [2, 3], [3, 4], [4, 5], [5, 6]],
    }


@pytest.mark.parametrize(
    ("settings", "lines", "refusal"),
    [
        ({}, FIVE_SAMPLES, ("Jenis peta kendali belum dipilih.", None, None, "type")),
        ({"type": "z"}, FIVE_SAMPLES, ("Jenis peta kendali tidak mengenal pilihan “z”.", None, None, "type")),
        (
            {"type": "xbar-r", "sample_size": "1"},
            ["\t1\t2\t3\t4\t5"],
            ("Banyaknya nilai tiap sampel tidak mengenal pilihan “1”.", None, None, "sample_size"),
        ),
        ({"type": "p"}, FIVE_SAMPLES[:4], ("Isi tabel memuat 4 baris; paling sedikit 5.", None, None, None)),
        (
            {"type": "p"},
            [*FIVE_SAMPLES, "6\t51\t50"],
            ("Baris 6, kolom “Cacat” melebihi ukuran sampelnya (50).", 6, 1, None),
        ),
        (
            {"type": "p"},
            [*FIVE_SAMPLES, "6\t\t50"],
            ("Baris 6, kolom “Cacat” belum diisi; tulislah 0 bila tidak ada.", 6, 1, None),
        ),
        ({"type": "p"}, [*FIVE_SAMPLES, "6\t5"], ("Baris 6, kolom “Diperiksa” belum diisi.", 6, 2, None)),
        (
            {"type": "p"},
            [*FIVE_SAMPLES, "6\t5\t0"],
            ("Baris 6, kolom “Diperiksa” harus lebih besar dari 0.", 6, 2, None),
        ),
        (
            {"type": "np"},
            [*FIVE_SAMPLES, "6\t5\t60"],
            ("Kolom “Diperiksa” tidak sama untuk semua sampel; pakailah peta p.", None, 2, None),
        ),
        (
            {"type": "p"},
            [FIVE_SAMPLES[0] + "\tlistrik padam", *FIVE_SAMPLES[1:]],
            ("Kolom “Alasan tidak dihitung” menyisakan 4 sampel; paling sedikit 5.", None, 3, None),
        ),
        (
            {"type": "p"},
            [*FIVE_SAMPLES, f"6\t1\t50\t{'x' * 201}"],
            ("Baris 6, kolom “Alasan tidak dihitung” memuat 201 huruf; paling banyak 200.", 6, 3, None),
        ),
        (
            {"type": "p"},
            ["x" * 201 + "\t1\t50", *FIVE_SAMPLES],
            ("Baris 1, kolom “Sampel” memuat 201 huruf; paling banyak 200.", 1, 0, None),
        ),
        (
            {"type": "c"},
            FIVE_SAMPLES,
            ("Baris 1, kolom “Alasan tidak dihitung” harus berisi kata-kata, bukan angka “50”.", 1, 2, None),
        ),
        (
            {"type": "i-mr"},
            ["\t5"] * 5,
            ("Isi tabel tidak bervariasi sehingga batas kendali tidak dapat dihitung.", None, None, None),
        ),
        (
            {"type": "xbar-r", "sample_size": "2"},
            [*(f"\t{n}\t{n + 1}" for n in range(5)), "\t3"],
            ("Baris 6, kolom “Nilai 2” belum diisi.", 6, 2, None),
        ),
        (
            {"type": "xbar-r", "sample_size": "2"},
            [*(f"\t{n}\t{n + 1}" for n in range(5)), "\t3\t9999999999999999"],
            ("Baris 6, kolom “Nilai 2” terlalu besar untuk dihitung dengan teliti.", 6, 2, None),
        ),
    ],
)  # fmt: skip
def test_control_chart_names_the_fault(
    settings: dict[str, str], lines: list[str], refusal: tuple[object, ...]
) -> None:
    assert refused("control-chart", settings, *lines) == refusal
