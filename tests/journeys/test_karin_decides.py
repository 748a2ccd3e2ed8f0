"""Karin has a meeting tomorrow, and afterwards residents ask her why."""

from playwright.sync_api import expect

TITLE = "Barnen får åka gratis buss på helgerna"
REASONS = "Många i byn sa att huset och bussen hör ihop. Det kostar 90 000 kronor om året."


def test_she_reads_the_whole_picture_on_one_page(site, visit):
    page = visit()
    page.goto(site.links["Förtroendevald"])
    page.goto(site.url(site.addresses["school workspace"] + "infor-motet/"))
    main = page.locator("main")
    expect(main).to_contain_text("Det ni har gett i uppdrag")
    expect(main).to_contain_text("Nästan alla vill att ingen ska resa mer än 30 minuter")
    expect(main).to_contain_text("Få tycker det, och för dem är det viktigt")
    expect(main).to_contain_text("Några elever är ensamma i sin klass")
    expect(main).to_contain_text("Behåll alla årskurser i Sjöviken")


def test_the_decision_is_written_down_and_everybody_walks_from_it_to_the_voices(site, visit):
    secretary = visit()
    secretary.goto(site.links["Nämndsekreterare"])
    secretary.goto(site.url(site.addresses["school workspace"] + "beslut/nytt/"))
    write_down_the_decision(secretary)
    secretary.get_by_role("button", name="Publicera beslutet").click()
    secretary.locator("main").get_by_role("link", name="som alla ser").click()
    address = secretary.url

    resident = visit()
    resident.goto(address)
    expect(resident.locator("h1")).to_have_text(TITLE)
    expect(resident.locator("main")).to_contain_text(REASONS)
    walk_down_to_the_voices(resident)
    walk_up_again(resident)


def write_down_the_decision(page):
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=body]").select_option(label="Barn- och utbildningsnämnden")
    page.locator("[name=decided_on]").fill("2025-01-15")
    page.locator("[name=dnr]").fill("BUN 2025/3")
    page.locator("[name=reasons]").fill(REASONS)
    page.locator("[name=minutes]").first.check()
    row = page.locator("label", has_text="Öppna huset på kvällar och helger")
    name = row.get_attribute("for").removeprefix("id_")
    page.locator(f"[name={name}]").select_option("yes")
    page.locator(f"[name={name.replace('verdict_', 'reasons_')}]").fill("Alla vill det.")
    page.get_by_role("button", name="Spara utkastet").click()
    expect(page.locator("h1")).to_have_text(TITLE)


def walk_down_to_the_voices(page):
    page.get_by_text("De flesta vill att huset är öppet").last.click()
    page.get_by_role("link", name="Slutsatsen på en egen sida").first.click()
    expect(page.locator("h1")).to_contain_text("De flesta vill att huset är öppet")
    main = page.locator("main")
    expect(main).to_contain_text("Huset är mer än en skola")
    expect(main).to_contain_text("Gymnastiksalen är det enda stora rummet vi har.")
    expect(main.locator("[lang=fi]").first).to_contain_text("Taloa tarvitaan muuhunkin")


def walk_up_again(page):
    page.locator("main").get_by_role("link", name=TITLE).click()
    expect(page.locator("h1")).to_have_text(TITLE)
