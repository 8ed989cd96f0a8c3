"""The committee's pages about the result of a stage: ranking, ties, decision, publication."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kbk import clock
from kbk.awards import boards, minutes_queries, queries, service
from kbk.awards.explaining import way_to_place
from kbk.awards.forms import LeaveOutForm, PrintForm, ReasonForm, position_field, settle_form
from kbk.awards.models import PanelDecision
from kbk.awards.noticing import notices
from kbk.awards.reasons import tie_sentences, tried_chain
from kbk.awards.rules import DECIDED, StageAction
from kbk.awards.stage_list import stage_overviews
from kbk.awards.tally import CategoryTally, Fate, Row, StageTally
from kbk.competitions import queries as competitions
from kbk.competitions.models import Competition, Stage, StageState
from kbk.competitions.rules import name_key
from kbk.db import transaction
from kbk.errors import Conflict, DomainError, NotAllowed, NotFound
from kbk.indonesian import format_exact, join_words
from kbk.paging import paged
from kbk.policy import Action
from kbk.web.access import access, signed_in_actor
from kbk.web.listing import choice, search_words, wanted_page
from scoring.errors import ScoringError
from scoring.signals import SignalKind
from scoring.what_if import NOTICE

blueprint = Blueprint("awards", __name__)


def to_stages(stage: Stage) -> Response:
    """Lead back to the edition's stages."""
    return redirect(url_for("awards.stages", public_id=stage.competition.public_id))


@blueprint.get("/panitia/gelar/<public_id>/tahap")
@access(Action.RUN_COMPETITIONS, on=competitions.competition)
def stages(competition: Competition) -> str:
    """Show every stage with its progress and what comes next."""
    return render_template(
        "awards/stages.html",
        competition=competition,
        overviews=stage_overviews(competition),
        quota_words=_quota_words,
        actions=StageAction,
        join_words=join_words,
        now=clock.now(),
    )


def _quota_words(stage: Stage) -> list[tuple[str, str]]:
    """What the stage leads to, for each category whose winners were not found earlier."""
    earlier = [item for item in stage.competition.stages if item.position < stage.position]
    words = []
    for category in stage.competition.categories:
        if all(item.quota(category.id) for item in earlier):
            quota = stage.quota(category.id)
            words.append((category.name, f"{quota} lolos" if quota else "juara ditetapkan di sini"))
    return words


@blueprint.get("/panitia/tahap/<public_id>/peringkat")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def ranking(stage: Stage) -> str:
    """Show the ranking of one category a page at a time, live while the stage is open."""
    tally = queries.stage_tally(stage)
    own = _chosen(tally)
    names = tally.facts.names
    rows = own.rows if own else ()
    search, fate = search_words(), choice(Fate, "keterangan")
    listed = [row for row in rows if fate in {None, row.fate} and _is_called(row, search)]
    page = paged(listed, wanted_page())
    return render_template(
        "awards/ranking.html",
        stage=stage,
        facts=tally.facts,
        tally=tally,
        own=own,
        named=lambda groups: [names[group] for group in groups],
        sentences={
            row.contestant.group_id: tie_sentences(
                row.contestant.group_id, row.reasons, names, tally.facts.rubric
            )
            for row in page.items
        },
        page=page,
        search=search,
        fate=fate,
        fates=[item for item in Fate if item in {row.fate for row in rows}],
        tried_chain=lambda tie: tried_chain(tie, tally.facts.rubric),
        differences=service.recount_differences(stage) if stage.state in DECIDED else [],
        form=PrintForm(),
        exact=format_exact,
        join_words=join_words,
    )


