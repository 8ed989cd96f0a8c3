"""The pages on which a team chooses a tool, types its data, sees it, and goes back."""

import html
import json
from collections.abc import Callable

import pytest

from kbk.db import db, transaction
from kbk.risalah import queries
from kbk.risalah.models import Diagram
from tests.cast import Cast
from tests.page import Browser, Page

Acting = Callable[[str | None], Browser]
Adding = Callable[..., Diagram]

TABLE = "Jenis\tJumlah\tJumlah sesudah\nAntrean\t80\t\nBerkas kurang\t94\t\n"
WRONG = TABLE.replace("94", "banyak")
SENTENCE = "Baris 2, kolom “Jumlah” harus berupa angka seperti 1.250 atau 12,5, bukan “banyak”."


def url_of(diagram: Diagram) -> str:
    return f"/diagram/{diagram.public_id}"


def step_url(cast: Cast, number: int = 1, group: str = "Sigap") -> str:
    return f"/risalah/{cast.risalah(group).public_id}/langkah/{number}"


def choice_url(cast: Cast, key: str = "masalah", group: str = "Sigap") -> str:
    return f"/risalah/{cast.risalah(group).public_id}/bagian/{key}/diagram"


def stored(diagram: Diagram) -> Diagram:
    db.session.rollback()
    return queries.diagram(diagram.public_id)


def drawings(page: Page) -> int:
    return page.text.count("<svg xmlns=")


