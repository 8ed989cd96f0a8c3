"""E-mails of the feature, sent by the worker."""

from flask import current_app

from kbk import clock
from kbk.accounts import queries as accounts
from kbk.accounts.links import invitation_link
from kbk.db import db, transaction
from kbk.errors import DomainError, NotFound
from kbk.groups import queries
from kbk.groups.service import MAIL_JOB, contact_of
from kbk.jobs.models import Job
from kbk.jobs.queue import Progress, handles
from kbk.web.mail import send_invitation


@handles(MAIL_JOB)
def mail_invitation(job: Job, _progress: Progress) -> None:
    """Send an invitation's link, unless it was used, replaced or sent already; the link stays good if this fails.

    The job names the invitation only: its link must never lie in the database.
    """
    invitation_id, member_id = job.payload["invitation"], job.payload["member"]
    invitation = accounts.invitation(invitation_id)
    try:
        member = queries.member(member_id)
    except NotFound:
        return
    address, occasion = contact_of(member).email, member.competition.name
    open_still = invitation is not None and invitation.used_at is None and invitation.revoked_at is None
    if invitation is None or not open_still or invitation.mailed_at is not None or not address:
        return
    with current_app.test_request_context():
        message = invitation_link(invitation, occasion).message
    db.session.rollback()
    try:
        send_invitation(address, occasion=occasion, message=message)
    except OSError as error:
        raise DomainError(
            f"Surel ke {address} tidak terkirim. Serahkan tautannya lewat WhatsApp atau kode QR."
        ) from error
    with transaction():
        found = accounts.invitation(invitation_id)
        if found is not None:
            found.mailed_at = clock.now()
