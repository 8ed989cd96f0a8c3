"""Signing in and out."""

from tests.cast import PASSWORD


def test_sign_in_leads_to_the_page_of_the_office(acting_as):
    browser = acting_as(None)
    answer = browser.post("/masuk", {"username": " Panitia ", "password": PASSWORD})
    assert (answer.status, answer.location) == (302, "/beranda")


def test_sign_in_refuses_a_wrong_password_in_the_users_words(acting_as):
    page = acting_as(None).post("/masuk", {"username": "panitia", "password": "salah sekali ini"})
    assert page.status == 400
    assert "Nama masuk atau kata sandi tidak cocok" in page.words()


def test_a_forgotten_token_is_refused(acting_as):
    answer = acting_as(None).client.post("/masuk", data={"username": "panitia", "password": PASSWORD})
    assert answer.status_code == 400


def test_sign_out_makes_the_old_cookie_useless(acting_as, app):
    browser = acting_as("panitia")
    cookie = browser.client.get_cookie("kbk").value
    assert browser.post("/keluar").location == "/masuk"
    stranger = acting_as(None)
    stranger.client.set_cookie("kbk", cookie)
    assert stranger.get("/akun").location == "/masuk?lanjut=/akun"
