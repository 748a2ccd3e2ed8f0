from brygga.accounts.enums import Role
from brygga.tools.perspectives.operations.maps import ask_for_map
from tests.architecture.inventory.page import Page, own
from tests.architecture.inventory.perspectives import statement_round
from tests.architecture.inventory.world import NOW

LEADERS = own(Role.OWNER, Role.PROCESS_LEADER)


def one_job(world):
    """A map that waits to be drawn: seen by those who may use the round's tools."""
    job = ask_for_map(statement_round=statement_round(world), back_url="/", by=world.leader, at=NOW)
    return (job.public_id,)


PAGES = (
    Page("jobs:job", LEADERS, one_job),
    Page("jobs:stream", LEADERS, one_job, gives_file=True),
    Page("jobs:cancel", LEADERS, one_job, posts_only=True),
)
