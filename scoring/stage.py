"""One call from the ballots of a stage to its ranking, and one from several stages to the final ranking."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from scoring.additive import linked_groups
from scoring.aggregate import (
    TRIM_ADVISED,
    EntryScore,
    Method,
    Missing,
    Panels,
    Penalty,
    aggregate,
    mean,
    total_penalty,
)
from scoring.ballot import Ballot, Sheet, count_ballots
from scoring.errors import ScoringError
from scoring.numbers import show_short
from scoring.ranking import Ranking, rank
from scoring.rubric import FULL, Rubric
from scoring.ties import Decision, Measure, Step

Z_ADVISED = 5
"""Entries per judge from which z-scores are advised."""


@dataclass(frozen=True)
class TieChain:
    """Criteria to compare in order, whether first places count, and whether the rest shares its place."""

    criteria: tuple[str, ...] = ()
    first_places: bool = True
    joint: bool = False


@dataclass(frozen=True)
class StageRules:
    """What the committee declares before the first sheet comes in."""

    method: Method = Method.MEAN
    missing: Missing = Missing.WAIT
    ties: TieChain = TieChain()


DEFAULT_RULES = StageRules()
"""The plain mean over complete panels; ties by first places and then by decision."""


@dataclass(frozen=True, kw_only=True)
class StageRanking(Ranking):
    """A ranking with the rules and the scores it came from."""

    name: str
    rules: StageRules
    scores: Mapping[str, EntryScore]
    measures: tuple[Measure, ...] = field(repr=False, compare=False)


@dataclass(frozen=True)
class WeightedStage:
    """A stage and the percent of the final score it carries."""

    weight: Decimal
    ranking: StageRanking


@dataclass(frozen=True, kw_only=True)
class FinalRanking(Ranking):
    """A ranking over several stages: score = Σ weight / 100 × stage score − penalties."""

    stages: tuple[WeightedStage, ...]
    penalties: tuple[Penalty, ...] = ()


def rank_stage(
    rubric: Rubric,
    ballots: Iterable[Ballot],
    entries: Iterable[str],
    rules: StageRules = DEFAULT_RULES,
    *,
    name: str = "",
    panels: Panels | None = None,
    penalties: Iterable[Penalty] = (),
    decisions: Sequence[Decision] = (),
) -> StageRanking:
    """Count the ballots of a stage and rank its entries.

    `panels` (entry -> judges) says whose sheets are expected; without it every judge seen is expected for
    every entry. Incomplete ballots count as missing and are named in `warnings`. Raises ScoringError for
    marks off their scale, doubled sheets, and sheets of entries or judges that do not belong.
    """
    _check_chain(rubric, rules.ties.criteria)
    count = count_ballots(rubric, ballots, rules.ties.criteria)
    listed = tuple(entries)
    return rank_sheets(
        count.sheets,
        listed,
        rules,
        name=name,
        panels=dict.fromkeys(listed, count.judges) if panels is None else panels,
        penalties=penalties,
        decisions=decisions,
        warnings=count.incomplete,
    )


def rank_sheets(
    sheets: Sequence[Sheet],
    entries: Iterable[str],
    rules: StageRules = DEFAULT_RULES,
    *,
    name: str = "",
    panels: Panels | None = None,
    penalties: Iterable[Penalty] = (),
    decisions: Sequence[Decision] = (),
    warnings: Iterable[str] = (),
) -> StageRanking:
    """As `rank_stage`, from sheets whose totals are known already.

    Sheets need marks only of the criteria in the tie chain, and only of entries with equal scores; a
    ScoringError says which mark was needed and not there.
    """
    scores = aggregate(sheets, entries, rules.method, rules.missing, panels, penalties)
    measures = tuple(_measures(name, rules.ties, scores))
    ranking = rank(
        {entry: score.score for entry, score in scores.items()},
        measures,
        decisions,
        rules.ties.joint,
        rules.method.ascending,
    )
    return StageRanking(
        places=ranking.places,
        ascending=ranking.ascending,
        warnings=(*warnings, *_advice(rules, sheets), *ranking.warnings),
        name=name,
        rules=rules,
        scores=scores,
        measures=measures,
    )


def rank_final(
    stages: Sequence[WeightedStage],
    entries: Iterable[str] | None = None,
    *,
    penalties: Iterable[Penalty] = (),
    decisions: Sequence[Decision] = (),
    joint: bool = False,
) -> FinalRanking:
    """Rank by Σ weight / 100 × stage score (80/20); a stage that starts anew is ranked alone by `rank_stage`.

    Entries default to all entries of all stages; one without a score in a stage that weighs has no place.
    Ties go through the criteria of the stages in the given order, then their first places, then `decisions`.
    """
    weighing = [stage for stage in stages if stage.weight]
    ascending = _direction(weighing)
    wanted = entries if entries is not None else dict.fromkeys(e for s in stages for e in s.ranking.scores)
    taken = tuple(penalties)
    if taken and not all(stage.ranking.rules.method.in_points for stage in weighing):
        raise ScoringError("Nilai akhir hanya dapat dikurangi bila semua tahap dihitung dengan nilai rubrik.")
    scores = {entry: _final_score(entry, weighing, taken) for entry in wanted}
    measures = sorted(
        (measure for stage in weighing for measure in stage.ranking.measures),
        key=lambda measure: measure.step is Step.FIRST_PLACES,
    )
    ranking = rank(scores, measures, decisions, joint, ascending)
    return FinalRanking(
        places=ranking.places,
        ascending=ascending,
        warnings=(*_weight_advice(stages), *ranking.warnings),
        stages=tuple(stages),
        penalties=taken,
    )


def _check_chain(rubric: Rubric, criteria: Iterable[str]) -> None:
    for criterion in criteria:
        if criterion not in rubric.by_id:
            raise ScoringError(
                f"Urutan pemecah nilai sama menyebut kriteria {criterion}, yang tidak ada dalam rubrik."
            )


def _measures(name: str, ties: TieChain, scores: Mapping[str, EntryScore]) -> Iterable[Measure]:
    for criterion in ties.criteria:
        yield Measure(Step.CRITERION, name, criterion, _criterion_mean(scores, criterion))
    if ties.first_places:
        yield Measure(Step.FIRST_PLACES, name, "", _first_places(scores))


def _criterion_mean(scores: Mapping[str, EntryScore], criterion: str) -> Callable[[str], Fraction]:
    """The mean of an entry's marks on one criterion over its counted sheets."""

    def value_of(entry: str) -> Fraction:
        sheets = scores[entry].sheets
        if any(criterion not in sheet.marks for sheet in sheets):
            raise ScoringError(
                f"Nilai kriteria {criterion} untuk {entry} diperlukan untuk memecah nilai sama."
            )
        return mean([Fraction(sheet.marks[criterion]) for sheet in sheets])

    return value_of


