"""The committee's pages: the edition's groups, units, one group's deadline."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from kbk import clock
from kbk.audit.models import AuditRow
from kbk.competitions.models import Unit
from kbk.competitions.rules import name_key
from kbk.db import db, transaction
from kbk.groups.models import Group, Member
from kbk.policy import MemberRole
from kbk.web.forms import local


def _url(cast, page="kelompok"):
    return f"/panitia/gelar/{cast.competition().public_id}/{page}"


def _queries_of(browser, url):
    """How many statements one page takes."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(url).status == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(statements)


def _fill(cast, number):
    """Add groups with a ketua each."""
    competition, unit = cast.competition(), cast.unit("Dinas Perdagangan")
    with transaction():
        for count in range(number):
            name = f"Banyak {count:03d}"
            group = Group(
                competition=competition,
                unit=unit,
                category=competition.categories[0],
                name=name,
                name_key=name_key(name),
                created_at=clock.now(),
            )
            group.members.append(Member(name=f"Orang {count:03d}", role=MemberRole.KETUA))
            db.session.add(group)


def test_index_lists_the_groups(acting_as, cast):
    words = acting_as("panitia").get(_url(cast)).words()
    assert "4 kelompok terdaftar." in words
    assert all(name in words for name in ("Sigap", "Cepat", "Prima", "Rukun", "Ma'ruf Ketua Lain"))


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("sigap", {"Sigap"}),
        ("RSD K.R.M.T.", {"Prima"}),
        ("ma'ruf", {"Cepat"}),
        ("joko", {"Sigap"}),
        ("100%", set()),
        ("_", {"Sigap", "Cepat", "Prima", "Rukun"}),
    ],
)
def test_index_searches_groups_units_and_people(acting_as, cast, search, found):
    page = acting_as("panitia").get(_url(cast), query_string={"cari": search})
    links = {"".join(link.itertext()) for link in page.tree.iterfind(".//tbody//a")}
    assert links == found


def test_index_filters_by_category(acting_as, cast):
    kelurahan = cast.category("Kelurahan").id
    page = acting_as("panitia").get(f"{_url(cast)}?kategori={kelurahan}")
    assert {"".join(link.itertext()) for link in page.tree.iterfind(".//tbody//a")} == {"Rukun"}


def test_index_finds_groups_without_a_leader(acting_as, cast):
    page = acting_as("panitia").get(f"{_url(cast)}?ketua=belum-ada")
    assert {"".join(link.itertext()) for link in page.tree.iterfind(".//tbody//a")} == {"Rukun", "Prima"}
    assert "2 dari 4 kelompok." in page.words()


def test_lists_take_no_more_queries_for_more_groups(acting_as, cast):
    browser = acting_as("panitia")
    pages = [_url(cast), _url(cast, "undangan"), _url(cast, "unit")]
    before = [_queries_of(browser, page) for page in pages]
    _fill(cast, 280)
    assert [_queries_of(browser, page) for page in pages] == before
    words = browser.get(f"{_url(cast)}?page=6").words()
    assert "Halaman 6 dari 6 (284 kelompok)" in words
    assert browser.get(f"{_url(cast)}?page={10**30}").status == 200


def test_a_group_is_entered_by_hand(acting_as, cast):
    unit, category = cast.unit("Kelurahan Miroto"), cast.category("Kelurahan")
    form = {"version": 1, "name": "Guyub", "unit": unit.id, "category": category.id}
    answer = acting_as("panitia").post(_url(cast, "kelompok/baru"), form)
    group = cast.group("Guyub")
    assert answer.location == f"/kelompok/{group.public_id}"
    assert (group.unit_id, group.category_id, group.version) == (unit.id, category.id, 1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Nama kelompok wajib diisi."),
        ({"name": "sigap."}, "sudah mempunyai kelompok bernama sigap."),
        ({"unit": "0"}, "Pilih unit kerjanya."),
        ({"unit": "99999"}, "Pilihan ini tidak tersedia."),
        ({"category": ""}, "Pilih kategorinya."),
    ],
)
def test_a_group_is_refused(acting_as, cast, changes, message):
    unit = cast.unit("Dinas Kependudukan dan Pencatatan Sipil")
    form = {"version": 1, "name": "Baru", "unit": unit.id, "category": cast.category().id} | changes
    page = acting_as("panitia").post(_url(cast, "kelompok/baru"), form)
    assert page.status == 400
    assert any(message in error for error in page.errors())


