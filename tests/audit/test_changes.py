"""What a change has changed, in the trail and on its page."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kbk.audit.changes import differences
from kbk.audit.models import AuditRow
from kbk.audit.words import DETAILS, VALUES, detail_words
from kbk.competitions.forms import LINE_RULES, METHODS, MISSING
from kbk.competitions.rules import UnitKind, rubric_changes
from kbk.db import db
from scoring.rubric import Criterion, Rubric
from scoring.scales import Level, LevelScale, NumberScale

TEN = NumberScale(Decimal(1), Decimal(10))
LEVELS = LevelScale((Level("Kurang", Decimal(30)), Level("Baik", Decimal(100))))
USE = Criterion("k1", "Manfaat", Decimal(60), TEN, "Isi")
ORDER = Criterion("k2", "Kerapian", Decimal(40), TEN)
BEFORE = Rubric("Rubrik", (USE, ORDER))


def test_differences_are_told_as_text():
    before = {
        "name": "A",
        "kind": UnitKind.OPD,
        "until": None,
        "day": date(2024, 8, 2),
        "same": 1,
        "number": 1,
    }
    after = {
        "name": "",
        "kind": UnitKind.RSUD,
        "until": datetime(2024, 8, 2, 9, tzinfo=UTC),
        "day": None,
        "same": 1,
        "number": 16,
    }
    assert differences(before, after) == {
        "name": ["A", None],
        "kind": ["perangkat-daerah", "rsud"],
        "until": [None, "2024-08-02T09:00:00+00:00"],
        "day": ["2024-08-02", None],
        "number": ["1", "16"],
    }


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        (BEFORE, {}),
        (Rubric("Lain", (USE, ORDER)), {"name": ["Rubrik", "Lain"]}),
        (
            Rubric("Rubrik", (Criterion("k1", "Guna", Decimal("62.5"), LEVELS), ORDER)),
            {
                "criteria": {
                    "Manfaat (k1)": {
                        "name": ["Manfaat", "Guna"],
                        "aspect": ["Isi", None],
                        "weight": ["60", "62,5"],
                        "scale": ["1 sampai 10", "tingkat, 30 sampai 100"],
                    }
                }
            },
        ),
        (
            Rubric("Rubrik", (USE, Criterion("k3", "Dampak", Decimal(10), TEN))),
            {
                "criteria": {
                    "Kerapian (k2)": [{"weight": "40", "scale": "1 sampai 10"}, None],
                    "Dampak (k3)": [None, {"weight": "10", "scale": "1 sampai 10"}],
                }
            },
        ),
        (
            Rubric("Rubrik", (ORDER, USE)),
            {"order": ["Manfaat (k1), Kerapian (k2)", "Kerapian (k2), Manfaat (k1)"]},
        ),
    ],
)
def test_rubric_changes_name_the_criteria(after, changes):
    assert rubric_changes(BEFORE, after) == changes


def test_a_scale_that_sounds_the_same_is_still_another():
    other = LevelScale((Level("Buruk", Decimal(30)), Level("Baik", Decimal(100))))
    before, after = (Rubric("R", (Criterion("k1", "Guna", Decimal(1), scale),)) for scale in (LEVELS, other))
    assert rubric_changes(before, after) != {}


def test_choices_have_words():
    assert {choice.value for choice in METHODS} == set(VALUES["method"])
    assert {choice.value for choice in MISSING} == set(VALUES["missing_sheets"])
    assert {choice.value for choice in LINE_RULES} == set(VALUES["line_rule"])


def test_changes_of_a_rubric_are_readable():
    after = Rubric("Rubrik", (Criterion("k1", "Manfaat", Decimal(50), TEN, "Isi"),))
    words = detail_words({"changes": rubric_changes(BEFORE, after)})
    assert words == (
        "perubahan: kriteria Manfaat (k1) bobot 60 → 50, Kerapian (k2) dihapus (bobot 40, skala 1 sampai 10)"
    )


def trail(browser, cast):
    return browser.get(f"/panitia/gelar/{cast.competition().public_id}/jejak").words()


def test_the_trail_tells_what_was_changed_of_a_stage(acting_as, cast):
    browser, url = acting_as("panitia"), f"/panitia/tahap/{cast.stage(2).public_id}/ubah"
    form = browser.get(url).fields() | {
        "name": "Lapangan",
        "method": "median",
        "missing": "present",
        "line_rule": "take-all",
        "chain": "none",
        "advance-0": "6",
    }
    assert browser.post(url, form).status == 302
    row = db.session.query(AuditRow).filter_by(action="stage-changed").one()
    changes = row.detail["changes"]
    assert changes["method"] == ["mean", "median"]
    assert changes["advance"] == {"Perangkat Daerah": ["1", "6"]}
    assert changes["tie_chain"][0].startswith("Masalah dan sasaran yang jelas (s01), ")
    assert changes["tie_chain"][1] is None
    assert set(changes) <= set(DETAILS)
    words = trail(browser, cast)
    for part in (
        "nama Penilaian lapangan → Lapangan",
        "cara menggabungkan nilai rata-rata → median",
        "bila lembar belum lengkap tunggu semua lembar → rata-rata lembar yang lengkap",
        "bila sama di batas kelolosan dewan juri memutuskan → semua yang sama ikut lolos",
        "yang lolos Perangkat Daerah 1 → 6",
    ):
        assert part in words


def test_the_trail_tells_what_was_changed_of_a_rubric(acting_as, cast):
    browser, url = acting_as("panitia"), f"/panitia/tahap/{cast.stage(2).public_id}/rubrik"
    form = browser.get(url).fields() | {"criteria-0-weight": "30"}
    assert browser.post(url, form).status == 302
    assert "kriteria Masalah dan sasaran yang jelas (s01) bobot 20 → 30" in trail(browser, cast)


def test_the_trail_of_an_edition_tells_of_corrected_units(acting_as, cast):
    browser, unit = acting_as("panitia"), cast.unit("Kelurahan Miroto").public_id
    edition = f"/panitia/gelar/{cast.competition().public_id}"
    browser.post(f"{edition}/unit/baru", {"name": "Dinas Baru", "kind": "perangkat-daerah"})
    form = {"version": "1", "name": "RSUD Miroto", "kind": "rsud"}
    assert browser.post(f"{edition}/unit/{unit}/ubah", form).status == 302
    words = trail(browser, cast)
    assert "nama Kelurahan Miroto → RSUD Miroto, jenis kelurahan → RSUD" in words
    assert "Menambah unit kerja" not in words


def test_the_trail_tells_what_was_changed_of_a_judge(acting_as, cast):
    browser, unit = acting_as("panitia"), cast.unit("Kelurahan Miroto").public_id
    form = {"version": "1", "unit": unit, "institution": "", "job_title": "Lurah"}
    assert browser.post(f"/panitia/juri/{cast.judge('juri').public_id}", form).status == 302
    words = trail(browser, cast)
    assert "Dr. Rahmat Juri" in words
    assert "unit kerja – → Kelurahan Miroto, lembaga Universitas Contoh → –, jabatan – → Lurah" in words


def test_the_trail_names_the_unit_a_group_was_moved_to(acting_as, cast):
    group, unit = cast.group("Rukun"), cast.unit("Dinas Perdagangan")
    form = {"version": 1, "name": "Rukun", "unit": unit.id, "category": cast.category().id}
    browser = acting_as("panitia")
    browser.post(f"/panitia/kelompok/{group.public_id}/ubah", form)
    told = "unit kerja Kelurahan Miroto → Dinas Perdagangan, kategori Kelurahan → Perangkat Daerah"
    assert told in trail(browser, cast)


def test_the_trail_names_criteria_of_signed_sheets(acting_as, cast):
    judge, sheet = acting_as("juri"), f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}"
    marks = {f"nilai-s{number:02}": "8" for number in range(1, 6)}
    judge.post(f"{sheet}/simpan", marks | {"version": "1", "comment": ""})
    assert judge.post(f"{sheet}/tanda-tangan", {"version": "2"}).status == 302
    assert "kriteria: Masalah dan sasaran yang jelas (s01) 8, " in trail(acting_as("panitia"), cast)
