"""The contest of 2024 run to its end: finalists, the tie at the line, and papers that agree with the database."""

import subprocess
from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from kbk.accounts.models import User
from kbk.awards.minutes_printing import minutes_file_name
from kbk.awards.models import Certificate, Minutes, PanelDecision, Standing
from kbk.awards.printing import certificate_file_name
from kbk.competitions.models import Competition, Stage, Unit, UnitKind
from kbk.db import db
from kbk.demo.edition import DEADLINE
from kbk.groups.models import Member
from kbk.judging.models import Sheet
from kbk.overview.queries import progress
from kbk.policy import MemberRole
from kbk.risalah.models import Submission
from kbk.web.storage import store
from scoring.numbers import show

FINALISTS = [
    "RSD K.R.M.T. Wongsonegoro",
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "Dinas Kependudukan dan Pencatatan Sipil",
    "Dinas Komunikasi, Informatika, Statistik dan Persandian",
    "Dinas Perumahan dan Kawasan Permukiman",
    "Dinas Perdagangan",
]


def standings(position: int, category: str = "Perangkat Daerah") -> list[Standing]:
    rows = db.session.scalars(
        select(Standing)
        .join(Standing.stage)
        .where(Stage.position == position)
        .order_by(Standing.place, Standing.id)
    )
    return [row for row in rows if row.category.name == category]


def text_of(path: object) -> str:
    words = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    return " ".join(words.split())


def test_every_risalah_is_handed_in_by_its_own_leader(finished_app):
    handed_in = db.session.scalars(select(Submission)).all()
    assert len(handed_in) == 35
    for submission in handed_in:
        (leader,) = (m for m in submission.risalah.group.members if m.role == MemberRole.KETUA)
        assert (submission.submitted_by, submission.submitted_by.name) == (leader.user, leader.name)


def test_the_six_of_2024_are_the_finalists_in_this_order(finished_app):
    assert [row.group.unit.name for row in standings(3)] == FINALISTS
    assert [row.award for row in standings(3)] == [
        "Juara I",
        "Juara II",
        "Juara III",
        "Harapan I",
        "Harapan II",
        "Harapan III",
    ]


def test_sixteen_reach_the_second_stage_and_six_the_final(finished_app):
    advanced = [[row.outcome for row in standings(position)].count("advanced") for position in (1, 2)]
    assert advanced == [16, 6]


def test_the_tie_at_the_sixth_place_is_told_with_its_chain_and_settled_in_writing(finished, finished_app):
    places = {row.group.name: row for row in standings(2)}
    sixth, seventh = places["Pasar Bersih"], places["Sehat Bersama"]
    assert sixth.score == seventh.score
    assert (sixth.place, seventh.place) == (6, 7)
    decision = db.session.scalars(select(PanelDecision)).one()
    assert decision.order == [sixth.group_id, seventh.group_id]
    assert "Berita acara nomor 2/DJ/2024" in sixth.note
    printed = finished[1]
    assert "Nilai akhir sama tepat dengan Sehat Bersama." in printed
    assert printed.count("tetap sama.") == 5
    assert "Belum terpecahkan: menunggu keputusan tertulis dewan juri." in printed


def test_the_tie_at_the_sixteenth_place_is_broken_by_the_chain(finished_app):
    places = {row.group.name: row for row in standings(1)}
    inside, outside = places["Kota Lama"], places["Kerja Nyata"]
    assert inside.score == outside.score
    assert (inside.place, outside.place) == (16, 17)
    assert "Kriteria Manfaat yang dihasilkan" in inside.note


def test_the_ranking_paper_says_what_the_database_holds(finished, finished_app):
    words = text_of(finished[0] / "peringkat.pdf")
    for position in (1, 2, 3):
        for row in standings(position):
            assert row.group.name in words
            assert show(row.score) in words
    for judge in ("Prof. Dr. Hartono Wibowo, M.M. (contoh)", "Suharto Adi, S.E., Ak. (contoh)"):
        assert judge in words
    assert "Jumat, 2 Agustus 2024" in words


def test_the_ranking_paper_embeds_its_fonts(finished):
    with pikepdf.open(finished[0] / "peringkat.pdf") as book:
        fonts = [font for page in book.pages for font in page.Resources.Font.values()]
        embedded = ["/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert embedded
    assert all(embedded)


def test_the_workbook_lists_the_same_places(finished, finished_app):
    book = CalamineWorkbook.from_filelike(BytesIO((finished[0] / "peringkat.xlsx").read_bytes()))
    rows = book.get_sheet_by_name("Peringkat 1").to_python()
    listed = [(int(row[0]), row[1]) for row in rows if isinstance(row[0], float)]
    assert listed == [(row.place, row.group.name) for row in standings(3)]


def test_every_stage_has_its_berita_acara_as_stored(finished, finished_app):
    made = db.session.scalars(select(Minutes).order_by(Minutes.id)).all()
    assert [item.stage.position for item in made] == [1, 2, 3]
    for item in made:
        path = finished[0] / minutes_file_name(item.stage)
        assert path.read_bytes() == store().read_bytes(item.sha256)
        words = text_of(path)
        assert f"Nomor: 000.8.3/{item.stage.position}/BA/2024" in words
        for row in db.session.scalars(select(Standing).where(Standing.stage_id == item.stage_id)):
            assert row.group.name in words
            assert show(row.score) in words


def test_every_awarded_group_has_one_certificate_as_stored(finished, finished_app):
    certificates = db.session.scalars(select(Certificate)).all()
    awarded = db.session.scalars(select(Standing).where(Standing.award != "")).all()
    assert len(certificates) == len(awarded) == 12
    for certificate in certificates:
        path = finished[0] / certificate_file_name(certificate)
        assert path.read_bytes() == store().read_bytes(certificate.sha256)
        words = text_of(path)
        assert certificate.award.upper() in words.upper()
        assert certificate.group.name in words
        assert certificate.number in words
        assert certificate.public_id in words.replace(" ", "")


def test_every_state_of_a_group_is_there(finished_app):
    found = progress(db.session.scalars(select(Competition)).one(), now=DEADLINE)
    assert set(found.counts) >= {"belum-mulai", "menulis", "dikembalikan", "terlambat", "dinilai"}
    assert Counter(group.late for group in found.groups)[True] == 1


def test_all_regions_of_the_city_are_units(finished_app):
    kinds = Counter(db.session.scalars(select(Unit.kind).where(Unit.code.is_not(None))))
    assert kinds == {UnitKind.KECAMATAN: 16, UnitKind.KELURAHAN: 177}


@pytest.mark.parametrize("names", [select(User.name), select(Member.name)], ids=["users", "members"])
def test_every_person_is_marked_as_an_example(finished_app, names):
    assert [name for name in db.session.scalars(names) if not name.endswith("(contoh)")] == []


def test_people_of_the_own_unit_do_not_judge_it(finished_app):
    sheets = db.session.scalars(select(Sheet).join(Sheet.entry)).all()
    assert [sheet for sheet in sheets if sheet.judge.unit_id == sheet.entry.group.unit_id] == []
    assert len(sheets) == 242
