from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from brygga.accounts.enums import ComplianceLevel, ShortcomingReason
from brygga.accounts.models import (
    AccessibilityReport,
    AccessibilityShortcoming,
    AccessibilityStatement,
    DialogueFunction,
    OrganisationPage,
    Principles,
)
from brygga.dialogues.enums import DialogueForm, LadderLevel
from brygga.dialogues.models import PlannedDialogue, YearPlan
from tests.factories.accounts import BodyFactory, OrganisationFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class OrganisationPageFactory(DjangoModelFactory):
    class Meta:
        model = OrganisationPage

    organisation = factory.SubFactory(OrganisationFactory)
    lead = "Vi frågar innan vi bestämmer."
    desk_name = "Dialogkontoret"
    desk_email = "dialog@example.test"
    published_at = NOW


class PrinciplesFactory(DjangoModelFactory):
    class Meta:
        model = Principles

    organisation = factory.SubFactory(OrganisationFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = "<p>Vi lovar bara det vi kan hålla.</p>"
    body = factory.SubFactory(BodyFactory, organisation=factory.SelfAttribute("..organisation"))
    adopted_on = date(2026, 1, 26)
    dnr = "KF 2026/7"
    published_at = NOW


class DialogueFunctionFactory(DjangoModelFactory):
    class Meta:
        model = DialogueFunction

    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Processledare {n}")
    does = "Leder dialoger."


class YearPlanFactory(DjangoModelFactory):
    class Meta:
        model = YearPlan

    organisation = factory.SubFactory(OrganisationFactory)
    year = 2026
    published_at = NOW


class PlannedDialogueFactory(DjangoModelFactory):
    class Meta:
        model = PlannedDialogue

    plan = factory.SubFactory(YearPlanFactory)
    issue = factory.Sequence(lambda n: f"Parken {n}")
    body = factory.SubFactory(
        BodyFactory, organisation=factory.SelfAttribute("..plan.organisation")
    )
    level = LadderLevel.DIALOGUE
    form = DialogueForm.SIMPLE
    first_quarter = 1
    last_quarter = 2


class StatementFactory(DjangoModelFactory):
    class Meta:
        model = AccessibilityStatement

    organisation = factory.SubFactory(OrganisationFactory)
    level = ComplianceLevel.PARTLY
    reviewed_on = date(2026, 2, 1)


class ShortcomingFactory(DjangoModelFactory):
    class Meta:
        model = AccessibilityShortcoming

    organisation = factory.SubFactory(OrganisationFactory)
    what = factory.Sequence(lambda n: f"Film {n} saknar text.")
    reason = ShortcomingReason.NOT_YET
    mended_by = date(2026, 6, 1)


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = AccessibilityReport

    organisation = factory.SubFactory(OrganisationFactory)
    text = "Jag kan inte läsa kartan."
    received_at = NOW
    due_on = date(2026, 3, 16)
    client_key = factory.Sequence(lambda n: f"key-{n}")
