"""axe looks at every page of the inventory, as the phone and the desk see it, light and dark."""

import json
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Error

from tests.journeys.running import create_database

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
STATES = ("published", "draft")  # those in which the inventory's pages are looked at
OTHER_LOOKS = [(1280, "dark"), (360, "dark"), (360, "light")]  # after 1280, light
OF_THE_EYE = [
    "color-contrast",
    "target-size",
]  # what depends on the size and the colours of the screen
HEAVIEST = 50_000  # bytes of JavaScript and CSS that a public page loads, as sent
TO_READ = "text/html"

RUN = """async rules => {
    const options = {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}};
    if (rules) options.runOnly = {type: 'rule', values: rules};
    const found = await axe.run(document, options);
    return found.violations.map(
        fault => `${fault.id}: ${fault.nodes.slice(0, 3).map(node => node.html).join(' | ')}`);
}"""
WIDE = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture(scope="module", params=STATES)
def pages(request, installation, empty):
    """Every page of the inventory that is looked at in a state, on a running server."""
    url = create_database(f"inventory_{request.param}", template=empty)
    found = json.loads(installation.run(url, "tests.journeys.inventory_world", request.param))
    with installation.started(url, worker=False):
        yield [{**page, "url": installation.address + page["address"]} for page in found]


@pytest.fixture
def look(browser):
    context = browser.new_context(locale="sv-SE", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def open_page(page, asked):
    """Open a page as its reader; give its status, or None if it is no page to read."""
    page.context.clear_cookies()
    if asked["session"]:
        cookie = {"name": "sessionid", "value": asked["session"], "url": asked["url"]}
        page.context.add_cookies([cookie])
    try:
        answer = page.goto(asked["url"])
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return None
    to_read = answer.headers["content-type"].startswith(TO_READ) and "<html" in answer.text()
    return answer.status if to_read else None  # a piece of a page is looked at in its page


def test_axe_finds_no_fault_on_any_page(pages, look):
    faults = {}
    for asked in pages:
        look.set_viewport_size({"width": 1280, "height": 800})
        look.emulate_media(color_scheme="light")
        if (status := open_page(look, asked)) is None:
            continue
        look.evaluate(AXE)
        found = look_at(look)
        if status != asked["answers"]:
            found.append(f"answers {status}")
        if found:
            faults[asked["name"]] = found
    assert not faults, json.dumps(faults, indent=1, ensure_ascii=False)


def look_at(page):
    """Ask all rules once, then those of the eye in the other looks; each fault is told once."""
    found = dict.fromkeys(page.evaluate(RUN, None))
    for width, scheme in OTHER_LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for fault in page.evaluate(RUN, OF_THE_EYE):
            if fault not in found:
                found[f"{width} {scheme} {fault}"] = None
        if page.evaluate(WIDE):
            found[f"{width} {scheme} is wider than the screen"] = None
    return list(found)


def test_no_public_page_loads_more_than_fifty_kilobytes_of_scripts_and_styles(pages, browser):
    heavy = {}
    for asked in (page for page in pages if page["public"]):
        context = browser.new_context(locale="sv-SE")  # nothing is cached from the page before
        weighed, page = [], context.new_page()
        page.on("requestfinished", lambda request, weighed=weighed: weighed.append(request))
        page.goto(asked["url"])
        sizes = [
            request.sizes()["responseBodySize"]
            for request in weighed
            if request.resource_type in {"script", "stylesheet"}
        ]
        if sum(sizes) > HEAVIEST:
            heavy[asked["name"]] = sum(sizes)
        context.close()
    assert heavy == {}


def test_colours_follow_the_scheme_at_once(pages, look):
    """Else the sweep, and whoever asked for less motion, meets colours that are on their way."""
    open_page(look, pages[0])
    late = look.evaluate("""() => {
        const deepest = [...document.querySelectorAll('main *, footer *')].slice(0, 50);
        const seen = () => deepest.map(each => getComputedStyle(each).color);
        const before = seen();
        document.documentElement.dataset.theme = 'dark';
        const at_once = seen(), moving = document.getAnimations().length;
        return {moving, same: at_once.filter((colour, place) => colour === before[place]).length};
    }""")
    assert late == {"moving": 0, "same": 0}


def test_a_piece_of_a_page_is_not_looked_at_as_one(look):
    asked = {"session": "", "url": "http://piece.example/"}
    look.route("**/*", lambda route: route.fulfill(content_type=TO_READ, body="<p>två här</p>"))
    assert open_page(look, asked) is None
    whole = "<!doctype html><html lang='sv'><title>x</title><p>två här</p></html>"
    look.unroute("**/*")
    look.route("**/*", lambda route: route.fulfill(content_type=TO_READ, body=whole))
    assert open_page(look, asked) == 200


def test_the_sweep_sees_a_fault_where_there_is_one(look):
    look.set_content("<html lang='sv'><title>x</title><main><h1>x</h1><img src='data:,'></main>")
    look.evaluate(AXE)
    assert any("image-alt" in fault for fault in look_at(look))
    look.set_content(
        "<html lang='sv'><title>x</title><main><h1>x</h1><p style='color:#aaa'>grått</p></main>"
    )
    look.evaluate(AXE)
    assert any("color-contrast" in fault for fault in look_at(look))
