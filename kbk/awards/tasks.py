"""Certificates made by the worker, a few at a time."""

from datetime import date

from kbk import clock
from kbk.accounts.models import User
from kbk.accounts.service import as_actor
from kbk.awards import issuing
from kbk.awards.papers import render_certificates
from kbk.competitions.models import Competition
from kbk.db import db, transaction
from kbk.jobs.models import Job
from kbk.jobs.queue import Progress, handles

AT_A_TIME = 10


@handles(issuing.CERTIFICATES)
def make_certificates(job: Job, progress: Progress) -> None:
    """Make what is missing. Started a second time it goes on where it stopped: what is stored is left out.

    The papers are rendered while no transaction is open, so that nobody waits for them.
    """
    competition_id, owner_id = job.competition_id, job.owner_id
    issued_on = date.fromisoformat(job.payload["issued_on"])
    participants = bool(job.payload["participants"])
    done = 0
    while True:
        competition = db.session.get_one(Competition, competition_id)
        missing = issuing.drafts(competition, issued_on=issued_on, participants=participants)
        db.session.rollback()
        progress(done, done + len(missing))
        chosen = missing[:AT_A_TIME]
        if not chosen:
            return
        pdfs = render_certificates([draft.paper for draft in chosen])
        db.session.rollback()
        with transaction():
            actor = as_actor(db.session.get_one(User, owner_id)) if owner_id else None
            competition = db.session.get_one(Competition, competition_id)
            issuing.store_certificates(actor, competition, chosen, pdfs, clock.now())
        done += len(chosen)