def test_a_tool_is_chosen_and_its_page_opened(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("anggota")
    assert choice_url(cast) in browser.get(step_url(cast)).text
    page = browser.get(choice_url(cast))
    assert page.heading == "Tambah diagram"
    assert "Biasa dipakai dalam langkah ini" in page.words()
    assert drawings(page) >= 1
    answer = browser.post(choice_url(cast), {"kind": "pareto"})
    (begun,) = queries.diagrams(cast.risalah("Sigap"))
    assert answer.location == url_of(begun)
    page = browser.get(answer.location)
    assert page.heading == "Diagram Pareto"
    assert "Tabelnya belum diisi. Gambarnya muncul di sini begitu datanya cukup." in page.words()
    assert page.fields("/diagram/" + begun.public_id)["table"] == "Jenis\tJumlah\tJumlah sesudah\n"


def test_a_tool_not_usual_in_the_step_stands_below(acting_as: Acting, cast: Cast) -> None:
    words = acting_as("ketua").get(choice_url(cast, "rencana")).words()
    assert "Alat lain" in words
    assert words.index("Alat lain") < words.index("Diagram Pareto Menunjukkan")


def test_an_unknown_tool_is_refused(acting_as: Acting, cast: Cast) -> None:
    page = acting_as("ketua").post(choice_url(cast), {"kind": "ramalan"})
    assert page.status == 400
    assert "Alat ini tidak tersedia." in page.words()


def test_the_page_tells_the_script_its_columns(acting_as: Acting, add_diagram: Adding) -> None:
    page = acting_as("ketua").get(url_of(add_diagram()))
    (table,) = [e for e in page.tree.iter("textarea") if e.get("name") == "table"]
    grid = json.loads(table.get("data-grid", ""))
    assert [(column["heading"], column["numeric"]) for column in grid] == [
        ("Jenis", False),
        ("Jumlah", True),
        ("Jumlah sesudah", True),
    ]
    assert table.get("data-grid-further") is None


def test_typing_saves_and_draws(acting_as: Acting, add_diagram: Adding) -> None:
    diagram = add_diagram("Jenis\tJumlah\tJumlah sesudah\n")
    answer = acting_as("anggota").save(
        url_of(diagram), {"table": TABLE, "isian-title": " Keluhan  loket ", "version": str(diagram.version)}
    )
    body = answer.response.json
    assert body is not None
    assert (answer.status, body["problems"], body["version"]) == (200, {}, stored(diagram).version)
    assert body["saved_at"].endswith(" WIB")
    assert body["shown"]["kabar-gambar"] == "Gambar mengikuti isian."
    assert body["shown"]["gambar"].count("<svg xmlns=") == 1
    assert "Keluhan loket" in body["shown"]["gambar"]
    assert (stored(diagram).settings, stored(diagram).table_text) == ({"title": "Keluhan loket"}, TABLE)


@pytest.mark.parametrize(("items", "tables"), [(59, 1), (60, 0)])
def test_a_long_table_is_not_sent_with_every_save(
    acting_as: Acting, add_diagram: Adding, items: int, tables: int
) -> None:
    diagram = add_diagram("Jenis\tJumlah\tJumlah sesudah\n")
    table = "".join(f"Jenis {number}\t{number + 1}\n" for number in range(items))
    body = (
        acting_as("anggota")
        .save(url_of(diagram), {"table": table, "version": str(diagram.version)})
        .response.json
    )
    assert body is not None
    assert (body["shown"]["gambar"].count("<svg xmlns="), body["shown"]["gambar"].count("<table")) == (
        1,
        tables,
    )


def test_what_cannot_be_drawn_is_kept_and_told(acting_as: Acting, add_diagram: Adding) -> None:
    diagram = add_diagram()
    browser = acting_as("ketua")
    body = browser.save(url_of(diagram), {"table": WRONG, "version": str(diagram.version)}).response.json
    assert body is not None
    assert body["shown"]["kabar-gambar"] == f"Belum dapat digambar: {SENTENCE}"
    assert stored(diagram).table_text == WRONG
    page = browser.get(url_of(diagram))
    (fault,) = [e for e in page.tree.iter("div") if e.get("data-fault") is not None]
    assert (fault.get("data-row"), fault.get("data-column")) == ("2", "1")
    assert SENTENCE in page.words()
    assert browser.get(url_of(diagram) + "/gambar.svg").status == 409


def test_saving_by_hand_leads_back_to_the_part(acting_as: Acting, cast: Cast, add_diagram: Adding) -> None:
    diagram = add_diagram()
    browser = acting_as("ketua")
    answer = browser.post(url_of(diagram), {"table": TABLE + "Lain\t3\t", "version": str(diagram.version)})
    assert answer.location == step_url(cast) + "#diagram-masalah"
    page = browser.get(step_url(cast))
    assert "Berhasil: Diagram Pareto disimpan." in page.words()
    assert "5 kata, 1 diagram" in page.words()
    answer = browser.post(url_of(diagram), {"table": WRONG, "version": str(stored(diagram).version)})
    page = browser.get(step_url(cast))
    assert f"Perhatian: Diagram Pareto disimpan. Belum dapat digambar: {SENTENCE}" in page.words()
    assert "1 diagram belum dapat digambar" in page.words()


def test_without_scripts_the_drawing_can_be_looked_at(acting_as: Acting, add_diagram: Adding) -> None:
    diagram = add_diagram()
    data = {"table": TABLE, "version": str(diagram.version), "lihat": "1"}
    assert acting_as("ketua").post(url_of(diagram), data).location == url_of(diagram) + "#gambar"


@pytest.mark.parametrize(
    ("settings", "heading"),
    [
        ({"isian-type": "p"}, "Sampel\tCacat\tDiperiksa\tAlasan tidak dihitung"),
        ({"isian-type": "c"}, "Sampel\tCacat\tAlasan tidak dihitung"),
    ],
)
def test_the_columns_of_another_choice_are_shown_on_the_same_page(
    acting_as: Acting, cast: Cast, settings: dict[str, str], heading: str
) -> None:
    browser = acting_as("ketua")
    url = browser.post(choice_url(cast), {"kind": "control-chart"}).location
    answer = browser.post(url, browser.get(url).fields(url) | settings)
    assert answer.location == url + "#isian"
    page = browser.get(url)
    assert "Kolom tabel disesuaikan dengan pilihan Anda. Periksa isinya." in page.words()
    assert page.fields(url)["table"].splitlines()[0] == heading


def test_the_second_to_save_sees_both_and_decides(acting_as: Acting, add_diagram: Adding) -> None:
    diagram = add_diagram(title="Judul lama")
    version = str(diagram.version)
    mine, other = TABLE.replace("80", "81"), TABLE.replace("80", "82")
    acting_as("anggota").post(url_of(diagram), {"table": other, "isian-title": "Lain", "version": version})
    browser = acting_as("ketua")
    data = {"table": mine, "isian-title": "Milik saya", "version": version}
    answer = browser.save(url_of(diagram), data)
    assert answer.status == 409
    assert answer.response.json == {
        "message": "Diagram Pareto ini sudah disimpan oleh Joko Anggota sejak halaman ini dibuka. "
        "Tekan Simpan untuk melihat keduanya.",
        "current": {"version": int(version) + 1},
    }
    page = browser.post(url_of(diagram), data)
    assert page.status == 409
    assert "Yang tersimpan sekarang" in page.words()
    assert "Tersimpan sekarang: Lain" in page.words()
    assert "Antrean82" in page.words().replace(" ", "")
    assert drawings(page) == 3
    shown = page.fields(url_of(diagram))
    assert (shown["table"], shown["isian-title"]) == (mine, "Milik saya")
    assert int(shown["version"]) == int(version) + 1
    assert stored(diagram).table_text == other
    shown.pop("csrf_token")
    assert browser.post(url_of(diagram), shown).status == 302
    assert stored(diagram).table_text == mine


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("table", "x" * 200_001, "Tabel terlalu panjang (200 ribu huruf; paling banyak 200 ribu)."),
        ("isian-title", "x" * 1001, "Judul gambar paling banyak 1000 huruf."),
        ("version", "", "Muat ulang halaman ini"),
    ],
)
def test_what_is_refused_is_shown_back(
    acting_as: Acting, add_diagram: Adding, field: str, value: str, words: str
) -> None:
    diagram = add_diagram()
    data = {"table": TABLE + "Tambahan\t3\t", "version": str(diagram.version)} | {field: value}
    page = acting_as("ketua").post(url_of(diagram), data)
    assert page.status == 400
    assert words in page.words()
    assert page.fields(url_of(diagram))["table"] == data["table"]
    answer = acting_as("ketua").save(url_of(diagram), data)
    assert (answer.status, words in str(answer.response.json)) == (400, True)
    assert stored(diagram).table_text == diagram.table_text


