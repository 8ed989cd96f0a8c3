"""Two people open the same form: the second to save sees both, loses nothing and overwrites nothing unseen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select

from kbk.audit.models import AuditRow
from kbk.competitions.models import Unit
from kbk.db import db
from kbk.groups.models import Group, Member
from kbk.judging import queries as judging
from kbk.judging.models import Judge
from tests.cast import Cast
from tests.page import Browser, Page
from tests.site.forms_sent import url_of


@dataclass(frozen=True)
class Case:
    """A guarded page: its object, who saves, what the first and the second type into a field, and what is stored."""

    name: str
    person: str
    field: str
    first: str
    second: str
    stored: Callable[[Cast], Any]
    told: str = ""
    """The first's value as the page tells it, where that is not what was typed."""


def sigap(cast: Cast) -> Group:
    """The group of the ketua, whatever it is called by now."""
    query = select(Group).join(Group.members)
    return db.session.scalars(query.where(Member.user_id == cast.user("ketua").id)).one()


def judge_of(cast: Cast) -> Judge:
    return cast.judge("juri")


def unit(_cast: Cast) -> Unit:
    return db.session.scalars(select(Unit).where(Unit.name.contains("Miroto"))).one()


def new_member(cast: Cast) -> str:
    query = select(Member.job_title).where(Member.group_id == sigap(cast).id)
    return db.session.scalars(query.order_by(Member.id.desc()).limit(1)).one()


CASES = {
    "competitions.edit": Case(
        "edition", "panitia", "city", "Kota Satu", "Kota Dua", lambda cast: cast.competition().city
    ),
    "competitions.edit_stage": Case(
        "3", "panitia", "name", "Final", "Puncak", lambda cast: cast.stage(3).name
    ),
    "competitions.edit_rubric": Case(
        "3", "panitia", "name", "Rubrik A", "Rubrik B", lambda cast: cast.stage(3).rubric["name"]
    ),
    "groups.edit": Case("Sigap", "ketua", "motto", "Maju", "Terus", lambda cast: sigap(cast).motto),
    "groups.place": Case("Sigap", "panitia", "name", "Sigap Satu", "Sigap Dua", lambda c: sigap(c).name),
    "groups.edit_member": Case("Sigap", "panitia", "job_title", "Analis", "Kepala", new_member),
    "groups.extend": Case(
        "Sigap",
        "panitia",
        "reason",
        "Kantor kebanjiran",
        "Listrik padam sepekan",
        lambda cast: cast.group("Sigap").extension_reason,
    ),
    "groups.edit_unit": Case(
        "Kelurahan Miroto",
        "panitia",
        "kind",
        "kecamatan",
        "puskesmas",
        lambda cast: unit(cast).kind,
        told="Kecamatan",
    ),
    "judging.judge": Case(
        "juri", "panitia", "job_title", "Dosen", "Guru besar", lambda cast: judge_of(cast).job_title
    ),
}
ACTIONS = {
    "competitions.edit": "competition-changed",
    "competitions.edit_stage": "stage-changed",
    "competitions.edit_rubric": "rubric-changed",
    "groups.edit": "group-changed",
    "groups.place": "group-changed",
    "groups.edit_member": "member-changed",
    "groups.extend": "deadline-extended",
    "groups.edit_unit": "unit-changed",
    "judging.judge": "judge-changed",
}


def told_stored(page: Page) -> list[str]:
    """What the page says is stored now, beside what was typed."""
    return [
        "".join(e.itertext()).removeprefix("Tersimpan sekarang: ")
        for e in page.tree.iter("p")
        if e.get("class") == "field-stored"
    ]


def times(action: str) -> int:
    return db.session.scalar(select(func.count(AuditRow.id)).where(AuditRow.action == action)) or 0


def opened(browser: Browser, url: str) -> dict[str, str]:
    """The fields of the form as the browser would send them, with what the extension page needs."""
    fields = {name: value for name, value in browser.get(url).fields("").items() if name != "csrf_token"}
    return fields | ({"until": "2099-01-01T10:00"} if url.endswith("/perpanjang") else {})


@pytest.mark.parametrize("endpoint", sorted(CASES))
def test_the_second_to_save_sees_both_and_decides(endpoint, app, cast, acting_as):
    case = CASES[endpoint]
    url = url_of(app, cast, endpoint, case.name)
    first, second = acting_as(case.person), acting_as(case.person)
    forms = opened(first, url), opened(second, url)
    assert first.post(url, forms[0] | {case.field: case.first}).status == 302
    assert case.stored(cast) == case.first

    page = second.post(url, forms[1] | {case.field: case.second})
    assert page.status == 409
    assert "diubah orang lain sejak halaman ini dibuka." in " ".join(page.errors())
    assert told_stored(page) == [case.told or case.first]
    shown = page.fields("")
    assert shown[case.field] == case.second
    assert int(shown["version"]) == int(forms[1]["version"]) + 1
    assert case.stored(cast) == case.first
    assert [
        a.get("href") for a in page.tree.iter("a") if "".join(a.itertext()) == "Pakai yang tersimpan"
    ] == [url]
    assert second.get(url).fields("")[case.field] == case.first

    shown.pop("csrf_token")
    assert second.post(url, shown).status == 302
    assert case.stored(cast) == case.second


