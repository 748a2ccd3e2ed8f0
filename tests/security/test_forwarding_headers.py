"""What a client writes about itself is not believed: its address, its host, its encryption."""

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse

from brygga.core.limits.requests import address_of
from brygga.core.mail.models import Message
from brygga.core.mail.operations import render
from brygga.dialogues.operations.followers import ask_to_follow
from tests.architecture.inventory.page import ANONYMOUS
from tests.architecture.inventory.world import NOW

FORGED = ("198.51.100.7", "127.0.0.1", "::1", "10.0.0.1, 198.51.100.7", "unknown", "'; --")
HEADERS = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP", "True-Client-IP", "Via")


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_header_does_not_move_a_client_past_its_limit(header, forged):
    """Stand for PYSEC-2023-187: the counter of an address is that of the connection."""
    plain = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9")
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9", headers={header: forged})
    assert address_of(request) == address_of(plain) == "203.0.113.9"


def test_behind_a_proxy_only_what_the_proxy_wrote_counts(settings):
    """Stand for PYSEC-2023-187 where a proxy stands in front: it appends, the client prepends."""
    settings.BRYGGA_TRUSTED_PROXIES = ["10.0.0.0/8"]
    for number in range(3):
        request = RequestFactory().get(
            "/",
            REMOTE_ADDR="10.0.0.1",
            headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"},
        )
        assert address_of(request) == "203.0.113.9"


def test_a_forged_host_is_in_no_link_and_no_letter(world):
    """Stand for a letter whose link leads to the attacker's site."""
    assert not settings.USE_X_FORWARDED_HOST
    world.put_in("published")
    client = world.client(ANONYMOUS)
    answer = client.get(reverse("portal:home"), headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in answer.content.decode()
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    ask_to_follow(dialogue=world.dialogue, email="a@example.test", language="sv", at=NOW)
    letter = Message.objects.latest("pk")
    render(pk=letter.pk, at=NOW)
    letter.refresh_from_db()
    assert settings.BRYGGA_ADDRESS in letter.body_text
