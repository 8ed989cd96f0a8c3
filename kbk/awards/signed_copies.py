"""Keeping the scan of a berita acara that was signed by hand. Never commits.

A scan belongs to one berita acara and stays with it, also when that is revoked. A better scan takes the place of the
one before it, which stays kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kbk.audit.trail import record
from kbk.awards import minutes_queries
from kbk.awards.models import Minutes, SignedCopy
from kbk.db import db
from kbk.errors import Conflict, InvalidInput
from kbk.indonesian import format_date
from kbk.policy import Actor


def check_can_keep(minutes: Minutes) -> None:
    """Raise Conflict for a revoked berita acara: its successor is the one that is signed."""
    if minutes.revoked_at is not None:
        raise Conflict(
            "Berita acara ini sudah dicabut dan diganti. Unggah salinan bertanda tangan penggantinya."
        )


@dataclass(frozen=True, slots=True)
class Scan:
    """An inspected and stored upload that is not kept yet.

    `number` is the scan of this berita acara that its sender meant (1 for the first); `exact` says that it is the
    printed file with something added, as electronic signing does.
    """

    filename: str
    pages: int
    sha256: str
    size: int
    number: int
    reason: str
    exact: bool


def holds_the_printed_file(
    content: bytes, minutes: Minutes, printed: Iterable[tuple[Minutes, bytes]]
) -> bool:
    """Say whether an upload is the printed berita acara with something added after it, as electronic signing does.

    `printed` are the files of the edition, those of other berita acara too. Raises InvalidInput for one of these
    files without a signature, and for another berita acara that was signed.
    """
    for other, file in printed:
        if not content.startswith(file):
            continue
        named = f"Berita acara {other.stage.name}, {format_date(other.issued_on)}"
        if other.id != minutes.id:
            raise InvalidInput(
                f"Ini berkas lain: {named}. Pilih salinan berita acara halaman ini.", field="files"
            )
        if len(content.rstrip()) == len(file.rstrip()):
            raise InvalidInput(
                "Ini berkas yang dicetak, belum ditandatangani. Unggah hasil pindai sesudah ditandatangani.",
                field="files",
            )
        return True
    return False


def check_scan(minutes: Minutes, scan: Scan) -> SignedCopy | None:
    """The scan that is kept already, when it is this very file, or None when `scan` may be kept.

    Raises Conflict for a revoked berita acara or another number than the next, and InvalidInput when a scan is to be
    replaced without a reason.
    """
    check_can_keep(minutes)
    former = minutes_queries.last_signed_copy(minutes)
    if former is not None and former.sha256 == scan.sha256:
        return former
    if scan.number != (former.number + 1 if former else 1):
        raise Conflict(
            "Salinan lain baru saja disimpan oleh panitia lain. Periksa dahulu apakah masih perlu diganti."
        )
    if former is not None and not scan.reason:
        raise InvalidInput("Alasan penggantian wajib diisi.", field="reason")
    return None


def keep_signed_copy(actor: Actor, minutes: Minutes, scan: Scan, now: datetime) -> SignedCopy:
    """Keep a scan that was looked at; the same file sent twice is kept once. Raises as `check_scan` does."""
    if same := check_scan(minutes, scan):
        return same
    kept = SignedCopy(
        minutes_id=minutes.id,
        number=scan.number,
        filename=scan.filename,
        pages=scan.pages,
        sha256=scan.sha256,
        size=scan.size,
        reason=scan.reason,
        uploaded_at=now,
        uploaded_by_id=actor.user_id,
    )
    db.session.add(kept)
    db.session.flush()
    replaces = kept.number > 1
    record(
        actor,
        "signed-copy-replaced" if replaces else "signed-copy-kept",
        minutes,
        now=now,
        filename=kept.filename,
        sha256=kept.sha256,
        **({"reason": scan.reason} if replaces else {}),
    )
    return kept
