"""What the committee can do with editions, stages, categories and units. Never commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from kbk.audit.changes import differences
from kbk.audit.trail import record
from kbk.competitions import queries, rules
from kbk.competitions.models import Category, Competition, Quota, Stage, Unit, UnitKind
from kbk.competitions.templates import EditionTemplate, StagePlan
from kbk.db import db
from kbk.errors import InvalidInput, NotAllowed
from kbk.indonesian import Zone
from kbk.policy import Actor
from kbk.versions import CHANGED_MEANWHILE, advance
from scoring.errors import ScoringError
from scoring.rubric import Rubric

CHANGED_STAGE = CHANGED_MEANWHILE.format(thing="Tahap ini")
FREE_OF_A_STAGE = frozenset({"name", "starts_at", "ends_at"})
"""What may still be corrected once judging has begun."""


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What is said of an edition; moments are aware."""

    name: str
    year: int
    city: str
    zone: Zone
    submission_opens_at: datetime
    submission_deadline: datetime
    description: str = ""
    letterhead: str = ""
    letterhead_address: str = ""
    signer_position: str = ""
    signer_name: str = ""
    signer_rank: str = ""
    signer_nip: str = ""
    certificate_number: str = ""
    outline: str = "tulta-7"


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What is said of a stage; `advance` maps a category's id to how many go on (absent: winners found here)."""

    name: str
    starts_at: datetime
    ends_at: datetime
    method: str
    missing: str
    line_rule: str
    carry_over: int
    tie_chain: Sequence[str]
    advance: Mapping[int, int]


def create_competition(
    actor: Actor, facts: EditionFacts, categories: Sequence[str], template: EditionTemplate, now: datetime
) -> Competition:
    """Set up an edition with the template's stages, dated from its deadline on.

    Quotas of categories that the committee renamed or left out are dropped. Raises InvalidInput.
    """
    rules.check_period(facts.submission_opens_at, facts.submission_deadline, field="submission_deadline")
    if not categories:
        raise InvalidInput("Tulis paling sedikit satu kategori.", field="categories")
    competition = Competition(slug=_free_slug(facts), created_at=now, **_columns(facts))
    by_name = {
        name: Category(name=name, position=position)
        for position, name in enumerate(dict.fromkeys(categories), 1)
    }
    competition.categories = list(by_name.values())
    for position, plan in enumerate(template.stages, 1):
        stage = Stage(
            position=position,
            name=plan.name,
            starts_at=facts.submission_deadline + timedelta(days=plan.starts_after),
            ends_at=facts.submission_deadline + timedelta(days=plan.ends_after),
            rubric=plan.rubric.to_data(),
            tie_chain=list(plan.rubric.heaviest_first if plan.tie_chain is None else plan.tie_chain),
            method=plan.method,
            missing=plan.missing,
            line_rule=plan.line_rule,
            carry_over=plan.carry_over,
        )
        stage.quotas = [
            Quota(category=by_name[name], advance=number)
            for name, number in plan.advance.items()
            if name in by_name
        ]
        competition.stages.append(stage)
    db.session.add(competition)
    record(actor, "competition-created", competition, now=now, name=facts.name, year=facts.year)
    return competition


def template_of(competition: Competition) -> EditionTemplate:
    """An edition as a template for the next one: its categories, and its stages with rubrics, rules and distances."""
    names = {category.id: category.name for category in competition.categories}
    return EditionTemplate(
        competition.name,
        tuple(names.values()),
        tuple(
            StagePlan(
                name=stage.name,
                rubric=rubric_of(stage),
                starts_after=(stage.starts_at - competition.submission_deadline) / timedelta(days=1),
                ends_after=(stage.ends_at - competition.submission_deadline) / timedelta(days=1),
                advance={names[quota.category_id]: quota.advance for quota in stage.quotas},
                tie_chain=tuple(stage.tie_chain),
                method=stage.method,
                missing=stage.missing,
                line_rule=stage.line_rule,
                carry_over=stage.carry_over,
            )
            for stage in competition.stages
        ),
    )


