"""What would be copied of an actor map and a plan, shown before it is done."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brygga.core.calendar import swedish_date
from brygga.dialogues.enums import ActivityState
from brygga.dialogues.models import Activity, Actor, ActorContact, Dialogue


def activities_to_copy(dialogue: Dialogue) -> QuerySet[Activity]:
    """List what was planned and held; what was cancelled is not planned anew."""
    return dialogue.activities.exclude(state=ActivityState.CANCELLED).order_by("starts_at", "pk")


def contacts_to_copy(dialogue: Dialogue, on: date) -> QuerySet[ActorContact]:
    """List the contacts that may still be kept on a day."""
    return ActorContact.objects.filter(actor__dialogue=dialogue, keep_until__gte=on).select_related(
        "actor"
    )


def begins_on(dialogue: Dialogue) -> date | None:
    """Give the day on which the plan that is copied begins."""
    first = activities_to_copy(dialogue).first()
    told = dialogue.planned_messages.order_by("due_on").values_list("due_on", flat=True).first()
    held = swedish_date(first.starts_at) if first else None
    return min((day for day in (told, held) if day), default=None)


def preview_actors(dialogue: Dialogue, _on: date) -> list[str]:
    number = Actor.objects.filter(dialogue=dialogue).count()
    if not number:
        return []
    return [
        ngettext("%(number)s actor", "%(number)s actors", number) % {"number": number},
        _("With their obstacles. None counts as reached, and none is shown in public."),
    ]


def preview_contacts(dialogue: Dialogue, on: date) -> list[str]:
    number = contacts_to_copy(dialogue, on).count()
    if not number:
        return []
    return [
        ngettext("%(number)s contact", "%(number)s contacts", number) % {"number": number},
        _("These are personal data. Take them along only if the new dialogue needs them."),
    ]


def preview_plan(dialogue: Dialogue, _on: date) -> list[str]:
    counted = Dialogue.objects.filter(pk=dialogue.pk).aggregate(
        activities=Count(
            "activities", filter=~Q(activities__state=ActivityState.CANCELLED), distinct=True
        ),
        messages=Count("planned_messages", distinct=True),
    )
    activities, messages = counted["activities"], counted["messages"]
    if not activities and not messages:
        return []
    return [
        ngettext("%(number)s activity", "%(number)s activities", activities)
        % {"number": activities},
        ngettext("%(number)s message", "%(number)s messages", messages) % {"number": messages},
        _("All days move with the first day that you choose. Who came is not taken along."),
    ]
