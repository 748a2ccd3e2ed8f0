import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.core.mail.office import Office, open_house
from tests.journeys.chromium import launch_options
from tests.journeys.running import Installation, Site, create_database

PATIENCE = 20_000  # milliseconds; two cores may be busy with other things
PHONE = {"width": 360, "height": 640}
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**launch_options())
        yield started
        started.close()


@pytest.fixture(scope="session")
def office():
    """A real mail server that keeps what it is given."""
    office = Office()
    house = open_house(office)
    office.port = house.port
    yield office
    house.stop()


@pytest.fixture(scope="session")
def installation(office, worker_id):
    """One for each process that runs journeys; what it names bears the process's name."""
    folder = Path(os.environ["BRYGGA_DATA"]) / f"journeys_{worker_id}"
    return Installation(folder, office.port)


@pytest.fixture(scope="session")
def empty(installation):
    """The name of a database with every table and nobody in it."""
    name = f"{installation.name}_empty"
    installation.run(create_database(name), "brygga.config.prepare")
    return name


@pytest.fixture(scope="session")
def demo(installation, empty):
    """The name of a database with the demo, its links, and where its things are."""
    name = f"{installation.name}_demo"
    url = create_database(name, template=empty)
    links = installation.folder / "links.json"
    installation.run(url, "brygga.config.prepare", "--demo-links", str(links))
    addresses = json.loads(installation.run(url, "tests.journeys.addresses"))
    return name, json.loads(links.read_text()), addresses


@pytest.fixture(scope="module")
def site(installation, demo, request):
    """The demo, running on a copy of its own; its sign-in links are good once."""
    template, links, addresses = demo
    url = create_database(f"copy_{request.module.__name__.rsplit('.', 1)[-1]}"[:60], template)
    with installation.started(url):
        yield Site(installation, url, links, addresses)


@pytest.fixture
def visit(browser):
    """Open a new visitor's browser: no cookies, Swedish, errors of the page fail the journey."""
    contexts, errors = [], []

    def open_page(**options):
        options = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "response",
            lambda answer: (
                errors.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
