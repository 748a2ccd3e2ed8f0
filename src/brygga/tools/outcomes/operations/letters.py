"""Letters to those who follow and to those who have promised, asked for with what they tell of."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from brygga.accounts.models import User
from brygga.core.calendar import format_date, swedish_date
from brygga.core.mail.operations import queue_message
from brygga.dialogues.operations.followers import notify_followers
from brygga.tools.outcomes import rules
from brygga.tools.outcomes.enums import ActionState
from brygga.tools.outcomes.models import ActionUpdate, Decision, FeedbackPromise
from brygga.tools.outcomes.queries.promises import secretaries_of

KIND = "outcomes"
KIND_LABEL = _("Decisions, feedback and promises")


def tell_of_decision(decision: Decision, *, at: datetime) -> None:
    notify_followers(
        dialogue=decision.dialogue,
        key=f"decision:{decision.public_id}",
        kind=KIND,
        template="outcomes/mail/decision",
        context={
            "title": decision.title,
            "decider": decision.decider,
            "decided_on": decision.decided_on,
            "url": _address(decision.get_absolute_url()),
        },
        at=at,
    )


def tell_of_feedback(promise: FeedbackPromise, *, at: datetime) -> None:
    notify_followers(
        dialogue=promise.dialogue,
        key=f"feedback:{promise.public_id}",
        kind=KIND,
        template="outcomes/mail/feedback",
        context={"promise": promise.text, "said": promise.kept_with},
        at=at,
    )


def tell_of_update(update: ActionUpdate, *, at: datetime) -> None:
    action = update.action
    dialogue = action.dialogue
    overview = reverse("outcomes:overview", args=[dialogue.slug, dialogue.public_id])
    notify_followers(
        dialogue=dialogue,
        key=f"update:{update.pk}",
        kind=KIND,
        template="outcomes/mail/update",
        context={
            "what": action.what,
            "state": _untranslated(ActionState(update.state)),
            "text": update.text,
            "url": _address(f"{overview}#atgard-{action.public_id}"),
        },
        at=at,
    )


def remind_of_promise(promise: FeedbackPromise, *, days: int, at: datetime) -> None:
    """Remind the owner; the key holds the date, so a promise that is moved is reminded of anew."""
    _write(promise, promise.owner, "promise_due", f"{promise.due_on}:{days}", at=at)


def warn_of_late_promise(promise: FeedbackPromise, *, at: datetime) -> int:
    """Tell the owner and the secretaries until when they may set a new date."""
    people = {promise.owner, *secretaries_of(promise.dialogue, on=swedish_date(at))}
    for person in people:
        _write(promise, person, "promise_late", f"{promise.due_on}:late:{person.pk}", at=at)
    return len(people)


def _write(
    promise: FeedbackPromise, person: User, template: str, key: str, *, at: datetime
) -> None:
    dialogue = promise.dialogue
    page = reverse("outcomes:promise", args=[dialogue.public_id, promise.public_id])
    queue_message(
        key=f"promise:{promise.public_id}:{key}",
        kind=KIND,
        recipient=person.email,
        language=person.language,
        template=f"outcomes/mail/{template}",
        context={
            "dialogue": dialogue.title,
            "text": promise.text,
            "due_on": format_date(promise.due_on, person.language),
            "last_day": format_date(rules.last_day_of_grace(promise.due_on), person.language),
            "url": _address(page),
        },
        due_at=at,
        at=at,
    )


def _untranslated(state: ActionState) -> str:
    """Give a label as it is before translation; each letter says it in its reader's language."""
    with override("en"):
        return str(state.label)


def _address(path: str) -> str:
    return f"{settings.BRYGGA_ADDRESS}{path}"
