"""Lars takes a contested matter from a blank form to a conclusion that people can check."""

import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

TITLE = "Ska torghandeln flytta från Stortorget?"
SEEDS = [
    "Torghandeln ska vara kvar på Stortorget.",
    "Bilarna ska bort från Stortorget.",
    "Handlarna behöver el och vatten.",
    "En saluhall är bättre än ett torg.",
    "Torget ska vara tomt på kvällarna.",
    "Det är för dyrt att stå på torget.",
    "Det ska finnas bänkar där man slipper handla.",
    "Marknaden på lördagar räcker.",
]
LEANS = {  # which way each of two groups of residents answers the statements, in their order
    "traders": [1, -1, 1, -1, -1, 1, 1, -1],
    "neighbours": [-1, 1, 1, 1, 1, -1, 1, 1],
}
OWN_WORDS = "Låt skolklasserna sälja på torget två gånger om året."
INSIGHT = "Både handlare och grannar vill ha el, vatten och bänkar på torget."


def in_days(days):
    today = datetime.now(ZoneInfo("Europe/Stockholm")).date()
    return (today + timedelta(days=days)).isoformat()


MANDATE = {
    "commissioner": "Samhällsbyggnadsnämnden",
    "steering_group": "Nämndens presidium",
    "fixed_by_law": "Ordningslagen gäller.",
    "fixed_by_money": "Det finns 300 000 kronor.",
    "fixed_by_decisions": "Torget rustas nästa år.",
    "resources": "En processledare på halvtid",
    "open_to_influence": "Var handeln står, och hur torget används annars",
    "feeds_what": "Beslut om torghandeln",
    "feeds_on": in_days(90),
    "feedback_promise": "Nämnden svarar på varje förslag.",
    "feedback_on": in_days(100),
    "start_on": in_days(-3),
    "start_dnr": "SBN 2026/9",
    "no_assessment_reason": "Svaren sparas utan namn.",
}
CHOSEN = {
    "ladder_level": "3",
    "legal_ground": "public_task",
    "retention_class": "five_years",
}


@pytest.fixture(scope="module")
def office_day(site, browser):
    """Lars at his desk all day: his link signs him in once."""
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
    page = context.new_page()
    page.goto(site.links["Processledare"])
    yield page
    context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.locator("main").get_by_role("link", name=name).first.click()


def test_he_takes_a_contested_issue_from_a_blank_form_to_a_conclusion(site, visit, office_day):
    page = office_day
    workspace = open_a_draft(page, site)
    the_start_check_stops_him(page, workspace)
    write_the_mandate(page, workspace)
    publish_it(page, workspace)
    go_on_to_the_step_where_residents_take_part(page, workspace)
    round_address = ask_with_seeds(page, workspace)
    residents_answer(page, visit, site, round_address)
    read_what_a_resident_wrote(page, workspace)
    draw_and_publish_the_map(page, round_address)
    write_an_insight_that_cites_it(page, workspace)
    everybody_can_check_it(visit, site, round_address)


def open_a_draft(page, site):
    page.goto(site.url("/arbetsyta/dialoger/ny/"))
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=summary]").fill("Handlarna vill stanna. De som bor runt torget vill annat.")
    page.locator("[name=form][value=complex]").check()
    page.get_by_label("Samhällsbyggnadsnämnden").check()
    press(page, "Öppna utkastet")
    expect(page.locator("h1")).to_contain_text(TITLE)
    return page.url


