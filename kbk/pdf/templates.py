"""The HTML templates of the papers, filled without Flask so that worker and shell make the same papers."""

import re

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kbk.indonesian import (
    MONTHS,
    date_in_words,
    format_date,
    format_decimal,
    format_exact,
    format_integer,
    group_nip,
    in_words,
    weekday_date,
)
from kbk.paths import TEMPLATES

_DAY_AND_MONTH = re.compile(rf"(\d) ({'|'.join(MONTHS)})")
_environment = Environment(
    loader=FileSystemLoader(TEMPLATES / "pdf"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _unbroken(text: str) -> str:
    """Ties day and month together, so that a line never ends within a date."""
    return _DAY_AND_MONTH.sub("\\1\u00a0\\2", text)


_environment.filters.update(
    utuh=_unbroken,
    angka=format_decimal,
    persis=format_exact,
    bulat=format_integer,
    tanggal=format_date,
    hari_tanggal=weekday_date,
    tanggal_terbilang=date_in_words,
    terbilang=in_words,
    nip=group_nip,
)


def fill_template(name: str, **values: object) -> str:
    """The template ``templates/pdf/<name>`` as HTML; every value is escaped, a missing one is an error."""
    return _environment.get_template(name).render(values)