def test_a_group_moves_to_another_unit(acting_as, cast):
    group, unit = cast.group("Rukun"), cast.unit("Dinas Perdagangan")
    form = {"version": 1, "name": "Rukun", "unit": unit.id, "category": cast.category().id}
    url = f"/panitia/kelompok/{group.public_id}/ubah"
    browser = acting_as("panitia")
    assert browser.post(url, form).status == 302
    assert cast.group("Rukun").unit_id == unit.id
    page = browser.post(url, form | {"name": "Rukun Jaya"})
    assert page.status == 409
    assert "baru saja diubah orang lain" in page.words()


def test_a_group_goes_only_while_it_has_no_risalah(acting_as, cast):
    browser = acting_as("panitia")
    refused = browser.post(f"/panitia/kelompok/{cast.group('Sigap').public_id}/hapus")
    assert refused.status == 409
    assert "Kelompok Sigap tidak dapat dihapus karena sudah mempunyai risalah" in refused.words()
    url = f"/panitia/kelompok/{cast.group('Rukun').public_id}/hapus"
    assert browser.post(url).location == _url(cast)
    assert browser.post(url).status == 404
    assert len(db.session.scalars(select(Group)).all()) == 3


def test_one_deadline_is_extended_with_its_reason(acting_as, cast):
    group, zone = cast.group("Sigap"), cast.competition().zone
    until = (cast.competition().submission_deadline + timedelta(days=5)).replace(second=0)
    form = {
        "until": f"{local(until, zone):%Y-%m-%dT%H:%M}",
        "reason": "Kantor terendam banjir selama sepekan",
        "version": "1",
    }
    url = f"/panitia/kelompok/{group.public_id}/perpanjang"
    assert acting_as("panitia").post(url, form).location == f"/kelompok/{group.public_id}"
    assert cast.group("Sigap").extended_until == until
    assert (
        "Alasan: Kantor terendam banjir selama sepekan"
        in acting_as("anggota").get(f"/kelompok/{group.public_id}").words()
    )
    row = db.session.scalars(select(AuditRow).where(AuditRow.action == "deadline-extended")).one()
    assert row.detail["changes"] == {
        "until": [None, until.isoformat()],
        "reason": [None, "Kantor terendam banjir selama sepekan"],
    }


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"until": "", "reason": "Kantor terendam banjir"}, "Batas baru wajib diisi."),
        ({"until": "kapan-kapan", "reason": "Kantor terendam banjir"}, "Tanggal dan jam tidak dikenali."),
        ({"until": "2020-01-01T10:00", "reason": "Kantor terendam banjir"}, "Batas baru harus sesudah batas"),
        ({"until": "2099-01-01T10:00", "reason": ""}, "Alasan wajib diisi."),
        ({"until": "2099-01-01T10:00", "reason": "banjir"}, "Tulis alasan yang dapat dipahami"),
    ],
)
def test_an_extension_is_refused(acting_as, cast, form, message):
    url = f"/panitia/kelompok/{cast.group('Sigap').public_id}/perpanjang"
    page = acting_as("panitia").post(url, {"version": "1"} | form)
    assert page.status == 400
    assert any(message in error for error in page.errors())


def test_units_are_added_and_corrected(acting_as, cast):
    browser = acting_as("panitia")
    assert (
        browser.post(_url(cast, "unit/baru"), {"name": "Puskesmas Halmahera", "kind": "puskesmas"}).status
        == 302
    )
    unit = cast.unit("Puskesmas Halmahera")
    url = _url(cast, f"unit/{unit.public_id}/ubah")
    form = {"version": "1", "name": "UPTD Puskesmas Halmahera", "kind": "puskesmas"}
    assert browser.post(url, form).status == 302
    assert db.session.get_one(Unit, unit.id).name_key == "uptd puskesmas halmahera"
    words = browser.get(_url(cast, "unit?cari=halmahera")).words()
    assert "UPTD Puskesmas Halmahera" in words
    assert "Miroto" not in words


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"name": "", "kind": "puskesmas"}, "Nama unit wajib diisi."),
        ({"name": "DINAS PERDAGANGAN", "kind": "puskesmas"}, "Unit Dinas Perdagangan sudah ada."),
        ({"name": "Puskesmas X", "kind": "toko"}, "Pilihan ini tidak tersedia."),
    ],
)
def test_a_unit_is_refused(acting_as, cast, form, message):
    page = acting_as("panitia").post(_url(cast, "unit/baru"), form)
    assert page.status == 400
    assert any(message in error for error in page.errors())
