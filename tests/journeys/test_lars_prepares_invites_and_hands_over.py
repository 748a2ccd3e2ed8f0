"""Lars begins with a template, invites, reads what has come in, and hands over to Maja."""

from playwright.sync_api import expect

from tests.journeys.test_lars_leads_a_dialogue import follow, in_days, press

TITLE = "Hur vill du ha det i Granbacken?"
HEADING = "Kom till torget i Granbacken"
BODY = "Fullmäktiges demokratiberedning"
RESOURCES = "En processledare, två dialogvärdar, tolkar och 200 000 kronor"  # of the template
DAYS = {"feeds_on": 60, "feedback_on": 75, "start_on": -3}


def open_at(visit, address):
    page = visit()
    page.goto(address)
    return page


def test_he_prepares_invites_moderates_and_hands_over(site, visit):
    lars = open_at(visit, site.links["Processledare"])
    workspace = open_from_a_template(lars, site)
    fill_the_mandate(lars, workspace)
    make_the_invitation(lars, workspace)
    read_one_in_the_queue(lars, site)
    ask_maja_to_take_over(lars, workspace)
    maja = open_at(visit, site.links["Ägare"])
    she_says_yes(maja, site)
    lars.goto(f"{workspace}team/")
    expect(lars.locator("main")).to_contain_text("Maja Ekdahl")
    lars.goto(f"{workspace}dagbok/")
    expect(lars.locator("main")).to_contain_text("Lars Wikström har lämnat över till Maja Ekdahl")


def open_from_a_template(page, site):
    page.goto(site.url("/arbetsyta/dialoger/ny/"))
    page.get_by_text("Börja med en mall").click()
    follow(page, "Områdesdialog på sex veckor")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=summary]").fill("Granbacken ska få nya lampor. Berätta vad som saknas.")
    page.get_by_label(BODY).check()
    press(page, "Öppna utkastet")
    expect(page.locator("h1")).to_contain_text(TITLE)
    return page.url


def fill_the_mandate(page, workspace):
    page.goto(f"{workspace}uppdrag/")
    expect(page.locator("[name=resources]")).to_have_value(RESOURCES)
    for name, days in DAYS.items():
        page.locator(f"[name={name}]").fill(in_days(days))
    page.locator("[name=start_dnr]").fill("KF 2026/31")
    for name in ("feeds_body", "start_body"):
        page.locator(f"[name={name}]").select_option(label=BODY)
    page.locator("[name=feedback_owner]").select_option(label="Lars Wikström")
    press(page, "Spara och kontrollera")
    expect(page.locator("main").get_by_role("link", name="Publicera").first).to_be_visible()


def make_the_invitation(page, workspace):
    page.goto(f"{workspace}inbjudan/sv/poster/")
    page.locator("[name=heading]").fill(HEADING)
    press(page, "Spara")
    page.goto(f"{workspace}inbjudan/sv/")
    expect(page.locator("main")).to_contain_text(HEADING)
    with page.expect_download() as waiting:
        follow(page, "Affisch i A4 som PDF")
    assert waiting.value.path().read_bytes().startswith(b"%PDF")


def read_one_in_the_queue(page, site):
    page.goto(site.url("/arbetsyta/granskning/nasta/"))
    words = page.locator("main blockquote").first.inner_text()
    page.locator("[name=to][value=published]").check()
    press(page, "Bestäm och gå till nästa")
    expect(page.locator("main")).not_to_contain_text(words)


def ask_maja_to_take_over(page, workspace):
    page.goto(f"{workspace}overlamning/")
    page.locator("#find-person").fill("Maja")
    press(page, "Sök")
    follow(page, "Maja Ekdahl")
    assert "Rollen som processledare" in page.locator("[name=note]").input_value()
    press(page, "Be personen ta över")
    expect(page.locator("main")).to_contain_text("Du leder tills svaret är ja")


def she_says_yes(page, site):
    page.goto(site.url("/arbetsyta/"))
    page.locator("main li", has_text=TITLE).get_by_role("link").first.click()
    press(page, "Ja, jag tar över")
    follow(page, "Öppna dialogen")
    expect(page.locator("h1")).to_contain_text(TITLE)
