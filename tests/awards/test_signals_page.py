"""The committee's page of what to look at before a result is fixed."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import select

from kbk.db import db
from kbk.judging.models import Mark
from tests.awards.contest import Contest, said
from tests.cast import PEOPLE
from tests.page import Browser

Acting = Callable[[str | None], Browser]


def url(contest: Contest, tail: str = "isyarat") -> str:
    return f"/panitia/tahap/{contest.stage.public_id}/{tail}"


def marks() -> list[tuple[int, str, Decimal]]:
    return [(row.sheet_id, row.criterion, row.value) for row in db.session.scalars(select(Mark))]


def test_the_ranking_leads_to_it_and_it_names_sheet_judge_and_what_to_do(
    contest: Contest, acting_as: Acting
) -> None:
    contest.enter({"A": ("90", "60"), "B": ("80", "82")})
    panitia = acting_as("panitia")
    assert f'href="{url(contest)}"' in panitia.get(url(contest, "peringkat")).text
    before = marks()
    page = panitia.get(url(contest))
    words = said(page)
    assert f"Nilai juri {PEOPLE['juri']} untuk A (90,00) jauh dari rata-rata juri lain (60,00)." in words
    assert "Bila ternyata keliru, buka kembali lembar itu dengan alasan." in words
    assert f"Tanpa juri {PEOPLE['juri']} urutan juara berubah: " not in words
    assert "Simulasi, bukan hasil resmi." in words
    sheets = {sheet.judge.user.username: sheet for sheet in contest.cast.entry("A").sheets}
    assert f'href="/panitia/lembar/{sheets["juri"].public_id}"' in page.text
    assert marks() == before


def test_advice_follows_the_state_of_the_stage(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={})
    contest.enter({"A": ("90", "60"), "B": ("80", "82")})
    panitia = acting_as("panitia")
    contest.close()
    assert "buka kembali tahapnya, lalu lembarnya, dengan alasan." in said(panitia.get(url(contest)))
    contest.decide()
    assert "Hasil sudah ditetapkan; catat untuk pembekalan" in said(panitia.get(url(contest)))


def test_nothing_signed_and_nothing_noticed_are_said(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": (None, None)})
    panitia = acting_as("panitia")
    assert "Belum ada lembar nilai yang ditandatangani." in said(panitia.get(url(contest)))
    contest.enter({"B": ("80", "80")})
    assert "dihitung sesudah semua lembarnya ditandatangani." in said(panitia.get(url(contest)))


def test_a_calm_stage_is_called_firm(contest: Contest, acting_as: Acting) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "91"), "B": ("80", "82")})
    words = said(acting_as("panitia").get(url(contest)))
    assert "Tidak ada isyarat Tidak ada lembar, kriteria, atau juri yang menonjol." in words
    assert "Pada kategori Perangkat Daerah yang lolos atau Juara I sama menurut metode lain" in words


def test_many_rows_can_be_searched(contest: Contest, acting_as: Acting) -> None:
    contest.enter({f"Grup {number}": ("90", "60") for number in range(20)})
    page = acting_as("panitia").get(url(contest))
    assert said(page).count("jauh dari rata-rata juri lain") >= 40
    assert "Cari juri atau kelompok" in page.text


@pytest.mark.parametrize("who", [None, "pengguna", "ketua", "juri", "juri-dalam"])
def test_nobody_but_the_committee_sees_it(contest: Contest, acting_as: Acting, who: str | None) -> None:
    contest.enter({"A": ("90", "60")})
    page = acting_as(who).get(url(contest))
    assert (page.status, "Nilai juri" in page.text) == (403 if who else 302, False)
