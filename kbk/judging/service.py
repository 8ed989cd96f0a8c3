"""Use cases of judging: judges, entries, appointments and score sheets. Never commits."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select, update

from kbk.accounts import queries as accounts
from kbk.accounts.models import User
from kbk.audit.changes import differences
from kbk.audit.trail import record
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition, Stage, StageState, Unit
from kbk.db import db
from kbk.errors import Closed, Conflict, InvalidInput, NotAllowed
from kbk.groups.models import Group
from kbk.judging import queries, rules
from kbk.judging.models import Entry, Judge, Mark, Sheet
from kbk.policy import Actor
from kbk.versions import CHANGED_MEANWHILE, advance
from scoring.numbers import record_text
from scoring.rubric import Rubric

CHANGED_ELSEWHERE = "Lembar nilai ini sudah disimpan dari tab atau perangkat lain sejak halaman ini dibuka."
READ_ANOTHER = (
    "Risalah kelompok ini diserahkan ulang sejak halaman ini dibuka: yang Anda baca bukan lagi yang dinilai, "
    "dan isian ini belum disimpan."
)


def add_judge(
    actor: Actor | None,
    competition: Competition,
    user: User,
    *,
    unit: Unit | None = None,
    institution: str = "",
    job_title: str = "",
    now: datetime,
) -> Judge:
    """Appoint a person as judge of an edition; `unit` is the person's own office in the city, if any.

    Raises InvalidInput when the person is a judge of it already, or without unit and institution, and NotAllowed
    for one of the committee.
    """
    rules.check_origin(has_unit=unit is not None, institution=institution)
    rules.check_may_judge(user.person, [organiser.person for organiser in accounts.organisers()])
    db.session.flush()
    if queries.is_judge_of(competition, user.id):
        raise InvalidInput(f"{user.name} sudah menjadi juri gelar ini.", field="name")
    judge = Judge(
        competition=competition,
        user=user,
        unit=unit,
        institution=institution,
        job_title=job_title,
        created_at=now,
    )
    db.session.add(judge)
    record(actor, "judge-added", judge, now=now, name=user.name)
    return judge


def change_judge(
    actor: Actor,
    judge: Judge,
    *,
    version: int,
    unit: Unit | None,
    institution: str,
    job_title: str,
    now: datetime,
) -> None:
    """Correct where a judge comes from, unless somebody else did since `version` was read: Conflict.

    Raises InvalidInput when that makes an entry already given to the judge one of the own unit, or without
    unit and institution.
    """
    rules.check_origin(has_unit=unit is not None, institution=institution)
    if unit is not None and (given := queries.groups_judged(judge, unit)):
        raise InvalidInput(
            f"{judge.user.name} sudah ditugaskan menilai KBK {given[0].name} dari {unit.name}. "
            "Cabut penugasan itu lebih dahulu.",
            field="unit",
        )
    changes = differences(
        {
            "unit": judge.unit.name if judge.unit else None,
            "institution": judge.institution,
            "job_title": judge.job_title,
        },
        {"unit": unit.name if unit else None, "institution": institution, "job_title": job_title},
    )
    if changes:
        values = {"unit_id": unit.id if unit else None, "institution": institution, "job_title": job_title}
        advance(judge, version, values, CHANGED_MEANWHILE.format(thing="Data juri ini"))
        record(actor, "judge-changed", judge, now=now, changes=changes)


def remove_judge(actor: Actor, judge: Judge, now: datetime) -> None:
    """Take back the appointment of a judge who has not been given any sheet; raises NotAllowed otherwise."""
    if queries.has_sheets(judge):
        raise NotAllowed(
            f"{judge.user.name} sudah mempunyai lembar nilai. Cabut dahulu semua penugasannya, "
            "atau bebastugaskan juri ini dengan alasan."
        )
    record(actor, "judge-removed", judge, now=now, name=judge.user.name)
    db.session.delete(judge)


def admit(actor: Actor | None, stage: Stage, group_ids: Collection[int], now: datetime) -> int:
    """Let groups take part in a stage and return how many are new to it."""
    db.session.flush()
    present = set(db.session.scalars(select(Entry.group_id).where(Entry.stage_id == stage.id)))
    new = sorted(set(group_ids) - present)
    db.session.add_all(Entry(stage_id=stage.id, group_id=group_id, created_at=now) for group_id in new)
    if new:
        names = db.session.scalars(select(Group.name).where(Group.id.in_(new)).order_by(Group.name))
        record(actor, "entries-admitted", stage, now=now, count=len(new), groups=list(names))
    return len(new)


def admit_late(actor: Actor, stage: Stage, now: datetime) -> int:
    """Let the groups that have handed in since the first stage was opened take part; return how many."""
    rules.check_stage_open(stage=stage.name, state=stage.state)
    return admit(actor, stage, queries.late_joiners(stage), now)


def open_stage(actor: Actor | None, stage: Stage, now: datetime) -> None:
    """Open a planned stage for marks; into the first one come all groups that have handed in.

    Raises NotAllowed while the stage before is not decided, the rubric cannot be used or nobody takes part,
    and Conflict when somebody else has opened it meanwhile.
    """
    before = competitions.previous_stage(stage)
    previous = (before.name, before.state.value) if before else None
    rules.check_can_open(stage=stage.name, state=stage.state, previous=previous)
    rules.check_tie_chain(rules.read_rubric(stage.rubric, stage.name), stage.tie_chain, stage.name)
    if before is None:
        admit(actor, stage, queries.handed_in_group_ids(stage.competition), now)
    if not db.session.scalar(select(Entry.id).where(Entry.stage_id == stage.id).limit(1)):
        raise NotAllowed(
            f"Tahap {stage.name} belum mempunyai peserta. "
            "Tahap dapat dibuka sesudah ada risalah yang diserahkan."
        )
    opened = db.session.scalar(
        update(Stage)
        .where(Stage.id == stage.id, Stage.state == StageState.PLANNED)
        .values(state=StageState.OPEN, opened_at=now)
        .returning(Stage.id)
    )
    if opened is None:
        raise Conflict(f"Tahap {stage.name} baru saja dibuka oleh panitia lain. Muat ulang halaman ini.")
    record(actor, "stage-opened", stage, now=now)


def appoint(actor: Actor | None, entry: Entry, judge: Judge, now: datetime) -> Sheet:
    """Give a judge an entry; one who had stepped back gets the sheet back and decides about what is written on it.

    Raises NotAllowed when the entry comes from the judge's own unit, when the judge belongs to another
    edition or to the committee, and when the stage is closed.
    """
    db.session.flush()
    rules.check_can_appoint(stage=entry.stage.name, state=entry.stage.state)
    if judge.competition_id != entry.stage.competition_id:
        raise NotAllowed(f"{judge.user.name} bukan juri gelar ini.")
    if judge.user.is_organiser:
        rules.check_may_judge(judge.user.person, [judge.user.person])
    if entry.group.unit_id in queries.own_units([judge])[judge.id]:
        raise NotAllowed(
            rules.conflict(judge=judge.user.name, group=entry.group.name, unit=entry.group.unit.name)
        )
    sheet, kept = queries.sheet_of(entry, judge), 0
    if sheet is None:
        sheet = Sheet(entry=entry, judge=judge)
        db.session.add(sheet)
    elif sheet.recused_at is None:
        return sheet
    else:
        kept = len(queries.marks(sheet))
        sheet.recused_at, sheet.recusal_reason = None, ""
        sheet.returned_at = now if kept or sheet.comment else None
        sheet.version += 1
    details = {"judge": judge.user.name, "group": entry.group.name} | ({"kept": kept} if kept else {})
    record(actor, "judge-appointed", sheet, now=now, **details)
    return sheet


def withdraw_appointment(actor: Actor, sheet: Sheet, now: datetime) -> None:
    """Take an entry from a judge who has written nothing on the sheet yet; raises NotAllowed otherwise."""
    # A mark that is being saved at this moment is waited for.
    db.session.refresh(sheet, with_for_update={"of": Sheet})
    entry, name = sheet.entry, sheet.judge.user.name
    rules.check_can_appoint(stage=entry.stage.name, state=entry.stage.state)
    rules.check_can_withdraw(
        judge=name,
        group=entry.group.name,
        state=queries.state_of(sheet, len(queries.marks(sheet))),
        commented=bool(sheet.comment or queries.earlier_marks(sheet)),
    )
    record(actor, "appointment-withdrawn", sheet, now=now, judge=name, group=entry.group.name)
    db.session.delete(sheet)


def change_panel(
    actor: Actor, entry: Entry, *, shown: Collection[Judge], chosen: Collection[Judge], now: datetime
) -> None:
    """Let exactly the chosen judges judge an entry.

    Raises Conflict when other judges than the page has `shown` judge it by now, unless they are the chosen ones.
    """
    sheets = {sheet.judge: sheet for sheet in queries.panel(entry)}
    if sheets.keys() == set(chosen):
        return
    if sheets.keys() != set(shown):
        raise Conflict(CHANGED_MEANWHILE.format(thing="Penugasan juri untuk peserta ini"))
    for judge in sorted(sheets.keys() - set(chosen), key=lambda judge: judge.id):
        withdraw_appointment(actor, sheets[judge], now)
    for judge in sorted(set(chosen) - sheets.keys(), key=lambda judge: judge.id):
        appoint(actor, entry, judge, now)


def share_out(actor: Actor, stage: Stage, per_entry: int, now: datetime) -> int:
    """Complete every panel to `per_entry` judges with even loads and return the number of new appointments.

    What is appointed stays; nobody gets an entry of the own unit or one that was given up. Raises NotAllowed
    for a closed stage and InvalidInput when an entry has too few judges to choose from.
    """
    rules.check_can_appoint(stage=stage.name, state=stage.state)
    entries, judges = queries.entries(stage), queries.judges(stage.competition)
    sheets = {(sheet.entry_id, sheet.judge_id): sheet.state for sheet in queries.sheets_of_stage(stage)}
    own = queries.own_units(judges)
    pairs = rules.planned_pairs(
        per_entry,
        names={entry.id: entry.group.name for entry in entries},
        judges=[judge.id for judge in judges if not judge.user.is_organiser],
        forbidden={
            (entry.id, judge.id)
            for entry in entries
            for judge in judges
            if entry.group.unit_id in own[judge.id]
        },
        appointed={pair for pair, state in sheets.items() if state is not rules.SheetState.RECUSED},
        given_up={pair for pair, state in sheets.items() if state is rules.SheetState.RECUSED},
    )
    db.session.add_all(Sheet(entry_id=entry, judge_id=judge) for entry, judge in pairs)
    if pairs:
        loads = Counter(judge for _, judge in pairs)
        shares = {judge.user.name: loads[judge.id] for judge in judges if judge.id in loads}
        record(actor, "judges-shared-out", stage, now=now, per_entry=per_entry, new_sheets=shares)
    return len(pairs)


def save_sheet(
    actor: Actor,
    sheet: Sheet,
    marks: Mapping[str, str],
    comment: str,
    version: int,
    now: datetime,
    *,
    hand_in: int | None = None,
) -> dict[str, str]:
    """Keep what a judge has typed and return what could not be kept, in words, by criterion id.

    `marks` maps criterion ids to typed texts: a blank takes the mark away, a wrong one too, a criterion that
    is not named keeps what it has. A comment that is too long is reported under `rules.COMMENT`. Raises
    InvalidInput for an unknown criterion, NotAllowed while the sheet or its stage is not open, Conflict when
    the sheet is no longer at `version`, or when another hand-in than number `hand_in`, which was read, is judged.
    What is stored already is no conflict: on a bad network the answer to a save gets lost, and it is sent again.
    """
    rubric = _check_writable(sheet, hand_in)
    read = rules.read_marks(rubric, marks)
    problems = dict(read.problems)
    if len(comment) > rules.LONGEST_COMMENT:
        problems[rules.COMMENT] = (
            f"Catatan paling banyak {rules.LONGEST_COMMENT} huruf, sekarang {len(comment)}. Singkat dahulu."
        )
        comment = sheet.comment
    stored = queries.marks(sheet)
    wanted = _without_blanks({**stored, **read.marks})
    if wanted == stored and comment == sheet.comment:
        return problems
    complete = not rubric.problems(wanted)
    total = rubric.total(wanted) if complete else None
    _advance(sheet, version, comment=comment, updated_at=now, total=total)
    _replace_marks(sheet, stored, wanted)
    record(actor, "sheet-saved", sheet, now=now, filled=len(wanted))
    return problems


def sign_sheet(actor: Actor, sheet: Sheet, version: int, now: datetime) -> None:
    """Lock a complete sheet as the judge's own verdict.

    Raises NotAllowed with the missing criteria, or when sheet or stage are not open, and Conflict when the
    sheet is no longer at `version`.
    """
    rubric = _check_writable(sheet)
    marks = queries.marks(sheet)
    if missing := rubric.problems(marks):
        raise NotAllowed(
            f"Lembar ini belum lengkap: {len(missing)} dari {len(rubric.criteria)} kriteria belum dinilai. "
            "Lengkapi dahulu, lalu tandatangani."
        )
    total = rubric.total(marks)
    _advance(sheet, version, total=total, signed_at=now, updated_at=now)
    shown = {criterion: str(marks[criterion]) for criterion in sorted(marks)}
    record(actor, "sheet-signed", sheet, now=now, total=record_text(total), marks=shown)


def recuse(actor: Actor, sheet: Sheet, reason: str, now: datetime) -> None:
    """Let a judge step back from an entry, or be relieved of it by the committee; the sheet no longer counts.

    Raises InvalidInput without a reason and NotAllowed for a signed sheet or a closed stage.
    """
    _require_reason(reason)
    rules.check_can_appoint(stage=sheet.entry.stage.name, state=queries.hold_stage(sheet))
    rules.check_can_recuse(state=queries.state_of(sheet, 0))
    _advance(sheet, sheet.version, recused_at=now, recusal_reason=reason, returned_at=None)
    record(actor, "judge-recused", sheet, now=now, judge=sheet.judge.user.name, reason=reason)


def reopen_sheet(actor: Actor, sheet: Sheet, reason: str, now: datetime) -> None:
    """Take the signature off a sheet so that its judge can correct it.

    Raises InvalidInput without a reason and NotAllowed for a sheet without signature or a closed stage.
    """
    _require_reason(reason)
    rules.check_stage_open(stage=sheet.entry.stage.name, state=queries.hold_stage(sheet))
    if sheet.signed_at is None:
        raise NotAllowed("Lembar nilai ini belum ditandatangani, jadi jurinya masih dapat mengisinya.")
    changed = db.session.scalar(
        update(Sheet)
        .where(Sheet.id == sheet.id, Sheet.signed_at.is_not(None))
        .values(signed_at=None, reopened_at=now, reopening_reason=reason, version=Sheet.version + 1)
        .returning(Sheet.id)
    )
    if changed is None:
        raise Conflict("Lembar nilai ini baru saja dibuka kembali oleh panitia lain. Muat ulang halaman ini.")
    record(actor, "sheet-reopened", sheet, now=now, judge=sheet.judge.user.name, reason=reason)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput("Tulis alasannya; alasan ini tersimpan dalam jejak perubahan.", field="reason")


def _check_writable(sheet: Sheet, hand_in: int | None = None) -> Rubric:
    """The rubric of a sheet that may be written on; raises Closed, and Conflict for another hand-in."""
    stage, submission = sheet.entry.stage, queries.hold_submission(sheet.entry.group_id)
    locked = rules.lock(
        stage=stage.name,
        stage_state=queries.hold_stage(sheet),
        state=queries.state_of(sheet, 0),
        handed_in=submission is not None,
        organises=sheet.judge.user.is_organiser,
    )
    if locked:
        raise Closed(locked)
    if submission is not None and hand_in not in (None, submission.number):
        raise Conflict(READ_ANOTHER)
    return rules.read_rubric(stage.rubric, stage.name)


def _without_blanks(marks: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    return {criterion: mark for criterion, mark in marks.items() if mark is not None}


def _replace_marks(sheet: Sheet, stored: Mapping[str, Decimal], wanted: Mapping[str, Decimal]) -> None:
    changed = {name for name in stored.keys() | wanted.keys() if stored.get(name) != wanted.get(name)}
    db.session.execute(delete(Mark).where(Mark.sheet_id == sheet.id, Mark.criterion.in_(changed)))
    rows = [
        {"sheet_id": sheet.id, "criterion": name, "value": wanted[name]} for name in changed & wanted.keys()
    ]
    if rows:
        db.session.execute(insert(Mark), rows)
    db.session.expire(sheet, ["marks"])


def _advance(sheet: Sheet, version: int, **values: object) -> None:
    """Change a sheet that nobody has signed, left or saved since `version`; raises Conflict."""
    advance(sheet, version, values, CHANGED_ELSEWHERE, Sheet.signed_at.is_(None), Sheet.recused_at.is_(None))
