"""What is typed for measured values."""

import pytest

from tests.seven_tools.entry.typed_lines import composed, refused


def test_histogram_takes_one_column_of_values() -> None:
    settings = {
        "classes": "4",
        "lower_spec": "1.000",
        "upper_spec": "2.000,5",
        "normal_curve": "ya",
        "unit": "Hari",
    }
    assert composed("histogram", settings, "Nilai", "1.250", "1.300,5", "", "1.900") == {
        "values": [1250, 1300.5, 1900],
        "classes": 4,
        "lower_spec": 1000,
        "upper_spec": 2000.5,
        "normal_curve": True,
        "unit": "Hari",
    }


@pytest.mark.parametrize(
    "lines",
    [
        ("1\t2,5\t3", "4\t\t5"),
        ("Nilai\t\t", "1\t2,5\t3", "4\t\t5"),
        ("Lama\tLama\tLama", "1\t2,5\t3", "4\t\t5"),
    ],
)
def test_histogram_takes_a_block_of_values(lines: tuple[str, ...]) -> None:
    assert composed("histogram", {}, *lines) == {"values": [1, 2.5, 3, 4, 5]}


def test_histogram_takes_values_of_an_english_excel() -> None:
    assert composed("histogram", {"upper_spec": "74.05"}, "74.03", "74.002", "73.9") == {
        "values": [74.03, 74.002, 73.9],
        "upper_spec": 74.05,
    }


@pytest.mark.parametrize(
    ("settings", "lines", "refusal"),
    [
        ({}, ["Nilai"], ("Tabelnya belum diisi.", None, None, None)),
        ({}, ["5"], ("Isi tabel memuat 1 nilai; paling sedikit 2.", None, None, None)),
        (
            {},
            ["5", "5"],
            ("Isi tabel semuanya sama (5) sehingga kelas histogram tidak dapat dibentuk.", None, None, None),
        ),
        (
            {},
            ["5", "6\t7 menit"],
            ("Baris 2, kolom “Nilai 1” harus berupa angka seperti 1.250 atau 12,5, bukan “7 menit”.", 2, 1, None),
        ),
        (
            {},
            ["5", "\t6", "9999999999999999"],
            ("Baris 3, kolom “Nilai” terlalu besar untuk dihitung dengan teliti.", 3, 0, None),
        ),
        ({"classes": "0"}, ["5", "6"], ("Banyaknya kelas paling kecil 1.", None, None, "classes")),
        ({"classes": "2,5"}, ["5", "6"], ("Banyaknya kelas harus berupa bilangan bulat.", None, None, "classes")),
        (
            {"lower_spec": "7", "upper_spec": "6"},
            ["5", "6"],
            ("Batas tertinggi harus lebih besar dari “Batas terendah”.", None, None, "upper_spec"),
        ),
        (
            {"upper_spec": "enam"},
            ["5", "6"],
            ("Batas tertinggi harus berupa angka seperti 1.250 atau 12,5, bukan “enam”.", None, None, "upper_spec"),
        ),
        (
            {"upper_spec": "74.050"},
            ["74.03", "74.002"],
            (
                "Batas tertinggi memuat “74.050” yang tidak jelas titiknya, sebab tabel memakai titik desimal.",
                None,
                None,
                "upper_spec",
            ),
        ),
    ],
)  # fmt: skip
def test_histogram_names_the_fault(
    settings: dict[str, str], lines: list[str], refusal: tuple[object, ...]
) -> None:
    assert refused("histogram", settings, *lines) == refusal


def test_scatter_takes_pairs() -> None:
    assert composed("scatter", {"x_label": "Pemohon"}, "X\tY", "1\t2,5", "2\t3", "4\t3,5") == {
        "x": [1, 2, 4],
        "y": [2.5, 3, 3.5],
        "x_label": "Pemohon",
    }


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        (["1\t2", "2\t3", "3\t"], ("Baris 3, kolom “Y” belum diisi.", 3, 1, None)),
        (["1\t2", "2\t3"], ("Kolom “X” memuat 2 baris; paling sedikit 3.", None, 0, None)),
        (
            ["1\t5", "2\t5", "3\t5"],
            ("Kolom “Y” semuanya sama (5) sehingga korelasinya tidak ada.", None, 1, None),
        ),
        (
            ["1\t5", "2\t9999999999999999", "3\t5"],
            ("Baris 2, kolom “Y” terlalu besar untuk dihitung dengan teliti.", 2, 1, None),
        ),
    ],
)
def test_scatter_names_the_fault(lines: list[str], refusal: tuple[object, ...]) -> None:
    assert refused("scatter", {}, *lines) == refusal
