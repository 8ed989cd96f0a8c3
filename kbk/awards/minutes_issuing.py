"""Making the berita acara of a stage. Never commits.

It is drafted, laid out outside of any transaction, and then stored. Its file is never made again: a correction is a
new one, and the old one is revoked with a reason.
"""

from dataclasses import dataclass
from datetime import datetime

from kbk.audit.trail import record
from kbk.awards import minutes_queries, rules
from kbk.awards.minutes_printing import MinutesInput, minutes_paper
from kbk.awards.models import Minutes
from kbk.awards.papers import MinutesPaper, render_minutes
from kbk.awards.revoking import revoke
from kbk.competitions.models import Stage
from kbk.db import db, new_public_id
from kbk.errors import Conflict, InvalidInput
from kbk.policy import Actor
from kbk.web.storage import store


@dataclass(frozen=True, slots=True)
class MinutesDraft:
    """A berita acara with its code, not laid out yet."""

    public_id: str
    given: MinutesInput
    paper: MinutesPaper


def draft_minutes(stage: Stage, given: MinutesInput, *, replaces: Minutes | None = None) -> MinutesDraft:
    """What is to be laid out for a decided stage, or in the place of a berita acara that holds.

    Raises NotAllowed before the stage is decided or when its result no longer follows from its marks, Conflict when
    another berita acara holds, and InvalidInput for a number that another stage's has.
    """
    _check(stage, given, replaces)
    public_id = new_public_id()
    return MinutesDraft(public_id, given, minutes_paper(stage, given, public_id=public_id))


def store_minutes(
    actor: Actor | None,
    stage: Stage,
    draft: MinutesDraft,
    pdf: bytes,
    now: datetime,
    *,
    replaces: Minutes | None = None,
    reason: str = "",
) -> Minutes:
    """Keep a laid out berita acara; the one it `replaces` is revoked with the reason. Raises as `draft_minutes`."""
    if replaces is not None:
        revoke(replaces, "Berita acara", reason, now)
        record(actor, "minutes-revoked", replaces, now=now, reason=reason)
    _check(stage, draft.given, None)
    stored = store().put_bytes(pdf)
    made = Minutes(
        public_id=draft.public_id,
        stage_id=stage.id,
        number=draft.given.number,
        issued_on=draft.given.issued_on,
        venue=draft.given.venue,
        chair_id=draft.given.chair_id,
        absent=list(draft.given.absent),
        sha256=stored.sha256,
        size=stored.size,
        issued_at=now,
        issued_by_id=actor.user_id if actor else None,
    )
    db.session.add(made)
    db.session.flush()
    record(actor, "minutes-made", made, now=now, number=made.number, sha256=made.sha256)
    return made


def make_minutes(actor: Actor | None, stage: Stage, given: MinutesInput, now: datetime) -> Minutes:
    """Make the berita acara of a decided stage at once; for the shell."""
    draft = draft_minutes(stage, given)
    return store_minutes(actor, stage, draft, render_minutes(draft.paper), now)


def check_can_make(stage: Stage, *, replaces: Minutes | None = None) -> None:
    """Raise NotAllowed or Conflict unless a berita acara can be made, in the place of the one that is named."""
    rules.check_can_make_minutes(stage=stage.name, state=stage.state)
    if replaces is not None and replaces.revoked_at is not None:
        raise Conflict("Berita acara ini sudah dicabut dan diganti. Ganti penggantinya.")
    holding = minutes_queries.valid_minutes(stage)
    if holding is not None and holding is not replaces:
        raise Conflict(f"Berita acara tahap {stage.name} sudah ada. Ganti yang itu bila ada yang keliru.")


def _check(stage: Stage, given: MinutesInput, replaces: Minutes | None) -> None:
    check_can_make(stage, replaces=replaces)
    number = given.number
    if number and (other := minutes_queries.stage_with_number(stage.competition, number, besides=replaces)):
        raise InvalidInput(f"Nomor {number} sudah dipakai berita acara tahap {other}.", field="number")
