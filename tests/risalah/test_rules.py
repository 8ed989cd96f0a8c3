from datetime import UTC, datetime, timedelta

import pytest

from kbk.errors import FileProblem, InvalidInput, NotAllowed
from kbk.indonesian import Zone
from kbk.risalah import rules
from kbk.risalah.outline import outline
from kbk.risalah.rules import Completeness, RisalahState, SavedText, SectionFacts, Window, completeness

NOW = datetime(2024, 8, 2, 9, 0, tzinfo=UTC)
PLAN = outline("tulta-7")
FULL = {section.key: SectionFacts(words=100) for section in PLAN.sections}


def found(sections: dict[str, SectionFacts], title: str = "Judul", document: bool = False) -> Completeness:
    return completeness(PLAN, title, sections, has_document=document)


def window(deadline: datetime = NOW, edition: datetime | None = None) -> Window:
    return Window(NOW - timedelta(days=30), deadline, edition or deadline, Zone.WIB)


def test_full_risalah_is_ready() -> None:
    assert found(FULL).ready is True
    assert found(FULL).steps_done == 7


def test_empty_section_holds_back_its_step() -> None:
    lacking = found(FULL | {"target": SectionFacts()})
    assert lacking.ready is False
    assert lacking.next_step is not None
    assert [section.key for section in lacking.next_step.missing] == ["target"]
    assert lacking.next_step.state == "part"


def test_optional_section_may_stay_empty() -> None:
    assert found(FULL | {"jadwal": SectionFacts()}).ready is True


def test_picture_alone_fills_a_section() -> None:
    facts = found(FULL | {"sebab-akibat": SectionFacts(words=0, has_picture=True)})
    assert facts.ready is True
    assert facts.steps[2].short == ()


def test_short_text_is_advice_not_a_fault() -> None:
    facts = found(FULL | {"masalah": SectionFacts(words=39)})
    assert facts.ready is True
    assert [section.key for section in facts.steps[0].short] == ["masalah"]


def test_untouched_step_is_todo() -> None:
    assert found({}).steps[4].state == "todo"


def test_whole_pdf_stands_for_all_sections_but_not_for_the_title() -> None:
    assert found({}, document=True).ready is True
    assert found({}, title="  ", document=True).ready is False


def test_check_complete_names_what_is_missing() -> None:
    with pytest.raises(NotAllowed, match=r"judul, langkah 2, langkah 6\."):
        rules.check_complete(found(FULL | {"target": SectionFacts(), "manfaat": SectionFacts()}, title=""))


def test_window_takes_the_last_moment_before_the_deadline() -> None:
    window().check(NOW - timedelta(microseconds=1))


def test_window_refuses_the_deadline_itself_and_names_it() -> None:
    with pytest.raises(NotAllowed, match=r"2 Agustus 2024 pukul 16\.00 WIB.*perpanjangan"):
        window().check(NOW)


def test_window_refuses_before_it_opens() -> None:
    with pytest.raises(NotAllowed, match="baru dibuka 3 Juli 2024"):
        window().check(NOW - timedelta(days=30, seconds=1))


def test_hand_in_by_extension_is_late() -> None:
    extended = window(NOW + timedelta(days=2), edition=NOW)
    assert extended.is_late(NOW, earlier_on_time=False) is True
    assert extended.is_late(NOW - timedelta(seconds=1), earlier_on_time=False) is False


def test_correction_of_a_timely_hand_in_is_not_late() -> None:
    assert window(NOW + timedelta(days=2), edition=NOW).is_late(NOW, earlier_on_time=True) is False


def test_submitted_risalah_is_not_writable() -> None:
    rules.check_writable(RisalahState.DRAFT)
    rules.check_writable(RisalahState.RETURNED)
    with pytest.raises(NotAllowed, match="sudah diserahkan"):
        rules.check_writable(RisalahState.SUBMITTED)


@pytest.mark.parametrize("state", [RisalahState.DRAFT, RisalahState.RETURNED])
def test_only_a_submitted_risalah_is_sent_back(state: RisalahState) -> None:
    with pytest.raises(NotAllowed):
        rules.check_send_back(state, judged=False, deadline=NOW + timedelta(days=1), due=None, now=NOW)


def test_judged_risalah_is_not_sent_back() -> None:
    with pytest.raises(NotAllowed, match="Juri sudah mulai"):
        rules.check_send_back(
            RisalahState.SUBMITTED, judged=True, deadline=NOW + timedelta(days=1), due=None, now=NOW
        )


@pytest.mark.parametrize(
    ("deadline", "due"),
    [(NOW, None), (NOW - timedelta(days=1), NOW), (NOW + timedelta(days=3), NOW + timedelta(days=2))],
    ids=["deadline passed without a new one", "new one not in the future", "new one before the present one"],
)
def test_sending_back_needs_time_to_correct(deadline: datetime, due: datetime | None) -> None:
    with pytest.raises(InvalidInput) as refused:
        rules.check_send_back(RisalahState.SUBMITTED, judged=False, deadline=deadline, due=due, now=NOW)
    assert refused.value.field == "due"


def test_section_of_the_largest_size_is_accepted() -> None:
    rules.check_section_size("x" * 200_000, "Sasaran")
    with pytest.raises(InvalidInput, match="“Sasaran” terlalu panjang"):
        rules.check_section_size("x" * 200_001, "Sasaran")


def test_room_is_filled_to_the_last_byte() -> None:
    rules.check_room([400, 500], 100, 1000)
    with pytest.raises(FileProblem, match=r"900 B dari 1\.000 B"):
        rules.check_room([400, 500], 101, 1000)


def test_number_of_files_is_limited() -> None:
    with pytest.raises(FileProblem, match="300 berkas"):
        rules.check_room([1] * 300, 1, 10**6)


@pytest.mark.parametrize(
    ("previous", "merges"),
    [
        (SavedText(1, True, NOW - timedelta(minutes=9), 100), True),
        (SavedText(1, True, NOW - timedelta(minutes=10), 100), False),
        (SavedText(2, True, NOW, 100), False),
        (SavedText(1, False, NOW, 100), False),
        (SavedText(1, True, NOW, 201), False),
    ],
    ids=["soon after", "ten minutes later", "somebody else", "saved by hand", "lost more than half"],
)
def test_automatic_save_continues_the_revision_before(previous: SavedText, merges: bool) -> None:
    assert rules.continues(previous, by_id=1, length=100, now=NOW) is merges
