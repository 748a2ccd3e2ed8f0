"""Who came through one organisation's login is told of that organisation's work only."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.enums import Role
from brygga.accounts.models.session import THROUGH
from brygga.core.registry import registry
from brygga.dialogues.enums import DialogueState, StepKind, TeamRole
from brygga.dialogues.models import Handover
from brygga.dialogues.operations.joint import invite_owner
from brygga.dialogues.operations.periods import set_period
from tests.factories.accounts import (
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from tests.factories.dialogues import ContributionFactory, TeamMemberFactory, dialogue_in
from tests.factories.organisations import ReportFactory
from tests.factories.outcomes import ActionFactory, FeedbackPromiseFactory
from tests.factories.planning import ActivityFactory, PlannedMessageFactory
from tests.factories.register import DeliveryFactory

pytestmark = pytest.mark.django_db
AT = timezone.now()
TODAY = AT.date()
SOON = TODAY + timedelta(days=2)


def work_in(organisation, person):
    """Give somebody one of each kind of work in an organisation; gives the dialogue."""
    membership = MembershipFactory(user=person, organisation=organisation)
    for role in (Role.OWNER, Role.SECRETARY, Role.REGISTRAR):
        RoleAssignmentFactory(membership=membership, role=role)
    led = dialogue_in(StepKind.PERSPECTIVES, organisation=organisation)
    for role in (TeamRole.PROCESS_LEADER, TeamRole.SECRETARY):
        TeamMemberFactory(dialogue=led, user=person, role=role)
    ContributionFactory(dialogue=led, state="waiting")
    ActivityFactory(dialogue=led, starts_at=AT, ends_at=AT + timedelta(hours=1), responsible=person)
    PlannedMessageFactory(dialogue=led, due_on=SOON)
    set_period(body=led.mandate.start_body, last_day=SOON, by=person, at=AT)
    FeedbackPromiseFactory(dialogue=led, owner=person, due_on=SOON)
    FeedbackPromiseFactory(dialogue=led, due_on=TODAY - timedelta(days=1))
    ActionFactory(dialogue=led, owner=person, due_on=SOON)
    DeliveryFactory(dialogue=led, made_at=AT)
    draft = dialogue_in(StepKind.PREPARATION, DialogueState.DRAFT, organisation=organisation)
    TeamMemberFactory(dialogue=draft, user=person, role=TeamRole.PROCESS_LEADER)
    alone = dialogue_in(StepKind.PERSPECTIVES, organisation=organisation)
    Handover.objects.create(
        dialogue=alone, leaver=UserFactory(), successor=person, note="Läs.", asked_at=AT
    )
    foreign = dialogue_in(StepKind.PERSPECTIVES)
    body = BodyFactory(organisation=organisation)
    invite_owner(dialogue=foreign, body=body, word="Kom med.", by=UserFactory(), at=AT)
    ReportFactory(organisation=organisation)
    return led


def items(person, bound_to=None):
    person.bound_to = bound_to
    return {(item.title, item.url) for item in registry.today_items(person, AT)}


def test_today_tells_of_the_own_organisations_work_only():
    own, other, person = OrganisationFactory(), OrganisationFactory(), UserFactory()
    dialogue = work_in(own, person)
    of_own = items(person)
    elsewhere = work_in(other, person)
    everywhere = items(person)
    of_other = everywhere - of_own
    assert of_own <= everywhere
    kinds = {url.split("/")[-2] for _, url in of_own}
    assert len(of_own) >= 12, kinds
    assert len(of_other) == len(of_own), "both hold one of each kind"

    assert items(person, own.pk) == of_own
    assert items(person, other.pk) == of_other
    assert items(person, OrganisationFactory().pk) == set()

    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    today = reverse("dialogues:today")
    both = client.get(today).content.decode()
    assert dialogue.public_id in both
    assert elsewhere.public_id in both
    session = client.session
    session[THROUGH] = own.pk
    session.save()
    bound = client.get(today).content.decode()
    assert dialogue.public_id in bound
    assert elsewhere.public_id not in bound


def test_a_handover_elsewhere_is_not_found_in_a_bound_session():
    own, other, person = OrganisationFactory(), OrganisationFactory(), UserFactory()
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answers = {}
    for organisation in (own, other):
        MembershipFactory(user=person, organisation=organisation)
        handover = Handover.objects.create(
            dialogue=dialogue_in(StepKind.PERSPECTIVES, organisation=organisation),
            leaver=UserFactory(),
            successor=person,
            note="Läs.",
            asked_at=AT,
        )
        page = reverse("dialogues:handover_answer", args=[handover.public_id])
        assert client.get(page).status_code == 200
        answers[organisation] = page
    session = client.session
    session[THROUGH] = own.pk
    session.save()
    assert client.get(answers[own]).status_code == 200
    assert client.get(answers[other]).status_code == 404


def test_ones_own_data_everywhere_stay_closed_in_a_bound_session():
    own, person = OrganisationFactory(), UserFactory()
    MembershipFactory(user=person, organisation=own)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    pages = [reverse("register:account"), reverse("register:account_file")]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    session = client.session
    session[THROUGH] = own.pk
    session.save()
    assert [client.get(page).status_code for page in pages] == [403, 403]
    erased = client.post(reverse("register:erase_account"), {"sure": "on"})
    assert erased.status_code == 403
    person.refresh_from_db()
    assert person.is_active
