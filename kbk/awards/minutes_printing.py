"""What stands on the berita acara of a stage, filled from its marks, rules, decisions and panel."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from kbk.awards import minutes_queries, printing, queries
from kbk.awards.minutes_queries import SheetNote
from kbk.awards.models import SignedCopy
from kbk.awards.papers import (
    CriterionRow,
    MinutesPaper,
    OutsideList,
    PanelMember,
    RankingPaper,
    Score,
    SheetTable,
    TieNote,
)
from kbk.awards.tally import CategoryTally, Row, StageFacts, StageTally
from kbk.competitions.models import Stage
from kbk.competitions.rules import slug
from kbk.indonesian import format_date, format_datetime, format_integer, in_words, join_words
from kbk.judging import queries as judging
from kbk.judging.models import Judge
from scoring.aggregate import Missing
from scoring.cut import AtLine
from scoring.numbers import show_short
from scoring.rubric import Rubric

MOST_JUDGE_COLUMNS = 3
"""Columns of judges that leave room for names on an upright page; the annex has them all."""
JUDGES_SIDE_BY_SIDE = 12
MOST_STEPS = 6
MOST_NAMES = 12
"""Criteria and names in a sentence; longer lists stand in an annex."""
CHAIR, MEMBER = "Ketua", "Anggota"
NOT_APPOINTED, UNSIGNED, GIVEN_UP = "–", "T", "M"
"""What stands for a total where there is none: not appointed, never signed, given up."""
AT_LINE = {
    AtLine.TAKE_ALL: "semua yang bernilai sama ikut lolos",
    AtLine.CHAIN: "urutan penentu memisahkannya, dan yang tetap sama diputuskan tertulis oleh dewan juri",
    AtLine.DECISION: "dewan juri memutuskannya secara tertulis dan urutan penentu di bawah ini tidak dipakai",
}
UNSIGNED_MEANS = {
    Missing.WAIT: "tidak diperhitungkan",
    Missing.PRESENT: "tidak diperhitungkan; nilai kosong tidak dihitung nol",
    Missing.ADDITIVE: "ditaksir dengan model aditif; nilai kosong tidak dihitung nol",
}


@dataclass(frozen=True, slots=True)
class MinutesInput:
    """What the committee adds: the registry's number, day and place, who chairs, and who was not there."""

    number: str
    issued_on: date
    venue: str
    chair_id: int | None = None
    absent: tuple[int, ...] = ()


def usual_input(stage: Stage) -> MinutesInput:
    """What a berita acara says unless somebody says otherwise: the day of the decision, the town, no number.

    Place and chair are those of the edition's last one, as far as that judge sat on this panel too.
    """
    last = minutes_queries.last_minutes(stage.competition)
    return MinutesInput(
        number="",
        issued_on=printing.decision_day(stage),
        venue=last.venue if last else printing.town(stage.competition),
        chair_id=last.chair_id if last and last.chair_id in minutes_queries.panel_names(stage) else None,
    )


def minutes_paper(stage: Stage, given: MinutesInput, *, public_id: str | None) -> MinutesPaper:
    """The berita acara of a closed or decided stage; without a `public_id` it is a draft that nobody can check.

    Raises NotAllowed when a decided result no longer follows from its marks.
    """
    printing.check_recount(stage)
    tally = queries.stage_tally(stage)
    facts, competition = tally.facts, stage.competition
    notes = minutes_queries.sheet_notes(stage)
    panel = panel_members(stage, facts, notes, given)
    labels = {judge: member.label for judge, member in panel.items()}
    outside = _outside(stage)
    title = "Berita Acara Penilaian"
    return MinutesPaper(
        letterhead=printing.letterhead(competition),
        title=title if public_id else f"Rancangan {title}",
        number=given.number or None,
        edition=printing.occasion(competition),
        stage=stage.name,
        venue=given.venue,
        place=printing.town(competition),
        day=given.issued_on,
        panel=tuple(panel.values()),
        activity=_activity(stage, facts),
        method=_method(facts),
        results=tuple(_result(stage, facts, own, labels) for own in tally.categories),
        not_counted=_not_counted(tally, notes, outside),
        rubric=facts.rubric.name,
        criteria=_criteria(facts.rubric, facts.chain),
        sheets=tuple(table for own in tally.categories for table in _sheet_tables(facts, own, labels, notes)),
        outside=tuple(found for found in outside if len(found.names) > MOST_NAMES),
        acknowledged_by=printing.signer(competition),
        fingerprint=marks_fingerprint(facts),
        check_url=printing.check_url(public_id) if public_id else None,
        draft=public_id is None,
    )


def marks_fingerprint(facts: StageFacts) -> str:
    """The SHA-256 of every signed mark of the stage, in 64 hexadecimal digits; the order of reading is no matter."""
    groups = {item.group_id: item.public_id for item in facts.contestants}
    marks = sorted(
        [groups[sheet.group_id], sheet.judge_id, criterion, str(value)]
        for sheet in facts.sheets
        if sheet.signed
        for criterion, value in sheet.marks.items()
    )
    return hashlib.sha256(json.dumps(marks).encode()).hexdigest()


