"""Importing a list in the browser: upload, look, put right, confirm once."""

import io
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kbk import clock
from kbk.audit.models import AuditRow
from kbk.competitions import service as competitions
from kbk.competitions.models import Unit, UnitKind
from kbk.db import db, transaction
from kbk.groups.models import Group, Import, Member
from kbk.groups.unit_names import NEW_UNIT
from kbk.policy import MemberRole
from tests.files import hostile

LISTS = Path(__file__).parent / "data"
HEADING = ["No", "OPD", "Nama KBK", "Ketua", "NIP", "HP/WA", "Surel"]


def _upload(browser, cast, content, filename="daftar.xlsx"):
    url = f"/panitia/gelar/{cast.competition().public_id}/impor"
    return browser.post(url, {"file": (io.BytesIO(content), filename)})


def _states(page):
    """The verdicts of a preview by row number."""
    rows = [list(row) for row in page.tree.iterfind(".//tbody/tr")]
    return {
        int(place.find("div").text): "".join(state.itertext()).strip() for place, _said, state, _notes in rows
    }


def _group_count():
    return db.session.scalar(select(func.count(Group.id)))


def test_the_real_list_goes_in_row_by_row(acting_as, cast, real_list):
    browser = acting_as("panitia")
    preview = _upload(browser, cast, real_list, "daftar-kbk.xlsx").location
    page = browser.get(preview)
    states = _states(page)
    assert sorted(states) == [1, 2, *range(4, 47), 48]
    assert list(states)[:6] == [7, 14, 17, 25, 29, 33]
    assert list(states)[-5:] == [1, 2, 4, 46, 48]
    assert "6 baris perlu diperbaiki dan belum akan masuk" in page.words()
    assert {number for number, state in states.items() if state == "Perlu diperbaiki"} == {
        7,
        14,
        17,
        25,
        29,
        33,
    }
    assert {number for number, state in states.items() if state == "Dilewati"} == {1, 2, 4, 46, 48}
    assert "35 kelompok siap diimpor" in page.words()
    assert _group_count() == 4
    assert browser.post(f"{preview}/terapkan").location == preview
    assert _group_count() == 39
    assert "35 kelompok telah dimasukkan" in browser.get(preview).words()
    group = cast.group("Prima 8")
    assert (group.unit.name, group.category.name) == ("Kelurahan Krapyak", "Kelurahan")
    leader = group.members[0]
    assert (leader.name, leader.role, leader.phone) == (
        "Contoh Ketua 8, S.E.",
        MemberRole.KETUA,
        "08740425063",
    )
    assert cast.group("Prima 1").unit_id == cast.unit("Dinas Kependudukan dan Pencatatan Sipil").id
    parent = db.session.get_one(Unit, group.unit.parent_id)
    assert (parent.name, parent.kind) == ("Kecamatan Semarang Barat", UnitKind.KECAMATAN)


def test_confirming_twice_is_harmless(acting_as, cast, real_list):
    browser = acting_as("panitia")
    preview = _upload(browser, cast, real_list).location
    browser.post(f"{preview}/terapkan")
    browser.post(f"{preview}/terapkan")
    assert (
        "Impor ini sudah diterapkan sebelumnya; tidak ada yang ditambahkan lagi."
        in browser.get(preview).words()
    )
    assert _group_count() == 39
    confirmed = db.session.scalars(select(AuditRow).where(AuditRow.action == "import-confirmed")).one()
    assert len(confirmed.detail["groups"]) == 35


def test_importing_again_adds_nothing_and_says_so(acting_as, cast, real_list):
    browser = acting_as("panitia")
    browser.post(f"{_upload(browser, cast, real_list).location}/terapkan")
    units = db.session.scalar(select(func.count(Unit.id)))
    again = _upload(browser, cast, real_list).location
    page = browser.get(again)
    states = _states(page)
    assert sum(state == "Sudah ada" for state in states.values()) == 36
    assert "Siap diimpor" not in states.values()
    assert "Tidak ada baris yang siap diimpor." in page.words()
    browser.post(f"{again}/terapkan")
    assert _group_count() == 39
    assert db.session.scalar(select(func.count(Unit.id))) == units


