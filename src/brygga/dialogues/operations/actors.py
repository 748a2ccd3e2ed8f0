"""Drawing the actor map: whom the issue concerns, who has been reached, and what is in the way."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.core.text import sort_key
from brygga.dialogues.models import (
    Activity,
    Actor,
    ActorContact,
    Dialogue,
    Obstacle,
    SetAsideGroup,
)
from brygga.dialogues.operations.changes import apply_changes
from brygga.dialogues.operations.once import create_once
from brygga.dialogues.operations.steps import ReasonMissingError

MOST_OBSTACLES = 12


class SameActorError(Exception):
    """An actor of that name is on the map already."""


class CircularSuggestionError(Exception):
    """Nobody is suggested by somebody whom they have suggested themselves."""


class ForeignActorError(Exception):
    """The map holds only what belongs to its own dialogue."""


class TooManyObstaclesError(Exception):
    """So many obstacles are no longer read by anybody."""


@transaction.atomic
def add_actor(
    *,
    dialogue: Dialogue,
    facts: Mapping[str, Any],
    forgotten_code: str = "",
    client_key: str | None = None,
    by: User | None,
    at: datetime,
) -> Actor:
    """Put an actor on the map. The same key, or the same point of the checklist, adds one."""
    Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    if client_key and (sent := Actor.objects.filter(client_key=client_key).first()):
        return sent
    if forgotten_code and (
        thought_of := Actor.objects.filter(dialogue=dialogue, forgotten_code=forgotten_code).first()
    ):
        return thought_of
    _refuse_foreign(dialogue, facts)
    _refuse_same_name(dialogue, facts["name"])
    actor, _ = create_once(
        Actor.objects,
        client_key,
        dialogue=dialogue,
        sort_key=sort_key(facts["name"]),
        forgotten_code=forgotten_code,
        added_at=at,
        **facts,
    )
    record(action="actor.add", subject=actor, by=by, at=at, fields=sorted(facts))
    return actor


@transaction.atomic
def edit_actor(
    *,
    actor: Actor,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: User | None,
    at: datetime,
) -> Actor:
    """Change what the map says of an actor. Raises EditConflictError on a clash."""
    dialogue = Dialogue.objects.select_for_update().get(pk=actor.dialogue_id)
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    changed = apply_changes(actor, before=before, after=after)
    _refuse_foreign(dialogue, {name: getattr(actor, name) for name in changed})
    if "name" in changed:
        _refuse_same_name(dialogue, actor.name, but=actor)
        actor.sort_key = sort_key(actor.name)
    if "suggested_by" in changed:
        _refuse_circle(actor)
    actor.version += 1
    actor.save()
    record(action="actor.edit", subject=actor, by=by, at=at, fields=changed)
    return actor


@transaction.atomic
def mark_reached(
    *,
    actor: Actor,
    on: date,
    how: str = "",
    activity: Activity | None = None,
    by: User | None,
    at: datetime,
) -> Actor:
    """Note the first time that an actor was reached; later times change nothing."""
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    if activity and activity.dialogue_id != actor.dialogue_id:
        raise ForeignActorError
    if actor.reached_on is None:
        actor.reached_on, actor.reached_how, actor.reached_by = on, how, activity
        actor.version += 1
        actor.save(update_fields=["reached_on", "reached_how", "reached_by", "version"])
        record(action="actor.reached", subject=actor, by=by, at=at, fields=["reached_on"])
    return actor


@transaction.atomic
def remove_actor(*, actor: Actor, by: User | None, at: datetime) -> None:
    """Take an actor off the map, with its contact; the audit row stays."""
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    record(action="actor.remove", subject=actor, by=by, at=at)
    actor.delete()


@transaction.atomic
def add_obstacle(
    *, actor: Actor, text: str, measure: str = "", by: User | None, at: datetime
) -> Obstacle:
    """Note an obstacle; the same obstacle again takes the new measure."""
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    known = actor.obstacles.filter(text=text).first()
    if known:
        known.measure = measure or known.measure
        known.save(update_fields=["measure"])
        return known
    if actor.obstacles.count() >= MOST_OBSTACLES:
        raise TooManyObstaclesError
    last = actor.obstacles.aggregate(last=Max("position"))["last"] or 0
    obstacle = Obstacle.objects.create(actor=actor, position=last + 1, text=text, measure=measure)
    record(action="actor.obstacle", subject=actor, by=by, at=at, fields=["obstacles"])
    return obstacle


@transaction.atomic
def remove_obstacle(*, actor: Actor, position: int, by: User | None, at: datetime) -> None:
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    gone, _ = actor.obstacles.filter(position=position).delete()
    if gone:
        record(action="actor.obstacle", subject=actor, by=by, at=at, fields=["obstacles"])


@transaction.atomic
def save_contact(
    *, actor: Actor, name: str, way: str, keep_until: date, by: User | None, at: datetime
) -> ActorContact:
    Actor.objects.select_for_update().get(pk=actor.pk)
    contact, _ = ActorContact.objects.update_or_create(
        actor=actor, defaults={"name": name, "way": way, "keep_until": keep_until}
    )
    record(action="actor.contact", subject=actor, by=by, at=at, fields=["name", "way"])
    return contact


@transaction.atomic
def remove_contact(*, actor: Actor, by: User | None, at: datetime) -> None:
    gone, _ = ActorContact.objects.filter(actor=actor).delete()
    if gone:
        record(action="actor.contact_removed", subject=actor, by=by, at=at)


@transaction.atomic
def dispose_of_contacts(*, today: date, at: datetime) -> int:
    """Remove each contact whose day has passed. The actor stays on the map."""
    due = ActorContact.objects.select_for_update().filter(keep_until__lt=today)
    contacts = list(due.select_related("actor"))
    for contact in contacts:
        record(action="actor.contact_disposed_of", subject=contact.actor, by=None, at=at)
        contact.delete()
    return len(contacts)


@transaction.atomic
def set_aside(
    *, dialogue: Dialogue, code: str, reason: str, by: User | None, at: datetime
) -> SetAsideGroup:
    """Say why a group on the checklist is not concerned; the first reason stays."""
    if not reason:
        raise ReasonMissingError
    group, is_new = SetAsideGroup.objects.get_or_create(
        dialogue=dialogue, code=code, defaults={"reason": reason, "at": at, "by": by}
    )
    if is_new:
        record(action="actor.group_set_aside", subject=dialogue, by=by, at=at, fields=[code])
    return group


@transaction.atomic
def take_up_again(*, dialogue: Dialogue, code: str, by: User | None, at: datetime) -> None:
    gone, _ = SetAsideGroup.objects.filter(dialogue=dialogue, code=code).delete()
    if gone:
        record(action="actor.group_taken_up", subject=dialogue, by=by, at=at, fields=[code])


def _refuse_same_name(dialogue: Dialogue, name: str, but: Actor | None = None) -> None:
    same = Actor.objects.filter(dialogue=dialogue, name__iexact=name).first()
    if same and same != but:
        raise SameActorError


def _refuse_foreign(dialogue: Dialogue, facts: Mapping[str, Any]) -> None:
    for thing in (facts.get("suggested_by"), facts.get("reached_by")):
        if thing is not None and thing.dialogue_id != dialogue.pk:
            raise ForeignActorError


def _refuse_circle(actor: Actor) -> None:
    """Walk up the chain of suggestions; the dialogue's lock keeps it still meanwhile."""
    suggested_by = dict(
        Actor.objects.filter(dialogue=actor.dialogue_id).values_list("pk", "suggested_by")
    )
    above = actor.suggested_by_id
    while above is not None:
        if above == actor.pk:
            raise CircularSuggestionError
        above = suggested_by.get(above)
