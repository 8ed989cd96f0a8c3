"""One later deadline for several groups: chosen, checked, given; one line of the trail for each."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from kbk.audit.models import AuditRow
from kbk.db import db, transaction
from kbk.groups.models import Group

UNTIL = datetime(2099, 1, 1, 3, tzinfo=UTC)
FORM = {"until": "2099-01-01T10:00", "reason": "Kantor terendam banjir sepekan"}


def _url(cast):
    return f"/panitia/gelar/{cast.competition().public_id}/perpanjang"


def _ids(cast, *names):
    return [cast.group(name).public_id for name in names]


def _hidden(page, name):
    return [box.get("value") for box in page.tree.iter("input") if box.get("name") == name]


def _confirmed(browser, cast, *names, **changes):
    """The fields of the page that asks once more."""
    page = browser.post(_url(cast), FORM | {"kelompok": _ids(cast, *names)} | changes)
    assert page.status == 200
    return FORM | changes | {"kelompok": _hidden(page, "kelompok")}


def _rows():
    return db.session.scalars(select(AuditRow).where(AuditRow.action == "deadline-extended")).all()


def _deadlines():
    return {group.name: group.extended_until for group in db.session.scalars(select(Group))}


def test_ticked_groups_are_listed_for_one_deadline(acting_as, cast):
    browser = acting_as("panitia")
    overview = browser.get(_url(cast).removesuffix("/perpanjang"))
    (boxes,) = [form for form in overview.tree.iter("form") if form.get("action") == _url(cast)]
    ticks = [box.get("value") for box in boxes.iter("input") if box.get("name") == "kelompok"]
    assert ticks == _ids(cast, "Rukun", "Sigap")
    page = browser.get(_url(cast), query_string={"kelompok": ticks[:1]})
    assert _hidden(page, "kelompok") == ticks[:1]
    assert "Kelompok yang diperpanjang (1)" in page.words()


def test_all_that_match_are_listed_without_ticking(acting_as, cast):
    browser = acting_as("panitia")
    kelurahan = cast.category("Kelurahan").id
    assert _hidden(browser.get(f"{_url(cast)}?semua=ya"), "kelompok") == _ids(cast, "Rukun", "Sigap")
    found = browser.get(f"{_url(cast)}?semua=ya&kategori={kelurahan}&cari=miroto")
    assert _hidden(found, "kelompok") == _ids(cast, "Rukun")
    assert "Belum ada kelompok yang dipilih." in browser.get(_url(cast)).words()


def test_nothing_changes_before_the_list_is_confirmed(acting_as, cast):
    browser = acting_as("panitia")
    page = browser.post(_url(cast), FORM | {"kelompok": _ids(cast, "Rukun", "Sigap")})
    assert page.heading == "Perpanjang 2 kelompok?"
    assert "Batas baru1 Januari 2099 pukul 10.00 WIB" in page.words().replace("Batas baru ", "Batas baru")
    assert "Rukun" in page.words()
    assert "Sigap" in page.words()
    assert _hidden(page, "kelompok") == [f"{public_id}:1" for public_id in _ids(cast, "Rukun", "Sigap")]
    assert set(_deadlines().values()) == {None}
    again = browser.post(_url(cast), FORM | {"kelompok": _hidden(page, "kelompok"), "ubah": "ya"})
    assert (again.status, again.heading) == (200, "Perpanjang batas beberapa kelompok")
    assert again.fields("")["reason"] == FORM["reason"]


def test_confirmed_groups_get_it_with_one_line_each(acting_as, cast):
    browser = acting_as("panitia")
    answer = browser.post(_url(cast), _confirmed(browser, cast, "Rukun", "Sigap"))
    assert answer.location == _url(cast).removesuffix("/perpanjang")
    assert "Batas 2 kelompok kini 1 Januari 2099 pukul 10.00 WIB." in browser.get(answer.location).words()
    assert _deadlines() == {"Rukun": UNTIL, "Sigap": UNTIL, "Cepat": None, "Prima": None}
    changes = {"until": [None, UNTIL.isoformat()], "reason": [None, FORM["reason"]]}
    assert [(row.subject_kind, row.detail) for row in _rows()] == [("groups", {"changes": changes})] * 2
    assert {row.subject_id for row in _rows()} == {cast.group("Rukun").id, cast.group("Sigap").id}


def test_giving_it_twice_is_giving_it_once(acting_as, cast):
    browser = acting_as("panitia")
    form = _confirmed(browser, cast, "Rukun", "Sigap")
    assert [browser.post(_url(cast), form).status for _ in range(2)] == [302, 302]
    assert len(_rows()) == 2


def test_a_group_changed_meanwhile_stops_all_and_is_named(acting_as, cast):
    first, second = acting_as("panitia"), acting_as("panitia")
    form = _confirmed(second, cast, "Rukun", "Sigap")
    rukun = cast.group("Rukun")
    single = {"until": "2098-01-01T10:00", "reason": "Lurah baru dilantik", "version": "1"}
    assert first.post(f"/panitia/kelompok/{rukun.public_id}/perpanjang", single).status == 302
    page = second.post(_url(cast), form)
    assert page.status == 409
    assert "Data kelompok Rukun baru saja diubah orang lain sejak halaman ini dibuka." in page.errors()[0]
    assert "1 Januari 2098 pukul 10.00 WIB" in page.words()
    assert _deadlines()["Sigap"] is None
    shown = _hidden(page, "kelompok")
    assert shown == [f"{rukun.public_id}:2", f"{cast.group('Sigap').public_id}:1"]
    assert second.post(_url(cast), form | {"kelompok": shown}).status == 302
    assert _deadlines() == {"Rukun": UNTIL, "Sigap": UNTIL, "Cepat": None, "Prima": None}


def test_a_longer_deadline_of_ones_own_is_never_shortened(acting_as, cast):
    browser, longer = acting_as("panitia"), datetime(2100, 1, 1, tzinfo=UTC)
    with transaction():
        cast.group("Rukun").extended_until = longer
    page = browser.post(_url(cast), FORM | {"kelompok": _ids(cast, "Rukun", "Sigap")})
    assert page.heading == "Perpanjang 1 kelompok?"
    assert "1 kelompok sudah mempunyai batas yang lebih lama; batasnya tetap." in page.words()
    browser.post(_url(cast), FORM | {"kelompok": _hidden(page, "kelompok")})
    assert _deadlines() == {"Rukun": longer, "Sigap": UNTIL, "Cepat": None, "Prima": None}
    alone = browser.post(_url(cast), FORM | {"kelompok": _ids(cast, "Rukun")})
    assert alone.status == 400
    assert "Semua kelompok ini sudah mempunyai batas yang lebih lama." in " ".join(alone.errors())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"until": ""}, "Batas baru wajib diisi."),
        ({"until": "kapan-kapan"}, "Tanggal dan jam tidak dikenali."),
        ({"until": "2020-01-01T10:00"}, "Batas baru harus sesudah batas"),
        ({"reason": ""}, "Alasan wajib diisi."),
        ({"reason": "banjir"}, "Tulis alasan yang dapat dipahami"),
        ({"kelompok": []}, "Centang paling sedikit satu kelompok"),
        ({"kelompok": ["tidak-ada:1"]}, "Centang paling sedikit satu kelompok"),
    ],
)
@pytest.mark.parametrize("confirmed", [False, True])
def test_what_the_form_for_one_refuses_is_refused(acting_as, cast, changes, message, confirmed):
    ids = [f"{public_id}:1" if confirmed else public_id for public_id in _ids(cast, "Rukun", "Sigap")]
    page = acting_as("panitia").post(_url(cast), FORM | {"kelompok": ids} | changes)
    assert page.status == 400
    assert message in " ".join(page.errors())
    assert set(_deadlines().values()) == {None}


def test_who_has_handed_in_needs_no_longer_deadline(acting_as, cast):
    page = acting_as("panitia").post(_url(cast), FORM | {"kelompok": _ids(cast, "Cepat", "Rukun")})
    assert _hidden(page, "kelompok") == [f"{cast.group('Rukun').public_id}:1"]


@pytest.mark.parametrize("person", ["ketua", "juri", "pengguna"])
def test_only_the_committee_extends(acting_as, cast, person):
    form = FORM | {"kelompok": [f"{public_id}:1" for public_id in _ids(cast, "Rukun", "Sigap")]}
    assert acting_as(person).post(_url(cast), form).status == 403
    assert set(_deadlines().values()) == {None}
