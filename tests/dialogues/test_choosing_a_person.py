"""Whoever answers for something is chosen near the dialogue, or by a whole e-mail address."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.accounts.models import Membership, User
from brygga.dialogues.enums import DialogueState, TeamRole
from brygga.dialogues.forms.mandate import MandateForm
from brygga.dialogues.forms.people import offer_people
from brygga.dialogues.forms.plan import MessageForm
from brygga.tools.outcomes.forms.actions import ActionForm
from brygga.tools.outcomes.forms.promises import PromiseForm
from tests.factories.accounts import MembershipFactory, OrganisationFactory, person_with
from tests.factories.dialogues import NOW, TeamMemberFactory, dialogue_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue():
    return dialogue_in(state=DialogueState.DRAFT)


@pytest.fixture
def host(dialogue):
    return TeamMemberFactory(dialogue=dialogue, role=TeamRole.HOST, user__name="Vera Värd").user


@pytest.fixture
def colleague(dialogue):
    return MembershipFactory(
        organisation=dialogue.organisation, user__email="kim@byn.test", user__name="Kim"
    ).user


def mandate_form(dialogue, **typed):
    shown = MandateForm(instance=dialogue.mandate, dialogue=dialogue)
    data = {
        bound.html_name: bound.value() if bound.value() is not None else "" for bound in shown
    } | {bound.html_initial_name: bound.value() or "" for bound in shown}
    return MandateForm(data | typed, instance=dialogue.mandate, dialogue=dialogue)


def listed(form, name):
    return {address for address, _label in form.fields[name].widget.choices if address}


def test_the_team_and_the_bodys_people_are_listed_and_nobody_else(dialogue, host, colleague):
    body = dialogue.bodies.get()
    politician = person_with(Role.ELECTED, dialogue.organisation, body)
    elsewhere = person_with(Role.ELECTED, dialogue.organisation)
    stranger = person_with(Role.OWNER, OrganisationFactory())
    now = dialogue.mandate.feedback_owner  # chosen once, and listed though they have left

    for form, name in (
        (MandateForm(instance=dialogue.mandate, dialogue=dialogue), "feedback_owner"),
        (MessageForm(dialogue=dialogue), "responsible"),
        (PromiseForm(dialogue=dialogue, today=NOW.date()), "owner"),
        (ActionForm(dialogue=dialogue, owner=now), "owner"),
    ):
        people = listed(form, name) - {now.email}
        assert people == {host.email, politician.email}
        for other in (colleague, elsewhere, stranger):
            assert other.email not in form.as_p()
    assert now.email in listed(
        MandateForm(instance=dialogue.mandate, dialogue=dialogue), "feedback_owner"
    )


def test_a_colleague_is_found_by_the_whole_address(dialogue, host, colleague):
    form = mandate_form(dialogue, feedback_owner=host.email, feedback_owner_mail=" Kim@Byn.test ")
    assert form.is_valid(), form.errors
    assert form.after["feedback_owner"] == colleague
    by_list = mandate_form(dialogue, feedback_owner=host.email)
    assert by_list.is_valid(), by_list.errors
    assert by_list.after["feedback_owner"] == host


def test_nobody_learns_whether_an_address_or_a_number_is_somebodys(dialogue, colleague):
    stranger = person_with(Role.OWNER, OrganisationFactory())
    left = MembershipFactory(organisation=dialogue.organisation, left_at=NOW).user

    told = set()
    for wrong in (stranger.email, left.email, "ingen@byn.test", "kim@", "\x00", "a" * 5_000):
        form = mandate_form(dialogue, feedback_owner_mail=wrong)
        assert not form.is_valid()
        told |= set(form.errors["feedback_owner"])
        assert stranger.name not in form.as_p()
    assert len(told) == 1
    for wrong in (str(colleague.pk), colleague.name, "kim"):
        assert not mandate_form(dialogue, feedback_owner=wrong).is_valid()


def test_what_was_typed_stands_in_the_form_again(dialogue):
    form = mandate_form(dialogue, feedback_owner_mail="ingen@byn.test")

    assert not form.is_valid()
    assert 'value="ingen@byn.test"' in str(form["feedback_owner"])


def test_whoever_answers_now_stays_though_they_have_left(dialogue):
    now = dialogue.mandate.feedback_owner
    form = mandate_form(dialogue, feeds_what="Något annat")

    assert form.is_valid(), form.errors
    assert form.before["feedback_owner"] == form.after["feedback_owner"] == now


def test_two_of_one_name_are_told_apart(dialogue, host):
    twin = TeamMemberFactory(dialogue=dialogue, role=TeamRole.OFFICIAL, user__name=host.name).user
    form = MessageForm(dialogue=dialogue)

    labels = [str(label) for _address, label in form.fields["responsible"].widget.choices]
    assert f"Vera Värd ({twin.email})" in labels
    assert "Vera Värd" not in labels


def test_ten_thousand_members_make_the_form_no_heavier(client, dialogue, host):
    leader = person_with(Role.PROCESS_LEADER, dialogue.organisation)
    client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
    where = reverse("dialogues:mandate", args=[dialogue.public_id])
    client.get(where)
    with CaptureQueriesContext(connection) as before:
        small = client.get(where)
    people = User.objects.bulk_create(
        User(email=f"m{each}@byn.test", name=f"Anställd {each}", joined_at=NOW)
        for each in range(10_000)
    )
    Membership.objects.bulk_create(
        Membership(user=person, organisation=dialogue.organisation, joined_at=NOW)
        for person in people
    )
    with CaptureQueriesContext(connection) as after:
        large = client.get(where)

    assert len(after) == len(before)
    assert b"Anst" not in large.content.replace(small.content, b"")
    assert abs(len(large.content) - len(small.content)) < 200
    found = mandate_form(dialogue, feedback_owner_mail="m9999@byn.test")
    assert found.is_valid(), found.errors


def test_a_form_without_the_field_is_left_alone(dialogue):
    """What is promised is locked in a published dialogue, and its field is not in the form."""
    dialogue.state = DialogueState.PUBLISHED
    form = MandateForm(instance=dialogue.mandate, dialogue=dialogue)
    assert "feedback_owner" not in form.fields
    offer_people(form, "feedback_owner", dialogue)
