"""Decided places as they are announced: winners first, then finalists, then who came through earlier stages."""

from collections.abc import Collection
from dataclasses import dataclass, field

from kbk.awards.models import Outcome, Standing
from kbk.awards.rules import FINALIST
from kbk.indonesian import telling_places


@dataclass(slots=True)
class Round:
    """Who came through one stage and is not named further up."""

    title: str
    rows: list[Standing] = field(default_factory=list)


@dataclass(slots=True)
class Board:
    """The announcement of one category."""

    category: str
    winners: list[Standing] = field(default_factory=list)
    places: int = 2
    """With how many decimals the winners' scores are shown, so that different ones look different."""
    finalists: list[Standing] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    @property
    def equals_parted(self) -> bool:
        """Whether winners with exactly the same score stand on different places."""
        return len({row.score for row in self.winners}) < len({row.place for row in self.winners})


def boards(rows: Collection[Standing]) -> list[Board]:
    """Boards by category from standings ordered by category, latest stage and place.

    A group is named once, at its highest; groups that did not come through a stage are not named at all.
    """
    found: dict[int, Board] = {}
    rounds: dict[tuple[int, int], Round] = {}
    named: set[int] = set()
    for row in rows:
        honoured = row.outcome in {Outcome.ADVANCED, Outcome.WINNER} or row.award == FINALIST
        if not honoured or row.group_id in named:
            continue
        named.add(row.group_id)
        board = found.setdefault(row.category_id, Board(row.category.name))
        if row.outcome is Outcome.WINNER:
            if not board.winners:
                own = (row.stage_id, row.category_id)
                board.places = telling_places(
                    other.score for other in rows if (other.stage_id, other.category_id) == own
                )
            board.winners.append(row)
        elif row.award == FINALIST:
            board.finalists.append(row)
        else:
            key = (row.category_id, row.stage_id)
            if key not in rounds:
                higher = board.winners or board.finalists or board.rounds
                word = "Juga lolos" if higher else "Lolos"
                rounds[key] = Round(f"{word} dari tahap {row.stage.name}")
                board.rounds.append(rounds[key])
            rounds[key].rows.append(row)
    return list(found.values())
