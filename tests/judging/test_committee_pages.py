"""The committee's pages: judges, appointments, opening a stage, reopening and releasing sheets."""

import pytest
from sqlalchemy import event, select

from kbk import clock
from kbk.accounts.models import Invitation
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.judging import queries, service
from kbk.judging.models import Judge
from kbk.risalah.models import RisalahState

NOW = clock.now()


@pytest.fixture
def panitia(acting_as):
    """The organiser's browser."""
    return acting_as("panitia")


@pytest.fixture
def judges_url(cast):
    """Address of the judges of the edition."""
    return f"/panitia/gelar/{cast.competition().public_id}/juri"


@pytest.fixture
def stage_url(cast):
    """Address of a stage's page, by its last part."""
    return lambda part, position=1: f"/panitia/tahap/{cast.stage(position).public_id}/{part}"


def judge_url(cast, username):
    return f"/panitia/juri/{cast.judge(username).public_id}"


def sheet_url(cast, username, group, part=""):
    return f"/panitia/lembar/{cast.sheet(username, group).public_id}{part}"


def panel_url(cast, group):
    return f"/panitia/peserta/{cast.entry(group).public_id}/juri"


def new_judge(**fields):
    return {"name": "Dra. Endah Contoh, M.Si.", "institution": "BPKP", "job_title": "Auditor"} | fields


def test_judges_are_listed_with_their_progress(panitia, judges_url):
    page = panitia.get(judges_url)
    assert page.heading == "Dewan juri"
    row = next(tr for tr in page.tree.iter("tr") if "Dr. Rahmat Juri" in "".join(tr.itertext()))
    assert "".join(row.itertext()).split()[-3:] == ["2", "1", "1"]
    assert "unit sendiri, tidak dinilai" in page.words()


def listed(page, caption):
    """The names in the table with this caption, without the units below them."""
    tables = [t for t in page.tree.iter("table") if "".join(t.find("caption").itertext()).startswith(caption)]
    return [row.find(".//th/div").text.strip() for table in tables for row in table.iterfind("tbody/tr")]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["KBK Cepat", "KBK Prima"]),
        ("cari=wongsonegoro", ["KBK Prima"]),
        ("keadaan=kurang&cari=cepat", ["KBK Cepat"]),
        ("keadaan=lengkap", []),
        ("keadaan=tanpa-juri", []),
    ],
)
def test_appointments_are_searched_and_filtered(panitia, stage_url, asked, names):
    page = panitia.get(f"{stage_url('penugasan')}?{asked}")
    assert listed(page, "Penugasan juri") == names
    assert "Lembar ditandatangani 1 dari 5" in page.words()
    assert ("Tidak ada peserta yang cocok." in page.words()) is (not names)


@pytest.mark.parametrize(
    ("search", "names"), [("", ["KBK Cepat", "KBK Prima"]), ("perdagangan", ["KBK Cepat"]), ("rukun", [])]
)
def test_sheets_of_a_judge_are_searched(panitia, cast, search, names):
    page = panitia.get(judge_url(cast, "juri"), query_string={"cari": search})
    assert listed(page, "Lembar nilai") == names
    assert ("Tidak ada lembar yang cocok." in page.words()) is (not names)


def test_a_new_judge_comes_with_an_invitation(panitia, judges_url, cast):
    answer = panitia.post(f"{judges_url}/baru", new_judge(phone="+62 812-3456-7890"))
    judge = db.session.scalars(select(Judge).order_by(Judge.id.desc()).limit(1)).one()
    assert answer.location == f"/panitia/juri/{judge.public_id}"
    assert (judge.user.name, judge.user.phone, judge.institution) == (
        "Dra. Endah Contoh, M.Si.",
        "081234567890",
        "BPKP",
    )
    page = panitia.get(answer.location)
    link = next(e.get("value") for e in page.tree.iter("input") if "/undangan/" in (e.get("value") or ""))
    assert link in "".join(page.tree.find(".//textarea").itertext())
    assert page.tree.find(".//figure/img").get("src").startswith("data:image/svg+xml")


def test_the_name_is_marked_as_required_unless_a_former_judge_can_be_chosen(panitia, judges_url):
    page = panitia.get(f"{judges_url}/baru")
    (label,) = [e for e in page.tree.iter("label") if e.get("for") == "name"]
    assert "".join(label.itertext()) == "Nama lengkap dengan gelar*"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Nama juri"),
        ({"name": "=1+1"}, "Nama juri berisi rumus"),
        ({"name": "A" * 121}, "paling banyak 120 huruf"),
        ({"nip": "123"}, "18 angka"),
        ({"phone": "12"}, "Nomor HP tidak dikenali"),
        ({"email": "bukan surel"}, "tidak dikenali"),
        ({"institution": ""}, "Pilih unit asal juri"),
        ({"unit": "tidak-ada"}, "Pilihan ini tidak tersedia"),
    ],
)
def test_a_new_judge_with_a_wrong_field_is_shown_again(panitia, judges_url, fields, sentence):
    before = db.session.query(Judge).count()
    page = panitia.post(f"{judges_url}/baru", new_judge(**fields))
    assert page.status == 400
    assert sentence in " ".join(page.errors())
    assert db.session.query(Judge).count() == before


