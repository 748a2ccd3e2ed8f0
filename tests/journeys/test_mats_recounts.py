"""Mats does not believe it until he has counted it himself."""

import io
import re
import subprocess
import sys
import zipfile

import pytest
from playwright.sync_api import expect

from tests.journeys.running import ROOT


@pytest.fixture(scope="module")
def leader(site, browser):
    """Lars, signed in for all of this module; his link is good once."""
    context = browser.new_context(locale="sv-SE")
    context.new_page().goto(site.links["Processledare"])
    yield context
    context.close()


def reviewers_link(page, site, address):
    page.goto(site.url(address))
    page.locator("[name=reviewer_name]").fill("Mats Grahn, Exempelby Nyheter")
    page.locator("[name=last_day]").fill("2199-12-31")
    page.get_by_role("button", name="Skapa en länk").click()
    return page.locator("code").inner_text()


def fetch_package(visit, link):
    """Fetch the package as somebody who is not signed in; requests share no cookies with Lars."""
    answer = visit().request.get(link)
    assert answer.status == 200, answer.text()
    assert answer.headers["content-type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.body()))


def recount(package, folder):
    package.extractall(folder)
    words = re.search(
        r"^Recount: +brygga (.+)$", package.read("README.txt").decode(), re.MULTILINE
    )[1]
    subprocess.run(
        [sys.executable, "-P", "-m", "brygga.config.commandline", *words.split()],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT / "src")},
        check=True,
    )
    return (folder / "recount" / "map.json").read_bytes()


@pytest.mark.parametrize("name", ["school", "housing"])
def test_he_recounts_the_map_from_the_package_to_the_same_bytes(
    site, visit, leader, tmp_path, name
):
    if f"{name} packages" not in site.addresses:
        pytest.skip(f"not run: BRYGGA_REAL_DATA holds no conversation for {name}")
    page = leader.new_page()
    package = fetch_package(visit, reviewers_link(page, site, site.addresses[f"{name} packages"]))
    recounted = recount(package, tmp_path)
    assert recounted == package.read("map.json")
    assert recounted == site.product_map(name)


def test_the_package_points_at_nobody(site, visit, leader):
    packages = [
        fetch_package(
            visit, reviewers_link(leader.new_page(), site, site.addresses["school packages"])
        )
        for _ in range(2)
    ]
    first, second = (package.read("votes.csv").decode() for package in packages)
    assert first != second  # voters are numbered anew each time
    assert set(re.findall(r"T\d\d:|\d\d:\d\d", first)) == set()
    comments = packages[0].read("comments.csv").decode()
    assert "Rektorn bryr sig" not in comments


def test_a_link_that_is_wrong_or_taken_back_opens_nothing(site, visit, leader):
    page = leader.new_page()
    link = reviewers_link(page, site, site.addresses["area packages"])
    assert visit().request.get(link).status == 200
    assert visit().request.get(link[:-3] + "xx/").status == 404
    page.get_by_role("button", name="Ta tillbaka").first.click()
    expect(page.locator("main")).to_contain_text("Tillbakadragen")
    assert visit().request.get(link).status == 404


def test_anybody_may_have_the_numbers_without_small_cells(site, visit):
    page = visit()
    page.goto(site.url(site.addresses["school result"]))
    table = page.request.get(site.url(site.addresses["school result"] + "siffror.csv"))
    assert table.status == 200
    assert "Inget barn ska behöva resa" in table.text()
