"""Rules of sign-in names, sessions and waiting."""

from datetime import UTC, datetime, timedelta

import pytest

from kbk.accounts.rules import (
    LONGEST_WAIT,
    device_words,
    is_alive,
    is_locked,
    session_life,
    username_key,
    username_problem,
    wait_after,
)
from kbk.policy import Actor, MemberRole

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["ＢＵＤＩ", " Budi ", "bu di", "BUDI"])
def test_sign_in_names_compare_alike_however_typed(typed):
    assert username_key(typed) == "budi"


@pytest.mark.parametrize("typed", ["abc", "x" * 61, "nama<b>", "a;drop", "   "])
def test_a_sign_in_name_of_other_signs_is_refused(typed):
    assert username_problem(typed) is not None


@pytest.mark.parametrize(
    ("actor", "idle", "absolute"),
    [
        (Actor(1, "P", organiser=True), timedelta(minutes=30), timedelta(hours=12)),
        (Actor(1, "J", judge_ids=frozenset({1})), timedelta(minutes=60), timedelta(hours=12)),
        (Actor(1, "K", groups={1: MemberRole.KETUA}), timedelta(hours=4), timedelta(days=7)),
    ],
)
def test_sessions_of_those_who_can_do_more_end_sooner(actor, idle, absolute):
    life = session_life(actor)
    assert is_alive(life, created_at=NOW, seen_at=NOW, now=NOW + idle - timedelta(seconds=1))
    assert not is_alive(life, created_at=NOW, seen_at=NOW, now=NOW + idle)
    assert not is_alive(life, created_at=NOW - absolute, seen_at=NOW, now=NOW)


def failures(count: int) -> list[datetime]:
    return [NOW - timedelta(seconds=count - number) for number in range(count)]


def test_waiting_doubles_and_never_shuts_out_for_long():
    waits = [wait_after(failures(count), free=5, now=NOW) for count in range(4, 14)]
    assert waits[0] == timedelta(0)
    assert [int(wait.total_seconds()) for wait in waits[1:5]] == [4, 9, 19, 39]
    assert max(waits) <= LONGEST_WAIT


def test_old_failures_are_forgotten():
    old = [at - timedelta(minutes=16) for at in failures(50)]
    assert wait_after(old, free=5, now=NOW) == timedelta(0)


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
            "Chrome di Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge di Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari di iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox di Linux"),
        ("curl/8.5.0", "Peramban lain"),
    ],
)
def test_device_is_told_by_browser_and_system(user_agent, expected):
    assert device_words(user_agent) == expected


@pytest.mark.parametrize(
    ("confirmed", "judged", "by_hand", "locked"),
    [
        (14, None, None, False),
        (15, None, None, True),
        (60, 14, None, False),
        (60, 15, None, True),
        (1, 20, None, False),
        (1, 0, 0, True),
    ],
)
def test_sheets_lock_by_hand_or_a_quarter_of_an_hour_after_the_password_or_the_last_use(
    confirmed, judged, by_hand, locked
):
    def ago(minutes):
        return None if minutes is None else NOW - timedelta(minutes=minutes)

    assert (
        is_locked(confirmed_at=ago(confirmed) or NOW, judged_at=ago(judged), locked_at=ago(by_hand), now=NOW)
        is locked
    )
