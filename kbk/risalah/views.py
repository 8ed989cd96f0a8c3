"""Pages of the feature."""

from flask import Blueprint

blueprint = Blueprint("risalah", __name__)
