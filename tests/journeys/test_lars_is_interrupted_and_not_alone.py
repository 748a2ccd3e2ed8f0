"""What runs in the page at Lars's desk: kept drafts, other writers, dropped files, undo, live work.

One site for all, its worker started when a test lets work be done. The policy is the one that is
served: the browser tells of every breach of it, and none may be.
"""

import io
import re
import subprocess
import sys
from contextlib import contextmanager

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import PATIENCE
from tests.journeys.running import ROOT, Site, create_database

WORK = 3 * PATIENCE  # a worker has to start first
BREACH = "Content Security Policy"
DROP = """(zone, files) => {
  const carried = new DataTransfer();
  for (const [name, bytes] of files)
    carried.items.add(new File([new Uint8Array(bytes)], name, {type: "image/png"}));
  const how = {dataTransfer: carried, bubbles: true, cancelable: true};
  zone.dispatchEvent(new DragEvent("drop", how));
}"""


@pytest.fixture(scope="module")
def site(installation, demo):
    """The demo with its web alone: nothing is worked off before a test says so."""
    template, links, addresses = demo
    url = create_database("copy_interrupted", template)
    with installation.started(url, worker=False):
        yield Site(installation, url, links, addresses)


@pytest.fixture(scope="module")
def people(site, browser):
    """Lars, and the owner who may write where he may, each with a browser of their own."""
    complaints = []

    def listen(page):
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))

    signed_in = {}
    for role in ("Processledare", "Ägare"):
        context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
        context.set_default_timeout(PATIENCE)
        context.on("page", listen)
        context.new_page().goto(site.links[role])
        signed_in[role] = context
    yield signed_in
    for context in signed_in.values():
        context.close()
    assert [said for said in complaints if BREACH in said or "Error:" in said] == []


@pytest.fixture
def lars(people):
    page = people["Processledare"].new_page()
    yield page
    page.close()


@pytest.fixture
def desk(site):
    return site.url(site.addresses["school workspace"])


@contextmanager
def worker(site):
    installation = site.installation
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "brygga.config.commandline", "worker"],
        env=installation.environment(site.database_url),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def picture(colour):
    taken = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(taken, "PNG")
    return list(taken.getvalue())


def test_a_long_job_is_followed_live_asked_for_or_fetched_by_hand(site, browser, people, lars):
    lars.goto(site.url(site.addresses["school map"]))
    press(lars, "Rita om kartan")
    expect(lars.locator("main")).to_contain_text("Väntar")
    expect(lars.locator("[data-brygga-without-live]")).to_be_hidden()
    lars.evaluate("window.isTheSamePage = true")
    asking = people["Processledare"].new_page()
    asking.route("**/flode/**", lambda route: route.fulfill(status=503))
    asking.goto(lars.url)
    plain = browser.new_context(
        storage_state=people["Processledare"].storage_state(), java_script_enabled=False
    )
    by_hand = plain.new_page()
    by_hand.goto(lars.url)
    with worker(site):
        for page in (lars, asking):
            result = page.get_by_role("link", name="Gå till resultatet")
            expect(result).to_be_visible(timeout=WORK)
    assert lars.evaluate("window.isTheSamePage"), "nothing was loaded anew"
    by_hand.locator("[data-brygga-without-live] a").click()
    expect(by_hand.get_by_role("link", name="Gå till resultatet")).to_be_visible()
    plain.close()
    asking.close()


