"""Who judges what: every entry gets its judges, loads are even, forbidden pairs never happen, panels are linked.

Loads are levelled by moving one entry along alternating paths from a fuller judge to an emptier one until there is
none left, which makes them as even as the forbidden pairs allow: Harvey, Ladner, Lovász & Tamir (2006),
Semi-matchings for bipartite graphs and load balancing, Journal of Algorithms 59, 53-78.
"""

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations, product

from scoring.additive import linked_groups
from scoring.errors import ScoringError

Pair = tuple[str, str]
"""An entry and a judge."""
Move = tuple[str, str, str]
"""An entry, the judge it leaves, and the judge it goes to."""


@dataclass(frozen=True)
class Assignment:
    """Judges by entry, entries per judge, and whether loads differ by at most one and all panels are linked."""

    panels: Mapping[str, tuple[str, ...]]
    loads: Mapping[str, int]
    linked: bool

    @property
    def even(self) -> bool:
        """Whether no judge has more than one entry more than another."""
        return max(self.loads.values()) - min(self.loads.values()) <= 1

    @property
    def notes(self) -> tuple[str, ...]:
        """Indonesian sentences about what could not be reached."""
        found = []
        if not self.even:
            low, high = min(self.loads.values()), max(self.loads.values())
            found.append(
                f"Beban juri tidak dapat diratakan ({low} sampai {high} peserta) "
                "karena pasangan terlarang atau penugasan lama."
            )
        if not self.linked:
            found.append("Panel juri tidak dapat dihubungkan satu sama lain oleh peserta bersama.")
        return tuple(found)


def assign(
    entries: Collection[str],
    judges: Collection[str],
    per_entry: int,
    forbidden: Iterable[Pair] = (),
    kept: Iterable[Pair] = (),
) -> Assignment:
    """Give each entry `per_entry` different judges; `forbidden` and `kept` are (entry, judge) pairs.

    The same input gives the same plan. Raises ScoringError, naming the entry, when an entry has too few judges
    left, when a kept pair is forbidden, unknown or one too many, and when there is nothing to assign.
    """
    if not entries or not judges or per_entry < 1:
        raise ScoringError(
            "Pembagian juri memerlukan peserta, juri, dan sedikitnya satu juri untuk setiap peserta."
        )
    plan = _Plan(sorted(entries), sorted(judges), per_entry, frozenset(forbidden), frozenset(kept))
    plan.fill()
    plan.level()
    plan.link()
    panels = {entry: tuple(sorted(own)) for entry, own in plan.panels.items()}
    return Assignment(panels, {judge: len(own) for judge, own in plan.entries_of.items()}, plan.linked)


@dataclass(frozen=True)
class _Group:
    """A linked group: its pairs that may be changed, its judges, and whether its links run in a circle."""

    pairs: list[Pair]
    judges: frozenset[str]
    circle: bool


