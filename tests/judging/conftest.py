"""People as the services know them, and things the tests of judging share."""

from collections.abc import Callable

import pytest

from kbk.db import db, transaction
from kbk.groups import queries as groups
from kbk.judging import queries
from kbk.judging.models import Sheet
from kbk.policy import Actor
from kbk.web.storage import store
from tests.cast import Cast

COMPLETE = {f"s{number:02}": mark for number, mark in enumerate(("8", "7,5", "9", "10", "6.5"), 1)}
"""8/10·20 + 7.5/10·25 + 9/10·35 + 10/10·10 + 6.5/10·10 = 82.75."""


@pytest.fixture
def actor(cast: Cast) -> Callable[[str], Actor]:
    """The named person with all offices, as a request knows it."""

    def find(username: str) -> Actor:
        user = cast.user(username)
        member, judge = groups.membership_facts(user.id), queries.appointment_facts(user.id)
        return Actor(
            user.id,
            user.name,
            organiser=user.is_organiser,
            groups=member.roles,
            judge_ids=judge.judge_ids,
            unit_ids=member.unit_ids | judge.unit_ids,
        )

    return find


@pytest.fixture
def marks(app) -> Callable[[Sheet], dict[str, str]]:
    """What is stored on a sheet, digit by digit."""

    def stored(sheet: Sheet) -> dict[str, str]:
        return {criterion: str(mark) for criterion, mark in queries.marks(sheet).items()}

    return stored


@pytest.fixture
def hand_in_file(app, cast: Cast) -> Callable[..., str]:
    """Put a stored file into the hand-in of a group; gives its public id."""

    def put(group: str, content: bytes = b"%PDF-1.7 contoh", media_type: str = "application/pdf") -> str:
        kept = store().put_bytes(content)
        file_id = f"berkas{group:_<10}"
        facts = {
            "public_id": file_id,
            "filename": f"risalah-{group}.pdf",
            "media_type": media_type,
            "size": len(content),
            "sha256": kept.sha256,
            "pages": 1,
            "purpose": "attachment",
            "step": None,
        }
        with transaction():
            submission = cast.risalah(group).submissions[-1]
            submission.content = {**submission.content, "attachments": [facts]}
        db.session.expire_all()
        return file_id

    return put
