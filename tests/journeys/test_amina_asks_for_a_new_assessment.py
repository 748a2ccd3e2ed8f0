"""Amina's words are hidden. She reads why, has a second person look, and reads the answer."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE

WORDS = {
    True: "Den som ritade tunneln borde skämmas.",
    False: "Den som valde gatlamporna borde skämmas.",
}
REASON = "Det går att läsa som ett angrepp på en person."
HERS = "Jag menar tunneln, inte den som ritade den."


@pytest.fixture(scope="module")
def signed_in(browser, site):
    """Sign in once as each of the two, since a link is good once; give their cookies."""
    states = {}
    for role in ("Tjänsteperson", "Processledare"):
        context = browser.new_context(locale="sv-SE")
        page = context.new_page()
        page.goto(site.links[role])
        states[role] = context.storage_state()
        context.close()
    return states


def say(page, site, words):
    """Send a statement of one's own and give the address of the receipt."""
    page.goto(site.url(site.addresses["area round"]))
    page.get_by_role("link", name="Säg det med egna ord").click()
    page.locator("[name=text]").fill(words)
    page.wait_for_timeout(2_100)  # nobody writes a sentence in less than two seconds
    page.get_by_role("button", name="Skicka").click()
    page.get_by_role("link", name="Ditt kvitto").click()
    expect(page.locator("main")).to_contain_text(words)
    return page.url


def open_case(page, site, words):
    page.goto(site.url("/arbetsyta/granskning/"))
    page.get_by_role("link", name=words).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_second_person_looks_at_what_was_hidden(site, visit, signed_in, scripts):
    words = WORDS[scripts]
    amina = visit(viewport=PHONE, java_script_enabled=scripts)
    receipt = say(amina, site, words)

    sara = visit(java_script_enabled=scripts, storage_state=signed_in["Tjänsteperson"])
    open_case(sara, site, words)
    sara.get_by_label("Dölj med en motivering").check()
    sara.locator("[name=ground]").select_option("attack")
    sara.locator("[name=words]").fill(REASON)
    sara.get_by_role("button", name="Bestäm och gå till nästa").click()
    expect(sara.locator("main")).not_to_contain_text(words)

    amina.goto(receipt)
    expect(amina.locator("main")).to_contain_text(REASON)
    amina.get_by_role("link", name="Be om ny bedömning").click()
    amina.locator("[name=words]").fill(HERS)
    amina.get_by_role("button", name="Be om ny bedömning").click()
    expect(amina.locator("main")).to_contain_text("Du har bett om ny bedömning.")

    open_case(sara, site, words)
    expect(sara.get_by_role("button", name="Bestäm och gå till nästa")).to_have_count(0)

    lars = visit(java_script_enabled=scripts, storage_state=signed_in["Processledare"])
    open_case(lars, site, words)
    expect(lars.locator("main")).to_contain_text(HERS)
    lars.get_by_label("Publicera", exact=True).check()
    lars.get_by_role("button", name="Bestäm och gå till nästa").click()

    amina.goto(receipt)
    expect(amina.locator("main")).to_contain_text("ändrat vad vi bestämde")
    expect(amina.locator("main")).to_contain_text("Alla kan läsa det")
