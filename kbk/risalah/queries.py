"""Named reads about risalah, their sections, files and hand-ins."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kbk.db import db
from kbk.errors import NotFound
from kbk.groups.models import Group
from kbk.risalah import diagrams as drawing
from kbk.risalah import prose
from kbk.risalah.models import (
    Attachment,
    Diagram,
    DiagramRevision,
    Risalah,
    Section,
    SectionRevision,
    Submission,
)
from kbk.risalah.outline import outline
from kbk.risalah.reading import Content, fingerprint
from kbk.risalah.rules import (
    AttachmentPurpose,
    Completeness,
    RisalahState,
    SectionFacts,
    Window,
    completeness,
)


def risalah(public_id: str) -> Risalah:
    """The risalah with this public id; NotFound when there is none."""
    query = select(Risalah).where(Risalah.public_id == public_id)
    found = db.session.scalar(query.options(joinedload(Risalah.group).joinedload(Group.competition)))
    if found is None:
        raise NotFound("Risalah ini tidak ditemukan.")
    return found


def risalah_of(group: Group) -> Risalah | None:
    """The group's risalah, or None while it has not begun."""
    return db.session.scalar(select(Risalah).where(Risalah.group_id == group.id))


def hold(risalah: Risalah) -> None:
    """Read the risalah anew and keep everybody else from changing it until the transaction ends."""
    db.session.flush()
    db.session.refresh(risalah, with_for_update={"of": Risalah})


def section(risalah: Risalah, key: str) -> Section | None:
    """The text of a part, or None while nothing was written there."""
    query = select(Section).where(Section.risalah_id == risalah.id, Section.key == key)
    return db.session.scalar(query.options(joinedload(Section.updated_by)))


def sections(risalah: Risalah) -> Mapping[str, Section]:
    """All written parts by key."""
    query = select(Section).where(Section.risalah_id == risalah.id)
    return {found.key: found for found in db.session.scalars(query.options(joinedload(Section.updated_by)))}


def revisions(section: Section) -> Sequence[SectionRevision]:
    """The texts a part has had, the latest first."""
    query = select(SectionRevision).where(SectionRevision.section_id == section.id)
    latest_first = query.order_by(SectionRevision.version.desc()).options(
        joinedload(SectionRevision.saved_by)
    )
    return db.session.scalars(latest_first).all()


def latest_revision(section: Section) -> SectionRevision | None:
    """The text that was saved last."""
    query = select(SectionRevision).where(SectionRevision.section_id == section.id)
    return db.session.scalar(query.order_by(SectionRevision.version.desc()).limit(1))