def _columns(facts: EditionFacts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in EditionFacts.__dataclass_fields__}


def _free_slug(facts: EditionFacts) -> str:
    wished = (
        rules.slug(f"{facts.name} {facts.year}" if str(facts.year) not in facts.name else facts.name)
        or "gelar"
    )
    slug, number = wished, 1
    while queries.slug_exists(slug):
        number += 1
        slug = f"{wished[:74]}-{number}"
    return slug


def change_competition(
    actor: Actor, competition: Competition, facts: EditionFacts, *, version: int, now: datetime
) -> None:
    """Replace what is said of an edition, unless somebody else changed it since `version` was read: Conflict."""
    rules.check_period(facts.submission_opens_at, facts.submission_deadline, field="submission_deadline")
    before = {name: getattr(competition, name) for name in EditionFacts.__dataclass_fields__}
    changes = differences(before, _columns(facts))
    if changes:
        advance(competition, version, _columns(facts), CHANGED_MEANWHILE.format(thing="Pengaturan gelar ini"))
        record(actor, "competition-changed", competition, now=now, changes=changes)


def facts_of(stage: Stage) -> StageFacts:
    """What is said of a stage now."""
    return StageFacts(
        name=stage.name,
        starts_at=stage.starts_at,
        ends_at=stage.ends_at,
        method=stage.method,
        missing=stage.missing,
        line_rule=stage.line_rule,
        carry_over=stage.carry_over,
        tie_chain=list(stage.tie_chain),
        advance={quota.category_id: quota.advance for quota in stage.quotas},
    )


def change_stage(actor: Actor, stage: Stage, facts: StageFacts, *, version: int, now: datetime) -> None:
    """Replace the rules of a planned stage; of a later one only its dates and name may change.

    Raises InvalidInput, NotAllowed, and Conflict when the stage was changed since `version` was read.
    """
    rules.check_period(facts.starts_at, facts.ends_at, field="ends_at")
    rules.check_carry_over(facts.carry_over, stage.position)
    changes = _stage_changes(stage, facts)
    if not changes:
        return
    values = {name: getattr(facts, name) for name in StageFacts.__dataclass_fields__ if name != "advance"}
    advance(stage, version, values, CHANGED_STAGE)
    if changes.keys() - FREE_OF_A_STAGE:
        rules.check_planned(stage.state, stage.name)
    if "advance" in changes:
        stage.quotas = []
        db.session.flush()
        stage.quotas = [
            Quota(category_id=category, advance=number) for category, number in facts.advance.items()
        ]
    record(actor, "stage-changed", stage, now=now, changes=changes)


def _stage_changes(stage: Stage, facts: StageFacts) -> dict[str, Any]:
    """What `facts` would change, as the trail keeps it, with the names of criteria and categories."""
    criteria = rubric_of(stage).by_id
    names = {category.id: category.name for category in stage.competition.categories}

    def told(said: StageFacts) -> dict[str, object]:
        chain = [f"{criteria[key].name} ({key})" if key in criteria else key for key in said.tie_chain]
        return {
            "name": said.name,
            "starts_at": said.starts_at,
            "ends_at": said.ends_at,
            "method": said.method,
            "missing_sheets": said.missing,
            "line_rule": said.line_rule,
            "carry_over": said.carry_over,
            "tie_chain": ", ".join(chain),
        }

    before = facts_of(stage)
    changes: dict[str, Any] = dict(differences(told(before), told(facts)))
    quotas = [{name: said.advance.get(key) for key, name in names.items()} for said in (before, facts)]
    if changed_quotas := differences(*quotas):
        changes["advance"] = changed_quotas
    return changes


