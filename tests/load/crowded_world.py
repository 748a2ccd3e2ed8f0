"""The world of the page inventory, grown to what a whole country would fill it with."""

import random
from copy import copy
from datetime import timedelta

from django.db import connection

from brygga.accounts.models import Organisation
from brygga.core.http.public_ids import new_public_id
from brygga.core.search import trigrams_of
from brygga.core.text import sort_key
from brygga.dialogues.enums import Channel, ContributionState, DialogueState, StepKind, Visibility
from brygga.dialogues.models import (
    Contribution,
    Dialogue,
    Mandate,
    Participant,
    Step,
    TeamMember,
)
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


def crowded_world(*, dialogues=DIALOGUES, participants=PARTICIPANTS, voices=CONTRIBUTIONS):
    """Fill the world; the counts may be made smaller to try it out."""
    world = World()
    dice = random.Random(1)
    owners = [world.own, world.other, *other_organisations(100)]
    like = DialogueFactory.build(organisation=world.own, visibility=Visibility.PUBLIC)
    copy_in(Dialogue, (row(like, dice, owners, number) for number in range(dialogues)))
    # Read once, so that each table of what belongs to a dialogue is written in one go.
    known = list(Dialogue.objects.values_list("pk", "organisation"))
    step = StepFactory.build(dialogue=like, kind=StepKind.DURING, position=2, state="current")
    copy_in(Step, (changed(step, dialogue_id=key) for key, _ in known))
    mandate = MandateFactory.build(
        dialogue=like, feeds_body=world.body, feedback_owner=world.leader
    )
    copy_in(Mandate, (changed(mandate, dialogue_id=key) for key, _ in known))
    member = TeamMemberFactory.build(dialogue=like, user=world.leader)
    own = (key for key, owner in known if owner == world.own.pk)
    copy_in(TeamMember, (changed(member, dialogue_id=key) for key in own))
    crowd(world.dialogue, participants, voices)
    return world


def changed(like, **values):
    """Give a thing like the other: building each anew takes a hundred times as long."""
    thing = copy(like)
    for name, value in values.items():
        setattr(thing, name, value)
    if "public_id" not in values and hasattr(thing, "public_id"):
        thing.public_id = new_public_id()
    return thing


def copy_in(model, things):
    """Write rows by COPY."""
    fields = [
        field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)
    ]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as into,
    ):
        for thing in things:
            into.write_row(
                field.get_db_prep_save(getattr(thing, field.attname), connection)
                for field in fields
            )


def other_organisations(count):
    names = [f"Storby {number} kommun" for number in range(count)]
    return Organisation.objects.bulk_create(
        Organisation(
            kind="municipality", name=name, sort_key=sort_key(name), slug=name.replace(" ", "-")
        )
        for name in names
    )


def row(like, dice, owners, number):
    place, matter = dice.choice(PLACES), dice.choice(MATTERS)
    title = f"Vad ska hända med {matter} i {place}? {number}"
    state = dice.choice([DialogueState.PUBLISHED] * 6 + [DialogueState.CLOSED, DialogueState.DRAFT])
    owner = owners[0] if dice.random() < OWN_SHARE else dice.choice(owners[1:])
    is_draft = state == DialogueState.DRAFT
    return changed(
        like,
        organisation_id=owner.pk,
        title=title,
        slug=f"vad-{number}",
        sort_key=sort_key(title),
        search_trigrams=trigrams_of(title, place),
        place_name=place,
        state=state,
        created_at=NOW,
        published_at=None if is_draft else PUBLISHED + timedelta(minutes=number),
    )


def crowd(dialogue, participants, voices):
    """Give one dialogue its crowd, who have spoken on the web."""
    like = Participant(dialogue=dialogue, joined_at=NOW)
    copy_in(
        Participant,
        (changed(like, secret_hash=f"c{number:063x}") for number in range(participants)),
    )
    people = Participant.objects.filter(dialogue=dialogue).order_by("pk").values_list("pk")[:voices]
    voice = ContributionFactory.build(
        dialogue=dialogue, channel=Channel.WEB, state=ContributionState.PUBLISHED
    )
    copy_in(
        Contribution,
        (
            changed(
                voice,
                participant_id=person,
                text=f"Låt {MATTERS[number % len(MATTERS)]} vara kvar, för barnens skull. {number}",
                received_at=NOW + timedelta(minutes=number),
            )
            for number, (person,) in enumerate(people)
        ),
    )
