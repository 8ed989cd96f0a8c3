"""The team's pages: own groups, profile, members."""

from datetime import date

import pytest
from sqlalchemy import select

from kbk import clock
from kbk.audit.models import AuditRow
from kbk.db import db, transaction
from kbk.groups import service
from kbk.groups.models import Group, Member
from kbk.policy import Actor, MemberRole

PROFILE = {
    "version": "1",
    "name": "Sigap Melayani",
    "name_meaning": "Cepat\r\ndan tepat",
    "motto": "Siap, tanggap",
    "formed_on": "2024-01-15",
    "decree_number": "061/12/2024",
}
PERSON = {
    "version": "1",
    "name": "Dr. Rina Baru, S.STP., M.Si.",
    "role": "anggota",
    "nip": "19900101 201501 1 001",
    "job_title": "Analis",
    "phone": "+62 812-3456-7890",
    "email": "rina@contoh.go.id",
}


def _url(group, page=""):
    return f"/kelompok/{group.public_id}{page}"


def _member(name):
    return db.session.scalars(select(Member).where(Member.name == name)).one()


def _edit_url(name):
    return f"/kelompok/anggota/{_member(name).public_id}/ubah"


def test_own_groups_lead_to_the_only_group(acting_as, cast):
    assert acting_as("ketua").get("/kelompok").location == _url(cast.group("Sigap"))


def test_own_groups_of_nobody_say_what_to_do(acting_as):
    assert "Anda belum tercantum di kelompok mana pun." in acting_as("pengguna").get("/kelompok").words()


def test_own_groups_list_several(acting_as, cast):
    group = cast.group("Rukun")
    with transaction():
        group.members.append(Member(user=cast.user("ketua"), name="Ani", role=MemberRole.ANGGOTA))
    words = acting_as("ketua").get("/kelompok").words()
    assert "Rukun" in words
    assert "Sigap" in words


def test_group_page_names_the_next_step(acting_as, cast):
    browser, group = acting_as("ketua"), cast.group("Sigap")
    assert (
        "Belum ada arti nama, moto, tanggal pembentukan, dan nomor SK pembentukan."
        in browser.get(_url(group)).words()
    )
    browser.post(_url(group, "/ubah"), PROFILE)
    words = browser.get(_url(group)).words()
    assert "Langkah berikutnya Tulis risalah" in words
    assert "Kelompok ini beranggotakan 2 orang di luar fasilitator" in words


def test_group_page_is_hidden_from_strangers(acting_as, cast):
    assert acting_as("ketua-lain").get(_url(cast.group("Sigap"))).status == 404
    assert acting_as(None).get(_url(cast.group("Sigap"))).location.startswith("/masuk")


def test_group_page_masks_the_nip(acting_as, cast):
    browser, group = acting_as("ketua"), cast.group("Sigap")
    browser.post(_url(group, "/anggota/baru"), PERSON)
    words = browser.get(_url(group)).words()
    assert "•••••••• •••••• • 001" in words
    assert "19900101" not in words
    assert 'value="199001012015011001"' in browser.get(_edit_url(PERSON["name"])).text


def test_profile_is_saved_with_a_trail(acting_as, cast):
    group = cast.group("Sigap")
    answer = acting_as("ketua").post(_url(group, "/ubah"), PROFILE)
    assert answer.location == _url(group)
    saved = db.session.get_one(Group, group.id)
    assert (saved.name, saved.name_key, saved.name_meaning) == (
        "Sigap Melayani",
        "sigap melayani",
        "Cepat\ndan tepat",
    )
    assert (saved.motto, saved.formed_on, saved.decree_number) == (
        "Siap, tanggap",
        date(2024, 1, 15),
        "061/12/2024",
    )
    assert saved.version == 2
    row = db.session.scalars(select(AuditRow).where(AuditRow.action == "group-changed")).one()
    assert (row.actor_name, row.detail["changes"]["name"]) == (
        "Ani Ketua, S.Kom.",
        ["Sigap", "Sigap Melayani"],
    )


def test_profile_of_an_old_page_is_refused_and_kept(acting_as, cast):
    browser, group = acting_as("ketua"), cast.group("Sigap")
    browser.post(_url(group, "/ubah"), PROFILE)
    page = browser.post(_url(group, "/ubah"), PROFILE | {"motto": "Moto kedua"})
    assert page.status == 409
    assert "Data kelompok ini baru saja diubah orang lain" in page.words()
    assert 'value="Moto kedua"' in page.text
    assert db.session.get_one(Group, group.id).motto == "Siap, tanggap"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", " ", "Nama kelompok wajib diisi."),
        ("name", "N" * 121, "Nama kelompok paling banyak 120 huruf. Singkat lebih dahulu."),
        ("name", "=1+1", "Nama kelompok berisi rumus atau tanda “=” di depannya."),
        ("motto", "m" * 201, "Moto paling banyak 200 huruf. Singkat lebih dahulu."),
        ("formed_on", "31-02-2024", "Tanggal tidak dikenali."),
        ("formed_on", "2999-01-01", "Tanggal pembentukan belum tiba; periksa kembali."),
        ("decree_number", "9" * 81, "Nomor SK pembentukan paling banyak 80 huruf."),
        ("version", "", "Muat ulang halaman ini, lalu isi sekali lagi."),
        ("version", "9" * 40, "Muat ulang halaman ini, lalu isi sekali lagi."),
    ],
)
def test_profile_refuses(acting_as, cast, field, value, message):
    page = acting_as("ketua").post(_url(cast.group("Sigap"), "/ubah"), PROFILE | {field: value})
    assert page.status == 400
    assert any(message in error for error in page.errors())


