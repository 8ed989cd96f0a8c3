"""What a team's page puts forward: what cannot wait comes before what can be added later."""

from datetime import timedelta

import pytest

from kbk import clock
from kbk.competitions.models import StageState
from kbk.db import transaction
from kbk.groups.models import Group
from kbk.risalah.models import RisalahState


def _next(acting_as, group: Group, username: str = "ketua") -> str:
    tree = acting_as(username).get(f"/kelompok/{group.public_id}").tree
    (box,) = [e for e in tree.iter("section") if e.get("class") == "next-step"]
    return " ".join("".join(box.itertext()).split())


@pytest.fixture
def sigap(cast):
    """A group that is writing, without profile."""
    return cast.group("Sigap")


def test_with_time_left_the_profile_is_asked_for(acting_as, sigap):
    assert _next(acting_as, sigap).startswith("Langkah berikutnya Lengkapi profil kelompok")


def test_shortly_before_the_deadline_the_hand_in_comes_first(acting_as, sigap, cast):
    with transaction():
        cast.competition().submission_deadline = clock.now() + timedelta(hours=15)
    assert _next(acting_as, sigap).startswith("Langkah berikutnya Serahkan risalah sebelum batas waktunya")


def test_a_risalah_sent_back_comes_before_the_profile(acting_as, sigap, cast):
    with transaction():
        cast.risalah("Sigap").state = RisalahState.RETURNED
    assert _next(acting_as, sigap).startswith("Langkah berikutnya Perbaiki risalah")


def test_after_the_deadline_the_way_out_is_named(acting_as, sigap, cast):
    with transaction():
        cast.competition().submission_deadline = clock.now() - timedelta(hours=1)
    assert _next(acting_as, sigap) == (
        "Perlu tindakan Batas penyerahan sudah lewat Risalah kelompok ini belum diserahkan. Naskahnya tetap "
        "tersimpan; hubungi panitia untuk meminta perpanjangan. Buka risalah"
    )


def test_a_risalah_handed_in_is_said_to_be_so(acting_as, cast):
    words = _next(acting_as, cast.group("Cepat"), "ketua-lain")
    assert words.startswith("Selesai Risalah sudah diserahkan")
    assert "Masih dapat dilengkapi di bawah: arti nama, moto, tanggal pembentukan" in words


def test_results_are_offered_to_those_who_took_part_alone(acting_as, cast, sigap):
    with transaction():
        cast.stage().state = StageState.PUBLISHED
    assert "Lihat hasil" in _next(acting_as, cast.group("Cepat"), "ketua-lain")
    assert "Lihat hasil" not in _next(acting_as, sigap)
    words = acting_as("ketua").get(f"/kelompok/{sigap.public_id}/hasil").words()
    assert "Kelompok ini tidak ikut dinilai." in words
    assert "Hasil belum diumumkan." not in words