def test_a_confirmed_import_stays_its_own_record(acting_as, cast, real_list):
    browser = acting_as("panitia")
    preview = _upload(browser, cast, real_list).location
    browser.post(f"{preview}/terapkan")
    states = _states(browser.get(preview))
    assert (states[5], states[7], states[46]) == ("Diimpor", "Perlu diperbaiki", "Dilewati")


def test_the_preview_filters_by_state(acting_as, cast, real_list):
    browser = acting_as("panitia")
    preview = _upload(browser, cast, real_list).location
    assert list(_states(browser.get(f"{preview}?keadaan=perlu-diperbaiki"))) == [7, 14, 17, 25, 29, 33]
    assert "Tidak ada baris dengan keadaan ini." in browser.get(f"{preview}?keadaan=sudah-ada").words()


def test_a_near_miss_is_put_right_for_all_its_rows(acting_as, cast, workbook):
    browser = acting_as("panitia")
    rows = [HEADING, [1, "Dinas Perdagagan", "Satu", "Ani"], [2, "DINAS PERDAGAGAN", "Dua", "Budi"]]
    preview = _upload(browser, cast, workbook(rows)).location
    assert "Maksud Anda “Dinas Perdagangan”?" in browser.get(preview).words()
    trade = cast.unit("Dinas Perdagangan")
    answer = browser.post(
        f"{preview}/unit", {"position": 1, "decision": trade.public_id, "keadaan": "perlu-diperbaiki"}
    )
    assert answer.location == f"{preview}?keadaan=perlu-diperbaiki"
    browser.post(f"{preview}/terapkan")
    assert {cast.group(name).unit_id for name in ("Satu", "Dua")} == {trade.id}


def test_a_near_miss_may_be_a_new_unit(acting_as, cast, workbook):
    browser = acting_as("panitia")
    preview = _upload(browser, cast, workbook([HEADING, [1, "Dinas Perdagagan", "Satu", "Ani"]])).location
    browser.post(f"{preview}/unit", {"position": 1, "decision": "baru"})
    assert "Unit baru: Dinas Perdagagan." in browser.get(preview).words()
    browser.post(f"{preview}/terapkan")
    assert cast.group("Satu").unit.name == "Dinas Perdagagan"


def test_only_what_was_offered_can_be_decided(acting_as, cast, workbook):
    browser = acting_as("panitia")
    preview = _upload(browser, cast, workbook([HEADING, [1, "Dinas Perdagagan", "Satu", "Ani"]])).location
    stranger = cast.unit("Kelurahan Miroto").public_id
    for data in (
        {"position": 1, "decision": stranger},
        {"position": 9, "decision": "baru"},
        {"position": "x"},
    ):
        assert browser.post(f"{preview}/unit", data).status == 400
    browser.post(f"{preview}/terapkan")
    assert browser.post(f"{preview}/unit", {"position": 1, "decision": "baru"}).status == 409


def test_kelurahan_of_one_name_go_to_their_kecamatan(acting_as, cast, workbook):
    with transaction():
        for place in ("Semarang Utara", "Mijen"):
            parent = competitions.add_unit(None, f"Kecamatan {place}", UnitKind.KECAMATAN, clock.now())
            db.session.flush()
            name = "Kelurahan Purwosari" if place == "Mijen" else f"Kelurahan Purwosari, Kecamatan {place}"
            competitions.add_unit(None, name, UnitKind.KELURAHAN, clock.now(), parent=parent)
    browser = acting_as("panitia")
    heading = ["Kelurahan", "Kecamatan", "Jenis", "Nama KBK"]
    rows = [
        heading,
        ["Purwosari", "MIJEN", "Kelurahan", "Atas"],
        ["Purwosari", "Semarang Utara", "Kelurahan", "Bawah"],
    ]
    browser.post(f"{_upload(browser, cast, workbook(rows)).location}/terapkan")
    assert cast.group("Atas").unit.name == "Kelurahan Purwosari"
    assert cast.group("Bawah").unit.name == "Kelurahan Purwosari, Kecamatan Semarang Utara"


