"""The record of a stage is counted again by the counter alone and gives the places of the application."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from kbk.awards import queries
from kbk.awards.minutes_printing import marks_fingerprint
from kbk.db import transaction
from scoring.record import parse_record
from scoring.recount import recount
from tests.awards.contest import Contest, said
from tests.awards.test_views import stage_url
from tests.page import Browser

Acting = Callable[[str | None], Browser]


def packed(contest: Contest, acting_as: Acting, position: int = 1) -> dict[str, bytes]:
    answer = acting_as("panitia").get(stage_url(contest, "peringkat/rekaman", position)).response
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    answer.close()
    return found


def counted(content: bytes) -> list[tuple[Any, ...]]:
    places = recount(parse_record(content))["places"]
    return [(row["entry"], row["place"], row["score"]) for row in places]


def result(content: bytes) -> list[tuple[Any, ...]]:
    return [(row["entry"], row["place"], row["score"]) for row in json.loads(content)["result"]]


def test_the_record_gives_the_same_places_and_names_no_judge(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2}, line_rule="decision", tie_chain=["a", "b"])
    contest.enter(
        {"A": ("90", "90"), "B": ("82", "82"), "C": (("84", "79"), ("82", "82")), "D": ("70", "71")}
    )
    contest.enter({"K": ("60", "61")}, category="Kelurahan")
    contest.close()
    contest.settle("C", "B")
    contest.decide()
    files = packed(contest, acting_as)
    assert sorted(files) == [
        "BACA-DAHULU.txt",
        "nilai-penilaian-risalah-kelurahan.json",
        "nilai-penilaian-risalah-perangkat-daerah.json",
    ]
    content = files["nilai-penilaian-risalah-perangkat-daerah.json"]
    names = {key: item["name"] for key, item in json.loads(content)["groups"].items()}
    assert [(names[entry], place, score) for entry, place, score in counted(content)] == [
        ("A", 1, "90"),
        ("C", 2, "82"),
        ("B", 3, "82"),
        ("D", 4, "70.5"),
    ]
    assert counted(content) == result(content)
    assert contest.cast.user("juri").name not in content.decode()


def test_the_record_leads_to_the_fingerprint_of_the_berita_acara(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90.5", "90"), "B": ("80", "84")})
    contest.enter({"K": ("60", "61")}, category="Kelurahan")
    contest.close()
    files = packed(contest, acting_as)
    marks = sorted(
        [sheet["entry"], int(sheet["judge"]), criterion, mark]
        for name, content in files.items()
        if name.endswith(".json")
        for sheet in json.loads(content)["stages"][0]["sheets"]
        for criterion, mark in sheet["marks"].items()
    )
    expected = marks_fingerprint(queries.stage_facts(contest.stage))
    assert hashlib.sha256(json.dumps(marks).encode()).hexdigest() == expected
    assert expected in files["BACA-DAHULU.txt"].decode()


def test_a_score_carried_over_is_counted_from_both_stages(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.rules(2, quotas={}, carry_over=40)
    contest.enter({"A": ("90", "90"), "B": ("80", "84"), "C": ("70", "70")})
    contest.finish()
    contest.enter({"A": ("60", "61"), "B": ("81", "80")}, position=2)
    contest.close(2)
    content = packed(contest, acting_as, 2)["nilai-penilaian-lapangan-perangkat-daerah.json"]
    assert [stage["weight"] for stage in json.loads(content)["stages"]] == ["40", "60"]
    names = {key: item["name"] for key, item in json.loads(content)["groups"].items()}
    assert [(names[entry], place, score) for entry, place, score in counted(content)] == [
        ("B", 1, "81.1"),
        ("A", 2, "72.3"),
        ("C", None, None),
    ]
    assert counted(content)[:2] == result(content)


def test_a_decision_of_many_lines_fits_the_format(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90", "90"), "B": ("90", "90")})
    contest.close()
    decision = queries.panel_decision(contest.settle("B", "A"))
    with transaction():
        decision.note = "BA 1\n\n" + "alasan " * 60
    (content,) = [content for name, content in packed(contest, acting_as).items() if name.endswith(".json")]
    assert counted(content) == result(content)


def test_an_open_stage_has_no_record(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90", "90")})
    panitia = acting_as("panitia")
    page = panitia.get(stage_url(contest, "peringkat/rekaman"))
    assert (page.status, "tersedia sesudah penilaiannya ditutup" in said(page)) == (409, True)
    assert "Rekaman nilai" not in said(panitia.get(stage_url(contest, "peringkat")))
