from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from brygga.accounts.enums import BodyKind, OrganisationKind, RecordRules
from brygga.accounts.models import Body, Organisation
from brygga.accounts.operations.loading import load_organisations
from brygga.core.audit.models import AuditRow
from brygga.core.text import sort_key
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def count(*kinds):
    return Organisation.objects.filter(kind__in=kinds).count()


def test_all_of_sweden_is_there_and_gotland_counts_as_both():
    assert load_organisations(at=NOW) == 311

    both = OrganisationKind.MUNICIPALITY_AND_REGION
    assert count(OrganisationKind.MUNICIPALITY, both) == 290
    assert count(OrganisationKind.REGION, both) == 21
    assert count(OrganisationKind.NATIONAL_BODY) == 1
    gotland = Organisation.objects.get(municipality_code="0980")
    assert (gotland.name, gotland.region_code) == ("Region Gotland", "09")
    assert AuditRow.objects.filter(action="organisation.loaded").count() == 311


@pytest.mark.parametrize(
    ("slug", "council", "board"),
    [
        ("huddinge-kommun", "Kommunfullmäktige", "Kommunstyrelsen"),
        ("stockholms-stad", "Kommunfullmäktige", "Kommunstyrelsen"),
        ("region-skane", "Regionfullmäktige", "Regionstyrelsen"),
        ("region-gotland", "Regionfullmäktige", "Regionstyrelsen"),
        ("vastra-gotalandsregionen", "Regionfullmäktige", "Regionstyrelsen"),
        ("skr", "Kongressen", "Styrelsen"),
    ],
)
def test_each_has_its_council_and_board_by_their_right_names(slug, council, board):
    load_organisations(at=NOW)

    bodies = Body.objects.filter(organisation__slug=slug)
    assert dict(bodies.values_list("kind", "name")) == {
        BodyKind.COUNCIL: council,
        BodyKind.EXECUTIVE_BOARD: board,
    }


def test_the_two_called_habo_in_ascii_have_addresses_of_their_own():
    load_organisations(at=NOW)

    habo = Organisation.objects.filter(name__in=["Habo kommun", "Håbo kommun"])
    assert dict(habo.values_list("name", "slug")) == {
        "Habo kommun": "habo-kommun-0643",
        "Håbo kommun": "habo-kommun-0305",
    }


def test_they_sort_as_swedes_expect():
    load_organisations(at=NOW)

    names = Organisation.objects.filter(name__regex="^(Åmål|Älvdalen|Örebro|Ystad|Ale)")
    assert [each.name for each in names.order_by("sort_key")] == [
        "Ale kommun",
        "Ystads kommun",
        "Åmåls kommun",
        "Älvdalens kommun",
        "Örebro kommun",
    ]


def test_loading_again_changes_nothing():
    load_organisations(at=NOW)
    before = list(Organisation.objects.order_by("pk").values()), Body.objects.count()

    assert load_organisations(at=NOW) == 0

    assert (list(Organisation.objects.order_by("pk").values()), Body.objects.count()) == before


def test_a_wrong_name_is_corrected_and_what_people_have_set_stays():
    load_organisations(at=NOW)
    Organisation.objects.filter(slug="huddinge-kommun").update(name="Fel", accent="#0B4F6C")
    Body.objects.filter(organisation__slug="huddinge-kommun", kind=BodyKind.COUNCIL).update(
        name="Fullmäktige"
    )

    assert load_organisations(at=NOW) == 1

    huddinge = Organisation.objects.get(slug="huddinge-kommun")
    assert (huddinge.name, huddinge.accent) == ("Huddinge kommun", "#0B4F6C")
    assert huddinge.sort_key == sort_key("Huddinge kommun")
    assert {body.name for body in huddinge.bodies.all()} == {"Fullmäktige", "Kommunstyrelsen"}


def test_a_fictional_municipality_is_left_alone():
    fictional = OrganisationFactory(name="Exempelby kommun", is_fictional=True)

    load_organisations(at=NOW)

    fictional.refresh_from_db()
    assert fictional.name == "Exempelby kommun"
    assert not fictional.bodies.exists()


def test_records_follow_the_kind_of_owner():
    load_organisations(at=NOW)

    rules = {each.kind: each.record_rules for each in Organisation.objects.all()}
    assert rules[OrganisationKind.MUNICIPALITY] == RecordRules.AUTHORITY
    assert rules[OrganisationKind.NATIONAL_BODY] == RecordRules.ASSOCIATION


def test_the_command_says_what_it_did(capsys):
    call_command("load_organisations")

    assert capsys.readouterr().out == "311 organisations added or corrected.\n"
