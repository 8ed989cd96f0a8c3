"""Which unit a typed name means."""

import pytest

from kbk.competitions.models import UnitKind
from kbk.groups.unit_names import (
    NEW_UNIT,
    KnownUnit,
    UnitIndex,
    bare_key,
    kind_named,
    kind_of_name,
    unit_name,
)

OPD, RSUD, PUSKESMAS = UnitKind.OPD, UnitKind.RSUD, UnitKind.PUSKESMAS
KECAMATAN, KELURAHAN = UnitKind.KECAMATAN, UnitKind.KELURAHAN
TRADE = KnownUnit("u1", "Dinas Perdagangan", OPD)
HOSPITAL = KnownUnit("u2", "RSD K.R.M.T. Wongsonegoro", RSUD)
WEST = KnownUnit("k1", "Kecamatan Semarang Barat", KECAMATAN)
NORTH = KnownUnit("k2", "Kecamatan Semarang Utara", KECAMATAN)
MIJEN = KnownUnit("k3", "Kecamatan Mijen", KECAMATAN)
KRAPYAK = KnownUnit("l1", "Kelurahan Krapyak", KELURAHAN, "semarang barat")
PURWOSARI_NORTH = KnownUnit("l2", "Kelurahan Purwosari", KELURAHAN, "semarang utara")
PURWOSARI_MIJEN = KnownUnit("l3", "Kelurahan Purwosari, Kecamatan Mijen", KELURAHAN, "mijen")
MIJEN_CITY = KnownUnit("l4", "Kelurahan Mijen", KELURAHAN, "mijen")
UNITS = [TRADE, HOSPITAL, WEST, NORTH, MIJEN, KRAPYAK, PURWOSARI_NORTH, PURWOSARI_MIJEN, MIJEN_CITY]


@pytest.mark.parametrize(
    ("name", "kind", "kecamatan", "unit"),
    [
        ("dinas  PERDAGANGAN", OPD, "", TRADE),
        ("RSD KRMT Wongsonegoro", None, "", HOSPITAL),
        ("RSD K.R.M.T. Wongsonegoro", OPD, "", HOSPITAL),
        ("KRAPYAK", KELURAHAN, "Semarang Barat", KRAPYAK),
        ("Kel. Krapyak", KELURAHAN, "Kec. Semarang Barat", KRAPYAK),
        ("Krapyak", None, "", KRAPYAK),
        ("Purwosari", KELURAHAN, "Mijen", PURWOSARI_MIJEN),
        ("Purwosari", KELURAHAN, "semarang utara", PURWOSARI_NORTH),
        ("Mijen", KELURAHAN, "", MIJEN_CITY),
        ("Kecamatan Mijen", KECAMATAN, "", MIJEN),
    ],
)
def test_meaning_finds_the_unit(name, kind, kecamatan, unit):
    assert UnitIndex(UNITS).meaning(name, kind, kecamatan).unit == unit


@pytest.mark.parametrize(
    ("name", "kind", "kecamatan", "fault", "choices"),
    [
        (
            "Dinas Perdagagan",
            OPD,
            "",
            "Unit “Dinas Perdagagan” belum dikenal. Maksud Anda “Dinas Perdagangan”?",
            (TRADE,),
        ),
        (
            "Krapyak",
            KELURAHAN,
            "Semarang Entah",
            "Kecamatan “Semarang Entah” tidak dikenal. Maksud Anda “Kelurahan Krapyak, Kecamatan Semarang Barat”?",
            (KRAPYAK,),
        ),
        (
            "Krapyak",
            KELURAHAN,
            "Mijen",
            "“Krapyak” tidak ada di Kecamatan Mijen. Maksud Anda “Kelurahan Krapyak, Kecamatan Semarang Barat”?",
            (KRAPYAK,),
        ),
        (
            "Purwosari",
            KELURAHAN,
            "",
            (
                "Lebih dari satu unit bernama “Purwosari”: Kelurahan Purwosari, Kecamatan Semarang Utara, "
                "Kelurahan Purwosari, Kecamatan Mijen."
            ),
            (PURWOSARI_NORTH, PURWOSARI_MIJEN),
        ),
        ("Entah Berantah", KELURAHAN, "Semarang Entah", "Kecamatan “Semarang Entah” tidak dikenal.", ()),
        (
            "Dinas Perdagangan",
            PUSKESMAS,
            "",
            "“Dinas Perdagangan” sudah tercatat sebagai unit jenis lain. Pakai unit itu, atau ubah kolom Jenis.",
            (TRADE,),
        ),
    ],
)
def test_meaning_asks_when_in_doubt(name, kind, kecamatan, fault, choices):
    meaning = UnitIndex(UNITS).meaning(name, kind, kecamatan)
    assert (meaning.unit, meaning.fault, meaning.choices) == (None, fault, choices)


def test_meaning_follows_the_decision():
    index = UnitIndex(UNITS)
    assert index.meaning("Dinas Perdagagan", OPD, "", "u1").unit == TRADE
    new = index.meaning("Dinas Perdagagan", OPD, "", NEW_UNIT).unit
    assert new == KnownUnit("baru dinas perdagagan", "Dinas Perdagagan", OPD, is_new=True)
    assert index.meaning("DINAS PERDAGAGAN", OPD, "").unit == new


def test_numbers_in_names_are_no_misspelling():
    index = UnitIndex([KnownUnit("s1", "SMP Negeri 1 Contoh", OPD)])
    assert index.meaning("SMP Negeri 2 Contoh", OPD, "").unit is not None


def test_two_new_kelurahan_of_one_name_are_told_apart_by_their_kecamatan():
    index = UnitIndex([])
    names = [
        index.meaning("purwosari", KELURAHAN, place).unit.name
        for place in ("Semarang Utara", "MIJEN", "Mijen")
    ]
    assert names == [
        "Kelurahan Purwosari",
        "Kelurahan Purwosari, Kecamatan Mijen",
        "Kelurahan Purwosari, Kecamatan Mijen",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("OPD", OPD), ("kel.", KELURAHAN), ("Rumah Sakit", RSUD), ("PKM", PUSKESMAS), ("Desa", None)],
)
def test_kind_named_in_the_column(text, kind):
    assert kind_named(text) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kantor Kelurahan Miroto", KELURAHAN),
        ("UPTD Puskesmas Halmahera", PUSKESMAS),
        ("Satpol PP", OPD),
        ("Perusda", None),
    ],
)
def test_kind_of_name_by_its_beginning(name, kind):
    assert kind_of_name(name) == kind


def test_bare_key_and_unit_name_are_opposites_for_places():
    assert bare_key("Kelurahan Purwosari, Kecamatan Mijen") == "purwosari"
    assert unit_name(KELURAHAN, "KEL. PURWOSARI", "mijen") == "Kelurahan Purwosari, Kecamatan Mijen"
    assert unit_name(KECAMATAN, "Kec. Mijen") == "Kecamatan Mijen"
    assert unit_name(OPD, "Dinas PU") == "Dinas PU"
