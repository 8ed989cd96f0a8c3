"""`kbk demo`: load the demonstration, or run it to its end and write its papers."""

import shutil
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import click
import pikepdf
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from kbk import clock
from kbk.app import create_app
from kbk.awards.minutes_printing import minutes_file_name
from kbk.awards.minutes_queries import valid_minutes
from kbk.awards.models import Certificate
from kbk.awards.papers import RankingPaper, render_ranking
from kbk.awards.printing import certificate_file_name, ranking_paper
from kbk.awards.workbook import rankings_workbook
from kbk.competitions import queries
from kbk.competitions.models import Competition
from kbk.db import transaction
from kbk.demo import story
from kbk.demo.edition import DEADLINE, NAME, PASSWORD, build_scene, sign_in_as
from kbk.policy import MemberRole
from kbk.settings import Settings
from kbk.web.storage import store

DATA_FOLDER = "data-demo"
SIGN_INS = (
    ("panitia", "mengatur gelar, menutup tahap, memutuskan nilai sama, mengumumkan, mencetak"),
    ("juri", "juri yang sudah selesai pada tahap kedua"),
    ("juri-5", "juri yang belum selesai"),
    ("ketua", "ketua KBK Adminduk Sigap, lolos ke tahap kedua"),
    ("anggota", "anggota KBK Tani Makmur, risalahnya baru separuh"),
    ("fasilitator", "fasilitator KBK Tani Makmur"),
)


@click.command("demo")
@click.option("--muat", "load", is_flag=True, help="load the demonstration where there is no edition yet")
@click.option(
    "--hasil",
    "target",
    type=click.Path(file_okay=False, path_type=Path),
    help="run it to its end into here",
)
@with_appcontext
def demo(load: bool, target: Path | None) -> None:
    """Load the demonstration edition, or run it to its end into a folder of its own."""
    if load:
        _load()
    if target is not None:
        _run_to_the_end(target)
    if not load and target is None:
        raise click.UsageError("Sebutkan --muat atau --hasil FOLDER.")


def _load() -> None:
    editions = queries.competitions()
    if not editions:
        _load_anew()
    elif NAME not in [edition.name for edition in editions]:
        click.echo("Sudah ada gelar; contoh tidak dimuat.")
        return
    click.echo(f"\nAlamat      {current_app.config['BASE_URL']}/masuk\nKata sandi  {PASSWORD}\n")
    for username, what in SIGN_INS:
        click.echo(f"  {username:<12} {what}")
    click.echo()


def _load_anew() -> None:
    click.echo("Memuat gelar contoh …")
    with transaction():
        scene = build_scene(clock.now().replace(microsecond=0) + timedelta(days=60))
        story.tell_to_second_stage(scene)
        sign_in_as(scene.groups["Tani Makmur"], MemberRole.ANGGOTA, "anggota")
        sign_in_as(scene.groups["Tani Makmur"], MemberRole.FASILITATOR, "fasilitator")


def _run_to_the_end(target: Path) -> None:
    """Tell the whole contest on a database of its own inside `target`, and write its papers there."""
    data = target / DATA_FOLDER
    if data.exists():
        shutil.rmtree(data)
    data.mkdir(parents=True)
    base_url = current_app.config["BASE_URL"]
    app = create_app(Settings(data_dir=data, database_url="", files_url="", base_url=base_url))
    with app.app_context():
        upgrade()
        with transaction():
            scene = build_scene(DEADLINE + timedelta(days=1))
            ties, certificates = story.tell_to_the_end(scene, story.tell_to_second_stage(scene))
        for tie in ties:
            click.echo(f"Nilai sama – {tie}")
        _write_papers(target, scene.competition, certificates)


def _write_papers(target: Path, competition: Competition, certificates: list[Certificate]) -> None:
    papers = _ranking_papers(competition)
    with pikepdf.new() as book:
        for paper in papers:
            with pikepdf.open(BytesIO(render_ranking(paper))) as part:
                book.pages.extend(part.pages)
        book.save(target / "peringkat.pdf", deterministic_id=True)
    (target / "peringkat.xlsx").write_bytes(rankings_workbook(papers))
    minutes = [item for stage in competition.stages if (item := valid_minutes(stage)) is not None]
    for item in minutes:
        (target / minutes_file_name(item.stage)).write_bytes(store().read_bytes(item.sha256))
    for certificate in certificates:
        (target / certificate_file_name(certificate)).write_bytes(store().read_bytes(certificate.sha256))
    click.echo(
        f"{len(papers)} daftar peringkat, {len(minutes)} berita acara, dan {len(certificates)} piagam "
        f"ditulis ke {target}."
    )


def _ranking_papers(competition: Competition) -> list[RankingPaper]:
    """All rankings, the last stage first."""
    return [
        ranking_paper(stage, category)
        for stage in reversed(competition.stages)
        for category in competition.categories
        if stage.takes_part(category.id)
    ]


COMMANDS = (demo,)
