"""Two at once: nothing is overwritten in silence, nothing changes behind a signature or a closed stage."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

from kbk import clock
from kbk.competitions.models import StageState
from kbk.db import db, transaction
from kbk.judging import queries, service
from kbk.risalah import service as risalah_service
from tests.judging.conftest import COMPLETE

ROUNDS = 15


def at_once(*acts):
    """Run all acts at the same moment and return their answers."""
    gate = Barrier(len(acts))

    def run(act):
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def saver(browser, address, version, mark):
    """A save of one mark as a script would send it; answers with the status."""
    data = {"csrf_token": browser.csrf_token, "version": str(version), "comment": "", "nilai-s01": mark}
    headers = {"X-Requested-With": "fetch"}
    return lambda: browser.client.post(f"{address}/simpan", data=data, headers=headers).status_code


def test_of_two_tabs_exactly_one_wins(acting_as, cast, marks):
    address = f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}"
    tabs = [acting_as("juri"), acting_as("juri")]
    for round_ in range(ROUNDS):
        version = 1 + round_
        typed = [str(1 + round_ % 5), str(6 + round_ % 5)]
        statuses = at_once(
            *(saver(tab, address, version, mark) for tab, mark in zip(tabs, typed, strict=True))
        )
        assert sorted(statuses) == [200, 409]
        db.session.rollback()
        db.session.expire_all()
        sheet = cast.sheet("juri", "Cepat")
        assert sheet.version == version + 1
        assert marks(sheet)["s01"] == typed[statuses.index(200)]


def test_a_mark_never_slips_behind_the_signature(acting_as, cast, actor, marks):
    sheet = cast.sheet("juri", "Cepat")
    address = f"/juri/lembar/{sheet.public_id}"
    with transaction():
        service.save_sheet(actor("juri"), sheet, COMPLETE, "", 1, clock.now())
    signer, tab = acting_as("juri"), acting_as("juri")
    data = {"csrf_token": signer.csrf_token, "version": "2"}
    statuses = at_once(
        lambda: signer.client.post(f"{address}/tanda-tangan", data=data).status_code,
        saver(tab, address, 2, "1"),
    )
    assert sorted(statuses) in ([200, 409], [302, 409])
    db.session.rollback()
    db.session.expire_all()
    sheet = cast.sheet("juri", "Cepat")
    assert (sheet.signed_at is not None) == (marks(sheet)["s01"] == "8")


def test_a_mark_never_slips_behind_the_closing(app, acting_as, cast):
    address = f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}"
    tab, group_id = acting_as("juri"), cast.group("Cepat").id

    def close():
        with app.app_context(), transaction():
            cast.stage(1).state = StageState.CLOSED
            db.session.flush()
            return queries.group_has_marks(group_id)

    seen, status = at_once(close, saver(tab, address, 1, "8"))
    db.session.rollback()
    assert (status, seen) in {(200, True), (409, False)}
    assert queries.group_has_marks(group_id) is seen


def test_a_risalah_with_a_mark_on_its_way_is_not_sent_back(acting_as, actor, cast):
    sheet, risalah_id = cast.sheet("juri", "Cepat"), cast.risalah("Cepat").public_id
    panitia = acting_as("panitia")
    data = {"csrf_token": panitia.csrf_token, "reason": "Lampiran tertukar."}
    with ThreadPoolExecutor(1) as pool:
        with transaction():
            service.save_sheet(actor("juri"), sheet, {"s01": "8"}, "", 1, clock.now())
            address = f"/panitia/risalah/{risalah_id}/kembalikan"
            sent_back = pool.submit(lambda: panitia.client.post(address, data=data).status_code)
            sleep(0.5)
        assert sent_back.result() == 400
    db.session.expire_all()
    assert queries.submission(cast.group("Cepat").id) is not None


def test_a_mark_waits_for_a_risalah_that_is_being_sent_back(acting_as, cast, actor):
    address = f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}"
    tab, group_id, organiser = acting_as("juri"), cast.group("Cepat").id, actor("panitia")
    with ThreadPoolExecutor(1) as pool:
        with transaction():
            risalah_service.send_back(
                organiser, cast.risalah("Cepat"), "Lampiran tertukar.", clock.now(), judged=False
            )
            saved = pool.submit(saver(tab, address, 1, "8"))
            sleep(0.5)
        assert saved.result() == 409
    assert queries.group_has_marks(group_id) is False
