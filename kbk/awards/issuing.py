"""Making certificates. Never commits.

A certificate is drafted (its numbers are fixed), rendered outside of any transaction, and then stored. Its
file is never made again: a reprint is a new certificate, and the old one is revoked with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kbk.audit.trail import record
from kbk.awards import queries, rules
from kbk.awards.models import Certificate
from kbk.awards.papers import CertificatePaper, render_certificates
from kbk.awards.printing import certificate_paper
from kbk.awards.revoking import revoke
from kbk.competitions.models import Competition
from kbk.db import db, new_public_id
from kbk.errors import Conflict, NotAllowed
from kbk.groups.models import Group
from kbk.policy import Actor
from kbk.web.storage import store

CERTIFICATES = "certificates"
"""The kind of job that makes them."""


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """A certificate with its numbers, not rendered yet."""

    public_id: str
    group_id: int
    stage_id: int
    award: str
    serial: int
    number: str
    issued_on: date
    paper: CertificatePaper


def drafts(competition: Competition, *, issued_on: date, participants: bool) -> list[CertificateDraft]:
    """What is still to be made: for every award of a decided stage, and with `participants` for all others too.

    A group that has a valid certificate of the same award is left out.
    """
    valid = {(item.group_id, item.award) for item in queries.certificates(competition) if not item.revoked_at}
    wanted = [(row, row.award) for row in queries.awarded(competition)]
    if participants:
        holders = {row.group_id for row, _ in wanted}
        ended = [row for row in queries.ended(competition) if row.group_id not in holders]
        wanted += [(row, rules.PARTICIPANT) for row in ended]
    serial = queries.last_serial(competition)
    missing = [(row, award) for row, award in wanted if (row.group_id, award) not in valid]
    return [
        _draft(row.group, row.stage_id, award, serial=number, issued_on=issued_on)
        for number, (row, award) in enumerate(missing, serial + 1)
    ]


def _draft(group: Group, stage_id: int, award: str, *, serial: int, issued_on: date) -> CertificateDraft:
    number = rules.certificate_number(group.competition.certificate_number, serial=serial, day=issued_on)
    public_id = new_public_id()
    paper = certificate_paper(group, award=award, number=number, issued_on=issued_on, public_id=public_id)
    return CertificateDraft(public_id, group.id, stage_id, award, serial, number, issued_on, paper)


def store_certificates(
    actor: Actor | None,
    competition: Competition,
    chosen: Sequence[CertificateDraft],
    pdfs: Sequence[bytes],
    now: datetime,
) -> list[Certificate]:
    """Keep rendered certificates. Raises Conflict when their numbers were given to others meanwhile."""
    if chosen and queries.last_serial(competition) != chosen[0].serial - 1:
        raise Conflict("Piagam lain baru saja dibuat untuk gelar ini. Mulai sekali lagi.")
    made = []
    for draft, pdf in zip(chosen, pdfs, strict=True):
        stored = store().put_bytes(pdf)
        made.append(
            Certificate(
                public_id=draft.public_id,
                competition_id=competition.id,
                group_id=draft.group_id,
                stage_id=draft.stage_id,
                award=draft.award,
                serial=draft.serial,
                number=draft.number,
                issued_on=draft.issued_on,
                sha256=stored.sha256,
                size=stored.size,
                issued_at=now,
                issued_by_id=actor.user_id if actor else None,
            )
        )
    db.session.add_all(made)
    if made:
        files = {item.public_id: item.sha256 for item in made}
        record(actor, "certificates-issued", competition, now=now, files=files)
    db.session.flush()
    return made


def make_certificates(
    actor: Actor | None,
    competition: Competition,
    *,
    issued_on: date,
    participants: bool = False,
    now: datetime,
) -> list[Certificate]:
    """Make at once all certificates that are still missing; for the shell and for small editions."""
    chosen = drafts(competition, issued_on=issued_on, participants=participants)
    pdfs = render_certificates([draft.paper for draft in chosen]) if chosen else []
    return store_certificates(actor, competition, chosen, pdfs, now)


def reprint_draft(certificate: Certificate, *, issued_on: date) -> CertificateDraft:
    """The certificate once more, with a new number and today's names. NotAllowed when it was revoked already."""
    if certificate.revoked_at is not None:
        raise NotAllowed("Piagam ini sudah dicabut dan diganti. Cetak ulang piagam penggantinya.")
    serial = queries.last_serial(certificate.competition) + 1
    return _draft(
        certificate.group, certificate.stage_id, certificate.award, serial=serial, issued_on=issued_on
    )


def replace_certificate(
    actor: Actor | None,
    certificate: Certificate,
    draft: CertificateDraft,
    pdf: bytes,
    *,
    reason: str,
    now: datetime,
) -> Certificate:
    """Revoke a certificate with a reason and store its rendered successor."""
    revoke(certificate, "Piagam", reason, now)
    record(actor, "certificate-revoked", certificate, now=now, reason=reason)
    return store_certificates(actor, certificate.competition, [draft], [pdf], now)[0]
