"""The table of rights: role × state × step × visibility, without a database."""

from itertools import product

import pytest

from brygga.dialogues.enums import DialogueState, TeamRole, Visibility
from brygga.dialogues.rules import GRANTS, Permission, Standing, permissions_in

READER_RIGHTS = {Permission.READ, Permission.FOLLOW, Permission.SPEAK}
NOBODY = frozenset()

# Each role's rights in a published public dialogue, in a step where residents take part.
RIGHTS = {
    TeamRole.OWNER: set(Permission) - {Permission.REGISTER},
    TeamRole.PROCESS_LEADER: set(Permission) - {Permission.REGISTER},
    TeamRole.OFFICIAL: READER_RIGHTS
    | {
        Permission.SEE_WORKSPACE,
        Permission.INVITE,
        Permission.MANAGE_DOCUMENTS,
        Permission.READ_VOICES,
        Permission.ENTER_VOICES,
        Permission.MODERATE,
        Permission.TICK_CHECKLIST,
        Permission.CHECK_IN,
        Permission.WRITE_LOG,
        Permission.MAP_ACTORS,
        Permission.PLAN,
        Permission.USE_TOOLS,
        Permission.WRITE_INSIGHTS,
        Permission.RECORD_OUTCOMES,
        Permission.INVITE,
        Permission.MANAGE_DOCUMENTS,
        Permission.SEND_TO_REGISTER,
    },
    TeamRole.SECRETARY: READER_RIGHTS
    | {
        Permission.SEE_WORKSPACE,
        Permission.INVITE,
        Permission.MANAGE_DOCUMENTS,
        Permission.READ_VOICES,
        Permission.ENTER_VOICES,
        Permission.TICK_CHECKLIST,
        Permission.CHECK_IN,
        Permission.WRITE_LOG,
        Permission.EDIT_MANDATE,
        Permission.RECORD_OUTCOMES,
        Permission.INVITE,
        Permission.MANAGE_DOCUMENTS,
        Permission.SEND_TO_REGISTER,
        Permission.DECIDE_RETENTION,
    },
    TeamRole.ELECTED: READER_RIGHTS
    | {
        Permission.SEE_WORKSPACE,
        Permission.READ_VOICES,
        Permission.ENTER_VOICES,
        Permission.TICK_CHECKLIST,
        Permission.CHECK_IN,
    },
    TeamRole.HOST: READER_RIGHTS
    | {
        Permission.SEE_WORKSPACE,
        Permission.READ_VOICES,
        Permission.ENTER_VOICES,
        Permission.TICK_CHECKLIST,
        Permission.CHECK_IN,
    },
    TeamRole.REGISTRAR: READER_RIGHTS
    | {
        Permission.SEE_WORKSPACE,
        Permission.READ_VOICES,
        Permission.TICK_CHECKLIST,
        Permission.SEND_TO_REGISTER,
        Permission.REGISTER,
        Permission.DECIDE_RETENTION,
    },
}


def standing(
    *,
    state=DialogueState.PUBLISHED,
    visibility=Visibility.PUBLIC,
    residents=True,
    was_published=None,
):
    if was_published is None:
        was_published = state != DialogueState.DRAFT
    return Standing(state, visibility, residents, was_published)


def rights(role, **where):
    return permissions_in(standing(**where), frozenset({role}), is_member=True)


@pytest.mark.parametrize("role", TeamRole)
def test_each_role_has_exactly_its_rights_where_residents_take_part(role):
    already_published = {Permission.PUBLISH}

    assert rights(role) == RIGHTS[role] - already_published


@pytest.mark.parametrize(
    ("visibility", "is_member", "expected"),
    [
        (Visibility.PUBLIC, False, READER_RIGHTS),
        (Visibility.PUBLIC, True, READER_RIGHTS),
        (Visibility.INTERNAL, True, READER_RIGHTS),
        (Visibility.INTERNAL, False, set()),
    ],
)
def test_readers_need_membership_for_what_is_internal(visibility, is_member, expected):
    assert permissions_in(standing(visibility=visibility), NOBODY, is_member=is_member) == expected


