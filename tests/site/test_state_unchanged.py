"""Looking changes nothing, whatever the address asks for besides."""

import hashlib
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from kbk.db import Base, db
from tests.site.routes import VISITOR
from tests.site.test_access import ROUTES, rules_of

QUERIES = (
    "",
    "cari=%ED%A0%80%EF%BF%BE&kategori=%FF&=&&&a",
    *(
        urlencode(query)
        for query in (
            {"page": "-1"},
            {"page": "99999999999999999999"},
            {"page": "abc", "cari": "<script>alert(1)</script>"},
            {"page": "9" * 5000, "nomor": "9" * 5000},
            {"cari": "%_\\'\"" + "ﷺ" * 300, "kategori": "9" * 30},
            {"kategori": "-1", "keadaan": "x" * 300, "peran": "'"},
            {"kategori": "²", "nomor": "99999999999999999999", "tanggal": "0001-01-01"},
            {"kode": "../../etc/passwd", "lanjut": "//jahat.example", "nomor": "-1", "tanggal": "abc"},
            {"contoh": "__class__", "nomor": "0", "q": "<script>", "next": "x", "per_page": "1000000"},
            {"a\x00b": "c\x00d"},
        )
    ),
)


NOTED = frozenset({("sessions", "seen_at"), ("sessions", "judged_at")})
"""When a session, and score sheets in it, were last used: the only thing that looking writes."""


def fingerprint() -> str:
    """All rows of all tables without what is `NOTED`."""
    content = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.columns if (table.name, column.name) not in NOTED]
        rows = db.session.execute(select(*columns).order_by(*table.primary_key.columns)).all()
        content.update(repr((table.name, [tuple(row) for row in rows])).encode())
    db.session.rollback()
    return content.hexdigest()


def readable(app) -> list[str]:
    return sorted(
        endpoint for endpoint in ROUTES if any("GET" in rule.methods for rule in rules_of(app, endpoint))
    )


def test_looking_changes_nothing_and_no_query_is_a_fault(app, cast, acting_as):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    wrong, asked = [], 0
    browsers = {}
    for endpoint in readable(app):
        route = ROUTES[endpoint]
        for name, allowed in list(route.allowed.items())[:2]:
            if not allowed:
                continue
            person = VISITOR if VISITOR in allowed else sorted(allowed)[-1]
            browser = browsers.setdefault(person, acting_as(None if person == VISITOR else person))
            with app.test_request_context():
                url = app.url_map.bind("localhost").build(endpoint, route.parts(cast, name))
            before = fingerprint()
            for query in QUERIES:
                status = browser.client.get(f"{url}{'&' if '?' in url else '?'}{query}").status_code
                db.session.rollback()
                asked += 1
                if status >= 500:
                    wrong.append(f"{endpoint} {query}: {status}")
            if fingerprint() != before:
                wrong.append(f"{endpoint} changes what is stored")
    assert wrong == []
    assert asked > 500


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "9" * 400, "-1"])
def test_a_number_in_an_address_that_nothing_has_is_not_found(acting_as, cast, number):
    browser, risalah = acting_as("ketua-lain"), cast.risalah("Cepat").public_id
    assert browser.get(f"/risalah/{risalah}/tanda-terima/{number}").status == 404
    assert browser.get(f"/risalah/{risalah}/langkah/{number}").status == 404
    assert (
        browser.post(f"/risalah/{risalah}/bagian/masalah/riwayat/{number}/pulihkan", {"version": "1"}).status
        == 404
    )
