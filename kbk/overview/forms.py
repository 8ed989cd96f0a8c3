"""The form that gives several groups one later deadline; it parses what its two pages send."""

from flask import request

from kbk.errors import Conflict, DomainError
from kbk.groups.forms import LaterDeadlineForm
from kbk.web.forms import whole

NAME = "kelompok"


class ExtensionsForm(LaterDeadlineForm):
    """One later deadline for several groups.

    The page on which groups, day and reason are chosen sends each group's public id. The page that asks for
    confirmation adds the version it showed ("id:7"), so that nothing is overwritten that was not seen.
    """

    def show(self, error: DomainError) -> None:
        """Put a refusal of the rules beside its field, or on top of the form; the page lists what is stored now."""
        if isinstance(error, Conflict):
            self.conflict = error.message
        else:
            super().show(error)

    @property
    def confirmed(self) -> dict[str, int] | None:
        """The version of every chosen group by its public id; None before all are confirmed."""
        found = {}
        for text in request.form.getlist(NAME):
            public_id, _, version = text.partition(":")
            try:
                found[public_id] = whole(version)
            except ValueError:
                return None
        return found


def ticked() -> frozenset[str]:
    """The public ids of the groups that are ticked, on whichever page."""
    return frozenset(text.partition(":")[0] for text in request.values.getlist(NAME))
