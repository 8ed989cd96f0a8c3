"""Somebody at a browser of their own, with everything written down that goes wrong on their pages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    ViewportSize,
    expect,
)

from kbk.demo.edition import PASSWORD
from tests.journeys.site import Site

WATCH = (
    "addEventListener('securitypolicyviolation', (event) => console.error('policy', event.violatedDirective))"
)
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (4\d\d)")
OFFLINE = (
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
    "Failed to load resource: net::ERR_CONNECTION_RESET",
)
HEIGHTS = {390: 844, 820: 1180, 1366: 768}


class Visitor:
    """A fresh browser window; `faults` collects console errors, page errors and answers of 500 and above."""

    def __init__(self, browser: Browser, site: Site, width: int = 1366, **options: Any) -> None:
        size: ViewportSize = {"width": width, "height": HEIGHTS[width]}
        self.site = site
        self.width = width
        self.faults: list[str] = []
        self.refusals: list[int] = []
        self.is_offline = False
        self.context: BrowserContext = browser.new_context(
            viewport=size, base_url=site.address, has_touch=width < 1000, locale="id-ID", **options
        )
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(WATCH)
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.context.on("response", self._note_answer)
        self.page: Page = self.context.new_page()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        refused = REFUSED.match(message.text)
        if refused:
            self.refusals.append(int(refused[1]))
        elif not (self.is_offline and message.text in OFFLINE):
            self.faults.append(f"{message.text} on {message.location['url']}")

    def _note_answer(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} for {response.url}")

    def open(self, path: str) -> None:
        """Go to an address of the site; it must answer well."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{answer.status} for {path}"

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """Sign in by the form."""
        self.open("/masuk")
        self.page.get_by_label("Nama masuk").fill(username)
        self.page.get_by_label("Kata sandi").fill(password)
        self.press("Masuk")
        expect(self.page).not_to_have_url(re.compile("/masuk"))

    def sign_out(self) -> None:
        """Sign out by the menu of one's own name."""
        self.page.locator(".usermenu > summary").click()
        self.press("Keluar")
        expect(self.heading).to_have_text("Masuk")

    def press(self, name: str, page: Page | None = None) -> None:
        """Press the button of this name."""
        (page or self.page).get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow the link of this name."""
        self.page.get_by_role("link", name=name, exact=True).click()

    def to_next_sheet(self) -> None:
        """Go from a judge's list to the sheet it offers."""
        self.page.locator(".next-step a").click()
        self.page.wait_for_url(re.compile("/juri/lembar/"))

    def to_risalah(self) -> None:
        """Go from a group's page to its risalah."""
        self.page.locator("main a[href$='/risalah']").first.click()
        expect(self.heading).to_contain_text("Risalah KBK")

    def menu(self, name: str) -> None:
        """Go to a page by the main menu, which a small screen hides behind a button."""
        if not self.page.locator("#navigasi").is_visible():
            self.press("Menu")
        self.page.locator("#navigasi").get_by_role("link", name=name, exact=True).click()

    def search(self, words: str) -> None:
        """Search a list by the form above it."""
        filters = self.page.locator("form.filters")
        filters.get_by_role("searchbox").fill(words)
        filters.get_by_role("button").click()
        expect(self.page).to_have_url(re.compile("cari="))

    def agree(self, name: str) -> None:
        """Answer the question in the dialog with the button of this name."""
        self.page.locator("dialog").get_by_role("button", name=name, exact=True).click()

    @property
    def heading(self) -> Any:
        """The page's only h1."""
        return self.page.locator("h1")

    @contextmanager
    def refused(self, status: int) -> Iterator[None]:
        """Expect that the server refuses exactly one thing that is done inside."""
        assert self.refusals == []
        yield
        self.page.wait_for_load_state()
        assert self.refusals == [status]
        self.refusals.clear()

    def allow_refusals(self, *statuses: int) -> None:
        """Say that the server was right to refuse just these so far."""
        assert self.refusals == list(statuses)
        self.refusals.clear()

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Be without a network inside."""
        self.is_offline = True
        self.context.set_offline(True)
        yield
        self.context.set_offline(False)

    def overflow(self) -> int:
        """How many pixels the page is wider than the window."""
        return int(
            self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )

    def leave(self) -> list[str]:
        """Close the window and return all that went wrong."""
        unexpected = [f"refused with {status}" for status in self.refusals]
        try:
            self.context.close()
        except Error as error:
            self.faults.append(str(error))
        return self.faults + unexpected
