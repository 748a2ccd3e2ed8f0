"""Lars writes bold words and pastes from his word processor, under the policy as it is served."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

CLIPBOARDS = Path(__file__).parents[1] / "core/richtext/clipboard"
PASTE = """(box, html) => {
  const carried = new DataTransfer();
  carried.setData("text/html", html);
  const how = {clipboardData: carried, bubbles: true, cancelable: true};
  box.dispatchEvent(new ClipboardEvent("paste", how));
}"""
PASTED = (
    "<h3>Bakgrund</h3>"
    "<p>Torget byggdes <strong>1962</strong>. Det är <em>slitet</em>.</p>"
    "<ul><li><p>Handeln</p></li><li><p>Trafiken</p></li></ul>"
    "<ol><li><p>Först lyssnar vi</p></li></ol>"
    '<p><a href="https://example.org/torget">Läs mer om torget</a></p>'
)


@pytest.fixture(scope="module")
def desk(site, browser):
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(site.links["Processledare"])
    yield page
    context.close()


def editor_on(page, site):
    page.goto(site.url(site.addresses["school workspace"] + "redigera/"))
    box = page.get_by_role("textbox", name="Bakgrund")
    expect(box).to_have_attribute("contenteditable", "true")
    box.press("Control+a")
    box.press("Delete")
    return box


def save(page):
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page).not_to_have_url(re.compile("redigera/$"))


def test_bold_words_are_saved_and_the_policy_is_kept(desk, site):
    box = editor_on(desk, site)
    tool = desk.get_by_role("toolbar").get_by_role("button", name="Fet", exact=True)
    tool.click()
    expect(tool).to_have_attribute("aria-pressed", "true")
    box.press_sequentially("Viktigt")
    save(desk)
    desk.goto(site.url(site.addresses["school"]))
    desk.get_by_text("Bakgrund", exact=True).click()
    expect(desk.locator("main p strong", has_text="Viktigt")).to_be_visible()
    assert desk.complaints == []
    assert "prose_editor" not in desk.content()


@pytest.mark.parametrize("program", ["word", "libreoffice"])
def test_what_is_pasted_from_a_word_processor_is_clean(desk, site, program):
    box = editor_on(desk, site)
    box.evaluate(PASTE, (CLIPBOARDS / f"{program}.html").read_text())
    expect(box.locator("li").first).to_have_text("Handeln")
    kept = desk.locator("[name=background]").input_value()
    assert kept.replace(' data-type="decimal"', "") == PASTED
    assert desk.complaints == []


def test_a_session_that_ends_meanwhile_puts_no_sign_in_page_inside_the_page(desk, site):
    desk.route("**/flode/", lambda route: route.fulfill(status=503))
    with desk.expect_response(re.compile("/har-nu/")):
        editor_on(desk, site)
    desk.context.clear_cookies()
    with desk.expect_request(re.compile("/har-nu/")):
        expect(desk.locator("main")).to_have_count(1)
    desk.wait_for_timeout(2000)  # what came back is put into the page at once
    expect(desk.locator("main")).to_have_count(1)
