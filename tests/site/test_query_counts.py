"""No page asks the database more often because there are more rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask
from sqlalchemy import Engine, event

from kbk.accounts.models import User
from kbk.audit.trail import record
from kbk.competitions.models import Unit, UnitKind
from kbk.db import db, transaction
from kbk.groups.models import Group, Member
from kbk.judging.models import Entry, Judge, Mark, Sheet
from kbk.policy import MemberRole
from kbk.risalah.models import (
    Attachment,
    AttachmentPurpose,
    Diagram,
    Risalah,
    RisalahState,
    Section,
    Submission,
)
from scoring.templates import SHORT
from tests.cast import MARKED, START, Cast
from tests.page import Browser
from tests.site.routes import VISITOR
from tests.site.test_access import ROUTES, rules_of

MORE = 12


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements sent inside."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def queries_of(browser: Browser, url: str) -> int:
    browser.get(url)
    with counted() as sent:
        browser.get(url)
    return len(
        [statement for statement in sent if not statement.startswith(("BEGIN", "UPDATE sessions", "PRAGMA"))]
    )


def readable_pages(app: Flask, cast: Cast) -> Iterator[tuple[str, str]]:
    """The address of every page, about the first object it is declared for, with somebody who may read it."""
    for endpoint, route in sorted(ROUTES.items()):
        name, allowed = next(iter(route.allowed.items()))
        if allowed and any("GET" in rule.methods for rule in rules_of(app, endpoint)):
            with app.test_request_context():
                yield (
                    app.url_map.bind("localhost").build(endpoint, route.parts(cast, name)),
                    sorted(allowed)[0],
                )


def multiply(cast: Cast) -> None:
    """Add many more of everything that lists show: units, groups, people, risalah, entries, judges, sheets, files."""
    competition, stage, prima, sigap = (
        cast.competition(),
        cast.stage(1),
        cast.entry("Prima"),
        cast.group("Sigap"),
    )
    for number in range(MORE):
        user = User(name=f"Orang {number}", username=f"orang-{number}", password_hash="-", created_at=START)
        unit = Unit(name=f"Dinas {number}", name_key=f"dinas {number}", kind=UnitKind.OPD)
        group = Group(
            competition=competition,
            unit=unit,
            category=cast.category("Perangkat Daerah" if number % 2 else "Kelurahan"),
            name=f"Kelompok {number}",
            name_key=f"kelompok {number}",
            created_at=START,
        )
        group.members = [
            Member(user=user, name=user.name, role=MemberRole.KETUA),
            Member(name=f"Anggota {number}", role=MemberRole.ANGGOTA, position=1),
        ]
        db.session.add_all([group, User(name=f"Panitia {number}", is_organiser=True, created_at=START)])
        _hand_in(group)
        judge = Judge(competition=competition, user=user, institution="Luar", created_at=START)
        db.session.add(judge)
        entry = Entry(stage=stage, group=group, created_at=START)
        entry.sheets = [_signed(cast.judge("juri")), _signed(cast.judge("juri-lain")), _signed(judge)]
        prima.sheets.append(_signed(judge))
        sigap.members.append(Member(name=f"Anggota lain {number}", role=MemberRole.ANGGOTA))
        db.session.flush()
        record(None, "group-added", group, now=START, name=group.name)
    _grow_sigap(cast.risalah("Sigap"))


def _hand_in(group: Group) -> None:
    content = {"title": "Judul", "sections": {"masalah": "<p>x</p>"}, "attachments": []}
    risalah = Risalah(
        group=group, outline="tulta-7", state=RisalahState.SUBMITTED, created_at=START, updated_at=START
    )
    risalah.submissions = [Submission(number=1, submitted_at=START, content=content, sha256="0" * 64)]
    db.session.add(risalah)


def _signed(judge: Judge) -> Sheet:
    marks = {criterion.id: MARKED for criterion in SHORT.criteria}
    sheet = Sheet(judge=judge, total=SHORT.total(marks), signed_at=START + timedelta(days=9))
    sheet.marks = [Mark(criterion=criterion, value=value) for criterion, value in marks.items()]
    return sheet


def _grow_sigap(risalah: Risalah) -> None:
    for number, key in enumerate(("prioritas", "judul", "kondisi", "target", "rencana")):
        risalah.sections.append(Section(key=key, html=f"<p>{number}</p>", updated_at=START))
    for number in range(MORE):
        diagram = Diagram(section="masalah", kind="pareto", table_text="", created_at=START, updated_at=START)
        diagram.updated_by, diagram.removed_at = risalah.group.members[0].user, START if number % 2 else None
        risalah.diagrams.append(diagram)
        risalah.attachments.append(
            Attachment(
                purpose=AttachmentPurpose.ATTACHMENT,
                step="1",
                filename=f"lampiran-{number}.pdf",
                media_type="application/pdf",
                size=1000,
                sha256=f"{number:064}",
                uploaded_at=START,
            )
        )


def test_no_page_asks_more_for_more_rows(app, cast, acting_as):
    pages = list(readable_pages(app, cast))
    browsers = {person: acting_as(None if person == VISITOR else person) for _, person in pages}
    few = {url: queries_of(browsers[person], url) for url, person in pages}
    with transaction():
        multiply(cast)
    many = {url: queries_of(browsers[person], url) for url, person in pages}
    assert {url: (few[url], many[url]) for url in few if many[url] > few[url] + 1} == {}
    assert len(few) > 40
