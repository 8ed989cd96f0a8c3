from collections.abc import Callable

import pytest

from kbk.db import db, transaction
from kbk.groups.models import Member
from kbk.policy import MemberRole
from kbk.risalah import queries
from kbk.risalah.models import Risalah, Section
from tests.cast import Cast
from tests.page import Browser

Acting = Callable[[str | None], Browser]


def section_url(cast: Cast, key: str = "masalah", group: str = "Sigap") -> str:
    return f"/risalah/{cast.risalah(group).public_id}/bagian/{key}"


def stored(cast: Cast, key: str = "masalah") -> Section | None:
    return queries.section(cast.risalah("Sigap"), key)


def html_of(cast: Cast, key: str = "masalah") -> str:
    found = stored(cast, key)
    return found.html if found else ""


def test_workplace_says_what_is_missing(acting_as: Acting, cast: Cast) -> None:
    page = acting_as("anggota").get(f"/kelompok/{cast.group('Sigap').public_id}/risalah")
    assert page.status == 200
    assert page.heading == "Risalah KBK Sigap"
    assert "Lanjutkan langkah 1: Menentukan tema dan judul" in page.words()
    assert "Masih kosong: Masalah yang diprioritaskan; Tema dan judul" in page.words()
    assert "0 dari 7 langkah lengkap" in page.words()


def test_group_without_risalah_begins_once(acting_as: Acting, cast: Cast) -> None:
    with transaction():
        user = cast.user("ketua-lain")
        db.session.add(
            Member(group=cast.group("Rukun"), user=user, name=user.name, role=MemberRole.ANGGOTA, position=0)
        )
    url = f"/kelompok/{cast.group('Rukun').public_id}/risalah"
    browser = acting_as("ketua-lain")
    assert "Mulai menulis" in browser.get(url).words()
    assert browser.post(f"{url}/mulai").location == url
    assert browser.post(f"{url}/mulai").location == url
    assert db.session.query(Risalah).join(Risalah.group).filter_by(name="Rukun").count() == 1
    assert cast.risalah("Rukun").outline == "tulta-7"


def test_organiser_reads_but_does_not_begin(acting_as: Acting, cast: Cast) -> None:
    url = f"/kelompok/{cast.group('Rukun').public_id}/risalah"
    assert "belum mulai menulis" in acting_as("panitia").get(url).words()
    assert acting_as("panitia").post(f"{url}/mulai").status == 404


def test_title_is_saved(acting_as: Acting, cast: Cast) -> None:
    url = f"/risalah/{cast.risalah('Sigap').public_id}/judul"
    answer = acting_as("anggota").post(url, {"title": "  Antrean   singkat ", "version": "1"})
    assert answer.status == 302
    assert cast.risalah("Sigap").title == "Antrean singkat"
    assert cast.risalah("Sigap").version == 2


@pytest.mark.parametrize(("title", "status"), [("", 400), ("x" * 251, 400), ("x" * 250, 302)])
def test_title_has_a_length(acting_as: Acting, cast: Cast, title: str, status: int) -> None:
    url = f"/risalah/{cast.risalah('Sigap').public_id}/judul"
    answer = acting_as("ketua").post(url, {"title": title, "version": "1"})
    assert answer.status == status
    if len(title) > 250:
        # Nothing is cut: what is too long is said to be so, and stays.
        (field,) = [element for element in answer.tree.iter("input") if element.get("name") == "title"]
        assert (field.get("value"), field.get("maxlength")) == (title, None)
        assert "Judul risalah paling banyak 250 huruf." in answer.words()


def test_stale_title_is_shown_back_and_not_stored(acting_as: Acting, cast: Cast) -> None:
    url = f"/risalah/{cast.risalah('Sigap').public_id}/judul"
    acting_as("ketua").post(url, {"title": "Judul ketua", "version": "1"})
    page = acting_as("anggota").post(url, {"title": "Judul anggota", "version": "1"})
    assert page.status == 409
    assert "Judul risalah ini baru saja diubah orang lain" in page.words()
    assert "Tersimpan sekarang: Judul ketua" in page.words()
    assert 'value="Judul anggota"' in page.text
    assert cast.risalah("Sigap").title == "Judul ketua"


