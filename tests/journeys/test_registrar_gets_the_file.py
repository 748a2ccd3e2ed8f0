"""Lars presses “Till diariet”. Eva gets the files by mail and enters the number they get."""

import csv
import io
import re
from hashlib import sha256

import pypdf
from playwright.sync_api import expect

from tests.journeys.test_a_follower_is_told import text_of, wait_for_letter
from tests.journeys.test_lars_leads_a_dialogue import follow, press

REGISTRAR = "registrator@exempelby.example"
BODY = "Fullmäktiges demokratiberedning"
CAME_IN = "Min son sitter i rullstol och kan inte gunga"
HIDDEN = "Kiosken ljuger om sina"
ESTABLISHED = "Beredningens presidium och samhällsbyggnadschefen"
LATER = "Det som kom efteråt: lägg en bänk vid hållplatsen."
DNR = "KF 2026/31"


def send(page, workspace, how_much):
    page.goto(workspace + "diariet/")
    page.locator("[name=body]").select_option(label=f"{BODY} ({REGISTRAR})")
    page.get_by_label(how_much).check()
    press(page, "Skicka till diariet")


def say(page, site, words):
    page.goto(site.url(site.addresses["area round"]))
    follow(page, "Säg det med egna ord")
    page.locator("[name=text]").fill(words)
    page.wait_for_timeout(2_100)  # nobody writes a sentence in less than two seconds
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("link", name="Ditt kvitto")).to_be_visible()


def files_of(letter):
    return {
        each.get_filename().rsplit(".", 1)[-1]: each.get_payload(decode=True)
        for each in letter.iter_attachments()
    }


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def enter(page, dnr):
    page.locator("[name=dnr]").fill(dnr)
    page.locator("#dnr").get_by_role("button", name="Spara").click()


def words_of(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    metadata = reader.xmp_metadata.stream.get_data().decode()
    assert re.search(r"pdfaid:part>2<", metadata)
    assert re.search(r"pdfaid:conformance>A<", metadata)
    text = " ".join(page.extract_text() for page in reader.pages)
    return re.sub(r"-?\s+", " ", text)


def test_she_registers_what_came_in_and_later_what_is_new(site, visit, office):
    workspace = site.url(site.addresses["area workspace"])
    lars = visit()
    lars.goto(site.links["Processledare"])
    send(lars, workspace, "Allt hittills")
    expect(lars.locator("main")).to_contain_text("Filerna är klara", timeout=60_000)  # by itself

    letter = wait_for_letter(office, REGISTRAR, 1)
    first = files_of(letter)
    holds_what_came_in_and_was_established(first)
    for name, content in first.items():
        assert sha256(content).hexdigest() in text_of(letter), name

    eva = visit(java_script_enabled=False)
    eva.goto(site.links["Registrator"])
    eva.goto(link_in(letter))
    enter(eva, "BUN 12")
    expect(eva.locator("#dnr")).to_contain_text("Skriv det som nämnden gör")
    enter(eva, DNR)
    expect(eva.locator("main")).to_contain_text(f"{DNR}, ")
    decide_on_disposal(eva, workspace)

    amina = visit()
    amina.goto(site.url(site.addresses["area"]))
    expect(amina.locator("main")).to_contain_text(f"{DNR} ({BODY})")
    say(amina, site, LATER)

    again = visit(java_script_enabled=False, storage_state=lars.context.storage_state())
    send(again, workspace, "Det som är nytt eller ändrat sedan förra gången")
    second = files_of(wait_for_letter(office, REGISTRAR, 2))
    voices = [row for row in rows_of(second["csv"]) if row["Del"] == "Inspel"]
    assert [row["Text"] for row in voices] == [LATER]
    assert "lägg en bänk vid hållplatsen" in words_of(second["pdf"])
    assert DNR in words_of(second["pdf"])
    assert CAME_IN not in words_of(second["pdf"])
    again.reload()
    expect(again.locator("main")).to_contain_text("Filerna är klara")


def holds_what_came_in_and_was_established(files):
    rows = rows_of(files["csv"])
    said = words_of(files["pdf"])
    assert {row["Inkommen eller upprättad"] for row in rows} == {"Inkommen", "Upprättad"}
    for words, part in (
        (CAME_IN, "Inspel"),
        (HIDDEN, "Inspel"),
        (ESTABLISHED, "Uppdrag och startkontroll"),
    ):
        assert [row["Del"] for row in rows if words in row["Text"]][:1] == [part]
        assert words in said
    assert files["xlsx"].startswith(b"PK")


def link_in(letter):
    return re.search(r"https?://\S+/diariet/\S+", text_of(letter))[0]


def decide_on_disposal(page, workspace):
    page.goto(workspace + "gallring/")
    expect(page.get_by_label("Gallras efter fem år")).to_be_checked()  # as the mandate says
    page.locator("[name=body]").select_option(label=f"{BODY} ({REGISTRAR})")
    page.locator("[name=decided_on]").fill("2026-01-12")
    page.locator("form [name=dnr]").fill("KF 2026/40")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("main")).to_contain_text("Tiden börjar när dialogen")
