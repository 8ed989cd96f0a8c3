from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from kbk.db import transaction
from kbk.policy import Actor
from kbk.risalah import queries, service
from kbk.risalah.models import Section
from tests.cast import Cast

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def save(
    cast: Cast, actor: Actor, text: str, version: int, now: datetime, *, automatic: bool = True
) -> list[tuple[int, str]]:
    with transaction():
        risalah = cast.risalah("Sigap")
        section: Section = service.save_section(
            actor, risalah, "target", f"<p>{text}</p>", version, now, automatic=automatic
        )
    return [(revision.version, revision.html) for revision in queries.revisions(section)]


def test_automatic_saves_of_one_person_become_one_revision(cast: Cast, actor: Callable[[str], Actor]) -> None:
    ketua = actor("ketua")
    save(cast, ketua, "Turun", 0, NOW)
    save(cast, ketua, "Turun men", 1, NOW + MINUTE)
    assert save(cast, ketua, "Turun menjadi", 2, NOW + 2 * MINUTE) == [(3, "<p>Turun menjadi</p>")]


def test_a_long_sitting_leaves_a_revision_every_ten_minutes(
    cast: Cast, actor: Callable[[str], Actor]
) -> None:
    ketua = actor("ketua")
    texts = ["a" * length for length in range(1, 24)]
    for version, text in enumerate(texts):
        kept = save(cast, ketua, text, version, NOW + version * MINUTE)
    assert [version for version, _html in kept] == [23, 20, 10]


def test_another_person_begins_a_new_revision(cast: Cast, actor: Callable[[str], Actor]) -> None:
    save(cast, actor("ketua"), "Turun", 0, NOW)
    kept = save(cast, actor("anggota"), "Turun lagi", 1, NOW + MINUTE)
    assert kept == [(2, "<p>Turun lagi</p>"), (1, "<p>Turun</p>")]


def test_text_deleted_by_accident_stays_in_the_history(cast: Cast, actor: Callable[[str], Actor]) -> None:
    ketua = actor("ketua")
    save(cast, ketua, "Satu paragraf penuh dengan angka", 0, NOW)
    kept = save(cast, ketua, "S", 1, NOW + MINUTE)
    assert kept == [(2, "<p>S</p>"), (1, "<p>Satu paragraf penuh dengan angka</p>")]


def test_text_deleted_bit_by_bit_stays_in_the_history(cast: Cast, actor: Callable[[str], Actor]) -> None:
    ketua = actor("ketua")
    for version, length in enumerate((1000, 600, 350, 200, 110, 60)):
        kept = save(cast, ketua, "a" * length, version, NOW + version * MINUTE)
    assert max(len(html) for _version, html in kept) >= 500


def test_saving_by_hand_keeps_what_was_saved_automatically(cast: Cast, actor: Callable[[str], Actor]) -> None:
    ketua = actor("ketua")
    save(cast, ketua, "Turun", 0, NOW)
    save(cast, ketua, "Turun", 1, NOW, automatic=False)
    kept = save(cast, ketua, "Turun banyak", 1, NOW + MINUTE)
    assert kept == [(2, "<p>Turun banyak</p>"), (1, "<p>Turun</p>")]
