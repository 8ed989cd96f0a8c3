"""Everything kept of an edition's results comes in one archive."""

import io
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from kbk.awards import minutes_issuing
from kbk.db import transaction
from tests.awards.contest import NOW, PANITIA, Contest, said
from tests.awards.test_minutes import GIVEN, make
from tests.awards.test_signed_copies import FIRST, copies, send
from tests.page import Browser

Acting = Callable[[str | None], Browser]


def address(contest: Contest) -> str:
    return f"/panitia/gelar/{contest.cast.competition().public_id}/arsip"


@pytest.fixture
def decided(contest: Contest) -> Contest:
    contest.rules(quotas={"Perangkat Daerah": 1})
    contest.enter({"A": ("90", "90"), "B": ("80", "84")})
    contest.finish_without_publishing()
    return contest


def unpacked(browser: Browser, contest: Contest) -> dict[str, bytes]:
    answer = browser.get(address(contest)).response
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=arsip-")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    answer.close()
    return found


def test_the_archive_holds_papers_scans_and_records_also_revoked_ones(
    decided: Contest, acting_as: Acting
) -> None:
    panitia, old = acting_as("panitia"), make(decided)
    send(panitia, old, (FIRST, "pindai.pdf"))
    with transaction():
        draft = minutes_issuing.draft_minutes(decided.stage, GIVEN, replaces=old)
        new = minutes_issuing.store_minutes(
            PANITIA, decided.stage, draft, b"%PDF-1.7 baru", NOW, replaces=old, reason="Salah tulis"
        )
    files = unpacked(panitia, decided)
    revoked = f"1-penilaian-risalah/dicabut/{old.public_id}"
    assert sorted(files) == sorted(
        [
            "1-penilaian-risalah/berita-acara-penilaian-risalah.pdf",
            f"{revoked}/berita-acara-penilaian-risalah.pdf",
            f"{revoked}/berita-acara-penilaian-risalah-bertanda-tangan-1.pdf",
            "1-penilaian-risalah/peringkat-penilaian-risalah-perangkat-daerah.xlsx",
            "1-penilaian-risalah/rekaman-nilai/BACA-DAHULU.txt",
            "1-penilaian-risalah/rekaman-nilai/nilai-penilaian-risalah-perangkat-daerah.json",
        ]
    )
    kept = files["1-penilaian-risalah/berita-acara-penilaian-risalah.pdf"]
    assert sha256(kept).hexdigest() == new.sha256
    scan = files[f"{revoked}/berita-acara-penilaian-risalah-bertanda-tangan-1.pdf"]
    assert sha256(scan).hexdigest() == copies()[0].sha256


def test_a_lost_file_is_named_and_the_rest_comes(decided: Contest, acting_as: Acting, data_dir: Path) -> None:
    minutes = make(decided)
    (path,) = (path for path in data_dir.rglob(f"*{minutes.sha256}*") if path.is_file())
    path.unlink()
    files = unpacked(acting_as("panitia"), decided)
    assert "1-penilaian-risalah/berita-acara-penilaian-risalah.pdf" in files["TIDAK-LENGKAP.txt"].decode()
    assert "1-penilaian-risalah/peringkat-penilaian-risalah-perangkat-daerah.xlsx" in files


def test_nothing_is_archived_before_a_stage_is_decided(contest: Contest, acting_as: Acting) -> None:
    contest.enter({"A": ("90", "90")})
    contest.close()
    page = acting_as("panitia").get(address(contest))
    assert (page.status, "Arsip tersedia sesudah hasil suatu tahap ditetapkan." in said(page)) == (409, True)
