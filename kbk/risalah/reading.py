"""A risalah as it is read: by the team as preview, by the committee and the judges as it was handed in. Pure.

`Content` is what a hand-in freezes: plain JSON with title, outline, edition, group, members, sections, attachments and,
if there are any, diagrams.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeAlias

from kbk.errors import NotFound
from kbk.policy import MemberRole
from kbk.risalah.diagrams import Drawing, drawn_again
from kbk.risalah.outline import Step, StepSection, outline
from kbk.risalah.rules import AttachmentPurpose

Content: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file of the hand-in; `step` is the key of the step it belongs to, or None."""

    public_id: str
    filename: str
    media_type: str
    size: int
    sha256: str
    pages: int | None
    purpose: AttachmentPurpose
    step: str | None

    @property
    def is_image(self) -> bool:
        """True for pictures, which a page shows instead of naming them."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A person of the group, at the time of handing in."""

    name: str
    role: MemberRole


@dataclass(frozen=True, slots=True)
class ReadDiagram:
    """A diagram of a section; `number` counts those of the whole risalah from 1 in the order of reading."""

    number: int
    kind: str
    data: Mapping[str, object]

    @property
    def drawing(self) -> Drawing | None:
        """The drawing, or None should the tool no longer take what was frozen."""
        return drawn_again(self.kind, self.data)


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section with its text and the diagrams that stand below it."""

    section: StepSection
    html: str
    diagrams: tuple[ReadDiagram, ...] = ()

    @property
    def filled(self) -> bool:
        """True when text or diagram is there."""
        return bool(self.html or self.diagrams)


@dataclass(frozen=True, slots=True)
class ReadStep:
    """A step with everything handed in for it."""

    step: Step
    sections: tuple[ReadSection, ...]
    files: tuple[FileFacts, ...]

    @property
    def empty(self) -> bool:
        """True when neither text nor diagram nor file is there."""
        return not self.files and not any(section.filled for section in self.sections)


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole risalah, ready to be laid out."""

    title: str
    edition: str
    group: str
    unit: str
    category: str
    members: tuple[MemberFacts, ...]
    steps: tuple[ReadStep, ...]
    all_files: tuple[FileFacts, ...]

    @property
    def document(self) -> FileFacts | None:
        """The whole risalah as one PDF, if it was handed in like that."""
        return next((f for f in self.all_files if f.purpose is AttachmentPurpose.DOCUMENT), None)

    @property
    def general_files(self) -> tuple[FileFacts, ...]:
        """The attachments that belong to no single step."""
        return tuple(
            f for f in self.all_files if f.purpose is AttachmentPurpose.ATTACHMENT and f.step is None
        )

    @property
    def listed_files(self) -> tuple[FileFacts, ...]:
        """All files but the pictures inside the texts."""
        return tuple(f for f in self.all_files if f.purpose is not AttachmentPurpose.PICTURE)

    @property
    def pictures(self) -> frozenset[str]:
        """Public ids of the pictures that the texts may show."""
        return frozenset(f.public_id for f in self.all_files if f.purpose is AttachmentPurpose.PICTURE)

    @property
    def written(self) -> bool:
        """True when at least one section has a text or a diagram."""
        return any(section.filled for step in self.steps for section in step.sections)

    @property
    def diagram_count(self) -> int:
        """How many diagrams there are."""
        return sum(len(section.diagrams) for step in self.steps for section in step.sections)

    def file(self, public_id: str) -> FileFacts:
        """The file with this id. Raises NotFound for every file that is not part of this reading."""
        for found in self.all_files:
            if found.public_id == public_id:
                return found
        raise NotFound("Berkas ini tidak ditemukan.")


def reading_of(content: Content) -> Reading:
    """Make a hand-in's content readable."""
    sections: Mapping[str, str] = content["sections"]
    files = tuple(_file(data) for data in content["attachments"])
    number = count(1)

    def section_of(section: StepSection) -> ReadSection:
        own = [found for found in content.get("diagrams", ()) if found["section"] == section.key]
        read = tuple(ReadDiagram(next(number), found["kind"], found["data"]) for found in own)
        return ReadSection(section, sections.get(section.key, ""), read)

    steps = tuple(
        ReadStep(
            step,
            tuple(section_of(section) for section in step.sections),
            tuple(f for f in files if f.purpose is AttachmentPurpose.ATTACHMENT and f.step == step.key),
        )
        for step in outline(content["outline"]).steps
    )
    group = content["group"]
    return Reading(
        title=content["title"],
        edition=content["edition"],
        group=group["name"],
        unit=group["unit"],
        category=group["category"],
        members=tuple(MemberFacts(m["name"], MemberRole(m["role"])) for m in content["members"]),
        steps=steps,
        all_files=files,
    )


def fingerprint(content: Content) -> str:
    """SHA-256 of the content written as canonical JSON: sorted keys, no blanks, UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _file(data: Mapping[str, Any]) -> FileFacts:
    return FileFacts(
        public_id=data["public_id"],
        filename=data["filename"],
        media_type=data["media_type"],
        size=data["size"],
        sha256=data["sha256"],
        pages=data["pages"],
        purpose=AttachmentPurpose(data["purpose"]),
        step=data["step"],
    )