def revision(section: Section, version: int) -> SectionRevision:
    """One earlier text; NotFound when there is none."""
    query = select(SectionRevision).where(
        SectionRevision.section_id == section.id, SectionRevision.version == version
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("Naskah lama ini tidak ditemukan.")
    return found


def diagram(public_id: str) -> Diagram:
    """The diagram with this public id, removed ones too; NotFound when there is none."""
    query = select(Diagram).where(Diagram.public_id == public_id)
    found = db.session.scalar(query.options(joinedload(Diagram.risalah), joinedload(Diagram.updated_by)))
    if found is None:
        raise NotFound("Diagram ini tidak ditemukan.")
    return found


def diagrams(risalah: Risalah, *, removed: bool = False) -> Sequence[Diagram]:
    """The diagrams that count now, or those that were removed, oldest first."""
    taken = Diagram.removed_at.is_not(None) if removed else Diagram.removed_at.is_(None)
    query = select(Diagram).where(Diagram.risalah_id == risalah.id, taken).order_by(Diagram.id)
    return db.session.scalars(query.options(joinedload(Diagram.updated_by))).all()


def diagram_revisions(diagram: Diagram) -> Sequence[DiagramRevision]:
    """What a diagram has held, the latest first."""
    query = select(DiagramRevision).where(DiagramRevision.diagram_id == diagram.id)
    latest_first = query.order_by(DiagramRevision.version.desc())
    return db.session.scalars(latest_first.options(joinedload(DiagramRevision.saved_by))).all()


def latest_diagram_revision(diagram: Diagram) -> DiagramRevision | None:
    """What was saved last."""
    query = select(DiagramRevision).where(DiagramRevision.diagram_id == diagram.id)
    return db.session.scalar(query.order_by(DiagramRevision.version.desc()).limit(1))


def diagram_revision(diagram: Diagram, version: int) -> DiagramRevision:
    """What the diagram held at an earlier version; NotFound when there is none."""
    query = select(DiagramRevision).where(
        DiagramRevision.diagram_id == diagram.id, DiagramRevision.version == version
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("Isi lama ini tidak ditemukan.")
    return found


def attachment(public_id: str) -> Attachment:
    """The file with this public id, removed ones too; NotFound when there is none."""
    query = select(Attachment).where(Attachment.public_id == public_id)
    found = db.session.scalar(query.options(joinedload(Attachment.risalah)))
    if found is None:
        raise NotFound("Berkas ini tidak ditemukan.")
    return found


def files(risalah: Risalah) -> Sequence[Attachment]:
    """The files that count now, oldest first."""
    query = select(Attachment).where(Attachment.risalah_id == risalah.id, Attachment.removed_at.is_(None))
    return db.session.scalars(query.order_by(Attachment.id)).all()


def pictures(risalah: Risalah) -> frozenset[str]:
    """Public ids of the pictures that the risalah's texts may show."""
    query = select(Attachment.public_id).where(
        Attachment.risalah_id == risalah.id, Attachment.purpose == AttachmentPurpose.PICTURE
    )
    return frozenset(db.session.scalars(query))


def submissions(risalah: Risalah) -> Sequence[Submission]:
    """All hand-ins, the latest first."""
    query = select(Submission).where(Submission.risalah_id == risalah.id).order_by(Submission.number.desc())
    return db.session.scalars(query.options(joinedload(Submission.submitted_by))).all()


def submission(risalah: Risalah, number: int) -> Submission:
    """One hand-in by its number from 1; NotFound when there is none."""
    query = select(Submission).where(Submission.risalah_id == risalah.id, Submission.number == number)
    found = db.session.scalar(query.options(joinedload(Submission.submitted_by)))
    if found is None:
        raise NotFound("Penyerahan ini tidak ditemukan.")
    return found


def latest_submission(risalah: Risalah) -> Submission | None:
    """The last hand-in, returned or not, or None before the first."""
    query = select(Submission).where(Submission.risalah_id == risalah.id).order_by(Submission.number.desc())
    return db.session.scalar(query.limit(1).options(joinedload(Submission.submitted_by)))


def returned_hand_in(risalah: Risalah) -> Submission | None:
    """The hand-in that the committee has sent back and that waits to be corrected, or None."""
    return latest_submission(risalah) if risalah.state is RisalahState.RETURNED else None


def is_unchanged(risalah: Risalah, submission: Submission | None) -> bool:
    """True when the risalah still says letter by letter what was handed in then."""
    return submission is not None and fingerprint(content(risalah)) == submission.sha256


def progress(risalah: Risalah) -> Completeness:
    """What the risalah has and lacks."""
    return progress_of(content(risalah))


def progress_of(content: Content) -> Completeness:
    """What a content has and lacks."""
    facts = {key: prose.facts(html) for key, html in content["sections"].items()}
    for found in content.get("diagrams", ()):
        facts[found["section"]] = replace(facts.get(found["section"], SectionFacts()), has_picture=True)
    return completeness(
        outline(content["outline"]),
        content["title"],
        facts,
        has_document=any(f["purpose"] == AttachmentPurpose.DOCUMENT.value for f in content["attachments"]),
    )


def window(risalah: Risalah) -> Window:
    """When the group may hand in."""
    return group_window(risalah.group)


def group_window(group: Group) -> Window:
    """When a group may hand in."""
    edition = group.competition
    return Window(edition.submission_opens_at, group.deadline, edition.submission_deadline, edition.zone)


def content(risalah: Risalah) -> dict[str, Any]:
    """The risalah as it stands now, in the form that a hand-in freezes (see `reading`)."""
    group = risalah.group
    written = select(Section.key, Section.html).where(Section.risalah_id == risalah.id, Section.html != "")
    drawable = [data for found in diagrams(risalah) if (data := _diagram(found))]
    # Without diagrams the key is left out, so that hand-ins from before there were any keep their fingerprint.
    return ({"diagrams": drawable} if drawable else {}) | {
        "title": risalah.title,
        "outline": risalah.outline,
        "edition": group.competition.name,
        "group": {"name": group.name, "unit": group.unit.name, "category": group.category.name},
        "members": [{"name": member.name, "role": member.role.value} for member in group.members],
        "sections": dict(db.session.execute(written).all()),
        "attachments": [_file(found) for found in files(risalah)],
    }


def shown_content(risalah: Risalah, number: int | None = None) -> tuple[dict[str, Any], Submission | None]:
    """What a reader sees: a hand-in by number, the one now with the committee, or the draft."""
    if number is not None:
        chosen = submission(risalah, number)
        return chosen.content, chosen
    if risalah.state is RisalahState.SUBMITTED and (latest := latest_submission(risalah)):
        return latest.content, latest
    return content(risalah), None


def _diagram(found: Diagram) -> dict[str, Any] | None:
    """A diagram as a hand-in freezes it, or None for one that cannot be drawn yet."""
    data = drawing.compose(found.kind, found.typed)
    if isinstance(data, drawing.Fault):
        return None
    return {"public_id": found.public_id, "section": found.section, "kind": found.kind, "data": dict(data)}


def _file(found: Attachment) -> dict[str, Any]:
    return {
        "public_id": found.public_id,
        "filename": found.filename,
        "media_type": found.media_type,
        "size": found.size,
        "sha256": found.sha256,
        "pages": found.pages,
        "purpose": found.purpose.value,
        "step": found.step,
    }
