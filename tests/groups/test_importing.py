"""Judging the rows of a list: each gets one verdict, with the reason in words."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbk.competitions.models import UnitKind
from kbk.files.spreadsheets import read_sheets
from kbk.groups import importing
from kbk.groups.import_reading import Field, ReadRow, read_rows
from kbk.groups.importing import Known, KnownCategory, KnownGroup, RowState, judge
from kbk.groups.rules import Contact
from kbk.groups.unit_names import KnownUnit

OFFICE, KELURAHAN = KnownCategory(1, "Perangkat Daerah"), KnownCategory(2, "Kelurahan")
TRADE = KnownUnit("u1", "Dinas Perdagangan", UnitKind.OPD)
GAYAMSARI = KnownUnit("k1", "Kecamatan Gayamsari", UnitKind.KECAMATAN)
SAMBIREJO = KnownUnit("l1", "Kelurahan Sambirejo", UnitKind.KELURAHAN, "gayamsari")
KECAMATAN = (
    "Semarang Selatan|Semarang Barat|Gunungpati|Genuk|Ngaliyan|Pedurungan|Semarang Timur|Semarang Tengah|Mijen|"
    "Banyumanik|Candisari|Tugu|Semarang Utara|Gajahmungkur"
)
CITY = (
    TRADE,
    GAYAMSARI,
    SAMBIREJO,
    *(KnownUnit(f"k {name}", f"Kecamatan {name}", UnitKind.KECAMATAN) for name in KECAMATAN.split("|")),
)
KNOWN = Known(CITY, (), (OFFICE, KELURAHAN), date(2026, 6, 1))
NIP = "199001012015011001"


def _row(number: int = 2, **values: str) -> ReadRow:
    said = {"unit": "Dinas Perdagangan", "kelompok": "Sigap", "ketua": "Ani Ma'ruf, S.E."} | values
    return ReadRow("Daftar", number, "", {Field(name): text for name, text in said.items() if text})


def _judge_one(row: ReadRow, known: Known = KNOWN) -> importing.JudgedRow:
    return judge([row], known)[0]


def test_the_real_list_is_judged_row_by_row(real_list, tmp_path):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(real_list)
    judged = judge(read_rows(read_sheets(path, "daftar.xlsx")), KNOWN)
    assert [row.row.number for row in judged] == [1, 2, *range(4, 47), 48]
    told = {row.row.number: row.notes for row in judged if row.state is not RowState.READY}
    too_young = ("Tahun pengangkatan dalam NIP kurang dari 17 tahun sesudah tanggal lahir; periksa kembali.",)
    assert told == {
        1: ("Dilewati: judul di atas kepala tabel.",),
        2: ("Dilewati: judul di atas kepala tabel.",),
        4: ("Dilewati: kepala tabel; kolom yang tidak dipakai: No, Jumlah Anggota.",),
        7: too_young,
        14: ("NIP harus terdiri atas 18 angka; yang diisikan 17 karakter.",),
        17: ("Alamat surel “bukan alamat” tidak dikenali. Contoh: nama@contoh.go.id.",),
        20: (
            (
                "Kecamatan “Semarang Entah” tidak dikenal. "
                "Maksud Anda “Kelurahan Sambirejo, Kecamatan Gayamsari”?"
            ),
        ),
        25: ("Nama KBK berisi rumus atau tanda “=” di depannya. Ketik namanya sebagai teks biasa.",),
        29: too_young,
        33: too_young,
        46: ("Dilewati karena sama dengan baris 45 lembar Daftar KBK.",),
        48: ("Dilewati: catatan, bukan baris kelompok.",),
    }
    krapyak = next(row.plan for row in judged if row.row.number == 12)
    assert (krapyak.unit.name, krapyak.category_id) == ("Kelurahan Krapyak", KELURAHAN.id)
    assert krapyak.leader.contact == Contact("197811232019031011", "08740425063", "kbk8@contoh.go.id")


def test_a_good_row_says_what_will_be_entered():
    judged = _judge_one(_row(nip=NIP, hp="+62 812-3456-7890", surel="ani@contoh.go.id", jabatan="Lurah"))
    assert judged.state is RowState.READY
    assert judged.plan == importing.PlannedGroup(
        TRADE,
        OFFICE.id,
        "Sigap",
        importing.Leader("Ani Ma'ruf, S.E.", "Lurah", Contact(NIP, "081234567890", "ani@contoh.go.id")),
    )


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"kelompok": ""}, "Nama KBK kosong. Isi selnya; tanda seperti “sda.” tidak diteruskan."),
        ({"unit": " - "}, "Nama unit kosong. Isi selnya; tanda seperti “sda.” tidak diteruskan."),
        ({"kelompok": "K" * 121}, "Nama KBK paling banyak 120 huruf. Singkat lebih dahulu."),
        (
            {"ketua": "@SUM(1)"},
            "Nama ketua berisi rumus atau tanda “@” di depannya. Ketik namanya sebagai teks biasa.",
        ),
        ({"ketua": "", "nip": NIP}, "Nama ketua kosong, padahal NIP, nomor HP, atau surelnya terisi."),
        ({"nip": "1.98E+17"}, importing.LOST_DIGITS),
        ({"nip": "1,98212E+17"}, importing.LOST_DIGITS),
        ({"hp": "0812"}, "Nomor HP tidak dikenali. Contoh: 081234567890."),
        ({"jabatan": "J" * 121}, "Jabatan paling banyak 120 huruf. Singkat lebih dahulu."),
        (
            {"jenis": "Desa"},
            "Jenis unit “Desa” tidak dikenal. Isi dengan OPD, RSUD, Puskesmas, Kecamatan, atau Kelurahan.",
        ),
        (
            {"kategori": "Umum"},
            "Kategori “Umum” tidak ada di gelar ini. Pilihannya: Perangkat Daerah, Kelurahan.",
        ),
        (
            {"unit": "Dinas Perdagagan"},
            "Unit “Dinas Perdagagan” belum dikenal. Maksud Anda “Dinas Perdagangan”?",
        ),
        (
            {"unit": "U" * 110, "jenis": "Kelurahan", "kecamatan": "K" * 121},
            "Nama kecamatan paling banyak 120 huruf. Singkat lebih dahulu.",
        ),
    ],
)
def test_a_fault_is_named(values, fault):
    judged = _judge_one(_row(**values))
    assert (judged.state, judged.notes, judged.plan) == (RowState.FAULTY, (fault,), None)


def test_every_fault_of_a_row_is_told_at_once():
    judged = _judge_one(_row(nip="12", hp="1", surel="x"))
    assert len(judged.notes) == 3


def test_a_nip_kept_as_a_number_has_lost_its_last_digits():
    row = ReadRow("Daftar", 2, "", _row(nip="198212092022041000").values, frozenset({Field.NIP}))
    assert _judge_one(row).notes == (importing.LOST_DIGITS,)


def test_a_phone_number_kept_as_a_number_gets_its_zero_back():
    row = ReadRow("Daftar", 2, "", _row(hp="81234567890").values, frozenset({Field.PHONE}))
    assert _judge_one(row).plan.leader.contact.phone == "081234567890"


@pytest.mark.parametrize("mark", ["-", "–", "nihil", "Tidak ada", "n/a"])
def test_signs_for_nothing_are_nothing(mark):
    assert _judge_one(_row(nip=mark, hp=mark, surel=mark)).plan.leader.contact == Contact("", "", "")


def test_a_group_may_come_without_ketua():
    judged = _judge_one(_row(ketua=""))
    assert (judged.state, judged.plan.leader) == (RowState.READY, None)
    assert judged.notes == ("Tanpa ketua; dapat ditambahkan sesudah impor.",)


def test_a_new_unit_is_told():
    judged = _judge_one(_row(unit="BALE KAMBANG", jenis="Kelurahan", kecamatan="Gayamsari"))
    assert judged.notes == ("Unit baru: Kelurahan Bale Kambang, Kecamatan Gayamsari.",)
    assert judged.plan.category_id == KELURAHAN.id


def test_the_same_row_twice_is_entered_once():
    first, second, third = judge([_row(2), _row(3, kelompok="SIGAP!"), _row(4, ketua="Budi")], KNOWN)
    assert first.state is RowState.READY
    assert (second.state, second.notes) == (
        RowState.SKIPPED,
        ("Dilewati karena sama dengan baris 2 lembar Daftar.",),
    )
    assert (third.state, third.notes) == (
        RowState.FAULTY,
        ("Kelompok ini sudah tercantum pada baris 2 lembar Daftar dengan ketua lain (Ani Ma'ruf, S.E.).",),
    )


def test_a_faulty_row_does_not_stand_in_the_way_of_its_good_repetition():
    first, second = judge([_row(2, nip="1"), _row(3)], KNOWN)
    assert (first.state, second.state) == (RowState.FAULTY, RowState.READY)


def test_a_known_group_is_left_alone_even_when_its_row_is_faulty():
    known = Known(CITY, (KnownGroup("u1", "SIGAP", "Budi"),), KNOWN.categories, KNOWN.today)
    judged = _judge_one(_row(nip="1"), known)
    assert (judged.state, judged.notes) == (
        RowState.KNOWN,
        (
            "Dinas Perdagangan sudah mempunyai kelompok SIGAP; tidak ada yang diubah.",
            "Ketuanya di aplikasi Budi; ubahlah di halaman kelompok bila sudah berganti.",
        ),
    )


def test_one_nip_may_lead_two_groups_but_not_under_two_names():
    rows = [
        _row(2, nip=NIP),
        _row(3, nip=NIP, kelompok="Cepat"),
        _row(4, nip=NIP, kelompok="Prima", ketua="Budi"),
    ]
    judged = judge(rows, KNOWN)
    assert [row.state for row in judged] == [RowState.READY, RowState.READY, RowState.FAULTY]
    assert judged[2].notes == ("NIP ini juga tercantum atas nama lain pada baris 2 lembar Daftar.",)


@pytest.mark.parametrize(
    ("unit", "category"), [("Dinas X", OFFICE), ("RSUD X", OFFICE), ("Kelurahan X", KELURAHAN)]
)
def test_the_category_follows_the_kind_of_unit(unit, category):
    assert _judge_one(_row(unit=unit)).plan.category_id == category.id


def test_a_category_that_cannot_be_guessed_is_asked_for():
    known = Known(CITY, (), (KnownCategory(1, "Umum"), KnownCategory(2, "Pelayanan")), KNOWN.today)
    assert _judge_one(_row(), known).notes == (
        "Kategori tidak dapat ditentukan. Isi kolom Kategori dengan: Umum, Pelayanan.",
    )
    assert _judge_one(_row(kategori="pelayanan"), known).plan.category_id == 2


VALUES = st.dictionaries(
    st.sampled_from(list(Field)),
    st.one_of(
        st.text(min_size=1, max_size=30), st.sampled_from(["Dinas Perdagangan", "Kelurahan", "-", NIP])
    ),
)
ROWS = st.lists(
    st.builds(
        ReadRow,
        st.just("S"),
        st.integers(1, 9),
        st.just(""),
        VALUES,
        st.frozensets(st.sampled_from(list(Field))),
    )
)


@given(ROWS)
def test_every_row_gets_one_verdict_with_a_reason(rows):
    judged = judge(rows, KNOWN)
    assert [row.row for row in judged] == rows
    for row in judged:
        assert (row.plan is not None) == (row.state is RowState.READY)
        assert row.notes or row.state is RowState.READY


@given(ROWS)
def test_what_was_imported_is_known_the_next_time(rows):
    judged = judge(rows, KNOWN)
    plans = [row.plan for row in judged if row.plan]
    units = {plan.unit.ref: plan.unit for plan in plans} | {unit.ref: unit for unit in CITY}
    groups = [KnownGroup(p.unit.ref, p.name, p.leader.name if p.leader else "") for p in plans]
    again = judge(rows, Known(tuple(units.values()), groups, KNOWN.categories, KNOWN.today))
    for first, second in zip(judged, again, strict=True):
        if first.state is RowState.READY:
            assert second.state is RowState.KNOWN


def test_five_thousand_rows_are_judged_quickly():
    rows = [
        _row(number, unit=f"Dinas Contoh {number % 300}", kelompok=f"KBK {number}") for number in range(5_000)
    ]
    began = time.monotonic()
    assert {row.state for row in judge(rows, KNOWN)} == {RowState.READY}
    assert time.monotonic() - began < 5
