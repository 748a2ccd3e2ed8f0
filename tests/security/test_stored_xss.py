"""What people have written, wherever it is kept, runs nowhere that it is shown."""

import csv
import io
import re
import zipfile

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from brygga.accounts.models import AccessibilityStatement
from brygga.accounts.operations.invitations import Offer, invite
from brygga.core.mail.enums import State
from brygga.core.mail.models import Message
from brygga.core.mail.operations import render
from brygga.dialogues.models import SetAsideGroup
from brygga.dialogues.operations.followers import ask_to_follow
from brygga.dialogues.queries.actors import often_forgotten
from tests.architecture.inventory.world import NOW
from tests.factories.dialogues import ProcessLogEntryFactory
from tests.factories.organisations import StatementFactory
from tests.factories.planning import ActorContactFactory, ActorFactory
from tests.security.pages import READ, content_of
from tests.security.planting import HOSTILE, fields, plant
from tests.security.rare_rows import write_rare_rows

ALIVE = re.compile(r"<svg onload=alert|<script>alert\(7|14#read")
HANDLERS = re.compile(r"^on\w+$")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def planted(world):
    """A world with something of everything in it, each text of which is hostile."""
    world.put_in("published")
    # The inventory's passkey is no real one: see test_stored_xss_in_the_second_step.
    pages = [page for page in READ if not page.name.startswith("mfa_")]
    addresses = [(page, world.address(page)) for page in pages]
    for page in READ:
        if page.fill:
            page.fill(world, 2)
    write_what_no_page_fills(world)
    reached = plant()
    missed = {
        f"{model.__name__}.{field.name}"
        for model, field in fields()
        if f"{model.__name__}.{field.name}" not in reached
        and not model.objects.filter(**{f"{field.name}__contains": "<svg onload"}).exists()
    }
    assert not missed, " ".join(sorted(missed))
    world.dialogue.refresh_from_db()
    return world, addresses


def write_what_no_page_fills(world):
    """Make the rarer rows; the diary, which is never rewritten, is hostile from the start."""
    if not AccessibilityStatement.objects.filter(organisation=world.own).exists():
        StatementFactory(organisation=world.own)
    actor = ActorFactory(dialogue=world.dialogue, reached_on=NOW.date(), reached_how="Brev")
    ActorContactFactory(actor=actor)
    code = often_forgotten()[-1].code
    SetAsideGroup.objects.create(dialogue=world.dialogue, code=code, reason="Nej", at=NOW)
    for is_public in (True, False):
        ProcessLogEntryFactory(
            dialogue=world.dialogue, text=HOSTILE, reason=HOSTILE, is_public=is_public
        )
    write_rare_rows(world)


def test_no_page_and_no_file_lets_what_was_written_run(planted):
    """Stand for CVE-2026-23891, CVE-2024-32034, CVE-2024-39910, CVE-2026-45572, PYSEC-2020-72.

    Names of people and files, titles, answers, log entries, letters: pages, charts, calendars,
    JSON, Word, spreadsheets and PDF.
    """
    world, addresses = planted
    faults = {}
    for page, address in addresses:
        client = world.client(page.looked_at_by())
        client.raise_request_exception = False
        answer = client.get(address)
        content = content_of(answer)
        fault = "no answer" if answer.status_code >= 500 else fault_in(answer, content)
        if fault:
            faults[f"{page} {address}"] = fault
    assert faults == {}


def fault_in(answer, content):
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    readers = {
        "text/html": markup,
        "image/svg+xml": markup,
        "text/csv": cells,
        "application/pdf": pdf,
        "text/calendar": calendar,
    }
    if kind in readers:
        return readers[kind](content)
    if content.startswith(b"PK"):
        return packed(content)
    is_kept = "attachment" in answer.headers.get("Content-Disposition", "attachment")
    return "" if is_kept or b"<svg onload" not in content else f"runs as {kind}"


def markup(content):
    text = content.decode()
    if ALIVE.search(text):
        return "markup"
    for element in BeautifulSoup(text, "html.parser").find_all(True):
        if any(HANDLERS.match(name) for name in element.attrs):
            return f"handler in {element.name}"
        if str(element.get("href", "")).strip().lower().startswith("javascript:"):
            return "javascript"
    return ""


def cells(content):
    text = content.decode("utf-8-sig")
    dialect = csv.Sniffer().sniff(text.splitlines()[0], delimiters=";,")
    for row in csv.reader(io.StringIO(text), dialect):
        for cell in row:
            if cell.startswith(FORMULA) and not re.fullmatch(r"-?[\d.,]+", cell):
                return f"formula {cell[:20]!r}"
    return ""


def pdf(content):
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return "a file was read" if "root:" in text else ""


def calendar(content):
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    known = re.compile(r"^[A-Z-]+[;:]|^$")
    return next((f"line {line[:40]!r}" for line in lines if not known.match(line)), "")


def packed(content):
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        for name in files.namelist():
            inside = files.read(name)
            is_read_as_markup = name.endswith((".xml", ".rels", ".html", ".svg"))
            if is_read_as_markup and (b"<svg onload" in inside or b"<f>" in inside):
                return f"in {name}"
    return ""


def test_no_letter_lets_what_was_written_run(planted):
    """Stand for CVE-2026-23891 in mail: subject, text and HTML of what is sent after planting."""
    world, _addresses = planted
    seen = Message.objects.latest("pk").pk if Message.objects.exists() else 0
    ask_to_follow(dialogue=world.dialogue, email="ny@example.test", language="sv", at=NOW)
    world.own.refresh_from_db()
    invite(organisation=world.own, offer=Offer("nyss@example.test", "host"), by=None, at=NOW)
    letters = Message.objects.filter(pk__gt=seen)
    assert letters.count() == 2
    for letter in letters:
        render(pk=letter.pk, at=NOW)
        letter.refresh_from_db()
        assert letter.state != State.FAILED
        assert "\n" not in letter.subject
        assert not ALIVE.search(letter.body_html)
        assert "14" not in letter.subject
        assert "root:" not in letter.body_text


def test_a_hostile_file_name_is_text_and_its_file_an_attachment(planted):
    """Stand for CVE-2023-51447 and CVE-2024-27095: the name is written as it is, and runs not."""
    world, addresses = planted
    files = [(page, address) for page, address in addresses if page.name.startswith("files:")]
    assert files
    for page, address in files:
        answer = world.client(page.looked_at_by()).get(address)
        content_of(answer)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "\n" not in answer.headers["Content-Disposition"]
