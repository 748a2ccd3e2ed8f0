from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from brygga.accounts.enums import Role
from brygga.dialogues.enums import DialogueState, StepKind, TeamRole, Visibility
from brygga.dialogues.queries import (
    dialogues_for,
    get_access,
    get_dialogue_for,
    get_public_dialogue,
    public_dialogues,
)
from brygga.dialogues.rules import Permission
from tests.factories.accounts import BodyFactory, MembershipFactory, UserFactory, person_with
from tests.factories.dialogues import NOW, TeamMemberFactory, dialogue_in, team_member

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def sees_workspace(user, dialogue, at=NOW):
    try:
        found = get_dialogue_for(user, dialogue.public_id, at=at)
    except Http404:
        found = None
    is_listed = dialogue in dialogues_for(user, at=at)
    assert is_listed is (found == dialogue)  # the list and the page never disagree
    return is_listed


def test_the_team_sees_the_workspace_and_others_find_nothing():
    dialogue = dialogue_in(state=DialogueState.DRAFT)
    colleague = MembershipFactory(organisation=dialogue.organisation).user

    assert sees_workspace(team_member(dialogue), dialogue)
    assert not sees_workspace(colleague, dialogue)
    assert not sees_workspace(STRANGER, dialogue)


def test_a_place_in_the_team_ends_after_its_last_day():
    dialogue = dialogue_in()
    host = TeamMemberFactory(dialogue=dialogue, role=TeamRole.HOST, last_day=date(2026, 4, 30)).user

    # 23.30 in Stockholm is 21.30 UTC in summer
    assert sees_workspace(host, dialogue, at=datetime(2026, 4, 30, 21, 30, tzinfo=UTC))
    assert not sees_workspace(host, dialogue, at=datetime(2026, 4, 30, 22, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("role", "counts"),
    [
        (Role.OWNER, True),
        (Role.PROCESS_LEADER, True),
        (Role.REGISTRAR, True),
        (Role.SECRETARY, True),
        (Role.ELECTED, True),
        (Role.OFFICIAL, False),
        (Role.HOST, False),
        (Role.EDITOR, False),
        (Role.PRIVACY, False),
    ],
)
def test_some_roles_in_the_organisation_count_in_all_its_dialogues(role, counts):
    dialogue = dialogue_in()

    assert sees_workspace(person_with(role, dialogue.organisation), dialogue) is counts


def test_a_role_in_another_organisation_counts_for_nothing():
    dialogue, elsewhere = dialogue_in(), dialogue_in()
    owner = person_with(Role.OWNER, elsewhere.organisation)

    assert sees_workspace(owner, elsewhere)
    assert not sees_workspace(owner, dialogue)


def test_a_role_held_for_one_body_counts_in_the_dialogues_of_that_body():
    dialogue = dialogue_in()
    another_body = BodyFactory(organisation=dialogue.organisation)

    assert sees_workspace(
        person_with(Role.SECRETARY, dialogue.organisation, body=dialogue.bodies.get()), dialogue
    )
    assert not sees_workspace(
        person_with(Role.SECRETARY, dialogue.organisation, body=another_body), dialogue
    )


def test_every_owner_of_a_joint_dialogue_has_its_people_in():
    dialogue = dialogue_in()
    partner_body = BodyFactory()
    owner = person_with(Role.OWNER, partner_body.organisation)
    assert not sees_workspace(owner, dialogue)

    dialogue.bodies.add(partner_body)

    assert sees_workspace(owner, dialogue)


def test_a_membership_that_has_ended_counts_no_more():
    dialogue = dialogue_in()
    owner = person_with(Role.OWNER, dialogue.organisation)
    assert sees_workspace(owner, dialogue)

    owner.memberships.update(left_at=NOW)

    assert not sees_workspace(owner, dialogue)


def test_who_sees_the_workspace_but_lacks_a_right_finds_no_such_page():
    dialogue = dialogue_in()

    with pytest.raises(Http404):
        get_dialogue_for(
            team_member(dialogue, TeamRole.HOST), dialogue.public_id, Permission.CANCEL, at=NOW
        )
    leader = team_member(dialogue)
    assert get_dialogue_for(leader, dialogue.public_id, Permission.CANCEL, at=NOW) == dialogue


def test_roles_from_the_team_and_the_organisation_add_up():
    dialogue = dialogue_in()
    person = person_with(Role.SECRETARY, dialogue.organisation)
    TeamMemberFactory(dialogue=dialogue, user=person, role=TeamRole.HOST)

    access = get_access(person, dialogue.public_id, at=NOW)

    assert access.roles == {TeamRole.SECRETARY, TeamRole.HOST}
    assert access.current_step.kind == StepKind.PREPARATION


def is_read_by(reader, dialogue):
    try:
        found = get_public_dialogue(dialogue.public_id, reader)
    except Http404:
        found = None
    is_listed = dialogue in public_dialogues(reader)
    assert is_listed is (found == dialogue)
    return is_listed


@pytest.mark.parametrize(
    ("state", "is_read"),
    [
        (DialogueState.DRAFT, False),
        (DialogueState.PUBLISHED, True),
        (DialogueState.INFORMATION, True),
        (DialogueState.CLOSED, True),
        (DialogueState.CANCELLED, True),
    ],
)
def test_anybody_reads_what_has_been_published(state, is_read):
    assert is_read_by(STRANGER, dialogue_in(state=state)) is is_read


def test_an_internal_dialogue_is_read_by_members_of_its_owners_and_by_partners_in_its_team():
    dialogue = dialogue_in(visibility=Visibility.INTERNAL)
    partner_body = BodyFactory()
    dialogue.bodies.add(partner_body)

    assert is_read_by(MembershipFactory(organisation=dialogue.organisation).user, dialogue)
    assert is_read_by(MembershipFactory(organisation=partner_body.organisation).user, dialogue)
    assert is_read_by(team_member(dialogue, TeamRole.HOST), dialogue)
    assert not is_read_by(MembershipFactory().user, dialogue)
    assert not is_read_by(UserFactory(), dialogue)
    assert not is_read_by(STRANGER, dialogue)


def test_speaking_needs_a_step_in_which_residents_take_part():
    open_dialogue = dialogue_in(StepKind.PERSPECTIVES)
    before = dialogue_in(StepKind.PREPARATION)

    found = get_public_dialogue(open_dialogue.public_id, STRANGER, Permission.SPEAK)
    assert found == open_dialogue
    with pytest.raises(PermissionDenied):
        get_public_dialogue(before.public_id, STRANGER, Permission.SPEAK)


def test_a_step_on_the_level_of_information_lets_nobody_speak():
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    dialogue.steps.filter(kind=StepKind.PERSPECTIVES).update(ladder_level=1)

    with pytest.raises(PermissionDenied):
        get_public_dialogue(dialogue.public_id, STRANGER, Permission.SPEAK)


def test_an_unknown_id_is_not_found():
    with pytest.raises(Http404):
        get_public_dialogue("2222222222", STRANGER)
    with pytest.raises(Http404):
        get_dialogue_for(UserFactory(), "2222222222", at=NOW)
