"""What is done with a risalah: begin, write, attach, hand in, send back.

Each takes the risalah in hand first, except handing in: there the caller does, and reads the clock afterwards, so that
waiting for the lock counts.
"""

from datetime import datetime

from kbk.audit.trail import record
from kbk.db import db
from kbk.errors import Conflict, NotAllowed, NotFound
from kbk.files.inspection import Inspected
from kbk.files.store import StoredObject
from kbk.groups.models import Group
from kbk.groups.service import extend_deadline
from kbk.policy import Actor
from kbk.risalah import prose, queries, rules
from kbk.risalah.models import Attachment, Risalah, Section, SectionRevision, Submission
from kbk.risalah.outline import outline
from kbk.risalah.reading import fingerprint
from kbk.risalah.rules import AttachmentPurpose, RisalahState
from kbk.versions import CHANGED_MEANWHILE, advance


def begin(actor: Actor, group: Group, now: datetime) -> Risalah:
    """Start the group's risalah on the edition's outline; one that exists is returned as it is."""
    db.session.refresh(group, with_for_update={"of": Group})
    found = queries.risalah_of(group)
    if found is not None:
        return found
    risalah = Risalah(group=group, outline=group.competition.outline, created_at=now, updated_at=now)
    db.session.add(risalah)
    db.session.flush()
    record(actor, "risalah-begun", risalah, now=now, outline=risalah.outline)
    return risalah


def set_title(actor: Actor, risalah: Risalah, title: str, version: int, now: datetime) -> None:
    """Name the risalah. Raises Conflict when somebody changed it since `version`, NotAllowed when handed in."""
    queries.hold(risalah)
    rules.check_writable(risalah.state)
    if risalah.title == title:
        return
    former = risalah.title
    advance(
        risalah,
        version,
        {"title": title, "updated_at": now},
        CHANGED_MEANWHILE.format(thing="Judul risalah ini"),
    )
    record(actor, "risalah-titled", risalah, now=now, before=former, after=title)


def save_section(
    actor: Actor, risalah: Risalah, key: str, html: str, version: int, now: datetime, automatic: bool = False
) -> Section:
    """Keep the text of a part; `version` is the one that was edited, 0 for a part never written.

    Raises NotFound for an unknown part, NotAllowed when handed in, InvalidInput when too long, and Conflict when
    somebody else saved since. Saving what is there already changes nothing.
    """
    queries.hold(risalah)
    rules.check_writable(risalah.state)
    part = outline(risalah.outline).section(key)
    text = prose.clean(html, queries.pictures(risalah)).html
    rules.check_section_size(text, part.label)
    section = queries.section(risalah, key)
    if section is not None and section.html == text:
        _keep_for_good(section, automatic)
        return section
    if (section.version if section else 0) != version:
        who = section.updated_by.name if section and section.updated_by else "anggota lain"
        raise Conflict(f"Bagian “{part.label}” sudah disimpan oleh {who} sejak halaman ini dibuka.")
    if section is None:
        section = Section(risalah=risalah, key=key, version=0, updated_at=now)
        db.session.add(section)
    section.html = text
    section.version += 1
    section.updated_at = risalah.updated_at = now
    section.updated_by_id = actor.user_id
    db.session.flush()
    if _keep_revision(actor, section, automatic, now):
        record(actor, "section-saved", section, now=now, key=key, version=section.version)
    return section


def restore_section(
    actor: Actor, risalah: Risalah, key: str, revision: int, version: int, now: datetime
) -> Section:
    """Make an earlier text of a part the present one again; the present one stays in the history."""
    section = queries.section(risalah, key)
    if section is None:
        raise NotFound("Bagian ini belum pernah ditulis.")
    return save_section(actor, risalah, key, queries.revision(section, revision).html, version, now)


def attach(
    actor: Actor,
    risalah: Risalah,
    inspected: Inspected,
    stored: StoredObject,
    now: datetime,
    *,
    quota: int,
    purpose: AttachmentPurpose = AttachmentPurpose.ATTACHMENT,
    step: str | None = None,
) -> Attachment:
    """Add an inspected and stored file; `quota` is the room in bytes for all files of the risalah.

    A whole PDF (`DOCUMENT`) replaces the former one. The same file sent twice is kept once. Raises NotAllowed
    when handed in, NotFound for an unknown step, FileProblem when there is no room.
    """
    queries.hold(risalah)
    rules.check_writable(risalah.state)
    if step is not None:
        outline(risalah.outline).step(int(step))
    present = queries.files(risalah)
    sent = (stored.sha256, inspected.filename, purpose, step)
    again = next((f for f in present if (f.sha256, f.filename, f.purpose, f.step) == sent), None)
    if again is not None:
        return again
    replaced = [f for f in present if f.purpose is purpose] if purpose is AttachmentPurpose.DOCUMENT else []
    rules.check_room([f.size for f in present if f not in replaced], stored.size, quota)
    for former in replaced:
        former.removed_at = now
    added = Attachment(
        risalah=risalah,
        step=step,
        purpose=purpose,
        filename=inspected.filename,
        media_type=inspected.media_type,
        size=stored.size,
        sha256=stored.sha256,
        pages=inspected.pages,
        uploaded_at=now,
        uploaded_by_id=actor.user_id,
    )
    risalah.updated_at = now
    db.session.add(added)
    db.session.flush()
    record(actor, "file-attached", added, now=now, filename=added.filename, sha256=added.sha256)
    return added


