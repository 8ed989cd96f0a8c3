"""What the pages of writing are made of, for the views that show them after a form or an upload."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, get_template_attribute, render_template, url_for

from kbk import clock
from kbk.files.kinds import Kind, Purpose
from kbk.policy import Action, may
from kbk.risalah import prose, queries
from kbk.risalah.forms import DocumentForm, SectionForm, TitleForm, UploadForm
from kbk.risalah.models import Attachment, Diagram, Risalah, Section
from kbk.risalah.outline import Step, StepSection, outline
from kbk.risalah.rules import AttachmentPurpose, Completeness, RisalahState
from kbk.risalah.shown_diagrams import ShownDiagram, shown_by_section
from kbk.web.access import current_actor

TRACKER = "langkah-risalah"
"""The id of the step tracker on the page of a step."""
TRACKER_LABEL = "Langkah risalah"


@dataclass(frozen=True, slots=True)
class Part:
    """One section on the page of its step: what the outline asks for, what is written, its form and its diagrams."""

    section: StepSection
    written: Section | None
    form: SectionForm
    diagrams: Sequence[ShownDiagram] = ()
    removed: Sequence[Diagram] = ()

    @property
    def place(self) -> str:
        """Its id on the page."""
        return place_of(self.section)

    @property
    def place_of_diagrams(self) -> str:
        """The id of its diagrams on the page."""
        return place_of_diagrams(self.section.key)


def place_of_diagrams(section: str) -> str:
    """The id of a section's diagrams on the page of its step."""
    return f"diagram-{section}"


def place_of(section: StepSection) -> str:
    """The id of a section on the page of its step."""
    return f"bagian-{section.key}"


def part(
    section: StepSection,
    written: Section | None,
    pictures: Collection[str],
    refused: SectionForm | None = None,
    diagrams: Sequence[ShownDiagram] = (),
    removed: Sequence[Diagram] = (),
) -> Part:
    """Give a section its form, with ids of its own because a page holds several.

    The editor is a place where text is shown, so what it is given is cleaned once more.
    """
    form = refused or SectionForm(
        formdata=None, html=written.html if written else "", version=written.version if written else 0
    )
    form.html.data = prose.clean(form.html.data or "", pictures).html
    form.html.id = form.html.label.field_id = f"naskah-{section.key}"
    form.html.label.text = section.label
    return Part(section, written, form, diagrams, removed)


def after_saving(risalah: Risalah, section: StepSection, written: Section) -> dict[str, Any]:
    """What the page of a step, which saves without being loaded again, shows anew and tells.

    `shown` is HTML by the id of the element that holds it, drawn as when the page is loaded; `told` is the sentence
    about the step, for the page to tell when it differs from the one before.
    """
    plan = outline(risalah.outline)
    step = plan.step_of(section.key)
    progress = queries.progress(risalah)
    in_document = progress.has_document
    diagrams = shown_by_section(risalah, [section.key])[section.key]
    shown = {
        f"keadaan-{section.key}": macro(
            "risalah/_parts.html", "part_state", section, written.html, diagrams, in_document
        ),
        f"disimpan-{section.key}": macro(
            "risalah/_parts.html", "part_saved", risalah, section, written, True
        ),
        TRACKER: macro(
            "components/ui.html", "steps", step_items(risalah, progress, step.number), TRACKER_LABEL
        ),
    }
    return {"shown": shown, "told": step_words(progress, step)}


def macro(template: str, name: str, *values: object) -> str:
    """What a macro makes of these values, for answers that show a part of a page anew."""
    return str(get_template_attribute(template, name)(*values)).strip()


def step_words(progress: Completeness, step: Step) -> str:
    """One sentence on how far a step is, for those who do not see the step tracker."""
    here = progress.steps[step.number - 1]
    if progress.has_document and not here.complete:
        return f"Langkah {step.number} ada dalam PDF utuh."
    if progress.steps_done == len(progress.steps):
        return f"Langkah {step.number} selesai. Semua langkah sudah terisi."
    if here.complete:
        return f"Langkah {step.number} selesai."
    if here.started:
        return f"Langkah {step.number} belum lengkap: {len(here.missing)} bagian kosong."
    return f"Langkah {step.number} belum dimulai."


