"""The menu of a signed-in person, by office and by the edition the page is about."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for

from kbk import clock
from kbk.audit.timekeeping import clock_fault
from kbk.policy import Actor
from kbk.web.access import current_actor


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the menu."""

    label: str
    url: str
    icon: str
    active: bool


def _item(label: str, icon: str, endpoint: str, *also: str, **values: Any) -> NavigationItem:
    return NavigationItem(label, url_for(endpoint, **values), icon, request.endpoint in {endpoint, *also})


def current_edition() -> Any:
    """The competition the page's subject belongs to, or None."""
    return getattr(g.get("subject"), "competition", None)


def menu(actor: Actor | None) -> list[NavigationItem]:
    """The entries open to `actor`, the most used first."""
    if actor is None:
        return []
    items = _organiser_items(current_edition()) if actor.organiser else []
    if actor.judge_ids:
        items.append(_item("Lembar nilai saya", "clipboard-check", "judging.own_sheets", "judging.sheet"))
    if actor.groups:
        items.append(_item("Kelompok saya", "people", "groups.own_groups", "groups.show"))
    return items or [_item("Akun saya", "person-circle", "accounts.show")]


def _organiser_items(edition: Any) -> list[NavigationItem]:
    items = [_item("Semua gelar", "collection", "competitions.index")]
    if edition is not None:
        here = {"public_id": edition.public_id}
        items += [
            _item("Pantauan", "speedometer2", "overview.progress", **here),
            _item("Kelompok", "people", "groups.index", "groups.show", **here),
            _item("Undangan", "envelope-open", "groups.invitations", **here),
            _item(
                "Impor Excel",
                "file-earmark-spreadsheet",
                "groups.upload_import",
                "groups.preview_import",
                **here,
            ),
            _item("Dewan juri", "person-badge", "judging.judges", "judging.appointments", **here),
            _item(
                "Tahap & peringkat",
                "trophy",
                "awards.stages",
                "awards.ranking",
                "awards.minutes",
                "awards.send_signed_copy",
                "awards.keep_signed_copy",
                "awards.signals",
                **here,
            ),
            _item("Piagam", "award", "awards.certificates", **here),
            _item("Pengaturan", "sliders", "competitions.edit", **here),
            _item("Jejak perubahan", "clock-history", "overview.trail", **here),
        ]
    return items


def init_navigation(app: Flask) -> None:
    """Offer actor, menu, edition, the time and what is wrong with the clock to every template."""

    @app.context_processor
    def frame() -> dict[str, Any]:
        actor = current_actor()
        return {
            "actor": actor,
            "navigation": menu(actor),
            "edition": current_edition(),
            "clock_fault": clock_fault,
            "current_moment": clock.now,
        }