@pytest.mark.parametrize(
    ("state", "residents", "expected"),
    [
        (DialogueState.DRAFT, True, set()),
        (DialogueState.PUBLISHED, True, READER_RIGHTS),
        (DialogueState.PUBLISHED, False, {Permission.READ, Permission.FOLLOW}),
        (DialogueState.INFORMATION, True, {Permission.READ, Permission.FOLLOW}),
        (DialogueState.CLOSED, True, {Permission.READ, Permission.FOLLOW}),
        (DialogueState.CANCELLED, True, {Permission.READ}),
    ],
)
def test_a_resident_speaks_only_in_a_published_dialogue_in_a_step_for_residents(
    state, residents, expected
):
    where = standing(state=state, residents=residents)

    assert permissions_in(where, NOBODY, is_member=False) == expected


def test_what_was_never_published_stays_unread_when_it_is_broken_off():
    where = standing(state=DialogueState.CANCELLED, was_published=False)

    assert permissions_in(where, NOBODY, is_member=True) == set()


def test_without_a_role_nobody_gets_into_the_workspace_anywhere():
    for state, visibility, residents, is_member in product(
        DialogueState, Visibility, (True, False), (True, False)
    ):
        where = standing(state=state, visibility=visibility, residents=residents)

        assert permissions_in(where, NOBODY, is_member=is_member) <= READER_RIGHTS


@pytest.mark.parametrize("role", [TeamRole.HOST, TeamRole.ELECTED])
def test_hosts_and_elected_enter_voices_only_where_residents_take_part(role):
    assert Permission.ENTER_VOICES in rights(role, residents=True)
    assert Permission.ENTER_VOICES not in rights(role, residents=False)
    assert Permission.ENTER_VOICES not in rights(role, state=DialogueState.DRAFT)


def test_an_official_enters_a_voice_in_any_step_until_the_dialogue_ends():
    assert Permission.ENTER_VOICES in rights(TeamRole.OFFICIAL, residents=False)
    assert Permission.ENTER_VOICES not in rights(TeamRole.OFFICIAL, state=DialogueState.CLOSED)


@pytest.mark.parametrize("state", [DialogueState.CLOSED, DialogueState.CANCELLED])
def test_what_has_ended_is_neither_edited_nor_moved_nor_published(state):
    ended = rights(TeamRole.OWNER, state=state)

    assert not ended & {
        Permission.EDIT_DIALOGUE,
        Permission.EDIT_MANDATE,
        Permission.MAP_ACTORS,
        Permission.MOVE_STEPS,
        Permission.CHANGE_FORM,
        Permission.PUBLISH,
        Permission.CANCEL,
        Permission.CLOSE,
        Permission.USE_TOOLS,
    }


def test_a_closed_dialogue_still_takes_outcomes_and_a_broken_off_one_does_not():
    assert Permission.RECORD_OUTCOMES in rights(TeamRole.OFFICIAL, state=DialogueState.CLOSED)
    assert Permission.RECORD_OUTCOMES not in rights(
        TeamRole.OFFICIAL, state=DialogueState.CANCELLED
    )


@pytest.mark.parametrize(
    ("state", "may_publish"),
    [
        (DialogueState.DRAFT, True),
        (DialogueState.INFORMATION, True),
        (DialogueState.PUBLISHED, False),
        (DialogueState.CLOSED, False),
        (DialogueState.CANCELLED, False),
    ],
)
def test_publishing_starts_from_a_draft_or_from_information(state, may_publish):
    assert (Permission.PUBLISH in rights(TeamRole.PROCESS_LEADER, state=state)) is may_publish


def test_every_right_is_in_the_table_and_described():
    assert set(GRANTS) == set(Permission)
    assert all(str(permission.label) for permission in Permission)
