"""The same thing done twice at the same moment: done once, and the other is told so in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select

from kbk.accounts.models import User
from kbk.audit.models import AuditRow
from kbk.awards.models import Minutes
from kbk.competitions.models import Category, Competition, Stage, StageState, Unit
from kbk.db import db, transaction
from kbk.groups.models import Group, Member
from kbk.judging import queries as judging
from kbk.judging.models import Entry, Judge, Mark, Sheet
from tests.cast import START, Cast
from tests.site.forms_sent import decide_after_all, fields_of, url_of
from tests.site.test_bad_input import problem_of

NEW_JUDGE = {"name": "Dr. Juri Baru", "nip": "197501012000032002", "institution": "Universitas Contoh"}

NEW_EDITION = {
    "name": "Gelar Baru",
    "city": "Kota",
    "submission_opens_at": "2024-01-01T08:00",
    "submission_deadline": "2024-02-01T08:00",
}


def empty_stage(cast: Cast) -> None:
    """Nobody takes part in the planned first stage yet."""
    with transaction():
        for table in (Mark, Sheet, Entry):
            db.session.execute(delete(table))
        cast.stage(1).state = StageState.PLANNED


def nobody_in_the_open_stage(cast: Cast) -> None:
    """All groups that have handed in are late for the open stage."""
    empty_stage(cast)
    with transaction():
        cast.stage(1).state = StageState.OPEN


def nothing(_cast: Cast) -> None:
    """The cast as it is."""


def spare_category(cast: Cast) -> None:
    """A category that no group belongs to, under the name the routes ask for."""
    with transaction():
        db.session.execute(delete(Group).where(Group.name == "Rukun"))


def count_of(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


CASES = {
    "awards.minutes": (decide_after_all, "1", {}, Minutes, 1),
    "judging.open_stage": (empty_stage, "1", {}, Entry, 2),
    "judging.admit_late": (nobody_in_the_open_stage, "1", {}, Entry, 2),
    "judging.share_out": (nothing, "1", {"per_entry": "2"}, Sheet, 0),
    "judging.add_judge": (nothing, "edition", NEW_JUDGE, Judge, 1),
    "judging.panel": (nothing, "Cepat", {}, Sheet, 0),
    "competitions.add_category": (nothing, "edition", {"kategori-name": "Puskesmas"}, Category, 1),
    "competitions.remove_category": (spare_category, "Kelurahan", {}, Category, -1),
    "competitions.add_stage": (nothing, "edition", {"tahap-name": "Final"}, Stage, None),
    "competitions.remove_stage": (nothing, "3", {}, Stage, -1),
    "competitions.create": (nothing, "", NEW_EDITION, Competition, None),
    "competitions.people": (nothing, "", {"name": "Panitia Baru"}, User, None),
    "groups.create": (nothing, "edition", {"name": "Kelompok Baru"}, Group, 1),
    "groups.create_unit": (nothing, "edition", {"name": "Dinas Baru"}, Unit, 1),
    "groups.add_member": (nothing, "Rukun", {"name": "Orang Baru"}, Member, 1),
    "groups.remove_member": (nothing, "Cepat", {}, Member, -1),
    "groups.remove": (nothing, "Rukun", {}, Group, -1),
    "groups.invite": (nothing, "Cepat", {}, User, 1),
    "risalah.begin": (nothing, "Sigap", {}, Sheet, 0),
}
"""Per address: what is prepared, the object, what is typed, and how many rows of a table there are more afterwards."""


@pytest.mark.parametrize("endpoint", sorted(CASES))
def test_two_clicks_at_once_are_one(endpoint, app, cast, acting_as):
    prepare, name, typed, table, more = CASES[endpoint]
    app.config["PROPAGATE_EXCEPTIONS"] = False
    prepare(cast)
    person = "ketua" if endpoint.startswith("risalah") else "panitia"
    url = url_of(app, cast, endpoint, name)
    browsers = [acting_as(person), acting_as(person)]
    form = fields_of(browsers[0], app, cast, endpoint, url) | typed
    if endpoint == "groups.create":
        form |= {"unit": str(cast.unit("Dinas Perdagangan").id), "category": str(cast.category().id)}
    if endpoint == "judging.panel":
        form = {"juri": [cast.judge("juri").public_id, cast.judge("juri-lain").public_id], "semula": []}
    before, gate = count_of(table), Barrier(2)
    db.session.rollback()

    def click(browser):
        data = {"csrf_token": browser.csrf_token} | form
        gate.wait()
        return browser.client.post(url, data=data)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(click, browsers))
    assert [problem_of(answer) for answer in answers] == [None, None]
    assert any(answer.status_code in {302, 303} for answer in answers)
    if more is not None:
        assert count_of(table) - before == more


ROUNDS = 12
RACES = {
    "competitions.edit_stage": ("3", "name", "stages"),
    "competitions.edit_rubric": ("3", "name", "stages"),
    "groups.edit_unit": ("Kelurahan Miroto", "name", "units"),
    "groups.extend": ("Rukun", "reason", "groups"),
    "judging.judge": ("juri", "job_title", "judges"),
}
"""Per address: the object, the field that two organisers change at once, and its table."""


@pytest.mark.parametrize("endpoint", sorted(RACES))
def test_of_two_organisers_exactly_one_saves_and_the_other_is_told(endpoint, app, cast, acting_as):
    name, field, table = RACES[endpoint]
    url = url_of(app, cast, endpoint, name)
    browsers = [acting_as("panitia"), acting_as("panitia")]
    extra = {"until": "2099-01-01T10:00"} if endpoint == "groups.extend" else {}
    gate = Barrier(2)

    def save(browser, form):
        data = {"csrf_token": browser.csrf_token} | form
        gate.wait()
        return browser.client.post(url, data=data).status_code

    for round_ in range(ROUNDS):
        form = fields_of(browsers[0], app, cast, endpoint, url) | extra
        assert int(form["version"]) == 1 + round_
        typed = [f"Isian {who} putaran {round_}" for who in ("pertama", "kedua")]
        db.session.rollback()
        with ThreadPoolExecutor(2) as pool:
            statuses = list(pool.map(save, browsers, [form | {field: text} for text in typed]))
        assert sorted(statuses) == [302, 409]
        shown = fields_of(browsers[0], app, cast, endpoint, url)
        assert shown[field] == typed[statuses.index(302)]
    rows = select(func.count(AuditRow.id)).where(AuditRow.subject_kind == table)
    assert db.session.scalar(rows) == ROUNDS


def test_of_two_organisers_one_changes_the_panel_and_the_other_is_told(cast, acting_as):
    url = f"/panitia/peserta/{cast.entry('Cepat').public_id}/juri"
    people = [cast.judge("juri").public_id, cast.judge("juri-lain").public_id]
    browsers, gate = [acting_as("panitia"), acting_as("panitia")], Barrier(2)

    def choose(browser, shown, chosen):
        data = {"csrf_token": browser.csrf_token, "semula": shown, "juri": chosen}
        gate.wait()
        return browser.client.post(url, data=data).status_code

    panels = [people, people[:1], people[1:]]
    shown = people
    for _ in range(ROUNDS):
        wished = [panel for panel in panels if panel != shown]
        db.session.rollback()
        with ThreadPoolExecutor(2) as pool:
            statuses = list(pool.map(choose, browsers, [shown] * 2, wished))
        assert sorted(statuses) == [302, 409]
        shown = wished[statuses.index(302)]
        db.session.expire_all()
        found = [sheet.judge.public_id for sheet in judging.panel(cast.entry("Cepat"))]
        assert sorted(found) == sorted(shown)


def test_two_organisers_cannot_dismiss_each_other(app, cast, acting_as):
    with transaction():
        db.session.add(
            User(
                name="Panitia Kedua", username="kedua", password_hash="-", is_organiser=True, created_at=START
            )
        )
    browsers = [acting_as("panitia"), acting_as("kedua")]
    urls = [f"/panitia/orang/{cast.user(name).public_id}/keluarkan" for name in ("kedua", "panitia")]
    gate = Barrier(2)
    db.session.rollback()

    def dismiss(browser, url):
        data = {"csrf_token": browser.csrf_token}
        gate.wait()
        return browser.client.post(url, data=data).status_code

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(dismiss, browsers, urls))
    assert db.session.scalar(select(func.count(User.id)).where(User.is_organiser)) == 1


def test_rules_never_change_behind_an_opened_stage(app, cast, acting_as):
    empty_stage(cast)
    stage = cast.stage(1).public_id
    opener, editor = acting_as("panitia"), acting_as("panitia")
    rubric = f"/panitia/tahap/{stage}/rubrik"
    form = editor.get(rubric).fields() | {"name": "Rubrik lain"}
    gate = Barrier(2)
    db.session.rollback()

    def send(browser, url, data):
        data = {"csrf_token": browser.csrf_token} | data
        gate.wait()
        return browser.client.post(url, data=data).status_code

    with ThreadPoolExecutor(2) as pool:
        opened = pool.submit(send, opener, f"/panitia/tahap/{stage}/buka", {})
        changed = pool.submit(send, editor, rubric, form)
        assert opened.result() == 302
        changed.result()
    db.session.expire_all()
    trail = [page for page in _trail() if page in {"stage-opened", "rubric-changed"}]
    assert trail in (["stage-opened"], ["rubric-changed", "stage-opened"])


def _trail() -> list[str]:
    return list(db.session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def test_an_appointment_is_never_withdrawn_with_marks_on_it(app, cast, acting_as):
    sheet, entry = cast.sheet("juri-lain", "Cepat"), cast.entry("Cepat").public_id
    judge, other, sheet_id = sheet.judge.public_id, cast.judge("juri").public_id, sheet.id
    address = f"/juri/lembar/{sheet.public_id}/simpan"
    marker, organiser = acting_as("juri-lain"), acting_as("panitia")
    gate = Barrier(2)
    db.session.rollback()

    def send(browser, url, data):
        data = {"csrf_token": browser.csrf_token} | data
        gate.wait()
        return browser.client.post(url, data=data).status_code

    with ThreadPoolExecutor(2) as pool:
        saved = pool.submit(send, marker, address, {"version": "1", "nilai-s01": "8", "comment": ""})
        panel = {"semula": [judge, other], "juri": [other]}
        taken = pool.submit(send, organiser, f"/panitia/peserta/{entry}/juri", panel)
        statuses = (saved.result(), taken.result())
    db.session.expire_all()
    there = db.session.get(Sheet, sheet_id) is not None
    assert there == (statuses[0] == 302)
    assert there == (statuses[1] != 302)