def test_what_he_types_outlives_a_lost_tab_and_a_refused_form_and_goes_when_it_is_sent(
    people, lars, desk
):
    words = "Många arbetar på kvällarna."
    lars.goto(f"{desk}dagbok/")
    lars.locator("[name=reason]").press_sequentially(words)
    expect(lars.locator("[data-brygga-draft-said]")).to_contain_text("Sparat")
    lars.close()
    again = people["Processledare"].new_page()
    again.goto(f"{desk}dagbok/")
    expect(again.locator("[name=reason]")).to_have_value(words)
    expect(again.locator("main")).to_contain_text("Vi har kvar det du skrev")
    press(again, "Skriv")  # without what was chosen
    expect(again.locator("[name=text][aria-invalid=true]")).to_be_visible()
    again.goto(f"{desk}dagbok/")
    expect(again.locator("[name=reason]")).to_have_value(words)
    again.locator("[name=text]").fill("Vi flyttar mötet till lördag")
    press(again, "Skriv")
    expect(again.get_by_role("heading", name="Vi flyttar mötet till lördag")).to_be_visible()
    again.goto(f"{desk}dagbok/")
    expect(again.locator("[name=reason]")).to_have_value("")
    expect(again.locator("main")).not_to_contain_text("Vi har kvar det du skrev")
    again.close()


def test_the_two_who_write_at_once_are_told_of_each_other_live(people, lars, desk):
    lars.goto(f"{desk}uppdrag/")
    expect(lars.locator("[data-brygga-live]")).to_be_empty()
    owner = people["Ägare"].new_page()
    owner.goto(f"{desk}uppdrag/")
    expect(owner.locator("[data-brygga-live]")).to_contain_text("Lars Wikström")
    expect(lars.locator("[data-brygga-live]")).to_contain_text("Maja Ekdahl")
    expect(lars.locator("[data-brygga-said]")).not_to_be_empty()
    owner.close()


def test_files_are_dropped_one_to_a_row_and_handed_in(lars, desk):
    lars.goto(f"{desk}dokument/nya/")
    zones = lars.locator("[data-brygga-drop]")
    expect(zones.first).to_contain_text("släpp")
    zones.first.evaluate(DROP, [["torg.png", picture("red")], ["bro.png", picture("blue")]])
    chosen = "rows => rows.map(row => [...row.files].map(file => file.name))"
    assert lars.locator("input[type=file]").evaluate_all(chosen) == [["torg.png"], ["bro.png"], []]
    for place, words in enumerate(("Ett torg", "En bro")):
        lars.locator("[name$=alternative]").nth(place).fill(words)
    press(lars, "Lägg till")
    expect(lars).to_have_url(re.compile("/dokument/$"))
    for name in ("torg.png", "bro.png"):
        expect(lars.locator("main")).to_contain_text(name)


def test_what_he_took_away_comes_back_by_undo(lars, desk):
    lars.goto(f"{desk}perspektiv/")
    lars.locator("main th[scope=row] a").first.click()
    ticks = lars.locator("[name=remove]")
    expect(ticks.first).to_be_visible()
    first, number = ticks.first.get_attribute("value"), ticks.count()
    ticks.first.check()
    press(lars, "Ta bort de markerade")
    expect(ticks).to_have_count(number - 1)
    press(lars, "Ångra")
    expect(ticks).to_have_count(number)
    assert first in ticks.evaluate_all("all => all.map(one => one.value)")


def test_on_a_shared_computer_nothing_he_typed_is_left_after_he_has_signed_out(people, site, desk):
    """Comes last: it ends his session."""
    context = people["Processledare"]
    page = context.new_page()
    page.goto(f"{desk}dagbok/")
    page.locator("[name=text]").press_sequentially("Detta är bara mitt")
    expect(page.locator("[data-brygga-draft-said]")).to_contain_text("Sparat")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "mitt" not in kept
    page.get_by_role("link", name="Logga ut").first.click()
    if page.get_by_role("button", name="Logga ut").count():
        press(page, "Logga ut")
    page.goto(f"{desk}dagbok/")
    assert "dagbok" not in page.url.partition("?")[0]
    for _back in range(3):
        page.go_back()
        assert "Detta är bara mitt" not in page.content()
        fields = page.locator("[name=text]")
        assert not fields.count() or fields.first.input_value() == ""
    other = people["Ägare"].new_page()
    other.goto(f"{desk}dagbok/")
    expect(other.locator("[name=text]")).to_have_value("")
    other.close()