def workplace(
    risalah: Risalah,
    *,
    title_form: TitleForm | None = None,
    upload_form: UploadForm | None = None,
    document_form: DocumentForm | None = None,
) -> str:
    """The team's page: the next step, what is missing, title, files."""
    files = queries.files(risalah)
    submissions = queries.submissions(risalah)
    attachments = [f for f in files if f.purpose is AttachmentPurpose.ATTACHMENT]
    returned = queries.returned_hand_in(risalah)
    return render_template(
        "risalah/show.html",
        risalah=risalah,
        group=risalah.group,
        outline=outline(risalah.outline),
        progress=queries.progress(risalah),
        window=queries.window(risalah),
        now=clock.now(),
        submissions=submissions,
        returned=returned,
        unchanged=queries.is_unchanged(risalah, returned),
        files=attachments,
        document=whole_document(files),
        used=sum(f.size for f in files),
        quota=quota(),
        title_form=title_form or TitleForm(formdata=None, obj=risalah),
        upload_form=upload_form or UploadForm(formdata=None),
        document_form=document_form or DocumentForm(formdata=None),
        **_limits(risalah),
    )


def step_page(
    risalah: Risalah,
    step: Step,
    *,
    refused: Mapping[str, SectionForm] | None = None,
    upload_form: UploadForm | None = None,
) -> str:
    """The page of one step: its sections with their editors, its files, the way to its neighbours."""
    written = queries.sections(risalah)
    pictures = queries.pictures(risalah)
    refused = refused or {}
    plan = outline(risalah.outline)
    files = queries.files(risalah)
    progress = queries.progress(risalah)
    diagrams = shown_by_section(risalah, [section.key for section in step.sections])
    removed = queries.diagrams(risalah, removed=True)
    return render_template(
        "risalah/step.html",
        risalah=risalah,
        group=risalah.group,
        outline=plan,
        step=step,
        before=plan.steps[step.number - 2] if step.number > 1 else None,
        after=plan.steps[step.number] if step.number < len(plan.steps) else None,
        progress=progress,
        tracker=TRACKER,
        tracker_label=TRACKER_LABEL,
        told=step_words(progress, step),
        returned=queries.returned_hand_in(risalah),
        window=queries.window(risalah),
        now=clock.now(),
        sections=[
            part(
                s,
                written.get(s.key),
                pictures,
                refused.get(s.key),
                diagrams[s.key],
                [diagram for diagram in removed if diagram.section == s.key],
            )
            for s in step.sections
        ],
        pictures=pictures,
        files=[f for f in files if f.step == step.key],
        document=whole_document(files),
        upload_form=upload_form or UploadForm(formdata=None, step=step.number),
        **_limits(risalah),
    )


def whole_document(files: Sequence[Attachment]) -> Attachment | None:
    """The PDF that stands for the whole risalah, or None."""
    return next((f for f in files if f.purpose is AttachmentPurpose.DOCUMENT), None)


def quota() -> int:
    """Room in bytes for all files of a risalah."""
    return int(current_app.extensions["settings"].risalah_quota_bytes)


def file_url(public_id: str) -> str:
    """Where team and committee fetch a file."""
    return url_for("risalah.file", public_id=public_id)


def file_items(
    files: Sequence[Attachment], *, removable: bool, name_step: bool = True
) -> list[dict[str, Any]]:
    """The files as the component `file_list` wants them; `name_step` says to which step each belongs."""
    return [
        {
            "name": f.filename,
            "url": file_url(f.public_id),
            "size": f.size,
            "note": " · ".join(
                [f"langkah {f.step}"] * (name_step and f.step is not None)
                + [f"{f.pages} halaman"] * (f.pages is not None)
            ),
            "remove_url": url_for("risalah.remove_file", public_id=f.public_id) if removable else None,
        }
        for f in files
    ]


def step_items(risalah: Risalah, progress: Completeness, active: int | None = None) -> list[dict[str, Any]]:
    """The steps as the component `steps` wants them."""
    items = []
    for p in progress.steps:
        lacking = f"{len(p.missing)} bagian kosong" if p.started and p.missing else None
        items.append(
            {
                "label": f"{p.step.number}. {p.step.name}",
                "state": "done" if progress.has_document else p.state,
                "note": "dalam PDF utuh" if progress.has_document and not p.complete else lacking,
                "url": url_for("risalah.step", public_id=risalah.public_id, step=p.step.number),
                "active": p.step.number == active,
            }
        )
    return items


def _limits(risalah: Risalah) -> dict[str, Any]:
    actor = current_actor()
    open_to_writing = risalah.state is not RisalahState.SUBMITTED
    return {
        "can_write": open_to_writing and may(actor, Action.WRITE_RISALAH, risalah),
        "can_hand_in": open_to_writing and may(actor, Action.HAND_IN_RISALAH, risalah),
        "attachment_kinds": Purpose.ATTACHMENT.accept_attribute,
        "document_kinds": Purpose.RISALAH.accept_attribute,
        "largest_file": Kind.PDF.max_bytes,
        "file_items": file_items,
        "file_url": file_url,
        "step_items": step_items,
    }
