"""What is typed for comparisons line by line."""

import pytest

from tests.seven_tools.entry.typed_lines import composed, refused


def test_usg_takes_three_points_per_problem() -> None:
    assert composed("usg", {}, "Masalah\tU\tS\tG", "Antre\t5\t4\t3") == {
        "problems": [{"name": "Antre", "u": 5, "s": 4, "g": 3}]
    }


def test_deviation_takes_units_where_there_are_any() -> None:
    assert composed("deviation", {}, "Imunisasi\t%\t95\t29,6%", "Penyuluhan\t\t14\t9") == {
        "rows": [
            {"name": "Imunisasi", "target": 95, "achieved": 29.6, "unit": "%"},
            {"name": "Penyuluhan", "target": 14, "achieved": 9},
        ]
    }


@pytest.mark.parametrize(
    ("word", "better"), [("turun", "lower"), ("Lebih rendah", "lower"), ("NAIK", "higher")]
)
def test_before_after_takes_words_for_what_is_better(word: str, better: str) -> None:
    assert composed("before-after", {}, f"Lama\thari\t5,2\t2,4\t{word}") == {
        "rows": [{"name": "Lama", "before": 5.2, "after": 2.4, "better": better, "unit": "hari"}]
    }


@pytest.mark.parametrize(
    ("kind", "lines", "refusal"),
    [
        ("usg", ["Antre\t5\t4\t6"], ("Baris 1, kolom “G” paling besar 5.", 1, 3, None)),
        ("usg", ["Antre\t0\t4\t3"], ("Baris 1, kolom “U” paling kecil 1.", 1, 1, None)),
        ("usg", ["Antre\t5\t4,5\t3"], ("Baris 1, kolom “S” harus berupa bilangan bulat.", 1, 2, None)),
        ("usg", ["A\t5\t4\t3", "\t5\t4\t3"], ("Baris 2, kolom “Masalah” belum diisi.", 2, 0, None)),
        (
            "usg",
            [f"Masalah {n}\t1\t1\t1" for n in range(41)],
            ("Isi tabel memuat 41 baris; paling banyak 40.", None, None, None),
        ),
        ("deviation", ["A\t%\t0\t3"], ("Baris 1, kolom “Target” harus lebih besar dari 0.", 1, 2, None)),
        ("deviation", ["A\t%\t5\t"], ("Baris 1, kolom “Capaian” belum diisi.", 1, 3, None)),
        (
            "deviation",
            ["A\t" + "x" * 201 + "\t5\t3"],
            ("Baris 1, kolom “Satuan” memuat 201 huruf; paling banyak 200.", 1, 1, None),
        ),
        (
            "before-after",
            ["Lama\thari\t5\t2\tbagus"],
            ("Baris 1, kolom “Yang lebih baik” harus berisi “turun” atau “naik”, bukan “bagus”.", 1, 4, None),
        ),
        ("before-after", ["Lama\thari\t5\t2"], ("Baris 1, kolom “Yang lebih baik” belum diisi.", 1, 4, None)),
        (
            "before-after",
            ["Lama\thari\t5\t2\tturun", "LAMA\thari\t5\t2\tturun"],
            ("Baris 2, kolom “Ukuran” memakai nama “LAMA” yang sudah dipakai di baris 1.", 2, 0, None),
        ),
    ],
)  # fmt: skip
def test_comparisons_name_the_cell_at_fault(kind: str, lines: list[str], refusal: tuple[object, ...]) -> None:
    assert refused(kind, {}, *lines) == refusal
