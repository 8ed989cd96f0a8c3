"""What the address of a long list asks for: words to search, choices, and which part of the list."""

from enum import Enum
from typing import TypeVar

from flask import request

from kbk.paging import Wanted
from kbk.web.forms import clean

Kind = TypeVar("Kind", bound=Enum)
LAST_PAGE = 10_000
LONGEST_SEARCH = 100


def wanted_page() -> Wanted:
    """The part of a list that the address asks for."""
    number = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    return Wanted(number, whole=request.args.get("semua") == "ya")


def search_words() -> str:
    """What the address asks to search for."""
    return (clean(request.args.get("cari")) or "")[:LONGEST_SEARCH]


def choice(kinds: type[Kind], name: str) -> Kind | None:
    """What the address chooses from a list under this name, or None."""
    return next((kind for kind in kinds if kind.value == request.args.get(name)), None)
