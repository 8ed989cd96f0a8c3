"""What is typed for named series."""

import pytest

from tests.seven_tools.entry.typed_lines import composed, refused


def test_line_chart_leaves_gaps_where_cells_are_blank() -> None:
    assert composed(
        "line-chart", {"target": "2,5", "y_label": "Keluhan"}, "Waktu\tA\tB", "Jan\t1\t", "Feb\t2\t3,5"
    ) == {
        "x": ["Jan", "Feb"],
        "series": [{"name": "A", "values": [1, 2]}, {"name": "B", "values": [None, 3.5]}],
        "target": 2.5,
        "y_label": "Keluhan",
    }


def test_bar_chart_takes_one_column_per_series() -> None:
    assert composed(
        "bar-chart", {"x_label": "Unsur"}, "Kategori\tSebelum\tSesudah", "A\t1\t-2", "B\t3\t4"
    ) == {
        "categories": ["A", "B"],
        "series": [{"name": "Sebelum", "values": [1, 3]}, {"name": "Sesudah", "values": [-2, 4]}],
        "x_label": "Unsur",
    }


def test_radar_takes_one_column_per_member() -> None:
    assert composed("radar", {"highest": "5"}, "Kemampuan\tSri", "A\t1", "B\t3", "C\t4,5") == {
        "axes": ["A", "B", "C"],
        "series": [{"name": "Sri", "values": [1, 3, 4.5]}],
        "highest": 5,
    }


@pytest.mark.parametrize(
    ("kind", "settings", "lines", "refusal"),
    [
        ("line-chart", {}, ["Waktu", "Jan"], ("Tabel ini belum mempunyai kolom angka.", None, None, None)),
        ("line-chart", {}, ["Waktu\tA", "Jan\t1"], ("Isi tabel memuat 1 baris; paling sedikit 2.", None, None, None)),
        ("line-chart", {}, ["Waktu\tA", "Jan\t1", "\t2"], ("Baris 2, kolom “Waktu” belum diisi.", 2, 0, None)),
        (
            "line-chart",
            {},
            ["Waktu\tA\tB", "Jan\t1", "Feb\t2"],
            ("Kolom “B” tidak memuat satu angka pun.", None, 2, None),
        ),
        (
            "line-chart",
            {},
            ["Waktu\tA\tB", "Jan\t1\t3", "Feb\t2\t9999999999999999"],
            ("Baris 2, kolom “B” terlalu besar untuk dihitung dengan teliti.", 2, 2, None),
        ),
        (
            "line-chart",
            {},
            ["Waktu\t" + "x" * 81, "Jan\t1", "Feb\t2"],
            (f"Kolom “{'x' * 40}…” memuat 81 huruf; paling banyak 80.", None, 1, None),
        ),
        (
            "line-chart",
            {},
            ["Waktu\tA\tB\tC\tD\tE\tF\tG", "Jan\t1\t1\t1\t1\t1\t1\t1"],
            ("Isi tabel memuat 1 baris; paling sedikit 2.", None, None, None),
        ),
        (
            "bar-chart",
            {},
            ["Kategori\tA\tB\tC\tD\tE\tF\tG", "Jan\t1\t1\t1\t1\t1\t1\t1"],
            ("Isi tabel memuat 7 kolom; paling banyak 6.", None, None, None),
        ),
        (
            "bar-chart",
            {},
            ["Kategori\tA", "Loket\t1", "loket\t2"],
            ("Baris 2, kolom “Kategori” memakai nama “loket” yang sudah dipakai di baris 1.", 2, 0, None),
        ),
        (
            "bar-chart",
            {},
            ["Kategori\tA", "Loket\t"],
            ("Baris 1, kolom “A” belum diisi; tulislah 0 bila tidak ada.", 1, 1, None),
        ),
        (
            "bar-chart",
            {"target": "3.5"},
            ["Kategori\tA", "Loket\t2"],
            ("Target harus berupa angka seperti 1.250 atau 12,5, bukan “3.5”.", None, None, "target"),
        ),
        ("radar", {}, ["Kemampuan\tA", "X\t1"], ("Isi tabel memuat 1 baris; paling sedikit 3.", None, None, None)),
        (
            "radar",
            {},
            ["Kemampuan\tA", "X\t1", "Y\t-1", "Z\t2"],
            ("Baris 2, kolom “A” tidak boleh negatif.", 2, 1, None),
        ),
        (
            "radar",
            {"highest": "1"},
            ["Kemampuan\tA", "X\t1", "Y\t1", "Z\t2"],
            ("Nilai tertinggi lebih kecil daripada nilai terbesar (2).", None, None, "highest"),
        ),
    ],
)  # fmt: skip
def test_series_name_the_fault(
    kind: str, settings: dict[str, str], lines: list[str], refusal: tuple[object, ...]
) -> None:
    assert refused(kind, settings, *lines) == refusal
