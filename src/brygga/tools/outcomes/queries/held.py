"""How the promises of many dialogues are held, as the public may know it."""

from datetime import date

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from brygga.core.registry.promises import LatePromise, PromisesKept
from brygga.dialogues.enums import DialogueState
from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes import rules
from brygga.tools.outcomes.enums import PromiseState
from brygga.tools.outcomes.models import FeedbackPromise, PromiseChange

LISTED = 20


def promises_kept(dialogues: QuerySet[Dialogue], on: date) -> PromisesKept:
    """Count the promises by how they were held. The first day that was promised is what counts.

    A dialogue that was broken off takes its open promises with it. In the days of grace an open
    promise still reads as promised.
    """
    broken = _last_day_that_is_broken(on)
    kinds = Case(
        When(state=PromiseState.KEPT, kept_on__lte=F("first_due"), then=Value("in_time")),
        When(state=PromiseState.KEPT, then=Value("later")),
        When(due_on__lte=broken, then=Value("overdue")),
        When(first_due__lt=on, due_on__gt=F("first_due"), then=Value("moved")),
        default=Value("coming"),
    )
    promises = _promises_in(dialogues)
    counted = promises.annotate(kind=kinds).order_by().values("kind").annotate(number=Count("pk"))
    numbers = {row["kind"]: row["number"] for row in counted}
    overdue = promises.filter(state=PromiseState.OPEN, due_on__lte=broken)
    listed = overdue.select_related("dialogue").order_by("due_on", "pk")[:LISTED]
    late = tuple(map(_late, listed)) if "overdue" in numbers else ()
    return PromisesKept(**numbers, late=late)


def _promises_in(dialogues: QuerySet[Dialogue]) -> QuerySet[FeedbackPromise]:
    """List those that bind, each with the day first promised and the day it was kept."""
    moved_from = PromiseChange.objects.filter(promise=OuterRef("pk")).order_by().values("promise")
    first_moved = moved_from.annotate(first=Min("from_date")).values("first")
    return (
        FeedbackPromise.objects.filter(dialogue__in=dialogues.order_by().values("pk"))
        .exclude(state=PromiseState.OPEN, dialogue__state=DialogueState.CANCELLED)
        .annotate(
            first_due=Coalesce(Subquery(first_moved), F("due_on"), output_field=DateField()),
            kept_on=TruncDate("kept_at"),
        )
    )


def _late(promise: FeedbackPromise) -> LatePromise:
    dialogue = promise.dialogue
    return LatePromise(
        where=dialogue.title,
        language=dialogue.language,
        text=promise.text,
        due_on=promise.due_on,
        url=reverse("outcomes:overview", args=[dialogue.slug, dialogue.public_id]),
    )


def _last_day_that_is_broken(on: date) -> date:
    """Give the latest due day whose days of grace are over; the rule goes the other way."""
    day = on
    while rules.last_day_of_grace(day) >= on:
        day = day.fromordinal(day.toordinal() - 1)
    return day
