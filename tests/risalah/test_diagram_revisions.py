"""Every saved state of a diagram is kept; automatic ones of one sitting are one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from kbk import clock
from kbk.audit.models import AuditRow
from kbk.db import db, transaction
from kbk.errors import Closed, Conflict, InvalidInput, NotAllowed, NotFound
from kbk.policy import Actor
from kbk.risalah import diagram_service, queries, service
from kbk.risalah.models import Diagram, Risalah
from kbk.risalah.rules import MOST_DIAGRAMS, MOST_TABLE_CHARACTERS
from kbk.seven_tools.entry import Typed
from tests.cast import Cast

NOW = datetime(2024, 8, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
People = Callable[[str], Actor]


def begin(cast: Cast, actor: People, kind: str = "pareto", key: str = "masalah") -> Diagram:
    with transaction():
        return diagram_service.begin_diagram(actor("ketua"), cast.risalah("Sigap"), key, kind, NOW)


def save(
    who: Actor, diagram: Diagram, table: str, now: datetime, automatic: bool = True
) -> list[tuple[int, str]]:
    with transaction():
        diagram_service.save_diagram(who, diagram, Typed({}, table), diagram.version, now, automatic)
    return [(revision.version, revision.table_text) for revision in queries.diagram_revisions(diagram)]


def done() -> list[str]:
    rows = select(AuditRow.action).where(AuditRow.subject_kind == "diagrams").order_by(AuditRow.id)
    return list(db.session.scalars(rows))


def test_a_diagram_begins_with_the_headings_of_its_tool(cast: Cast, actor: People) -> None:
    diagram = begin(cast, actor)
    assert (diagram.table_text, diagram.settings, diagram.version) == (
        "Jenis\tJumlah\tJumlah sesudah\n",
        {},
        1,
    )
    assert done() == ["diagram-begun"]


def test_an_unfilled_diagram_is_not_begun_twice(cast: Cast, actor: People) -> None:
    first = begin(cast, actor)
    assert begin(cast, actor) is first
    assert begin(cast, actor, key="prioritas") is not first
    save(actor("ketua"), first, "A\t1", NOW)
    assert begin(cast, actor) is not first


def test_unknown_tools_and_parts_are_refused(cast: Cast, actor: People) -> None:
    with pytest.raises(InvalidInput):
        begin(cast, actor, kind="ramalan")
    with pytest.raises(NotFound):
        begin(cast, actor, key="rahasia")


def test_a_risalah_takes_a_number_of_diagrams(cast: Cast, actor: People) -> None:
    for number in range(MOST_DIAGRAMS):
        diagram = begin(cast, actor)
        save(actor("ketua"), diagram, f"A\t{number}", NOW)
    with pytest.raises(NotAllowed, match="sudah memuat 30 diagram"):
        begin(cast, actor)
    with transaction():
        diagram_service.remove_diagram(actor("ketua"), diagram, NOW)
    begin(cast, actor)
    with pytest.raises(NotAllowed, match="sudah memuat 30 diagram"), transaction():
        diagram_service.put_back_diagram(actor("ketua"), diagram, NOW)


def test_typing_is_one_revision(cast: Cast, actor: People) -> None:
    diagram, ketua = begin(cast, actor), actor("ketua")
    save(ketua, diagram, "Antre", NOW)
    save(ketua, diagram, "Antrean", NOW + MINUTE)
    assert save(ketua, diagram, "Antrean\t8", NOW + 2 * MINUTE) == [(4, "Antrean\t8")]
    assert done() == ["diagram-begun", "diagram-saved"]


def test_another_person_and_a_later_sitting_begin_a_new_revision(cast: Cast, actor: People) -> None:
    diagram = begin(cast, actor)
    save(actor("ketua"), diagram, "Antrean\t8", NOW)
    save(actor("anggota"), diagram, "Antrean\t9", NOW + MINUTE)
    kept = save(actor("anggota"), diagram, "Antrean\t10", NOW + 12 * MINUTE)
    assert [table for _, table in kept] == ["Antrean\t10", "Antrean\t9", "Antrean\t8"]


def test_a_table_emptied_by_accident_stays_in_the_history(cast: Cast, actor: People) -> None:
    diagram, ketua = begin(cast, actor), actor("ketua")
    save(ketua, diagram, "Jenis\tJumlah\tJumlah sesudah\nAntrean\t80\t\n", NOW)
    kept = save(ketua, diagram, "", NOW + MINUTE)
    assert [table for _, table in kept] == ["", "Jenis\tJumlah\tJumlah sesudah\nAntrean\t80\t\n"]


def test_saving_by_hand_keeps_what_was_saved_automatically(cast: Cast, actor: People) -> None:
    diagram, ketua = begin(cast, actor), actor("ketua")
    save(ketua, diagram, "Antrean", NOW)
    save(ketua, diagram, "Antrean", NOW, automatic=False)
    assert [table for _, table in save(ketua, diagram, "Antrean\t8", NOW + MINUTE)] == [
        "Antrean\t8",
        "Antrean",
    ]


def test_the_same_again_changes_nothing(cast: Cast, actor: People) -> None:
    diagram, ketua = begin(cast, actor), actor("ketua")
    save(ketua, diagram, "Antrean", NOW)
    with transaction():
        diagram_service.save_diagram(ketua, diagram, Typed({"title": ""}, "Antrean"), 1, NOW)
    assert diagram.version == 2


def test_a_stale_save_is_refused(cast: Cast, actor: People) -> None:
    diagram = begin(cast, actor)
    save(actor("anggota"), diagram, "Antrean", NOW)
    with pytest.raises(Conflict, match="sudah disimpan oleh Joko Anggota"), transaction():
        diagram_service.save_diagram(actor("ketua"), diagram, Typed({}, "Berkas"), 1, NOW)
    assert queries.diagram(diagram.public_id).table_text == "Antrean"


def test_an_earlier_state_is_used_again(cast: Cast, actor: People) -> None:
    diagram, ketua = begin(cast, actor), actor("ketua")
    save(ketua, diagram, "Antrean", NOW, automatic=False)
    save(ketua, diagram, "Berkas", NOW, automatic=False)
    with transaction():
        diagram_service.restore_diagram(ketua, diagram, 2, 3, NOW)
    assert (diagram.table_text, diagram.version) == ("Antrean", 4)
    assert [revision.version for revision in queries.diagram_revisions(diagram)] == [4, 3, 2]
    with pytest.raises(NotFound), transaction():
        diagram_service.restore_diagram(ketua, diagram, 9, 4, NOW)


def test_a_removed_diagram_is_put_back_as_it_was(cast: Cast, actor: People) -> None:
    diagram, ketua = begin(cast, actor), actor("ketua")
    save(ketua, diagram, "Antrean", NOW)
    for _time in range(2):
        with transaction():
            diagram_service.remove_diagram(ketua, diagram, NOW)
    assert list(queries.diagrams(cast.risalah("Sigap"))) == []
    with pytest.raises(NotAllowed, match="sudah dihapus"):
        save(ketua, diagram, "Berkas", NOW)
    for _time in range(2):
        with transaction():
            diagram_service.put_back_diagram(ketua, diagram, NOW)
    assert [found.table_text for found in queries.diagrams(cast.risalah("Sigap"))] == ["Antrean"]
    assert done() == ["diagram-begun", "diagram-saved", "diagram-removed", "diagram-put-back"]


def test_a_table_that_is_too_long_is_refused(cast: Cast, actor: People) -> None:
    diagram = begin(cast, actor)
    save(actor("ketua"), diagram, "x" * MOST_TABLE_CHARACTERS, NOW)
    with pytest.raises(InvalidInput, match="Tabel terlalu panjang"):
        save(actor("ketua"), diagram, "x" * (MOST_TABLE_CHARACTERS + 1), NOW)


def test_what_is_handed_in_is_not_changed(
    cast: Cast, actor: People, complete: Callable[[], Risalah], add_diagram: Callable[[], Diagram]
) -> None:
    diagram, ketua = add_diagram(), actor("ketua")
    risalah = complete()
    with transaction():
        service.set_title(ketua, risalah, "Judul", risalah.version, clock.now())
        service.hand_in(ketua, risalah, clock.now())
    for change in (
        lambda: diagram_service.save_diagram(ketua, diagram, Typed({}, "B"), diagram.version, NOW),
        lambda: diagram_service.remove_diagram(ketua, diagram, NOW),
        lambda: diagram_service.put_back_diagram(ketua, diagram, NOW),
        lambda: diagram_service.restore_diagram(ketua, diagram, 2, diagram.version, NOW),
        lambda: diagram_service.begin_diagram(ketua, risalah, "masalah", "pareto", NOW),
    ):
        with pytest.raises(Closed), transaction():
            change()
