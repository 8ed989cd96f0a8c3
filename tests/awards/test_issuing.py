"""Certificates: made once, numbered once, read back, reprinted and checked."""

import io
import subprocess
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pikepdf
import pytest
from sqlalchemy import select

from kbk.awards import issuing, printing, queries
from kbk.awards.models import Certificate
from kbk.awards.papers import render_certificate
from kbk.db import db, transaction
from kbk.errors import Conflict, NotAllowed
from kbk.jobs.models import Job
from kbk.jobs.queue import perform_open
from kbk.web.storage import store
from tests.awards.contest import NOW, PANITIA, Contest
from tests.cast import PEOPLE
from tests.page import Browser

DAY = date(2024, 8, 2)
JUDGES = [PEOPLE[name] for name in ("juri", "juri-lain", "juri-dalam")]


def pdf_text(pdf: bytes) -> str:
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def make(contest: Contest, *, participants: bool = False) -> list[Certificate]:
    with transaction():
        return issuing.make_certificates(
            PANITIA, contest.cast.competition(), issued_on=DAY, participants=participants, now=NOW
        )


@pytest.fixture
def decided(contest: Contest) -> Contest:
    """A decided, unpublished stage in which Sigap won before Cepat; their teams are of the cast."""
    contest.rules(quotas={})
    with transaction():
        contest.cast.competition().certificate_number = "000.8.3/{urut}/{bulan}/{tahun}"
    contest.enter({"Sigap": ("82.33", "82.34"), "Cepat": ("80", "80")})
    contest.close()
    contest.decide()
    return contest


def test_certificate_file_says_what_the_database_says(decided: Contest) -> None:
    made = make(decided)
    assert [(item.group.name, item.award, item.number) for item in made] == [
        ("Sigap", "Juara I", "000.8.3/001/VIII/2024"),
        ("Cepat", "Juara II", "000.8.3/002/VIII/2024"),
    ]
    pdf = store().read_bytes(made[0].sha256)
    assert (sha256(pdf).hexdigest(), len(pdf)) == (made[0].sha256, made[0].size)
    text = pdf_text(pdf)
    for words in (
        "KBK Sigap",
        "JUARA I",
        "Dinas Kependudukan dan Pencatatan Sipil",
        "000.8.3/001/VIII/2024",
        "2 Agustus 2024",
        made[0].public_id,
        "Ani Ketua, S.Kom.",
    ):
        assert words in text
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        text += repr(opened.docinfo) + str(metadata)
    assert [name for name in JUDGES if name in text] == []


def test_making_again_leaves_what_is_there(decided: Contest) -> None:
    first = [item.sha256 for item in make(decided)]
    assert make(decided) == []
    assert [item.sha256 for item in queries.certificates(decided.cast.competition())] == first


def test_participants_get_theirs_only_when_asked_for(contest: Contest) -> None:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("80", "80")})
    contest.close()
    contest.decide()
    assert make(contest) == []
    assert [(item.group.name, item.award) for item in make(contest, participants=True)] == [("B", "Peserta")]


def test_number_is_left_to_be_written_by_hand_without_a_pattern(contest: Contest) -> None:
    contest.rules(quotas={})
    contest.enter({"A": ("90", "90")})
    contest.close()
    contest.decide()
    assert [(item.serial, item.number) for item in make(contest)] == [(1, "")]


def test_reprint_revokes_the_old_one_and_takes_a_new_number(decided: Contest) -> None:
    old = make(decided)[0]
    draft = issuing.reprint_draft(old, issued_on=DAY)
    with transaction():
        new = issuing.replace_certificate(
            PANITIA, old, draft, render_certificate(draft.paper), reason="Salah eja", now=NOW
        )
    assert (old.revoked_reason, new.number, new.award) == ("Salah eja", "000.8.3/003/VIII/2024", "Juara I")
    assert store().exists(old.sha256)
    with pytest.raises(NotAllowed, match="sudah dicabut"):
        issuing.reprint_draft(old, issued_on=DAY)


def test_numbers_given_to_others_meanwhile_are_not_used_twice(decided: Contest) -> None:
    competition = decided.cast.competition()
    chosen = issuing.drafts(competition, issued_on=DAY, participants=False)
    make(decided)
    with pytest.raises(Conflict, match="Piagam lain baru saja dibuat"):
        issuing.store_certificates(PANITIA, competition, chosen, [b"a", b"b"], NOW)


def test_worker_makes_the_certificates_and_tells_how_far_it_is(
    decided: Contest, acting_as: Callable[[str | None], Browser]
) -> None:
    public_id = decided.cast.competition().public_id
    panitia = acting_as("panitia")
    url = f"/panitia/gelar/{public_id}/piagam"
    assert panitia.post(f"{url}/buat", {"issued_on": "2024-08-02"}).location == url
    waiting = panitia.client.get(url, headers={"HX-Request": "true"})
    assert "Menunggu giliran" in waiting.get_data(as_text=True)
    db.session.rollback()
    perform_open()
    job = db.session.scalars(select(Job)).one()
    assert (job.state, job.done, job.total, job.error) == ("done", 2, 2, None)
    finished = panitia.client.get(url, headers={"HX-Request": "true"})
    assert finished.headers["HX-Refresh"] == "true"
    words = panitia.get(url).words()
    assert "2 penghargaan ditetapkan, 2 piagam berlaku." in words
    assert "Berlaku, belum tampak" in words
    rows = {
        name: len(panitia.get(f"{url}?cari={name}").tree.findall(".//tbody/tr"))
        for name in ("", "juara+ii", "dinas")
    }
    assert rows == {"": 2, "juara+ii": 1, "dinas": 2}
    assert "Tidak ada piagam yang cocok." in panitia.get(f"{url}?cari=entah").words()