def test_step_page_has_an_editor_for_each_section(acting_as: Acting, cast: Cast) -> None:
    page = acting_as("anggota").get(f"/risalah/{cast.risalah('Sigap').public_id}/langkah/3")
    assert page.heading == "Langkah 3: Menentukan penyebab"
    editors = [e.get("id") for e in page.tree.iter("textarea") if e.get("data-editor") is not None]
    assert editors == ["naskah-sebab-akibat", "naskah-uji-penyebab", "naskah-penyebab-dominan"]


@pytest.mark.parametrize("step", ["0", "8", "99", "x"])
def test_step_that_does_not_exist_is_not_found(acting_as: Acting, cast: Cast, step: str) -> None:
    assert acting_as("ketua").get(f"/risalah/{cast.risalah('Sigap').public_id}/langkah/{step}").status == 404


def test_autosave_answers_with_time_and_version(acting_as: Acting, cast: Cast) -> None:
    answer = acting_as("anggota").save(
        section_url(cast, "target"), {"html": "<p>Turun ke 15 menit</p>", "version": "0"}
    )
    assert answer.status == 200
    body = answer.response.json
    assert body is not None
    assert (body["version"], body["problems"]) == (1, {})
    assert body["saved_at"].endswith(" WIB")
    assert html_of(cast, "target") == "<p>Turun ke 15 menit</p>"


def test_script_in_text_is_never_stored(acting_as: Acting, cast: Cast) -> None:
    nasty = '<p>a<script>alert(1)</script><img src=x onerror=alert(1)></p><svg onload="alert(1)"></svg>'
    acting_as("anggota").save(section_url(cast), {"html": nasty, "version": "1"})
    assert html_of(cast) == "<p>a</p>"


def test_editor_is_given_cleaned_text(acting_as: Acting, cast: Cast) -> None:
    with transaction():
        cast.risalah("Sigap").sections[0].html = "<p onclick=alert(1)>a<script>alert(1)</script></p>"
    page = acting_as("anggota").get(f"/risalah/{cast.risalah('Sigap').public_id}/langkah/1")
    assert page.tree.findtext(".//textarea[@id='naskah-masalah']") == "<p>a</p>"


def test_pictures_from_elsewhere_are_named_as_lost(acting_as: Acting, cast: Cast) -> None:
    answer = acting_as("anggota").save(
        section_url(cast), {"html": '<p>a<img src="https://x.example/a.png"></p>', "version": "1"}
    )
    assert answer.response.json is not None
    assert answer.response.json["problems"]["html"].startswith("1 gambar dari luar tidak ikut tersimpan.")


