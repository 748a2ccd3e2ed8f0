"""Amina has five minutes, an old phone and no account."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

MINE = "Jag vill ha en bänk i skuggan vid busshållplatsen."


def no_wider_than_the_phone(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def answer(page, button):
    """Answer the statement that is shown, and wait for another page."""
    before = page.locator("h1").inner_text()
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("h1")).not_to_have_text(before)
    assert no_wider_than_the_phone(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_she_reads_answers_says_it_in_her_own_words_and_keeps_her_receipt(site, visit, scripts):
    page = visit(viewport=PHONE, java_script_enabled=scripts)
    page.goto(site.url(site.addresses["area"]))
    expect(page.locator("h1")).to_have_text("Hur vill du ha det i Björkbacken?")
    expect(page.get_by_text("påhittad kommun").first).to_be_visible()
    page.get_by_role("link", name="Säg vad du tycker").first.click()

    for button in (
        "Jag håller med",
        "Jag håller inte med",
        "Vet inte, hoppa över",
        "Jag håller med",
    ):
        answer(page, button)
    page.get_by_role("link", name="Säg det med egna ord").click()
    expect(page.get_by_text("allmän handling").first).to_be_visible()
    page.locator("[name=text]").fill(MINE)
    page.wait_for_timeout(2_100)  # nobody writes a sentence in less than two seconds
    page.get_by_role("button", name="Skicka").click()
    expect(page.locator("main")).to_contain_text("Tack")

    page.goto(site.url(site.addresses["area round"]))
    answer(page, "Jag håller med")
    page.get_by_role("link", name="Sluta här").click()
    page.get_by_role("link", name="Öppna ditt kvitto").click()
    expect(page.locator("main")).to_contain_text(MINE)
    receipt = page.url

    again = visit(viewport=PHONE, java_script_enabled=scripts)
    again.goto(receipt)
    expect(again.locator("main")).to_contain_text(MINE)
    assert no_wider_than_the_phone(again)


def test_looking_around_leaves_no_trace_of_her(site, visit):
    page = visit(viewport=PHONE)
    for name in ("area", "area round", "school", "school result"):
        page.goto(site.url(site.addresses[name]))
    assert [each["name"] for each in page.context.cookies() if "deltar" in each["name"]] == []


def test_she_changes_her_mind(site, visit):
    page = visit(viewport=PHONE)
    page.goto(site.url(site.addresses["area round"]))
    first = page.locator("h1").inner_text()
    answer(page, "Jag håller med")
    page.get_by_role("link", name="Tillbaka till det förra").click()
    expect(page.locator("h1")).to_have_text(first)
    expect(page.locator("[data-vote=agree]")).to_have_attribute("aria-pressed", "true")
    answer(page, "Jag håller inte med")
    page.get_by_role("link", name="Sluta här").click()
    page.get_by_role("link", name="Se dina svar").click()
    expect(page.locator("main")).to_contain_text(first)
    expect(page.locator("main")).not_to_contain_text("Jag håller med")


def test_her_own_words_from_the_school_have_led_to_something(site, visit):
    page = visit(viewport=PHONE)
    page.goto(site.links["Invånare (Aminas kvitto)"])
    expect(page.locator("main")).to_contain_text("ensam flicka i sin årskurs")
    expect(page.locator("main")).to_contain_text("Några elever är ensamma i sin klass")
