import pytest

from kbk.pdf.measure import SERIF_ITALIC, text_width


def test_text_width_adds_up_the_letters() -> None:
    assert text_width("", SERIF_ITALIC) == 0
    assert text_width("KBK", SERIF_ITALIC) == pytest.approx(
        2 * text_width("K", SERIF_ITALIC) + text_width("B", SERIF_ITALIC)
    )
    assert 0.2 < text_width("i", SERIF_ITALIC) < 0.5 < text_width("M", SERIF_ITALIC) < 1


def test_text_width_counts_a_missing_letter_as_one_em() -> None:
    assert text_width("ꦏ", SERIF_ITALIC) == 1
