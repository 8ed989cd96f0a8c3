"""The whole way from marks to a place, line by line, to be followed with a hand calculator."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from scoring.aggregate import EntryScore, Method, Missing, Obstacle, Penalty, spread_of
from scoring.ballot import Ballot
from scoring.numbers import show_short
from scoring.ranking import Place
from scoring.rubric import FULL, Rubric
from scoring.stage import FinalRanking, StageRanking
from scoring.ties import Reason, Step
from scoring.what_if import METHOD_NAMES


class Part(Enum):
    """What a line tells."""

    STAGE = "stage"
    SHEET = "sheet"
    MARK = "mark"
    TOTAL = "total"
    JUDGE = "judge"
    MISSING = "missing"
    METHOD = "method"
    PENALTY = "penalty"
    FINAL = "final"
    TIE = "tie"
    PLACE = "place"


@dataclass(frozen=True)
class Line:
    """One step: an Indonesian sentence or sum, and the exact number it arrives at."""

    part: Part
    text: str
    value: Fraction | None = None


@dataclass(frozen=True)
class Names:
    """How ids are written for the reader; an id without a name stands for itself."""

    entries: Mapping[str, str]
    judges: Mapping[str, str]

    def entry(self, key: str) -> str:
        return self.entries.get(key, key)

    def judge(self, key: str) -> str:
        return self.judges.get(key, key)


PLAIN = Names({}, {})
"""Ids as they are."""

Stages = Mapping[str, tuple[Rubric, Sequence[Ballot]]]
"""Stage name -> its rubric and ballots."""


def explain_stage(
    rubric: Rubric, ballots: Iterable[Ballot], ranking: StageRanking, entry: str, names: Names = PLAIN
) -> tuple[Line, ...]:
    """From one entry's marks in one stage to its place in that stage; the last line is the place."""
    lines = list(_stage_lines(rubric, ballots, ranking, entry, names))
    return (*lines, *_place_lines(ranking, entry, {ranking.name: rubric}, names))


def explain_final(
    stages: Stages, ranking: FinalRanking, entry: str, names: Names = PLAIN
) -> tuple[Line, ...]:
    """From one entry's marks in all stages to its final place; the last line is the place."""
    lines: list[Line] = []
    for stage in ranking.stages:
        if entry in stage.ranking.scores:
            rubric, ballots = stages[stage.ranking.name]
            lines += _stage_lines(rubric, ballots, stage.ranking, entry, names)
    lines += _final_lines(ranking, entry)
    rubrics = {name: rubric for name, (rubric, _) in stages.items()}
    return (*lines, *_place_lines(ranking, entry, rubrics, names))


def as_text(lines: Iterable[Line]) -> str:
    """The lines as plain text, marks set in."""
    return "\n".join(("  " if line.part is Part.MARK else "") + line.text for line in lines)


def _stage_lines(
    rubric: Rubric, ballots: Iterable[Ballot], ranking: StageRanking, entry: str, names: Names
) -> Iterator[Line]:
    score = ranking.scores[entry]
    if ranking.name:
        yield Line(Part.STAGE, f"Tahap {ranking.name}")
    counted = {sheet.judge: sheet.total for sheet in score.sheets}
    own = {ballot.judge: ballot for ballot in ballots if ballot.entry == entry and ballot.judge in counted}
    for judge, total in counted.items():
        if judge in own:
            yield from _sheet_lines(rubric, own[judge], total, names)
        else:
            yield Line(Part.TOTAL, f"Jumlah lembar juri {names.judge(judge)}: {show_short(total)}", total)
    yield from _missing_lines(ranking, score, names)
    yield from _method_lines(ranking, score, names)


def _sheet_lines(rubric: Rubric, ballot: Ballot, total: Fraction, names: Names) -> Iterator[Line]:
    judge = names.judge(ballot.judge)
    yield Line(Part.SHEET, f"Lembar juri {judge}")
    points = []
    for criterion in rubric.criteria:
        mark = ballot.marks[criterion.id]
        points.append(rubric.points(criterion.id, mark))
        stretch = (
            f" × 100 / {show_short(rubric.weight)}" if rubric.normalised and rubric.weight != FULL else ""
        )
        text = (
            f"{criterion.name}: {show_short(mark)} / {show_short(criterion.scale.maximum)} "
            f"× {show_short(criterion.weight)}{stretch} {_is(points[-1])}"
        )
        yield Line(Part.MARK, text, points[-1])
    yield Line(Part.TOTAL, f"Jumlah lembar juri {judge}: {_plus(points)} {_is(total)}", total)