def test_profile_refuses_the_name_of_a_sister_group(acting_as, cast):
    group = cast.group("Sigap")
    with transaction():
        service.add_group(
            Actor(1, "Panitia"),
            group.competition,
            unit=group.unit,
            category=group.category,
            name="Tanggap",
            now=clock.now(),
        )
    page = acting_as("ketua").post(_url(group, "/ubah"), PROFILE | {"name": "TANGGAP"})
    assert page.status == 400
    assert "sudah mempunyai kelompok bernama TANGGAP" in page.words()


def test_member_without_office_sees_but_does_not_edit(acting_as, cast):
    browser, group = acting_as("anggota"), cast.group("Sigap")
    assert "Tambah anggota" not in browser.get(_url(group)).words()
    assert browser.get(_url(group, "/ubah")).status == 404
    assert browser.post(_url(group, "/anggota/baru"), PERSON).status == 404


def test_a_member_is_added_at_the_end(acting_as, cast):
    group = cast.group("Sigap")
    answer = acting_as("fasilitator").post(_url(group, "/anggota/baru"), PERSON)
    assert answer.location == _url(group)
    member = _member(PERSON["name"])
    assert (member.nip, member.phone, member.position) == ("199001012015011001", "081234567890", 3)
    assert (member.role, member.user_id) == (MemberRole.ANGGOTA, None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Nama lengkap wajib diisi."),
        ({"name": "N" * 121}, "Nama lengkap paling banyak 120 huruf."),
        ({"role": "raja"}, "Pilihan ini tidak tersedia."),
        ({"role": "ketua"}, "Kelompok ini sudah mempunyai ketua."),
        ({"nip": "1234"}, "NIP harus terdiri atas 18 angka; yang diisikan 4 karakter."),
        ({"nip": "199002312015011001"}, "Delapan angka pertama NIP harus tanggal lahir yang benar"),
        ({"phone": "satu"}, "Nomor HP tidak dikenali."),
        ({"email": "bukan alamat"}, "Alamat surel “bukan alamat” tidak dikenali."),
        ({"name": "joko  anggota", "nip": ""}, "Joko Anggota sudah tercantum di kelompok ini."),
    ],
)
def test_a_member_is_refused(acting_as, cast, changes, message):
    page = acting_as("ketua").post(_url(cast.group("Sigap"), "/anggota/baru"), PERSON | changes)
    assert page.status == 400
    assert any(message in error for error in page.errors())
    assert len(db.session.scalars(select(Member)).all()) == 4


def test_the_same_person_sent_twice_is_added_once(acting_as, cast):
    browser, url = acting_as("ketua"), _url(cast.group("Sigap"), "/anggota/baru")
    browser.post(url, PERSON)
    page = browser.post(url, PERSON)
    assert page.status == 400
    assert "NIP ini sudah tercantum atas nama Dr. Rina Baru, S.STP., M.Si. di kelompok ini." in page.words()


def test_the_office_of_ketua_passes_on(acting_as):
    browser = acting_as("ketua")
    change = PERSON | {"name": "Joko Anggota", "role": "ketua", "nip": ""}
    browser.post(_edit_url("Joko Anggota"), change)
    assert _member("Joko Anggota").role is MemberRole.KETUA
    assert _member("Ani Ketua, S.Kom.").role is MemberRole.ANGGOTA
    assert browser.get(_edit_url("Joko Anggota")).status == 404


def test_the_ketua_cannot_just_step_down(acting_as):
    page = acting_as("ketua").post(
        _edit_url("Ani Ketua, S.Kom."), PERSON | {"name": "Ani Ketua, S.Kom.", "nip": ""}
    )
    assert page.status == 400
    assert "Kelompok harus mempunyai satu ketua." in page.words()


def test_a_member_of_an_old_page_is_refused_and_kept(acting_as):
    browser, change = acting_as("ketua"), PERSON | {"name": "Joko Anggota", "nip": ""}
    url = _edit_url("Joko Anggota")
    assert browser.post(url, change).status == 302
    page = browser.post(url, change | {"job_title": "Kepala"})
    assert page.status == 409
    assert "Data anggota ini baru saja diubah orang lain" in page.words()
    assert 'value="Kepala"' in page.text


def test_a_member_is_taken_out(acting_as, cast):
    url = f"/kelompok/anggota/{_member('Joko Anggota').public_id}/keluarkan"
    browser = acting_as("ketua")
    assert browser.post(url).location == _url(cast.group("Sigap"))
    assert "Joko Anggota" not in [member.name for member in cast.group("Sigap").members]
    assert browser.post(url).status == 404
    assert acting_as("anggota").get(_url(cast.group("Sigap"))).status == 404


@pytest.mark.parametrize(
    ("username", "name", "message"),
    [
        ("ketua", "Ani Ketua, S.Kom.", "Anda tidak dapat mengeluarkan diri sendiri."),
        ("fasilitator", "Ani Ketua, S.Kom.", "Ani Ketua, S.Kom. adalah ketua."),
    ],
)
def test_ketua_and_oneself_stay(acting_as, username, name, message):
    page = acting_as(username).post(f"/kelompok/anggota/{_member(name).public_id}/keluarkan")
    assert page.status == 409
    assert message in page.words()
