"""Whatever is typed is drawn or refused in one plain sentence at a place that is there."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbk.seven_tools import tool
from kbk.seven_tools.entry import ENTRY_KINDS, EntryError, SettingKind, Typed, entry
from tests.seven_tools.entry.typed_lines import refused

_WORDS = st.sampled_from(
    ["", "", "Loket", "loket", "Jumlah", "ya", "dominan", "turun", "naik", "x", "12", "3", "1.250", "12,5", "12.5",
     "-4", "0", "Rp 3.000", "45%", "1,250,000", "9" * 20, "0,0000000000000001", "2/8/2024", "3 Agu 2024", "1/1/1900",
     '"sizes"', "<b>", "\u200b", "\x00", "a" * 250, "b" * 3000, "“", "\r", "\x0b", "\u2028", "🙂"]
)  # fmt: skip
_CELLS = st.one_of(_WORDS, st.text(max_size=8))


@st.composite
def typed(draw: st.DrawFn, kind: str) -> Typed:
    """Cells of all sorts below right or wrong headings, or the example with some cells changed."""
    one = entry(kind)
    written: dict[str, str] = {}
    for setting in one.all_settings:
        values = [value for value, _ in setting.choices] or ["", "ya"] * (setting.kind is SettingKind.FLAG)
        usual = st.sampled_from([*values, one.example.settings.get(setting.key, "")])
        written[setting.key] = draw(st.one_of(usual, usual, usual, _CELLS))
    if draw(st.booleans()):
        lines = [line.split("\t") for line in one.example.table.split("\n")]
        for _ in range(draw(st.integers(0, 3))):
            line = draw(st.sampled_from(lines))
            line[draw(st.integers(0, len(line) - 1))] = draw(_CELLS)
        if draw(st.booleans()):
            written |= one.example.settings
    else:
        heading = draw(st.sampled_from([one.heading_line(written), one.heading_line({}), ""]))
        row = st.lists(_CELLS, max_size=8)
        lines = [heading.split("\t"), *draw(st.lists(row, max_size=8))]
    return Typed(written, "\n".join("\t".join(cells) for cells in lines))


@pytest.mark.parametrize("kind", ENTRY_KINDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_anything_typed_is_drawn_or_refused_in_one_sentence(kind: str, data: st.DataObject) -> None:
    found, one, chosen = data.draw(typed(kind)), entry(kind), tool(kind)
    try:
        composed = one.compose(found)
    except EntryError as error:
        check_refusal(error, found, kind)
    else:
        assert chosen.draw(chosen.parse(composed)).startswith("<svg")


def check_refusal(error: EntryError, found: Typed, kind: str) -> None:
    sentence, one = str(error), entry(kind)
    assert len(sentence.splitlines()) == 1
    assert sentence.endswith(".")
    own_words = re.sub("“[^”]*”", "", sentence)
    assert re.findall('"[a-z_]+"|[a-z]_[a-z]', own_words) == []
    lines = found.table.splitlines()
    widest = max((len(line.split("\t")) for line in lines), default=0)
    assert error.row is None or 1 <= error.row <= len(lines)
    columns = max(widest, len(one.fixed_columns(found.settings)))
    assert error.column is None or 0 <= error.column < columns
    assert error.setting is None or error.setting in {setting.key for setting in one.all_settings}


@pytest.mark.parametrize("kind", ENTRY_KINDS)
@pytest.mark.parametrize("table", ["x\t1\n" * 2_500_000, "1" * 10_000_000, "\n" * 10_000_000])
def test_ten_megabytes_are_refused(kind: str, table: str) -> None:
    assert refused(kind, {}, table)[0].startswith("Tabel ini terlalu besar;")
