"""The committee's page that hands over everything kept of an edition's results in one archive."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator

from flask import Response

from kbk.awards import minutes_printing, minutes_queries, printing, queries, workbook
from kbk.awards.paper_views import ZIP, download, record_files
from kbk.awards.rules import DECIDED
from kbk.awards.views import blueprint
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition, Stage
from kbk.competitions.rules import slug
from kbk.errors import NotAllowed
from kbk.policy import Action
from kbk.web.access import access
from kbk.web.storage import store


@blueprint.get("/panitia/gelar/<public_id>/arsip")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def archive(competition: Competition) -> Response:
    """All decided stages with rankings, score records, berita acara and scans, and all certificates."""
    decided = [stage for stage in competition.stages if stage.state in DECIDED]
    if not decided:
        raise NotAllowed("Arsip tersedia sesudah hasil suatu tahap ditetapkan.")
    # First what may be refused, because a recount differs.
    counted = [item for stage in decided for item in _counted(stage)]
    lost = []
    # In a file of its own, as with the certificates: scans are large.
    packed = tempfile.TemporaryFile(prefix="kbk-")  # noqa: SIM115
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for name, content in counted:
            files.writestr(name, content)
        for name, digest in _stored(competition, decided):
            try:
                with store().open_stream(digest) as kept, files.open(name, "w") as entry:
                    shutil.copyfileobj(kept, entry)
            except FileNotFoundError:
                lost.append(name)
        if lost:
            files.writestr("TIDAK-LENGKAP.txt", "Tidak ada lagi di penyimpanan:\n" + "\n".join(lost))
    packed.seek(0)
    return download(packed, f"arsip-{competition.slug}.zip", ZIP)


def _folder(stage: Stage) -> str:
    return f"{stage.position}-{slug(stage.name)}"


def _counted(stage: Stage) -> Iterator[tuple[str, str | bytes]]:
    """What is counted from the marks: the ranking of each category as Excel file, and the score records."""
    folder = _folder(stage)
    for own in queries.stage_tally(stage).categories:
        category = competitions.category(own.category.public_id)
        paper = printing.ranking_paper(stage, category)
        yield (
            f"{folder}/{printing.ranking_file_name(stage, category, 'xlsx')}",
            workbook.ranking_workbook(paper),
        )
    for name, content in record_files(stage):
        yield f"{folder}/rekaman-nilai/{name}", content


def _stored(competition: Competition, decided: list[Stage]) -> Iterator[tuple[str, str]]:
    """Names and hashes of the files that never change, those that were revoked or replaced in folders of their own."""
    for stage in decided:
        scans = minutes_queries.signed_copies(stage)
        for item in minutes_queries.minutes_of(stage):
            folder = _folder(stage)
            if item.revoked_at is not None:
                folder = f"{folder}/dicabut/{item.public_id}"
            yield f"{folder}/{minutes_printing.minutes_file_name(stage)}", item.sha256
            for scan in scans.get(item.id, []):
                yield f"{folder}/{minutes_printing.signed_copy_file_name(scan)}", scan.sha256
    for certificate in queries.certificates(competition):
        folder = "piagam" if certificate.revoked_at is None else "piagam/dicabut"
        yield f"{folder}/{printing.certificate_file_name(certificate)}", certificate.sha256
