"""Who gets an answer: the pages of judging."""

from secrets import token_hex

from kbk.accounts.service import add_user
from kbk.clock import now
from kbk.db import transaction
from kbk.judging.service import add_judge
from kbk.web.storage import store
from tests.cast import Cast
from tests.site.routes import JUDGES, ORGANISER, Route, of_competition, of_stage

CHOSEN_SHEETS = {
    "juri Cepat": frozenset({"juri"}),
    "juri Prima": frozenset({"juri"}),
    "juri-lain Cepat": frozenset({"juri-lain"}),
    "juri-dalam Prima": frozenset({"juri-dalam"}),
}


def _judge(cast: Cast, name: str) -> dict[str, str]:
    return {"public_id": cast.judge(name).public_id}


def _new_judge(cast: Cast, _name: str) -> dict[str, str]:
    """A judge without sheets, who can be removed."""
    with transaction():
        user = add_user(None, name=f"Juri Baru {token_hex(4)}", now=now())
        judge = add_judge(None, cast.competition(), user, institution="Universitas Contoh", now=now())
    return {"public_id": judge.public_id}


def _entry(cast: Cast, name: str) -> dict[str, str]:
    return {"public_id": cast.entry(name).public_id}


def _sheet(cast: Cast, name: str) -> dict[str, str]:
    return {"public_id": cast.sheet(*name.split()).public_id}


def _file(cast: Cast, name: str) -> dict[str, str]:
    """A file in the hand-in that the sheet judges."""
    _, group = name.split()
    kept = store().put_bytes(b"%PDF-1.7 contoh")
    facts = {
        "public_id": f"berkas{group:_<10}",
        "filename": "risalah.pdf",
        "media_type": "application/pdf",
        "size": 15,
        "sha256": kept.sha256,
        "pages": 1,
        "purpose": "attachment",
        "step": None,
    }
    with transaction():
        submission = cast.risalah(group).submissions[-1]
        submission.content = {**submission.content, "attachments": [facts]}
    return _sheet(cast, name) | {"file_id": facts["public_id"]}


EDITION = Route({"edition": ORGANISER}, of_competition)
STAGE = Route({"1": ORGANISER, "2": ORGANISER}, of_stage)
COMMITTEES_SHEET = Route(dict.fromkeys(CHOSEN_SHEETS, ORGANISER), _sheet)
OWN_SHEET = Route(CHOSEN_SHEETS, _sheet)

ROUTES = {
    "judging.judges": EDITION,
    "judging.add_judge": EDITION,
    "judging.judge": Route({"juri": ORGANISER, "juri-dalam": ORGANISER}, _judge),
    "judging.invite_judge": Route({"juri": ORGANISER}, _judge),
    "judging.print_links": EDITION,
    "judging.renew_links": EDITION,
    "judging.note_handover": Route({"juri": ORGANISER}, _judge),
    "judging.note_handovers": EDITION,
    "judging.remove_judge": Route({"new": ORGANISER}, _new_judge),
    "judging.appointments": STAGE,
    "judging.open_stage": STAGE,
    "judging.admit_late": STAGE,
    "judging.share_out": STAGE,
    "judging.panel": Route({"Cepat": ORGANISER, "Prima": ORGANISER}, _entry),
    "judging.inspect": COMMITTEES_SHEET,
    "judging.reopen": COMMITTEES_SHEET,
    "judging.release": COMMITTEES_SHEET,
    "judging.own_sheets": Route({"": JUDGES}),
    "judging.sheet": OWN_SHEET,
    "judging.save_sheet": OWN_SHEET,
    "judging.sign": OWN_SHEET,
    "judging.recuse": OWN_SHEET,
    "judging.decide_earlier_marks": OWN_SHEET,
    "judging.file": Route(CHOSEN_SHEETS, _file),
}