@pytest.mark.parametrize(
    ("content", "filename", "message"),
    [
        (b"", "daftar.xlsx", "Berkas “daftar.xlsx” kosong."),
        (b"nama,nilai", "daftar.csv", "Berkas “daftar.csv” tidak dapat diterima di sini."),
        (
            b"\xd0\xcf\x11\xe0" + b"x" * 99,
            "daftar.xls",
            "Berkas “daftar.xls” tidak dapat dibaca sebagai Excel.",
        ),
        (b"nama;nilai", "daftar.csv", "Unggah berkas dengan akhiran .xlsx, .xls, atau .ods."),
        (b"%PDF-1.7", "daftar.xlsx", "Berkas “daftar.xlsx” berakhiran .xlsx, tetapi isinya PDF."),
        (hostile.docx(), "daftar.xlsx", "Berkas “daftar.xlsx” bukan dokumen .xlsx yang benar."),
    ],
)
def test_what_is_no_list_is_refused(acting_as, cast, content, filename, message):
    page = _upload(acting_as("panitia"), cast, content, filename)
    assert page.status == 400
    assert any(message in error for error in page.errors())
    assert db.session.scalar(select(func.count(Import.id))) == 0


def test_a_bomb_is_refused(acting_as, cast):
    page = _upload(acting_as("panitia"), cast, hostile.far_cell_xlsx())
    assert page.status == 400
    assert "terlalu besar untuk dibaca; paling banyak 10.000 baris dan 100 kolom." in page.words()


def test_no_file_is_asked_for(acting_as, cast):
    page = acting_as("panitia").post(f"/panitia/gelar/{cast.competition().public_id}/impor", {})
    assert page.status == 400
    assert any("Pilih dahulu berkas Excel yang akan diimpor." in error for error in page.errors())


def test_an_empty_workbook_is_refused(acting_as, cast, workbook):
    page = _upload(acting_as("panitia"), cast, workbook([]))
    assert page.status == 400
    assert "tidak berisi apa pun" in page.words()


def test_five_thousand_rows_go_in(acting_as, cast, workbook):
    rows = [HEADING, *([n, f"Dinas Contoh {n % 280}", f"KBK {n}", f"Ketua {n}"] for n in range(1, 5_001))]
    content, browser = workbook(rows), acting_as("panitia")
    began = time.monotonic()
    preview = _upload(browser, cast, content).location
    page = browser.get(preview)
    assert "5000 kelompok siap diimpor" in page.words()
    assert "Halaman 1 dari 26" in page.words()
    browser.post(f"{preview}/terapkan")
    assert _group_count() == 5_004
    assert db.session.scalar(select(func.count(Member.id))) == 5_004
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(("name", "found"), [("daftar-kbk.xls", 4), ("daftar-kbk.ods", 3)])
def test_lists_of_old_excel_and_of_calc_go_in_too(acting_as, cast, name, found):
    browser = acting_as("panitia")
    preview = _upload(browser, cast, (LISTS / name).read_bytes(), name).location
    for position, _row in enumerate(_states(browser.get(preview))):
        browser.post(f"{preview}/unit", {"position": str(position), "decision": NEW_UNIT})
    assert f"{found} kelompok siap diimpor" in browser.get(preview).words()
    browser.post(f"{preview}/terapkan")
    assert _group_count() == 4 + found
    group = cast.group("Niaga Prima")
    leader = group.members[0]
    assert (group.unit.name, leader.name, leader.nip, leader.phone) == (
        "Dinas Perdagangan",
        "Ani Lestari, S.E.",
        "199001012015012001",
        "081234567890",
    )


def test_a_name_whose_formula_was_saved_without_its_result_is_not_taken_for_zero(acting_as, cast):
    browser = acting_as("panitia")
    content = (LISTS / "rumus-teks.xls").read_bytes()
    page = browser.get(_upload(browser, cast, content, "rumus-teks.xls").location)
    assert [state for state in _states(page).values() if state == "Perlu diperbaiki"] == [
        "Perlu diperbaiki"
    ] * 3
    assert "Nama KBK terbaca sebagai angka 0: rumusnya disimpan tanpa hasil." in page.words()
