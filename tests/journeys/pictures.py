"""Take the README's picture from a running demo: `make demo`, then `make pictures`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.chromium import launch_options

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "opinion-map.png"
WIDTH, MARGIN = 1000, 8


def main(address):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, locale="sv-SE")
        page.goto(f"{address}/dialoger/")
        page.get_by_role("link", name="Ska Sjövikens skola vara kvar?").click()
        page.get_by_role("link", name="Så tycker de som svarade").first.click()
        top = page.locator("h1").bounding_box()["y"] - MARGIN
        islands = page.locator("main svg").first.bounding_box()
        height = islands["y"] + islands["height"] + MARGIN - top
        PICTURE.parent.mkdir(exist_ok=True)
        cut = {"x": 0, "y": top, "width": WIDTH, "height": height}
        page.screenshot(path=PICTURE, full_page=True, clip=cut)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
