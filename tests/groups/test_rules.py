"""Rules of groups and their members."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kbk.errors import InvalidInput
from kbk.groups import rules
from kbk.policy import MemberRole

TODAY = date(2024, 8, 2)
NOW = datetime(2024, 6, 1, tzinfo=UTC)
KETUA, ANGGOTA, FASILITATOR = MemberRole.KETUA, MemberRole.ANGGOTA, MemberRole.FASILITATOR


@pytest.mark.parametrize(
    ("facts", "gaps"),
    [
        (
            rules.ProfileFacts("", "", None, ""),
            ["arti nama", "moto", "tanggal pembentukan", "nomor SK pembentukan"],
        ),
        (rules.ProfileFacts("Cepat", "Siap", TODAY, ""), ["nomor SK pembentukan"]),
        (rules.ProfileFacts("Cepat", "Siap", TODAY, "061/1"), []),
    ],
)
def test_profile_gaps_name_what_is_empty(facts, gaps):
    assert rules.profile_gaps(facts) == gaps


def test_team_gaps_ask_for_ketua_and_fasilitator():
    assert rules.team_gaps([ANGGOTA]) == ["ketua", "fasilitator"]
    assert rules.team_gaps([KETUA, FASILITATOR]) == []


@pytest.mark.parametrize(("members", "warned"), [(2, True), (3, False), (10, False), (11, True)])
def test_size_warning_leaves_the_fasilitator_out(members, warned):
    roles = [KETUA, *[ANGGOTA] * (members - 1), FASILITATOR]
    assert rules.counted_members(roles) == members
    assert (rules.size_warning(roles) is not None) == warned


def test_size_warning_says_how_many_are_usual():
    assert rules.size_warning([KETUA]) == (
        "Kelompok ini beranggotakan 1 orang di luar fasilitator; lazimnya 3 sampai 10 orang. "
        "Tambahkan anggota bila belum sesuai dengan SK."
    )


def test_a_second_ketua_is_refused_beside_the_role():
    with pytest.raises(InvalidInput) as refusal:
        rules.check_new_role(KETUA, [KETUA, ANGGOTA])
    assert refusal.value.field == "role"
    rules.check_new_role(ANGGOTA, [KETUA])
    rules.check_new_role(KETUA, [ANGGOTA])


def test_a_ketua_steps_down_only_for_a_successor():
    with pytest.raises(InvalidInput):
        rules.check_changed_role(KETUA, ANGGOTA)
    rules.check_changed_role(KETUA, KETUA)
    rules.check_changed_role(ANGGOTA, KETUA)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("Dr. dr. Hj. Siti Ma'rufah, Sp.PD., M.Kes.", None),
        ("A" * 120, None),
        ("A" * 121, "Nama paling banyak 120 huruf. Singkat lebih dahulu."),
        ("ﷺ" * 8, "Nama paling banyak 120 huruf. Singkat lebih dahulu."),
        ("12345", "Nama tidak memuat huruf. Tulis nama lengkapnya."),
        (
            "=HYPERLINK(1)",
            "Nama berisi rumus atau tanda “=” di depannya. Ketik namanya sebagai teks biasa.",
        ),
    ],
)
def test_name_problem_of(name, fault):
    assert rules.name_problem(name, "Nama") == fault


@pytest.mark.parametrize(
    ("nip", "good"),
    [
        ("199001012015011001", True),
        ("19900101 201501 1 001", True),
        ("199001012015211001", True),
        ("19900101201501100", False),
        ("199002312015011001", False),
        ("199001012015013001", False),
        ("199001012015011000", False),
        ("199001012030011001", False),
        ("19900101201501100A", False),
    ],
)
def test_nip_fault_takes_pns_and_pppk(nip, good):
    assert (rules.nip_fault(nip, TODAY) is None) == good


@pytest.mark.parametrize(
    ("typed", "stored", "international"),
    [
        ("0812 3456-7890", "081234567890", "6281234567890"),
        ("+62 812 3456 7890", "081234567890", "6281234567890"),
        ("6281234567890", "081234567890", "6281234567890"),
        ("(024) 351-3366", "0243513366", "62243513366"),
    ],
)
def test_phone_is_kept_with_a_leading_zero(typed, stored, international):
    assert rules.phone_digits(typed) == stored
    assert rules.phone_problem(stored) is None
    assert rules.international_phone(stored) == international


@pytest.mark.parametrize("typed", ["12345", "0812-satu-dua", "08", "0812345678901234", "٠٨١٢٣٤٥٦٧٨٩"])
def test_phone_problem_refuses(typed):
    assert rules.phone_problem(rules.phone_digits(typed)) == "Nomor HP tidak dikenali. Contoh: 081234567890."


@pytest.mark.parametrize("email", ["a@contoh.go.id", "Nama.Orang+kbk@semarangkota.go.id"])
def test_email_is_taken(email):
    assert rules.email_problem(email) is None


@pytest.mark.parametrize(
    "email", ["bukan alamat", "a@b", "a@@contoh.id", "a@x.id, b@x.id", "a@-x.id", "@x.id"]
)
def test_email_problem_refuses(email):
    assert rules.email_problem(email) == f"Alamat surel “{email}” tidak dikenali. Contoh: nama@contoh.go.id."


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        (NOW + timedelta(days=9), "Kantor terendam banjir", "until"),
        (NOW - timedelta(days=1), "Kantor terendam banjir", "until"),
        (NOW + timedelta(days=20), "banjir", "reason"),
    ],
)
def test_check_extension_refuses(until, reason, field):
    with pytest.raises(InvalidInput) as refusal:
        rules.check_extension(until, reason, general=NOW + timedelta(days=10), now=NOW)
    assert refusal.value.field == field


def test_check_extension_refuses_a_moment_that_has_passed():
    with pytest.raises(InvalidInput, match="sudah lewat"):
        rules.check_extension(NOW, "Kantor terendam banjir", general=NOW - timedelta(days=1), now=NOW)


@pytest.mark.parametrize(
    ("typed", "own"),
    [
        ("KBK Prima 1", "Prima 1"),
        ("kbk. Cantik", "Cantik"),
        ("Kelompok Budaya Kerja Praja Wibawa", "Praja Wibawa"),
        ("KBKita", "KBKita"),
        ("KBK", "KBK"),
        ("Sigap", "Sigap"),
    ],
)
def test_a_group_is_named_without_the_word_that_pages_put_before_it(typed, own):
    assert rules.bare_name(typed) == own