class _Plan:
    """A plan while it is being made: the same pairs seen from the entries and from the judges."""

    def __init__(
        self,
        entries: Sequence[str],
        judges: Sequence[str],
        per_entry: int,
        forbidden: frozenset[Pair],
        kept: frozenset[Pair],
    ) -> None:
        self.per_entry = per_entry
        self.kept = kept
        self.judges = judges
        self.panels: dict[str, set[str]] = {entry: set() for entry in entries}
        self.entries_of: dict[str, set[str]] = {judge: set() for judge in judges}
        self.allowed = {
            entry: [judge for judge in judges if (entry, judge) not in forbidden] for entry in entries
        }
        for entry, judge in sorted(kept):
            if entry not in self.panels or judge not in self.entries_of or (entry, judge) in forbidden:
                raise ScoringError(f"Penugasan lama juri {judge} untuk {entry} tidak diperbolehkan.")
            self._add(entry, judge)
        for entry in entries:
            if len(self.panels[entry]) > per_entry:
                raise ScoringError(f"Peserta {entry} sudah mempunyai lebih dari {per_entry} juri.")
            if len(self.allowed[entry]) < per_entry:
                raise ScoringError(
                    f"Peserta {entry} hanya dapat dinilai oleh {len(self.allowed[entry])} juri, "
                    f"padahal diperlukan {per_entry}."
                )

    def fill(self) -> None:
        """Give every entry its judges, the hardest entries first, always the emptiest and least familiar judge."""
        together: Counter[frozenset[str]] = Counter()
        for panel in self.panels.values():
            together.update(map(frozenset, combinations(sorted(panel), 2)))
        for entry in sorted(self.panels, key=lambda name: (len(self.allowed[name]), name)):
            panel = self.panels[entry]
            while len(panel) < self.per_entry:
                free = [judge for judge in self.allowed[entry] if judge not in panel]
                judge = min(
                    free,
                    key=lambda name: (
                        len(self.entries_of[name]),
                        sum(together[frozenset((name, other))] for other in self.panels[entry]),
                        name,
                    ),
                )
                together.update(frozenset((judge, other)) for other in panel)
                self._add(entry, judge)

    def level(self) -> None:
        """Move entries from fuller to emptier judges until no path makes the loads more even."""
        moved = True
        while moved:
            moved = False
            for judge in sorted(self.judges, key=lambda name: (-len(self.entries_of[name]), name)):
                path = self._path_to_emptier(judge)
                for entry, giver, taker in path:
                    self._move(entry, giver, taker)
                moved = moved or bool(path)

    def _path_to_emptier(self, start: str) -> list[Move]:
        """Moves (entry, from, to), last first, that take one entry from `start` to a judge with two fewer."""
        limit = len(self.entries_of[start]) - 2
        came: dict[str, Move | None] = {start: None}
        queue = deque([start])
        while queue:
            giver = queue.popleft()
            if len(self.entries_of[giver]) <= limit:
                path = []
                while (step := came[giver]) is not None:
                    path.append(step)
                    giver = step[1]
                return path
            for entry in sorted(self.entries_of[giver]):
                if (entry, giver) in self.kept:
                    continue
                for taker in self.allowed[entry]:
                    if taker not in came and taker not in self.panels[entry]:
                        came[taker] = (entry, giver, taker)
                        queue.append(taker)
        return []

    @property
    def linked(self) -> bool:
        """Whether shared entries link all judges that have any."""
        return len(self._groups()) == 1

    def link(self) -> None:
        """Join groups by swaps and moves as long as that leaves fewer of them.

        Swaps, and moves to a judge with one entry less, leave the loads as even as they are. Where loads cannot be
        even anyway, other moves are allowed too: panels without a common measure are the greater evil.
        """
        while len(groups := self._groups()) > 1 and self._join(groups):
            pass

    def _join(self, groups: Sequence[_Group]) -> bool:
        """Make the first change that leaves fewer groups; False when there is none."""
        for change in self._changes(groups):
            for move in change:
                self._move(*move)
            if len(self._groups()) < len(groups):
                return True
            for entry, giver, taker in reversed(change):
                self._move(entry, taker, giver)
        return False

    def _changes(self, groups: Sequence[_Group]) -> Iterator[list[Move]]:
        """Changes that may join two groups. A group without a circle falls apart when it gives a pair away."""
        sides = [(first, second) for first, second in permutations(groups, 2) if first.circle]
        for first, second in sides:
            for (entry, giver), (other, taker) in product(first.pairs, second.pairs):
                if taker in self.allowed[entry] and giver in self.allowed[other]:
                    yield [(entry, giver, taker), (other, taker, giver)]
        loads = {judge: len(own) for judge, own in self.entries_of.items()}
        uneven = max(loads.values()) - min(loads.values()) > 1
        for first, second in sides:
            for (entry, giver), taker in product(first.pairs, sorted(second.judges)):
                if taker in self.allowed[entry] and (uneven or loads[giver] == loads[taker] + 1):
                    yield [(entry, giver, taker)]

    def _groups(self) -> list[_Group]:
        pairs = [(entry, judge) for entry, panel in self.panels.items() for judge in sorted(panel)]
        found = []
        for group in linked_groups(pairs):
            own = [pair for pair in pairs if pair[0] in group.entries]
            circle = len(own) >= len(group.entries) + len(group.judges)
            found.append(_Group([pair for pair in own if pair not in self.kept], group.judges, circle))
        return found

    def _add(self, entry: str, judge: str) -> None:
        self.panels[entry].add(judge)
        self.entries_of[judge].add(entry)

    def _move(self, entry: str, giver: str, taker: str) -> None:
        self.panels[entry].remove(giver)
        self.entries_of[giver].remove(entry)
        self._add(entry, taker)
