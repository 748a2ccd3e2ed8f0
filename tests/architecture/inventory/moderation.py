"""The pages of moderation: the team's, what anybody reads and reports, and the author's."""

from brygga.dialogues.enums import ContributionState
from brygga.dialogues.models import ContributionMerge
from brygga.dialogues.operations.moderation import Decision, decide
from brygga.dialogues.operations.standing_for import merge
from brygga.dialogues.queries.moderation import version_of
from tests.architecture.inventory.dialogues import LEADERS, pid, while_open
from tests.architecture.inventory.dialogues_public import dialogue, joined, own_voice, readers
from tests.architecture.inventory.page import EVERYBODY, SIGNED_IN, Page
from tests.architecture.inventory.world import NOW
from tests.factories.dialogues import ContributionFactory

TEXT = "Ring mig på 070-174 06 58 om bänken vid hållplatsen i Sjöviken."


def waiting(world):
    voice = world.dialogue.contributions.filter(state=ContributionState.WAITING).first()
    voice = voice or ContributionFactory(
        dialogue=world.dialogue, state=ContributionState.WAITING, text=TEXT
    )
    return (world.dialogue.public_id, voice.public_id)


def merged(world):
    made = ContributionMerge.objects.filter(kept__dialogue=world.dialogue, undone_at=None).first()
    made = made or merge(
        kept=ContributionFactory(dialogue=world.dialogue),
        merged=ContributionFactory(dialogue=world.dialogue),
        by=world.leader,
        at=NOW,
    )
    return (world.dialogue.public_id, made.merged.public_id)


def queue(world, count):
    waits = ContributionState.WAITING
    ContributionFactory.create_batch(count, dialogue=world.dialogue, state=waits, text=TEXT)


def decided(world, count):
    for _ in range(count):
        hide(world, ContributionFactory(dialogue=world.dialogue))


def hide(world, voice):
    decision = Decision(to=ContributionState.HIDDEN, ground="threat", words="Det är ett hot.")
    decide(contribution=voice, decision=decision, seen=version_of(voice), by=world.leader, at=NOW)


def reportable(world):
    voice = world.dialogue.contributions.filter(state=ContributionState.PUBLISHED).first()
    voice = voice or ContributionFactory(dialogue=world.dialogue)
    return (*dialogue(world), voice.public_id)


def hidden_voice(world):
    secret, public_id = own_voice(world)
    voice = joined(world).participant.contributions.get(public_id=public_id)
    if voice.state != ContributionState.HIDDEN:
        hide(world, voice)
    return (secret, public_id)


def team(name, arguments=pid, **more):
    return Page(f"dialogues:{name}", LEADERS, arguments, **more)


PAGES = (
    Page("dialogues:queue", SIGNED_IN, fill=queue, as_reader="own process_leader"),
    Page(
        "dialogues:queue_next",
        SIGNED_IN,
        as_reader="own process_leader",
        sent_on=SIGNED_IN,
        answers=302,
    ),
    team("moderation", fill=queue),
    team("moderation", query="?q=ring&sort=-due&varfor=strict&vems=free", fill=queue),
    team("moderation", query="?export=csv", fill=queue, gives_file=True),
    Page(
        "dialogues:queue",
        SIGNED_IN,
        query="?export=csv",
        fill=queue,
        gives_file=True,
        as_reader="own process_leader",
    ),
    team("moderation_steps", query="?export=csv", fill=decided, gives_file=True),
    team("moderation_next", sent_on=LEADERS, answers=302),
    team("moderation_steps", fill=decided),
    team("case", waiting, fill=queue),
    team("case_assign", waiting, posts_only=True),
    team("case_merge", waiting, posts_only=True),
    team("case_separate", merged, posts_only=True),
    Page("dialogues:identity", while_open(LEADERS), pid, depends_on_state=True),
    Page(
        "dialogues:strict_mode",
        while_open(LEADERS),
        pid,
        posts_only=True,
        depends_on_state=True,
    ),
    Page(
        "dialogues:how_we_moderate",
        readers,
        dialogue,
        fill=decided,
        public=True,
        depends_on_state=True,
    ),
    Page("dialogues:report", readers, reportable, public=True, depends_on_state=True),
    Page("dialogues:reported", readers, dialogue, public=True, depends_on_state=True),
    Page("dialogues:new_assessment", EVERYBODY, hidden_voice, public=True),
)
