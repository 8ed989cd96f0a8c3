"""Making addresses of pages outside a request, for commands and jobs."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app


@contextmanager
def outside_request() -> Iterator[None]:
    """Let `url_for` make local addresses inside, as it does while answering a request."""
    with current_app.test_request_context():
        yield
