"""Keeping the scan of a berita acara that was signed by hand. Never commits.

A scan belongs to one berita acara and stays with it, also when that is revoked. A better scan takes the place of the
one before it, which stays kept.
"""

from datetime import datetime

from kbk.audit.trail import record
from kbk.awards import minutes_queries
from kbk.awards.models import Minutes, SignedCopy
from kbk.db import db
from kbk.errors import Conflict, InvalidInput
from kbk.files.inspection import Inspected
from kbk.files.store import StoredObject
from kbk.policy import Actor


def check_can_keep(minutes: Minutes) -> None:
    """Raise Conflict for a revoked berita acara: its successor is the one that is signed."""
    if minutes.revoked_at is not None:
        raise Conflict(
            "Berita acara ini sudah dicabut dan diganti. Unggah salinan bertanda tangan penggantinya."
        )


def keep_signed_copy(
    actor: Actor,
    minutes: Minutes,
    inspected: Inspected,
    stored: StoredObject,
    now: datetime,
    *,
    number: int,
    reason: str = "",
) -> SignedCopy:
    """Keep an inspected and stored scan; the same file sent twice is kept once.

    `number` is the scan the sender meant (1 for the first). Raises Conflict for a revoked berita acara or another
    number, and InvalidInput when a scan is to be replaced without a reason.
    """
    check_can_keep(minutes)
    former = minutes_queries.last_signed_copy(minutes)
    if former is not None and former.sha256 == stored.sha256:
        return former
    if number != (former.number + 1 if former else 1):
        raise Conflict(
            "Salinan lain baru saja disimpan oleh panitia lain. Periksa dahulu apakah masih perlu diganti."
        )
    if former is not None and not reason:
        raise InvalidInput("Alasan penggantian wajib diisi.", field="reason")
    assert inspected.pages is not None
    kept = SignedCopy(
        minutes_id=minutes.id,
        number=number,
        filename=inspected.filename,
        pages=inspected.pages,
        sha256=stored.sha256,
        size=stored.size,
        reason=reason,
        uploaded_at=now,
        uploaded_by_id=actor.user_id,
    )
    db.session.add(kept)
    db.session.flush()
    record(
        actor,
        "signed-copy-replaced" if former else "signed-copy-kept",
        minutes,
        now=now,
        filename=kept.filename,
        sha256=kept.sha256,
        **({"reason": reason} if former else {}),
    )
    return kept
