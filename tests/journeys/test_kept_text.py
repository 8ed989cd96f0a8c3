"""Text that the server does not have yet outlives the page it was typed on."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.test_two_tabs import SAVED, write
from tests.journeys.visitor import Visitor


def test_own_text_is_offered_again_when_the_page_of_two_texts_was_left(visit: Callable[..., Visitor]) -> None:
    member = visit()
    member.sign_in("anggota")
    member.to_risalah()
    member.page.get_by_role("link", name=re.compile("Langkah 2: ")).click()
    first, second = member.page, member.context.new_page()
    second.goto(first.url)
    write(first, "kondisi", "Keadaan menurut tab pertama.")
    expect(first.locator("#bagian-kondisi [data-save-status]")).to_have_text(SAVED)
    write(second, "kondisi", "Keadaan menurut tab kedua.")
    expect(second.locator("#bagian-kondisi [data-save-status]")).to_contain_text("Tekan Simpan")
    second.locator("#bagian-kondisi").get_by_role("button", name=re.compile("^Simpan ")).click()
    expect(second.locator("h1")).to_contain_text("Dua naskah untuk")
    member.allow_refusals(409, 409)
    third = member.context.new_page()
    third.goto(first.url)
    third.get_by_role("button", name="Pulihkan isian").click()
    expect(third.locator("#bagian-kondisi .editor-text")).to_have_text("Keadaan menurut tab kedua.")
    expect(third.locator("#bagian-kondisi [data-save-status]")).to_have_text(SAVED)


def test_comment_that_is_too_long_stays_with_the_judge(visit: Callable[..., Visitor]) -> None:
    judge = visit()
    judge.sign_in("juri-5")
    judge.to_next_sheet()
    stored = judge.page.get_by_label("Catatan untuk tim").input_value()
    judge.page.get_by_label("Catatan untuk tim").fill("Perluas penerapannya. " * 200)
    expect(judge.page.locator("[data-problem=comment]")).to_contain_text("Singkat dahulu.")
    address = judge.page.url
    judge.page.close()
    again = judge.context.new_page()
    again.goto(address)
    expect(again.get_by_label("Catatan untuk tim")).to_have_value(stored)
    again.get_by_role("button", name="Pulihkan isian").click()
    expect(again.get_by_label("Catatan untuk tim")).to_have_value("Perluas penerapannya. " * 200)
    again.get_by_label("Catatan untuk tim").fill(stored)
    expect(again.locator("[data-problem=comment]")).to_have_count(0)
