"""The form of a tool follows from what its entry asks for."""

import json
from dataclasses import replace

from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Field

from kbk.risalah.forms import DiagramForm, diagram_form
from kbk.seven_tools.entry import Entry, Setting, SettingKind, Typed, entry

SETTINGS = (
    Setting(
        "type", "Jenis", SettingKind.CHOICE, choices=(("p", "Bagian"), ("c", "Banyaknya")), reshapes=True
    ),
    Setting("size", "Ukuran", SettingKind.CHOICE, choices=(("", "5 (lazim)"), ("6", "6"))),
    Setting("whole", "Utuh", SettingKind.FLAG),
    Setting("target", "Sasaran", SettingKind.NUMBER),
)
TOOL: Entry = replace(entry("pareto"), settings=SETTINGS)
STORED = Typed({"type": "p", "target": "12,5", "title": "Judul"}, "Jenis\tJumlah")


def sent(app: Flask, **fields: str) -> DiagramForm:
    """The form as it is when these fields were posted."""
    with app.test_request_context(method="POST", data=MultiDict(fields)):
        return diagram_form(TOOL, STORED, 3)


def offered(field: Field) -> list[tuple[str, str]]:
    return [(choice.value, choice.label) for choice in field.iter_choices()]


def test_each_kind_of_setting_has_its_field(app: Flask) -> None:
    with app.test_request_context():
        kind, size, whole, target, *caption = diagram_form(TOOL, STORED, 3).setting_fields
        assert offered(kind) == [("", "Belum dipilih"), ("p", "Bagian"), ("c", "Banyaknya")]
        assert "data-reloads" in str(kind())
        assert "data-reloads" not in str(size())
        assert offered(size) == [("", "5 (lazim)"), ("6", "6")]
        assert offered(whole) == [("", "Tidak"), ("ya", "Ya")]
        assert 'inputmode="decimal"' in str(target())
        assert [field.name for field in caption] == ["isian-title", "isian-subtitle", "isian-source"]
        assert [field.data for field in (kind, target, caption[0])] == ["p", "12,5", "Judul"]


def test_what_was_typed_is_read_by_key(app: Flask) -> None:
    form = sent(app, **{"isian-type": "c", "isian-whole": "ya", "isian-target": "", "table": "A\tB"})
    assert form.typed() == Typed({"type": "c", "whole": "ya", "title": "Judul"}, "A\tB")


def test_a_choice_that_is_not_offered_is_refused_and_not_drawn(app: Flask) -> None:
    form = sent(app, **{"isian-type": "x"})
    assert form.validate() is False
    assert form["isian-type"].errors == ["Pilihan ini tidak tersedia. Pilih salah satu dari daftar."]
    assert "type" not in form.typed().settings


def test_the_settings_of_the_shown_table_travel_with_it(app: Flask) -> None:
    with app.test_request_context():
        shown = diagram_form(TOOL, STORED, 3).former.data
    assert json.loads(shown) == STORED.settings
    assert sent(app, former='{"type": "c", "size": 6}').former_settings() == {"type": "c"}
    assert sent(app, former='{"type": "x"}').former_settings() == {}
    assert sent(app, former="{").former_settings() == STORED.settings
