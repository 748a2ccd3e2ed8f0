"""Deliveries, plans and requests for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from brygga.dialogues.enums import RetentionClass
from brygga.tools.register.enums import RequestKind, Scope
from brygga.tools.register.models import DataRequest, Delivery, RetentionPlan
from tests.factories.accounts import BodyFactory, OrganisationFactory
from tests.factories.dialogues import NOW, DialogueFactory


class DeliveryFactory(DjangoModelFactory):
    """A delivery that has been asked for and not made."""

    class Meta:
        model = Delivery

    dialogue = factory.SubFactory(DialogueFactory)
    body = factory.LazyAttribute(
        lambda delivery: BodyFactory(
            organisation=delivery.dialogue.organisation, registrar_email="registrator@example.test"
        )
    )
    number = factory.Sequence(lambda number: number + 1)
    scope = Scope.ALL
    asked_at = NOW


class RetentionPlanFactory(DjangoModelFactory):
    class Meta:
        model = RetentionPlan

    dialogue = factory.SubFactory(DialogueFactory)
    rule = RetentionClass.TWO_YEARS
    body = factory.LazyAttribute(lambda plan: BodyFactory(organisation=plan.dialogue.organisation))
    decided_on = date(2026, 3, 2)
    dnr = "KS 2026/77"


class DataRequestFactory(DjangoModelFactory):
    class Meta:
        model = DataRequest

    organisation = factory.SubFactory(OrganisationFactory)
    kind = RequestKind.EXPORT
    email = factory.Sequence(lambda number: f"somebody{number}@example.test")
    received_at = NOW
    due_on = date(2026, 5, 1)
