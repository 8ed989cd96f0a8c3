"""Headers that hold for every answer."""

import pytest

from tests.cast import PASSWORD

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)


@pytest.mark.parametrize("url", ["/", "/masuk", "/tidak-ada", "/sehat"])
def test_every_answer_is_fenced_in(acting_as, url):
    headers = acting_as(None).client.get(url).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_private_pages_are_not_kept_by_the_browser(acting_as):
    assert acting_as("panitia").client.get("/panitia").headers["Cache-Control"] == "no-store"


def test_a_foreign_host_is_not_answered(app, acting_as):
    browser = acting_as(None)
    app.config["TRUSTED_HOSTS"] = ["kbk.example.go.id"]
    assert browser.client.get("/", headers={"Host": "jahat.example"}).status_code == 400
    assert browser.client.get("/sehat", headers={"Host": "kbk.example.go.id"}).status_code == 200


@pytest.mark.parametrize(
    "target",
    ["//jahat.example", "https://jahat.example", "/\\jahat.example", "\\\\jahat", "javascript:alert(1)", ""],
)
def test_sign_in_leads_only_to_this_site(acting_as, target):
    answer = acting_as(None).post("/masuk", {"username": "panitia", "password": PASSWORD, "lanjut": target})
    assert answer.location == "/beranda"