def remove_file(actor: Actor, attachment: Attachment, now: datetime) -> None:
    """Take a file out of the risalah; earlier hand-ins keep it. Pictures go with their text, not by this."""
    risalah = attachment.risalah
    queries.hold(risalah)
    rules.check_writable(risalah.state)
    if attachment.purpose is AttachmentPurpose.PICTURE:
        raise NotAllowed("Gambar dalam naskah dihapus lewat penyunting, dari bagian yang memuatnya.")
    if attachment.removed_at is not None:
        return
    attachment.removed_at = risalah.updated_at = now
    record(actor, "file-removed", attachment, now=now, filename=attachment.filename, sha256=attachment.sha256)


def hand_in(actor: Actor, risalah: Risalah, now: datetime, number: int | None = None) -> Submission:
    """Hand the risalah in as it stands and freeze it; one that is handed in already returns that hand-in.

    The caller has taken the risalah in hand (`queries.hold`) and read `now` after that. `number` is the hand-in the
    sender meant (1 for the first): a page from before a correction was asked for must not hand in again. Raises
    NotAllowed outside the deadline or while something required is missing, Conflict for another number.
    """
    latest = queries.latest_submission(risalah)
    if risalah.state is RisalahState.SUBMITTED and latest is not None:
        return latest
    next_number = latest.number + 1 if latest else 1
    if number not in (None, next_number):
        raise Conflict(
            "Risalah dikembalikan sejak halaman ini dibuka. Baca alasan panitia, lalu serahkan lagi."
        )
    window = queries.window(risalah)
    window.check(now)
    content = queries.content(risalah)
    rules.check_complete(queries.progress_of(content))
    submission = Submission(
        risalah=risalah,
        number=next_number,
        submitted_at=now,
        submitted_by_id=actor.user_id,
        late=window.is_late(now, earlier_on_time=latest is not None and not latest.late),
        content=content,
        sha256=fingerprint(content),
    )
    db.session.add(submission)
    risalah.state = RisalahState.SUBMITTED
    risalah.submitted_at = risalah.updated_at = now
    risalah.late = submission.late
    risalah.version += 1
    db.session.flush()
    record(actor, "risalah-handed-in", risalah, now=now, number=submission.number, sha256=submission.sha256)
    return submission


def send_back(
    actor: Actor, risalah: Risalah, reason: str, now: datetime, *, judged: bool, due: datetime | None = None
) -> Submission:
    """Return a risalah for correction with a written reason; the hand-in stays on record.

    `judged` says whether a judge has given a mark, which forbids it. `due` becomes the group's own deadline; it is
    needed once the present one has passed. Raises NotAllowed or InvalidInput.
    """
    queries.hold(risalah)
    rules.check_send_back(
        risalah.state, judged=judged, deadline=queries.window(risalah).deadline, due=due, now=now
    )
    submission = queries.latest_submission(risalah)
    if submission is None:
        raise NotFound("Risalah ini belum pernah diserahkan.")
    submission.returned_at = now
    submission.returned_by_id = actor.user_id
    submission.return_reason = reason
    risalah.state = RisalahState.RETURNED
    risalah.submitted_at = None
    risalah.updated_at = now
    risalah.version += 1
    if due is not None:
        extend_deadline(
            actor,
            risalah.group,
            due,
            "Perbaikan risalah atas permintaan panitia",
            version=risalah.group.version,
            now=now,
        )
    record(actor, "risalah-sent-back", risalah, now=now, number=submission.number, reason=reason)
    return submission


def _keep_revision(actor: Actor, section: Section, automatic: bool, now: datetime) -> bool:
    """Put the section's new text on record; False when it only replaced the revision that it continues."""
    latest = queries.latest_revision(section)
    if latest is not None and automatic:
        before = rules.SavedText(latest.saved_by_id, latest.automatic, latest.begun_at, len(latest.html))
        if rules.continues(before, actor.user_id, len(section.html), now):
            latest.version, latest.html, latest.saved_at = section.version, section.html, now
            return False
    db.session.add(
        SectionRevision(
            section=section,
            version=section.version,
            html=section.html,
            automatic=automatic,
            begun_at=now,
            saved_at=now,
            saved_by_id=actor.user_id,
        )
    )
    return True


def _keep_for_good(section: Section, automatic: bool) -> None:
    """Saved by hand what was saved automatically already: later automatic saves must not replace it."""
    latest = queries.latest_revision(section)
    if latest is not None and not automatic:
        latest.automatic = False
