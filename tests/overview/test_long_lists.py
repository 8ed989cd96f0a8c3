"""The committee's lists at real size: searched, filtered and paged by the address, without scripts."""

import pytest

from kbk import clock
from kbk.competitions.rules import name_key
from kbk.db import db, transaction
from kbk.groups.models import Group


@pytest.fixture
def many(cast):
    """120 more groups of one unit, none of which has begun."""
    competition, unit = cast.competition(), cast.unit("Dinas Perdagangan")
    names = [f"Banyak {number:03d}" for number in range(120)]
    with transaction():
        for name in names:
            group = Group(competition=competition, unit=unit, category=competition.categories[0])
            group.name, group.name_key, group.created_at = name, name_key(name), clock.now()
            db.session.add(group)
    return names


def _url(cast, page=""):
    return f"/panitia/gelar/{cast.competition().public_id}{page}"


def _names(page):
    return ["".join(a.itertext()) for a in page.tree.iterfind(".//tbody//th//a")]


def _links(page, words):
    return [a.get("href") for a in page.tree.iter("a") if "".join(a.itertext()).strip() == words]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("cari=miroto", ["Rukun"]),
        ("cari=SIGAP", ["Sigap"]),
        ("cari=dinas", ["Sigap", "Cepat"]),
        ("keadaan=diserahkan", ["Cepat", "Prima"]),
        ("keadaan=diserahkan&cari=wongsonegoro", ["Prima"]),
        ("cari=100%25", []),
        ("keadaan=apa-saja&kategori=abc", ["Rukun", "Sigap", "Cepat", "Prima"]),
    ],
)
def test_overview_is_searched_and_filtered_by_its_address(acting_as, cast, asked, names):
    page = acting_as("panitia").get(f"{_url(cast)}?{asked}")
    assert _names(page) == names
    assert ("Tidak ada kelompok yang cocok. Periksa ejaannya" in page.words()) is (not names)


def test_overview_filters_by_category(acting_as, cast):
    page = acting_as("panitia").get(f"{_url(cast)}?kategori={cast.category('Kelurahan').id}")
    assert _names(page) == ["Rukun"]
    assert "1 dari 4 kelompok." in page.words()


def test_overview_shows_50_groups_and_counts_all(acting_as, cast, many):
    browser = acting_as("panitia")
    page = browser.get(f"{_url(cast)}?cari=banyak&keadaan=belum-mulai&page=3")
    assert _names(page) == many[100:]
    assert "Halaman 3 dari 3 (120 kelompok)" in page.words()
    assert "120 dari 124 kelompok." in page.words()
    assert "belum mulai 121" in page.words()
    before = f"{_url(cast)}?page=2&cari=banyak&keadaan=belum-mulai#daftar"
    assert _links(page, "Halaman sebelumnya") == [before]
    assert _names(browser.get(before)) == many[50:100]


def test_all_that_matches_stands_on_one_page_for_printing(acting_as, cast, many):
    browser = acting_as("panitia")
    (whole,) = _links(browser.get(f"{_url(cast)}?cari=banyak"), "Satu halaman untuk dicetak")
    page = browser.get(whole)
    assert _names(page) == many
    assert "Halaman" not in page.words()
    assert _links(page, "Kembali per halaman") == [f"{_url(cast)}?cari=banyak#daftar"]


def test_groups_and_people_have_the_same_pages(acting_as, cast, many):
    browser = acting_as("panitia")
    for path in ("/kelompok", "/unit", "/undangan"):
        assert browser.get(f"{_url(cast, path)}?cari=dinas&semua=ya").status == 200
    page = browser.get(f"{_url(cast, '/kelompok')}?cari=banyak")
    assert "120 dari 124 kelompok." in page.words()
    assert _names(browser.get(_links(page, "Satu halaman untuk dicetak")[0])) == many


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("sigap", ["Memperpanjang batas waktu kelompokSigap"]),
        ("memperpanjang", ["Memperpanjang batas waktu kelompokSigap"]),
        ("sri panitia", ["Memperpanjang batas waktu kelompokSigap"]),
        ("cepat", []),
        ("%", []),
    ],
)
def test_trail_is_searched_by_person_subject_and_action(acting_as, cast, search, found):
    browser, group = acting_as("panitia"), cast.group("Sigap")
    form = {"until": "2099-01-02T10:30", "reason": "Listrik padam", "version": str(group.version)}
    browser.post(f"/panitia/kelompok/{group.public_id}/perpanjang", form)
    page = browser.get(_url(cast, "/jejak"), query_string={"cari": search})
    actions = ["".join("".join(th.itertext()).split("\n")) for th in page.tree.iterfind(".//tbody//th")]
    assert actions == found
    assert ("Tidak ada perubahan yang cocok." in page.words()) is (not found)
