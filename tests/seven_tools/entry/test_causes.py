"""What is typed for causes: fishbone, five whys, test of causes."""

import pytest

from kbk.seven_tools.cause_test import Verdict
from kbk.seven_tools.entry import entry
from kbk.seven_tools.entry.causes import VERDICTS
from kbk.seven_tools.fishbone import MOST_LEVELS
from tests.seven_tools.entry.typed_lines import composed, refused

LATE = {"effect": "Akta terlambat"}
LEARNT = {"text": "Belum dilatih", "root": True, "causes": []}
TESTED = "Petugas belum dilatih\tSemua bersertifikat\tMemeriksa sertifikat"


def test_fishbone_takes_blank_cells_for_those_above() -> None:
    assert composed(
        "fishbone", LATE,
        "Kategori\tPenyebab\tMengapa 1\tMengapa 2\tMengapa 3\tAkar",
        "Manusia\tKurang teliti\tBelum dilatih\t\t\tya",
        "\t\tTerburu-buru",
        "\tSering diganti",
        "Metode",
        "\tDua kali diperiksa",
    ) == {
        "effect": "Akta terlambat",
        "categories": [
            {"name": "Manusia", "causes": [
                {"text": "Kurang teliti", "root": False, "causes": [LEARNT, "Terburu-buru"]},
                "Sering diganti",
            ]},
            {"name": "Metode", "causes": ["Dua kali diperiksa"]},
        ],
    }  # fmt: skip


def test_fishbone_typed_in_full_is_the_same() -> None:
    full = (
        "Manusia\tKurang teliti\tBelum dilatih\t\t\tX",
        "manusia\tkurang teliti\tTerburu-buru",
        "Metode\tLama",
    )
    short = ("Manusia\tKurang teliti\tBelum dilatih\t\t\tX", "\t\tTerburu-buru", "Metode\tLama")
    assert composed("fishbone", LATE, *full) == composed("fishbone", LATE, *short)


def test_fishbone_goes_as_deep_as_its_drawing() -> None:
    levels = entry("fishbone").settings[1]
    assert max(int(value or 3) for value, _ in levels.choices) == MOST_LEVELS - 1
    deepest = LATE | {"levels": "5"}
    assert entry("fishbone").heading_line(deepest).split("\t")[-2:] == ["Mengapa 5", "Akar"]
    data = composed("fishbone", deepest, "Metode\t1\t2\t3\t4\t5\t6\tya")
    assert str(data["categories"]).count("causes") == MOST_LEVELS + 1


@pytest.mark.parametrize(
    ("settings", "lines", "refusal"),
    [
        ({}, ["Manusia\tLupa"], ("Akibat belum diisi.", None, None, "effect")),
        (LATE, ["\tLupa"], ("Baris 1, kolom “Kategori” belum diisi.", 1, 0, None)),
        (LATE, ["Manusia\t\tLupa"], ("Baris 1, kolom “Penyebab” belum diisi.", 1, 1, None)),
        (LATE, ["Manusia\tLupa", "Metode\t\tLama"], ("Baris 2, kolom “Penyebab” belum diisi.", 2, 1, None)),
        (LATE, ["Manusia\tLupa", "\t\t\tLama"], ("Baris 2, kolom “Mengapa 1” belum diisi.", 2, 2, None)),
        (LATE, ["Manusia\tLupa", "\t\t\t\t\tya"], ("Baris 2, kolom “Penyebab” belum diisi.", 2, 1, None)),
        (
            LATE,
            ["Manusia\t\t\t\t\tya"],
            ("Baris 1, kolom “Penyebab” belum diisi, padahal baris ini ditandai sebagai akar masalah.", 1, 1, None),
        ),
        (
            LATE,
            ["Manusia\tLupa\t\t\t\tmungkin"],
            ("Baris 1, kolom “Akar” harus berisi “ya” atau kosong, bukan “mungkin”.", 1, 5, None),
        ),
        (LATE, ["Manusia"], ("Isi tabel memuat 0 penyebab; harus 1 sampai 200.", None, None, None)),
        (
            LATE,
            [f"Kategori {n}\tLupa" for n in range(11)],
            ("Isi tabel memuat 11 kategori; paling banyak 10.", None, None, None),
        ),
        (
            LATE,
            ["Manusia\tLupa", "\t\t" + "x" * 201],
            ("Baris 2, kolom “Mengapa 1” memuat 201 huruf; paling banyak 200.", 2, 2, None),
        ),
        (
            LATE,
            ["Metode\tLama", "x" * 61 + "\tLupa"],
            ("Baris 2, kolom “Kategori” memuat 61 huruf; paling banyak 60.", 2, 0, None),
        ),
        (
            LATE | {"levels": "9"},
            ["Manusia\tLupa"],
            ("Banyaknya kolom mengapa tidak mengenal pilihan “9”.", None, None, "levels"),
        ),
    ],
)  # fmt: skip
def test_fishbone_names_the_fault(
    settings: dict[str, str], lines: list[str], refusal: tuple[object, ...]
) -> None:
    assert refused("fishbone", settings, *lines) == refusal


