"""A body stops owning a dialogue together with others: either side ends it, and says why."""

import pytest
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.core.audit.models import AuditRow
from brygga.core.mail.models import Message
from brygga.dialogues.enums import DialogueState, LogKind, StepKind, TeamRole
from brygga.dialogues.models import Dialogue, JointInvitation, Mandate
from brygga.dialogues.operations.joint import OPEN_FOR, accept_invitation
from brygga.dialogues.operations.joint_ending import (
    BodyDecidesError,
    EndedAlreadyError,
    LastOwnerError,
    end_ownership,
)
from brygga.dialogues.operations.publication import WrongStateError
from brygga.dialogues.operations.steps import ReasonMissingError
from tests.dialogues.test_at_the_same_time import together
from tests.factories.accounts import BodyFactory, UserFactory, person_with
from tests.factories.dialogues import NOW, TeamMemberFactory, dialogue_in, team_member

WHY = "Vi delar på frågan framöver."


def joint_dialogue():
    """Give a dialogue that a body of another municipality owns too, and that body."""
    dialogue, guest = dialogue_in(StepKind.PERSPECTIVES), BodyFactory()
    dialogue.bodies.add(guest)
    return dialogue, guest


@pytest.fixture
def joint(db):
    return joint_dialogue()


@pytest.fixture
def dialogue(joint):
    return joint[0]


@pytest.fixture
def guest(joint):
    return joint[1]


@pytest.fixture
def theirs(guest):
    return person_with(Role.PROCESS_LEADER, guest.organisation)


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def end(dialogue, body, **more):
    given = {"reason": WHY, "by": more.get("by") or UserFactory(), "at": NOW}
    return end_ownership(dialogue=dialogue, body=body, **given | more)


def where(dialogue, body):
    return reverse("dialogues:owner_end", args=[dialogue.public_id, body.public_id])


def opens(client, user, dialogue):
    workspace = reverse("dialogues:workspace", args=[dialogue.public_id])
    return sign_in(client, user).get(workspace).status_code == 200


def owns(dialogue, body):
    return dialogue.bodies.filter(pk=body.pk).exists()


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_either_side_is_told_what_follows_and_ends_it(client, dialogue, guest, theirs, side):
    ours = person_with(Role.OWNER, dialogue.organisation)
    host = TeamMemberFactory(
        dialogue=dialogue, role=TeamRole.HOST, user=person_with(Role.HOST, guest.organisation)
    ).user
    Mandate.objects.filter(dialogue=dialogue).update(feedback_owner=host)
    us, them = (ours, theirs) if side == "ours" else (theirs, ours)
    assert opens(client, theirs, dialogue)
    browser = sign_in(client, us)
    owners = browser.get(reverse("dialogues:owners", args=[dialogue.public_id])).content.decode()
    assert where(dialogue, guest) in owners

    told = browser.get(where(dialogue, guest)).content.decode()
    assert host.name in told
    assert guest.organisation.name in told
    unsaid = browser.post(where(dialogue, guest), {"reason": " "})
    assert "reason" in unsaid.context["form"].errors
    assert owns(dialogue, guest)
    answer = browser.post(where(dialogue, guest), {"reason": WHY}, follow=True)
    assert answer.status_code == 200

    assert not owns(dialogue, guest)
    assert not opens(client, theirs, dialogue)
    assert not opens(client, host, dialogue)
    assert opens(client, ours, dialogue)
    entry = dialogue.log.get(kind=LogKind.JOINT)
    assert (entry.is_public, entry.reason, entry.by) == (True, WHY, us)
    assert guest.name in entry.text
    letters = Message.objects.filter(template="dialogues/mail/joint_ended")
    told = set(letters.values_list("recipient", flat=True))
    assert them.email in told
    assert us.email not in told
    assert WHY in str(letters.first().context)
    assert AuditRow.objects.filter(action="dialogue.leave", by=us).exists()
    assert browser.post(where(dialogue, guest), {"reason": WHY}).status_code == 404


def test_nobody_else_ends_it(client, dialogue, guest, theirs):
    other = BodyFactory()
    dialogue.bodies.add(other)
    own = dialogue.bodies.get(organisation=dialogue.organisation)
    assert sign_in(client, theirs).get(where(dialogue, guest)).status_code == 200

    for user, body in (
        (theirs, other),  # a third owner's
        (theirs, own),  # the opener's
        (person_with(Role.OWNER, dialogue.organisation), own),  # that is a matter for settings
        (person_with(Role.OFFICIAL, guest.organisation), guest),
        (person_with(Role.ELECTED, guest.organisation, guest), guest),
        (person_with(Role.OWNER, BodyFactory().organisation), guest),
        (team_member(dialogue), guest),  # leads in the team, and belongs to neither side
        (team_member(dialogue, TeamRole.OFFICIAL), guest),
    ):
        answer = sign_in(client, user).post(where(dialogue, body), {"reason": WHY})
        assert answer.status_code == 404, user
    assert dialogue.bodies.count() == 3


