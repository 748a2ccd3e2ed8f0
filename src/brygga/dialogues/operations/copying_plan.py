"""Taking an actor map and a plan along to a draft: what to do and with whom, not what came of it.

Groups set aside stay behind: whether the new issue concerns them has to be thought through anew.
"""

from django.utils.timezone import localdate

from brygga.core.audit.operations import record
from brygga.dialogues.models import (
    Activity,
    Actor,
    ActorContact,
    Dialogue,
    Obstacle,
    PlannedMessage,
    Step,
)
from brygga.dialogues.queries.copying_plan import (
    activities_to_copy,
    begins_on,
    contacts_to_copy,
)
from brygga.dialogues.queries.plan_moves import shift, shift_day
from brygga.dialogues.registry import Copying

MAP_TEXTS = ("name", "sort_key", "kind", "relation", "affected", "how_affected", "forgotten_code")
ACTIVITY_TEXTS = (
    "title",
    "kind",
    "purpose",
    "place",
    "languages",
    "has_interpreter",
    "accessibility",
    "cost",
    "starter_code",
)
MESSAGE_TEXTS = ("to_whom", "text", "channel", "starter_code")


def copy_actors(copying: Copying) -> None:
    """Take the map along; nobody on it has been reached yet, and nobody is shown in public."""
    old = list(Actor.objects.filter(dialogue=copying.source).order_by("pk"))
    new = Actor.objects.bulk_create(
        Actor(
            dialogue=copying.draft,
            added_at=copying.at,
            **{name: getattr(actor, name) for name in MAP_TEXTS},
        )
        for actor in old
    )
    became = {before.pk: after for before, after in zip(old, new, strict=True)}
    tipped_off = [actor for actor in old if actor.suggested_by_id]
    for actor in tipped_off:
        became[actor.pk].suggested_by = became[actor.suggested_by_id or 0]
    Actor.objects.bulk_update([became[actor.pk] for actor in tipped_off], ["suggested_by"])
    Obstacle.objects.bulk_create(
        Obstacle(
            actor=became[each.actor_id],
            position=each.position,
            text=each.text,
            measure=each.measure,
        )
        for each in Obstacle.objects.filter(actor__in=became)
    )


def copy_contacts(copying: Copying) -> None:
    """Take names and ways along, until the same day as before: no copy is kept for longer."""
    by_name = _actors_by_name(copying.draft)
    for contact in contacts_to_copy(copying.source, localdate(copying.at)):
        if actor := by_name.get(contact.actor.sort_key):
            ActorContact.objects.create(
                actor=actor, name=contact.name, way=contact.way, keep_until=contact.keep_until
            )
            record(action="actor.contact", subject=actor, by=copying.by, at=copying.at)


def copy_plan(copying: Copying) -> None:
    """Plan the same anew, each thing as far from the first day as it was, and led by who copies."""
    begins = begins_on(copying.source)
    if begins is None or copying.first_day is None:
        return
    days = (copying.first_day - begins).days
    steps = {step.kind: step for step in copying.draft.steps.all()}
    _copy_activities(copying, days, steps)
    PlannedMessage.objects.bulk_create(
        PlannedMessage(
            dialogue=copying.draft,
            due_on=shift_day(each.due_on, days),
            step=steps.get(each.step.kind) if each.step else None,
            responsible=copying.by,
            **{name: getattr(each, name) for name in MESSAGE_TEXTS},
        )
        for each in copying.source.planned_messages.select_related("step").order_by("pk")
    )


def _copy_activities(copying: Copying, days: int, steps: dict[str, Step]) -> None:
    old = list(activities_to_copy(copying.source).select_related("step"))
    new = [
        Activity(
            dialogue=copying.draft,
            starts_at=(starts_at := shift(each.starts_at, days)),
            ends_at=starts_at + (each.ends_at - each.starts_at),
            step=steps.get(each.step.kind) if each.step else None,
            responsible=copying.by,
            **{name: getattr(each, name) for name in ACTIVITY_TEXTS},
        )
        for each in old
    ]
    became = dict(zip((each.pk for each in old), Activity.objects.bulk_create(new), strict=True))
    by_name = _actors_by_name(copying.draft)
    meets = Activity.actors.through
    links = meets.objects.filter(activity__in=became).values_list("activity", "actor__sort_key")
    meets.objects.bulk_create(
        meets(activity=became[activity], actor=by_name[name])
        for activity, name in links
        if name in by_name
    )


def _actors_by_name(dialogue: Dialogue) -> dict[str, Actor]:
    return {actor.sort_key: actor for actor in Actor.objects.filter(dialogue=dialogue)}
