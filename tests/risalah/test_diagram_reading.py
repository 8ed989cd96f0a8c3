"""Diagrams in what is handed in, frozen and read."""

from collections.abc import Callable

from kbk import clock
from kbk.db import db, transaction
from kbk.policy import Actor
from kbk.risalah import diagram_service, queries, service
from kbk.risalah.models import Diagram, Risalah, Submission
from kbk.risalah.reading import fingerprint, reading_of
from tests.cast import Cast
from tests.page import Browser

Acting = Callable[[str | None], Browser]
Adding = Callable[..., Diagram]
People = Callable[[str], Actor]
WRONG = "Jenis\tJumlah\tJumlah sesudah\nAntrean\tbanyak\t\n"


def hand_in(risalah: Risalah, ketua: Actor) -> Submission:
    with transaction():
        if not risalah.title:
            service.set_title(ketua, risalah, "Judul", risalah.version, clock.now())
        return service.hand_in(ketua, risalah, clock.now())


def test_without_a_drawing_the_content_is_as_before(cast: Cast, add_diagram: Adding) -> None:
    before = fingerprint(queries.content(cast.risalah("Sigap")))
    add_diagram(WRONG)
    content = queries.content(cast.risalah("Sigap"))
    assert "diagrams" not in content
    assert fingerprint(content) == before


def test_the_content_holds_what_the_tools_take(cast: Cast, add_diagram: Adding) -> None:
    add_diagram(WRONG)
    diagram = add_diagram(title="Keluhan")
    assert queries.content(cast.risalah("Sigap"))["diagrams"] == [
        {
            "public_id": diagram.public_id,
            "section": "masalah",
            "kind": "pareto",
            "data": {"items": [["Antrean", 80], ["Berkas kurang", 94]], "title": "Keluhan"},
        }
    ]


def test_a_drawing_fills_its_section(acting_as: Acting, cast: Cast, add_diagram: Adding) -> None:
    risalah = cast.risalah("Sigap")
    assert "target" in {s.key for p in queries.progress(risalah).steps for s in p.missing}
    add_diagram(WRONG, section="target")
    assert "target" in {s.key for p in queries.progress(risalah).steps for s in p.missing}
    add_diagram(section="target")
    progress = queries.progress(risalah)
    assert "target" not in {s.key for p in progress.steps for s in (*p.missing, *p.short)}
    page = acting_as("ketua").get(f"/risalah/{risalah.public_id}/langkah/2")
    assert "1 diagram 1 diagram belum dapat digambar" in page.words()
    answer = acting_as("ketua").save(
        f"/risalah/{risalah.public_id}/bagian/target", {"html": "<p>satu dua</p>", "version": "0"}
    )
    assert answer.response.json is not None
    assert "2 kata, 1 diagram" in answer.response.json["shown"]["keadaan-target"]


def test_drawings_are_numbered_in_the_order_of_reading(
    acting_as: Acting, cast: Cast, add_diagram: Adding
) -> None:
    add_diagram(section="kondisi", title="Ketiga")
    add_diagram(section="masalah", title="Pertama")
    add_diagram(WRONG, section="masalah", title="Tidak tampak")
    add_diagram(section="prioritas", title="Kedua")
    reading = reading_of(queries.content(cast.risalah("Sigap")))
    assert reading.diagram_count == 3
    page = acting_as("panitia").get(f"/risalah/{cast.risalah('Sigap').public_id}/baca")
    captions = ["".join(e.itertext()) for e in page.tree.iter("figcaption")]
    assert captions == ["Gambar 1. Pertama", "Gambar 2. Kedua", "Gambar 3. Ketiga"]
    assert "Tidak tampak" not in page.text
    assert "Data gambar 3" in page.words()
    boxes = [e for e in page.tree.iter("div") if e.get("class") == "diagram-scroll"]
    first = [boxes[0].get(name) for name in ("tabindex", "role", "aria-label")]
    assert first == ["0", "region", "Gambar 1. Pertama"]


def test_a_step_with_nothing_but_a_drawing_is_not_empty(
    acting_as: Acting, cast: Cast, add_diagram: Adding
) -> None:
    add_diagram(section="kondisi")
    reading = reading_of(queries.content(cast.risalah("Sigap")))
    assert [step.empty for step in reading.steps] == [False, False, True, True, True, True, True]


def test_handing_in_freezes_the_data(
    cast: Cast, actor: People, complete: Callable[[], Risalah], add_diagram: Adding
) -> None:
    diagram, ketua = add_diagram(title="Lama"), actor("ketua")
    risalah = complete()
    first = hand_in(risalah, ketua)
    db.session.expire_all()
    assert first.sha256 == fingerprint(first.content)
    with transaction():
        service.send_back(actor("panitia"), risalah, "Perbaiki.", clock.now(), judged=False)
    assert queries.is_unchanged(risalah, first) is True
    with transaction():
        diagram_service.remove_diagram(ketua, diagram, clock.now())
    assert queries.is_unchanged(risalah, first) is False
    second = hand_in(risalah, ketua)
    assert [found["data"]["title"] for found in first.content["diagrams"]] == ["Lama"]
    assert "diagrams" not in second.content


def test_hand_in_page_names_what_cannot_be_drawn(
    acting_as: Acting, complete: Callable[[], Risalah], add_diagram: Adding, actor: People
) -> None:
    diagram = add_diagram(WRONG, section="kondisi", title="Keluhan")
    add_diagram()
    risalah = complete()
    with transaction():
        service.set_title(actor("ketua"), risalah, "Judul", risalah.version, clock.now())
    page = acting_as("ketua").get(f"/risalah/{risalah.public_id}/serahkan")
    assert (
        "Keluhan (langkah 2) belum dapat digambar dan tidak ikut diserahkan: Baris 1, kolom “Jumlah” harus"
        in page.words()
    )
    assert f"/diagram/{diagram.public_id}" in {a.get("href") for a in page.tree.iter("a")}
    assert "1 gambar, 1 belum dapat digambar" in page.words()
    assert (
        acting_as("ketua")
        .post(f"/risalah/{risalah.public_id}/serahkan", {"sure": "y", "number": "1"})
        .location.endswith("/tanda-terima/1")
    )


def test_judges_see_the_drawings(acting_as: Acting, cast: Cast) -> None:
    frozen = {
        "public_id": "A" * 16,
        "section": "masalah",
        "kind": "pareto",
        "data": {"items": [["<b>Antrean", 80], ["Berkas", 9.5]], "title": "Keluhan & <i>antrean"},
    }
    outdated = frozen | {"data": {"items": "bentuk lama"}}
    with transaction():
        submission = cast.risalah("Cepat").submissions[-1]
        submission.content = {**submission.content, "diagrams": [frozen, outdated]}
        submission.sha256 = fingerprint(submission.content)
    page = acting_as("juri").get(f"/juri/lembar/{cast.sheet('juri', 'Cepat').public_id}")
    assert page.text.count("<svg xmlns=") == 1
    assert "Gambar 1. Keluhan & <i>antrean" in page.words()
    assert "Gambar 2 tidak dapat ditampilkan. Beri tahu panitia." in page.words()
    assert "<b>Antrean" not in page.text