@pytest.mark.parametrize("former", ["", "[]", "{}", "{", '{"unit": 3, "x": "y"}', "[" * 9999, "9" * 5000])
def test_settings_before_that_make_no_sense_do_no_harm(
    acting_as: Acting, add_diagram: Adding, former: str
) -> None:
    diagram = add_diagram()
    data = {"table": TABLE, "version": str(diagram.version), "former": former}
    assert acting_as("ketua").post(url_of(diagram), data).status == 302


def test_a_removed_diagram_can_be_put_back(acting_as: Acting, cast: Cast, add_diagram: Adding) -> None:
    diagram = add_diagram(title="Keluhan")
    browser = acting_as("anggota")
    assert browser.post(url_of(diagram) + "/hapus").location == step_url(cast) + "#diagram-masalah"
    page = browser.get(step_url(cast))
    assert "“Keluhan” dihapus. Di bawah ini dapat dikembalikan." in page.words()
    assert "Diagram yang dihapus (1)" in page.words()
    assert drawings(page) == 0
    page = browser.get(url_of(diagram))
    assert "Diagram ini sudah dihapus" in page.words()
    assert list(page.tree.iter("textarea")) == []
    refused = browser.post(url_of(diagram), {"table": "Tulisan saya", "version": str(diagram.version)})
    assert refused.status == 409
    assert "sudah dihapus. Kembalikan dahulu" in refused.words()
    assert "Tulisan saya" in refused.text
    assert browser.post(url_of(diagram) + "/pulihkan").status == 302
    assert drawings(browser.get(step_url(cast))) == 1


def test_history_shows_and_restores_earlier_content(acting_as: Acting, add_diagram: Adding) -> None:
    diagram = add_diagram()
    first = diagram.version
    browser = acting_as("ketua")
    browser.post(url_of(diagram), {"table": WRONG, "version": str(first)})
    page = browser.get(url_of(diagram) + "/riwayat")
    assert f"Belum dapat digambar: {SENTENCE}" in page.words()
    assert drawings(page) == 0
    assert drawings(browser.get(f"{url_of(diagram)}/riwayat?versi={first}")) == 1
    answer = browser.post(f"{url_of(diagram)}/riwayat/{first}/pulihkan", {"version": str(first)})
    assert answer.status == 409
    answer = browser.post(f"{url_of(diagram)}/riwayat/{first}/pulihkan", {"version": str(first + 1)})
    assert answer.location == url_of(diagram) + "#gambar"
    assert "Isi lama dipakai lagi." in browser.get(url_of(diagram)).words()
    assert stored(diagram).table_text == TABLE


