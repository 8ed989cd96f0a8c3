"""scratch"""
from concurrent.futures import ThreadPoolExecutor
import time
import pytest
from sqlalchemy import select, update
from kbk import clock
from kbk.db import db, transaction
from kbk.errors import *
from kbk.judging import queries as jq, service as js
from kbk.judging.models import Sheet
from kbk.awards import queries, service, issuing
from kbk.competitions.models import Stage, Unit
from kbk.groups.models import Group
from tests.awards.contest import NOW, PANITIA, Contest, said, PAIR

TIED = {"A": ("90", "90"), "B": ("80", "84"), "C": ("82", "82"), "D": ("70", "70")}

def place(contest, acting_as, name, **changed):
    group = contest.cast.group(name)
    panitia = acting_as("panitia")
    address = f"/panitia/kelompok/{group.public_id}/ubah"
    page = panitia.get(address)
    return panitia.post(address, page.fields("") | {k: str(v) for k, v in changed.items()})

def test_category_after_decision(contest, acting_as):
    contest.rules(quotas={})
    contest.enter({"A": ("90", "90"), "B": ("80", "80")})
    contest.finish()
    page = place(contest, acting_as, "A", category=contest.cast.category("Kelurahan").id)
    db.session.expire_all()
    papers = [(d.award, d.paper.category) for d in issuing.drafts(contest.cast.competition(), issued_on=NOW.date(), participants=False)]
    assert papers == [("Juara I", "Perangkat Daerah"), ("Juara II", "Perangkat Daerah")]

def test_unit_of_a_judge(contest, acting_as):
    contest.enter({"A": ("90", "90"), "B": ("80", "80")})
    unit = contest.cast.group("A").unit
    with transaction():
        j = contest.cast.judge("juri"); j.unit = contest.cast.unit("Dinas B") ; 
    # A (judged by juri) moves to Dinas B, juri's own unit
    page = place(contest, acting_as, "A", unit=contest.cast.unit("Dinas B").id)
    assert page.status == 400

def test_same_stage_names(contest, acting_as):
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter({"A": ("90", "90"), "B": ("80", "80")})
    contest.finish()
    contest.rules(1, name="Penilaian")
    contest.rules(2, name="Penilaian", carry_over=50, quotas={})
    contest.enter({"A": ("50", "50"), "B": ("90", "90")}, position=2)
    stage = contest.cast.stage(2)
    page = acting_as("panitia").get(f"/panitia/tahap/{stage.public_id}/rincian/{contest.cast.group('A').public_id}")
    assert page.status == 200
    print(said(page))
    assert "Jumlah lembar juri" not in said(page) and 0

def test_same_group_names(contest, acting_as):
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("80", "84"), "B": ("82", "82"), "C": ("70", "70")})
    with transaction():
        for n in "AB":
            g = contest.cast.group(n); g.name = "Kembar" + ("" if n == "A" else " ")
        db.session.execute(update(Group).where(Group.name == "Kembar ").values(name="Kembar"))
    contest.close()
    with pytest.raises(NotAllowed) as refusal:
        contest.decide()
    assert "Kembar dan Kembar" not in refusal.value.message

def test_group_that_withdrew(contest, acting_as):
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("80", "84"), "B": (None, None)})
    with transaction():
        for sheet in db.session.scalars(select(Sheet).where(Sheet.signed_at.is_(None))):
            js.recuse(PANITIA, sheet, "Kelompok mengundurkan diri", NOW)
    contest.close()

def test_comment_on_conflict(acting_as, cast):
    address = f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}"
    a = acting_as("juri")
    f = lambda v, c: {"version": str(v), "comment": c, "nilai-s01": "8"}
    assert a.post(f"{address}/simpan", f(1, "Dari telepon.")).status == 302
    page = a.post(f"{address}/simpan", f(1, "Dari komputer."))
    assert page.status == 409
    assert "Dari telepon." in page.text
