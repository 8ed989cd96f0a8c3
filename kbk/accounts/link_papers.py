"""Invitation links on paper, to be cut and handed over in closed envelopes: four strips to a sheet of A4.

A strip is a key, so it is made for this moment and kept nowhere: not as a file, not as a job, not in the trail.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kbk.pdf.qr import qr_picture
from kbk.pdf.rendering import render_pdf
from kbk.pdf.templates import fill_template

_SECONDS = 60
_ROOMY = 130
"""How many letters stand on the left side of a strip in its usual size."""


@dataclass(frozen=True, slots=True)
class LinkStrip:
    """One person's strip: for whom (`about` are the lines below the name), the address, and until when, in words."""

    name: str
    about: tuple[str, ...]
    url: str
    valid_until: str

    @property
    def is_crowded(self) -> bool:
        """Whether name and lines are so long that they are set smaller; the longest that are stored still fit then."""
        return len(self.name) + sum(len(line) for line in self.about) > _ROOMY


def render_strips(occasion: str, strips: Sequence[LinkStrip]) -> bytes:
    """The strips as PDF, in the order given; raises DomainError when they are too many."""
    assets = {f"qr-{number}": qr_picture(strip.url) for number, strip in enumerate(strips)}
    html = fill_template("links.html", occasion=occasion, strips=strips)
    return render_pdf(html, assets=assets, cpu_seconds=_SECONDS)
