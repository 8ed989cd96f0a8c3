"""One later deadline for several groups at once. Never commits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from kbk.competitions.models import Competition
from kbk.errors import Conflict
from kbk.groups import queries, rules
from kbk.groups.service import extend_deadline
from kbk.indonesian import count, join_words
from kbk.policy import Actor
from kbk.versions import CHANGED_MEANWHILE

MOST_NAMED = 5


def extend_deadlines(
    actor: Actor,
    competition: Competition,
    versions: Mapping[str, int],
    until: datetime,
    reason: str,
    now: datetime,
) -> int:
    """Give several groups of an edition one later deadline with one reason; return how many of them have it now.

    `versions` names the groups by public id, each with the version of it that was read. A group that has a later
    deadline of its own keeps it. Raises InvalidInput, or Conflict that names the groups changed since they were
    read; the caller's transaction then ends without any change.
    """
    changed, extended = [], 0
    for group in queries.groups_named(competition, versions):
        if rules.keeps_own_deadline(group.extended_until, until):
            continue
        try:
            extend_deadline(actor, group, until, reason, version=versions[group.public_id], now=now)
        except Conflict:
            changed.append(group.name)
        extended += 1
    if changed:
        raise Conflict(CHANGED_MEANWHILE.format(thing=f"Data {_named(changed)}"))
    return extended


def _named(names: Sequence[str]) -> str:
    """Groups in a sentence, the first few by name."""
    more = len(names) - MOST_NAMED
    told = [*names[:MOST_NAMED], *([count(more, "kelompok lain")] if more > 0 else [])]
    return f"kelompok {join_words(told)}"
