"""Which passwords are taken: long, and not put together from what everybody knows."""

import subprocess
import sys

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from kbk.accounts.passwords import Known, password_problem
from kbk.groups.queries import names_everybody_knows

BUDI = Known(
    personal=["Budi Santoso, S.Kom.", "b.santoso", "b.santoso@contoh.go.id", "197803142005011004"],
    local=["Kelurahan Miroto", "RSD K.R.M.T. Wongsonegoro", "Kota Contoh"],
)
NOTHING = Known()


@pytest.mark.parametrize(
    "password",
    [
        "tiga kata contoh",
        "hujan sore di bulan",
        "kucing-lemari-hujan",
        "ñandú árbol ñu!",
        "x8Kd03mPq2Lz",
        "#9!x@&$%^*()",
        "x8Kd03mPq2Lz7vRw" * 8,
        "kambing Wongsonegoro naik sepeda",
    ],
)
def test_a_long_password_of_things_that_do_not_belong_together_is_taken(password):
    assert password_problem(password, BUDI) is None


@pytest.mark.parametrize(
    ("password", "part"),
    [
        ("pendek", "paling sedikit 12"),
        ("x" * 129, "paling banyak 128"),
        ("Budi Santoso", "nama, nama masuk, surel, atau NIP Anda sendiri"),
        ("budisantoso1990", "nama, nama masuk"),
        ("197803142005011004", "NIP Anda sendiri"),
        ("b.santoso@contoh", "nama, nama masuk"),
        ("semarang202420", "nama daerah"),
        ("Semarang@2024!", "nama daerah"),
        ("BERAKHLAK!!!!!!", "nama instansi"),
        ("gelar budaya kerja", "biasa dipakai di sini"),
        ("kelurahan-miroto-1", "nama daerah"),
        ("Wongsonegoro45", "nama daerah"),
        ("w0ngs0neg0r0!", "nama daerah"),
        ("Bismillah123!", "biasa dipakai di sini"),
        ("password1234", "paling sering dipakai orang"),
        ("qwertyuiop123", "paling sering dipakai orang"),
        ("iloveyou1234", "paling sering dipakai orang"),
        ("drowssap4321", "paling sering dipakai orang"),
        ("aaaaaaaaaaaa", "pengulangan"),
        ("abcdefghijklmn", "urutan"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_with_its_reason(password, part):
    assert part in password_problem(password, BUDI)


def test_the_sentence_says_why_and_what_to_do():
    assert password_problem("semarang2024!!", NOTHING) == (
        "Kata sandi ini mudah ditebak karena tersusun dari nama daerah, nama instansi, atau kata yang biasa "
        "dipakai di sini. Rangkaikan tiga atau empat kata yang tidak berkaitan dan hanya Anda yang tahu."
    )


def test_the_names_of_this_installation_count():
    assert password_problem("wongsonegoro!", NOTHING) is None
    assert "nama instansi" in password_problem("wongsonegoro!", BUDI)


def test_the_most_frequent_passwords_are_refused_even_when_stretched():
    frequent = FREQUENCY_LISTS["passwords"]
    assert len(frequent) >= 10_000
    taken = [word for word in frequent[:10_000:10] if password_problem(word.ljust(12, "1"), NOTHING) is None]
    assert taken == []
    assert [word for word in frequent if len(word) >= 12 and password_problem(word, NOTHING) is None] == []


def test_the_lists_are_not_loaded_when_the_program_starts():
    code = "import sys, kbk.app; print('zxcvbn' in sys.modules)"
    started = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert started.stdout.strip() == "False"


def test_the_names_of_units_groups_and_cities_are_known(cast):
    assert {"Kelurahan Miroto", "Sigap", "Gelar Budaya Kerja Kota Contoh", "Kota Contoh"} <= set(
        names_everybody_knows()
    )