def change_rubric(actor: Actor, stage: Stage, rubric: Rubric, *, version: int, now: datetime) -> None:
    """Replace the rubric of a planned stage; its heaviest criteria become the tie chain again.

    Raises NotAllowed, and Conflict when the stage was changed since `version` was read.
    """
    changes = rules.rubric_changes(rubric_of(stage), rubric)
    if not changes:
        return
    values = {"rubric": rubric.to_data(), "tie_chain": list(rubric.heaviest_first)}
    advance(stage, version, values, CHANGED_STAGE)
    rules.check_planned(stage.state, stage.name)
    record(actor, "rubric-changed", stage, now=now, changes=changes)


def rubric_of(stage: Stage) -> Rubric:
    """The stage's rubric; InvalidInput when the stored data cannot be used."""
    try:
        return Rubric.from_data(stage.rubric)
    except ScoringError as error:
        raise InvalidInput(f"Rubrik tahap {stage.name} tidak dapat dipakai: {error}") from error


def add_stage(actor: Actor, competition: Competition, name: str, rubric: Rubric, now: datetime) -> Stage:
    """Append a stage after the last."""
    last = competition.stages[-1] if competition.stages else None
    starts_at = (last.ends_at if last else competition.submission_deadline) + timedelta(days=1)
    stage = Stage(
        position=last.position + 1 if last else 1,
        name=name,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=7),
        rubric=rubric.to_data(),
        tie_chain=list(rubric.heaviest_first),
    )
    competition.stages.append(stage)
    record(actor, "stage-added", stage, now=now, name=name)
    return stage


def remove_stage(actor: Actor, stage: Stage, now: datetime) -> None:
    """Take away the last stage while it is planned and nobody takes part in it."""
    rules.check_planned(stage.state, stage.name)
    if queries.next_stage(stage) is not None:
        raise NotAllowed("Hanya tahap terakhir yang dapat dihapus. Hapus dahulu tahap sesudahnya.")
    competition = stage.competition
    competition.stages.remove(stage)
    _flush_or_refuse(f"Tahap {stage.name} sudah mempunyai peserta sehingga tidak dapat dihapus.")
    record(actor, "stage-removed", competition, now=now, name=stage.name)


def add_category(actor: Actor, competition: Competition, name: str, now: datetime) -> Category:
    """Add a category at the end of the list."""
    if any(rules.name_key(other.name) == rules.name_key(name) for other in competition.categories):
        raise InvalidInput(f"Kategori {name} sudah ada.", field="name")
    category = Category(name=name, position=len(competition.categories) + 1)
    competition.categories.append(category)
    record(actor, "category-added", competition, now=now, name=name)
    return category


def remove_category(actor: Actor, category: Category, now: datetime) -> None:
    """Take away a category that no group belongs to."""
    competition = category.competition
    if len(competition.categories) == 1:
        raise NotAllowed("Gelar memerlukan paling sedikit satu kategori.")
    for stage in competition.stages:
        stage.quotas = [quota for quota in stage.quotas if quota.category_id != category.id]
        stage.version += 1
    db.session.flush()
    competition.categories.remove(category)
    _flush_or_refuse(f"Kategori {category.name} masih dipakai kelompok sehingga tidak dapat dihapus.")
    record(actor, "category-removed", competition, now=now, name=category.name)


def _flush_or_refuse(sentence: str) -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise NotAllowed(sentence) from error


def add_unit(
    actor: Actor | None,
    name: str,
    kind: UnitKind,
    now: datetime,
    *,
    code: str | None = None,
    parent: Unit | None = None,
) -> Unit:
    """Add an office of the city, or find the one whose name compares equal."""
    if known := queries.unit_by_name(name):
        return known
    unit = Unit(
        name=name,
        name_key=rules.name_key(name),
        kind=kind,
        code=code,
        parent_id=parent.id if parent else None,
    )
    db.session.add(unit)
    record(actor, "unit-added", unit, now=now, name=name)
    return unit
