"""What was typed stays in the browser until a page says that the server has it."""

from collections.abc import Callable

from playwright.sync_api import Page, Route

Gallery = Callable[..., tuple[Page, list[str]]]


def test_typed_text_survives_a_lost_network(open_gallery: Gallery) -> None:
    page, _ = open_gallery()
    address = page.url
    page.fill("#name", "Mutiara")
    page.context.set_offline(True)
    page.get_by_role("button", name="Simpan profil").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(address)
    page.get_by_role("button", name="Pulihkan isian").click()
    assert page.input_value("#name") == "Mutiara"


def test_typed_text_survives_a_server_that_is_away(open_gallery: Gallery) -> None:
    def away(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=502, content_type="text/html", body="<h1>Bad Gateway</h1>")
        else:
            route.continue_()

    page, _ = open_gallery()
    address = page.url
    page.route("**/komponen", away)
    page.fill("#name", "Mutiara")
    page.get_by_role("button", name="Simpan profil").click()
    page.wait_for_selector("text=Bad Gateway")
    page.goto(address)
    page.get_by_role("button", name="Pulihkan isian").click()
    assert page.input_value("#name") == "Mutiara"
