"""The form behind every address that takes one: who sends it, where it is shown, and what it holds untouched."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from kbk.awards import service
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.judging.models import Mark, Sheet
from scoring.templates import SHORT
from tests.cast import MARKED, START, Cast
from tests.page import Browser
from tests.site.routes import VISITOR
from tests.site.test_access import ROUTES

SHOWN_ON = {
    "accounts.change_password": "accounts.show",
    "awards.make_certificates": "awards.certificates",
    "competitions.add_category": "competitions.edit",
    "competitions.add_stage": "competitions.edit",
    "judging.decide_earlier_marks": "judging.sheet",
    "judging.save_sheet": "judging.sheet",
    "judging.share_out": "judging.appointments",
    "risalah.attach": "risalah.step",
    "risalah.begin_diagram": "risalah.choose_diagram",
    "risalah.document": "risalah.show",
    "risalah.save_diagram": "risalah.diagram",
    "risalah.save_section": "risalah.step",
    "risalah.set_title": "risalah.show",
}
"""The page that shows the form of an address, where it is not the address itself."""

WITHOUT_PAGE = {
    "accounts.lock": {},
    "accounts.unlock": {"password": "", "lanjut": "", "kiriman": ""},
    "competitions.note_handover": {},
    "groups.decide_unit": {"position": "0", "decision": "baru"},
    "groups.note_handover": {},
    "groups.note_handovers": {"orang": ""},
    "groups.print_links": {"password": ""},
    "groups.renew_links": {"semua": ""},
    "judging.decide_earlier_marks": {"choice": "kosong"},
    "judging.note_handover": {},
    "judging.note_handovers": {"orang": ""},
    "judging.print_links": {"password": ""},
    "judging.renew_links": {"semua": ""},
    "judging.panel": {"juri": "", "semula": ""},
    "overview.extend": {"kelompok": "", "until": "2099-01-01T10:00", "reason": "Kantor terendam banjir"},
    "risalah.picture": {"file": ""},
    "risalah.restore": {"version": "1"},
    "risalah.restore_diagram": {"version": "1"},
}
"""Fields sent by a button beside a row, by a script, or by boxes that are not ticked."""

OBJECTS = {
    "groups.edit": "Sigap",
    "judging.reopen": "juri Prima",
    "awards.reprint": "terbit",
    "awards.replace_minutes": "terbit",
    "accounts.revoke": "panitia",
    "competitions.edit_stage": "3",
    "competitions.edit_rubric": "3",
    "risalah.send_back": "Cepat",
}
"""The object for which the form does most, where that is not the first one declared."""


def appoint_again(cast: Cast) -> None:
    """Juri had stepped back from Cepat with a comment on the sheet and is appointed again."""
    with transaction():
        sheet = cast.sheet("juri", "Cepat")
        sheet.comment, sheet.returned_at = "Sertakan datanya.", START


def close_with_a_tie(cast: Cast) -> None:
    """Everybody has given the same to everybody, and stage 1 is closed."""
    with transaction():
        for sheet in db.session.scalars(select(Sheet).where(Sheet.signed_at.is_(None))):
            sheet.marks = [Mark(criterion=criterion.id, value=MARKED) for criterion in SHORT.criteria]
            sheet.total = SHORT.total({criterion.id: MARKED for criterion in SHORT.criteria})
            sheet.signed_at = START
        cast.stage(1).state = StageState.CLOSED


def decide_after_all(cast: Cast) -> None:
    """Stage 1 is decided, so that its berita acara can be made."""
    close_with_a_tie(cast)
    with transaction():
        stage = cast.stage(1)
        stage.line_rule, stage.quotas = "take-all", []
    with transaction():
        service.decide_stage(None, cast.stage(1), START)


def leave_without_judges(cast: Cast) -> None:
    """Cepat has lost its judges."""
    with transaction():
        for username in ("juri", "juri-lain"):
            db.session.delete(cast.sheet(username, "Cepat"))


PREPARED: dict[str, Callable[[Cast], None]] = {
    "awards.minutes": decide_after_all,
    "awards.close_without": leave_without_judges,
    "awards.settle": close_with_a_tie,
    "awards.reopen_stage": close_with_a_tie,
    "awards.withdraw": close_with_a_tie,
    "judging.decide_earlier_marks": appoint_again,
}


POSTED = (
    *(
        "accounts.accept",
        "accounts.change_password",
        "accounts.revoke",
        "accounts.sign_in",
        "accounts.sign_out",
        "accounts.lock",
        "accounts.unlock",
    ),
    *("accounts.second_step", "accounts.set_up_second_factor", "accounts.turn_off_second_factor"),
    *("competitions.reset_second_factor",),
    *("awards.close", "awards.decide", "awards.make_certificates", "awards.publish", "awards.reopen_stage"),
    *(
        "awards.close_without",
        "awards.send_signed_copy",
        "awards.keep_signed_copy",
        "awards.minutes",
        "awards.replace_minutes",
        "awards.reprint",
        "awards.settle",
        "awards.withdraw",
    ),
    *(
        "competitions.add_category",
        "competitions.add_stage",
        "competitions.create",
        "competitions.dismiss_person",
    ),
    *(
        "competitions.edit",
        "competitions.edit_rubric",
        "competitions.edit_stage",
        "competitions.invite_person",
    ),
    *("competitions.people", "competitions.remove_category", "competitions.remove_stage"),
    *(
        "groups.add_member",
        "groups.confirm_import",
        "groups.create",
        "groups.create_unit",
        "groups.decide_unit",
    ),
    *("groups.edit", "groups.edit_member", "groups.edit_unit", "groups.extend", "groups.invite"),
    *(
        "groups.invite_leaders",
        "groups.place",
        "groups.remove",
        "groups.remove_member",
        "groups.upload_import",
    ),
    *(
        "judging.add_judge",
        "judging.admit_late",
        "judging.decide_earlier_marks",
        "judging.invite_judge",
        "judging.judge",
        "judging.open_stage",
    ),
    *("judging.panel", "judging.recuse", "judging.release", "judging.remove_judge", "judging.reopen"),
    *("groups.note_handover", "groups.note_handovers", "overview.extend"),
    *("groups.print_links", "groups.renew_links", "judging.print_links", "judging.renew_links"),
    *("competitions.note_handover", "judging.note_handover", "judging.note_handovers"),
    *("judging.save_sheet", "judging.share_out", "judging.sign"),
    *("risalah.begin_diagram", "risalah.save_diagram", "risalah.remove_diagram", "risalah.put_back_diagram"),
    *("risalah.restore_diagram",),
    *("risalah.attach", "risalah.begin", "risalah.document", "risalah.hand_in", "risalah.picture"),
    *(
        "risalah.remove_file",
        "risalah.restore",
        "risalah.save_section",
        "risalah.send_back",
        "risalah.set_title",
    ),
)
"""Every address that takes a form; test_bad_input compares it with the program."""


def object_and_person(endpoint: str) -> tuple[str, str | None]:
    """An object the endpoint is declared for, and somebody who may use it there (None is a visitor)."""
    allowed = ROUTES[endpoint].allowed
    name = OBJECTS.get(endpoint) or next(iter(allowed))
    who = sorted(allowed[name])[-1] if VISITOR not in allowed[name] else VISITOR
    return name, None if who == VISITOR else who


def url_of(app: Flask, cast: Cast, endpoint: str, name: str | None = None) -> str:
    """The address of an endpoint for its object."""
    with app.test_request_context():
        parts = ROUTES[endpoint].parts(cast, object_and_person(endpoint)[0] if name is None else name)
        return app.url_map.bind("localhost").build(endpoint, parts)


def fields_of(browser: Browser, app: Flask, cast: Cast, endpoint: str, url: str) -> dict[str, str]:
    """What the form of the address holds before anybody types, without its token."""
    held = dict(WITHOUT_PAGE.get(endpoint, {}))
    shown_on = SHOWN_ON.get(endpoint)
    shown_at = url_of(app, cast, shown_on, object_and_person(endpoint)[0]) if shown_on else url
    if shown_on or "GET" in methods_of(app, endpoint):
        page = browser.get(shown_at)
        if page.status == 200:
            actions = [
                form.get("action", "") for form in page.tree.iter("form") if form.get("method") == "post"
            ]
            own = [found for wanted in (url, "") for found in actions if found.partition("#")[0] == wanted]
            held |= page.fields(own[0]) if own else {}
    return {name: value for name, value in held.items() if name != "csrf_token"}


def methods_of(app: Flask, endpoint: str) -> set[str]:
    """The methods an endpoint answers."""
    return {method for rule in app.url_map.iter_rules(endpoint) for method in (rule.methods or ())}