def panel_members(
    stage: Stage, facts: StageFacts, notes: Sequence[SheetNote], given: MinutesInput
) -> Mapping[str, PanelMember]:
    """The judges who have a sheet that counts or was awaited, by judge id, the chair first."""
    known = {judge.id: judge for judge in judging.judges(stage.competition)}
    order = sorted(facts.judges, key=lambda judge_id: (judge_id != given.chair_id, judge_id))
    members = {}
    for number, judge_id in enumerate(order, 1):
        signed = [note.signed_at for note in notes if note.judge_id == judge_id and note.recused_at is None]
        moments = [moment for moment in signed if moment is not None]
        standing = f"Juri {number}"
        if given.chair_id is not None:
            standing = CHAIR if judge_id == given.chair_id else MEMBER
        members[str(judge_id)] = PanelMember(
            label=f"Juri {number}",
            name=known[judge_id].user.name,
            standing=standing,
            office=office(known[judge_id]),
            nip=known[judge_id].user.nip,
            present=judge_id not in given.absent,
            sheets=len(moments),
            last=format_datetime(max(moments), stage.competition.zone) if moments else "",
        )
    return members


def office(judge: Judge) -> str:
    """A judge's position and where it is held."""
    institution = judge.institution or (judge.unit.name if judge.unit else "")
    return ", ".join(part for part in (judge.job_title, institution) if part)


def _activity(stage: Stage, facts: StageFacts) -> str:
    """What the panel did, to follow "telah melaksanakan"."""
    zone = stage.competition.zone
    number = len(facts.contestants)
    days = [
        format_date(moment.astimezone(zone.tz).date())
        for moment in (stage.opened_at or stage.starts_at, stage.closed_at or stage.ends_at)
    ]
    span = f"pada tanggal {days[0]}" if days[0] == days[1] else f"dari tanggal {days[0]} sampai {days[1]}"
    return (
        f"penilaian tahap {stage.name} pada {printing.occasion(stage.competition)} terhadap {format_integer(number)} "
        f"({in_words(number)}) Kelompok Budaya Kerja (KBK) {span}"
    )


def _method(facts: StageFacts) -> tuple[str, ...]:
    rubric = facts.rubric
    asked = (
        f"Setiap juri mengisi dan menandatangani lembar nilainya sendiri menurut rubrik “{rubric.name}” yang terdiri "
        f"atas {format_integer(len(rubric.criteria))} kriteria (Lampiran I). {' '.join(rubric.notes)}".strip()
    )
    present = {item.category_id for item in facts.contestants}
    quotas = [item for item in facts.categories if item.category_id in present and item.quota is not None]
    line: tuple[str, ...] = ()
    if quotas:
        numbers = join_words([f"{item.quota} kelompok {item.name}" for item in quotas])
        line = (f"Yang lolos: {numbers}. Bila nilai sama tepat di batas lolos, {AT_LINE[facts.at_line]}.",)
    return (asked, *printing.method_sentences(facts), *line, _ties_are_parted(facts))


def _result(stage: Stage, facts: StageFacts, own: CategoryTally, labels: Mapping[str, str]) -> RankingPaper:
    judges = set(printing.judges_of(facts, own))
    own_labels = {judge: label for judge, label in labels.items() if judge in judges}
    ranking = printing.category_ranking(stage, facts, own, labels=own_labels, most_judges=MOST_JUDGE_COLUMNS)
    return replace(ranking, ties=tuple(_dated(tie, stage, facts, own) for tie in ranking.ties))


def _dated(tie: TieNote, stage: Stage, facts: StageFacts, own: CategoryTally) -> TieNote:
    """The tie with the days on which the panel's decisions about it were written down."""
    names = facts.names
    zone = stage.competition.zone.tz
    days = [
        format_date(decision.decided_at.astimezone(zone).date())
        for decision in facts.decisions
        if decision not in own.unused and {names.get(group) for group in decision.order} <= set(tie.groups)
    ]
    if not days:
        return tie
    return replace(tie, explanation=f"{tie.explanation} Keputusan dicatat {join_words(days)}.")


def _criteria(rubric: Rubric, chain: Sequence[str]) -> tuple[CriterionRow, ...]:
    turns = {criterion: turn for turn, criterion in enumerate(chain, 1)}
    return tuple(
        CriterionRow(
            aspect.name,
            item.name,
            f"{show_short(item.scale.minimum)}–{show_short(item.scale.maximum)}",
            item.weight,
            turns.get(item.id),
        )
        for aspect in rubric.aspects
        for item in aspect.criteria
    )