def test_a_person_with_a_known_nip_is_not_added_twice(panitia, judges_url, cast):
    with transaction():
        cast.user("pengguna").nip = "199001012015011001"
    panitia.post(f"{judges_url}/baru", new_judge(nip="19900101 201501 1 001"))
    assert cast.judge("pengguna").user.name == "Budi Pengguna"
    page = panitia.post(f"{judges_url}/baru", new_judge(nip="199001012015011001"))
    assert "Budi Pengguna sudah menjadi juri gelar ini." in " ".join(page.errors())


def test_a_new_link_replaces_the_old_one(panitia, cast):
    assert panitia.post(f"{judge_url(cast, 'juri')}/undang").status == 302
    panitia.post(f"{judge_url(cast, 'juri')}/undang")
    rows = db.session.scalars(select(Invitation).where(Invitation.user_id == cast.user("juri").id)).all()
    assert [row.revoked_at is None for row in rows] == [False, True]


def test_the_origin_of_a_judge_can_be_corrected(panitia, cast):
    unit = cast.unit("Kelurahan Miroto").public_id
    form = {"version": "1", "unit": unit, "institution": "", "job_title": "Lurah"}
    answer = panitia.post(judge_url(cast, "juri"), form)
    assert answer.status == 302
    assert cast.judge("juri").unit.name == "Kelurahan Miroto"
    conflicting = cast.unit("Dinas Perdagangan").public_id
    form = {"version": "2", "unit": conflicting, "institution": ""}
    page = panitia.post(judge_url(cast, "juri"), form)
    assert "sudah ditugaskan menilai KBK Cepat" in " ".join(page.errors())


def test_a_judge_with_sheets_is_not_removed(panitia, cast):
    page = panitia.post(f"{judge_url(cast, 'juri-dalam')}/hapus")
    assert (page.status, "sudah mempunyai lembar nilai" in page.words()) == (409, True)
    with transaction():
        db.session.delete(cast.sheet("juri-dalam", "Prima"))
    assert panitia.post(f"{judge_url(cast, 'juri-dalam')}/hapus").status == 302
    assert len(queries.judges(cast.competition())) == 2


def test_appointments_show_states_and_the_own_unit(panitia, stage_url):
    page = panitia.get(stage_url("penugasan"))
    rows = {
        "".join(tr.find("th").itertext()).split("Dinas")[0].split("RSD")[0].strip(): " ".join(
            "".join(tr.itertext()).split()
        )
        for tr in page.tree.iter("tr")
        if "Atur juri" in "".join(tr.itertext())
    }
    assert rows["KBK Cepat"].count("belum diisi") == 2
    assert "unit sendiri" in rows["KBK Cepat"]
    assert "ditandatangani" in rows["KBK Prima"]
    assert "1/3 kurang 2" in rows["KBK Prima"]


def test_a_panel_is_chosen_by_checkboxes(panitia, cast):
    judges = {name: cast.judge(name).public_id for name in ("juri", "juri-lain", "juri-dalam")}
    shown = [judges["juri"], judges["juri-lain"]]
    answer = panitia.post(panel_url(cast, "Cepat"), {"semula": shown, "juri": [judges["juri"]]})
    assert answer.status == 302
    assert [sheet.judge_id for sheet in queries.sheets_of_entry(cast.entry("Cepat"))] == [
        cast.judge("juri").id
    ]


def test_a_panel_takes_nobody_of_the_own_unit(panitia, cast):
    page = panitia.get(panel_url(cast, "Cepat"))
    box = next(
        e for e in page.tree.iter("input") if e.get("id") == f"juri-{cast.judge('juri-dalam').public_id}"
    )
    assert "disabled" in box.attrib
    shown = [cast.judge(name).public_id for name in ("juri", "juri-lain")]
    own = cast.judge("juri-dalam").public_id
    page = panitia.post(panel_url(cast, "Cepat"), {"semula": shown, "juri": [*shown, own]})
    assert page.status == 400
    assert "berasal dari unit yang sama: Dinas Perdagangan" in " ".join(page.errors())


def test_a_panel_keeps_whoever_has_begun(panitia, cast):
    shown = [cast.judge(name).public_id for name in ("juri", "juri-lain", "juri-dalam")]
    page = panitia.post(panel_url(cast, "Prima"), {"semula": shown, "juri": shown[1:]})
    assert page.status == 400
    assert "sudah menandatangani nilai KBK Prima" in " ".join(page.errors())
    assert len(queries.sheets_of_entry(cast.entry("Prima"))) == 3


