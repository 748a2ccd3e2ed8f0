"""What goes to the register and the archive, and requests about personal data."""

from brygga.dialogues.enums import RetentionClass
from brygga.tools.register.models import DataRequest, Delivery, RetentionLog, RetentionPlan
from brygga.tools.register.operations.making import make_delivery
from tests.architecture.inventory.dialogues import LEADERS, pid
from tests.architecture.inventory.dialogues_public import joined, secret
from tests.architecture.inventory.page import EVERYBODY, SIGNED_IN, Page, own
from tests.factories.dialogues import NOW, ContributionFactory
from tests.factories.register import DataRequestFactory, DeliveryFactory, RetentionPlanFactory

SENDERS = LEADERS | own("secretary", "registrar")


def made(world):
    delivery = Delivery.objects.filter(dialogue=world.dialogue).first() or DeliveryFactory(
        dialogue=world.dialogue, body=world.body
    )
    return make_delivery(delivery_pk=delivery.pk, at=NOW)


def delivery(world):
    return (world.dialogue.public_id, made(world).public_id)


def paper(world):
    return (*delivery(world), "csv")


def fill_deliveries(world, count):
    first = Delivery.objects.filter(dialogue=world.dialogue).count() + 1
    for number in range(first, first + count):
        DeliveryFactory(dialogue=world.dialogue, body=world.body, number=number)
        ContributionFactory(dialogue=world.dialogue)


def fill_disposals(world, count):
    """Add deliveries with their files, and carried out disposals, so that the log has rows."""
    RetentionPlan.objects.filter(dialogue=world.dialogue).exists() or RetentionPlanFactory(
        dialogue=world.dialogue, body=world.body
    )
    fill_deliveries(world, count)
    for _ in range(count):
        RetentionLog.objects.create(
            dialogue=world.dialogue,
            rule=RetentionClass.TWO_YEARS,
            decision="KS 2026/77",
            started_at=NOW,
            finished_at=NOW,
        )


def slug(world):
    return (world.own.slug,)


def request(world):
    found = DataRequest.objects.filter(organisation=world.own).first() or DataRequestFactory(
        organisation=world.own
    )
    return (world.own.slug, found.public_id)


def fill_requests(world, count):
    DataRequestFactory.create_batch(count, organisation=world.own)


def fill_own(world, count):
    participant = joined(world).participant
    ContributionFactory.create_batch(count, dialogue=world.dialogue, participant=participant)


def own_dialogue(name, readers=SENDERS, **more):
    more.setdefault("arguments", pid)
    return Page(f"register:{name}", readers, **more)


ANSWERING = own("owner", "privacy")
PAGES = (
    own_dialogue("overview", fill=fill_deliveries, max_queries=12),
    own_dialogue("delivery", arguments=delivery),
    own_dialogue("again", arguments=delivery, posts_only=True),
    own_dialogue("number", own("registrar"), arguments=delivery, posts_only=True),
    own_dialogue("paper", arguments=paper, gives_file=True),
    own_dialogue("retention", fill=fill_disposals, max_queries=12),
    own_dialogue("brake", own("registrar"), posts_only=True),
    Page("register:requests", ANSWERING, slug, fill=fill_requests),
    Page("register:request_new", ANSWERING, slug),
    Page("register:request", ANSWERING, request),
    Page("register:request_file", ANSWERING, request, gives_file=True),
    Page("register:my_data", EVERYBODY, secret, fill=fill_own, public=True),
    Page("register:my_file", EVERYBODY, secret, fill=fill_own, gives_file=True),
    Page("register:withdraw_all", EVERYBODY, secret, posts_only=True),
    Page("register:erase_me", EVERYBODY, secret, posts_only=True),
    # Everything held of a person: each area is asked once, however much it holds.
    Page("register:account", SIGNED_IN, max_queries=16),
    Page("register:account_file", SIGNED_IN, gives_file=True, max_queries=16),
    Page("register:erase_account", SIGNED_IN, posts_only=True),
)
