"""Pages for everybody: what the contest is, published results, checking a certificate."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)
