"""Pages of the feature."""

from flask import Blueprint

blueprint = Blueprint("competitions", __name__)
