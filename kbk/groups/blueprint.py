"""The one blueprint of the feature, on which each family of pages registers its views."""

from flask import Blueprint

blueprint = Blueprint("groups", __name__)
