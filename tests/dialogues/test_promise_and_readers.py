"""What is locked once people rely on it: the promise given, and who can hear what is said."""

from datetime import date

import pytest
from django.urls import reverse

from brygga.dialogues.enums import DialogueState, LogKind, StepKind, Visibility
from brygga.dialogues.models import Dialogue, Mandate
from brygga.dialogues.operations.mandate import (
    MandateBreaksError,
    PromiseGivenError,
    save_mandate,
)
from brygga.dialogues.operations.steps import ReasonMissingError
from brygga.dialogues.operations.visibility import SomebodyHasSpokenError, change_visibility
from tests.factories.accounts import BodyFactory, UserFactory
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    ParticipantFactory,
    dialogue_in,
    team_member,
)

pytestmark = pytest.mark.django_db
LATER = date(2027, 1, 15)


def write(dialogue, **after):
    mandate = Mandate.objects.get(dialogue=dialogue)
    return save_mandate(
        dialogue=dialogue,
        before={name: getattr(mandate, name) for name in after},
        after=after,
        by=UserFactory(),
        at=NOW,
    )


@pytest.mark.parametrize(
    "after", [{"feedback_on": LATER}, {"feedback_promise": "Kanske."}, {"feedback_owner": None}]
)
def test_a_promise_that_is_given_is_not_written_over_in_the_mandate(after):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    with pytest.raises(PromiseGivenError):
        write(dialogue, **after)

    draft = dialogue_in(state=DialogueState.DRAFT)
    assert write(draft, **after).version == 2
    assert write(dialogue, resources="Två processledare").resources == "Två processledare"


def test_the_mandates_page_tells_where_a_given_promise_is_moved(client):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    client.force_login(team_member(dialogue), backend="django.contrib.auth.backends.ModelBackend")
    where = reverse("dialogues:mandate", args=[dialogue.public_id])

    text = client.get(where).content.decode()
    assert 'name="feedback_on"' not in text
    assert reverse("outcomes:promises", args=[dialogue.public_id]) in text
    client.post(where, {"feedback_on": "2027-01-15"})
    assert Mandate.objects.get(dialogue=dialogue).feedback_on == date(2026, 12, 1)


def show(dialogue, visibility, reason="Frågan rör alla.", **more):
    return change_visibility(
        dialogue=dialogue, visibility=visibility, reason=reason, by=UserFactory(), at=NOW, **more
    )


def internal():
    dialogue = dialogue_in(StepKind.PERSPECTIVES, visibility=Visibility.INTERNAL)
    fields = {"feeds": "manager", "feeds_body": None, "start_body": None, "feeds_manager": "Chefen"}
    Mandate.objects.filter(dialogue=dialogue).update(**fields)
    return dialogue


def test_an_internal_dialogue_opens_for_everybody_with_a_reason_in_the_diary():
    dialogue = internal()
    body = BodyFactory(organisation=dialogue.organisation)
    with pytest.raises(ReasonMissingError):
        show(dialogue, Visibility.PUBLIC, reason="", body=body)

    shown = show(dialogue, Visibility.PUBLIC, body=body)

    assert shown.visibility == Visibility.PUBLIC
    mandate = Mandate.objects.get(dialogue=dialogue)
    assert (mandate.feeds, mandate.feeds_body) == ("decision", body)
    entry = dialogue.log.get(kind=LogKind.VISIBILITY)
    assert (entry.reason, entry.is_public) == ("Frågan rör alla.", True)


def test_who_will_use_the_answers_is_known_before_a_published_dialogue_changes():
    dialogue = internal()
    with pytest.raises(MandateBreaksError):
        show(dialogue, Visibility.PUBLIC)

    dialogue.refresh_from_db()
    assert dialogue.visibility == Visibility.INTERNAL


@pytest.mark.parametrize("speak", [ParticipantFactory, ContributionFactory])
@pytest.mark.parametrize("before", Visibility)
def test_nobodys_words_get_other_readers_than_they_were_said_to(speak, before):
    dialogue = internal() if before == Visibility.INTERNAL else dialogue_in(StepKind.PERSPECTIVES)
    after = Visibility.PUBLIC if before == Visibility.INTERNAL else Visibility.INTERNAL
    body = BodyFactory(organisation=dialogue.organisation)
    speak(dialogue=dialogue)
    with pytest.raises(SomebodyHasSpokenError):
        show(dialogue, after, body=body, manager="Chefen")

    assert Dialogue.objects.get(pk=dialogue.pk).visibility == before


def test_a_public_dialogue_in_which_nobody_has_spoken_can_become_internal(client):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    client.force_login(team_member(dialogue), backend="django.contrib.auth.backends.ModelBackend")
    where = reverse("dialogues:visibility", args=[dialogue.public_id])
    client.post(where, {"manager": "Chefen"})
    assert Dialogue.objects.get(pk=dialogue.pk).visibility == Visibility.PUBLIC

    client.post(where, {"manager": "Chefen", "reason": "Det rör bara oss."})

    assert Dialogue.objects.get(pk=dialogue.pk).visibility == Visibility.INTERNAL
    ParticipantFactory(dialogue=dialogue)
    assert (
        reverse("dialogues:copy", args=[dialogue.public_id]) in client.get(where).content.decode()
    )
