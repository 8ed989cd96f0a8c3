"""Small builders and the worked examples, shared by the tests of the scoring package."""

import tomllib
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from scoring.ballot import Ballot, Sheet
from scoring.rubric import Criterion, Rubric
from scoring.scales import NumberScale

# A busy machine must not fail a property for being slow.
settings.register_profile("scoring", deadline=None)
settings.load_profile("scoring")

Table = Sequence[Sequence[object]]


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    """The worked examples, by name of their section."""
    return tomllib.loads((Path(__file__).parent / "reference.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def make_sheets() -> Callable[[Table], list[Sheet]]:
    """Sheets from a table of totals: entries E1, E2 … are rows, judges J1, J2 … columns, None is a gap."""

    def make(table: Table) -> list[Sheet]:
        return [
            Sheet(f"J{column}", f"E{row}", Fraction(str(total)))
            for row, totals in enumerate(table, 1)
            for column, total in enumerate(totals, 1)
            if total is not None
        ]

    return make


@pytest.fixture(scope="session")
def duo() -> Rubric:
    """Two criteria from 0 to 10 in halves: isi weighs 60, gaya 40."""
    scale = NumberScale(Decimal(0), Decimal(10), Decimal("0.5"))
    return Rubric(
        "Duo", (Criterion("isi", "Isi", Decimal(60), scale), Criterion("gaya", "Gaya", Decimal(40), scale))
    )


@pytest.fixture(scope="session")
def ballot() -> Callable[..., Ballot]:
    """A ballot from texts: ballot("J1", "A", isi="8", gaya="7.5")."""

    def make(judge: str, entry: str, **marks: str) -> Ballot:
        return Ballot(judge, entry, {criterion: Decimal(mark) for criterion, mark in marks.items()})

    return make