@blueprint.get("/panitia/tahap/<public_id>/isyarat")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def signals(stage: Stage) -> str:
    """Show what the committee should look at before the result is fixed; nothing here changes a mark."""
    facts = queries.stage_facts(stage)
    try:
        found = notices(facts)
    except ScoringError as error:
        raise NotAllowed(f"Isyarat tahap {stage.name} belum dapat dihitung: {error}") from error
    return render_template(
        "awards/signals.html",
        stage=stage,
        signed=any(sheet.signed for sheet in facts.sheets),
        carry_over=facts.carry_over,
        found=found,
        kinds=SignalKind,
        sheet_ids=queries.sheet_ids(stage),
        judge_ids=queries.judge_ids(stage.competition),
        simulation=NOTICE,
        join_words=join_words,
    )


def _is_called(row: Row, words: str) -> bool:
    """Say whether the name of the group or of its unit holds these words, as names are compared."""
    key = name_key(words)
    return any(key in name_key(name) for name in (row.contestant.name, row.contestant.unit))


def _chosen(tally: StageTally) -> CategoryTally | None:
    """The category the address names, or the first one that takes part."""
    wanted = request.args.get("kategori")
    return next(
        (item for item in tally.categories if item.category.public_id == wanted),
        tally.categories[0] if tally.categories else None,
    )


@blueprint.get("/panitia/tahap/<public_id>/rincian/<group_id>")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def explain(stage: Stage, group_id: str) -> str:
    """Show one group's way from marks to place."""
    tally = queries.stage_tally(stage)
    found = next(
        ((own, row) for own in tally.categories for row in own.rows if row.contestant.public_id == group_id),
        None,
    )
    if found is None:
        raise NotFound("Kelompok ini tidak ikut pada tahap ini.")
    own, row = found
    facts = tally.facts
    group = row.contestant.group_id
    return render_template(
        "awards/explain.html",
        stage=stage,
        facts=facts,
        own=own,
        row=row,
        sheets=[sheet for sheet in facts.sheets if sheet.group_id == group and sheet.signed],
        awaited=[facts.judges[int(judge)] for judge in row.own.missing],
        lines=way_to_place(facts, own, group),
        exact=format_exact,
    )


@blueprint.post("/panitia/tahap/<public_id>/tutup")
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def close(stage: Stage) -> Response:
    """End the judging of a stage."""
    try:
        with transaction():
            service.close_stage(signed_in_actor(), stage, clock.now())
    except DomainError as error:
        flash(error.message, "danger")
    else:
        flash(f"Penilaian tahap {stage.name} telah ditutup. Nilai tidak dapat diubah lagi.", "success")
    return to_stages(stage)