def test_second_click_does_not_start_a_second_job(
    decided: Contest, acting_as: Callable[[str | None], Browser]
) -> None:
    url = f"/panitia/gelar/{decided.cast.competition().public_id}/piagam/buat"
    panitia = acting_as("panitia")
    panitia.post(url, {"issued_on": "2024-08-02"})
    panitia.post(url, {"issued_on": "2024-08-02"})
    assert len(db.session.scalars(select(Job)).all()) == 1


@pytest.mark.parametrize("typed", ["", "kemarin", "2024-13-01"])
def test_wrong_date_is_refused_beside_its_field(
    decided: Contest, acting_as: Callable[[str | None], Browser], typed: str
) -> None:
    url = f"/panitia/gelar/{decided.cast.competition().public_id}/piagam/buat"
    page = acting_as("panitia").post(url, {"issued_on": typed})
    assert (page.status, len(page.errors()) > 0) == (400, True)
    assert db.session.scalars(select(Job)).all() == []


def test_archive_holds_every_valid_file(decided: Contest, acting_as: Callable[[str | None], Browser]) -> None:
    made = {printing.certificate_file_name(item): item.sha256 for item in make(decided)}
    url = f"/panitia/gelar/{decided.cast.competition().public_id}/piagam/semua"
    answer = acting_as("panitia").get(url)
    with zipfile.ZipFile(io.BytesIO(answer.response.data)) as archive:
        found = {name: sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    answer.response.close()
    assert found == made
    assert sorted(found) == [
        "juara-i-sigap-dinas-kependudukan-dan-pencatatan-sipil-001.pdf",
        "juara-ii-cepat-dinas-perdagangan-002.pdf",
    ]


def test_team_downloads_its_own_certificate_once_published(
    decided: Contest, acting_as: Callable[[str | None], Browser]
) -> None:
    own, other = (item.public_id for item in make(decided))
    assert acting_as("ketua").get(f"/piagam/{own}").status == 404
    decided.publish()
    answer = acting_as("ketua").get(f"/piagam/{own}").response
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert acting_as("ketua").get(f"/piagam/{other}").status == 404
    assert acting_as("juri").get(f"/piagam/{own}").status == 404


def test_revoked_certificate_is_kept_from_the_team_and_told_by_the_check(
    decided: Contest, acting_as: Callable[[str | None], Browser]
) -> None:
    old = make(decided)[0].public_id
    decided.publish()
    page = acting_as("panitia").post(
        f"/panitia/piagam/{old}/cetak-ulang", {"issued_on": "2024-08-03", "reason": "Salah eja"}
    )
    assert page.status == 302
    assert acting_as("ketua").get(f"/piagam/{old}").status == 404
    checked = acting_as(None).get(f"/periksa/{old}")
    assert checked.heading == "Piagam ini sudah dicabut"
    assert "Salah eja" not in checked.text


def test_check_page_shows_the_record_and_no_number_of_a_person(
    decided: Contest, acting_as: Callable[[str | None], Browser]
) -> None:
    with transaction():
        decided.cast.competition().signer_nip = "197001011995031001"
    made = make(decided)[0]
    public_id, digest = made.public_id, made.sha256
    assert acting_as(None).get(f"/periksa/{public_id}").status == 404
    decided.publish()
    page = acting_as(None).get(f"/periksa/{public_id}")
    assert page.heading == "Piagam ini tercatat dan berlaku"
    for words in ("Juara I", "KBK Sigap", "000.8.3/001/VIII/2024", "2 Agustus 2024", digest):
        assert words in page.words()
    assert "19700101" not in page.text.replace(" ", "")


@pytest.mark.parametrize("guessed", ["AAAAAAAAAAAAAAAA", "x", "%27--", "a" * 300])
def test_guessed_code_is_not_found(
    decided: Contest, acting_as: Callable[[str | None], Browser], guessed: str
) -> None:
    assert acting_as(None).get(f"/periksa/{guessed}").status == 404


def test_check_form_takes_a_code_or_the_whole_address(
    acting_as: Callable[[str | None], Browser],
) -> None:
    visitor = acting_as(None)
    assert visitor.get("/periksa").heading == "Periksa keaslian piagam"
    for typed in ("aB3x-9Kq_Lm2Zt7w", " https://contoh.go.id/periksa/aB3x-9Kq_Lm2Zt7w "):
        assert visitor.get("/periksa", query_string={"kode": typed}).location == "/periksa/aB3x-9Kq_Lm2Zt7w"
    for typed in ("", "terlalu pendek", "<script>alert(1)</script>"):
        page = visitor.get("/periksa", query_string={"kode": typed})
        assert (page.status, "Kode piagam" in page.words()) == (400, True)


def test_archive_of_many_certificates_is_never_in_memory_as_a_whole(
    decided: Contest, acting_as: Callable[[str | None], Browser]
) -> None:
    competition, megabyte, many = decided.cast.competition(), 1_000_000, 30
    with transaction():
        for number in range(many):
            stored = store().put_bytes(bytes([number]) * megabyte)
            db.session.add(
                Certificate(
                    competition=competition, group=decided.cast.group("Sigap"), stage=decided.stage,
                    award="Peserta", serial=900 + number, number="", issued_on=NOW.date(), sha256=stored.sha256,
                    size=stored.size, issued_at=NOW,
                )
            )  # fmt: skip
    browser = acting_as("panitia")
    url = f"/panitia/gelar/{competition.public_id}/piagam/semua"
    browser.client.get(url, buffered=False).close()
    tracemalloc.start()
    answer = browser.client.get(url, buffered=False)
    sent = sum(len(part) for part in answer.response)
    answer.close()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > many * megabyte
    assert peak < 8 * megabyte
