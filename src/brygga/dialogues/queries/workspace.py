"""The dialogues on somebody's desk."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from brygga.core.search import find
from brygga.dialogues.enums import StepState
from brygga.dialogues.models import Dialogue, DialogueLink, Step
from brygga.dialogues.queries.access import Reader, dialogues_for, public_dialogues

MOST_OFFERED = 40
SORTS = {
    "title": ("sort_key", "pk"),
    "state": ("state", "sort_key", "pk"),
    "created": ("created_at", "pk"),
    "feeds": ("mandate__feeds_on", "sort_key", "pk"),
}


def desk_of(
    user: Reader,
    *,
    at: datetime,
    words: str = "",
    state: str = "",
    sort: str = "title",
    is_descending: bool = False,
) -> QuerySet[Dialogue]:
    """List the dialogues that somebody works with, each with the kind of its current step."""
    current = Step.objects.filter(dialogue=OuterRef("pk"), state=StepState.CURRENT)
    dialogues = dialogues_for(user, at=at).select_related("mandate")
    if state:
        dialogues = dialogues.filter(state=state)
    dialogues = dialogues.annotate(step_now=Subquery(current.values("kind")[:1]))
    if words:
        return find(dialogues, words)
    first, *rest = SORTS[sort]
    return dialogues.order_by(f"-{first}" if is_descending else first, *rest)


def earlier_choices(dialogue: Dialogue, user: Reader, *, at: datetime) -> QuerySet[Dialogue]:
    """List what this dialogue may say that it builds on: what the person may read."""
    readable = public_dialogues(user).values("pk") | dialogues_for(user, at=at).values("pk")
    return (
        Dialogue.objects.filter(pk__in=readable.order_by())
        .exclude(pk=dialogue.pk)
        .order_by("sort_key", "pk")
    )


def earlier_offered(
    dialogue: Dialogue, user: Reader, *, words: str = "", at: datetime
) -> list[Dialogue]:
    """Give some of `earlier_choices` to choose from: what the words are about, else our own."""
    choices = earlier_choices(dialogue, user, at=at)
    found = find(choices, words) if words else choices.filter(organisation=dialogue.organisation_id)
    return list(found[:MOST_OFFERED])


def links_of(dialogue: Dialogue) -> QuerySet[DialogueLink]:
    return (
        DialogueLink.objects.filter(dialogue=dialogue)
        .select_related("earlier")
        .order_by("earlier__sort_key", "pk")
    )
