"""A real browser on the page of all components."""

import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.static.grid_page import HEADINGS, PARETO, GridPage, form, serve

WATCH = (
    "addEventListener('securitypolicyviolation', (event) => console.error('policy', event.violatedDirective))"
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The installed Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application answers while the test runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_gallery(chromium: Browser, address: str) -> Iterator[Callable[..., tuple[Page, list[str]]]]:
    """Open the page of all components in a fresh browser; gives the page and the list of what went wrong on it."""
    contexts = []

    def open_page(width: int = 1366, **options: Any) -> tuple[Page, list[str]]:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/pengembang/komponen", wait_until="networkidle")
        return page, faults

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def open_grid(open_gallery: Callable[..., tuple[Page, list[str]]]) -> Callable[..., GridPage]:
    """Open a page with a table to type in."""

    def open_page(
        table: str = HEADINGS, width: int = 1366, drawing: str = "<p>Gambar</p>", **options: Any
    ) -> GridPage:
        given = {"columns": PARETO, "further": None, "select": ""}
        content = form(table, **{name: options.pop(name, default) for name, default in given.items()})
        opened = GridPage(*open_gallery(width, **options), drawing=drawing)
        serve(opened, content)
        return opened

    return open_page
