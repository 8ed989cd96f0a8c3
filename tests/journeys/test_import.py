"""An organiser imports a list as offices keep it: faults are told, good rows come in once."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from kbk.db import db
from kbk.groups.models import Group
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

LIST = Path(__file__).parents[1] / "groups" / "data" / "daftar-kbk.xlsx"


def group_count(site: Site) -> int:
    with site.inside():
        return db.session.scalars(select(func.count(Group.id))).one()


def upload(organiser: Visitor) -> None:
    organiser.menu("Impor Excel")
    organiser.page.get_by_label("Berkas Excel").set_input_files(LIST)
    organiser.press("Unggah dan periksa")
    expect(organiser.heading).to_have_text("Pratinjau impor")


def verdicts(organiser: Visitor) -> dict[str, int]:
    """How many rows have which verdict, as the tabs above the rows say."""
    tabs = organiser.page.get_by_role("navigation", name="Saring menurut keadaan").get_by_role("link").all()
    words = [tab.inner_text().split() for tab in tabs]
    return {" ".join(label): int(count) for *label, count in words}


def written_rows() -> int:
    """How many rows of the list hold anything at all."""
    book = CalamineWorkbook.from_path(LIST)
    return sum(any(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


def test_organiser_imports_a_list_twice(visit: Callable[..., Visitor], site: Site) -> None:
    before = group_count(site)
    organiser = visit()
    organiser.sign_in("panitia")
    organiser.open("/panitia")
    organiser.follow("Gelar Budaya Kerja Kota Semarang 2024")
    upload(organiser)
    assert verdicts(organiser) == {"Semua": 46, "Siap diimpor": 34, "Perlu diperbaiki": 7, "Dilewati": 5}
    assert organiser.page.locator("tbody tr").count() == written_rows() == 46
    faulty = organiser.page.locator("tr", has_text="bukan alamat")
    expect(faulty).to_contain_text("Alamat surel “bukan alamat” tidak dikenali.")
    organiser.press("Terapkan 34 baris")
    expect(organiser.heading).to_have_text("Hasil impor")
    expect(organiser.page.get_by_text("34 kelompok telah dimasukkan")).to_be_visible()
    assert group_count(site) == before + 34

    upload(organiser)
    assert verdicts(organiser) == {"Semua": 46, "Perlu diperbaiki": 7, "Sudah ada": 35, "Dilewati": 4}
    expect(organiser.page.get_by_role("button", name="Terapkan")).to_have_count(0)
    expect(organiser.page.get_by_text("Tidak ada baris yang siap diimpor.")).to_be_visible()
    assert group_count(site) == before + 34