def _ties_are_parted(facts: StageFacts) -> str:
    """What parts equal scores; a long chain is read off the annex."""
    panel = "keputusan tertulis dewan juri"
    names = [facts.rubric.by_id[criterion].name for criterion in facts.chain]
    if not names:
        return f"Nilai akhir yang sama tepat dipisahkan dengan {panel}. Tidak ada undian."
    if len(names) > MOST_STEPS:
        chain = f"{len(names)} kriteria dalam urutan penentu pada Lampiran I"
    else:
        chain = "kriteria " + "; ".join(f"({turn}) {name}" for turn, name in enumerate(names, 1))
    return (
        f"Nilai akhir yang sama tepat dipisahkan berturut-turut menurut {chain}; yang tetap sama, dengan {panel}. "
        "Tidak ada undian."
    )


def _not_counted(
    tally: StageTally, notes: Iterable[SheetNote], outside: Iterable[OutsideList]
) -> tuple[str, ...]:
    """Who did not take part, who was not judged by whom, and which sheets do not count, each in a sentence."""
    given_up: dict[tuple[str, str], list[str]] = {}
    unsigned: dict[str, list[str]] = {}
    for note in notes:
        if note.recused_at is not None:
            given_up.setdefault((note.judge, note.reason), []).append(note.group)
        elif note.signed_at is None:
            unsigned.setdefault(note.judge, []).append(note.group)
    means = UNSIGNED_MEANS[tally.facts.missing]
    return (
        *(_told(found) for found in outside),
        *(
            f"KBK {row.contestant.name} tidak memperoleh nilai dan karena itu tidak diberi tempat."
            for row in tally.rows
            if row.score is None
        ),
        *(
            f"{judge} tidak menilai KBK {join_words(groups)}, dengan alasan: {reason.rstrip('. ')}."
            for (judge, reason), groups in given_up.items()
        ),
        *(
            f"Lembar nilai {judge} untuk KBK {join_words(groups)} tidak ditandatangani sampai penilaian ditutup "
            f"dan {means}."
            for judge, groups in unsigned.items()
        ),
    )


def _outside(stage: Stage) -> tuple[OutsideList, ...]:
    """The registered groups that the first stage did not judge; later stages have those that were let in."""
    if stage.position > 1:
        return ()
    outside = minutes_queries.groups_outside(stage)
    lists = (
        OutsideList(
            title, tuple(f"{item.name} ({item.unit})" for item in outside if item.handed_in is handed_in)
        )
        for handed_in, title in (
            (False, "terdaftar tetapi tidak menyerahkan risalah"),
            (True, "menyerahkan risalah tetapi tidak diikutsertakan dalam tahap ini"),
        )
    )
    return tuple(found for found in lists if found.names)


def _told(outside: OutsideList) -> str:
    """How many stayed outside and who; long lists of names stand in an annex."""
    number = len(outside.names)
    names = "namanya pada Lampiran IV" if number > MOST_NAMES else join_words(outside.names)
    return f"{format_integer(number)} ({in_words(number)}) KBK {outside.title}: {names}."


def _sheet_tables(
    facts: StageFacts, own: CategoryTally, labels: Mapping[str, str], notes: Sequence[SheetNote]
) -> list[SheetTable]:
    """Every sheet of a category in the order of its ranking, at most JUDGES_SIDE_BY_SIDE judges to a table."""
    appointed = set(printing.judges_of(facts, own))
    given_up = {(str(note.judge_id), note.group_id) for note in notes if note.recused_at is not None}
    judges = [judge for judge in labels if judge in appointed]
    return [
        SheetTable(
            own.category.name,
            tuple(labels[judge] for judge in beside),
            tuple((row.contestant.name, _totals(row, beside, given_up)) for row in own.rows),
        )
        for first in range(0, len(judges), JUDGES_SIDE_BY_SIDE)
        if (beside := judges[first : first + JUDGES_SIDE_BY_SIDE])
    ]


def _totals(row: Row, judges: Sequence[str], given_up: set[tuple[str, int]]) -> tuple[Score | str, ...]:
    found: dict[str, Fraction | str] = dict.fromkeys(judges, NOT_APPOINTED)
    found |= {judge: GIVEN_UP for judge in judges if (judge, row.contestant.group_id) in given_up}
    found |= dict.fromkeys(row.own.missing, UNSIGNED)
    found |= {sheet.judge: sheet.total for sheet in row.own.sheets}
    return tuple(found[judge] for judge in judges)


def minutes_file_name(stage: Stage, *, draft: bool = False) -> str:
    """A name under which people keep the file: "berita-acara-gelar.pdf"."""
    kind = "rancangan berita acara" if draft else "berita acara"
    return f"{slug(f'{kind} {stage.name}')}.pdf"


def signed_copy_file_name(copy: SignedCopy) -> str:
    """A name under which people keep a scan: "berita-acara-gelar-bertanda-tangan-1.pdf"."""
    return f"{slug(f'berita acara {copy.minutes.stage.name} bertanda tangan {copy.number}')}.pdf"