def test_same_text_again_changes_nothing(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("anggota")
    for _time in range(2):
        assert browser.post(section_url(cast), {"html": "<p>baru</p>", "version": "1"}).status == 302
    found = stored(cast)
    assert found is not None
    assert found.version == 2
    assert len(queries.revisions(found)) == 2


def test_stale_version_shows_both_texts_and_keeps_the_stored_one(acting_as: Acting, cast: Cast) -> None:
    acting_as("ketua").post(section_url(cast), {"html": "<p>naskah ketua</p>", "version": "1"})
    page = acting_as("anggota").post(section_url(cast), {"html": "<p>naskah anggota</p>", "version": "1"})
    assert page.status == 409
    assert "naskah ketua" in page.words()
    assert "&lt;p&gt;naskah anggota&lt;/p&gt;" in page.text
    assert "Ani Ketua, S.Kom." in page.words()
    assert html_of(cast) == "<p>naskah ketua</p>"
    version = page.tree.find(".//form//input[@name='version']")
    assert version is not None
    again = acting_as("anggota").post(
        section_url(cast), {"html": "<p>naskah anggota</p>", "version": version.get("value", "")}
    )
    assert again.status == 302
    assert html_of(cast) == "<p>naskah anggota</p>"


def test_stale_autosave_is_told_and_not_stored(acting_as: Acting, cast: Cast) -> None:
    acting_as("ketua").save(section_url(cast), {"html": "<p>naskah ketua</p>", "version": "1"})
    answer = acting_as("anggota").save(section_url(cast), {"html": "<p>naskah anggota</p>", "version": "1"})
    assert answer.status == 409
    assert answer.response.json == {
        "message": "Bagian “Daftar masalah dan datanya” sudah disimpan oleh Ani Ketua, S.Kom. sejak halaman ini "
        "dibuka. Tekan Simpan untuk membandingkan kedua naskah.",
        "current": {"html": "<p>naskah ketua</p>", "version": 2},
    }
    assert html_of(cast) == "<p>naskah ketua</p>"


def test_two_tabs_begin_the_same_section(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua")
    assert browser.save(section_url(cast, "alur"), {"html": "<p>satu</p>", "version": "0"}).status == 200
    assert browser.save(section_url(cast, "alur"), {"html": "<p>dua</p>", "version": "0"}).status == 409
    assert html_of(cast, "alur") == "<p>satu</p>"


@pytest.mark.parametrize("version", ["", "x", "1,5"])
def test_form_without_a_version_is_refused_and_shown_back(
    acting_as: Acting, cast: Cast, version: str
) -> None:
    page = acting_as("ketua").post(section_url(cast), {"html": "<p>tulisan saya</p>", "version": version})
    assert page.status == 400
    assert "tulisan saya" in page.text
    assert html_of(cast) == "<p>Antrean Sigap mencapai 60 menit.</p>"


def test_too_long_text_is_refused_and_shown_back(acting_as: Acting, cast: Cast) -> None:
    long = f"<p>{'kata ' * 40_001}</p>"
    page = acting_as("ketua").post(section_url(cast), {"html": long, "version": "1"})
    assert page.status == 400
    assert "terlalu panjang (200 ribu huruf; paling banyak 200 ribu)" in page.words()
    assert "kata kata kata" in page.text
    answer = acting_as("ketua").save(section_url(cast), {"html": long, "version": "1"})
    assert answer.status == 400
    assert answer.response.json is not None
    assert "terlalu panjang" in answer.response.json["message"]


def test_unknown_section_is_not_found(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua")
    assert browser.post(section_url(cast, "rahasia"), {"html": "<p>a</p>", "version": "0"}).status == 404
    assert browser.get(section_url(cast, "rahasia") + "/riwayat").status == 404


def test_history_restores_an_earlier_text(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua")
    browser.post(section_url(cast), {"html": "<p>naskah kedua</p>", "version": "1"})
    page = browser.get(section_url(cast) + "/riwayat")
    assert "Antrean Sigap mencapai 60 menit." in page.words()
    assert browser.post(section_url(cast) + "/riwayat/1/pulihkan", {"version": "2"}).status == 302
    found = stored(cast)
    assert found is not None
    assert (found.html, found.version) == ("<p>Antrean Sigap mencapai 60 menit.</p>", 3)
    assert [revision.version for revision in queries.revisions(found)] == [3, 2, 1]


def test_restoring_over_a_newer_text_is_refused(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua")
    browser.post(section_url(cast), {"html": "<p>naskah kedua</p>", "version": "1"})
    browser.post(section_url(cast), {"html": "<p>naskah ketiga</p>", "version": "2"})
    assert browser.post(section_url(cast) + "/riwayat/1/pulihkan", {"version": "2"}).status == 409
    assert browser.post(section_url(cast) + "/riwayat/9/pulihkan", {"version": "3"}).status == 404
    assert html_of(cast) == "<p>naskah ketiga</p>"


def test_handed_in_risalah_is_read_not_written(acting_as: Acting, cast: Cast) -> None:
    risalah = cast.risalah("Cepat")
    browser = acting_as("ketua-lain")
    page = browser.get(f"/risalah/{risalah.public_id}/langkah/1")
    assert "Risalah sudah diserahkan" in page.words()
    assert not list(page.tree.iter("textarea"))
    refused = browser.post(section_url(cast, group="Cepat"), {"html": "<p>tambahan</p>", "version": "1"})
    assert refused.status == 409
    assert "sudah diserahkan" in refused.words()
    assert "tambahan" in refused.text


@pytest.mark.parametrize("username", ["ketua-lain", "juri", "pengguna", "panitia"])
def test_nobody_else_writes(acting_as: Acting, cast: Cast, username: str) -> None:
    browser = acting_as(username)
    assert browser.post(section_url(cast), {"html": "<p>x</p>", "version": "1"}).status == 404
    assert html_of(cast) == "<p>Antrean Sigap mencapai 60 menit.</p>"


def test_stranger_gets_the_same_answer_as_for_a_missing_risalah(acting_as: Acting, cast: Cast) -> None:
    browser = acting_as("ketua-lain")
    foreign = browser.get(f"/risalah/{cast.risalah('Sigap').public_id}/langkah/1")
    missing = browser.get("/risalah/AAAAAAAAAAAAAAAA/langkah/1")
    assert (foreign.status, missing.status) == (404, 404)
    assert foreign.text == missing.text
