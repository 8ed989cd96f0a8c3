"""What teams and the public see, and that nothing leaks before it is published."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from kbk.db import transaction
from scoring.rubric import Rubric
from scoring.scales import NumberScale
from tests.awards.contest import PAIR, Contest, said
from tests.cast import PEOPLE
from tests.page import Browser

Acting = Callable[[str | None], Browser]
JUDGES = [PEOPLE[name] for name in ("juri", "juri-lain", "juri-dalam")]
RESULTS = "/gelar/contoh-2024/hasil"


def own_url(contest: Contest, group: str) -> str:
    return f"/kelompok/{contest.cast.group(group).public_id}/hasil"


def decided_final(contest: Contest) -> Contest:
    """Stage 1 published (Sigap, Cepat and Arsip go on), stage 2 decided but not published."""
    contest.rules(1, quotas={"Perangkat Daerah": 3})
    contest.rules(2, quotas={})
    contest.enter({"Sigap": ("90", "91"), "Cepat": ("88", "88"), "Arsip": ("85", "85"), "Lain": ("61", "61")})
    contest.finish()
    contest.enter(
        {"Sigap": ("77.77", "77.77"), "Cepat": ("93.31", "93.31"), "Arsip": ("70", "70")}, position=2
    )
    contest.close(2)
    contest.decide(2)
    return contest


@pytest.mark.parametrize("who", [None, "pengguna", "ketua", "anggota", "fasilitator", "ketua-lain", "juri"])
def test_unpublished_result_leaks_nowhere(contest: Contest, acting_as: Acting, who: str | None) -> None:
    decided_final(contest)
    browser = acting_as(who)
    urls = [RESULTS, "/periksa"]
    if who in {"ketua", "anggota", "fasilitator"}:
        urls.append(own_url(contest, "Sigap"))
    for url in urls:
        page = browser.get(url)
        assert page.status == 200
        for secret in ("Juara", "Harapan", "77,77", "93,31", "Penilaian lapangan"):
            assert secret not in page.text
        assert "ETag" not in page.response.headers


def test_results_before_any_publication_name_nobody(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"Sigap": ("90", "91")})
    page = acting_as(None).get(RESULTS)
    assert ("Hasil belum diumumkan." in said(page), "Sigap" in page.text) == (True, False)


def test_results_put_winners_first_then_who_came_through(contest: Contest, acting_as: Acting) -> None:
    decided_final(contest)
    contest.publish(2)
    words = said(acting_as(None).get(RESULTS))
    order = ["Juara I Cepat", "93,31", "Juara II Sigap", "Juara III Arsip"]
    assert sorted(order, key=words.index) == order
    assert "Lain" not in words
    assert "Pemenang kategori ini belum diumumkan." not in words
    assert "Lolos dari tahap" not in words


def test_results_name_those_of_an_earlier_stage_once(contest: Contest, acting_as: Acting) -> None:
    decided_final(contest)
    words = said(acting_as(None).get(RESULTS))
    assert "Pemenang kategori ini belum diumumkan." in words
    assert "Lolos dari tahap Penilaian risalah 3 kelompok Sigap" in words
    assert "61,00" not in words


def test_judges_are_named_in_nothing_that_teams_and_public_see(contest: Contest, acting_as: Acting) -> None:
    decided_final(contest)
    contest.publish(2)
    pages = [
        acting_as(None).get(RESULTS),
        acting_as("ketua").get(own_url(contest, "Sigap")),
        acting_as("ketua").get(RESULTS),
    ]
    assert [name for page in pages for name in JUDGES if name in page.text.replace("&#39;", "'")] == []


def test_own_result_gives_means_and_comments_without_names(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={})
    contest.enter({"Sigap": (("80", "90"), ("82.34", "82.33")), "Cepat": ("70", "70")})
    contest.finish()
    words = said(acting_as("ketua").get(own_url(contest, "Sigap")))
    assert "Tempat 1 dari 2 kelompok Perangkat Daerah" in words
    assert "Nilai akhir 83,17 dibulatkan; tempat ditentukan tanpa pembulatan" in words
    assert "tepat:" not in words
    # The scale goes in steps of 0.001, so means are told with three decimals.
    assert "Isi Dampak 81,170 100 Penyajian 86,165 100" in words
    assert "Pertahankan 80. Pertahankan 82.34." in words


def test_own_result_shows_no_fraction(contest: Contest, acting_as: Acting) -> None:
    ninety = NumberScale(Decimal(0), Decimal(90))
    rubric = Rubric("Sampai 90", tuple(replace(item, scale=ninety) for item in PAIR.criteria))
    contest.rules(quotas={}, rubric=rubric.to_data())
    contest.enter({"Sigap": ("80", "80"), "Cepat": ("70", "70")})
    with transaction():
        for group, mark in (("Sigap", Decimal(80)), ("Cepat", Decimal(70))):
            for sheet in contest.cast.entry(group).sheets:
                sheet.total = rubric.total({"a": mark, "b": mark})
    contest.finish()
    words = said(acting_as("ketua").get(own_url(contest, "Sigap")))
    assert "Nilai akhir 88,89 dibulatkan" in words
    assert "Isi Dampak 80,00 90 Penyajian 80,00 90" in words
    assert "800/9" not in words


def test_scores_that_differ_never_look_equal(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={})
    contest.enter({"Sigap": ("82.33", "82.34"), "Cepat": ("82.34", "82.34"), "Lain": ("70", "70")})
    contest.finish()
    assert "Nilai akhir 82,335 " in said(acting_as("ketua").get(own_url(contest, "Sigap")))
    assert "Nilai akhir 82,340 " in said(acting_as("ketua-lain").get(own_url(contest, "Cepat")))
    public = said(acting_as(None).get(RESULTS))
    assert [score in public for score in ("82,335", "82,340", "70,000")] == [True, True, True]
    assert "tanpa undian" not in public


def test_equal_scores_on_different_places_are_explained(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={}, tie_chain=["a"])
    contest.enter({"Sigap": (("80", "90"), ("84", "84")), "Cepat": (("90", "75"), ("84", "84"))})
    contest.finish()
    words = said(acting_as("ketua").get(own_url(contest, "Sigap")))
    assert "Tempat 2 dari 2 kelompok Perangkat Daerah Nilai akhir 84,00" in words
    assert "Nilai akhir 1 kelompok lain sama tepat dengan nilai ini." in words
    assert "dibulatkan" not in words
    assert "Cepat" not in words
    assert "Tempat kelompok dengan nilai akhir yang sama tepat ditentukan menurut aturan gelar ini" in said(
        acting_as(None).get(RESULTS)
    )


def test_shared_place_is_told(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"Lain": ("90", "90"), "Sigap": ("80", "80"), "Cepat": ("80", "80")})
    contest.finish()
    words = said(acting_as("ketua").get(own_url(contest, "Sigap")))
    assert "Tempat ini ditempati bersama 1 kelompok lain dengan nilai akhir yang sama tepat." in words
    assert "tanpa undian" not in words


def test_own_result_of_those_who_do_not_go_on_says_what_it_means(contest: Contest, acting_as: Acting) -> None:
    contest.rules(1, quotas={"Perangkat Daerah": 1})
    contest.enter({"Cepat": ("90", "90"), "Lain": ("88", "88"), "Jauh": ("86", "86"), "Sigap": ("70", "70")})
    contest.finish()
    words = said(acting_as("ketua").get(own_url(contest, "Sigap")))
    assert "Tidak melaju Perjalanan KBK Sigap dalam gelar ini berakhir pada tahap ini." in words


def test_own_result_is_closed_to_other_teams_and_judges(contest: Contest, acting_as: Acting) -> None:
    decided_final(contest)
    for who, status in (("ketua-lain", 404), ("juri", 404), ("pengguna", 404), (None, 302), ("panitia", 200)):
        assert acting_as(who).get(own_url(contest, "Sigap")).status == status


def test_results_of_an_unknown_edition_are_not_found(contest: Contest, acting_as: Acting) -> None:
    assert acting_as(None).get("/gelar/tidak-ada/hasil").status == 404


def test_hostile_names_are_shown_as_text(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={})
    contest.enter({"<img src=x onerror=alert(1)>": ("90", "90")})
    contest.finish()
    page = acting_as(None).get(RESULTS)
    assert "<img src=x onerror=alert(1)>" in said(page)


def test_longest_names_stand_on_the_page(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={})
    contest.enter({"Kelompok " * 13: ("90", "90")})
    with transaction():
        contest.cast.group("Kelompok " * 13).name = "K" * 120
    contest.finish()
    assert "K" * 120 in said(acting_as(None).get(RESULTS))
