"""E-mails with invitations, sent by the worker."""

from kbk import clock
from kbk.accounts import queries
from kbk.accounts.links import invitation_link
from kbk.accounts.service import MAIL_JOB
from kbk.db import db, transaction
from kbk.errors import DomainError
from kbk.jobs.models import Job
from kbk.jobs.queue import Progress, handles
from kbk.web.mail import send_invitation


@handles(MAIL_JOB)
def mail_invitation(job: Job, _progress: Progress) -> None:
    """Send an invitation's link, unless it was used, replaced or sent already; the link stays good if this fails.

    The job names the invitation only: its link must never lie in the database.
    """
    invitation_id, address, occasion = (job.payload[name] for name in ("invitation", "address", "occasion"))
    invitation = queries.invitation(invitation_id)
    if invitation is None or invitation.used_at or invitation.revoked_at or invitation.mailed_at:
        return
    message = invitation_link(invitation, occasion).message
    db.session.rollback()
    try:
        send_invitation(address, occasion=occasion, message=message)
    except OSError as error:
        raise DomainError(
            f"Surel ke {address} tidak terkirim. Serahkan tautannya lewat WhatsApp atau kode QR."
        ) from error
    with transaction():
        found = queries.invitation(invitation_id)
        if found is not None:
            found.mailed_at = clock.now()
