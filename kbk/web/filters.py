"""How values look on a page: Indonesian dates, decimals and sizes; addresses of static files."""

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, g, url_for

from kbk.audit.words import action_words, detail_words
from kbk.indonesian import Zone, format_bytes, format_date, format_datetime, format_decimal
from kbk.paths import STATIC


def edition_zone() -> Zone:
    """The zone of the edition the page is about; WIB where it is about none."""
    competition = getattr(g.get("subject"), "competition", None)
    return competition.zone if competition is not None else Zone.WIB


def moment(value: datetime | None) -> str:
    """A moment in the edition's zone, "2 Agustus 2024 pukul 10.42 WIB"; a dash for none."""
    return "–" if value is None else format_datetime(value, edition_zone())


def day(value: date | datetime | None) -> str:
    """A day in the edition's zone, "2 Agustus 2024"; a dash for none."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(edition_zone().tz).date()
    return format_date(value)


@lru_cache(maxsize=512)
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def asset(path: str) -> str:
    """Address of a static file that changes whenever the file does."""
    return url_for("static", filename=path, v=_fingerprint(STATIC / path))


def init_filters(app: Flask) -> None:
    """Make the filters known to all templates."""
    current = app.jinja_env
    current.filters.update(moment=moment, day=day, decimal=format_decimal, filesize=format_bytes)
    current.filters.update(action_words=action_words, detail_words=detail_words)
    current.globals.update(asset=asset)
    current.trim_blocks = True
    current.lstrip_blocks = True


def base_url() -> str:
    """Address under which the site is known to the world, without a slash at its end."""
    return str(current_app.config["BASE_URL"]).rstrip("/")
