"""The faults that are told to the user, each as one Indonesian sentence.

A rule or a service raises one of these when a request cannot be done for a reason the user can understand
and act on. The web layer turns the class into a status and shows ``message``; anything else that is raised
is a defect of the program. They are named after what happened, without "Error", because that is how the
services read. This module stands below everything and imports nothing.
"""


class DomainError(Exception):
    """A refusal with a sentence for the user.

    ``message`` names the thing and the way out in formal Indonesian; ``field`` is the name of the form field
    it belongs to, or None when it concerns the whole request.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(DomainError):  # noqa: N818
    """This person may not do this, or the thing is not in a state for it."""


class Closed(NotAllowed):
    """The time for it is over: the thing was closed, signed or handed in, or its deadline has passed."""


class NotFound(DomainError):  # noqa: N818
    """There is no such thing, or it must not be known that there is."""


class Conflict(DomainError):  # noqa: N818
    """Somebody else changed the thing since the page was read."""


class FileProblem(DomainError):  # noqa: N818
    """An uploaded file is refused; the message names the file, the fault and the way out."""


class InvalidInput(DomainError):  # noqa: N818
    """A value that was typed or sent cannot be used."""
