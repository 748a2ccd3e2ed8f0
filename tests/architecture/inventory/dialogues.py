"""The dialogues' pages. Roles in the owning organisation count in its dialogues; see rules.py."""

from datetime import timedelta

from django.utils import timezone

from brygga.dialogues.enums import Channel, ContributionState, DialogueState, LogKind
from brygga.dialogues.models import DialogueTemplate, Handover, JointInvitation
from tests.architecture.inventory.page import NOBODY, SIGNED_IN, Page, own
from tests.factories.accounts import BodyFactory, MembershipFactory
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    DialogueFactory,
    DocumentFactory,
    InsightFactory,
    MandateFactory,
    PerspectiveFactory,
    ProcessLogEntryFactory,
    TeamMemberFactory,
)

LEADERS = own("owner", "process_leader")
DESK = LEADERS | own("elected", "registrar", "secretary")
OPENERS = LEADERS | frozenset({"other owner", "other process_leader", "national owner"})
OPEN_STATES = {"draft", "published", "information", "internal"}
ENTERED_BY_ELECTED = {"published", "internal"}


def while_open(readers):
    return lambda state: readers if state in OPEN_STATES else NOBODY


def unless(state_without, readers):
    return lambda state: NOBODY if state in state_without else readers


def pid(world):
    return (world.dialogue.public_id,)


def second_step(world):
    return (world.dialogue.public_id, 2)


def contribution(world):
    voice = ContributionFactory(dialogue=world.dialogue)
    return (world.dialogue.public_id, voice.public_id)


def perspective(world):
    return (world.dialogue.public_id, PerspectiveFactory(dialogue=world.dialogue).public_id)


def insight(world):
    return (world.dialogue.public_id, InsightFactory(dialogue=world.dialogue).public_id)


def fill_desk(world, count):
    for _ in range(count):
        dialogue = DialogueFactory(
            organisation=world.own, state=DialogueState.DRAFT, created_at=NOW
        )
        MandateFactory(dialogue=dialogue, commissioner="", feeds_body=world.body)
        TeamMemberFactory(dialogue=dialogue, user=world.leader)
        ContributionFactory(dialogue=dialogue, state=ContributionState.WAITING)


def fill_organisations(world, count):
    MembershipFactory.create_batch(count, user=world.leader)


def fill_voices(world, count):
    shared = PerspectiveFactory(dialogue=world.dialogue)
    for voice in ContributionFactory.create_batch(
        count, dialogue=world.dialogue, channel=Channel.CALL
    ):
        shared.contributions.add(voice)


def fill_perspectives(world, count):
    PerspectiveFactory.create_batch(count, dialogue=world.dialogue)


def fill_insights(world, count):
    InsightFactory.create_batch(count, dialogue=world.dialogue)


def fill_team(world, count):
    TeamMemberFactory.create_batch(count, dialogue=world.dialogue)


def fill_log(world, count):
    ProcessLogEntryFactory.create_batch(
        count, dialogue=world.dialogue, kind=LogKind.CHOICE, by=world.leader
    )


def leaders(name, readers=LEADERS, **more):
    more.setdefault("arguments", pid)
    return Page(f"dialogues:{name}", while_open(readers), depends_on_state=True, **more)


def desk(name, **more):
    more.setdefault("arguments", pid)
    return Page(f"dialogues:{name}", DESK, depends_on_state=True, **more)


def fill_templates(world, count):
    for number in range(count):
        DialogueTemplate.objects.create(
            organisation=world.own,
            name=f"Mall {number} {DialogueTemplate.objects.count()}",
            form="simple",
            content={},
            created_at=NOW,
        )


def template(world):
    fill_templates(world, 1)
    return (DialogueTemplate.objects.latest("pk").public_id,)


def handover(world):
    """Give the handover between the two who alone may see it."""
    found, _is_new = Handover.objects.get_or_create(
        dialogue=world.dialogue,
        leaver=world.leader,
        successor=world.people["own owner"],
        defaults={"note": "Läs dagboken.", "asked_at": NOW},
    )
    return (found.public_id,)


def joint_invitation(world):
    """Give a question from another organisation, which those who may open dialogues answer."""
    asked = JointInvitation.objects.create(
        dialogue=DialogueFactory(organisation=world.other, state=DialogueState.DRAFT),
        body=world.body,
        word="Bussen går hit.",
        asked_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=30),
    )
    MandateFactory(dialogue=asked.dialogue, feeds_body=None)
    return (asked.public_id,)


def fill_owners(world, count):
    for body in BodyFactory.create_batch(count):
        world.dialogue.bodies.add(body)
        JointInvitation.objects.create(
            dialogue=world.dialogue,
            body=body,
            word="Bussen går hit.",
            answer="Gärna.",
            state="accepted",
            asked_at=NOW,
            answered_at=NOW,
            expires_at=NOW + timedelta(days=30),
        )


def guest_owner(world):
    """Give a body of another organisation that owns the dialogue too."""
    body = BodyFactory()
    world.dialogue.bodies.add(body)
    return (world.dialogue.public_id, body.public_id)


