import pytest

from kbk.errors import NotFound
from kbk.risalah.outline import OUTLINES, Phase, outline


@pytest.mark.parametrize(("key", "steps"), [("tulta-7", 7), ("delta-8", 8), ("qc-story-7", 7)])
def test_outline_has_its_number_of_steps(key: str, steps: int) -> None:
    assert [step.number for step in outline(key).steps] == list(range(1, steps + 1))


@pytest.mark.parametrize("key", OUTLINES)
def test_outline_names_each_section_once(key: str) -> None:
    keys = [section.key for section in outline(key).sections]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("key", OUTLINES)
def test_outline_asks_for_something_in_each_step(key: str) -> None:
    assert all(any(section.required for section in step.sections) for step in outline(key).steps)


@pytest.mark.parametrize("key", OUTLINES)
def test_outline_goes_once_round_the_circle(key: str) -> None:
    phases = [step.phase for step in outline(key).steps]
    assert list(dict.fromkeys(phases)) == list(Phase)
    assert phases == sorted(phases, key=list(Phase).index)


def test_outline_finds_section_and_its_step() -> None:
    plan = outline("tulta-7")
    assert plan.step_of("uji-penyebab").number == 3
    assert plan.section("jadwal").required is False


@pytest.mark.parametrize("number", [0, 8, -1])
def test_step_outside_the_outline_is_not_found(number: int) -> None:
    with pytest.raises(NotFound):
        outline("tulta-7").step(number)


def test_unknown_section_is_not_found() -> None:
    with pytest.raises(NotFound):
        outline("tulta-7").section("rahasia")


def test_unknown_outline_is_a_defect() -> None:
    with pytest.raises(KeyError):
        outline("../settings")
