"""Groups and stages that bear the same name are told apart wherever one is named without its page."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from kbk.awards import printing, queries
from kbk.db import db, transaction
from kbk.errors import NotAllowed
from kbk.groups.models import Group
from tests.awards.contest import Contest, said
from tests.page import Browser

Acting = Callable[[str | None], Browser]


@pytest.fixture
def twins(contest: Contest) -> Contest:
    """Two groups of the name Kembar, equal at the line."""
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("80", "84"), "B": ("82", "82"), "C": ("70", "70")})
    with transaction():
        db.session.execute(update(Group).where(Group.name.in_(["A", "B"])).values(name="Kembar"))
    contest.close()
    return contest


def test_groups_of_one_name_are_told_apart_in_a_refusal(twins: Contest) -> None:
    with pytest.raises(
        NotAllowed, match=r"Kembar \(Dinas A\) dan Kembar \(Dinas B\) \(Perangkat Daerah, tempat 1\)"
    ):
        twins.decide()


def test_groups_of_one_name_are_told_apart_on_paper_and_pages(twins: Contest, acting_as: Acting) -> None:
    paper = printing.ranking_paper(twins.stage, twins.cast.category())
    assert [tie.groups for tie in paper.ties] == [("Kembar (Dinas A)", "Kembar (Dinas B)")]
    page = acting_as("panitia").get(f"/panitia/gelar/{twins.cast.competition().public_id}/tahap")
    assert "Kembar (Dinas A) dan Kembar (Dinas B) bernilai sama tepat" in said(page)


def test_way_to_a_place_keeps_stages_of_one_name_apart(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2}, name="Penilaian")
    contest.rules(2, name="Penilaian", carry_over=50, quotas={})
    contest.enter({"A": ("90", "90"), "B": ("80", "80")})
    contest.finish()
    contest.enter({"A": ("50", "50"), "B": ("90", "90")}, position=2)
    stage, group = contest.cast.stage(2), contest.cast.group("A")
    page = acting_as("panitia").get(f"/panitia/tahap/{stage.public_id}/rincian/{group.public_id}")
    assert "Tahap Penilaian (2) Jumlah lembar juri Dr. Rahmat Juri, M.M.: 30 + 20 = 50" in said(page)
    assert "Tahap Penilaian (1) Jumlah lembar juri Dr. Rahmat Juri, M.M.: 54 + 36 = 90" in said(page)
    assert queries.stage_facts(stage).name == "Penilaian (2)"