def the_start_check_stops_him(page, workspace):
    page.goto(f"{workspace}publicera/")
    expect(page.get_by_role("button", name="Publicera som dialog")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Vem har bett om dialogen?")


def write_the_mandate(page, workspace):
    page.goto(f"{workspace}uppdrag/")
    for name, text in MANDATE.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator(".rich-editor [role=textbox]").fill("Det du skriver blir en allmän handling.")
    for name, value in CHOSEN.items():
        page.locator(f"[name={name}]").select_option(value)
    for name, value in (("issue_is_open", "True"), ("deciders_are_open", "True")):
        page.locator(f"[name={name}][value={value}]").check()
    page.locator("[name=children_concerned][value=False]").check()
    for name in ("feeds_body", "start_body"):
        page.locator(f"[name={name}]").select_option(label="Samhällsbyggnadsnämnden")
    page.locator("[name=feedback_owner]").select_option(label="Lars Wikström")
    press(page, "Spara och kontrollera")
    expect(page.locator("main").get_by_role("link", name="Publicera").first).to_be_visible()


def publish_it(page, workspace):
    page.goto(f"{workspace}publicera/")
    press(page, "Publicera som dialog")
    expect(page.locator("main")).to_contain_text("Publicerad")


def go_on_to_the_step_where_residents_take_part(page, workspace):
    page.goto(f"{workspace}steg/1/")
    page.locator("[name=reason]").fill("Vi har redan bedömt risken.")
    press(page, "Gå vidare")
    expect(page.locator("main")).to_contain_text("Perspektiv")


def ask_with_seeds(page, workspace):
    page.goto(f"{workspace}pastaenden/ny/")
    page.locator("[name=question]").fill("Hur ska Stortorget användas?")
    page.locator("[name=opens_at]").fill(f"{in_days(-1)}T08:00")
    page.locator("[name=closes_at]").fill(f"{in_days(30)}T17:00")
    press(page, "Spara")
    if page.locator("[name=texts]").count() == 0:
        follow(page, "Hur ska Stortorget användas?")
    page.locator("[name=texts]").fill("\n".join(SEEDS))
    press(page, "Lägg till")
    expect(page.locator("main")).to_contain_text(SEEDS[-1])
    return page.url


def residents_answer(page, visit, site, round_address):
    public = round_address.replace("/arbetsyta/", "/")
    for lean in LEANS.values():
        for _ in range(9):
            answer_everything(visit().request, public, dict(zip(SEEDS, lean, strict=True)))
    resident = visit()
    resident.goto(f"{public}egna-ord/")
    resident.locator("[name=text]").fill(OWN_WORDS)
    resident.wait_for_timeout(2_100)
    press(resident, "Skicka")
    expect(resident.locator("main")).to_contain_text("Tack")


def answer_everything(request, address, opinions):
    """Answer each statement as it comes, the way a browser without JavaScript does."""
    text = request.get(address).text()
    while 'name="statement"' in text:
        asked = next(statement for statement in opinions if statement in text)
        text = request.post(
            address,
            form={
                **{name: hidden(text, name) for name in ("csrfmiddlewaretoken", "statement")},
                "shown": hidden(text, "shown"),
                "value": str(opinions[asked]),
            },
            headers={"Referer": address},
        ).text()


def hidden(text, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)[1]


def read_what_a_resident_wrote(page, workspace):
    page.goto(f"{workspace}granskning/")
    page.locator("main").get_by_role("link", name=OWN_WORDS).click()
    expect(page.locator("main")).to_contain_text(OWN_WORDS)
    page.locator("[name=to][value=published]").check()
    press(page, "Bestäm och gå till nästa")
    expect(page.locator("main")).to_contain_text("Inget väntar")


def draw_and_publish_the_map(page, round_address):
    address = f"{round_address}karta/"
    page.goto(address)
    press(page, "Rita om kartan")
    deadline = time.monotonic() + 60
    while page.locator("summary", has_text="Publicera kartan").count() == 0:
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        page.wait_for_timeout(500)
        page.goto(address)
    page.locator("summary", has_text="Publicera kartan").click()
    press(page, "Publicera")
    expect(page.locator("main")).to_contain_text("Kartan är publicerad som ett resultat")


def write_an_insight_that_cites_it(page, workspace):
    page.goto(f"{workspace}slutsatser/ny/")
    page.locator("[name=text]").fill(INSIGHT)
    page.locator("[name=results]").first.check()
    press(page, "Spara utkastet")
    press(page, "Publicera slutsatsen")
    expect(page.locator("main")).to_contain_text("Publicerad")


def everybody_can_check_it(visit, site, round_address):
    resident = visit()
    opinions = dict(zip([*SEEDS, OWN_WORDS], [1] * (len(SEEDS) + 1), strict=True))
    answer_everything(resident.request, round_address.replace("/arbetsyta/", "/"), opinions)
    resident.goto(site.url("/dialoger/"))
    resident.locator("main").get_by_role("link", name=TITLE).click()
    resident.locator("main").get_by_role("link", name=INSIGHT).click()
    expect(resident.locator("h1")).to_have_text(INSIGHT)
    resident.locator("main").get_by_role("link", name="Hur ska Stortorget användas?").first.click()
    expect(resident.locator("main")).to_contain_text("Det här är inte en omröstning")


def test_a_resident_is_not_let_into_his_workspace(site, visit):
    page = visit()
    page.goto(site.url(site.addresses["draft workspace"]))
    expect(page.locator("h1")).to_contain_text("Logga in")
    assert page.request.get(site.url(site.addresses["draft"])).status == 404
