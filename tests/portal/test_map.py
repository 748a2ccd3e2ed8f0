import gzip

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from brygga.accounts.enums import OrganisationKind
from brygga.core.geo import municipalities
from brygga.dialogues.enums import DialogueState, StepKind, Visibility
from tests.factories.accounts import BodyFactory, OrganisationFactory
from tests.factories.dialogues import dialogue_in

pytestmark = pytest.mark.django_db


def municipality(code, name):
    return OrganisationFactory(name=name, slug=f"kommun-{code}", municipality_code=code)


def rows(client):
    page = BeautifulSoup(client.get(reverse("portal:map")).content, "html.parser")
    return page, {
        row.th.get_text(strip=True): row.select("td")[-1].get_text(strip=True)
        for row in page.select("main tbody tr")
    }


def test_the_map_counts_what_goes_on_in_each_municipality(client):
    sunne, arvika = municipality("1766", "Sunne kommun"), municipality("1784", "Arvika kommun")
    joint = dialogue_in(StepKind.PERSPECTIVES, organisation=sunne)
    joint.bodies.add(BodyFactory(organisation=arvika), BodyFactory(organisation=arvika))
    dialogue_in(StepKind.DIALOGUE, organisation=sunne)
    for hidden in (
        {"state": DialogueState.DRAFT},
        {"state": DialogueState.CLOSED},
        {"visibility": Visibility.INTERNAL},
        {"kind": StepKind.IMPLEMENTATION},
    ):
        dialogue_in(**({"kind": StepKind.PERSPECTIVES} | hidden), organisation=arvika)
    page, counts = rows(client)
    assert counts == {"Sunne": "2", "Arvika": "1"}
    link = page.find("a", string="Sunne")
    assert "organisation=kommun-1766" in link["href"]
    assert (
        len(BeautifulSoup(client.get(link["href"]).content, "html.parser").select(".rows > li"))
        == 2
    )


def test_who_has_no_place_on_the_map_is_listed_below_it(client):
    region = OrganisationFactory(kind=OrganisationKind.REGION, name="Region Värmland")
    dialogue_in(StepKind.PERSPECTIVES, organisation=region)
    page, counts = rows(client)
    assert counts == {}
    assert "Region Värmland" in page.main.get_text()


def test_the_page_is_light_though_all_of_sweden_is_on_it(client):
    for each in municipalities():
        dialogue_in(StepKind.PERSPECTIVES, organisation=municipality(each.code, each.full_name))
    content = client.get(reverse("portal:map")).content
    assert len(rows(client)[1]) == 290
    assert len(gzip.compress(content)) < 60_000
