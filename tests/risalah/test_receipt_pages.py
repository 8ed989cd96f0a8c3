"""Which receipt counts is plain, however often a risalah was handed in."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kbk import clock
from kbk.db import transaction
from kbk.policy import Actor
from kbk.risalah import queries, service
from kbk.risalah.models import Risalah
from tests.cast import Cast
from tests.page import Browser, Page

Acting = Callable[[str | None], Browser]
HandIns = Callable[..., Risalah]


@pytest.fixture
def handed_in(complete: Callable[[], Risalah], actor: Callable[[str], Actor]) -> HandIns:
    """Hand the risalah of Sigap in `times` times, sent back in between and, with `returned`, at the end."""

    def hand_in(times: int, *, returned: bool = False) -> Risalah:
        risalah = complete()
        due = clock.now() + timedelta(days=60)
        for number in range(1, times + 1):
            with transaction():
                service.hand_in(actor("ketua"), risalah, clock.now())
            if number < times or returned:
                with transaction():
                    service.send_back(
                        actor("panitia"),
                        risalah,
                        f"Alasan {number}.",
                        clock.now(),
                        judged=False,
                        due=due + timedelta(days=number),
                    )
        return risalah

    return hand_in


def receipts(page: Page, inside: str | None = None) -> list[str]:
    """The hand-ins a page lists; `inside` names an element, such as details, to look into."""
    lists = [page.tree] if inside is None else list(page.tree.iter(inside))
    return [
        " ".join("".join(link.itertext()).split())
        for part in lists
        for link in part.iter("a")
        if "/tanda-terima/" in (link.get("href") or "")
    ]


def workplace(cast: Cast) -> str:
    return f"/kelompok/{cast.group('Sigap').public_id}/risalah"


def test_newest_receipt_is_plain_and_earlier_ones_are_folded(
    acting_as: Acting, cast: Cast, handed_in: HandIns
) -> None:
    handed_in(4)
    page = acting_as("ketua").get(workplace(cast))
    assert receipts(page) == [
        "Lihat tanda terima",
        "Penyerahan ke-4",
        "Penyerahan ke-3",
        "Penyerahan ke-2",
        "Penyerahan ke-1",
    ]
    assert receipts(page, "details") == ["Penyerahan ke-3", "Penyerahan ke-2", "Penyerahan ke-1"]
    assert "3 penyerahan sebelumnya yang tidak berlaku lagi" in page.words()
    assert page.words().count("Berlaku") == 1


def test_one_receipt_needs_no_folding(acting_as: Acting, cast: Cast, handed_in: HandIns) -> None:
    handed_in(1)
    page = acting_as("ketua").get(workplace(cast))
    assert receipts(page, "details") == []
    assert "sebelumnya" not in page.words()


def test_no_receipt_counts_after_sending_back(acting_as: Acting, cast: Cast, handed_in: HandIns) -> None:
    handed_in(2, returned=True)
    page = acting_as("ketua").get(workplace(cast))
    assert (
        "Sekarang tidak ada tanda terima yang berlaku, karena penyerahan ke-2 dikembalikan." in page.words()
    )
    assert receipts(page, "details") == ["Penyerahan ke-1"]
    assert "Berlaku" not in page.words()


def test_replaced_receipt_names_the_one_that_counts(
    acting_as: Acting, cast: Cast, handed_in: HandIns
) -> None:
    base = f"/risalah/{handed_in(3).public_id}"
    old, new = (acting_as("ketua").get(f"{base}/tanda-terima/{number}") for number in (1, 3))
    assert "Penyerahan ke-1 sudah tidak berlaku Digantikan penyerahan ke-3" in old.words()
    assert "lalu serahkan lagi" not in old.words()
    assert f'href="{base}/tanda-terima/3"' in old.text
    # On the printed sheet as well, where the remark above it is left out.
    (void,) = [p for p in old.tree.iter("p") if p.get("class") == "receipt-void"]
    assert "".join(void.itertext()).startswith("Tidak berlaku lagi: dikembalikan ")
    assert "".join(void.itertext()).endswith(", digantikan penyerahan ke-3.")
    assert "receipt-void" not in new.text
    assert "Risalah sudah diterima." in new.words()


def test_receipt_that_was_sent_back_is_void_until_the_next(
    acting_as: Acting, cast: Cast, handed_in: HandIns
) -> None:
    page = acting_as("ketua").get(f"/risalah/{handed_in(1, returned=True).public_id}/tanda-terima/1")
    assert "Panitia mengembalikan risalah ini untuk diperbaiki Alasan 1." in page.words()
    assert "receipt-void" in page.text


def test_reading_folds_earlier_versions(acting_as: Acting, cast: Cast, handed_in: HandIns) -> None:
    base = f"/risalah/{handed_in(3).public_id}/baca"
    newest, first = acting_as("panitia").get(base), acting_as("panitia").get(f"{base}?nomor=1")

    def versions(page: Page) -> list[tuple[str, bool]]:
        return [
            (link.get("href", "").rpartition("=")[2], details.get("open") is not None)
            for details in page.tree.iter("details")
            for link in details.iter("a")
            if "nomor=" in link.get("href", "")
        ]

    assert versions(newest) == [("2", False), ("1", False)]
    assert versions(first) == [("2", True), ("1", True)]
    assert "Penyerahan ke-1 sudah tidak berlaku Digantikan penyerahan ke-3" in first.words()


def test_latest_hand_in_is_the_one_that_counts(cast: Cast, handed_in: HandIns) -> None:
    latest = queries.latest_submission(handed_in(2))
    assert latest is not None
    assert (latest.number, latest.returned_at) == (2, None)