def test_sharing_out_adds_what_is_missing(panitia, stage_url, cast):
    with transaction():
        service.admit(None, cast.stage(1), [cast.group("Sigap").id], NOW)
    answer = panitia.post(stage_url("bagi"), {"per_entry": "2"})
    assert answer.location == stage_url("penugasan")
    assert "2 penugasan ditambahkan." in panitia.get(answer.location).words()
    panitia.post(stage_url("bagi"), {"per_entry": "2"})
    assert "Semua peserta sudah cukup juri." in panitia.get(answer.location).words()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Isi berapa juri"),
        ("0", "antara 1 dan 20"),
        ("1,5", "bilangan bulat"),
        ("9999999999999999999999", "antara 1 dan 20"),
        ("3", "KBK Cepat hanya dapat dinilai oleh 2 juri, padahal diminta 3"),
    ],
)
def test_sharing_out_with_a_wrong_number_says_why(panitia, stage_url, typed, sentence):
    page = panitia.post(stage_url("bagi"), {"per_entry": typed})
    assert page.status == 400
    assert sentence in " ".join(page.errors())


def test_late_groups_are_offered_and_added(panitia, stage_url, cast):
    with transaction():
        cast.risalah("Sigap").state = RisalahState.SUBMITTED
    assert "Tambahkan 1 kelompok" in panitia.get(stage_url("penugasan")).words()
    assert panitia.post(stage_url("susulan")).status == 302
    assert cast.entry("Sigap").sheets == []
    page = panitia.get(stage_url("penugasan"))
    assert "Tambahkan 1 kelompok" not in page.words()
    assert "tanpa juri" in page.words()


def test_a_stage_is_opened_when_its_turn_has_come(panitia, stage_url, cast):
    page = panitia.post(stage_url("buka", 2))
    assert (page.status, "sesudah hasil tahap Penilaian risalah ditetapkan" in page.words()) == (409, True)
    with transaction():
        cast.stage(1).state = StageState.DECIDED
        service.admit(None, cast.stage(2), [cast.group("Prima").id], NOW)
    assert "Buka tahap Penilaian lapangan" in panitia.get(stage_url("penugasan", 2)).words()
    assert panitia.post(stage_url("buka", 2)).location == stage_url("penugasan", 2)
    assert cast.stage(2).state is StageState.OPEN
    assert panitia.post(stage_url("buka", 2)).status == 409


def test_a_stage_without_entries_says_where_they_come_from(panitia, stage_url):
    assert "saat hasil tahap sebelumnya ditetapkan" in panitia.get(stage_url("penugasan", 3)).words()


def test_a_signed_sheet_is_reopened_with_a_reason(panitia, cast):
    assert "80,00 dari 100" in panitia.get(sheet_url(cast, "juri", "Prima")).words()
    page = panitia.post(sheet_url(cast, "juri", "Prima", "/buka-kembali"), {"reason": ""})
    assert (page.status, cast.sheet("juri", "Prima").signed_at is None) == (400, False)
    answer = panitia.post(sheet_url(cast, "juri", "Prima", "/buka-kembali"), {"reason": "Tertukar."})
    assert (answer.status, cast.sheet("juri", "Prima").signed_at) == (302, None)
    page = panitia.get(sheet_url(cast, "juri", "Prima"))
    assert "Tertukar." in page.words()
    assert "80,00" not in page.words()
    assert panitia.post(sheet_url(cast, "juri", "Prima", "/buka-kembali"), {"reason": "Lagi."}).status == 409


def test_a_judge_is_released_with_a_reason(panitia, cast, actor):
    with transaction():
        service.save_sheet(actor("juri"), cast.sheet("juri", "Cepat"), {"s01": "8"}, "", 1, NOW)
    answer = panitia.post(sheet_url(cast, "juri", "Cepat", "/bebaskan"), {"reason": "Sakit."})
    assert answer.status == 302
    assert cast.sheet("juri", "Cepat").recusal_reason == "Sakit."
    assert panitia.post(sheet_url(cast, "juri", "Prima", "/bebaskan"), {"reason": "Sakit."}).status == 409


def test_the_number_of_queries_does_not_grow_with_the_entries(panitia, stage_url, cast):
    def queries_of(url):
        seen = []

        def note(*_args):
            seen.append(url)

        event.listen(db.engine, "before_cursor_execute", note)
        panitia.get(url)
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    few = queries_of(stage_url("penugasan"))
    with transaction():
        service.admit(None, cast.stage(1), [cast.group(name).id for name in ("Sigap", "Rukun")], NOW)
        service.share_out(None, cast.stage(1), 2, NOW)
    assert queries_of(stage_url("penugasan")) == few
