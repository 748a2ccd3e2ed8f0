"""Nobody reads by “back” what somebody else has read on the same computer."""

import pytest
from django.urls import reverse

from tests.factories.dialogues import dialogue_in, team_member

pytestmark = pytest.mark.django_db


def test_what_is_made_for_somebody_signed_in_is_kept_nowhere(client):
    dialogue = dialogue_in()
    client.force_login(team_member(dialogue), "django.contrib.auth.backends.ModelBackend")
    for address in (
        reverse("dialogues:workspace", args=[dialogue.public_id]),
        dialogue.get_absolute_url(),
        "/arbetsyta/finns-inte/",
    ):
        assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_what_everybody_reads_may_be_kept(client):
    answer = client.get(dialogue_in().get_absolute_url())
    assert "no-store" not in answer.headers.get("Cache-Control", "")
