"""What is typed for counts, and the input that becomes of it."""

import pytest

from tests.seven_tools.entry.typed_lines import composed, refused

WEEK = "Jenis\tSenin\tSelasa"


def test_pareto_reads_indonesian_numbers_and_the_caption() -> None:
    settings = {"unit": "Rupiah", "source": "Buku kas", "title": " ", "other": "x"}
    lines = ("Jenis\tJumlah\tJumlah sesudah", "Materai\t1.250", "Fotokopi\t12,5", "", "Kurir\tRp 3.000")
    assert composed("pareto", settings, *lines) == {
        "items": [["Materai", 1250], ["Fotokopi", 12.5], ["Kurir", 3000]],
        "unit": "Rupiah",
        "source": "Buku kas",
    }


def test_pareto_takes_the_counts_after_an_improvement() -> None:
    settings = {"before_label": "Januari", "after_label": "Juli"}
    assert composed("pareto", settings, "Antre\t80\t31", "Salah ketik\t66\t0") == {
        "items": [["Antre", 80], ["Salah ketik", 66]],
        "after": [["Antre", 31], ["Salah ketik", 0]],
        "before_label": "Januari",
        "after_label": "Juli",
    }


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([""], ("Tabelnya belum diisi.", None, None, None)),
        (
            ["Jenis\tJumlah\tJumlah sesudah", "A\t1", "", "B\tx"],
            ("Baris 3, kolom “Jumlah” harus berupa angka seperti 1.250 atau 12,5, bukan “x”.", 3, 1, None),
        ),
        (["A\t-1"], ("Baris 1, kolom “Jumlah” tidak boleh negatif.", 1, 1, None)),
        (["\t1"], ("Baris 1, kolom “Jenis” belum diisi.", 1, 0, None)),
        (
            ["A\t3\t1", "B\t2"],
            ("Baris 2, kolom “Jumlah sesudah” belum diisi; tulislah 0 bila tidak ada.", 2, 2, None),
        ),
        (["A\t3\t1", "B\t2\t-2"], ("Baris 2, kolom “Jumlah sesudah” tidak boleh negatif.", 2, 2, None)),
        (["A\t0"], ("Isi tabel berjumlah 0 sehingga persentasenya tidak ada.", None, None, None)),
        (
            ["A\t3", "Total\t3"],
            ("Baris 2 adalah baris jumlah; hapuslah, sebab jumlah dihitung sendiri.", 2, None, None),
        ),
        (["A\t9999999999999999"], ("Baris 1, kolom “Jumlah” terlalu besar untuk dihitung dengan teliti.", 1, 1, None)),
    ],
)  # fmt: skip
def test_pareto_names_the_cell_at_fault(lines: list[str], refusal: tuple[object, ...]) -> None:
    assert refused("pareto", {}, *lines) == refusal


def test_pareto_names_the_setting_at_fault() -> None:
    assert refused("pareto", {"unit": "x" * 201}, "A\t1") == (
        "Satuan memuat 201 huruf; paling banyak 200.", None, None, "unit"
    )  # fmt: skip


def test_check_sheet_takes_one_column_per_period() -> None:
    settings = {"who": "Sri", "item_label": "Kesalahan"}
    assert composed("check-sheet", settings, WEEK, "Berkas\t7\t1.000", "Antre\t0\t2") == {
        "items": ["Berkas", "Antre"],
        "periods": ["Senin", "Selasa"],
        "counts": [[7, 1000], [0, 2]],
        "item_label": "Kesalahan",
        "who": "Sri",
    }


def test_check_sheet_compares_pasted_totals() -> None:
    assert composed(
        "check-sheet", {}, WEEK + "\tJumlah", "Berkas\t7\t5\t12", "Antre\t0\t2\t2", "Total\t7\t7\t14"
    ) == {
        "items": ["Berkas", "Antre"],
        "periods": ["Senin", "Selasa"],
        "counts": [[7, 5], [0, 2]],
        "row_totals": [12, 2],
        "column_totals": [7, 7],
        "grand_total": 14,
    }


