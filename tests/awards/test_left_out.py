"""A group that has withdrawn, or did not appear, does not hold up the stage for all others."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from kbk.audit.models import AuditRow
from kbk.awards import issuing, printing, service
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.errors import NotAllowed
from kbk.judging import service as judging
from kbk.judging.models import Sheet
from tests.awards.contest import NOW, PANITIA, Contest, said
from tests.page import Browser

Acting = Callable[[str | None], Browser]
REASON = "Mengundurkan diri dengan surat 12/KBK/2024"


@pytest.fixture
def withdrawn(contest: Contest) -> Contest:
    """A is judged, B has no judge left."""
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("80", "84"), "B": (None, None)})
    with transaction():
        for sheet in db.session.scalars(select(Sheet).where(Sheet.signed_at.is_(None))):
            judging.recuse(PANITIA, sheet, "Kelompok mengundurkan diri", NOW)
    return contest


def leave_out(contest: Contest, *names: str) -> None:
    with transaction():
        groups = [contest.cast.group(name).id for name in names]
        service.close_stage(PANITIA, contest.stage, NOW, left_out=groups, reason=REASON)


def test_stage_is_closed_without_a_group_that_nobody_judges(withdrawn: Contest) -> None:
    leave_out(withdrawn, "B")
    withdrawn.decide()
    withdrawn.publish()
    assert withdrawn.standings() == {"A": (1, "advanced", ""), "B": (None, "out", "")}
    assert withdrawn.entrants(2) == {"A"}
    closed = db.session.scalars(select(AuditRow).where(AuditRow.action == "stage-closed")).one()
    assert (closed.detail["groups"], closed.detail["reason"]) == (["B"], REASON)


def test_papers_say_that_the_group_has_no_score(withdrawn: Contest) -> None:
    leave_out(withdrawn, "B")
    withdrawn.decide()
    paper = printing.ranking_paper(withdrawn.stage, withdrawn.cast.category())
    assert [(row.place, row.group, row.remark) for row in paper.rows] == [
        (1, "A", "Lolos"),
        (None, "B", "Tanpa nilai"),
    ]
    assert issuing.drafts(withdrawn.cast.competition(), issued_on=NOW.date(), participants=True) == []


def test_group_is_not_left_out_unasked(withdrawn: Contest) -> None:
    with pytest.raises(NotAllowed, match="belum ada nilai untuk KBK B"):
        withdrawn.close()


def test_group_with_a_judge_is_not_left_out(contest: Contest) -> None:
    contest.rules(missing="present")
    contest.enter({"A": ("80", "84"), "B": (None, None)})
    with pytest.raises(NotAllowed, match="belum ada nilai untuk KBK B"):
        leave_out(contest, "B")


def test_stage_without_any_score_is_not_closed(contest: Contest) -> None:
    contest.enter({"A": (), "B": ()})
    with pytest.raises(NotAllowed, match="belum ada nilai untuk KBK A dan B"):
        leave_out(contest, "A", "B")


def test_committee_closes_without_the_group_from_its_page(withdrawn: Contest, acting_as: Acting) -> None:
    panitia = acting_as("panitia")
    stages = panitia.get(f"/panitia/gelar/{withdrawn.cast.competition().public_id}/tahap")
    address = f"/panitia/tahap/{withdrawn.stage.public_id}/tutup-tanpa-nilai"
    assert address in stages.text
    assert panitia.post(address, {"reason": REASON}).status == 400
    group = withdrawn.cast.group("B").public_id
    assert panitia.post(address, {"groups": group, "reason": REASON}).status == 302
    db.session.expire_all()
    assert withdrawn.stage.state is StageState.CLOSED
    ranking = panitia.get(f"/panitia/tahap/{withdrawn.stage.public_id}/peringkat")
    assert "Tanpa nilai" in said(ranking)