def _first_places(scores: Mapping[str, EntryScore]) -> Callable[[str], Fraction]:
    """How many judges gave this entry their highest total; a highest total given twice counts for both."""
    highest: dict[str, Fraction] = {}

    def value_of(entry: str) -> Fraction:
        if not highest:
            for score in scores.values():
                for sheet in score.sheets:
                    highest[sheet.judge] = max(sheet.total, highest.get(sheet.judge, sheet.total))
        return Fraction(sum(sheet.total == highest[sheet.judge] for sheet in scores[entry].sheets))

    return value_of


def _advice(rules: StageRules, sheets: Sequence[Sheet]) -> Iterable[str]:
    """Where the declared method stands on thin ice, in Indonesian sentences."""
    if rules.method is Method.TRIMMED:
        fewest = min(Counter(sheet.entry for sheet in sheets).values(), default=TRIM_ADVISED)
        if fewest < TRIM_ADVISED:
            yield (
                f"Rata-rata terpangkas dianjurkan mulai {TRIM_ADVISED} juri; "
                f"ada peserta yang baru mempunyai {fewest} lembar nilai."
            )
    if rules.method is Method.Z_SCORE:
        by_judge: dict[str, list[Fraction]] = {}
        for sheet in sheets:
            by_judge.setdefault(sheet.judge, []).append(sheet.total)
        for judge, totals in sorted(by_judge.items()):
            if len(set(totals)) == 1:
                yield f"Juri {judge} tidak membedakan peserta; skor bakunya 0 untuk semua."
            elif len(totals) < Z_ADVISED:
                yield (
                    f"Juri {judge} baru menilai {len(totals)} peserta; "
                    f"skor baku dianjurkan mulai {Z_ADVISED} peserta."
                )
    if Method.ADDITIVE is rules.method or Missing.ADDITIVE is rules.missing:
        groups = linked_groups((sheet.entry, sheet.judge) for sheet in sheets)
        if len(groups) > 1:
            yield f"Pembagian juri terpisah menjadi {len(groups)} kelompok yang tidak terhubung."


def _direction(stages: Sequence[WeightedStage]) -> bool:
    """Whether the lowest final score is best. Raises ScoringError where stages disagree."""
    directions = {stage.ranking.ascending for stage in stages}
    if len(directions) > 1:
        raise ScoringError("Jumlah peringkat tidak dapat digabung dengan tahap yang memakai nilai.")
    if not directions:
        raise ScoringError("Sedikitnya satu tahap harus mempunyai bobot lebih dari 0.")
    return directions.pop()


def _final_score(
    entry: str, stages: Sequence[WeightedStage], penalties: Iterable[Penalty]
) -> Fraction | None:
    total = -total_penalty(penalty for penalty in penalties if penalty.entry == entry)
    for stage in stages:
        found = stage.ranking.scores.get(entry)
        if found is None or found.score is None:
            return None
        total += Fraction(stage.weight) / FULL * found.score
    return total


def _weight_advice(stages: Sequence[WeightedStage]) -> Iterable[str]:
    weights = sum((stage.weight for stage in stages), Decimal(0))
    if weights != FULL:
        yield f"Jumlah bobot tahap {show_short(weights)}, bukan 100."
    weighing = {stage.ranking.rules.method for stage in stages if stage.weight}
    if Method.Z_SCORE in weighing and len(weighing) > 1:
        yield "Skor baku dan nilai rubrik digabung, padahal satuannya berbeda."
