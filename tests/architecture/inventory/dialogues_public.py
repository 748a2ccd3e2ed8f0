"""What residents see of dialogues."""

from django.utils import timezone

from brygga.accounts.enums import Role
from brygga.accounts.models import EidBroker
from brygga.accounts.operations.calendar_links import renew_calendar_link
from brygga.dialogues.enums import DialogueState, InsightState, StepKind
from brygga.dialogues.models import DialogueLink, Follower, IdentityDemand, Insight
from brygga.dialogues.operations.participants import join
from brygga.dialogues.queries.followers import confirm_token, end_token
from tests.architecture.inventory.page import EVERYBODY, NOBODY, Page, own
from tests.architecture.inventory.world import NOW
from tests.factories.dialogues import (
    ContributionFactory,
    FollowerFactory,
    InsightFactory,
    PerspectiveFactory,
    PublishedResultFactory,
    dialogue_in,
)

WORD = "the page on which the participant of the inventory joined"


def readers(state):
    if state == "internal":
        return own(*Role)
    return NOBODY if state == "draft" else EVERYBODY


def followers(state):
    return NOBODY if state == "cancelled" else readers(state)


def dialogue(world):
    return (world.dialogue.slug, world.dialogue.public_id)


def joined(world):
    return join(dialogue=world.dialogue, language="sv", at=NOW, once=WORD)


def secret(world):
    return (joined(world).secret,)


def own_voice(world):
    somebody = joined(world)
    voice = somebody.participant.contributions.first() or ContributionFactory(
        dialogue=world.dialogue, participant=somebody.participant
    )
    return (somebody.secret, voice.public_id)


def calendar_link(world):
    secret = renew_calendar_link(
        user=world.leader, organisation=world.own, client_key="inventory", at=NOW
    )
    return (secret,)


def insight_of(world):
    published = Insight.objects.filter(dialogue=world.dialogue, state=InsightState.PUBLISHED)
    return published.first() or InsightFactory(
        dialogue=world.dialogue, state=InsightState.PUBLISHED, published_at=NOW
    )


def insight(world):
    return (*dialogue(world), insight_of(world).public_id)


def follower(world):
    return Follower.objects.first() or FollowerFactory(
        dialogue=world.dialogue, asked_at=timezone.now()
    )


def demanding(world):
    """Make a dialogue of its own: in the world's own one, people join without showing it."""
    dialogue = dialogue_in(StepKind.PERSPECTIVES, organisation=world.own)
    IdentityDemand.objects.create(dialogue=dialogue, reason="Skäl", legal_ground="Lag")
    return (dialogue.public_id,)


def demanding_with_broker(world):
    return demanding(world) + broker_id(world)


def broker_id(world):
    made, _ = EidBroker.objects.get_or_create(
        organisation=world.own, name="Berg", issuer="https://127.0.0.1", is_on=True
    )
    return (made.public_id,)


def dialogues(world, count):
    for _ in range(count):
        dialogue_in(StepKind.PERSPECTIVES, organisation=world.own)


def what_was_said(world, count):
    for _ in range(count):
        InsightFactory(dialogue=world.dialogue, state=InsightState.PUBLISHED, published_at=NOW)
        ContributionFactory(dialogue=world.dialogue)
        earlier = dialogue_in(state=DialogueState.CLOSED, organisation=world.own)
        DialogueLink.objects.create(dialogue=world.dialogue, earlier=earlier)


def what_it_rests_on(world, count):
    claim = insight_of(world)
    for _ in range(count):
        voice = ContributionFactory(dialogue=world.dialogue)
        perspective = PerspectiveFactory(dialogue=world.dialogue, is_public=True)
        perspective.contributions.add(voice)
        claim.perspectives.add(perspective)
        claim.contributions.add(ContributionFactory(dialogue=world.dialogue))
        claim.results.add(PublishedResultFactory(dialogue=world.dialogue))


def own_voices(world, count):
    participant = joined(world).participant
    for _ in range(count):
        voice = ContributionFactory(dialogue=world.dialogue, participant=participant)
        claim = InsightFactory(
            dialogue=world.dialogue, state=InsightState.PUBLISHED, published_at=NOW
        )
        claim.contributions.add(voice)


PAGES = (
    Page("dialogues:list", EVERYBODY, fill=dialogues, public=True),
    Page("dialogues:list", EVERYBODY, query="?q=skolan&sort=title", fill=dialogues, public=True),
    Page(
        "dialogues:detail",
        readers,
        dialogue,
        fill=what_was_said,
        public=True,
        depends_on_state=True,
    ),
    Page(
        "dialogues:short",
        readers,
        lambda world: (world.dialogue.public_id,),
        depends_on_state=True,
        answers=302,
    ),
    Page(
        "dialogues:insight",
        readers,
        insight,
        fill=what_it_rests_on,
        public=True,
        depends_on_state=True,
    ),
    Page("dialogues:calendar", readers, dialogue, depends_on_state=True, gives_file=True),
    Page("dialogues:personal_feed", EVERYBODY, calendar_link, gives_file=True, fill=dialogues),
    Page("dialogues:follow", followers, dialogue, public=True, depends_on_state=True),
    Page(
        "dialogues:identify",
        EVERYBODY,
        demanding,
        public=True,
    ),
    Page(
        "dialogues:start_identifying",
        EVERYBODY,
        demanding_with_broker,
        public=True,
        answers=424,
    ),
    Page("dialogues:identified", EVERYBODY, broker_id, public=True, answers=401),
    Page("dialogues:my_receipt", EVERYBODY, dialogue, public=True, answers=404),
    Page("dialogues:receipt", EVERYBODY, secret, fill=own_voices, public=True),
    Page("dialogues:continue_here", EVERYBODY, secret, posts_only=True),
    Page("dialogues:withdraw", EVERYBODY, own_voice, posts_only=True),
    Page(
        "dialogues:confirm_following",
        EVERYBODY,
        lambda world: (confirm_token(follower(world)),),
        public=True,
    ),
    Page(
        "dialogues:end_following",
        EVERYBODY,
        lambda world: (end_token(follower(world)),),
        public=True,
    ),
)
