"""The one blueprint of the feature, on which each family of pages registers its views."""

from flask import Blueprint

from kbk.risalah.queries import returned_hand_in, risalah_of

blueprint = Blueprint("risalah", __name__)
# The page of a group stands below this feature, but says how far the group's risalah is and why it was sent back.
blueprint.add_app_template_global(risalah_of, "risalah_of")
blueprint.add_app_template_global(returned_hand_in, "returned_hand_in")
