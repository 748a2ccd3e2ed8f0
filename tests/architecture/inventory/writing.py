"""Drafts, who else writes, and undoing: each by a token that is made for one person."""

from brygga.core.editing.queries import company
from tests.architecture.inventory.page import Page, own
from tests.architecture.inventory.world import NOW

LEADER = own("process_leader")


def place(world):
    return (company(world.leader, "trial", at=NOW).token,)


PAGES = (
    Page("editing:keep", frozenset(), posts_only=True),
    Page("editing:throw_away", frozenset(), posts_only=True),
    Page("editing:here", LEADER, place),
    Page("editing:stream", LEADER, place, gives_file=True),
    Page("undo:undo", frozenset(), posts_only=True),
)
