from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from brygga.accounts.enums import BodyKind, OrganisationKind, RecordRules
from brygga.accounts.models import Organisation
from brygga.accounts.operations.organisations import create_organisation
from brygga.core.audit.queries import trail

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def create(name, kind=OrganisationKind.MUNICIPALITY):
    return create_organisation(kind=kind, name=name, is_fictional=True, by=None, at=NOW)


def test_a_fictional_municipality_has_council_and_board_and_no_code():
    made = create("Exempelby kommun")

    assert {(body.kind, body.name) for body in made.bodies.all()} == {
        (BodyKind.COUNCIL, "Kommunfullmäktige"),
        (BodyKind.EXECUTIVE_BOARD, "Kommunstyrelsen"),
    }
    assert (made.municipality_code, made.is_fictional) == (None, True)
    assert [row.action for row in trail(made)] == ["organisation.created"]


def test_two_of_the_same_name_have_addresses_of_their_own():
    slugs = [create("Åby kommun").slug, create("Aby kommun").slug, create("Åby kommun").slug]

    assert slugs == ["aby-kommun", "aby-kommun-2", "aby-kommun-3"]


def test_a_partner_is_added_from_the_command_line(capsys):
    call_command("add_organisation", "association", "Byalaget i Norrby")

    made = Organisation.objects.get()
    assert (made.name, made.record_rules) == ("Byalaget i Norrby", RecordRules.ASSOCIATION)
    assert [body.name for body in made.bodies.all()] == ["Styrelsen"]
    assert "its address is byalaget-i-norrby" in capsys.readouterr().out


def test_a_municipality_is_not_added_by_hand():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("add_organisation", "municipality", "Påhittad kommun")
    assert not Organisation.objects.exists()
