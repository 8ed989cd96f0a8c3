"""A real browser before a real installation that holds the demonstration."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.site import Site, prepare, serve
from tests.journeys.visitor import Visitor

expect.set_options(timeout=15_000)
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that has loaded the demonstration; it is copied, never served itself."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(folder)
    return folder


@pytest.fixture(scope="session")
def shared_site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation for all journeys that touch different groups and sheets, in whatever order they run."""
    with serve(prepared, tmp_path_factory.mktemp("shared") / "data") as site:
        yield site
        assert site.troubles() == []


@pytest.fixture
def site(shared_site: Site) -> Site:
    """The installation this journey goes to; a journey that changes the contest itself overrides it."""
    return shared_site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The installed Chromium; one per module, because another part of the tests starts its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """Open a fresh browser; at the end nothing may have gone wrong in any of them."""
    visitors: list[Visitor] = []

    def open_browser(width: int = 1366, **options: Any) -> Visitor:
        visitors.append(Visitor(chromium, site, width, **options))
        return visitors[-1]

    yield open_browser
    assert [fault for visitor in visitors for fault in visitor.leave()] == []
