"""Every address × every person × own and foreign objects: who gets an answer and who is refused."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from kbk.app import PAGES
from tests.cast import PEOPLE, Cast
from tests.page import Browser, Page
from tests.site.routes import VISITOR, Route

WRITTEN = [path.stem for path in sorted(Path(__file__).parent.glob("routes_*.py"))]
ROUTES: dict[str, Route] = {
    endpoint: route
    for name in WRITTEN
    for endpoint, route in importlib.import_module(f"tests.site.{name}").ROUTES.items()
}
CHECKED_METHODS = ("GET", "POST")


def rules_of(app: Flask, endpoint: str) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)


def is_refused(page: Page) -> bool:
    """A sign-in page asked for, a missing right, or a thing whose existence is not told."""
    to_sign_in = page.status == 302 and page.location.startswith("/masuk?lanjut=")
    return to_sign_in or page.status in {401, 403, 404}


def is_right(page: Page, person: str, allowed: bool) -> bool:
    """An answer, or a refusal; who is signed in is not refused by being asked to sign in."""
    if allowed:
        return not is_refused(page) and page.status < 500
    return is_refused(page) if person == VISITOR else page.status in {403, 404}


def test_every_address_is_declared(app):
    answered = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint != "static"}
    assert answered == set(ROUTES)


def test_every_view_says_what_it_is_for(app):
    silent = [
        name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "access")
    ]
    assert silent == []
    assert len(PAGES) >= 8


def test_addresses_are_kebab_case(app):
    fixed = [
        part for rule in app.url_map.iter_rules() for part in rule.rule.split("/") if part and "<" not in part
    ]
    assert [part for part in fixed if part != part.lower() or "_" in part] == []


@pytest.mark.parametrize("endpoint", sorted(ROUTES))
def test_people_get_an_answer_or_are_refused(endpoint, app, cast: Cast, acting_as):
    """The refused come first, each in one browser; whoever gets an answer has a new one for each request."""
    route = ROUTES[endpoint]
    people = [(name, person) for name in route.allowed for person in [*PEOPLE, VISITOR]]
    people.sort(key=lambda pair: pair[1] in route.allowed[pair[0]])
    methods = [
        method for rule in rules_of(app, endpoint) for method in CHECKED_METHODS if method in rule.methods
    ]
    strangers: dict[str, Browser] = {}
    wrong, checked = [], 0
    for name, person in people:
        for method in methods:
            with app.test_request_context():
                url = app.url_map.bind("localhost").build(endpoint, route.parts(cast, name))
            allowed = person in route.allowed[name]
            if allowed or person not in strangers:
                strangers[person] = acting_as(None if person == VISITOR else person)
            page = strangers[person].get(url) if method == "GET" else strangers[person].post(url)
            checked += 1
            if not is_right(page, person, allowed):
                wrong.append(f"{method} {name or '-'} as {person}: {page.status}")
    assert wrong == []
    assert checked > 0


def test_an_unsafe_request_without_its_token_changes_nothing(app, cast, acting_as):
    tried = 0
    for endpoint, route in ROUTES.items():
        for rule in rules_of(app, endpoint):
            if "POST" not in rule.methods:
                continue
            name, allowed = next(iter(route.allowed.items()))
            person = sorted(allowed)[0]
            with app.test_request_context():
                url = app.url_map.bind("localhost").build(endpoint, route.parts(cast, name))
            answer = acting_as(None if person == VISITOR else person).client.post(url)
            assert answer.status_code == 400, f"{endpoint} as {person}: {answer.status_code}"
            tried += 1
    assert tried > 10


def test_a_form_sent_from_another_site_is_refused(acting_as):
    page = acting_as("panitia").post(
        "/panitia/orang", {"name": "Orang Lain"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert page.status == 400
