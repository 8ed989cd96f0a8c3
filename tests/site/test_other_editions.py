"""Ids that name nothing, and ids of things of another edition: nobody gets further than the front door."""

from secrets import token_urlsafe

import pytest
from sqlalchemy import func, select

from kbk.accounts.models import User
from kbk.awards.models import Certificate, Minutes, PanelDecision
from kbk.competitions.models import Category, Competition, Stage, StageState
from kbk.db import Base, db, transaction
from kbk.groups.models import Group, Import, Member
from kbk.judging.models import Entry, Judge, Sheet
from kbk.policy import RULES, Action, MemberRole
from kbk.risalah.models import (
    Attachment,
    Diagram,
    Risalah,
    RisalahState,
    Section,
    SectionRevision,
    Submission,
)
from kbk.risalah.rules import AttachmentPurpose
from scoring.templates import SHORT
from tests.cast import PEOPLE, START, Cast
from tests.page import Browser
from tests.site.forms_sent import close_with_a_tie
from tests.site.routes import VISITOR
from tests.site.test_access import ROUTES, is_refused, rules_of

PARTS = {"step": 1, "key": "masalah", "revision": 1, "number": 1}
OPEN_TO_ALL = frozenset({Action.SEE_PUBLIC_PAGES, Action.SIGN_IN})


def _edition(cast: Cast) -> Competition:
    edition = Competition(
        slug="lain-2025",
        name="Gelar Lain",
        year=2025,
        city="Kota Lain",
        submission_opens_at=START,
        submission_deadline=cast.competition().submission_deadline,
        created_at=START,
    )
    category = Category(name="Perangkat Daerah", position=1)
    stage = Stage(
        position=1,
        name="Tahap lain",
        starts_at=START,
        ends_at=START,
        rubric=SHORT.to_data(),
        state=StageState.OPEN,
    )
    edition.categories, edition.stages = [category], [stage]
    return edition


def another_edition(cast: Cast) -> dict[str, object]:
    """A second edition with one of everything, by the name of the loader that finds it."""
    with transaction():
        edition = _edition(cast)
        category, stage = edition.categories[0], edition.stages[0]
        unit, user = (
            cast.unit("Dinas Perdagangan"),
            User(name="Orang Lain", username="lain", created_at=START),
        )
        group = Group(
            competition=edition, unit=unit, category=category, name="Lain", name_key="lain", created_at=START
        )
        member = Member(user=user, name=user.name, role=MemberRole.KETUA)
        group.members = [member]
        judge = Judge(
            competition=edition,
            user=User(name="Juri Lain Kota", created_at=START),
            institution="Luar",
            created_at=START,
        )
        risalah = _risalah(group)
        entry = Entry(stage=stage, group=group, created_at=START)
        sheet = Sheet(judge=judge)
        entry.sheets = [sheet]
        db.session.add_all([edition, user, group, judge, risalah, entry])
        db.session.flush()
        rest = _papers(cast, edition, stage, group)
        db.session.add_all(rest.values())
    return rest | {
        "competition": edition,
        "category": category,
        "stage": stage,
        "group": group,
        "member": member,
        "risalah": risalah,
        "attachment": risalah.attachments[0],
        "diagram": risalah.diagrams[0],
        "judge": judge,
        "entry": entry,
        "sheet": sheet,
        "user": user,
    }


def _risalah(group: Group) -> Risalah:
    risalah = Risalah(
        group=group, outline="tulta-7", state=RisalahState.SUBMITTED, created_at=START, updated_at=START
    )
    saved = SectionRevision(version=1, html="<p>x</p>", begun_at=START, saved_at=START)
    risalah.sections = [Section(key="masalah", html="<p>x</p>", updated_at=START, revisions=[saved])]
    content = {"title": "", "sections": {}, "attachments": []}
    risalah.submissions = [Submission(number=1, submitted_at=START, content=content, sha256="0" * 64)]
    risalah.diagrams = [Diagram(section="masalah", kind="pareto", created_at=START, updated_at=START)]
    risalah.attachments = [
        Attachment(
            purpose=AttachmentPurpose.ATTACHMENT,
            filename="x.pdf",
            media_type="application/pdf",
            size=1,
            sha256="0" * 64,
            uploaded_at=START,
        )
    ]
    return risalah


