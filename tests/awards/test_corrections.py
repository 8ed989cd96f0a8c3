"""Correcting a group's unit and category once judging has begun."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from kbk.awards import issuing
from kbk.db import db, transaction
from kbk.groups.models import Group
from kbk.judging import service as judging
from kbk.judging.models import Sheet
from tests.awards.contest import NOW, PANITIA, Contest, said
from tests.page import Browser, Page

Acting = Callable[[str | None], Browser]
TWO = {"A": ("90", "90"), "B": ("80", "80")}


@pytest.fixture
def correct(contest: Contest, acting_as: Acting) -> Callable[..., Page]:
    """Send the form of a group's unit, category and name with some of them changed."""

    def send(group: str, /, **changed: object) -> Page:
        panitia = acting_as("panitia")
        address = f"/panitia/kelompok/{contest.cast.group(group).public_id}/ubah"
        return panitia.post(
            address, panitia.get(address).fields("") | {key: str(value) for key, value in changed.items()}
        )

    return send


def test_category_of_a_decided_place_stays(contest: Contest, correct: Callable[..., Page]) -> None:
    contest.rules(quotas={})
    contest.enter(TWO)
    contest.close()
    contest.decide()
    page = correct("A", category=contest.cast.category("Kelurahan").id)
    assert page.status == 400
    assert (
        "Hasil KBK A sudah ditetapkan dalam kategori Perangkat Daerah; kategorinya tidak dapat diubah lagi."
        in said(page)
    )
    drafts = issuing.drafts(contest.cast.competition(), issued_on=NOW.date(), participants=False)
    assert [(draft.award, draft.paper.category) for draft in drafts] == [
        ("Juara I", "Perangkat Daerah"),
        ("Juara II", "Perangkat Daerah"),
    ]
    contest.publish()


def test_name_of_a_group_with_a_decided_place_may_be_corrected(
    contest: Contest, correct: Callable[..., Page]
) -> None:
    contest.rules(quotas={})
    contest.enter(TWO)
    contest.finish()
    assert correct("A", name="Alfa").status == 302


def test_team_does_not_rename_itself_once_it_is_judged(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={})
    contest.enter({"Sigap": ("90", "90"), "B": ("80", "80")})
    contest.finish()
    ketua, address = acting_as("ketua"), f"/kelompok/{contest.cast.group('Sigap').public_id}/ubah"
    fields = ketua.get(address).fields("")
    page = ketua.post(address, fields | {"name": "Juara Sejati"})
    assert page.status == 400
    assert "Kelompok ini sudah dinilai dengan nama Sigap." in said(page)
    assert ketua.post(address, fields | {"motto": "Cepat dan tepat"}).status == 302


def test_category_may_be_corrected_while_nothing_is_decided(
    contest: Contest, correct: Callable[..., Page]
) -> None:
    contest.enter(TWO)
    assert correct("A", category=contest.cast.category("Kelurahan").id).status == 302


def test_group_does_not_come_to_the_unit_of_its_judge(contest: Contest, correct: Callable[..., Page]) -> None:
    contest.enter({"A": (None, "90"), "B": ("80", "80")})
    with transaction():
        contest.cast.judge("juri").unit = contest.cast.unit("Dinas B")
    page = correct("A", unit=contest.cast.unit("Dinas B").id)
    assert page.status == 400
    assert "Dr. Rahmat Juri, M.M. dari Dinas B sedang menilai KBK A. Bebastugaskan dahulu juri ini" in said(
        page
    )
    with transaction():
        blank = select(Sheet).where(Sheet.signed_at.is_(None))
        judging.recuse(PANITIA, db.session.scalars(blank).one(), "Unit sendiri", NOW)
    assert correct("A", unit=contest.cast.unit("Dinas B").id).status == 302
    assert db.session.scalars(select(Group).where(Group.name == "A")).one().unit.name == "Dinas B"
