"""What is typed for plans."""

import pytest

from tests.seven_tools.entry.typed_lines import composed, refused

MEETING = "Rapat\t1/8/2024\t2 Agustus 2024"
TODAY = {"today": "5/8/2024"}


def test_gantt_takes_days_as_people_write_them() -> None:
    assert composed(
        "gantt", {"today": "5 Agu 2024"},
        "Kegiatan\tRencana mulai\tRencana selesai\tRealisasi mulai\tRealisasi selesai",
        f"{MEETING}\t2-8-2024\t3-Agu-24",
        "Data\t5/8/2024\t9/8/2024\t05/08/2024\t",
        "Hasil\t2024-08-12\t2024-08-16",
    ) == {
        "rows": [
            {"name": "Rapat", "plan": ["2024-08-01", "2024-08-02"], "actual": ["2024-08-02", "2024-08-03"]},
            {"name": "Data", "plan": ["2024-08-05", "2024-08-09"], "actual": ["2024-08-05", None]},
            {"name": "Hasil", "plan": ["2024-08-12", "2024-08-16"]},
        ],
        "today": "2024-08-05",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "line", "refusal"),
    [
        (
            {},
            "Rapat\t8/13/2024\t2/8/2024",
            (
                (
                    "Baris 1, kolom “Rencana mulai” harus berupa tanggal (hari/bulan/tahun) seperti 2/8/2024 atau "
                    "2 Agustus 2024, bukan “8/13/2024”."
                ),
                1,
                1,
                None,
            ),
        ),
        ({}, "Rapat\t1/8/2024", ("Baris 1, kolom “Rencana selesai” belum diisi.", 1, 2, None)),
        (
            {},
            "Rapat\t2/8/2024\t1/8/2024",
            ("Baris 1, kolom “Rencana selesai” lebih awal daripada “Rencana mulai”.", 1, 2, None),
        ),
        (
            {},
            f"{MEETING}\t2/8/2024\t1/8/2024",
            ("Baris 1, kolom “Realisasi selesai” lebih awal daripada “Realisasi mulai”.", 1, 4, None),
        ),
        ({}, f"{MEETING}\t\t1/8/2024", ("Baris 1, kolom “Realisasi mulai” belum diisi.", 1, 3, None)),
        (
            {},
            f"{MEETING}\t1/8/2024",
            (
                "Baris 1 sudah mulai dan belum selesai; isilah “Keadaan per tanggal” lebih dahulu.",
                1,
                4,
                "today",
            ),
        ),
        (
            TODAY,
            f"{MEETING}\t6/8/2024",
            (
                "Baris 1, kolom “Realisasi mulai” melewati “Keadaan per tanggal”, padahal belum ada hari selesainya.",
                1,
                3,
                None,
            ),
        ),
        (
            {"today": "kemarin"},
            MEETING,
            (
                (
                    "Keadaan per tanggal harus berupa tanggal (hari/bulan/tahun) seperti 2/8/2024 atau 2 Agustus 2024, "
                    "bukan “kemarin”."
                ),
                None,
                None,
                "today",
            ),
        ),
        (
            {},
            "Rapat\t1/8/1924\t2/8/2024",
            ("Baris 1, kolom “Rencana mulai” harus berupa tanggal dari tahun 1990 sampai 2100.", 1, 1, None),
        ),
        (
            {},
            "Rapat\t1/8/2024\t2/8/2101",
            (
                "Baris 1, kolom “Rencana selesai” harus berupa tanggal dari tahun 1990 sampai 2100.",
                1,
                2,
                None,
            ),
        ),
        (
            {"today": "1/8/2101"},
            MEETING,
            (
                "Keadaan per tanggal harus berupa tanggal dari tahun 1990 sampai 2100.",
                None,
                None,
                "today",
            ),
        ),
        ({}, "Rapat\t1/8/2004\t2/8/2044", ("Isi tabel merentang lebih dari 20 tahun.", None, None, None)),
        (
            {},
            "x" * 201 + "\t1/8/2024\t2/8/2024",
            ("Baris 1, kolom “Kegiatan” memuat 201 huruf; paling banyak 200.", 1, 0, None),
        ),
    ],
)
def test_gantt_names_the_fault(settings: dict[str, str], line: str, refusal: tuple[object, ...]) -> None:
    assert refused("gantt", settings, line) == refusal


def test_action_plan_takes_costs_where_there_are_any() -> None:
    answers = {"what": "a", "why": "b", "where": "c", "when": "d", "who": "e", "how": "f"}
    assert composed("action-plan", {}, "a\tb\tc\td\te\tf\tRp 450.000", "a\tb\tc\td\te\tf") == {
        "rows": [answers | {"how_much": 450000}, answers]
    }


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("a\tb\tc\td\t\tf", ("Baris 1, kolom “Siapa” belum diisi.", 1, 4, None)),
        ("a\tb\tc\td\te\tf\t-1", ("Baris 1, kolom “Biaya (Rp)” tidak boleh negatif.", 1, 6, None)),
        (
            "a\tb\tc\td\te\tf\tgratis",
            ("Baris 1, kolom “Biaya (Rp)” harus berupa angka seperti 1.250 atau 12,5, bukan “gratis”.", 1, 6, None),
        ),
        (
            f"a\tb\tc\td\te\t{'x' * 601}",
            ("Baris 1, kolom “Bagaimana” memuat 601 huruf; paling banyak 600.", 1, 5, None),
        ),
    ],
)  # fmt: skip
def test_action_plan_names_the_fault(line: str, refusal: tuple[object, ...]) -> None:
    assert refused("action-plan", {}, line) == refusal