def _papers(cast: Cast, edition: Competition, stage: Stage, group: Group) -> dict[str, object]:
    return {
        "import_": Import(
            competition=edition,
            filename="x.xlsx",
            sha256="0" * 64,
            rows=[],
            created_by_id=cast.user("panitia").id,
            created_at=START,
        ),
        "certificate": Certificate(
            competition=edition,
            group=group,
            stage=stage,
            award="Juara I",
            serial=1,
            issued_on=START.date(),
            sha256="0" * 64,
            size=1,
            issued_at=START,
        ),
        "minutes": Minutes(
            stage=stage,
            issued_on=START.date(),
            venue="Balai Kota",
            sha256="0" * 64,
            size=1,
            issued_at=START,
        ),
        "panel_decision": PanelDecision(
            stage=stage, category_id=group.category_id, order=[group.id], note="BA", decided_at=START
        ),
    }


def urls(app, wanted):
    """Method, address and endpoint of every page about an object that `wanted(loader name)` gives an id for."""
    for endpoint in sorted(ROUTES):
        declared = app.view_functions[endpoint].access
        public_id = wanted(declared.loader.__name__) if declared.loader else None
        if public_id is None or declared.action in OPEN_TO_ALL:
            continue
        for rule in rules_of(app, endpoint):
            parts = PARTS | {"public_id": public_id, "unit_id": token_urlsafe(12)}
            parts |= {"group_id": token_urlsafe(12), "file_id": token_urlsafe(12)}
            with app.test_request_context():
                url = app.url_map.bind("localhost").build(
                    endpoint, {name: part for name, part in parts.items() if name in rule.arguments}
                )
            yield from ((method, url, endpoint) for method in ("GET", "POST") if method in rule.methods)


def answer_of(browser: Browser, method: str, url: str):
    return browser.get(url) if method == "GET" else browser.post(url, {"version": "1"})


def stored() -> int:
    """How many rows there are, and the versions they stand at."""
    total = 0
    for table in Base.metadata.sorted_tables:
        if table.name not in {"sessions", "audit"}:
            total += db.session.scalar(select(func.count()).select_from(table)) or 0
    db.session.rollback()
    return total


@pytest.mark.parametrize("person", [*PEOPLE, VISITOR])
def test_an_id_that_names_nothing_is_refused(person, app, acting_as):
    browser = acting_as(None if person == VISITOR else person)
    tried = list(urls(app, lambda _loader: token_urlsafe(12)))
    wrong = {
        url: page.status
        for method, url, _ in tried
        if not is_refused(page := answer_of(browser, method, url))
    }
    assert wrong == {}
    assert len(tried) > 70


@pytest.mark.parametrize("person", [*sorted(PEOPLE.keys() - {"panitia"}), VISITOR])
def test_things_of_another_edition_are_closed_to_team_and_judges(person, app, cast, acting_as):
    browser = acting_as(None if person == VISITOR else person)
    things = another_edition(cast)
    before = stored()
    wrong, tried = {}, 0
    for method, url, endpoint in urls(app, lambda loader: getattr(things.get(loader), "public_id", None)):
        page = answer_of(browser, method, url)
        tried += 1
        secret = RULES[app.view_functions[endpoint].access.action].secret
        hidden = page.status == 404 or person == VISITOR or not secret
        if not is_refused(page) or not hidden:
            wrong[f"{method} {url}"] = page.status
    assert wrong == {}
    assert stored() == before
    assert tried > 70


def test_forms_of_an_edition_take_nothing_of_another(app, cast, acting_as):
    browser, own = acting_as("panitia"), cast.competition().public_id
    entry, sigap, stage = cast.entry("Cepat").public_id, cast.group("Sigap"), cast.stage(1).public_id
    category, version, place = sigap.category_id, sigap.version, f"/panitia/kelompok/{sigap.public_id}/ubah"
    unit = sigap.unit_id
    close_with_a_tie(cast)
    with transaction():
        cast.stage(1).state = StageState.OPEN
    other = another_edition(cast)
    foreign = str(other["category"].id)
    form = {"name": "Baru", "unit": str(unit), "category": foreign, "version": str(version)}
    assert browser.post(f"/panitia/gelar/{own}/kelompok/baru", form).status == 400
    assert browser.post(place, form).status == 400
    judged = {"juri": other["judge"].public_id, "semula": other["judge"].public_id}
    browser.post(f"/panitia/peserta/{entry}/juri", judged)
    assert db.session.scalar(select(func.count(Sheet.id)).where(Sheet.judge_id == other["judge"].id)) == 1
    foreign_group, foreign_category = other["group"].public_id, other["category"].public_id
    assert browser.get(f"/panitia/tahap/{stage}/rincian/{foreign_group}").status == 404
    assert browser.post(f"/panitia/tahap/{stage}/nilai-sama/{foreign_group}", {"note": "x"}).status == 409
    assert browser.get(f"/panitia/tahap/{stage}/peringkat/excel?kategori={foreign_category}").status == 404
    assert db.session.scalar(select(Group.category_id).where(Group.id == sigap.id)) == category
