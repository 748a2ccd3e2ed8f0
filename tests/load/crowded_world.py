"""The world of the page inventory, grown to what a whole country would fill it with."""

import random
from datetime import timedelta

from brygga.accounts.models import Organisation
from brygga.core.search import trigrams_of
from brygga.core.text import sort_key
from brygga.dialogues.enums import Channel, ContributionState, DialogueState, StepKind, Visibility
from brygga.dialogues.models import Contribution, Dialogue, Participant, Step, TeamMember
from tests.architecture.inventory.world import NOW, World
from tests.factories.dialogues import (
    PUBLISHED,
    ContributionFactory,
    DialogueFactory,
    MandateFactory,
    StepFactory,
    TeamMemberFactory,
)

DIALOGUES, PARTICIPANTS, CONTRIBUTIONS = 10_000, 100_000, 5_000
OWN_SHARE = 0.05  # of all dialogues lie in the organisation whose pages are looked at
PLACES = ("Ås", "Sjöviken", "Björkbacken", "Älvdal", "Hamnen", "Örtorp", "Kvarnby", "Lövsta")
MATTERS = ("skolan", "badhuset", "vindkraften", "torget", "bussen", "biblioteket", "slussen")
AT_ONCE = 2_000


def crowded_world(*, dialogues=DIALOGUES, participants=PARTICIPANTS, voices=CONTRIBUTIONS):
    """Fill the world; the counts may be made smaller to try it out."""
    world = World()
    dice = random.Random(1)
    owners = [world.own, world.other, *other_organisations(100)]
    rows = [row(dice, owners, number) for number in range(dialogues)]
    Dialogue.objects.bulk_create(rows, batch_size=AT_ONCE)
    own = Dialogue.objects.filter(organisation=world.own)
    Step.objects.bulk_create(
        [
            StepFactory.build(dialogue=each, kind=StepKind.DURING, position=2, state="current")
            for each in Dialogue.objects.iterator(AT_ONCE)
        ],
        batch_size=AT_ONCE,
    )
    TeamMember.objects.bulk_create(
        [TeamMemberFactory.build(dialogue=each, user=world.leader) for each in own],
        batch_size=AT_ONCE,
    )
    for each in own.filter(state=DialogueState.DRAFT)[:50]:
        MandateFactory(dialogue=each, feeds_body=world.body)
    crowd(world.dialogue, participants, voices)
    return world


def other_organisations(count):
    names = [f"Storby {number} kommun" for number in range(count)]
    return Organisation.objects.bulk_create(
        Organisation(
            kind="municipality", name=name, sort_key=sort_key(name), slug=name.replace(" ", "-")
        )
        for name in names
    )


def row(dice, owners, number):
    place, matter = dice.choice(PLACES), dice.choice(MATTERS)
    title = f"Vad ska hända med {matter} i {place}? {number}"
    state = dice.choice([DialogueState.PUBLISHED] * 6 + [DialogueState.CLOSED, DialogueState.DRAFT])
    return DialogueFactory.build(
        organisation=owners[0] if dice.random() < OWN_SHARE else dice.choice(owners[1:]),
        title=title,
        slug=f"vad-{number}",
        sort_key=sort_key(title),
        search_trigrams=trigrams_of(title, place),
        place_name=place,
        state=state,
        visibility=Visibility.PUBLIC,
        created_at=NOW,
        published_at=None
        if state == DialogueState.DRAFT
        else PUBLISHED + timedelta(minutes=number),
    )


def crowd(dialogue, participants, voices):
    """Give one dialogue its crowd, who have spoken on the web."""
    people = Participant.objects.bulk_create(
        (
            Participant(dialogue=dialogue, secret_hash=f"c{number:063x}", joined_at=NOW)
            for number in range(participants)
        ),
        batch_size=AT_ONCE,
    )
    Contribution.objects.bulk_create(
        (
            ContributionFactory.build(
                dialogue=dialogue,
                participant=people[number],
                channel=Channel.WEB,
                state=ContributionState.PUBLISHED,
                text=f"Låt {MATTERS[number % len(MATTERS)]} vara kvar, för barnens skull. {number}",
                received_at=NOW + timedelta(minutes=number),
            )
            for number in range(voices)
        ),
        batch_size=AT_ONCE,
    )
