"""From a score record to its result: places, shadow scores, agreement, judges, warnings."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from scoring.additive import MAX_JUDGES
from scoring.aggregate import Method, judge_spreads
from scoring.agreement import summary
from scoring.ballot import Sheet
from scoring.explanation import as_text, explain_final
from scoring.numbers import record_text
from scoring.record import Record, StageRecord
from scoring.signals import constant_criteria, different_winners, far_criteria, far_sheets, unlinked_panels
from scoring.stage import (
    FinalRanking,
    StageRanking,
    StageRules,
    TieChain,
    WeightedStage,
    rank_final,
    rank_sheets,
    rank_stage,
)
from scoring.what_if import METHOD_NAMES


def recount(record: Record) -> dict[str, Any]:
    """The whole result as JSON-able data, exact decimals as texts. Raises ScoringError for sheets off the rubric."""
    stages = _stage_rankings(record)
    final = _final(record, stages)
    shadows = {method: _shadow(record, stages, method) for method in Method if _possible(method, stages)}
    return {
        "places": [_place(final, stages, place.entry) for place in final.places],
        "shadow": {
            method.value: {
                entry: _text(shadow.of(entry).score)
                for entry in sorted(place.entry for place in shadow.places)
            }
            for method, shadow in shadows.items()
        },
        "agreement": [{"stage": stage.name, **summary(_sheets(stage))} for stage in stages],
        "judges": [row for stage in stages for row in _judges(stage)],
        "warnings": list(_warnings(record, stages, final, shadows)),
    }


def explain_record(record: Record, entry: str) -> str:
    """The explanation of one entry's final place as plain Indonesian text."""
    final = _final(record, _stage_rankings(record))
    stages = {stage.name: (stage.rubric, stage.ballots) for stage in record.stages}
    return as_text(explain_final(stages, final, entry))


def _stage_rankings(record: Record) -> tuple[StageRanking, ...]:
    return tuple(
        rank_stage(
            stage.rubric,
            stage.ballots,
            stage.entries,
            stage.rules,
            name=stage.name,
            panels=stage.panels,
            penalties=record.penalties_of(stage.name),
        )
        for stage in record.stages
    )


def _final(record: Record, stages: Sequence[StageRanking]) -> FinalRanking:
    """The joint-place rule of the last stage holds for the final ranking, since it decides last."""
    return rank_final(
        _weighted(record, stages),
        penalties=record.penalties_of(""),
        decisions=record.decisions,
        joint=record.stages[-1].rules.ties.joint,
    )


def _possible(method: Method, stages: Sequence[StageRanking]) -> bool:
    """Whether a method can be counted for all stages: the additive model is not solved for too many judges."""
    crowds = (len({sheet.judge for sheet in _sheets(stage)}) > MAX_JUDGES for stage in stages)
    return not (method is Method.ADDITIVE and any(crowds))


def _shadow(record: Record, stages: Sequence[StageRanking], method: Method) -> FinalRanking:
    """The final ranking had every stage used this method, without tie chains.

    Penalties on the final score are points and come off only where the score is in points too.
    """
    others = [
        rank_sheets(
            _sheets(stage),
            tuple(stage.scores),
            StageRules(method, stage.rules.missing, TieChain(first_places=False)),
            name=stage.name,
            panels=_panels(stage),
            penalties=record.penalties_of(stage.name),
        )
        for stage in stages
    ]
    penalties = record.penalties_of("") if method.in_points else ()
    return rank_final(_weighted(record, others), penalties=penalties)


def _weighted(record: Record, stages: Sequence[StageRanking]) -> tuple[WeightedStage, ...]:
    weights = (stage.weight for stage in record.stages)
    return tuple(WeightedStage(weight, ranking) for weight, ranking in zip(weights, stages, strict=True))


def _sheets(stage: StageRanking) -> list[Sheet]:
    return [sheet for score in stage.scores.values() for sheet in score.sheets]


def _panels(stage: StageRanking) -> Mapping[str, tuple[str, ...]]:
    return {
        entry: (*(sheet.judge for sheet in score.sheets), *score.missing)
        for entry, score in stage.scores.items()
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else record_text(value)


def _place(final: FinalRanking, stages: Sequence[StageRanking], entry: str) -> dict[str, Any]:
    place = final.of(entry)
    scores = {stage.name: stage.scores.get(entry) for stage in stages}
    return {
        "entry": entry,
        "place": place.place,
        "score": _text(place.score),
        "stage_scores": {name: score and _text(score.score) for name, score in scores.items()},
        "sheets": sum(len(score.sheets) for score in scores.values() if score),
        "tie": bool(place.tied),
    }


def _judges(stage: StageRanking) -> Iterator[dict[str, Any]]:
    for judge, spread in judge_spreads(_sheets(stage)).items():
        yield {"stage": stage.name, "judge": judge, "mean": _text(spread.mean), "sd": _text(spread.deviation)}


def _warnings(
    record: Record,
    stages: Sequence[StageRanking],
    final: FinalRanking,
    shadows: Mapping[Method, FinalRanking],
) -> Iterator[str]:
    yield from final.warnings
    for group in final.unsettled:
        yield f"Nilai {', '.join(group)} sama dan belum terpecahkan; diperlukan keputusan tertulis panel."
    for stage, ranking in zip(record.stages, stages, strict=True):
        for text in _stage_warnings(stage, ranking):
            yield f"Tahap {stage.name}: {text}"
    rankings = [(METHOD_NAMES[method], shadow) for method, shadow in shadows.items()]
    yield from (signal.text for signal in different_winners(rankings))


def _stage_warnings(stage: StageRecord, ranking: StageRanking) -> Iterator[str]:
    sheets = _sheets(ranking)
    yield from stage.rubric.notes
    yield from ranking.warnings
    for signal in (
        *far_sheets(sheets, stage.rubric.maximum),
        *constant_criteria(stage.rubric, stage.ballots),
        *far_criteria(stage.rubric, stage.ballots),
        *unlinked_panels(sheets),
    ):
        yield signal.text