def test_a_leader_of_one_of_the_guests_bodies_ends_that_one_only(client, dialogue, guest):
    sibling = BodyFactory(organisation=guest.organisation)
    dialogue.bodies.add(sibling)
    leader = person_with(Role.PROCESS_LEADER, guest.organisation, guest)

    browser = sign_in(client, leader)
    assert browser.get(where(dialogue, sibling)).status_code == 404
    assert browser.get(where(dialogue, guest)).status_code == 200


def test_who_belongs_to_an_owner_that_stays_keeps_the_place_in_the_team(dialogue, guest, theirs):
    sibling = BodyFactory(organisation=guest.organisation)
    dialogue.bodies.add(sibling)
    place = TeamMemberFactory(dialogue=dialogue, user=theirs, role=TeamRole.HOST)
    end(dialogue, guest)  # another body of theirs goes on owning it
    place.refresh_from_db()
    assert place.last_day is None

    end(dialogue, sibling)
    place.refresh_from_db()
    assert place.last_day < NOW.date()


def test_the_last_owner_and_the_body_that_decides_cannot_leave(client, dialogue, guest, theirs):
    own = dialogue.bodies.get(organisation=dialogue.organisation)
    Mandate.objects.filter(dialogue=dialogue).update(feeds_body=guest)
    with pytest.raises(BodyDecidesError):
        end(dialogue, guest)
    browser = sign_in(client, theirs)
    page = browser.post(where(dialogue, guest), {"reason": WHY})
    assert page.context["ending"].decides
    assert page.context["form"].errors
    Mandate.objects.filter(dialogue=dialogue).update(feeds_body=own)
    dialogue.bodies.remove(own)
    with pytest.raises(LastOwnerError):
        end(dialogue, guest)
    page = browser.post(where(dialogue, guest), {"reason": WHY})
    assert page.context["ending"].is_last
    assert page.context["form"].errors
    assert owns(dialogue, guest)
    assert not dialogue.log.exists()
    assert not Message.objects.exists()


def test_it_ends_with_a_reason_once_and_while_the_dialogue_goes_on(dialogue, guest):
    with pytest.raises(ReasonMissingError):
        end(dialogue, guest, reason="")
    Dialogue.objects.filter(pk=dialogue.pk).update(state=DialogueState.CLOSED)
    with pytest.raises(WrongStateError):
        end(dialogue, guest)
    Dialogue.objects.filter(pk=dialogue.pk).update(state=DialogueState.PUBLISHED)
    end(dialogue, guest)
    with pytest.raises(EndedAlreadyError):
        end(dialogue, guest)
    assert dialogue.log.filter(kind=LogKind.JOINT).count() == 1


@pytest.mark.django_db(transaction=True)
def test_both_sides_end_it_at_once_and_it_ends_once():
    dialogue, guest = joint_dialogue()
    ours, theirs = UserFactory(), UserFactory()

    outcomes = together(
        lambda: end(dialogue, guest, by=ours), lambda: end(dialogue, guest, by=theirs)
    )

    assert sum(isinstance(outcome, EndedAlreadyError) for outcome in outcomes) == 1
    assert dialogue.log.filter(kind=LogKind.JOINT).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_two_owners_leave_at_once_and_one_stays():
    dialogue, guest = joint_dialogue()
    other = BodyFactory()
    dialogue.bodies.set([guest, other])
    by = UserFactory()

    outcomes = together(lambda: end(dialogue, guest, by=by), lambda: end(dialogue, other, by=by))

    assert sum(isinstance(outcome, LastOwnerError) for outcome in outcomes) == 1
    assert dialogue.bodies.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_joins_while_the_other_leaves_and_both_is_done():
    dialogue, guest = joint_dialogue()
    dialogue.bodies.set([guest])
    by, joining = UserFactory(), BodyFactory()
    asked = JointInvitation.objects.create(
        dialogue=dialogue, body=joining, word="Kom med", asked_at=NOW, expires_at=NOW + OPEN_FOR
    )

    _joined, left = together(
        lambda: accept_invitation(invitation=asked, answer="Ja", by=by, at=NOW),
        lambda: end(dialogue, guest, by=by),
    )

    assert owns(dialogue, joining)
    assert owns(dialogue, guest) == isinstance(left, LastOwnerError)
