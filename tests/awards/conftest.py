import pytest

from tests.awards.contest import Contest
from tests.cast import Cast


@pytest.fixture
def contest(cast: Cast) -> Contest:
    """A contest whose field each test enters itself."""
    return Contest(cast)
