"""The only place that asks what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current moment as an aware datetime in UTC."""
    return datetime.now(UTC)
