"""Berit follows by mail: asks, confirms, is told, and stops with one press in her mail program."""

import re
import time

from playwright.sync_api import expect

BERIT = "berit@example.com"


def letters_to(office, address):
    return [letter for letter in office.letters if letter["To"] == address]


def wait_for_letter(office, address, number):
    """Wait until so many letters have come, and give the latest."""
    deadline = time.monotonic() + 60
    while len(found := letters_to(office, address)) < number:
        assert time.monotonic() < deadline, [letter["To"] for letter in office.letters]
        time.sleep(0.2)
    assert len(found) == number
    return found[-1]


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def tell(page, site, text):
    """Let the official tell how the bus goes; those who follow get a letter of it."""
    page.goto(site.url(site.addresses["school workspace"] + "atgarder/"))
    page.get_by_role("link", name="Ny busslinje").click()
    page.locator("[name=text]").fill(text)
    page.get_by_role("button", name="Berätta").click()
    expect(page.locator("main")).to_contain_text(text)


def test_she_asks_confirms_is_told_and_stops(site, visit, office):
    page = visit()
    page.goto(site.url(site.addresses["school"]))
    form = page.locator("form", has=page.locator("[name=email]"))
    page.wait_for_timeout(2_100)  # nobody reads the page and writes an address in two seconds
    form.locator("[name=email]").fill(BERIT)
    form.get_by_role("button", name="Bevaka").click()
    expect(page.locator("main")).to_contain_text("mejl")

    letter = wait_for_letter(office, BERIT, 1)
    link = re.search(r"https?://\S+", text_of(letter))[0]
    page.goto(link)  # a program that looks through mail opens links too: nothing happens yet
    official = visit()
    official.goto(site.links["Tjänsteperson"])
    tell(official, site, "Första veckan kom bussen i tid varje dag.")
    page.get_by_role("button", name="Ja, bevaka").click()
    expect(page.locator("h1")).not_to_have_text("Vill du bevaka dialogen?")

    tell(official, site, "Bussen har fått dubbdäck.")
    told = wait_for_letter(office, BERIT, 2)
    assert "dubbdäck" in text_of(told)
    assert "Första veckan" not in text_of(told)

    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = re.fullmatch(r"<(.+)>", told["List-Unsubscribe"])[1]
    answer = visit().request.post(stop, form={"List-Unsubscribe": "One-Click"})
    assert answer.status == 200
    tell(official, site, "Bussen kör nu även på lovdagar.")
    wait_for_words(office, "byalaget@example.com", "lovdagar")
    assert len(letters_to(office, BERIT)) == 2


def wait_for_words(office, address, words):
    deadline = time.monotonic() + 60
    while not any(words in text_of(letter) for letter in letters_to(office, address)):
        assert time.monotonic() < deadline, f"nobody told {address} of {words}"
        time.sleep(0.2)
