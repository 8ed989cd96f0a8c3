"""Handing in, the receipt, reading what was handed in, and sending it back."""

from collections.abc import Callable
from typing import Any, cast

from flask import Flask, current_app, flash, redirect, render_template, request, url_for

from kbk import clock
from kbk.db import transaction
from kbk.errors import DomainError
from kbk.files.kinds import Kind
from kbk.policy import Action, may
from kbk.risalah import pages, queries, service
from kbk.risalah.blueprint import blueprint
from kbk.risalah.forms import HandInForm, SendBackForm
from kbk.risalah.models import Risalah
from kbk.risalah.outline import outline
from kbk.risalah.reading import reading_of
from kbk.risalah.rules import RisalahState
from kbk.risalah.shown_diagrams import not_drawn
from kbk.web.access import access, current_actor, signed_in_actor
from kbk.web.forms import whole

IsJudged = Callable[[int], bool]


def init_risalah(app: Flask, *, is_judged: IsJudged) -> None:
    """Tell the feature how to learn whether a group has been given marks; judging stands above it."""
    app.extensions["risalah.is_judged"] = is_judged


def _is_judged(risalah: Risalah) -> bool:
    return cast(IsJudged, current_app.extensions["risalah.is_judged"])(risalah.group_id)


def _receipt_url(risalah: Risalah, number: int) -> str:
    return url_for("risalah.receipt", public_id=risalah.public_id, number=number)


@blueprint.route("/risalah/<public_id>/serahkan", methods=["GET", "POST"])
@access(Action.HAND_IN_RISALAH, on=queries.risalah)
def hand_in(risalah: Risalah) -> Any:
    """Show what stands against handing in, or hand in."""
    form = HandInForm()
    if form.validate_on_submit():
        try:
            with transaction():
                # The moment that counts is the one at which this request has the risalah in hand.
                queries.hold(risalah)
                submission = service.hand_in(signed_in_actor(), risalah, clock.now(), form.number.data)
                receipt_url = _receipt_url(risalah, submission.number)
        except DomainError as error:
            form.show(error)
        else:
            return redirect(receipt_url)
    latest = queries.latest_submission(risalah)
    if risalah.state is RisalahState.SUBMITTED and latest is not None:
        return redirect(_receipt_url(risalah, latest.number))
    form.number.data = latest.number + 1 if latest else 1
    files = queries.files(risalah)
    plan = outline(risalah.outline)
    page = render_template(
        "risalah/hand_in.html",
        form=form,
        risalah=risalah,
        group=risalah.group,
        progress=queries.progress(risalah),
        window=queries.window(risalah),
        now=clock.now(),
        files=files,
        document=pages.whole_document(files),
        word_file=next((f for f in files if f.media_type == Kind.DOCX.media_type), None),
        unchanged=queries.is_unchanged(risalah, queries.returned_hand_in(risalah)),
        file_url=pages.file_url,
        diagram_count=len(queries.diagrams(risalah)),
        not_drawn=[(found, plan.step_of(found.diagram.section)) for found in not_drawn(risalah)],
    )
    return page, 409 if form.is_submitted() else 200


@blueprint.get("/risalah/<public_id>/tanda-terima/<int:number>")
@access(Action.READ_RISALAH, on=queries.risalah)
def receipt(risalah: Risalah, number: int) -> str:
    """The printable receipt of a hand-in."""
    submission = queries.submission(risalah, number)
    return render_template(
        "risalah/receipt.html",
        risalah=risalah,
        group=risalah.group,
        submission=submission,
        newest=queries.latest_submission(risalah) or submission,
        reading=reading_of(submission.content),
        file_url=pages.file_url,
    )


@blueprint.get("/risalah/<public_id>/baca")
@access(Action.READ_RISALAH, on=queries.risalah)
def read(risalah: Risalah) -> str:
    """The risalah from beginning to end, as handed in or as it stands."""
    content, submission = queries.shown_content(risalah, request.args.get("nomor", type=whole))
    with_committee = risalah.state is RisalahState.SUBMITTED
    return render_template(
        "risalah/read.html",
        risalah=risalah,
        group=risalah.group,
        reading=reading_of(content),
        submission=submission,
        submissions=queries.submissions(risalah),
        file_url=pages.file_url,
        can_send_back=with_committee and may(current_actor(), Action.RUN_COMPETITIONS, risalah),
    )


@blueprint.route("/panitia/risalah/<public_id>/kembalikan", methods=["GET", "POST"])
@access(Action.RUN_COMPETITIONS, on=queries.risalah)
def send_back(risalah: Risalah) -> Any:
    """Return a risalah to its group with a written reason."""
    form = SendBackForm()
    if form.validate_on_submit():
        due = form.due.moment(risalah.competition.zone)
        try:
            with transaction():
                # Judges wait for the risalah too, so no mark comes in between looking and returning.
                queries.hold(risalah)
                judged = _is_judged(risalah)
                service.send_back(
                    signed_in_actor(), risalah, form.reason.data, clock.now(), judged=judged, due=due
                )
        except DomainError as error:
            form.show(error)
        else:
            flash(f"Risalah {risalah.group.name} dikembalikan untuk diperbaiki.", "success")
            return redirect(url_for("risalah.read", public_id=risalah.public_id))
    page = render_template(
        "risalah/send_back.html",
        form=form,
        risalah=risalah,
        group=risalah.group,
        window=queries.window(risalah),
        now=clock.now(),
        judged=_is_judged(risalah),
    )
    return page, form.status
