"""The committee sets up an edition and changes its settings."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from kbk.accounts.models import User
from kbk.audit.models import AuditRow
from kbk.competitions import service
from kbk.competitions.models import Competition
from kbk.db import db, transaction

NEW = {
    "template": "corong-16-6",
    "categories": "Perangkat Daerah\nKelurahan",
    "name": "Gelar Budaya Kerja Kota Uji 2026",
    "year": "2026",
    "city": "Kota Uji",
    "zone": "WITA",
    "outline": "tulta-7",
    "submission_opens_at": "2026-01-05T08:00",
    "submission_deadline": "2026-06-30T16:00",
}


def test_create_sets_up_the_stages_of_the_template(acting_as):
    answer = acting_as("panitia").post("/panitia/gelar/baru", NEW)
    edition = db.session.scalars(select(Competition).where(Competition.year == 2026)).one()
    assert answer.location == f"/panitia/gelar/{edition.public_id}/pengaturan"
    assert edition.slug == "gelar-budaya-kerja-kota-uji-2026"
    assert edition.submission_deadline.isoformat() == "2026-06-30T08:00:00+00:00"
    quotas = [[stage.quota(category.id) for category in edition.categories] for stage in edition.stages]
    assert quotas == [[16, 6], [6, None], [None, None]]
    assert len(edition.stages[0].rubric["criteria"]) == 24


def test_the_next_edition_begins_like_the_last_one(acting_as, cast):
    last = cast.competition()
    with transaction():
        stage = last.stages[0]
        stage.method, stage.missing, stage.line_rule = "median", "present", "take-all"
        stage.tie_chain = stage.tie_chain[:2]
        last.stages[1].carry_over = 40
        last.year, last.name = 2030, "Gelar Budaya Kerja Kota Contoh 2030"
        last.letterhead, last.signer_name = "PEMERINTAH KOTA CONTOH", "Dra. Contoh"
        expected = [
            (one.name, one.rubric, one.tie_chain, one.method, one.missing, one.line_rule, one.carry_over)
            for one in last.stages
        ]
        quotas = [[one.quota(category.id) for category in last.categories] for one in last.stages]
    browser = acting_as("panitia")
    held = browser.get("/panitia/gelar/baru").fields("")
    assert (held["template"], held["year"]) == ("seperti-terakhir", "2031")
    assert held["name"] == "Gelar Budaya Kerja Kota Contoh 2031"
    assert (held["letterhead"], held["signer_name"]) == ("PEMERINTAH KOTA CONTOH", "Dra. Contoh")
    moments = {key: NEW[key] for key in ("submission_opens_at", "submission_deadline")}
    browser.post("/panitia/gelar/baru", held | moments | {"zone": "WITA"})
    edition = db.session.scalars(select(Competition).order_by(Competition.id.desc()).limit(1)).one()
    assert [
        (one.name, one.rubric, one.tie_chain, one.method, one.missing, one.line_rule, one.carry_over)
        for one in edition.stages
    ] == expected
    assert [[one.quota(category.id) for category in edition.categories] for one in edition.stages] == quotas
    assert {one.state.value for one in edition.stages} == {"planned"}
    distances = [
        [one.starts_at - gelar.submission_deadline for one in gelar.stages]
        for gelar in (edition, db.session.get_one(Competition, last.id))
    ]
    assert distances[0] == distances[1]


def test_create_twice_gives_two_addresses(acting_as):
    browser = acting_as("panitia")
    for _ in range(2):
        browser.post("/panitia/gelar/baru", NEW)
    slugs = db.session.scalars(
        select(Competition.slug).where(Competition.year == 2026).order_by(Competition.id)
    ).all()
    assert slugs == ["gelar-budaya-kerja-kota-uji-2026", "gelar-budaya-kerja-kota-uji-2026-2"]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Nama gelar wajib diisi."),
        ("name", "x" * 151, "Nama gelar paling banyak 150 huruf. Singkat lebih dahulu."),
        ("year", "dua ribu", "Isi dengan bilangan bulat, misalnya 16."),
        ("year", "1e9", "Isi dengan bilangan bulat, misalnya 16."),
        ("zone", "GMT", "Pilihan ini tidak tersedia. Pilih salah satu dari daftar."),
        ("submission_deadline", "besok", "Tanggal dan jam tidak dikenali. Contoh: 2024-08-02T14:30."),
        ("submission_deadline", "2025-01-01T00:00", "Waktu selesai harus sesudah waktu mulai."),
        ("categories", " \n ", "Kategori, satu per baris wajib diisi."),
    ],
)
def test_create_names_what_is_wrong_and_keeps_what_was_typed(acting_as, field, typed, sentence):
    page = acting_as("panitia").post("/panitia/gelar/baru", NEW | {field: typed})
    assert page.status == 400
    assert any(sentence in error for error in page.errors())
    assert "Kota Uji" in page.text
    assert db.session.scalar(select(Competition).where(Competition.year == 2026)) is None


def settings(competition, **changes):
    fields = {
        "name": competition.name,
        "year": str(competition.year),
        "city": competition.city,
        "zone": "WIB",
        "outline": "tulta-7",
        "submission_opens_at": "2024-01-05T08:00",
        "submission_deadline": "2024-06-30T16:00",
        "version": str(competition.version),
    }
    return fields | changes


def test_edit_saves_and_notes_the_difference(acting_as, cast):
    competition = cast.competition()
    answer = acting_as("panitia").post(
        f"/panitia/gelar/{competition.public_id}/pengaturan", settings(competition, city="Kota Lain")
    )
    assert answer.status == 302
    assert cast.competition().city == "Kota Lain"
    row = db.session.scalars(select(AuditRow).where(AuditRow.action == "competition-changed")).one()
    assert row.detail["changes"]["city"] == ["Kota Contoh", "Kota Lain"]


def test_saving_the_settings_as_they_are_shown_changes_nothing(acting_as, cast):
    def facts():
        competition = cast.competition()
        return [getattr(competition, name) for name in service.EditionFacts.__dataclass_fields__]

    before, url = facts(), f"/panitia/gelar/{cast.competition().public_id}/pengaturan"
    browser = acting_as("panitia")
    assert browser.post(url, browser.get(url).fields()).status == 302
    assert facts() == before


def test_saving_a_stage_as_it_is_shown_changes_nothing(acting_as, cast):
    def facts():
        stage = cast.stage(2)
        rules = (stage.name, stage.starts_at, stage.ends_at, stage.method, stage.missing, stage.line_rule)
        quotas = [stage.quota(category.id) for category in stage.competition.categories]
        return (*rules, stage.carry_over, stage.tie_chain, quotas)

    before, url = facts(), f"/panitia/tahap/{cast.stage(2).public_id}/ubah"
    browser = acting_as("panitia")
    assert browser.post(url, browser.get(url).fields()).status == 302
    assert facts() == before


def test_edit_with_an_old_version_is_refused_and_keeps_the_text(acting_as, cast):
    competition = cast.competition()
    url, old = f"/panitia/gelar/{competition.public_id}/pengaturan", settings(competition, city="Kota Kedua")
    browser = acting_as("panitia")
    browser.post(url, settings(competition, city="Kota Pertama"))
    page = browser.post(url, old)
    assert page.status == 409
    assert any("baru saja diubah orang lain" in error for error in page.errors())
    assert 'value="Kota Kedua"' in page.text
    assert cast.competition().city == "Kota Pertama"


def stage_fields(**changes):
    fields = {
        "name": "Penilaian lapangan",
        "starts_at": "2024-07-01T08:00",
        "ends_at": "2024-07-10T16:00",
        "method": "mean",
        "missing": "present",
        "chain": "rubric",
        "line_rule": "take-all",
        "version": "1",
        "carry_over": "20",
        "advance-0": "6",
        "advance-1": "",
    }
    return fields | changes


def test_a_planned_stage_takes_new_rules(acting_as, cast):
    stage = cast.stage(2)
    assert acting_as("panitia").post(f"/panitia/tahap/{stage.public_id}/ubah", stage_fields()).status == 302
    stage = cast.stage(2)
    assert (stage.missing, stage.line_rule, stage.carry_over) == ("present", "take-all", 20)
    assert [stage.quota(category.id) for category in stage.competition.categories] == [6, None]


def test_an_open_stage_keeps_its_rules(acting_as, cast):
    stage = cast.stage(1)
    page = acting_as("panitia").post(f"/panitia/tahap/{stage.public_id}/ubah", stage_fields(carry_over="0"))
    assert page.status == 400
    assert any("tidak dapat diubah lagi karena penilaiannya sudah dibuka" in error for error in page.errors())
    assert cast.stage(1).missing == "wait"


def test_the_rubric_of_a_planned_stage_can_be_changed(acting_as, cast):
    stage = cast.stage(2)
    fields = {
        "version": "1",
        "name": "Rubrik uji",
        "criteria-0-name": "Manfaat",
        "criteria-0-weight": "60",
        "criteria-0-minimum": "1",
        "criteria-0-maximum": "10",
        "criteria-0-step": "0,5",
        "criteria-1-name": "Kerapian",
        "criteria-1-weight": "40",
        "criteria-1-maximum": "4",
    }
    assert acting_as("panitia").post(f"/panitia/tahap/{stage.public_id}/rubrik", fields).status == 302
    rubric = service.rubric_of(cast.stage(2))
    assert [(c.name, c.weight, c.scale.maximum, c.scale.step) for c in rubric.criteria] == [
        ("Manfaat", Decimal(60), Decimal(10), Decimal("0.5")),
        ("Kerapian", Decimal(40), Decimal(4), Decimal(1)),
    ]


@pytest.mark.parametrize("weight", ["", "NaN", "1e9", "-5", "delapan"])
def test_a_weight_that_is_no_number_is_named_with_its_row(acting_as, cast, weight):
    fields = {
        "version": "1",
        "name": "Rubrik uji",
        "criteria-0-name": "Manfaat",
        "criteria-0-weight": weight,
    }
    page = acting_as("panitia").post(f"/panitia/tahap/{cast.stage(2).public_id}/rubrik", fields)
    assert page.status == 400
    assert any("Baris 1 (Manfaat)" in error for error in page.errors())
    assert service.rubric_of(cast.stage(2)).name != "Rubrik uji"


def test_the_rubric_of_an_open_stage_is_frozen(acting_as, cast):
    stage = cast.stage(1)
    page = acting_as("panitia").get(f"/panitia/tahap/{stage.public_id}/rubrik")
    assert "Rubrik terkunci" in page.words()
    fields = {"version": "1", "name": "Lain", "criteria-0-name": "Manfaat", "criteria-0-weight": "100"}
    assert acting_as("panitia").post(f"/panitia/tahap/{stage.public_id}/rubrik", fields).status == 400
    assert cast.stage(1).rubric["name"] != "Lain"


def test_a_category_in_use_stays(acting_as, cast):
    category = cast.category("Perangkat Daerah")
    page = acting_as("panitia").post(f"/panitia/kategori/{category.public_id}/hapus")
    assert page.status == 409
    assert "masih dipakai kelompok" in page.words()
    assert [c.name for c in cast.competition().categories] == ["Perangkat Daerah", "Kelurahan"]


def test_the_last_planned_stage_can_be_added_and_removed(acting_as, cast):
    browser, competition = acting_as("panitia"), cast.competition()
    browser.post(
        f"/panitia/gelar/{competition.public_id}/tahap-baru",
        {"tahap-name": "Susulan", "tahap-rubric": "ringkas"},
    )
    assert [stage.name for stage in cast.competition().stages][-1] == "Susulan"
    assert browser.post(f"/panitia/tahap/{cast.stage(3).public_id}/hapus").status == 409
    assert browser.post(f"/panitia/tahap/{cast.stage(4).public_id}/hapus").status == 302
    db.session.rollback()
    assert len(cast.competition().stages) == 3


def test_the_trail_shows_what_was_changed(acting_as, cast):
    competition = cast.competition()
    browser = acting_as("panitia")
    browser.post(f"/panitia/gelar/{competition.public_id}/kategori", {"kategori-name": "Sekolah"})
    words = browser.get(f"/panitia/gelar/{competition.public_id}/jejak").words()
    assert "Menambah kategori" in words
    assert "nama: Sekolah" in words


def test_the_committee_can_name_and_dismiss_an_organiser(acting_as, cast):
    browser = acting_as("panitia")
    browser.post("/panitia/orang", {"name": "Rudi Panitia Baru"})
    page = browser.get("/panitia/orang")
    assert "Rudi Panitia Baru" in page.words()
    assert "http://localhost/undangan/" in page.text
    me = cast.user("panitia")
    assert browser.post(f"/panitia/orang/{me.public_id}/keluarkan").status == 409


@pytest.mark.parametrize("act", ["undang", "keluarkan"])
@pytest.mark.parametrize("person", ["ketua", "anggota", "juri", "pengguna"])
def test_only_people_of_the_committee_are_invited_and_dismissed_there(acting_as, cast, act, person):
    page = acting_as("panitia").post(f"/panitia/orang/{cast.user(person).public_id}/{act}")
    assert page.status == 404
    assert "Orang ini bukan panitia" in page.words()
    trail = db.session.scalars(select(AuditRow.action)).all()
    assert {"invited", "organiser-dismissed"} & set(trail) == set()
    assert acting_as(person).get("/akun").status == 200


def test_a_dismissed_organiser_is_signed_out_and_has_no_link_left(acting_as, cast):
    browser = acting_as("panitia")
    browser.post("/panitia/orang", {"name": "Rudi Panitia Baru"})
    rudi = db.session.scalars(select(User).where(User.name == "Rudi Panitia Baru")).one().public_id
    page = browser.get("/panitia/orang")
    link = next(e.get("value") for e in page.tree.iter("input") if "/undangan/" in (e.get("value") or ""))
    assert browser.post(f"/panitia/orang/{rudi}/keluarkan").location == "/panitia/orang"
    answer = acting_as(None).get(link.removeprefix("http://localhost"))
    assert answer.status == 409
    assert [browser.post(f"/panitia/orang/{rudi}/{act}").status for act in ("undang", "keluarkan")] == [
        404
    ] * 2


def test_a_unit_is_found_again_however_its_name_is_typed(app, cast):
    with transaction():
        unit = service.add_unit(
            None, "  dinas PERDAGANGAN ", cast.unit("Dinas Perdagangan").kind, cast.stage().starts_at
        )
    assert unit.id == cast.unit("Dinas Perdagangan").id


def test_the_list_says_how_far_each_edition_is(acting_as, cast):
    browser = acting_as("panitia")

    def told(*states):
        with transaction():
            for stage, state in zip(cast.competition().stages, states, strict=True):
                stage.state = state
        return next(
            "".join(cell.itertext()).strip()
            for cell in browser.get("/panitia").tree.iter("td")
            if cell.get("data-label") == "Penilaian"
        )

    assert told("planned", "planned", "planned") == "belum dibuka"
    assert told("published", "planned", "planned") == "di antara dua tahap"
    assert told("published", "published", "published") == "selesai"
