from brygga.core.attendance import operations as attendance
from brygga.core.mail import operations
from brygga.core.mail.enums import State
from brygga.core.mail.models import Message
from tests.architecture.inventory.page import EVERYBODY, NATIONAL, Page
from tests.architecture.inventory.world import NOW
from tests.factories.dialogues import DocumentFactory


def letters_that_wait_for_a_person(_world, count):
    for _ in range(count):
        message = operations.queue_message(
            key=f"inventory:{Message.objects.count()}",
            kind="inventory",
            recipient="amina@example.test",
            language="sv",
            template="none",
            context={},
            due_at=NOW,
            at=NOW,
        )
        operations.render(pk=message.pk, at=NOW)
        message.refresh_from_db()
        assert message.state == State.FAILED


def host_code(_world):
    attendance.open_gathering(
        owner_kind="inventory",
        owner_id="1",
        title="Torgmöte",
        opens_at=NOW,
        closes_at=NOW.replace(year=2126),
        by=None,
        at=NOW,
    )
    return (attendance.host_secret("inventory", "1"),)


def shown_picture(world):
    """A picture of the dialogue, for everybody who reads the dialogue."""
    file = DocumentFactory(dialogue=world.dialogue).file
    return (file.public_id,)


KEEPERS = frozenset(NATIONAL)
PAGES = (
    Page("attendance:check_in", EVERYBODY, host_code, public=True),
    Page("files:file", EVERYBODY, shown_picture, gives_file=True, public=True),
    Page("files:thumbnail", EVERYBODY, shown_picture, gives_file=True, public=True),
    Page("ui:gallery", EVERYBODY, public=True),
    Page("mail:health", KEEPERS, fill=letters_that_wait_for_a_person),
    Page("mail:send_again", KEEPERS, posts_only=True),
    Page("mail:let_be", KEEPERS, posts_only=True),
)
