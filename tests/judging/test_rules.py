"""What typed marks mean, the state of a sheet, and the plan that shares out judges."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbk.errors import InvalidInput, NotAllowed
from kbk.judging import rules
from kbk.judging.rules import SheetState
from scoring.templates import SHORT, STAGE_DAY

NAMES = {criterion.id: criterion.name for criterion in SHORT.criteria}
HALVES = {Decimal(step) / 2 for step in range(2, 21)}


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("8,5", "8.5"),
        ("8.5", "8.5"),
        (" 8 ", "8"),
        ("8,50", "8.5"),
        ("10", "10"),
        ("10,0", "10"),
        ("01", "1"),
    ],
)
def test_read_marks_keeps_one_form_of_each_number(typed, mark):
    read = rules.read_marks(SHORT, {"s01": typed})
    assert (str(read.marks["s01"]), read.problems) == (mark, {})


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0", "\t"])
def test_a_blank_is_no_mark_and_no_problem(typed):
    read = rules.read_marks(SHORT, {"s01": typed})
    assert (read.marks, read.problems) == ({"s01": None}, {})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1e9", "Nilai ditulis lengkap, tanpa pangkat seperti 1e9."),
        ("NaN", "Nilai harus berupa angka, misalnya 8 atau 8,5."),
        ("Infinity", "Nilai harus berupa angka, misalnya 8 atau 8,5."),
        ("−1", "Nilai ditulis tanpa tanda plus atau minus."),
        ("-1", "Nilai ditulis tanpa tanda plus atau minus."),
        ("８", "Nilai hanya boleh memakai angka 0 sampai 9 yang biasa."),
        ("8,5,0", "Nilai hanya boleh memuat satu tanda desimal."),
        ("9" * 10_000, "Nilai terlalu panjang untuk sebuah angka."),
        ("11", f"{NAMES['s01']}: nilai 11 di luar rentang 1 sampai 10."),
        ("0", f"{NAMES['s01']}: nilai 0 di luar rentang 1 sampai 10."),
        ("8,3", f"{NAMES['s01']}: nilai 8,3 tidak ada pada skala; yang terdekat 8 dan 8,5."),
    ],
)
def test_read_marks_says_what_is_wrong(typed, sentence):
    read = rules.read_marks(SHORT, {"s01": typed})
    assert (read.marks, read.problems) == ({"s01": None}, {"s01": sentence})


def test_a_wrong_mark_leaves_the_others_alone():
    read = rules.read_marks(SHORT, {"s01": "8", "s02": "abc", "s03": ""})
    assert read.marks == {"s01": Decimal(8), "s02": None, "s03": None}
    assert list(read.problems) == ["s02"]


def test_read_marks_refuses_a_criterion_of_another_rubric():
    with pytest.raises(InvalidInput, match="Kriteria r99 tidak ada dalam rubrik"):
        rules.read_marks(SHORT, {"r99": "8"})


def test_only_the_points_of_a_clock_can_be_given():
    assert rules.read_marks(STAGE_DAY, {"g10": "6"}).marks == {"g10": Decimal(6)}
    assert rules.read_marks(STAGE_DAY, {"g10": "7"}).marks == {"g10": None}


@settings(max_examples=10_000, deadline=None)
@example("1e1").via("exponent of a legal number")
@example("٨").via("Arabic digit")
@given(
    st.one_of(
        st.text(max_size=12),
        st.text(alphabet="0123456789.,eE+-− \u00a0\t_%/", max_size=8),
        st.decimals(allow_nan=True, allow_infinity=True).map(str),
        st.floats().map(repr),
        st.sampled_from(sorted(map(str, HALVES))),
    )
)
def test_no_text_becomes_a_mark_outside_the_scale(typed):
    read = rules.read_marks(SHORT, {"s01": typed})
    mark = read.marks["s01"]
    assert mark is None or mark in HALVES
    assert mark is None or Decimal(typed.strip().replace(",", ".")) == mark
    assert (mark is None) == (bool(read.problems) or not typed.strip())


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, SheetState.BLANK),
        ({"filled": 1}, SheetState.FILLING),
        ({"filled": 5, "complete": True}, SheetState.READY),
        ({"filled": 5, "complete": True, "signed": True}, SheetState.SIGNED),
        ({"filled": 1, "recused": True}, SheetState.RECUSED),
    ],
)
def test_sheet_state_follows_from_what_is_on_the_sheet(facts, state):
    given_facts = {"filled": 0, "complete": False, "signed": False, "recused": False} | facts
    assert rules.sheet_state(**given_facts) is state


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, None),
        ({"stage_state": "planned"}, "Tahap Gelar belum dibuka panitia; nilai belum dapat diisi."),
        ({"stage_state": "closed"}, "Tahap Gelar sudah ditutup; nilai tidak dapat diubah lagi."),
        (
            {"handed_in": False},
            "Risalah kelompok ini sedang diperbaiki; nilai dapat diisi sesudah risalah diserahkan kembali.",
        ),
        (
            {"state": SheetState.RECUSED},
            "Anda tidak lagi menilai kelompok ini, sehingga lembar nilainya terkunci.",
        ),
    ],
)
def test_lock_names_the_reason(facts, sentence):
    given_facts = {"stage": "Gelar", "stage_state": "open", "state": SheetState.BLANK, "handed_in": True}
    assert rules.lock(**(given_facts | facts)) == sentence


def plan(per_entry, *, forbidden=(), appointed=(), given_up=(), entries=3, judges=3):
    return rules.planned_pairs(
        per_entry,
        names={entry: f"K{entry}" for entry in range(1, entries + 1)},
        judges=range(1, judges + 1),
        forbidden=forbidden,
        appointed=appointed,
        given_up=given_up,
    )


def test_planned_pairs_are_even():
    pairs = plan(2, entries=12, judges=4)
    loads = [sum(judge == wanted for _, judge in pairs) for wanted in range(1, 5)]
    assert (len(pairs), loads) == (24, [6, 6, 6, 6])


def test_planned_pairs_complete_what_is_there():
    assert plan(2, appointed=[(1, 1), (1, 2), (2, 1), (3, 2)], judges=2) == [(2, 2), (3, 1)]


def test_planned_pairs_leave_a_larger_panel_alone():
    assert plan(1, appointed=[(1, 1), (1, 2)], entries=1) == []


def test_planned_pairs_avoid_the_own_unit_and_what_was_given_up():
    pairs = plan(1, forbidden=[(1, 1), (2, 2)], given_up=[(1, 2), (3, 3)])
    assert [(entry, judge) for entry, judge in pairs if entry == 1] == [(1, 3)]
    assert not set(pairs) & {(1, 1), (2, 2), (1, 2), (3, 3)}


def test_planned_pairs_name_the_group_with_too_few_judges():
    with pytest.raises(InvalidInput, match="KBK K1 hanya dapat dinilai oleh 2 juri, padahal diminta 3"):
        plan(3, forbidden=[(1, 1)])


def test_a_stage_opens_only_after_the_one_before_it_is_decided():
    rules.check_can_open(stage="Gelar", state="planned", previous=("Lapangan", "decided"))
    with pytest.raises(NotAllowed, match="sesudah hasil tahap Lapangan ditetapkan"):
        rules.check_can_open(stage="Gelar", state="planned", previous=("Lapangan", "closed"))
