"""The trail in the committee's words."""

from collections.abc import Mapping
from typing import Any

ACTIONS: Mapping[str, str] = {
    "sign-in": "masuk",
    "session-revoked": "mengakhiri sesi",
    "password-changed": "mengganti kata sandi",
    "invited": "membuat tautan undangan",
    "invitation-accepted": "menerima undangan",
    "user-added": "menambah orang",
    "organiser-dismissed": "mengeluarkan panitia",
    "competition-created": "membuat gelar",
    "competition-changed": "mengubah pengaturan gelar",
    "stage-changed": "mengubah aturan tahap",
    "rubric-changed": "mengubah rubrik",
    "stage-added": "menambah tahap",
    "stage-removed": "menghapus tahap",
    "category-added": "menambah kategori",
    "category-removed": "menghapus kategori",
    "unit-added": "menambah unit kerja",
}


def action_words(action: str) -> str:
    """An action of the trail as a page shows it."""
    return ACTIONS[action]


def detail_words(detail: Mapping[str, Any]) -> str:
    """The details of a change in one line."""
    return "; ".join(f"{name.replace('_', ' ')}: {_plain(value)}" for name, value in detail.items())


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name.replace('_', ' ')} {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return (
            " → ".join(_plain(inner) for inner in value) if len(value) == 2 else ", ".join(map(_plain, value))
        )
    return "–" if value in (None, "") else str(value)
