"""Pages of the site itself: its health, and the components on one page while developing."""

from flask import Blueprint, Response, abort, current_app, jsonify, render_template
from sqlalchemy import text

from kbk.db import db
from kbk.policy import Action
from kbk.web.access import access
from kbk.web.samples import samples

blueprint = Blueprint("site", __name__)


@blueprint.get("/sehat")
@access(Action.SEE_PUBLIC_PAGES)
def health() -> Response:
    """Answer a monitor: the server runs and reaches its database."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")


@blueprint.get("/pengembang/komponen")
@access(Action.SEE_PUBLIC_PAGES)
def components() -> str:
    """Show every component in every state, for developers."""
    if not current_app.extensions["settings"].development:
        abort(404)
    return render_template("development/components.html", **samples())
