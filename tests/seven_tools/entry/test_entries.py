"""What holds for the entry of every tool."""

import pytest

from kbk.seven_tools import KINDS, tool
from kbk.seven_tools.entry import ENTRY_KINDS, SettingKind, Typed, entry
from tests.seven_tools.entry.typed_lines import composed


def test_every_tool_can_be_typed() -> None:
    assert ENTRY_KINDS == KINDS


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_example_is_drawn_with_title_and_source(kind: str) -> None:
    example = entry(kind).example
    assert {"title", "source"} <= set(composed(kind, example.settings, example.table))


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_example_stands_below_its_headings_and_uses_known_settings(kind: str) -> None:
    one = entry(kind)
    fixed = "\t".join(column.heading for column in one.fixed_columns(one.example.settings))
    assert one.example.table.startswith(fixed)
    assert set(one.example.settings) <= {setting.key for setting in one.all_settings}
    assert 1 <= one.example.table.count("\n") <= 31


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_purpose_and_hints_are_sentences(kind: str) -> None:
    one = entry(kind)
    assert one.purpose.endswith(".")
    assert one.purpose.count(".") == 1
    hints = [column.hint for column in one.fixed_columns({})] + [setting.hint for setting in one.all_settings]
    hints += [one.further.hint] if one.further else []
    assert [hint for hint in hints if not hint or not hint.endswith(".") or '"' in hint] == []


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_settings_have_different_keys_and_labels(kind: str) -> None:
    settings = entry(kind).all_settings
    assert len({setting.key for setting in settings}) == len(settings)
    assert len({setting.label for setting in settings}) == len(settings)
    assert [
        setting.key for setting in settings if (setting.kind is SettingKind.CHOICE) != bool(setting.choices)
    ] == []


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_columns_have_different_headings(kind: str) -> None:
    headings = entry(kind).heading_line({}).split("\t")
    assert len({heading.casefold() for heading in headings}) == len(headings)


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_only_settings_that_reshape_change_the_columns(kind: str) -> None:
    one = entry(kind)
    reshaping = {setting.key for setting in one.settings if setting.reshapes}
    assert bool(reshaping) == (one.columns_for is not None)
    for setting in one.settings:
        shapes = {
            len(one.fixed_columns(base | {setting.key: value}))
            for value, _ in setting.choices
            for base in ({}, {"type": "xbar-r"})
        }
        assert setting.key in reshaping or len(shapes) <= 2


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_table_with_headings_alone_is_empty(kind: str) -> None:
    one = entry(kind)
    with pytest.raises(ValueError, match="Tabelnya belum diisi") as raised:
        one.compose(Typed({}, one.heading_line({}) + "\n\n"))
    assert str(raised.value) == "Tabelnya belum diisi."


def test_name_is_that_of_the_tool() -> None:
    assert entry("gantt").name == tool("gantt").name == "Jadwal rencana dan realisasi"


def test_unknown_kind_has_no_entry() -> None:
    with pytest.raises(KeyError):
        entry("pie")
