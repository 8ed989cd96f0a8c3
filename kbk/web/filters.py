"""How values look on a page: Indonesian dates, decimals and sizes; addresses of static files."""

import hashlib
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path

from flask import Flask, g, url_for
from flask_babel import Babel, format_date, format_datetime

from kbk.audit.words import action_words, detail_words
from kbk.indonesian import Zone, format_bytes, format_decimal
from kbk.paths import STATIC

MOMENT, DAY = "d MMMM y 'pukul' HH.mm", "d MMMM y"
"""How moments and days are written, as Unicode date patterns."""


def edition_zone() -> Zone:
    """The zone of the edition the page is about; WIB where it is about none."""
    competition = getattr(g.get("subject"), "competition", None)
    return competition.zone if competition is not None else Zone.WIB


def moment(value: datetime | None) -> str:
    """A moment in the edition's zone, "2 Agustus 2024 pukul 10.42 WIB"; a dash for none."""
    if value is None:
        return "–"
    return f"{format_datetime(value, MOMENT)} {edition_zone().value}"


def day(value: date | datetime | None) -> str:
    """A day in the edition's zone, "2 Agustus 2024"; a dash for none."""
    if value is None:
        return "–"
    pattern = "d MMMM y"
    return str(
        format_datetime(value, pattern) if isinstance(value, datetime) else format_date(value, pattern)
    )


def period(first: date | datetime, last: date | datetime) -> str:
    """From one day to another, "3 Juli 2024 sampai 12 Juli 2024"; a single day where both are the same."""
    begins, ends = day(first), day(last)
    return begins if begins == ends else f"{begins} sampai {ends}"


@lru_cache(maxsize=512)
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def asset(path: str) -> str:
    """Address of a static file that changes whenever the file does; a page with many icons builds it once."""
    built: dict[str, str] = g.setdefault("asset_addresses", {})
    if path not in built:
        built[path] = url_for("static", filename=path, v=_fingerprint(STATIC / path))
    return built[path]


def init_filters(app: Flask) -> None:
    """Make the filters known to all templates; dates are Indonesian and in the zone of the page's edition."""
    Babel(app, default_locale="id", timezone_selector=lambda: edition_zone().tz_name)
    current = app.jinja_env
    current.filters.update(moment=moment, day=day, decimal=format_decimal, filesize=format_bytes)
    current.filters.update(action_words=action_words, detail_words=partial(detail_words, moment=moment))
    current.globals.update(asset=asset, period=period)
    current.trim_blocks = True
    current.lstrip_blocks = True
