"""The letters as they are read: rendered in each reader's language, with nothing left out."""

from datetime import UTC, date, datetime

import pytest

from brygga.core.mail.enums import State
from brygga.core.mail.models import Message
from brygga.core.mail.operations import render
from brygga.dialogues.enums import FollowerState, StepKind
from brygga.tools.outcomes.enums import ActionState
from brygga.tools.outcomes.operations.actions import update_action
from brygga.tools.outcomes.operations.decisions import publish_decision
from brygga.tools.outcomes.operations.promises import keep_promise, send_reminders
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, FollowerFactory, dialogue_in
from tests.factories.outcomes import ActionFactory, DecisionFactory, FeedbackPromiseFactory

DUE = date(2026, 12, 1)


def tell_of_decision(dialogue):
    decision = DecisionFactory(dialogue=dialogue, published_at=None)
    publish_decision(decision=decision, by=UserFactory(), at=NOW)
    return [decision.title, decision.body.name, decision.get_absolute_url()]


def tell_of_update(dialogue):
    action = ActionFactory(dialogue=dialogue)
    update_action(
        action=action, state=ActionState.STARTED, text="Vi har börjat.", by=UserFactory(), at=NOW
    )
    return [action.what, "Vi har börjat.", f"#atgard-{action.public_id}"]


def tell_of_feedback(dialogue):
    promise = FeedbackPromiseFactory(dialogue=dialogue)
    keep_promise(promise=promise, said="Så här blev det.", by=promise.owner, at=NOW)
    return [promise.text, "Så här blev det."]


@pytest.mark.parametrize("tell", [tell_of_decision, tell_of_update, tell_of_feedback])
@pytest.mark.parametrize(("language", "word"), [("sv", "bevakar"), ("en", "you follow")])
@pytest.mark.django_db
def test_a_follower_reads_what_happened_and_how_to_stop(tell, language, word):
    dialogue = dialogue_in(StepKind.IMPLEMENTATION)
    FollowerFactory(
        dialogue=dialogue, language=language, state=FollowerState.CONFIRMED, confirmed_at=NOW
    )
    expected = tell(dialogue)
    text = rendered()
    for part in (*expected, word, dialogue.title):
        assert part in text
    assert Message.objects.get().unsubscribe_url in text


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 17), ["Du har lovat ett svar senast den 1 december 2026"]),
        (date(2026, 12, 2), ["Ett utlovat svar är sent", "15 december 2026"]),
    ],
)
@pytest.mark.django_db
def test_the_owner_reads_what_was_promised_and_by_when(day, expected):
    promise = FeedbackPromiseFactory(due_on=DUE)
    send_reminders(at=datetime(day.year, day.month, day.day, 11, tzinfo=UTC))
    text = rendered(at=datetime(2026, 12, 3, tzinfo=UTC))
    for part in (*expected, promise.text, f"/loften/{promise.public_id}/"):
        assert part in text


def rendered(at=NOW):
    """Render the one letter that was asked for, and give all that its reader sees."""
    [letter] = Message.objects.all()
    render(pk=letter.pk, at=at)
    letter.refresh_from_db()
    assert letter.state == State.RENDERED, letter.error
    assert "{" not in letter.body_text + letter.subject
    return f"{letter.subject}\n{letter.body_text}"