def _missing_lines(ranking: StageRanking, score: EntryScore, names: Names) -> Iterator[Line]:
    filled = dict(score.filled)
    for judge in score.missing:
        text = f"Lembar juri {names.judge(judge)} belum ada"
        if judge in filled:
            estimate = show_short(filled[judge])
            yield Line(Part.MISSING, f"{text}; menurut model aditif nilainya {estimate}.", filled[judge])
        elif ranking.rules.missing is Missing.PRESENT:
            yield Line(Part.MISSING, f"{text}; dihitung dari lembar yang ada.")
        else:
            yield Line(Part.MISSING, f"{text}.")


def _method_lines(ranking: StageRanking, score: EntryScore, names: Names) -> Iterator[Line]:
    if score.score is None:
        return
    method = ranking.rules.method
    yield from _JUDGE_LINES[method](ranking, score, names) if method in _JUDGE_LINES else ()
    values = [value for _, value in score.parts]
    penalty = score.penalty if method.in_points else Fraction(0)
    before = score.score + penalty
    steps = _sum_text(method, values, score)
    yield Line(Part.METHOD, f"Nilai tahap ({METHOD_NAMES[method]}): {steps} {_is(before)}", before)
    if penalty:
        yield from _penalty_lines(score.penalties)
        text = f"Nilai tahap setelah pengurangan: {show_short(before)} − {show_short(penalty)} {_is(score.score)}"
        yield Line(Part.PENALTY, text, score.score)


def _sum_text(method: Method, values: Sequence[Fraction], score: EntryScore) -> str:
    """The sum that leads from the judges' parts to the score."""
    ordered = sorted(values)
    if method is Method.MEDIAN:
        middle = (len(ordered) - 1) // 2
        kept = ordered[middle : len(ordered) - middle]
        said = f"urut {'; '.join(map(show_short, ordered))}, nilai tengah "
        return said + (show_short(kept[0]) if len(kept) == 1 else f"({_plus(kept)}) / 2")
    if method is Method.TRIMMED:
        low, high = show_short(ordered[0]), show_short(ordered[-1])
        return f"tanpa {low} dan {high}, ({_plus(ordered[1:-1])}) / {len(ordered) - 2}"
    if method is Method.RANK_SUM:
        if len(score.missing) == len(score.filled):
            return _plus(values)
        return f"({_plus(values)}) / {len(values)} × {len(score.sheets) + len(score.missing)}"
    return f"({_plus(values)}) / {len(values)}"


def _is(value: Fraction) -> str:
    """The end of a sum: "= 80", or "≈ 0,333333" where digits were cut."""
    text = show_short(value)
    return f"≈ {text[1:]}" if text.startswith("≈") else f"= {text}"


def _plus(values: Iterable[Fraction]) -> str:
    return " + ".join(f"({show_short(value)})" if value < 0 else show_short(value) for value in values)


def _column(ranking: StageRanking, judge: str) -> dict[str, Fraction]:
    """One judge's totals as the method saw them: penalties taken off, estimates put in."""
    column = {}
    for score in ranking.scores.values():
        totals = {**{sheet.judge: sheet.total for sheet in score.sheets}, **dict(score.filled)}
        if judge in totals:
            column[score.entry] = totals[judge] - score.penalty
    return column


def _z_score_lines(ranking: StageRanking, score: EntryScore, names: Names) -> Iterator[Line]:
    yield from _penalty_lines(score.penalties)
    for judge, part in score.parts:
        column = _column(ranking, judge)
        found = spread_of(list(column.values()))
        middle, spread = found.mean, found.deviation or Fraction(0)
        text = f"Juri {names.judge(judge)}: rata-rata {show_short(middle)}, simpangan baku {show_short(spread)}; "
        if spread:
            own = show_short(column[score.entry])
            text += f"({own} − {show_short(middle)}) / {show_short(spread)} {_is(part)}"
        else:
            text += "tanpa simpangan, skor baku 0"
        yield Line(Part.JUDGE, text, part)


def _rank_lines(ranking: StageRanking, score: EntryScore, names: Names) -> Iterator[Line]:
    yield from _penalty_lines(score.penalties)
    for judge, part in score.parts:
        column = _column(ranking, judge)
        own = column[score.entry]
        above = sum(total > own for total in column.values())
        equal = sum(total == own for total in column.values())
        text = (
            f"Juri {names.judge(judge)}: {show_short(own)}; {above} peserta di atasnya, {equal} dengan nilai ini; "
            f"peringkat {above} + ({equal} + 1) / 2 {_is(part)}"
        )
        yield Line(Part.JUDGE, text, part)


def _additive_lines(ranking: StageRanking, score: EntryScore, names: Names) -> Iterator[Line]:
    totals = {**{sheet.judge: sheet.total for sheet in score.sheets}, **dict(score.filled)}
    for judge, part in score.parts:
        severity = totals[judge] - part
        text = (
            f"Juri {names.judge(judge)}: {show_short(totals[judge])} − ({show_short(severity)}) {_is(part)}; "
            f"juri ini menilai {show_short(abs(severity))} "
            f"{'lebih rendah' if severity < 0 else 'lebih tinggi'} daripada panel."
        )
        yield Line(Part.JUDGE, text, part)