@pytest.mark.parametrize("endpoint", sorted(CASES))
def test_saving_the_same_twice_is_saving_once(endpoint, app, cast, acting_as):
    case = CASES[endpoint]
    url = url_of(app, cast, endpoint, case.name)
    browser = acting_as(case.person)
    form = opened(browser, url) | {case.field: case.first}
    assert [browser.post(url, form).status for _ in range(2)] == [302, 302]
    assert times(ACTIONS[endpoint]) == 1


@pytest.mark.parametrize("endpoint", sorted(CASES))
def test_a_form_without_its_version_is_refused(endpoint, app, cast, acting_as):
    case = CASES[endpoint]
    url = url_of(app, cast, endpoint, case.name)
    browser = acting_as(case.person)
    form = opened(browser, url) | {case.field: case.first}
    assert browser.post(url, {k: v for k, v in form.items() if k != "version"}).status == 400
    assert case.stored(cast) != case.first


def panel_of(cast: Cast, group: str) -> set[str]:
    return {sheet.judge.public_id for sheet in judging.panel(cast.entry(group))}


def ticked(page: Page) -> set[str]:
    """The judges ticked on the page of a panel."""
    boxes = [box for box in page.tree.iter("input") if box.get("type") == "checkbox"]
    return {str(box.get("value")) for box in boxes if box.get("checked") is not None}


def test_the_second_to_change_a_panel_sees_both_and_decides(cast, acting_as):
    url = f"/panitia/peserta/{cast.entry('Cepat').public_id}/juri"
    one, other = cast.judge("juri").public_id, cast.judge("juri-lain").public_id
    first, second = acting_as("panitia"), acting_as("panitia")
    assert first.post(url, {"semula": [one, other], "juri": [one]}).status == 302

    page = second.post(url, {"semula": [one, other], "juri": [other]})
    assert page.status == 409
    assert "Penugasan juri untuk peserta ini baru saja diubah" in " ".join(page.errors())
    assert ticked(page) == {other}
    assert told_stored(page) == ["ditugaskan", "tidak ditugaskan"]
    assert panel_of(cast, "Cepat") == {one}
    shown = [e.get("value") for e in page.tree.iter("input") if e.get("name") == "semula"]
    assert shown == [one]

    assert second.post(url, {"semula": shown, "juri": [other]}).status == 302
    assert panel_of(cast, "Cepat") == {other}


def test_what_a_panel_already_is_needs_no_looking(cast, acting_as):
    url = f"/panitia/peserta/{cast.entry('Cepat').public_id}/juri"
    one, other = cast.judge("juri").public_id, cast.judge("juri-lain").public_id
    answer = acting_as("panitia").post(url, {"semula": [], "juri": [one, other]})
    assert answer.status == 302
    assert panel_of(cast, "Cepat") == {one, other}


def test_rubrics_are_compared_by_criterion(cast, acting_as):
    url = f"/panitia/tahap/{cast.stage(3).public_id}/rubrik"
    first, second = acting_as("panitia"), acting_as("panitia")
    forms = opened(first, url), opened(second, url)
    criteria = cast.stage(3).rubric["criteria"]
    assert first.post(url, forms[0] | {"criteria-0-weight": "30", "criteria-1-name": ""}).status == 302

    mine = {"criteria-0-weight": "40", "criteria-5-name": "Dampak", "criteria-5-weight": "15"}
    page = second.post(url, forms[1] | mine)
    assert page.status == 409
    words = page.words()
    assert f"{criteria[0]['name']} (s01) bobot: 30 → 40" in words
    assert f"{criteria[1]['name']} (k1) Hanya pada isian Anda: aspek: Isi; bobot: 25" in words
    assert "Dampak (k2) Hanya pada isian Anda: bobot: 15; skala: 1 sampai 10" in words
    shown = page.fields("")
    assert {name: shown[name] for name in mine} == mine
    shown.pop("csrf_token")
    assert second.post(url, shown).status == 302
    saved = [(c["name"], c["weight"]) for c in cast.stage(3).rubric["criteria"]]
    assert (saved[0][1], saved[1][0], saved[-1]) == ("40", criteria[1]["name"], ("Dampak", "15"))


def test_a_category_taken_away_makes_open_forms_of_stages_old(cast, acting_as):
    """The rows for what goes on stand for the categories in their order."""
    url = f"/panitia/tahap/{cast.stage(3).public_id}/ubah"
    browser, competition = acting_as("panitia"), cast.competition().public_id
    browser.post(f"/panitia/gelar/{competition}/kategori", {"kategori-name": "Puskesmas"})
    form = opened(browser, url) | {"advance-2": "4"}
    with_group = cast.group("Rukun").public_id
    assert browser.post(f"/panitia/kelompok/{with_group}/hapus").status == 302
    assert browser.post(f"/panitia/kategori/{cast.category('Kelurahan').public_id}/hapus").status == 302
    assert browser.post(url, form).status == 409
    assert cast.stage(3).quotas == []
