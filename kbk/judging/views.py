"""Pages of the feature."""

from flask import Blueprint

blueprint = Blueprint("judging", __name__)
