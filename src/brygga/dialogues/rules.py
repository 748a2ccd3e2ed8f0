"""Who may do what in a dialogue: one table of role × state × step × visibility. Default: no.

Pure: `permissions_in` is told who somebody is and where the dialogue stands, and asks nobody.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from brygga.accounts.enums import Role
from brygga.dialogues.enums import DialogueState, LadderLevel, TeamRole, Visibility
from brygga.dialogues.models import Dialogue, Step


class Permission(TextChoices):
    READ = "dialogues.read", _("Read what is published of the dialogue")
    FOLLOW = "dialogues.follow", _("Follow by e-mail what happens")
    SPEAK = "dialogues.speak", _("Say something as a resident or a member")
    SEE_WORKSPACE = "dialogues.see_workspace", _("See the dialogue's workspace")
    READ_VOICES = "dialogues.read_voices", _("Read all that was said, also what is not public")
    ENTER_VOICES = "dialogues.enter_voices", _("Enter what somebody said")
    MODERATE = "dialogues.moderate", _("Read what waits, publish, hide with a reason, merge")
    TICK_CHECKLIST = "dialogues.tick_checklist", _("Tick the checklist")
    WRITE_LOG = "dialogues.write_log", _("Write in the process diary")
    CHOOSE_LOG = "dialogues.choose_log", _("Choose what of the process diary everybody may read")
    MAP_ACTORS = "dialogues.map_actors", _("Draw the actor map, and see its contacts")
    PLAN = "dialogues.plan", _("Write the plan and the communication plan")
    CHECK_IN = "dialogues.check_in", _("Take people in at an activity, and count who came")
    EDIT_DIALOGUE = "dialogues.edit", _("Change what the dialogue says about itself")
    MANAGE_DOCUMENTS = (
        "dialogues.manage_documents",
        _("Add, replace and remove documents and pictures"),
    )
    EDIT_MANDATE = "dialogues.edit_mandate", _("Write the mandate")
    INVITE_OWNERS = (
        "dialogues.invite_owners",
        _("Invite another organisation's body to own the dialogue too"),
    )
    MANAGE_TEAM = "dialogues.manage_team", _("Choose the team")
    PUBLISH = "dialogues.publish", _("Publish as a dialogue or as information")
    INVITE = "dialogues.invite", _("Write invitations to residents and download them")
    MOVE_STEPS = "dialogues.move_steps", _("Move to the next step or return to an earlier one")
    CHANGE_FORM = "dialogues.change_form", _("Change the form of the dialogue")
    CLOSE = "dialogues.close", _("Close the dialogue")
    CANCEL = "dialogues.cancel", _("Break the dialogue off")
    USE_TOOLS = "dialogues.use_tools", _("Set up and run the tools of a step")
    WRITE_INSIGHTS = "dialogues.write_insights", _("Draft insights")
    PUBLISH_INSIGHTS = "dialogues.publish_insights", _("Publish insights")
    RECORD_OUTCOMES = "dialogues.record_outcomes", _("Record proposals, measures and decisions")
    SEND_TO_REGISTER = "dialogues.send_to_register", _("Send what came in to the register")
    REGISTER = "dialogues.register", _("Enter the register number, and stop a disposal")
    DECIDE_RETENTION = "dialogues.decide_retention", _("Enter the decision on disposal")


class Audience(TextChoices):
    EVERYBODY = "everybody", _("Everybody")
    MEMBER = "member", _("Signed-in member of an owning organisation")


OPEN = frozenset({DialogueState.DRAFT, DialogueState.PUBLISHED, DialogueState.INFORMATION})
SHOWN = frozenset(DialogueState) - {DialogueState.DRAFT}
NOT_CANCELLED = frozenset(DialogueState) - {DialogueState.CANCELLED}
ANY_STATE = frozenset(DialogueState)

LEADERS = frozenset({TeamRole.OWNER, TeamRole.PROCESS_LEADER})
TEAM = frozenset(TeamRole)
MODERATOR_ROLES = LEADERS | {TeamRole.OFFICIAL}
OFFICE = LEADERS | {TeamRole.OFFICIAL, TeamRole.SECRETARY}

# A role in the organisation, or in one of the owning bodies, counts in each of their dialogues.
# Officials and hosts work only where they are in the team; editors look after the library.
ROLES_THAT_COUNT = {
    Role.OWNER: TeamRole.OWNER,
    Role.PROCESS_LEADER: TeamRole.PROCESS_LEADER,
    Role.ELECTED: TeamRole.ELECTED,
    Role.REGISTRAR: TeamRole.REGISTRAR,
    Role.SECRETARY: TeamRole.SECRETARY,
}

# Who may open a new dialogue in the organisation where the role is held.
MAY_OPEN_DIALOGUES = frozenset({Role.OWNER, Role.PROCESS_LEADER})


@dataclass(frozen=True)
class Grant:
    """A row of the table: to whom, in which states, and whether a step for residents is needed.

    What is granted to readers is so only once the dialogue has been published.
    """

    roles: frozenset[TeamRole]
    states: frozenset[DialogueState]
    readers: bool = False
    in_steps_for_residents: bool = False


GRANTS: dict[Permission, tuple[Grant, ...]] = {
    Permission.READ: (Grant(TEAM, SHOWN, readers=True),),
    Permission.FOLLOW: (Grant(TEAM, SHOWN - {DialogueState.CANCELLED}, readers=True),),
    Permission.SPEAK: (
        Grant(
            TEAM,
            frozenset({DialogueState.PUBLISHED}),
            readers=True,
            in_steps_for_residents=True,
        ),
    ),
    Permission.SEE_WORKSPACE: (Grant(TEAM, ANY_STATE),),
    Permission.READ_VOICES: (Grant(TEAM, ANY_STATE),),
    Permission.ENTER_VOICES: (
        Grant(OFFICE, OPEN),
        Grant(
            frozenset({TeamRole.HOST, TeamRole.ELECTED}),
            frozenset({DialogueState.PUBLISHED}),
            in_steps_for_residents=True,
        ),
    ),
    Permission.MODERATE: (Grant(MODERATOR_ROLES, ANY_STATE),),
    Permission.TICK_CHECKLIST: (Grant(TEAM, OPEN),),
    Permission.WRITE_LOG: (Grant(OFFICE, ANY_STATE),),
    Permission.CHOOSE_LOG: (Grant(LEADERS, ANY_STATE),),
    Permission.MAP_ACTORS: (Grant(LEADERS | {TeamRole.OFFICIAL}, OPEN),),
    Permission.PLAN: (Grant(LEADERS | {TeamRole.OFFICIAL}, NOT_CANCELLED),),
    Permission.CHECK_IN: (Grant(OFFICE | {TeamRole.HOST, TeamRole.ELECTED}, NOT_CANCELLED),),
    Permission.EDIT_DIALOGUE: (Grant(LEADERS, OPEN),),
    Permission.MANAGE_DOCUMENTS: (Grant(OFFICE, NOT_CANCELLED),),
    Permission.EDIT_MANDATE: (Grant(LEADERS | {TeamRole.SECRETARY}, OPEN),),
    Permission.MANAGE_TEAM: (Grant(LEADERS, NOT_CANCELLED),),
    Permission.INVITE_OWNERS: (Grant(LEADERS, OPEN),),
    Permission.PUBLISH: (
        Grant(LEADERS, frozenset({DialogueState.DRAFT, DialogueState.INFORMATION})),
    ),
    Permission.INVITE: (Grant(OFFICE, frozenset({DialogueState.DRAFT, DialogueState.PUBLISHED})),),
    Permission.MOVE_STEPS: (Grant(LEADERS, OPEN),),
    Permission.CHANGE_FORM: (Grant(LEADERS, OPEN),),
    Permission.CLOSE: (
        Grant(LEADERS, frozenset({DialogueState.PUBLISHED, DialogueState.INFORMATION})),
    ),
    Permission.CANCEL: (Grant(LEADERS, OPEN),),
    Permission.USE_TOOLS: (Grant(LEADERS | {TeamRole.OFFICIAL}, OPEN),),
    Permission.WRITE_INSIGHTS: (Grant(LEADERS | {TeamRole.OFFICIAL}, NOT_CANCELLED),),
    Permission.PUBLISH_INSIGHTS: (Grant(LEADERS, NOT_CANCELLED - {DialogueState.DRAFT}),),
    Permission.RECORD_OUTCOMES: (Grant(OFFICE, NOT_CANCELLED),),
    Permission.SEND_TO_REGISTER: (Grant(OFFICE | {TeamRole.REGISTRAR}, ANY_STATE),),
    Permission.REGISTER: (Grant(frozenset({TeamRole.REGISTRAR}), ANY_STATE),),
    Permission.DECIDE_RETENTION: (
        Grant(LEADERS | {TeamRole.SECRETARY, TeamRole.REGISTRAR}, ANY_STATE),
    ),
}


@dataclass(frozen=True)
class Standing:
    """Where a dialogue stands, as far as rights depend on it."""

    state: DialogueState
    visibility: Visibility
    residents_take_part: bool
    was_published: bool


def standing_of(dialogue: Dialogue, current: Step | None) -> Standing:
    above_information = (
        current is not None
        and current.residents_take_part
        and current.ladder_level != LadderLevel.INFORMATION
    )
    return Standing(
        state=DialogueState(dialogue.state),
        visibility=Visibility(dialogue.visibility),
        residents_take_part=above_information,
        was_published=dialogue.published_at is not None,
    )


def permissions_in(
    standing: Standing, roles: frozenset[TeamRole], *, is_member: bool
) -> frozenset[Permission]:
    """Tell all that somebody may do, given their roles and whether they are a member."""
    is_reader = standing.visibility == Visibility.PUBLIC or is_member
    return frozenset(
        permission
        for permission, grants in GRANTS.items()
        if any(_holds(grant, standing, roles, is_reader=is_reader) for grant in grants)
    )


def _holds(
    grant: Grant, standing: Standing, roles: frozenset[TeamRole], *, is_reader: bool
) -> bool:
    if standing.state not in grant.states:
        return False
    if grant.in_steps_for_residents and not standing.residents_take_part:
        return False
    if grant.readers:
        return standing.was_published and (is_reader or bool(roles & grant.roles))
    return bool(roles & grant.roles)
