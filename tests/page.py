"""A browser without scripts for page tests: it checks each page it is shown."""

import hashlib
import re
from contextvars import Context
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from werkzeug.test import TestResponse

from kbk import clock
from kbk.accounts import service
from kbk.accounts.models import User
from kbk.db import db, transaction

RAW_CSRF = "0123456789abcdef0123456789abcdef01234567"
SIGNED_CSRF = re.compile(r'(name="csrf_token"[^<>]* value=)"[\w.-]+"')
_sound: set[bytes] = set()
"""Fingerprints of the pages that were found to be sound, without their tokens, which change every second."""


@dataclass
class Page:
    """An answer; an HTML answer is checked when it is read."""

    response: TestResponse

    @property
    def status(self) -> int:
        """The status code."""
        return self.response.status_code

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.response.headers["Location"]

    @cached_property
    def text(self) -> str:
        """The body as text."""
        return self.response.get_data(as_text=True)

    @cached_property
    def tree(self) -> Element:
        """The parsed document; invalid HTML raises."""
        return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(self.text)

    @property
    def heading(self) -> str:
        """The text of the only h1."""
        return "".join(self.tree.findall(".//h1")[0].itertext()).strip()

    def errors(self) -> list[str]:
        """The messages beside fields and on top of the form."""
        return [
            " ".join("".join(e.itertext()).split())
            for e in self.tree.iter()
            if "field-error" in e.get("class", "").split() or "error-summary" in e.get("class", "").split()
        ]

    def fields(self, form_action: str | None = None) -> dict[str, str]:
        """What the last form of the page (or the one with this action; "" for none) holds when it is sent back."""
        forms = [form for form in self.tree.iter("form") if form_action in (None, form.get("action", ""))]
        held: dict[str, str] = {}
        for field in forms[-1].iter():
            name, kind = field.get("name"), field.get("type")
            if not name or (kind in {"checkbox", "radio"} and field.get("checked") is None):
                continue
            if field.tag == "input":
                held[name] = field.get("value") or ""
            elif field.tag == "textarea":
                held[name] = (field.text or "").removeprefix("\n")
            elif field.tag == "select":
                chosen = [o for o in field.iter("option") if o.get("selected") is not None]
                held[name] = ((chosen or list(field.iter("option")))[0].get("value")) or ""
        return held

    def words(self) -> str:
        """The visible text with single blanks."""
        body = self.tree.find(".//body")
        return " ".join("".join(body.itertext()).split()) if body is not None else ""


def check_page(page: Page) -> None:
    """Assert what holds for every page; one that was found to be sound before, letter by letter, is not read again."""
    looks = hashlib.sha256(SIGNED_CSRF.sub(r'\1""', page.text).encode()).digest()
    if looks not in _sound:
        _check_tree(page.tree)
        _sound.add(looks)


def _check_tree(tree: Element) -> None:
    """Valid HTML (or it would not have been read), one h1, a title, unique ids, labelled fields, no inline code."""
    assert len(tree.findall(".//h1")) == 1, "a page has exactly one h1"
    assert (tree.findtext(".//title") or "").strip(), "a page has a title"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"ids repeat: {sorted({i for i in ids if ids.count(i) > 1})}"
    labelled = {label.get("for") for label in tree.iter("label")}
    for kind in ("input", "select", "textarea"):
        for field in tree.iter(kind):
            if field.get("type") not in {"hidden", "submit", "button"}:
                named = field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
                assert named, f"a field without a label: {field.attrib}"
    for element in tree.iter():
        assert "style" not in element.attrib, f"inline style on {element.tag}"
        assert not [name for name in element.attrib if name.startswith("on")], (
            f"inline script on {element.tag}"
        )
        assert element.tag != "style"
        assert element.tag != "script" or element.get("src") or element.get("type") == "application/json"


class FreshClient(FlaskClient):
    """A client whose requests know nothing of the test's own application context, as in a real server.

    Like one it takes every answer whole and closes it, unless `buffered=False` is asked for.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("buffered", True)
        return Context().run(super().open, *args, **kwargs)


class Browser:
    """Requests as one person, with the CSRF token that a form would carry."""

    def __init__(self, app: Flask, username: str | None) -> None:
        self.app = app
        self.client = app.test_client()
        token = self._session_token(username) if username else None
        with self.client.session_transaction() as session:
            session["csrf_token"] = RAW_CSRF
            if token:
                session["_user_id"] = token
                session["_fresh"] = True

    def _session_token(self, username: str) -> str:
        with transaction():
            user = db.session.scalars(select(User).where(User.username == username)).one()
            return service.open_session(user, device="tes", address="127.0.0.1", now=clock.now())

    @property
    def csrf_token(self) -> str:
        """The token as a form of this browser's session would carry it."""
        serializer = URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token")
        return str(serializer.dumps(RAW_CSRF))

    def get(self, url: str, **options: Any) -> Page:
        """Open a page and check it if it is one."""
        return self._answered(self.client.get(url, **options))

    def post(self, url: str, data: dict[str, Any] | None = None, **options: Any) -> Page:
        """Send a form with its CSRF token; a field given as (stream, filename) is an upload."""
        fields = {"csrf_token": self.csrf_token} | (data or {})
        return self._answered(self.client.post(url, data=fields, **options))

    def save(self, url: str, data: dict[str, Any]) -> Page:
        """Send a form as our scripts do, for an answer in JSON."""
        return self.post(url, data, headers={"X-Requested-With": "fetch"})

    def _answered(self, response: TestResponse) -> Page:
        db.session.rollback()
        page = Page(response)
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303}:
            check_page(page)
        return page
