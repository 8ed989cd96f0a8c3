"""Whatever people call themselves and write: on every page it is text, and nothing but text."""

from dataclasses import fields, is_dataclass, replace
from itertools import count, cycle
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy import JSON, String, update

from kbk import models  # noqa: F401 - all tables
from kbk.audit.trail import record
from kbk.clock import now
from kbk.db import Base, db, transaction
from kbk.pdf.templates import fill_template
from tests.awards.minutes_samples import MINUTES
from tests.awards.paper_samples import FULL_CERTIFICATE, RANKING
from tests.cast import Cast
from tests.page import check_page
from tests.site.routes import VISITOR
from tests.site.test_access import ROUTES, rules_of

PAYLOADS = (
    "<xss>",
    '"><xss y="',
    "'><xss y='",
    '" xss="1',
    "' xss='1",
    "` xss=1 `",
    "</textarea><xss>",
    "</title><xss>",
    "</script><xss>",
    "</option></select><xss>",
    "--><xss><!--",
    "]]><xss>",
    "&lt;xss&gt;&#60;xss>",
    "<svg/onload=xss()>",
    "<img src=x onerror=xss()>",
    "javascript:xss()//",
    "{{ 7*7 }}{% xss %}",
    "${xss}<%= xss %>",
    "<a href=javascript:xss()>",
    "\u202e<xss>\u2028\u2066",
)
PLACES = {
    "users": ("name", "email", "phone"),
    "units": ("name",),
    "competitions": (
        *("name", "city", "description", "letterhead", "letterhead_address", "signer_position"),
        *("signer_name", "signer_rank", "certificate_number"),
    ),
    "categories": ("name",),
    "stages": ("name",),
    "groups": ("name", "name_meaning", "motto", "decree_number", "extension_reason"),
    "members": ("name", "job_title", "phone", "email"),
    "risalah": ("title",),
    "sections": ("html",),
    "section_revisions": ("html",),
    "diagrams": ("table_text",),
    "diagram_revisions": ("table_text",),
    "submissions": ("return_reason",),
    "attachments": ("filename",),
    "judges": ("institution", "job_title"),
    "sheets": ("comment", "recusal_reason", "reopening_reason"),
    "panel_decisions": ("note",),
    "certificates": ("award", "number"),
    "minutes": ("number", "venue", "revoked_reason"),
    "sessions": ("device", "address"),
    "imports": ("filename",),
    "jobs": ("title", "message"),
    "standings": ("note", "award"),
}
"""What people write, as tables and columns."""
ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "hx-get", "hx-post"})
FEW = 4
EVERY_OFFICE = frozenset({"panitia", "ketua", "juri", VISITOR})
OUTWARD = ("/", "#", "?", "https://wa.me/", "mailto:", "tel:", "data:image/", "blob:")


def poison(turn: int) -> None:
    """Write a payload into every text of people, another one into each; `turn` shifts who gets which."""
    following = cycle(PAYLOADS[turn:] + PAYLOADS[:turn])
    number = count()
    for table in Base.metadata.sorted_tables:
        for name in PLACES.get(table.name, ()):
            if name not in table.columns:
                continue
            column = table.columns[name]
            length = column.type.length if isinstance(column.type, String) else None
            for row in db.session.execute(table.select()).mappings().all():
                own = [column == row[column.name] for column in table.primary_key.columns]
                text = f"{next(following)} {next(number)}"[:length]
                db.session.execute(update(table).where(*own).values({name: text}))
    _poison_json(next(following))


def _poison_json(payload: str) -> None:
    """Write the payload where whole documents are kept: in hand-ins and rubrics."""
    documents = (
        ("submissions", "content"),
        ("stages", "rubric"),
        ("diagrams", "settings"),
        ("diagram_revisions", "settings"),
    )
    for table, column in documents:
        found = Base.metadata.tables[table]
        assert isinstance(found.columns[column].type, JSON)
        for row in db.session.execute(found.select()).mappings().all():
            document = _poisoned(row[column], payload)
            db.session.execute(update(found).where(found.c.id == row["id"]).values({column: document}))


SPOILT = ("title", "name", "unit", "category", "edition", "filename", "aspect", "masalah")


def _poisoned(value: object, payload: str, key: str = "") -> object:
    if isinstance(value, dict):
        return {name: _poisoned(item, payload, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_poisoned(item, payload, key) for item in value]
    return f"{payload} {value}" if isinstance(value, str) and key in SPOILT else value


def broken_out(tree: Element) -> list[str]:
    """Elements, attributes and addresses of a page that only a payload can have made."""
    found = [element.tag for element in tree.iter() if isinstance(element.tag, str) and "xss" in element.tag]
    for element in tree.iter():
        for name, value in element.attrib.items():
            if "xss" in name or name.startswith("on"):
                found.append(f"{element.tag} {name}")
            if name in ADDRESSES and value and not value.startswith(OUTWARD):
                found.append(f"{element.tag} {name}={value[:40]}")
    return found


@pytest.mark.parametrize("turn", range(0, len(PAYLOADS), 4))
def test_texts_of_people_stay_texts_on_every_page(turn, app, cast: Cast, acting_as):
    pages = sorted(set(_pages(app, cast)))
    browsers = {person: acting_as(None if person == VISITOR else person) for _, person in pages}
    with transaction():
        record(
            None, "group-added", cast.group("Sigap"), now=now(), name=PAYLOADS[turn], unit=PAYLOADS[turn + 1]
        )
        poison(turn)
    wrong, seen = {}, 0
    for url, person in pages:
        answer = browsers[person].client.get(url)
        db.session.rollback()
        if answer.mimetype != "text/html" or answer.status_code >= 300:
            continue
        page = browsers[person]._answered(answer)
        check_page(page)
        seen += "xss" in page.text
        if found := broken_out(page.tree):
            wrong[f"{url} as {person}"] = found
    assert wrong == {}
    assert seen > 40


def _pages(app, cast: Cast):
    """Every page about the first two objects it is declared for, with some of those who may see them."""
    for endpoint, route in ROUTES.items():
        if not any("GET" in rule.methods for rule in rules_of(app, endpoint)):
            continue
        for name, allowed in list(route.allowed.items())[:2]:
            for person in allowed if len(allowed) < FEW else EVERY_OFFICE & allowed:
                with app.test_request_context():
                    yield app.url_map.bind("localhost").build(endpoint, route.parts(cast, name)), person


def _spoilt(value: object, payload: str) -> object:
    """A paper's description with the payload at the front of every text."""
    if isinstance(value, str):
        return f"{payload} {value}"
    if isinstance(value, tuple):
        return tuple(_spoilt(item, payload) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _spoilt(getattr(value, f.name), payload) for f in fields(value)})
    return value


@pytest.mark.parametrize("payload", PAYLOADS)
def test_texts_of_people_stay_texts_on_every_paper(payload):
    ranking, certificate = _spoilt(RANKING, payload), _spoilt(FULL_CERTIFICATE, payload)
    pages = (
        fill_template("ranking.html", paper=ranking, landscape=False),
        fill_template("minutes.html", paper=_spoilt(MINUTES, payload)),
        fill_template("certificate.html", paper=certificate, qr="qr-0"),
        fill_template(
            "certificate-backdrop.html", letterhead=certificate.letterhead, spacing="", title=payload
        ),
    )
    for page in pages:
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        assert [found for found in broken_out(tree) if "=kbk:" not in found and "style" not in found] == []
