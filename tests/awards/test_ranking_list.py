"""A long ranking is read a page at a time, searched on the server, and printed whole or with what was asked."""

from collections.abc import Callable

import pytest

from tests.awards.contest import Contest, said
from tests.awards.test_views import stage_url
from tests.page import Browser, Page

Acting = Callable[[str | None], Browser]


@pytest.fixture
def long(contest: Contest) -> Contest:
    """Sixty groups G100 down to G41 with totals of 100 down to 41, two of whom go on."""
    contest.rules(quotas={"Perangkat Daerah": 2})
    contest.enter({f"G{mark}": (str(mark), str(mark)) for mark in range(100, 40, -1)})
    contest.close()
    return contest


def listed(page: Page) -> list[str]:
    return [row.find(".//a").text for row in page.tree.findall(".//tbody/tr/th")]


def told(page: Page) -> list[str]:
    """What only paper shows of the filters."""
    return ["".join(text.itertext()) for text in page.tree.findall(".//form/p[@class='print-only']")]


def test_a_long_ranking_has_pages_that_keep_places_and_category(long: Contest, acting_as: Acting) -> None:
    panitia, address = acting_as("panitia"), stage_url(long, "peringkat")
    first, second = panitia.get(address), panitia.get(f"{address}?page=2")
    assert (len(listed(first)), listed(second)) == (50, [f"G{mark}" for mark in range(50, 40, -1)])
    assert "51 G50 Dinas G50 50,00" in said(second)
    kept = {link.get("href") for link in second.tree.findall(".//nav[@class='pagination-bar']//a")}
    assert all(f"kategori={long.cast.category().public_id}" in str(link) for link in kept)
    whole = panitia.get(f"{address}?semua=ya")
    assert (len(listed(whole)), told(whole)) == (60, [])


def test_a_ranking_is_searched_and_filtered_on_the_server(long: Contest, acting_as: Acting) -> None:
    panitia, address = acting_as("panitia"), stage_url(long, "peringkat")
    found = panitia.get(address, query_string={"cari": "dinas g5"})
    assert listed(found) == [f"G{mark}" for mark in range(59, 49, -1)]
    assert "10 dari 60 kelompok" in said(found)
    assert told(found) == ["Hanya yang memuat: dinas g5"]
    advancing = panitia.get(address, query_string={"keterangan": "in"})
    assert (listed(advancing), told(advancing)) == (["G100", "G99"], ["Keterangan: Lolos"])
    options = advancing.tree.findall(".//select[@id='keterangan']/option")
    assert [option.text for option in options] == ["Semua keterangan", "Lolos", "Cadangan", "Tidak lolos"]
    nothing = panitia.get(address, query_string={"cari": "tidak ada"})
    assert "Tidak ada kelompok yang cocok." in said(nothing)


def test_a_short_ranking_has_no_filters(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90", "90"), "B": ("80", "84")})
    page = acting_as("panitia").get(stage_url(contest, "peringkat"))
    assert (listed(page), page.tree.findall(".//form[@class='filters']")) == (["A", "B"], [])


def test_paper_names_the_edition_and_the_moment(long: Contest, acting_as: Acting) -> None:
    page = acting_as("panitia").get(stage_url(long, "peringkat"))
    (line,) = page.tree.findall(".//div[@class='page-head']//p[@class='print-only']")
    name, moment = "".join(line.itertext()).split("; ")
    assert name == long.cast.competition().name
    assert (moment[:8], moment[-5:]) == ("keadaan ", " WIB.")
