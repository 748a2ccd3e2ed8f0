"""Whether it is being done: events of a dialogue, and what waits for one person."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.dialogues.enums import DialogueState
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.access import in_reach
from brygga.dialogues.registry import Event
from brygga.tools.outcomes.enums import ENDED, ProposalState
from brygga.tools.outcomes.models import Action, ActionUpdate, Decision, FeedbackPromise, Proposal
from brygga.tools.outcomes.queries.walk_up import action_url

SEEN_BEFORE = timedelta(days=14)


def has_outcomes(dialogue: Dialogue) -> bool:
    return (
        Proposal.objects.filter(dialogue=dialogue)
        .exclude(state=ProposalState.DRAFT)
        .order_by()
        .values("pk")
        .union(
            Decision.objects.filter(dialogue=dialogue, published_at__isnull=False)
            .order_by()
            .values("pk"),
            Action.objects.filter(dialogue=dialogue, is_public=True).order_by().values("pk"),
            all=True,
        )
        .exists()
    )


def events(dialogue: Dialogue) -> Iterator[Event]:
    """Tell of promised days, of feedback given, and of what was told of public actions."""
    for promise in FeedbackPromise.objects.filter(dialogue=dialogue).order_by("due_on", "pk"):
        if promise.kept_at:
            yield Event(localdate(promise.kept_at), gettext("Feedback given"), promise.kept_with)
        elif dialogue.state != DialogueState.CANCELLED:
            yield Event(promise.due_on, gettext("Feedback promised"), promise.text)
    updates = (
        ActionUpdate.objects.filter(action__dialogue=dialogue, action__is_public=True)
        .select_related("action__dialogue")
        .order_by("at", "pk")
    )
    for update in updates:
        title = f"{update.action.what}: {update.get_state_display()}"
        yield Event(localdate(update.at), title, update.text, action_url(update.action))


def actions_to_see_to(user: AbstractBaseUser, *, on: date) -> QuerySet[Action]:
    return (
        Action.objects.filter(in_reach(user), owner_id=user.pk, due_on__lte=on + SEEN_BEFORE)
        .exclude(state__in=ENDED)
        .exclude(dialogue__state=DialogueState.CANCELLED)
        .select_related("dialogue")
        .order_by("due_on", "pk")
    )


def open_actions_of(dialogue: Dialogue, owner: AbstractBaseUser) -> QuerySet[Action]:
    """List what somebody answers for in a dialogue, and is neither done nor dropped."""
    return (
        Action.objects.filter(dialogue=dialogue, owner_id=owner.pk)
        .exclude(state__in=ENDED)
        .order_by("due_on", "pk")
    )
