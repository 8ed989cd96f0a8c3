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


REASON = "Langkah 6 belum memuat data sesudah perbaikan."


@pytest.fixture
def returned(acting_as, cast):
    """A group whose risalah the committee has sent back."""
    url = f"/panitia/risalah/{cast.risalah('Cepat').public_id}/kembalikan"
    assert acting_as("panitia").post(url, {"reason": REASON}).status == 302
    return cast.group("Cepat")


def test_the_reason_stands_on_the_groups_page_with_the_way_on(acting_as, returned):
    page = acting_as("ketua-lain").get(f"/kelompok/{returned.public_id}")
    (reason,) = [e for e in page.tree.iter("p") if e.get("class") == "risalah-reason"]
    assert reason.text == REASON
    assert "Perbaiki naskahnya, lalu serahkan lagi." in page.words()
    assert _next(acting_as, returned, "ketua-lain") == (
        "Langkah berikutnya Perbaiki risalah Panitia mengembalikannya dengan catatan di bawah ini. Perbaiki, lalu "
        "serahkan lagi. Buka dan perbaiki risalah"
    )


def test_the_committee_reads_its_reason_without_being_told_to_correct(acting_as, returned):
    words = acting_as("panitia").get(f"/kelompok/{returned.public_id}").words()
    assert REASON in words
    assert "Perbaiki naskahnya" not in words


def test_a_correction_that_is_late_is_called_so(acting_as, returned, cast):
    with transaction():
        cast.competition().submission_deadline = clock.now() - timedelta(hours=1)
    page = acting_as("ketua-lain").get(f"/kelompok/{returned.public_id}")
    assert REASON in page.words()
    assert "Perbaikannya belum diserahkan." in _next(acting_as, returned, "ketua-lain")


def test_the_reason_goes_when_the_risalah_is_handed_in_again(acting_as, returned, cast):
    with transaction():
        cast.risalah("Cepat").state = RisalahState.SUBMITTED
    assert REASON not in acting_as("ketua-lain").get(f"/kelompok/{returned.public_id}").words()


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=15), "Tinggal kurang dari satu hari."),
        (timedelta(hours=30), "Tinggal beberapa hari lagi."),
    ],
)
def test_the_last_day_is_not_called_a_few_days(acting_as, sigap, cast, left, words):
    with transaction():
        cast.competition().submission_deadline = clock.now() + left
    assert words in _next(acting_as, sigap)


def test_members_who_cannot_write_yet_are_pointed_out(acting_as, sigap):
    hint = "Yang belum diundang belum dapat masuk dan ikut menulis."
    assert hint not in acting_as("ketua").get(f"/kelompok/{sigap.public_id}").words()
    acting_as("ketua").post(
        f"/kelompok/{sigap.public_id}/anggota/baru", {"name": "Sari", "role": "anggota", "version": "1"}
    )
    assert hint in acting_as("ketua").get(f"/kelompok/{sigap.public_id}").words()
