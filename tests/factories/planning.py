"""Actors and plans for tests: bare rows."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from brygga.core.text import sort_key
from brygga.dialogues.enums import ActivityKind, ActorKind, Affected, MessageChannel
from brygga.dialogues.models import (
    Activity,
    Actor,
    ActorContact,
    Obstacle,
    PlannedMessage,
)
from tests.factories.dialogues import NOW, DialogueFactory


class ActorFactory(DjangoModelFactory):
    """A group that is directly affected and not reached."""

    class Meta:
        model = Actor

    dialogue = factory.SubFactory(DialogueFactory)
    name = factory.Sequence(lambda number: f"Byalag {number}")
    sort_key = factory.LazyAttribute(lambda actor: sort_key(actor.name))
    kind = ActorKind.GROUP
    affected = Affected.DIRECTLY
    added_at = NOW


class ObstacleFactory(DjangoModelFactory):
    class Meta:
        model = Obstacle

    actor = factory.SubFactory(ActorFactory)
    position = factory.Sequence(lambda number: number + 1)
    text = "Mötena är på kvällen"


class ActorContactFactory(DjangoModelFactory):
    class Meta:
        model = ActorContact

    actor = factory.SubFactory(ActorFactory)
    name = "Ordföranden"
    way = "byalaget@example.test"
    keep_until = date(2026, 12, 31)


class ActivityFactory(DjangoModelFactory):
    """A meeting of two hours in May."""

    class Meta:
        model = Activity

    dialogue = factory.SubFactory(DialogueFactory)
    title = factory.Sequence(lambda number: f"Öppet möte {number}")
    kind = ActivityKind.MEETING
    starts_at = datetime(2026, 5, 4, 16, tzinfo=UTC)
    ends_at = datetime(2026, 5, 4, 18, tzinfo=UTC)


class PlannedMessageFactory(DjangoModelFactory):
    class Meta:
        model = PlannedMessage

    dialogue = factory.SubFactory(DialogueFactory)
    to_whom = "Alla i byn"
    text = factory.Sequence(lambda number: f"Att dialogen börjar {number}")
    channel = MessageChannel.LETTER
    due_on = date(2026, 4, 20)