_JUDGE_LINES: Mapping[Method, Callable[[StageRanking, EntryScore, Names], Iterator[Line]]] = {
    Method.Z_SCORE: _z_score_lines,
    Method.RANK_SUM: _rank_lines,
    Method.ADDITIVE: _additive_lines,
}


def _penalty_lines(penalties: Iterable[Penalty]) -> Iterator[Line]:
    for penalty in penalties:
        text = f"Pengurangan nilai: {show_short(penalty.points)} ({penalty.reason})"
        yield Line(Part.PENALTY, text, Fraction(penalty.points))


def _final_lines(ranking: FinalRanking, entry: str) -> Iterator[Line]:
    score = ranking.of(entry).score
    if score is None:
        return
    terms = []
    for stage in ranking.stages:
        if stage.weight:
            value = stage.ranking.scores[entry].score
            terms.append(f"{show_short(stage.weight)} / 100 × {show_short(value or Fraction(0))}")
    taken = [penalty for penalty in ranking.penalties if penalty.entry == entry]
    yield from _penalty_lines(taken)
    less = "".join(f" − {show_short(penalty.points)}" for penalty in taken)
    yield Line(Part.FINAL, f"Nilai akhir: {' + '.join(terms)}{less} {_is(score)}", score)


def _place_lines(
    ranking: StageRanking | FinalRanking, entry: str, rubrics: Mapping[str, Rubric], names: Names
) -> Iterator[Line]:
    place = ranking.of(entry)
    for reason in place.reasons:
        yield Line(Part.TIE, _reason_text(reason, entry, rubrics, names), reason.value)
    if place.place is None:
        yield Line(Part.PLACE, f"Belum mendapat peringkat: {_obstacle_text(ranking, entry, names)}.")
    else:
        yield Line(Part.PLACE, f"Peringkat {place.place}{_shared_text(place, names)}.", Fraction(place.place))


def _reason_text(reason: Reason, entry: str, rubrics: Mapping[str, Rubric], names: Names) -> str:
    others = ", ".join(names.entry(other) for other in reason.group if other != entry)
    start = f"Nilai sama dengan {others}. "
    stage = f" pada tahap {reason.stage}" if reason.stage else ""
    if reason.step is Step.JOINT:
        return start + (_note(reason) if reason.decision else "Menurut aturan, peringkat dipakai bersama.")
    if reason.step is Step.DECISION:
        return start + _note(reason)
    if reason.step is Step.UNSETTLED:
        return start + "Urutan pemecah sudah habis; diperlukan keputusan tertulis panel."
    value = show_short(reason.value or Fraction(0))
    outcome = "yang lebih tinggi didahulukan." if reason.separated else "semua sama."
    if reason.step is Step.CRITERION:
        name = rubrics[reason.stage].by_id[reason.criterion].name
        return f"{start}Rata-rata kriteria {name}{stage}: {value}; {outcome}"
    return f"{start}Banyaknya juri yang memberi nilai tertinggi{stage}: {value}; {outcome}"


def _note(reason: Reason) -> str:
    note = reason.decision.note if reason.decision else ""
    if reason.step is Step.JOINT:
        return f"Keputusan panel: peringkat dipakai bersama ({note})."
    return f"Urutan menurut keputusan panel ({note})."


def _shared_text(place: Place, names: Names) -> str:
    if not place.tied:
        return ""
    shared = f", bersama {', '.join(names.entry(other) for other in place.tied)}"
    return shared if place.settled else f"{shared}, menunggu keputusan panel"


def _obstacle_text(ranking: StageRanking | FinalRanking, entry: str, names: Names) -> str:
    if isinstance(ranking, FinalRanking):
        lacking = (stage for stage in ranking.stages if stage.weight and not _has_score(stage.ranking, entry))
        return f"belum ada nilai tahap {next(lacking).ranking.name}"
    score = ranking.scores[entry]
    if score.obstacle is Obstacle.WAITING:
        return f"menunggu lembar juri {', '.join(map(names.judge, score.missing))}"
    if score.obstacle is Obstacle.TOO_FEW:
        return "rata-rata terpangkas memerlukan sedikitnya tiga lembar"
    if score.obstacle is Obstacle.UNLINKED:
        return "pembagian juri terpisah dan tidak dapat dibandingkan"
    return "belum ada lembar nilai"


def _has_score(ranking: StageRanking, entry: str) -> bool:
    return entry in ranking.scores and ranking.scores[entry].score is not None