def in_kit(*more):
    return lambda world: (world.dialogue.public_id, "sv", *more)


def inviting(name, **more):
    office = LEADERS | own("secretary")
    return Page(
        f"dialogues:{name}",
        lambda state: office if state in {"draft", "published", "internal"} else NOBODY,
        depends_on_state=True,
        **more,
    )


def document(world):
    return (world.dialogue.public_id, DocumentFactory(dialogue=world.dialogue).public_id)


def fill_documents(world, count):
    DocumentFactory.create_batch(count, dialogue=world.dialogue)


def minding(name, arguments):
    office = unless({"cancelled"}, LEADERS | own("secretary"))
    return Page(f"dialogues:{name}", office, arguments, depends_on_state=True)


PAGES = (
    Page(
        "dialogues:today",
        SIGNED_IN,
        fill=fill_desk,
        as_reader="own process_leader",
    ),
    Page(
        "dialogues:calendar_links",
        SIGNED_IN,
        fill=fill_organisations,
        as_reader="own process_leader",
    ),
    Page("dialogues:workspace_list", SIGNED_IN, fill=fill_desk, as_reader="own process_leader"),
    Page("dialogues:new", OPENERS, fill=fill_templates, as_reader="own process_leader"),
    desk("workspace", fill=fill_log),
    leaders("edit"),
    leaders("link", posts_only=True),
    leaders("mandate", LEADERS | own("secretary")),
    desk("start_check"),
    desk("mandate_print", fill=fill_team),
    desk("mandate_pdf", fill=fill_team, gives_file=True),
    Page(
        "dialogues:publish",
        lambda state: LEADERS if state in {"draft", "information"} else NOBODY,
        pid,
        depends_on_state=True,
        state="draft",
    ),
    Page(
        "dialogues:close",
        lambda state: LEADERS if state in OPEN_STATES - {"draft"} else NOBODY,
        pid,
        depends_on_state=True,
    ),
    leaders("cancel"),
    leaders("change_form"),
    desk("step", arguments=second_step),
    leaders("step_edit", arguments=second_step),
    leaders("step_tick", DESK, arguments=second_step, posts_only=True),
    leaders("step_move", arguments=second_step, posts_only=True),
    leaders("step_return", arguments=second_step),
    inviting("kit", arguments=pid),
    inviting("kit_in", arguments=in_kit()),
    inviting("kit_edit", arguments=in_kit("letter")),
    inviting("kit_preview", arguments=in_kit("poster")),
    inviting("kit_download", arguments=in_kit("brev.docx"), gives_file=True),
    Page("dialogues:copy", LEADERS, pid),
    Page("dialogues:template_save", LEADERS, pid),
    leaders("visibility"),
    Page("dialogues:handover", unless({"cancelled"}, LEADERS), pid, depends_on_state=True),
    Page("dialogues:handover_answer", own("owner", "process_leader"), handover),
    Page("dialogues:handover_pdf", own("owner", "process_leader"), handover, gives_file=True),
    leaders("mandate_confirm", LEADERS | own("secretary")),
    Page("dialogues:periods", own("owner", "registrar"), lambda world: (world.own.slug,)),
    Page("dialogues:templates", OPENERS, fill=fill_templates, as_reader="own process_leader"),
    Page("dialogues:template_retire", LEADERS, template, posts_only=True),
    desk("team", fill=fill_team),
    desk("owners", fill=fill_owners),
    desk("owners", fill=fill_owners, query="?q=ort"),
    leaders("owner_end", arguments=guest_owner),
    Page("dialogues:joint_answer", LEADERS, joint_invitation),
    desk("documents", fill=fill_documents),
    minding("document_new", pid),
    minding("document_change", document),
    minding("document_remove", document),
    desk("contributions", fill=fill_voices),
    desk("contributions", fill=fill_voices, query="?export=xlsx", gives_file=True),
    Page(
        "dialogues:contribution_new",
        lambda state: (
            LEADERS | own("secretary") | own(*(["elected"] if state in ENTERED_BY_ELECTED else []))
            if state in OPEN_STATES
            else NOBODY
        ),
        pid,
        depends_on_state=True,
    ),
    desk("contribution", arguments=contribution),
    desk("perspectives", fill=fill_perspectives),
    desk("perspective", arguments=perspective, fill=fill_voices),
    Page(
        "dialogues:perspective_link",
        unless({"cancelled"}, LEADERS),
        perspective,
        depends_on_state=True,
        posts_only=True,
    ),
    desk("insights", fill=fill_insights),
    Page(
        "dialogues:insight_new",
        unless({"cancelled"}, LEADERS),
        pid,
        depends_on_state=True,
        fill=fill_voices,
    ),
    Page("dialogues:insight_edit", unless({"cancelled"}, LEADERS), insight, depends_on_state=True),
    Page(
        "dialogues:insight_state",
        unless({"cancelled", "draft"}, LEADERS),
        insight,
        depends_on_state=True,
        posts_only=True,
    ),
)