@blueprint.route("/panitia/tahap/<public_id>/tutup-tanpa-nilai", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def close_without(stage: Stage) -> Any:
    """Close a stage although nobody judges some groups, with a reason: they get neither score nor place."""
    facts = queries.stage_facts(stage)
    offered = {item.public_id: item.group_id for item in service.unjudged(facts)}
    form = LeaveOutForm()
    form.offer({public_id: facts.names[group] for public_id, group in offered.items()})
    if form.validate_on_submit():
        left_out = [offered[public_id] for public_id in form.groups.data]
        try:
            with transaction():
                service.close_stage(
                    signed_in_actor(), stage, clock.now(), left_out=left_out, reason=form.reason.data
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Penilaian tahap {stage.name} telah ditutup. Nilai tidak dapat diubah lagi.", "success")
            return to_stages(stage)
    if not form.is_submitted() and (stage.state is not StageState.OPEN or not offered):
        return to_stages(stage)
    return render_template("awards/close_without.html", form=form, stage=stage), form.status


@blueprint.route("/panitia/tahap/<public_id>/buka-kembali", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def reopen_stage(stage: Stage) -> Any:
    """Take judging up again, with a reason."""
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            with transaction():
                service.reopen_stage(signed_in_actor(), stage, form.reason.data, clock.now())
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Tahap {stage.name} dibuka kembali untuk dinilai.", "success")
            return to_stages(stage)
    return render_template("awards/reopen_stage.html", form=form, stage=stage), form.status


@blueprint.route("/panitia/tahap/<public_id>/nilai-sama/<group_id>", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def settle(stage: Stage, group_id: str) -> Any:
    """Write down what the panel decided about groups with equal scores."""
    tally = queries.stage_tally(stage)
    contestants = {item.group_id: item for item in tally.facts.contestants}
    own, tie = next(
        (
            (own, tie)
            for own in tally.categories
            for tie in own.ties
            if group_id in {contestants[group].public_id for group in tie.groups}
        ),
        (None, None),
    )
    if own is None or tie is None:
        raise Conflict(
            "Kelompok ini tidak (lagi) menunggu keputusan dewan juri. Buka kembali halaman Peringkat."
        )
    names = tally.facts.names
    form = settle_form({group: names[group] for group in tie.groups})
    if form.validate_on_submit():
        try:
            order = form.order({group: names[group] for group in tie.groups})
            with transaction():
                service.settle_tie(
                    signed_in_actor(), stage, order, form.note.data, clock.now(), joint=form.joint.data
                )
        except DomainError as error:
            form.show(error)
        else:
            flash("Keputusan dewan juri telah dicatat.", "success")
            return redirect(
                url_for("awards.ranking", public_id=stage.public_id, kategori=own.category.public_id)
            )
    return render_template(
        "awards/settle.html",
        form=form,
        stage=stage,
        own=own,
        tie=tie,
        contestants=contestants,
        position_field=position_field,
        named=lambda groups: [names[group] for group in groups],
        tried=tried_chain(tie, tally.facts.rubric),
    ), form.status


@blueprint.route("/panitia/keputusan/<public_id>/cabut", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.panel_decision)
def withdraw(decision: PanelDecision) -> Any:
    """Take a panel decision back, with a reason."""
    form, stage = ReasonForm(), decision.stage
    if form.validate_on_submit():
        try:
            with transaction():
                service.withdraw_decision(signed_in_actor(), decision, form.reason.data, clock.now())
        except DomainError as error:
            form.show(error)
        else:
            flash("Keputusan dewan juri telah dicabut; catatannya tetap tersimpan.", "success")
            return redirect(url_for("awards.ranking", public_id=stage.public_id))
    return render_template("awards/withdraw.html", form=form, decision=decision), form.status


@blueprint.route("/panitia/tahap/<public_id>/tetapkan", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def decide(stage: Stage) -> Any:
    """Show what a decision would freeze, and freeze it."""
    if request.method == "POST":
        try:
            with transaction():
                service.decide_stage(signed_in_actor(), stage, clock.now())
        except DomainError as error:
            flash(error.message, "danger")
        else:
            flash(f"Hasil tahap {stage.name} telah ditetapkan. Hasil belum tampak bagi umum.", "success")
        return to_stages(stage)
    if stage.state is not StageState.CLOSED:
        return to_stages(stage)
    tally = queries.stage_tally(stage)
    return render_template(
        "awards/decide.html",
        stage=stage,
        tally=tally,
        fates=Fate,
        ties=service.blocking_ties(tally),
        following=competitions.next_stage(stage),
    )


@blueprint.route("/panitia/tahap/<public_id>/umumkan", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=competitions.stage)
def publish(stage: Stage) -> Any:
    """List what will become visible, and publish it."""
    if request.method == "POST":
        try:
            with transaction():
                service.publish_stage(signed_in_actor(), stage, clock.now())
        except DomainError as error:
            flash(error.message, "danger")
        else:
            flash(f"Hasil tahap {stage.name} telah diumumkan.", "success")
        return to_stages(stage)
    if stage.state is not StageState.DECIDED:
        return to_stages(stage)
    minutes = minutes_queries.valid_minutes(stage)
    return render_template(
        "awards/publish.html",
        stage=stage,
        boards=boards.boards(queries.standings(stage)),
        differences=service.recount_differences(stage),
        minutes=minutes,
        signed=minutes is not None and minutes_queries.last_signed_copy(minutes) is not None,
    )
