"""What a change has changed, as the trail keeps it. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import Enum


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[str | None]]:
    """Every name of `after` whose value was another one `before`: [the former value, the new one] as JSON-able text.

    Moments and days are told in ISO 8601, enums by their value; what was or became nothing is None.
    """
    return {
        name: [_told(before[name]), _told(value)] for name, value in after.items() if before[name] != value
    }


def _told(value: object) -> str | None:
    match value:
        case None | "":
            return None
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case _:
            return str(value)
