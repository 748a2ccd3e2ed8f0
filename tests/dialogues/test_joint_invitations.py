"""Another organisation's body is asked to own a dialogue too: it owns nothing before its yes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.enums import Role
from brygga.core.audit.models import AuditRow
from brygga.core.mail.models import Message
from brygga.core.registry import registry as core
from brygga.dialogues.enums import DialogueState, JointState, LogKind, StepKind, TeamRole
from brygga.dialogues.models import Dialogue, JointInvitation
from brygga.dialogues.operations.dialogues import edit_dialogue
from brygga.dialogues.operations.joint import (
    OPEN_FOR,
    CannotBeInvitedError,
    InvitedAlreadyError,
    NobodyAnswersError,
    SettledError,
    accept_invitation,
    decline_invitation,
    expire_invitations,
    invite_owner,
    withdraw_invitation,
)
from brygga.dialogues.operations.publication import WrongStateError
from brygga.dialogues.queries.people import bodies_of
from tests.factories.accounts import BodyFactory, UserFactory, person_with
from tests.factories.dialogues import NOW, dialogue_in, team_member

pytestmark = pytest.mark.django_db
LATE = NOW + OPEN_FOR


@pytest.fixture
def dialogue():
    return dialogue_in(StepKind.PERSPECTIVES)


@pytest.fixture
def body():
    """Give a body of another municipality, whose owner can answer for it."""
    body = BodyFactory()
    person_with(Role.OWNER, body.organisation)
    return body


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(dialogue, body, at=NOW, by=None):
    by = by or UserFactory()
    return invite_owner(dialogue=dialogue, body=body, word="Bussen går hit.", by=by, at=at)


def say(operation, invitation, at=NOW):
    return operation(invitation=invitation, answer="Gärna.", by=UserFactory(), at=at)


def opens(client, user, dialogue):
    where = reverse("dialogues:workspace", args=[dialogue.public_id])
    return sign_in(client, user).get(where).status_code == 200


def owns(dialogue, body):
    return dialogue.bodies.filter(pk=body.pk).exists()


def test_the_others_people_get_their_rights_only_after_their_yes(client, dialogue, body):
    theirs = [
        person_with(Role.PROCESS_LEADER, body.organisation),
        person_with(Role.ELECTED, body.organisation, body),
    ]
    invitation = ask(dialogue, body)
    assert not any(opens(client, user, dialogue) for user in theirs)

    say(accept_invitation, invitation)

    assert all(opens(client, user, dialogue) for user in theirs)
    assert owns(dialogue, body)
    entry = dialogue.log.filter(kind=LogKind.JOINT, is_public=True).get()
    assert body.name in entry.text
    assert entry.reason == "Gärna."
    written = set(AuditRow.objects.values_list("action", flat=True))
    assert {"joint.ask", "joint.accepted", "dialogue.join"} <= written


def test_a_no_a_question_taken_back_and_silence_give_nothing(client, dialogue, body):
    leader = person_with(Role.PROCESS_LEADER, body.organisation)
    say(decline_invitation, ask(dialogue, body))
    withdraw_invitation(invitation=ask(dialogue, body), by=UserFactory(), at=NOW)
    asker = UserFactory()
    silent = ask(dialogue, body, by=asker)
    with pytest.raises(SettledError):
        say(accept_invitation, silent, at=LATE)
    assert expire_invitations(at=LATE) == 1
    assert expire_invitations(at=LATE) == 0

    silent.refresh_from_db()
    assert silent.state == JointState.EXPIRED
    assert Message.objects.filter(recipient=asker.email).count() == 1
    assert dialogue.log.filter(kind=LogKind.JOINT, is_public=False).count() == 6
    assert not owns(dialogue, body)
    assert not opens(client, leader, dialogue)


@pytest.mark.parametrize("first", [accept_invitation, decline_invitation])
def test_an_answer_is_given_once(dialogue, body, first):
    invitation = ask(dialogue, body)
    say(first, invitation)
    for then in (accept_invitation, decline_invitation):
        with pytest.raises(SettledError):
            say(then, invitation)
    with pytest.raises(SettledError):
        withdraw_invitation(invitation=invitation, by=UserFactory(), at=NOW)


def test_a_dialogue_that_has_ended_gets_no_new_owner(dialogue, body):
    invitation = ask(dialogue, body)
    Dialogue.objects.filter(pk=dialogue.pk).update(state=DialogueState.CLOSED)
    with pytest.raises(WrongStateError):
        say(accept_invitation, invitation)

    invitation.refresh_from_db()
    assert invitation.state == JointState.WAITING
    assert not owns(dialogue, body)


def test_only_bodies_of_others_that_can_answer_are_asked_and_once(dialogue, body):
    ask(dialogue, body)
    with pytest.raises(InvitedAlreadyError):
        ask(dialogue, body)
    with pytest.raises(NobodyAnswersError):
        ask(dialogue, BodyFactory())
    for wrong in (BodyFactory(organisation=dialogue.organisation), dialogue.bodies.get()):
        with pytest.raises(CannotBeInvitedError):
            ask(dialogue, wrong)
    ended = BodyFactory(organisation=body.organisation, last_day=NOW.date() - timedelta(days=1))
    with pytest.raises(CannotBeInvitedError):
        ask(dialogue, ended)

    assert ask(dialogue, body, at=LATE).state == JointState.WAITING


def test_those_who_can_answer_are_written_to_and_reminded(dialogue, body):
    owner = person_with(Role.OWNER, body.organisation)
    of_the_body = person_with(Role.PROCESS_LEADER, body.organisation, body)
    others = [
        person_with(Role.PROCESS_LEADER, body.organisation, BodyFactory()),
        person_with(Role.OFFICIAL, body.organisation),
        person_with(Role.OWNER, dialogue.organisation),
    ]
    invitation = ask(dialogue, body, at=timezone.now())

    told = set(Message.objects.values_list("recipient", flat=True))
    assert {owner.email, of_the_body.email} <= told
    assert not told & {user.email for user in others}
    where = reverse("dialogues:joint_answer", args=[invitation.public_id])

    def is_reminded(user):
        return where in [item.url for item in core.today_items(user, timezone.now())]

    assert is_reminded(owner)
    assert is_reminded(of_the_body)
    assert not any(is_reminded(user) for user in others)


def test_the_leader_asks_and_the_other_side_answers_on_their_pages(client, dialogue, body):
    leader = team_member(dialogue)
    browser = sign_in(client, leader)
    owners = reverse("dialogues:owners", args=[dialogue.public_id])
    assert body.public_id in browser.get(owners, {"q": body.name}).content.decode()
    assert body.name in browser.get(owners, {"organ": body.public_id}).content.decode()
    refused = browser.post(owners, {"body": body.public_id, "word": ""})
    assert body.name in refused.content.decode()
    browser.post(owners, {"body": body.public_id, "word": "Bussen går hit."})
    invitation = JointInvitation.objects.get()
    where = reverse("dialogues:joint_answer", args=[invitation.public_id])
    assert browser.get(where).status_code == 404

    official = person_with(Role.OFFICIAL, body.organisation)
    stranger = person_with(Role.OWNER, BodyFactory().organisation)
    for user in (official, stranger):
        assert (
            sign_in(client, user).post(where, {"answer": "Ja", "say": "accept"}).status_code == 404
        )
    browser = sign_in(client, person_with(Role.PROCESS_LEADER, body.organisation))
    assert "Bussen går hit." in browser.get(where).content.decode()
    kept = browser.post(where, {"answer": "Vi vill", "say": "maybe"}).content.decode()
    assert "Vi vill" in kept
    assert not owns(dialogue, body)
    browser.post(where, {"answer": "Vi vill", "say": "accept"})
    assert owns(dialogue, body)


def test_only_those_who_lead_ask_and_take_back(client, dialogue, body):
    invitation = ask(dialogue, body, at=timezone.now())
    owners = reverse("dialogues:owners", args=[dialogue.public_id])
    official = team_member(dialogue, TeamRole.OFFICIAL)
    taken_back = {"withdraw": invitation.public_id}
    assert sign_in(client, official).post(owners, taken_back).status_code == 404

    other = ask(dialogue_in(), body, at=timezone.now())
    browser = sign_in(client, team_member(dialogue))
    assert browser.post(owners, {"withdraw": other.public_id}).status_code == 404
    browser.post(owners, taken_back)

    states = JointInvitation.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [JointState.WITHDRAWN, JointState.WAITING]


def test_saving_the_settings_neither_adds_nor_drops_others_owners(client, dialogue, body):
    say(accept_invitation, ask(dialogue, body))
    sibling = BodyFactory(organisation=body.organisation)
    own = dialogue.bodies.get(organisation=dialogue.organisation)
    edit_dialogue(
        dialogue=dialogue,
        before={},
        after={},
        bodies=[],
        offered=[own],
        themes=[],
        by=UserFactory(),
        at=NOW,
    )
    assert list(dialogue.bodies.all()) == [body]

    where = reverse("dialogues:edit", args=[dialogue.public_id])
    page = sign_in(client, team_member(dialogue)).get(where).content.decode()
    assert sibling.public_id not in page
    assert sibling in bodies_of(dialogue)


def test_an_invitation_is_open_once_settled_at_a_time_and_lives(dialogue, body):
    row = {"dialogue": dialogue, "body": body, "word": "x", "asked_at": NOW, "expires_at": LATE}
    JointInvitation.objects.create(**row)
    with pytest.raises(IntegrityError, match="joint_invitation_open_once"), transaction.atomic():
        JointInvitation.objects.create(**row)
    with (
        transaction.atomic(),
        pytest.raises(IntegrityError, match="joint_invitation_settled_at_a_time"),
    ):
        JointInvitation.objects.create(**row, state=JointState.DECLINED)
    late = row | {"expires_at": NOW, "state": JointState.EXPIRED, "answered_at": NOW}
    with pytest.raises(IntegrityError, match="joint_invitation_lives"), transaction.atomic():
        JointInvitation.objects.create(**late)
