import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbk.files.refusals import MAX_NAME, clean_filename, refusal


@pytest.mark.parametrize(
    ("filename", "clean"),
    [
        ("Risalah KBK.pdf", "Risalah KBK.pdf"),
        ("C:\\Users\\a\\Risalah.pdf", "Risalah.pdf"),
        ("../../etc/passwd", "passwd"),
        ("e\u0301clat.png", "\u00e9clat.png"),
        ("gaji\u202egpj.exe", "gajigpj.exe"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ('lap<or>:"|?*.pdf', "lap_or______.pdf"),
        ("  ..rahasia.pdf. ", "rahasia.pdf"),
        ("...", "berkas"),
        ("", "berkas"),
        ("a" * 200 + ".pdf", "a" * 146 + ".pdf"),
        ("a" * 200, "a" * 150),
    ],
)
def test_clean_filename_makes_names_fit(filename: str, clean: str) -> None:
    assert clean_filename(filename) == clean


@given(st.text(max_size=400))
def test_clean_filename_is_safe_and_stable(filename: str) -> None:
    clean = clean_filename(filename)
    assert 0 < len(clean) <= MAX_NAME
    assert not set(clean) & set('/\\<>:"|?*\n\r\0')
    assert clean_filename(clean) == clean


def test_refusal_names_file_fault_and_way_out() -> None:
    assert refusal("a.pdf", "kosong", "Pilih yang lain").message == "Berkas “a.pdf” kosong. Pilih yang lain."
