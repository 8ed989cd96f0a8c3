"""Whatever is sent to an address that changes something: an answer in Indonesian, never a fault of the program."""

import re
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kbk.db import db
from tests.cast import Cast
from tests.page import Browser
from tests.site.forms_sent import POSTED, PREPARED, fields_of, methods_of, object_and_person, url_of
from tests.site.test_access import ROUTES

NASTY = {
    "empty": "",
    "blank": " ",
    "null character": "a\x00b",
    "long": "x" * 10_000,
    "rather long": "Pelayanan " * 35,
    "not a number": "NaN",
    "exponent": "1e9",
    "negative": "-1",
    "400 digits": "9" * 400,
    "5000 digits": "9" * 5000,
    "superscript": "²",
    "arabic digit": "٣",
    "more than 64 bits": "99999999999999999999",
    "decimal comma": "8,5",
    "script": "<script>alert(1)</script>",
    "quote": "'",
    "breaking out": '"><img src=x onerror=1>',
    "path": "../../etc/passwd",
    "template": "{{7*7}}",
    "formula": "=1+1",
    "emoji": "👩‍👩‍👧‍👦🏴‍☠️",
    "combining": "a" + "\u0301" * 3000,
    "growing": "ﷺ" * 110,
    "no such day": "2024-13-45",
    "first day": "0001-01-01",
    "first moment": "0001-01-01T00:00",
    "last moment": "9999-12-31T23:59",
    "last day": "9999-12-31",
}
ENGLISH = re.compile(
    r"\b(field|must|cannot|invalid|required|valid choice|longer|missing|token)\b", re.IGNORECASE
)
SENTENCE = re.compile(
    r'class="[^"]*(?:field-error|error-summary|callout|panel-danger|empty)[^>]*>(.*?)</(?:ul|p)>'
    r"|data-failed[^>]*>(.*?)</p>",
    re.DOTALL,
)
ALONE = (
    "rather long",
    "5000 digits",
    "superscript",
    "more than 64 bits",
    "growing",
    "first moment",
    "last day",
)
"""What is also sent in one field while all others are right."""
LARGE_FORM = 8


def problem_of(response: TestResponse) -> str | None:
    """What is wrong with an answer, or None."""
    if response.status_code >= 500:
        return f"answers {response.status_code}"
    if response.status_code < 400:
        return None
    if response.mimetype == "application/json":
        told = [response.get_json()["message"]]
    else:
        told = ["".join(found) for found in SENTENCE.findall(response.get_data(as_text=True))]
    if not any(told):
        return f"{response.status_code} without a sentence"
    if english := [sentence for sentence in told if ENGLISH.search(sentence)]:
        return f"{response.status_code} in English: {english[0]}"
    return None


class Sender:
    """Sends variations of one form, taking a fresh form whenever the last one can no longer be sent."""

    def __init__(self, app: Flask, cast: Cast, endpoint: str) -> None:
        self.app, self.cast, self.endpoint = app, cast, endpoint
        app.config["PROPAGATE_EXCEPTIONS"] = False
        self.browser = Browser(app, object_and_person(endpoint)[1])
        PREPARED.get(endpoint, lambda _cast: None)(cast)
        self.problems: dict[str, str] = {}
        self.url = url_of(app, cast, endpoint)
        self.renew()

    def renew(self) -> None:
        """Look at the form again."""
        self.fields = fields_of(self.browser, self.app, self.cast, self.endpoint, self.url)

    def send(self, what: str, data: object, **options: object) -> None:
        """Send and note what is wrong with the answer."""
        if isinstance(data, dict):
            data = {"csrf_token": self.browser.csrf_token} | data
        response = self.browser.client.post(self.url, data=data, **options)
        db.session.rollback()
        if problem := problem_of(response):
            self.problems[what] = problem
        if response.status_code == 404:
            self.url = url_of(self.app, self.cast, self.endpoint)
        if response.status_code in {404, 409} or (response.status_code < 400 and "version" in self.fields):
            self.renew()


def varied(fields: dict[str, str]) -> list[str]:
    """The fields to vary one by one: of a form that repeats its rows, those of the first rows."""
    names = list(fields)
    return names if len(names) <= 2 * LARGE_FORM else names[:LARGE_FORM] + names[-1:]


def test_every_address_that_takes_a_form_is_tried(app):
    assert {endpoint for endpoint in ROUTES if "POST" in methods_of(app, endpoint)} == set(POSTED)


def send_nasty(sender: Sender) -> None:
    """Send values that a field does not expect: in all fields at once, and in one while the others are right."""
    for label, value in NASTY.items() if sender.fields else ():
        sender.send(f"all {label}", dict.fromkeys(sender.fields, value))
    for label in ALONE:
        for name in varied(sender.fields):
            sender.send(f"{name}: {label}", sender.fields | {name: NASTY[label]})


def send_misshapen(sender: Sender) -> None:
    """Send what no browser makes of the form."""
    names = list(sender.fields)
    sender.send("nothing", {})
    for name in varied(sender.fields):
        sender.send(f"without {name}", {other: v for other, v in sender.fields.items() if other != name})
    sender.send("twice", {name: [value, "x"] for name, value in sender.fields.items()})
    sender.send("files for text", {name: (BytesIO(b"\xff\x00"), "../x.pdf") for name in names})
    sender.send("text for files", {"file": "x"})
    sender.send("a file without a name", sender.fields | {"file": (BytesIO(b""), "")})
    sender.send("bytes that are no text", sender.fields | dict.fromkeys(names, b"\xed\xa0\x80\xff"))
    many = {f"f{number}": "x" for number in range(3001)}
    sender.send("too many parts", many, content_type="multipart/form-data")
    sender.send("rows", {"criteria-²-name": "x", f"criteria-{'9' * 5000}-name": "x", "advance-²": "1"})
    sender.send("many rows", sender.fields | {f"criteria-{n}-name": "x" for n in range(200)})
    sender.send("many numbers", sender.fields | {f"advance-{n}": "1" for n in range(200)})
    for kind in ("application/json", "text/plain", "multipart/form-data", "application/xml; charset=utf-7"):
        headers = {"X-CSRFToken": sender.browser.csrf_token}
        sender.send(kind, b'{"name": "\\ud800"}', content_type=kind, headers=headers)


@pytest.mark.parametrize("endpoint", POSTED)
def test_bad_input_is_answered_in_indonesian(endpoint, app, cast):
    sender = Sender(app, cast, endpoint)
    send_nasty(sender)
    send_misshapen(sender)
    assert sender.problems == {}
