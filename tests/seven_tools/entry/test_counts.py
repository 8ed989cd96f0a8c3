"""What is typed for counts, and the input that becomes of it."""

import pytest

from kbk.seven_tools.entry import EntryError, Typed, entry

PARETO = entry("pareto")


def test_pareto_reads_indonesian_numbers_and_the_caption() -> None:
    typed = Typed(
        {"unit": "Rupiah", "source": "Buku kas", "title": " "},
        "Jenis\tJumlah\tJumlah sesudah\nMaterai\t1.250\nFotokopi\t12,5\n\nKurir\tRp 3.000",
    )
    assert PARETO.compose(typed) == {
        "items": [["Materai", 1250], ["Fotokopi", 12.5], ["Kurir", 3000]],
        "unit": "Rupiah",
        "source": "Buku kas",
    }


@pytest.mark.parametrize(
    ("table", "sentence", "place"),
    [
        ("", "Tabelnya belum diisi.", (None, None)),
        (
            "Jenis\tJumlah\tJumlah sesudah\nA\t1\n\nB\tx",
            "Baris 3, kolom “Jumlah” harus berupa angka seperti 1.250 atau 12,5, bukan “x”.",
            (3, 1),
        ),
        ("A\t-1", "Baris 1, kolom “Jumlah” tidak boleh negatif.", (1, 1)),
        ("A\t3\t1\nB\t2", "Baris 2, kolom “Jumlah sesudah” belum diisi.", (2, 2)),
        ("A\t1\t\tx", "Baris 1 memuat isi di luar kolom yang berjudul.", (1, 3)),
    ],
)  # fmt: skip
def test_pareto_names_the_cell_at_fault(
    table: str, sentence: str, place: tuple[int | None, int | None]
) -> None:
    with pytest.raises(EntryError) as raised:
        PARETO.compose(Typed({}, table))
    assert (str(raised.value), (raised.value.row, raised.value.column)) == (sentence, place)
