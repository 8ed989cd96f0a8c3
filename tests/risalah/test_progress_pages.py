"""How far a step is, told again after each automatic save, and what stands in the way of a save by hand."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from kbk.risalah.models import Risalah
from kbk.risalah.rules import AttachmentPurpose
from tests.cast import Cast
from tests.page import Browser, Page
from tests.risalah.conftest import TEXT

Acting = Callable[[str | None], Browser]
TOO_LONG = "Bagian “Sasaran” terlalu panjang (200 ribu huruf; paling banyak 200 ribu). Pindahkan sebagian ke lampiran."


def step(cast: Cast, number: int) -> str:
    return f"/risalah/{cast.risalah('Sigap').public_id}/langkah/{number}"


def save(acting_as: Acting, cast: Cast, key: str, html: str = TEXT, version: int = 0) -> dict[str, Any]:
    """What the page is answered that saves a text by itself."""
    url = f"/risalah/{cast.risalah('Sigap').public_id}/bagian/{key}"
    answer = acting_as("ketua").save(url, {"html": html, "version": str(version)})
    assert answer.status == 200
    return answer.response.get_json()


def part(page: Page, place: str) -> Element:
    return next(element for element in page.tree.iter() if element.get("id") == place)


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_automatic_save_tells_how_far_the_step_is(acting_as: Acting, cast: Cast) -> None:
    page = acting_as("ketua").get(step(cast, 2))
    assert part(page, "langkah-risalah").get("data-told") == "Langkah 2 belum dimulai."
    answer = save(acting_as, cast, "kondisi")
    assert answer["told"] == "Langkah 2 belum lengkap: 1 bagian kosong."
    assert save(acting_as, cast, "target")["told"] == "Langkah 2 selesai."
    page = acting_as("ketua").get(step(cast, 2))
    assert part(page, "langkah-risalah").get("data-told") == "Langkah 2 selesai."


def test_automatic_save_answers_with_what_the_page_would_show(acting_as: Acting, cast: Cast) -> None:
    shown = save(acting_as, cast, "kondisi")["shown"]
    page = acting_as("ketua").get(step(cast, 2))
    assert sorted(shown) == ["disimpan-kondisi", "keadaan-kondisi", "langkah-risalah"]
    for place, html in shown.items():
        assert html in page.text
        assert text(part(page, place)) != ""
    assert '<span class="step-note">1 bagian kosong</span>' in shown["langkah-risalah"]
    assert "oleh Ani Ketua, S.Kom." in shown["disimpan-kondisi"]
    assert "/bagian/kondisi/riwayat" in shown["disimpan-kondisi"]


def test_last_section_tells_that_all_is_written(
    acting_as: Acting, cast: Cast, complete: Callable[[], Risalah]
) -> None:
    complete()
    answer = save(acting_as, cast, "target", "<p>Dua puluh menit.</p>", version=1)
    assert answer["told"] == "Langkah 2 selesai. Semua langkah sudah terisi."


def test_step_inside_a_whole_pdf_stays_so(
    acting_as: Acting, cast: Cast, keep_file: Callable[..., str]
) -> None:
    keep_file(cast.risalah("Sigap"), purpose=AttachmentPurpose.DOCUMENT)
    assert save(acting_as, cast, "kondisi")["told"] == "Langkah 2 ada dalam PDF utuh."


@pytest.mark.parametrize(
    "html", ["<p></p><p></p>", "<table><tbody><tr><td><p></p></td></tr></tbody></table>"]
)
def test_a_text_without_words_counts_as_empty_everywhere(acting_as: Acting, cast: Cast, html: str) -> None:
    answer = save(acting_as, cast, "target", html)
    assert "Belum diisi" in answer["shown"]["keadaan-target"]
    assert answer["told"] == "Langkah 2 belum dimulai."


def test_refused_text_is_told_where_it_stands(acting_as: Acting, cast: Cast) -> None:
    url = f"/risalah/{cast.risalah('Sigap').public_id}/bagian/target"
    page = acting_as("ketua").get(step(cast, 2))
    forms = [form.get("action") for form in part(page, "bagian-target").iter("form")]
    assert forms == [f"{url}#bagian-target"]
    long = f"<p>{'x' * 200_000}</p>"
    page = acting_as("ketua").post(url, {"html": long, "version": "0"})
    assert page.status == 400
    (summary,) = [e for e in page.tree.iter("div") if "error-summary" in (e.get("class") or "")]
    assert TOO_LONG in text(summary)
    assert summary in list(part(page, "bagian-target").iter("div"))


def test_steps_keep_the_committees_reason_at_hand(acting_as: Acting, cast: Cast) -> None:
    risalah = cast.risalah("Cepat")
    reason = "Langkah 6 belum memuat data sesudah perbaikan."
    acting_as("panitia").post(f"/panitia/risalah/{risalah.public_id}/kembalikan", {"reason": reason})
    url = f"/risalah/{cast.risalah('Cepat').public_id}/langkah/6"
    assert reason in acting_as("ketua-lain").get(url).words()
    assert reason not in acting_as("panitia").get(url).words()