def test_history_of_an_unfilled_diagram_says_so(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua")
    url = browser.post(choice_url(cast), {"kind": "pareto"}).location
    assert "Diagram ini belum pernah diisi." in browser.get(url + "/riwayat").words()


def test_the_drawing_is_a_file_that_runs_nothing(acting_as: Acting, add_diagram: Adding) -> None:
    diagram = add_diagram(title='../Keluhan "loket" <b>é')
    answer = acting_as("panitia").get(url_of(diagram) + "/gambar.svg").response
    headers = answer.headers
    assert headers["Content-Type"].startswith("image/svg+xml")
    assert headers["Content-Disposition"] == "attachment; filename=keluhan-loket-b-e.svg"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert answer.get_data(as_text=True).startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_a_title_without_letters_names_no_file(acting_as: Acting, add_diagram: Adding) -> None:
    answer = acting_as("ketua").get(url_of(add_diagram(title="…/…")) + "/gambar.svg").response
    assert answer.headers["Content-Disposition"] == "attachment; filename=pareto.svg"


NASTY = "</textarea></svg><script>alert(1)</script>\"'{{ 7*7 }}"


def test_hostile_texts_stay_texts(acting_as: Acting, cast: Cast, add_diagram: Adding) -> None:
    table = TABLE.replace("Antrean", NASTY)
    diagram = add_diagram(table, title=NASTY, source=NASTY, subtitle=NASTY, unit=NASTY)
    browser = acting_as("ketua")
    data = {"table": table + NASTY, "isian-title": NASTY, "version": "1"}
    pages = [
        *(browser.get(url_of(diagram) + rest) for rest in ("", "/riwayat")),
        browser.get(step_url(cast)),
        browser.get(f"/risalah/{cast.risalah('Sigap').public_id}/baca"),
        browser.post(url_of(diagram), data),
        browser.post(url_of(diagram) + "/hapus") and browser.get(step_url(cast)),
    ]
    for page in pages:
        assert "<script>alert" not in page.text
        assert "alert(1)" in html.unescape(page.text)
        assert "49" not in page.words().replace("94", "")


def test_organisers_read_and_others_do_not(acting_as: Acting, cast: Cast, add_diagram: Adding) -> None:
    diagram = add_diagram()
    page = acting_as("panitia").get(url_of(diagram))
    assert drawings(page) == 1
    assert "Hanya anggota kelompok yang dapat mengubah diagram ini." in page.words()
    assert list(page.tree.iter("textarea")) == []
    assert drawings(acting_as("panitia").get(step_url(cast))) == 1
    for person in ("ketua-lain", "juri", "pengguna"):
        missing = acting_as(person).get("/diagram/AAAAAAAAAAAAAAAA")
        foreign = acting_as(person).get(url_of(diagram))
        assert (foreign.status, foreign.text) == (404, missing.text)
        assert acting_as(person).post(url_of(diagram), {"table": "x", "version": "2"}).status == 404
        assert acting_as(person).get(url_of(diagram) + "/gambar.svg").status == 404


def test_a_handed_in_risalah_takes_no_diagram(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua-lain")
    assert "Tambah diagram" not in browser.get(step_url(cast, group="Cepat")).words()
    assert browser.get(choice_url(cast, group="Cepat")).location == step_url(cast, group="Cepat")
    assert browser.post(choice_url(cast, group="Cepat"), {"kind": "pareto"}).status == 409


def test_a_stored_diagram_of_another_section_shows_only_there(
    acting_as: Acting, cast: Cast, add_diagram: Adding
) -> None:
    add_diagram(section="kondisi")
    with transaction():
        cast.risalah("Sigap").sections[0].html = ""
    browser = acting_as("ketua")
    assert drawings(browser.get(step_url(cast))) == 0
    assert drawings(browser.get(step_url(cast, 2))) == 1
