"""How a feature declares, for the whole-site test, who gets an answer from which of its addresses.

Each feature has a file `routes_<feature>.py` with `ROUTES: dict[endpoint, Route]`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.cast import PEOPLE, Cast

VISITOR = "tamu"
EVERYBODY = frozenset({VISITOR, *PEOPLE})
SIGNED_IN = frozenset(PEOPLE)
ORGANISER = frozenset({"panitia"})
JUDGES = frozenset({"juri", "juri-lain", "juri-dalam"})
TEAM_SIGAP = frozenset({"ketua", "anggota", "fasilitator"})
TEAM_CEPAT = frozenset({"ketua-lain"})


@dataclass(frozen=True)
class Route:
    """Who may use an address, per object.

    `allowed` maps the name of an object of the cast ("" for addresses without one) to the people who get an
    answer; everybody else must be refused. `parts` turns the object's name into the parts of the address.
    """

    allowed: Mapping[str, frozenset[str]]
    parts: Callable[[Cast, str], dict[str, str]] = lambda _cast, _name: {}


def of_competition(cast: Cast, _name: str) -> dict[str, str]:
    """Parts of an address about the edition."""
    return {"public_id": cast.competition().public_id}


def of_slug(cast: Cast, _name: str) -> dict[str, str]:
    """Parts of a public address about the edition."""
    return {"slug": cast.competition().slug}


def of_stage(cast: Cast, name: str) -> dict[str, str]:
    """Parts of an address about a stage, named by its position."""
    return {"public_id": cast.stage(int(name)).public_id}


def of_group(cast: Cast, name: str) -> dict[str, str]:
    """Parts of an address about a group."""
    return {"public_id": cast.group(name).public_id}
