"""Pages of the feature: each family of views registers itself on the blueprint."""

from kbk.risalah import diagram_views, file_views, writing_views
from kbk.risalah.blueprint import blueprint
from kbk.risalah.hand_in_views import init_risalah

__all__ = ["blueprint", "diagram_views", "file_views", "init_risalah", "writing_views"]
