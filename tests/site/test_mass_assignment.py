"""Fields that a form does not have change nothing, whatever they are called."""

import pytest
from sqlalchemy import select

from kbk.accounts.models import User
from kbk.db import Base, db
from tests.page import Browser
from tests.site.forms_sent import fields_of, object_and_person, url_of

STRANGE = {
    "is_organiser": "1",
    "active": "",
    "user_id": "2",
    "judge_id": "2",
    "group_id": "2",
    "unit_id": "2",
    "competition_id": "2",
    "stage_id": "2",
    "entry_id": "2",
    "id": "2",
    "public_id": "AAAAAAAAAAAAAAAA",
    "slug": "lain",
    "username": "lain",
    "password_hash": "x",
    "state": "published",
    "signed_at": "2024-01-01T00:00",
    "submitted_at": "2024-01-01T00:00",
    "opened_at": "2024-01-01T00:00",
    "confirmed_at": "2024-01-01T00:00",
    "extended_until": "2099-01-01T00:00",
    "late": "1",
    "total": "100",
    "position": "9",
    "place": "1",
    "award": "Juara I",
    "serial": "9",
    "created_at": "2020-01-01T00:00",
    "created_by_id": "2",
    "__class__": "x",
}
"""Columns that no form of those below may set."""
FORMS = {
    "accounts.change_password": {},
    "competitions.create": {"name": "Gelar Baru", "city": "Kota Baru", "letterhead": "Kota"},
    "competitions.edit": {"name": "Gelar Lain"},
    "competitions.edit_rubric": {"name": "Rubrik lain"},
    "competitions.edit_stage": {"name": "Tahap lain"},
    "competitions.add_category": {"kategori-name": "Puskesmas"},
    "groups.add_member": {"name": "Anggota Baru"},
    "groups.create_unit": {"name": "Dinas Baru"},
    "groups.edit": {"motto": "Cepat"},
    "groups.edit_member": {"name": "Nama Lain"},
    "groups.edit_unit": {"name": "Kelurahan Lain"},
    "groups.place": {"name": "Nama Lain"},
    "judging.add_judge": {"name": "Dr. Juri Baru", "institution": "Universitas Contoh"},
    "judging.judge": {"institution": "Universitas Lain"},
    "judging.save_sheet": {"comment": "Baik", "nilai-tidak-ada": "10"},
    "risalah.save_section": {"html": "<p>Lain</p>"},
    "risalah.set_title": {"title": "Judul lain"},
}
"""Addresses that keep what was typed, and what is typed."""
MOMENTS = {
    "submission_opens_at": "2024-01-01T08:00",
    "submission_deadline": "2024-02-01T08:00",
}


def guarded() -> dict[tuple[object, ...], list[object]]:
    """The columns named above of all rows, by table and key."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name in {"audit", "sessions", "jobs"}:
            continue
        keys = list(table.primary_key.columns)
        kept = [column for column in table.columns if column.name in STRANGE]
        for row in db.session.execute(select(*keys, *kept)).all():
            found[table.name, *row[: len(keys)]] = list(row[len(keys) :])
    db.session.rollback()
    return found


@pytest.mark.parametrize("endpoint", sorted(FORMS))
def test_fields_that_a_form_does_not_have_are_left_alone(endpoint, app, cast):
    browser = Browser(app, object_and_person(endpoint)[1])
    url = url_of(app, cast, endpoint)
    form = fields_of(browser, app, cast, endpoint, url) | FORMS[endpoint]
    form |= {name: value for name, value in MOMENTS.items() if name in form}
    before = guarded()
    page = browser.post(url, STRANGE | form)
    after = guarded()
    assert page.status == (400 if endpoint == "accounts.change_password" else 302), page.errors()
    assert {key: after.get(key) for key in before} == before
    added = [key for key in after if key not in before]
    assert all(not db.session.get(User, key[1]).is_organiser for key in added if key[0] == "users")
    assert "AAAAAAAAAAAAAAAA" not in {value for key in added for value in after[key]}