def test_check_sheet_leaves_out_totals_without_numbers() -> None:
    data = composed("check-sheet", {}, WEEK + "\tJumlah", "Berkas\t7\t5", "Antre\t0\t2", "Total")
    assert sorted(data) == ["counts", "items", "periods"]


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        (
            [WEEK, "Berkas\t7\t5", "Antre\t\t2"],
            ("Baris 2, kolom “Senin” belum diisi; tulislah 0 bila tidak ada.", 2, 1, None),
        ),
        ([WEEK, "Berkas\t7\t5,5"], ("Baris 1, kolom “Selasa” harus berupa bilangan bulat.", 1, 2, None)),
        ([WEEK, "Berkas\t7\t-5"], ("Baris 1, kolom “Selasa” tidak boleh negatif.", 1, 2, None)),
        (
            [WEEK, "Berkas\t7\t5", "berkas\t1\t2"],
            ("Baris 2, kolom “Jenis” memakai nama “berkas” yang sudah dipakai di baris 1.", 2, 0, None),
        ),
        (["Jenis", "Berkas"], ("Tabel ini belum mempunyai kolom periode.", None, None, None)),
        (
            ["Jenis\tSenin\tsenin", "Berkas\t7\t5"],
            ("Kolom ke-3 berjudul “senin” seperti kolom ke-2; pakailah judul yang berbeda.", None, 2, None),
        ),
        (
            [WEEK + "\tJumlah", "Berkas\t7\t5\t13"],
            ("Baris 1, kolom “Jumlah” adalah 13, padahal jumlah hitungannya 12.", 1, 3, None),
        ),
        (
            [WEEK, "Berkas\t7\t5", "Antre\t1\t1", "Jumlah\t8\t7"],
            ("Baris 3, kolom “Selasa” adalah 7, padahal jumlah hitungannya 6.", 3, 2, None),
        ),
        (
            [WEEK + "\tTotal", "Berkas\t7\t5\t12", "Jumlah\t7\t5\t11"],
            ("Baris 2, kolom “Total” adalah 11, padahal jumlah hitungannya 12.", 2, 3, None),
        ),
        (
            ["Jenis" + "".join(f"\t{day}" for day in range(1, 33)), "Berkas" + "\t1" * 32],
            ("Isi tabel memuat 32 kolom; paling banyak 31.", None, None, None),
        ),
        (
            [WEEK, *(f"Jenis {n}\t1\t1" for n in range(41))],
            ("Isi tabel memuat 41 baris; paling banyak 40.", None, None, None),
        ),
        (
            ["Jenis\t" + "x" * 201, "Berkas\t1"],
            (f"Kolom “{'x' * 40}…” memuat 201 huruf; paling banyak 200.", None, 1, None),
        ),
    ],
)  # fmt: skip
def test_check_sheet_names_the_cell_at_fault(lines: list[str], refusal: tuple[object, ...]) -> None:
    assert refused("check-sheet", {}, *lines) == refusal


def test_stratification_takes_counts_and_sizes() -> None:
    settings = {"factor": "Loket", "proportion": "ya"}
    assert composed("stratification", settings, "Kelompok\tDitolak\tDiperiksa", "Loket 1\t42\t1.200") == {
        "strata": [{"name": "Loket 1", "counts": [42], "sizes": [1200]}],
        "count_label": "Ditolak",
        "factor": "Loket",
        "proportion": True,
    }


def test_stratification_takes_counts_alone_and_by_a_second_factor() -> None:
    assert composed("stratification", {}, "Kelompok\tJumlah\tBanyaknya diperiksa", "A\t1\t", "B\t2\t") == {
        "strata": [{"name": "A", "counts": [1]}, {"name": "B", "counts": [2]}],
        "count_label": "Jumlah",
    }
    assert composed("stratification", {}, "Kelompok\tPagi\tSore", "A\t1\t3", "B\t2\t4") == {
        "strata": [{"name": "A", "counts": [1, 3]}, {"name": "B", "counts": [2, 4]}],
        "groups": ["Pagi", "Sore"],
    }


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        (
            ["Kelompok\tJumlah\tDiperiksa", "A\t1\t5", "B\t2\t"],
            ("Baris 2, kolom “Diperiksa” belum diisi.", 2, 2, None),
        ),
        (
            ["Kelompok\tJumlah\tDiperiksa", "A\t1\t5", "B\t2\t0"],
            ("Baris 2, kolom “Diperiksa” harus lebih besar dari 0.", 2, 2, None),
        ),
        (
            ["Kelompok\tJumlah\tDiperiksa", "A\t9\t5"],
            ("Baris 1, kolom “Diperiksa” lebih kecil daripada banyaknya kejadian (9).", 1, 2, None),
        ),
        (
            ["Kelompok\tDiperiksa\tPagi\tSore", "A\t9\t5\t2"],
            ("Kolom “Diperiksa” hanya dapat dipakai bila ada satu kolom jumlah.", None, 1, None),
        ),
        (["Kelompok\tDiperiksa", "A\t9"], ("Tabel ini belum mempunyai kolom jumlah.", None, None, None)),
        (["Kelompok\tPagi\tSore", "A\t9\t1,5"], ("Baris 1, kolom “Sore” harus berupa bilangan bulat.", 1, 2, None)),
        (
            ["Kelompok\tJumlah", "A\t9", "Jumlah\t9"],
            ("Baris 2 adalah baris jumlah; hapuslah, sebab jumlah dihitung sendiri.", 2, None, None),
        ),
        (
            ["Kelompok\tA\tB\tC\tD\tE\tF\tG", "A\t1\t1\t1\t1\t1\t1\t1"],
            ("Isi tabel memuat 7 kolom; paling banyak 6.", None, None, None),
        ),
        (
            ["Kelompok\t" + "x" * 201, "A\t9"],
            (f"Kolom “{'x' * 40}…” memuat 201 huruf; paling banyak 200.", None, 1, None),
        ),
    ],
)  # fmt: skip
def test_stratification_names_the_cell_at_fault(lines: list[str], refusal: tuple[object, ...]) -> None:
    assert refused("stratification", {"proportion": "ya"}, *lines) == refusal
