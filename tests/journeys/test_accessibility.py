"""axe-core finds nothing serious on the main pages, on a desktop and on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.visitor import Visitor

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
SERIOUS = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations
        .filter(({ impact }) => ["serious", "critical"].includes(impact))
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}"""
RESULTS = "/gelar/gelar-budaya-kerja-kota-semarang-2024"
PUBLIC = ("/", RESULTS, f"{RESULTS}/hasil", "/periksa", "/masuk", "/tidak-ada")
EDITION_PAGES = (
    "Pantauan",
    "Kelompok",
    "Impor Excel",
    "Undangan",
    "Dewan juri",
    "Tahap & peringkat",
    "Piagam",
    "Pengaturan",
    "Jejak perubahan",
)


class Inspector:
    """Looks at one page after the other and notes what is serious."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.found: list[str] = []
        self.pages = 0

    def look(self) -> None:
        """Note what is wrong on the page that is open."""
        page = self.visitor.page
        page.wait_for_load_state("networkidle")
        page.add_script_tag(path=AXE)
        self.found += [f"{self.visitor.heading.inner_text()}: {fault}" for fault in page.evaluate(SERIOUS)]
        if width := self.visitor.overflow():
            self.found.append(f"{self.visitor.heading.inner_text()}: {width} px too wide")
        self.pages += 1


@pytest.fixture
def inspect(visit: Callable[..., Visitor]) -> Callable[[int], Inspector]:
    """A browser in which the tool may run although the pages' policy forbids scripts from elsewhere."""
    return lambda width: Inspector(visit(width, bypass_csp=True))


@pytest.mark.parametrize("width", [1366, 390])
def test_public_pages_are_accessible(inspect: Callable[[int], Inspector], width: int) -> None:
    inspector = inspect(width)
    for path in PUBLIC:
        inspector.visitor.page.goto(path)
        inspector.look()
    inspector.visitor.allow_refusals(404)
    assert (inspector.found, inspector.pages) == ([], 6)


@pytest.mark.parametrize("width", [1366, 390])
def test_pages_of_the_committee_are_accessible(inspect: Callable[[int], Inspector], width: int) -> None:
    inspector = inspect(width)
    organiser = inspector.visitor
    organiser.sign_in("panitia")
    inspector.look()
    organiser.follow("Gelar Budaya Kerja Kota Semarang 2024")
    for name in EDITION_PAGES:
        organiser.menu(name)
        inspector.look()
    organiser.menu("Tahap & peringkat")
    for name in ("Lihat peringkat", "Penugasan juri"):
        organiser.page.locator("#tahap-2").get_by_role("link", name=name).click()
        inspector.look()
        organiser.page.go_back()
    assert (inspector.found, inspector.pages) == ([], 12)


@pytest.mark.parametrize("width", [1366, 390])
def test_pages_of_teams_and_judges_are_accessible(inspect: Callable[[int], Inspector], width: int) -> None:
    team, judge = inspect(width), inspect(width)
    team.visitor.sign_in("fasilitator")
    team.look()
    team.visitor.to_risalah()
    team.look()
    team.visitor.page.locator(".risalah-steps a").first.click()
    team.look()
    judge.visitor.sign_in("juri-5")
    judge.look()
    judge.visitor.to_next_sheet()
    judge.look()
    judge.visitor.open("/akun")
    judge.look()
    assert (team.found + judge.found, team.pages + judge.pages) == ([], 6)
