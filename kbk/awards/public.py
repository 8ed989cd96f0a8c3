"""Pages for everybody about results: published ones, and checking a certificate or berita acara."""

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from kbk.awards import queries
from kbk.awards.boards import boards
from kbk.awards.forms import CheckForm
from kbk.awards.minutes_queries import last_signed_copy, published_paper
from kbk.awards.models import Certificate, Minutes
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition
from kbk.policy import Action
from kbk.web.access import access

blueprint = Blueprint("public", __name__)
CODE = re.compile(r"[A-Za-z0-9_-]{16}")


@blueprint.get("/gelar/<slug>/hasil")
@access(Action.SEE_PUBLIC_PAGES, on=competitions.competition_by_slug)
def results(competition: Competition) -> str:
    """The published results of an edition, and nothing of what is not published."""
    rows = queries.published_results(competition)
    return render_template(
        "public/results.html",
        competition=competition,
        boards=boards(rows),
        published_at=max((row.stage.published_at for row in rows if row.stage.published_at), default=None),
    )


@blueprint.get("/periksa")
@access(Action.SEE_PUBLIC_PAGES)
def check_form() -> Any:
    """Ask for the code of a paper; a whole address from its QR code is understood too."""
    form = CheckForm(request.args)
    status = 200
    if "kode" in request.args:
        code = (form.kode.data or "").rsplit("/", 1)[-1].replace(" ", "")
        if CODE.fullmatch(code):
            return redirect(url_for("public.check", public_id=code))
        form.kode.errors = [
            "Kode terdiri atas 16 huruf, angka, garis, atau garis bawah, misalnya aB3x-9Kq_Lm2Zt7w."
        ]
        status = 400
    return render_template("public/check_form.html", form=form), status


@blueprint.get("/periksa/<public_id>")
@access(Action.SEE_PUBLIC_PAGES, on=published_paper)
def check(paper: Certificate | Minutes) -> str:
    """Tell what a certificate or berita acara is and whether it is valid; of a berita acara nothing it says."""
    if isinstance(paper, Minutes):
        copy = last_signed_copy(paper)
        return render_template("public/check_minutes.html", minutes=paper, has_copy=copy is not None)
    return render_template("public/check.html", certificate=paper)