def test_five_why_takes_the_answers_in_order() -> None:
    settings = {"problem": "Antre lama"}
    assert composed("five-why", settings, "Jawaban", "Satu loket", "", "Petugas kurang") == {
        "whys": ["Satu loket", "Petugas kurang"],
        "problem": "Antre lama",
    }


def test_five_why_names_the_fault() -> None:
    problem = {"problem": "Antre lama"}
    assert refused("five-why", {}, "Satu loket") == ("Masalah belum diisi.", None, None, "problem")
    assert refused("five-why", problem, *(f"Sebab {n}" for n in range(11))) == (
        "Kolom “Jawaban” memuat 11 baris; paling banyak 10.", None, 0, None
    )  # fmt: skip
    assert refused("five-why", problem, "a", "x" * 601) == (
        "Baris 2, kolom “Jawaban” memuat 601 huruf; paling banyak 600.", 2, 0, None
    )  # fmt: skip


def test_all_verdicts_of_the_tool_can_be_typed() -> None:
    assert set(VERDICTS.values()) == {verdict.value for verdict in Verdict}
    assert {VERDICTS[verdict.words.casefold()] for verdict in Verdict} == {
        verdict.value for verdict in Verdict
    }


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("2 dari 6\tdominan", "dominant"),
        ("2 dari 6\tTerbukti, dominan", "dominant"),
        ("2 dari 6\tTerbukti", "proven"),
        ("6 dari 6\ttidak terbukti", "not-proven"),
        ("2 dari 6\tbelum diuji", "open"),
        ("\tBelum diuji", "open"),
        ("\t", "open"),
    ],
)
def test_cause_test_takes_verdicts_in_words(typed: str, verdict: str) -> None:
    actual = {"actual": typed.split("\t")[0]} if typed[0] != "\t" else {}
    assert composed("cause-test", {}, f"{TESTED}\t{typed}") == {
        "rows": [
            {
                "cause": "Petugas belum dilatih",
                "standard": "Semua bersertifikat",
                "method": "Memeriksa sertifikat",
                "verdict": verdict,
            }
            | actual
        ]
    }


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        (
            f"{TESTED}\t2 dari 6\tsetuju",
            (
                (
                    "Baris 1, kolom “Kesimpulan” harus berisi “dominan”, “terbukti”, “tidak terbukti”, atau "
                    "“belum diuji”, bukan “setuju”."
                ),
                1,
                4,
                None,
            ),
        ),
        (f"{TESTED}\t2 dari 6\t", ("Baris 1, kolom “Kesimpulan” belum diisi.", 1, 4, None)),
        (f"{TESTED}\t\tdominan", ("Baris 1, kolom “Kenyataan” belum diisi.", 1, 3, None)),
        ("Petugas\t\tMemeriksa", ("Baris 1, kolom “Standar” belum diisi.", 1, 1, None)),
        (
            f"{TESTED}\t{'x' * 601}\tdominan",
            ("Baris 1, kolom “Kenyataan” memuat 601 huruf; paling banyak 600.", 1, 3, None),
        ),
    ],
)
def test_cause_test_names_the_fault(line: str, refusal: tuple[object, ...]) -> None:
    assert refused("cause-test", {}, line) == refusal
