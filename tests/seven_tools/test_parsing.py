"""What is refused, and the place that each sentence names."""

from typing import Any

import pytest

from kbk.seven_tools import KINDS, ToolInputError, tool
from kbk.seven_tools.parsing import clean

NAN, INFINITY = float("nan"), float("inf")
FIVE = [1, 2, 3, 4, 5]

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("pareto", {}, 'Isi "items" belum ada.'),
    ("pareto", {"items": []}, 'Isi "items" memuat 0 butir; paling sedikit 1.'),
    ("pareto", {"items": [["A", 1], ["B", -1]]}, 'Isi "items" ke-2, ke-2 tidak boleh negatif.'),
    ("pareto", {"items": [["A", "1.234,5"]]},
     'Isi "items" ke-1, ke-2 harus berupa angka seperti 1234.5, bukan teks "1.234,5".'),
    ("pareto", {"items": [["A", True]]}, 'Isi "items" ke-1, ke-2 harus berupa angka, bukan true.'),
    ("pareto", {"items": [["A", NAN]]}, 'Isi "items" ke-1, ke-2 harus berupa angka yang terhingga.'),
    ("pareto", {"items": [["A", 1e308]]}, 'Isi "items" ke-1, ke-2 terlalu besar untuk dihitung dengan teliti.'),
    ("pareto", {"items": [["A", 10**400]]}, 'Isi "items" ke-1, ke-2 terlalu besar untuk dihitung dengan teliti.'),
    ("pareto", {"items": [["A", 0], ["B", 0]]}, 'Isi "items" berjumlah 0 sehingga persentasenya tidak ada.'),
    ("pareto", {"items": [["", 1]]}, 'Isi "items" ke-1, ke-1 tidak boleh kosong.'),
    ("pareto", {"items": [["A" * 201, 1]]}, 'Isi "items" ke-1, ke-1 memuat 201 huruf; paling banyak 200.'),
    ("pareto", {"items": [[f"A{n}", 1] for n in range(61)]},
     'Isi "items" memuat 61 nama berbeda; gabungkan yang kecil menjadi Lain-lain (paling banyak 60).'),
    ("histogram", {"values": [5, 5, 5]},
     'Isi "values" semuanya sama (5) sehingga kelas histogram tidak dapat dibentuk.'),
    ("histogram", {"values": [1, 2, INFINITY]}, 'Isi "values" ke-3 harus berupa angka yang terhingga.'),
    ("histogram", {"values": [0] * 20_001}, 'Isi "values" memuat 20.001 butir; paling banyak 20.000.'),
    ("histogram", {"values": [1, 2], "classes": [0, 1]}, 'Isi "classes" tidak mencakup semua nilai.'),
    ("five-why", {"problem": "A", "why": ["B"]},
     'Isi data tidak mengenal "why"; yang dikenal "problem", "whys", "title", "subtitle", "source".'),
    ("histogram", {"values": [1e12, 1e12 + 0.5]},
     'Isi "values" berselisih terlalu kecil dibanding besarnya nilai sehingga hitungannya tidak teliti.'),
    ("scatter", {"x": [1, 2, 3], "y": [1, 2, 3, 4]}, 'Isi "y" memuat 4 butir, sedangkan "x" memuat 3 butir.'),
    ("scatter", {"x": [1, 1, 1], "y": [1, 2, 3]}, 'Isi "x" semuanya sama (1) sehingga korelasinya tidak ada.'),
    ("control-chart", {"type": "c", "counts": [1, 2, 3]}, 'Isi "counts" memuat 3 butir; paling sedikit 5.'),
    ("control-chart", {"type": "p", "nonconforming": FIVE, "sizes": 0}, 'Isi "sizes" harus lebih besar dari 0.'),
    ("control-chart", {"type": "p", "nonconforming": FIVE, "sizes": [9, 9, 9, 9, 4]},
     'Isi "nonconforming" ke-5 melebihi ukuran sampelnya (4).'),
    ("control-chart", {"type": "np", "nonconforming": FIVE, "sizes": [9, 9, 9, 9, 8]},
     'Isi "sizes" tidak sama untuk semua sampel; pakailah peta p.'),
    ("control-chart", {"type": "xbar-r", "samples": [[1, 2]] * 4 + [[1, 2, 3]]},
     'Isi "samples" ke-5 memuat 3 butir, sedangkan "samples ke-1" memuat 2 butir.'),
    ("control-chart", {"type": "i-mr", "values": [5] * 6},
     'Isi "values" tidak bervariasi sehingga batas kendali tidak dapat dihitung.'),
    ("control-chart", {"type": "c", "counts": FIVE, "exclude": [{"sample": 2, "reason": "x"}]},
     'Isi "exclude" menyisakan 4 sampel; paling sedikit 5.'),
    ("control-chart", {"type": "c", "counts": FIVE, "run_length": 6}, 'Isi "run_length" paling kecil 7.'),
    ("check-sheet", {"items": ["A"], "periods": ["1", "2"], "counts": [[1, 2]], "row_totals": [4]},
     'Isi "row_totals" ke-1 adalah 4, padahal jumlah hitungannya 3.'),
    ("check-sheet", {"items": ["A", "a "], "periods": ["1"], "counts": [[1], [1]]},
     'Isi "items" ke-2 memakai nama "a" yang sudah dipakai urutan ke-1.'),
    ("stratification", {"strata": [{"name": "A", "counts": 1, "sizes": 2}, {"name": "B", "counts": 1}]},
     'Isi "strata" ke-2 belum ada "sizes", padahal kelompok lain menyebutnya.'),
    ("fishbone", {"effect": "E", "categories": {"Metode": []}},
     'Isi "categories" memuat 0 penyebab; harus 1 sampai 200.'),
    ("gantt", {"rows": [{"name": "A", "plan": ["2024-02-30", "2024-03-01"]}]},
     'Isi "rows" ke-1, "plan" ke-1 harus berupa tanggal seperti 2024-08-02, bukan "2024-02-30".'),
    ("gantt", {"rows": [{"name": "A", "plan": ["2024-W09-5", "2024-03-01"]}]},
     'Isi "rows" ke-1, "plan" ke-1 harus berupa tanggal seperti 2024-08-02, bukan "2024-W09-5".'),
    ("gantt", {"rows": [{"name": "A", "plan": ["2024-03-02", "2024-03-01"]}]},
     'Isi "rows" ke-1, "plan" selesai sebelum mulai.'),
    ("usg", {"problems": [{"name": "A", "u": 6, "s": 1, "g": 1}]}, 'Isi "problems" ke-1, "u" paling besar 5.'),
    ("deviation", {"rows": [{"name": "A", "target": 0, "achieved": 1}]},
     'Isi "rows" ke-1, "target" harus lebih besar dari 0.'),
    ("radar", {"axes": ["A", "B", "C"], "series": [{"name": "S", "values": [1, 2, 9]}], "highest": 5},
     'Isi "highest" lebih kecil daripada nilai terbesar (9).'),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "sentence"), REFUSED)
