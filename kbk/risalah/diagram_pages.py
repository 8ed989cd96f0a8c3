"""What the pages of one diagram are made of, for the views that show them after a form."""

import json
from collections.abc import Sequence
from typing import Any

from flask import render_template
from markupsafe import escape

from kbk.policy import Action, may
from kbk.risalah import pages, queries
from kbk.risalah.diagrams import cells, drawn, example, filled_lines
from kbk.risalah.forms import DiagramForm, diagram_form
from kbk.risalah.models import Diagram, Risalah
from kbk.risalah.outline import outline
from kbk.risalah.rules import RisalahState
from kbk.risalah.shown_diagrams import ShownDiagram, shown
from kbk.seven_tools.entry import ENTRY_KINDS, Column, Entry, entry
from kbk.web.access import current_actor

MOST_BESIDE = 3
"""Tables of more columns take the whole width, with the drawing below them."""


def choice(risalah: Risalah, key: str) -> str:
    """The page on which a tool is chosen: those usually used in the step first."""
    plan = outline(risalah.outline)
    step = plan.step_of(key)
    usual = [kind for kind in step.diagrams if kind in ENTRY_KINDS]
    others = [kind for kind in ENTRY_KINDS if kind not in usual]
    return render_template(
        "risalah/choose_diagram.html",
        risalah=risalah,
        group=risalah.group,
        step=step,
        part=plan.section(key),
        place=pages.place_of_diagrams(key),
        families=[("Biasa dipakai dalam langkah ini", _cards(usual)), ("Alat lain", _cards(others))],
    )


def _cards(kinds: Sequence[str]) -> list[dict[str, Any]]:
    return [{"kind": kind, "entry": entry(kind), "drawing": example(kind)} for kind in kinds]


def form_of(diagram: Diagram) -> DiagramForm:
    """The form of a diagram, filled from the row as it is now."""
    return diagram_form(entry(diagram.kind), diagram.typed, diagram.version)


def work(diagram: Diagram, form: DiagramForm | None = None) -> str:
    """The page of a diagram: its form with the drawing beside it, or only the drawing for those who do not write."""
    form = form or form_of(diagram)
    chosen = entry(diagram.kind)
    columns = chosen.fixed_columns(form.former_settings())
    typed = form.typed()
    fields = list(zip(form.setting_fields, chosen.all_settings, strict=True))
    stored = shown(diagram)
    # A whole table is not told in the line beside its field.
    form.table.stored = None
    return render_template(
        "risalah/diagram.html",
        diagram=diagram,
        stored=stored,
        stored_cells=cells(diagram.table_text),
        shown=ShownDiagram(diagram, drawn(diagram.kind, typed)),
        entry=chosen,
        form=form,
        first_fields=[(field, setting) for field, setting in fields if setting.required or setting.reshapes],
        other_fields=[
            (field, setting) for field, setting in fields if not (setting.required or setting.reshapes)
        ],
        grid=grid_attributes(chosen, columns),
        wide=len(columns) > MOST_BESIDE or chosen.further is not None,
        example=example(chosen.kind),
        example_cells=cells(chosen.example.table),
        example_settings=[
            (setting.label, dict(setting.choices).get(value, value))
            for setting in chosen.all_settings
            if (value := chosen.example.settings.get(setting.key, ""))
        ],
        **_whereabouts(diagram),
    )


def history(diagram: Diagram, wanted: int | None) -> str:
    """Everything a diagram has held, one of it opened: the version wanted, or the latest."""
    revisions = queries.diagram_revisions(diagram)
    opened = next((r for r in revisions if r.version == wanted), revisions[0] if revisions else None)
    return render_template(
        "risalah/diagram_history.html",
        diagram=diagram,
        shown=shown(diagram),
        revisions=[(revision, filled_lines(revision.table_text)) for revision in revisions],
        opened=opened,
        opened_drawing=ShownDiagram(diagram, drawn(diagram.kind, opened.typed)) if opened else None,
        opened_cells=cells(opened.table_text) if opened else (),
        **_whereabouts(diagram),
    )


def grid_attributes(chosen: Entry, columns: Sequence[Column]) -> dict[str, str]:
    """What the script that makes a table of the text field must know."""
    attributes = {"data-grid": json.dumps([_column(column) for column in columns], ensure_ascii=False)}
    if chosen.further is not None:
        attributes["data-grid-further"] = json.dumps(_column(chosen.further), ensure_ascii=False)
    return attributes


def after_saving(diagram: Diagram) -> dict[str, str]:
    """What the page of a diagram, which saves without being loaded again, shows anew: HTML by the id of its place.

    Those who see the drawing need not be told about it in words; those who do not hear them.
    """
    found = shown(diagram)
    return {
        "gambar": pages.macro("risalah/_diagrams.html", "result", found),
        "kabar-gambar": str(escape(found.told)),
    }


def _column(column: Column) -> dict[str, Any]:
    return {"heading": column.heading, "numeric": column.numeric, "hint": column.hint}


def _whereabouts(diagram: Diagram) -> dict[str, Any]:
    risalah = diagram.risalah
    plan = outline(risalah.outline)
    return {
        "risalah": risalah,
        "group": risalah.group,
        "step": plan.step_of(diagram.section),
        "part": plan.section(diagram.section),
        "place": pages.place_of_diagrams(diagram.section),
        "can_write": risalah.state is not RisalahState.SUBMITTED
        and may(current_actor(), Action.WRITE_RISALAH, risalah),
    }
