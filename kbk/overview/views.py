"""The public front page, an edition's public page, the committee's overview and the trail of changes."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request

from kbk import clock
from kbk.audit import queries as changes
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition
from kbk.groups.queries import category_of
from kbk.overview import queries
from kbk.overview.duties import duty_of
from kbk.overview.reminding import reminder_url
from kbk.overview.rules import WORDS, Duty, Standing
from kbk.overview.subjects import criterion_names, rows_naming, subject_names
from kbk.paging import paged
from kbk.policy import Action
from kbk.web.access import access
from kbk.web.listing import choice, search_words, wanted_page

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
@access(Action.SEE_PUBLIC_PAGES)
def home() -> str:
    """Say what the contest is, and lead to editions, results and the check of certificates."""
    editions = competitions.competitions()
    published = queries.published_stages([edition.id for edition in editions])
    return render_template("overview/home.html", editions=editions, published=published, now=clock.now())


@blueprint.get("/gelar/<slug>")
@access(Action.SEE_PUBLIC_PAGES, on=competitions.competition_by_slug)
def edition(competition: Competition) -> str:
    """Tell everybody about an edition: its calendar and rules."""
    published = queries.published_stages([competition.id]).get(competition.id, [])
    return render_template(
        "overview/edition.html", competition=competition, published=published, now=clock.now()
    )


@blueprint.get("/panitia/gelar/<public_id>")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def progress(competition: Competition) -> str:
    """Show the committee at a glance who has not begun, writes, has handed in, is judged."""
    now = clock.now()
    overview = queries.progress(competition, now)
    found = found_by_address(competition, overview)
    return render_template(
        "overview/progress.html",
        competition=competition,
        overview=overview,
        next=duty_of(competition, overview, now),
        duties=Duty,
        page=paged(found, wanted_page()),
        reminder_url=reminder_url,
        awaited=sum(group.awaited for group in found),
        words=WORDS,
        standings=list(Standing),
        search=search_words(),
        chosen=choice(Standing, "keadaan"),
        category=category_of(competition, request.args.get("kategori", type=int)),
    )


def found_by_address(competition: Competition, overview: queries.Progress) -> Sequence[queries.GroupProgress]:
    """The groups that the address asks for."""
    category = category_of(competition, request.args.get("kategori", type=int))
    return overview.matching(
        search=search_words(),
        standing=choice(Standing, "keadaan"),
        category_id=category.id if category else None,
    )


@blueprint.get("/panitia/penolakan")
@access(Action.RUN_COMPETITIONS)
def refusals() -> str:
    """Show what was refused to whom, the latest first."""
    search = search_words()
    page = changes.refusals(rows_naming(search), wanted=wanted_page())
    return render_template(
        "overview/refusals.html", page=page, subjects=subject_names(page.items), search=search
    )


@blueprint.get("/panitia/gelar/<public_id>/jejak")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def trail(competition: Competition) -> str:
    """Show who changed what, the latest first."""
    search = search_words()
    page = changes.rows_of(competition.id, rows_naming(search), wanted=wanted_page())
    return render_template(
        "overview/trail.html",
        competition=competition,
        page=page,
        search=search,
        subjects=subject_names(page.items),
        criteria=criterion_names(page.items),
    )