def test_bad_input_is_refused_with_the_place(kind: str, data: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ToolInputError) as refused:
        tool(kind).parse(data)
    assert str(refused.value) == sentence


def test_refusal_carries_the_place_for_programs() -> None:
    with pytest.raises(ToolInputError) as refused:
        tool("gantt").parse({"rows": [{"name": "A", "plan": ["2024-01-01", 5]}]})
    assert refused.value.path == ("rows", 1, "plan", 2)


@pytest.mark.parametrize("kind", KINDS)
def test_empty_object_is_refused_by_every_tool(kind: str) -> None:
    with pytest.raises(ToolInputError):
        tool(kind).parse({})


def test_clean_drops_what_xml_forbids_and_what_hides() -> None:
    assert clean(" a\x00\x07b\ud800 \u200bc\u202e\n\td\ufffe ") == "ab c d"


def test_clean_leaves_no_mark_by_which_equal_looking_names_differ() -> None:
    marks = "\xad\u034f\u061c\u180e\u200c\u200d\u200e\u200f\u2060\u2063\u3164\ufe0f\U000e0041"
    assert clean(f"a{marks}b") == "ab"
    assert clean(marks) == ""


def test_place_is_named_on_one_line_whatever_the_key_holds() -> None:
    with pytest.raises(ToolInputError) as refused:
        tool("fishbone").parse({"effect": "E", "categories": {"\ud800 Alat\nMesin": [1]}})
    assert str(refused.value).startswith('Isi "categories", "Alat Mesin" ke-1 harus berupa objek')
    assert refused.value.path == ("categories", "Alat Mesin", 1)
