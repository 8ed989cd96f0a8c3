"""Telling what was done beside the thing that was changed, where the page is brought to that place."""

from flask import flash


def flash_at(place: str, message: str, tone: str = "success") -> None:
    """Show `message` on the next page in its part with the id `place`, or on top where it has no such part.

    The redirect leads to the same place (`_anchor`), so that nobody has to scroll for the answer.
    """
    flash(message, f"{tone}#{place}")
